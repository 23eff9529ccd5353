"""A program in the sandbox has no network, little memory and little time, and leaves nothing."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from core.converting import Unprintable, sandbox
from core.converting.sandbox import TOO_LONG, Crashed


def python(tmp_path: Path, program: str, **limits: int) -> str:
    limits = {"seconds": 20, "memory_mb": 500, **limits}
    return sandbox.run([sys.executable, "-c", program], folder=tmp_path, **limits)


def test_what_it_prints_comes_back_and_nothing_of_our_environment_goes_in(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    said = python(tmp_path, "import os; print(os.environ.get('SECRET_KEY'), os.environ['HOME'])")
    assert said == f"None {tmp_path}"


@pytest.mark.skipif(not sandbox.without_network(), reason="this machine does not allow unshare")
def test_there_is_no_network(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Crashed, match="Network is unreachable"):
            python(tmp_path, f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)")


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path):
    program = "import os, time; os.fork(); open(str(os.getpid()), 'w'); time.sleep(60)"
    began = time.monotonic()
    with pytest.raises(Unprintable) as refused:
        python(tmp_path, program, seconds=2)
    assert str(refused.value) == TOO_LONG
    assert time.monotonic() - began < 10
    started = [int(each.name) for each in tmp_path.iterdir() if each.name.isdigit()]
    assert len(started) == 2
    time.sleep(0.2)
    assert [pid for pid in started if _runs(pid)] == []


def _runs(pid: int) -> bool:
    """Still there, and no zombie that waits for init."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_memory_is_bounded(tmp_path):
    with pytest.raises(Crashed, match="MemoryError"):
        python(tmp_path, "x = bytearray(900_000_000)")


def test_a_reason_for_people_comes_through_and_a_crash_does_not(tmp_path):
    with pytest.raises(Unprintable) as refused:
        python(tmp_path, "import sys; print('Dit kan niet.'); sys.exit(3)")
    assert str(refused.value) == "Dit kan niet."
    with pytest.raises(Crashed, match="ended with 1"):
        python(tmp_path, "import sys; sys.exit(1)")


def test_where_unshare_is_not_allowed_proxies_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "without_network", lambda: ())
    said = python(tmp_path, "import os; print(os.environ['https_proxy'])")
    assert said == "http://127.0.0.1:9"
    assert os.environ.get("https_proxy") != said
