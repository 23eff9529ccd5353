"""The worker of gunicorn, which also tells how long a request waited for a thread."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from core import capacity


class Pool(ThreadPoolExecutor):
    """Threads that know when their work arrived: a full process refuses drafts, not pages."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        arrived = time.monotonic()

        def begin() -> Any:
            capacity.began(after=time.monotonic() - arrived)
            return fn(*args, **kwargs)

        return super().submit(begin)


class Worker(ThreadWorker):  # type: ignore[misc]
    """`gthread` with such a pool."""

    def get_thread_pool(self) -> Pool:
        return Pool(max_workers=self.cfg.threads)
