"""`python -m tests.load [--minutes N] [--municipalities N] [--every SECONDS]`

Two web processes on PostgreSQL; two editors per municipality, each saving a draft every few
seconds and committing block after block, in the same blocks but each in fields of her own.
Afterwards every answer that the portal confirmed is looked up. Prints what was sent, what was
refused as too busy (and sent again), how long a save took, and whether anything was lost.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests import services, template


@contextmanager
def database(url: str) -> Iterator[str]:
    """A database of our own beside the given one, migrated, and gone afterwards."""
    environment = {**os.environ, "TESTING": "1"}
    source = template.of(url, environment)
    parts = urlsplit(url)
    name = f"{source.removesuffix('_template')}_load"
    connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.close()


@contextmanager
def web(environment: dict[str, str], port: int) -> Iterator[str]:
    """The portal as it runs in production: two processes with four threads each."""
    command = [sys.executable, "-m", "gunicorn", "regiovisie.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "regiovisie.web.Worker", "--workers", "2", "--threads", "4"]
    command += ["--preload", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(command, env=environment, cwd=services.ROOT)
    try:
        services.wait_for("The web server", server, lambda: _answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _answers(port: int) -> bool:
    import http.client

    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except OSError:
        return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/load", description="The closing night.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--municipalities", type=int, default=150)
    parser.add_argument("--every", type=float, default=5, help="seconds between two saves")
    options = parser.parse_args()
    with (
        services.scratch() as folder,
        services.postgres(folder) as given,
        services.redis(folder) as redis,
        database(given) as url,
        tempfile.TemporaryDirectory() as media,
    ):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DEMO"},
            "DATABASE_URL": url,
            "REDIS_URL": redis,
            "MEDIA_ROOT": str(Path(media)),
            "SECRET_KEY": "only for a closing night that nobody sees, forty long",
            "SITE_URL": "http://127.0.0.1",
            "REQUIRE_SECOND_FACTOR": "0",
            "LOG_LEVEL": "ERROR",
        }
        os.environ.update(environment)
        os.environ.pop("TESTING", None)
        environment.pop("TESTING", None)
        from tests.load import night

        editors = night.prepare(options.municipalities)
        with web(environment, services.free_port()) as address:
            began = time.monotonic()
            night.fill_in(editors, address, minutes=options.minutes, every=options.every)
            took = time.monotonic() - began
        return night.report(editors, took)


if __name__ == "__main__":
    sys.exit(main())
