"""Compose, image, scripts, settings and .env.example tell one story; no container engine runs."""

import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.urls import resolve

from core.views_health import health
from regiovisie import supervise

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
SOURCES = ["regiovisie/settings.py", "regiovisie/supervise.py"]
READ = {
    name
    for source in SOURCES
    for name in re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / source).read_text())
}
OFFERED = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", EXAMPLE, re.MULTILINE)
APP = ["web", "worker", "beat", "migrate"]


def test_each_variable_stands_once_in_the_example():
    assert sorted(OFFERED) == sorted({*READ, "POSTGRES_PASSWORD"})


def test_each_variable_has_a_line_of_help_above_it():
    lines = EXAMPLE.splitlines()
    bare = [
        line
        for above, line in pairwise(lines)
        if re.match(r"#?[A-Z][A-Z0-9_]*=", line) and not re.match(r"# [A-Z].*\.$", above)
    ]
    assert bare == []


def test_the_example_as_it_stands_sets_nothing():
    assert re.findall(r"^[A-Z]\w*=", EXAMPLE, re.MULTILINE) == []


def test_compose_names_only_known_variables():
    named = {name for part in APP for name in COMPOSE["services"][part]["environment"]}
    named |= set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert named - set(OFFERED) == set()


def test_the_image_sets_only_known_variables():
    line = re.search(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)[1]
    assert set(re.findall(r"(\w+)=", line)) - set(OFFERED) == {"PYTHONUNBUFFERED"}


@pytest.mark.parametrize("part", ["web", "worker", "beat"])
def test_compose_runs_what_the_supervisor_runs(part):
    assert part in supervise.commands()
    assert COMPOSE["services"][part]["command"] == [part]
    entry = (ROOT / "bin/container").read_text()
    assert 'web | worker | beat | health) exec $python -m regiovisie.supervise "${1-web}"' in entry


def test_the_supervisor_runs_nothing_else():
    assert list(supervise.commands()) == ["web", "worker", "beat"]


@pytest.mark.parametrize("part", APP)
def test_media_is_shared_where_the_settings_look(part):
    service = COMPOSE["services"][part]
    assert service["volumes"] == ["media:" + service["environment"]["MEDIA_ROOT"]]
    assert "MEDIA_ROOT=" + service["environment"]["MEDIA_ROOT"] in DOCKERFILE
    assert "media" in COMPOSE["volumes"]


def test_every_lasting_service_has_a_health_check_and_what_it_needs():
    for name, service in COMPOSE["services"].items():
        assert "test" in service["healthcheck"] or name == "migrate"
    assert COMPOSE["services"]["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in ["web", "worker", "beat"]:
        assert COMPOSE["services"][name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }


def test_a_worker_may_finish_its_document_before_it_is_ended(settings):
    grace = int(COMPOSE["services"]["worker"]["stop_grace_period"].rstrip("s"))
    assert grace > settings.DOCUMENT_TIME_LIMIT


def test_health_check_asks_an_address_that_exists():
    source = (ROOT / "regiovisie/supervise.py").read_text()
    assert re.findall(r'\{PORT\}(/\w+/)"', source) == ["/health/"]
    assert resolve("/health/").func is health
    assert '["bin/container", "health"]' in DOCKERFILE


def test_python_version_of_image_and_project_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    minimum = project["requires-python"].removeprefix(">=")
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert images == [f"python:{minimum}-slim-bookworm"] * 2
    major, minor = minimum.split(".")
    assert f"sys.version_info < ({major}, {minor})" in (ROOT / "bin/lib.sh").read_text()


def test_the_image_runs_as_an_ordinary_user_with_the_libraries_of_set_up():
    assert re.findall(r"^USER (\w+)", DOCKERFILE, re.MULTILINE) == ["regiovisie"]
    libraries = re.search(r'runtime_packages="([^"]+)"', (ROOT / "bin/lib.sh").read_text())[1]
    assert DOCKERFILE.count(libraries) == 2


def test_secrets_and_state_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "var", ".git", ".venv"} <= set(ignored)


@pytest.mark.parametrize("script", ["setup", "start", "test", "bench", "container", "lib.sh"])
def test_scripts_are_posix_shell(script):
    path = ROOT / "bin" / script
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0
    if script != "lib.sh":
        assert path.read_text().startswith("#!/bin/sh\n")
        assert "\nset -eu\n" in path.read_text()
        assert path.stat().st_mode & 0o111


def test_a_part_that_does_not_exist_is_named():
    done = subprocess.run(
        [sys.executable, "-m", "regiovisie.supervise", "nothing"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1
    assert "web|worker|beat|health" in done.stderr
