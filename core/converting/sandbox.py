"""A process of its own for a file of somebody else: no network, little memory, little time.

The network goes by `unshare`, where the machine allows that. Where it does not (most containers),
proxies that lead nowhere are what is left: a fence for LibreOffice, not a wall.
"""

import contextlib
import os
import resource
import signal
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from core.converting import Unprintable

TOO_LONG = "Het omzetten van dit bestand duurde te lang."
MAX_WRITTEN = 500_000_000  # bytes in one file
MAX_SAID = 2_000  # characters of what the process prints
NOWHERE = "http://127.0.0.1:9"
SENTENCE = 3  # exit code: what was printed is the reason for people


class Crashed(Exception):
    """The process ended badly, without a reason that people can use."""


def run(
    command: Sequence[str], *, folder: Path, seconds: int, memory_mb: int, path: str = ""
) -> str:
    """Run a program inside `folder` and give what it printed.

    Raises Unprintable when it takes too long or says why it cannot, Crashed otherwise. Nothing of
    it is left running: the whole process group is killed at the end.
    """
    said = folder / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603
            [*without_network(), *command],
            cwd=folder,
            env=_environment(folder, path),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Safe: a worker process has one thread.
            preexec_fn=lambda: _limit(seconds, memory_mb),
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Unprintable(TOO_LONG) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    text = said.read_bytes()[:MAX_SAID].decode(errors="replace").strip()
    if code == SENTENCE:
        raise Unprintable(text)
    if code:
        raise Crashed(f"{Path(command[0]).name} ended with {code}: {text[-200:]}")
    return text


@cache
def without_network() -> tuple[str, ...]:
    """The words before a command that take its network away; none where that is not allowed."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        with contextlib.suppress(OSError):
            done = subprocess.run([*words, "true"], capture_output=True, check=False)  # noqa: S603
            if done.returncode == 0:
                return words
    return ()


def _environment(folder: Path, path: str) -> dict[str, str]:
    """Nothing of our own environment, which holds passwords."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), NOWHERE)
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "PYTHONPATH": path}
    return {"PATH": os.environ.get("PATH", os.defpath), **own, **proxies}


def _limit(seconds: int, memory_mb: int) -> None:
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
