"""`bin/start` on a copy of the project: it comes up, mends itself, and leaves nothing behind."""

import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.worker
START_SECONDS = 300  # building the demo included


@pytest.fixture(scope="module")
def checkout():
    """The tracked files in a folder of their own, so that nobody's own var/ is touched.

    The first test that starts there builds the demo; who comes later finds it.
    """
    folder = Path(tempfile.mkdtemp(prefix="rv-"))
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, cwd=ROOT, text=True).splitlines():
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if (ROOT / "static/vendor").exists():
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static/vendor").symlink_to(ROOT / "static/vendor")
    yield folder
    shutil.rmtree(folder)


@contextmanager
def launched(checkout, port):
    """The supervisor; whatever a test finds, it is gone afterwards."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "regiovisie.supervise"],
        cwd=checkout,
        env=keep | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    patience = Timer(START_SECONDS, process.kill)
    patience.start()
    try:
        yield process
    finally:
        patience.cancel()
        process.kill()
        process.communicate()


def processes_of(checkout):
    """Command lines of the processes that work in this folder."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd").startswith(str(checkout)):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().decode()
        except OSError:
            continue
    return found


def read_until(process, beginning):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(beginning):
            return lines
    raise AssertionError("".join(lines))


def test_it_starts_mends_and_stops_without_leaving_anything(checkout):
    port = free_port()
    with launched(checkout, port) as process:
        lines = read_until(process, "Stoppen: Ctrl-C")
        assert f"Regiovisie draait op http://127.0.0.1:{port}\n" in lines
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            assert answer.read() == b'{"database": true, "broker": true}'
        made = checkout / "var/demo.env"
        assert re.fullmatch(r"DEMO=1\nSECRET_KEY=\S{60,}\n", made.read_text())
        assert made.stat().st_mode & 0o077 == 0

        workers = [pid for pid, line in processes_of(checkout).items() if "\0worker\0" in line]
        os.kill(min(workers), signal.SIGKILL)
        assert "worker is gestopt (code -9).\n" in read_until(process, "worker start opnieuw.")

        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=180)[0]
        assert process.returncode == 0, rest
    assert processes_of(checkout) == {}
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED


def test_killed_outright_it_takes_its_parts_with_it(checkout):
    with launched(checkout, free_port()) as process:
        read_until(process, "Stoppen: Ctrl-C")
    until = time.monotonic() + 30
    while processes_of(checkout) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_of(checkout) == {}


def test_a_port_in_use_is_named_with_a_way_out(checkout):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with launched(checkout, port) as process:
            said = process.communicate(timeout=180)[0]
    assert process.returncode == 1
    assert f"Kies een andere poort: PORT={port + 1} bin/start" in said
