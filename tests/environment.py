"""Loaded before the settings: what a test run sees of the environment.

Each xdist worker has its own Redis database and its own folder for files, so that workers never
meet. Without services of `bin/test` the tests use SQLite and the Redis at hand.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="regiovisie-test-"))
FIRST_REDIS_DATABASE = 8


def redis_of_this_worker(address: str, worker: str) -> str:
    """Worker gw0 takes database 8, gw1 takes 9; a socket or a single process keeps its own."""
    number = re.fullmatch(r"gw(\d+)", worker)
    if number is None or address.startswith("unix://"):
        return address
    base = re.sub(r"/\d*$", "", address)
    return f"{base}/{FIRST_REDIS_DATABASE + int(number[1])}"


os.environ["TESTING"] = "1"
os.environ["MEDIA_ROOT"] = str(FOLDER / "media")
os.environ["REDIS_URL"] = redis_of_this_worker(
    os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
    os.environ.get("PYTEST_XDIST_WORKER", ""),
)
os.environ.setdefault("LOG_LEVEL", "WARNING")
# The synchronous Playwright runs an event loop in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
