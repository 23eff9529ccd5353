"""What a web process does when more comes in than it can do.

Saving what is typed never takes the last thread of a process, so that pages still open. Who finds
no place within a moment, counted from the arrival of the request, is told so (503): the script
keeps the text and sends it again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# One fewer than the threads of a web process (regiovisie/supervise.py, Dockerfile).
DRAFT_PLACES = 3
WAIT_SECONDS = 2.0
RETRY_AFTER = 5

_places = threading.BoundedSemaphore(DRAFT_PLACES)
_request = threading.local()


class Busy(Exception):
    """No place came free in time; nothing was done."""


def began(after: float) -> None:
    """This thread takes up a request that waited so many seconds for it (regiovisie/web.py)."""
    _request.waited = after


def patience() -> float:
    """Seconds that the request of this thread can still wait; 0 when it waited too long already."""
    return max(0.0, WAIT_SECONDS - getattr(_request, "waited", 0.0))


@contextmanager
def place(wait: float | None = None) -> Iterator[None]:
    """One of the places for saving drafts, or Busy after `wait` seconds (what is left of them)."""
    left = patience() if wait is None else wait
    if not left or not _places.acquire(timeout=left):
        raise Busy
    try:
        yield
    finally:
        _places.release()
