"""The documents name only what is there: files, commands, variables, and words on the screen."""

import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from regiovisie.demo import people

ROOT = Path(__file__).resolve().parent.parent
ABOUT = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]
PAGES = [*ABOUT, *sorted((ROOT / "docs").rglob("*.md"))]
GUIDE = sorted((ROOT / "docs/handleiding").glob("*.md"))
GUIDE_INDEX = ROOT / "docs/handleiding/index.md"
DECISIONS = sorted((ROOT / "docs/besluiten").glob("*.md"))
OFFERED = set(re.findall(r"^#?([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(), re.M))
PICTURE_WIDTH, TABLET_WIDTH, PICTURE_BYTES = 1280, 820, 150_000
ON_SCREEN = [
    "templates",
    "budget",
    "accounts",
    "core",
    "governance",
    "nulmeting",
    "regioagenda",
    "regiovisie",
]


def by_name(path):
    return str(path.relative_to(ROOT))


@cache
def tracked():
    return set(subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines())


@cache
def words_on_screen():
    """All templates and code that can put a word on the screen, with single spaces."""
    files = (p for name in ON_SCREEN for p in (ROOT / name).rglob("*"))
    texts = (p.read_text() for p in files if p.suffix in (".html", ".py"))
    return " ".join(" ".join(texts).split())


def code_in(page):
    """What stands between backticks, and the lines of indented blocks."""
    text = page.read_text()
    blocks = re.findall(r"^ {4}\S.*$", text, re.MULTILINE)
    return [*re.findall(r"`([^`\n]+)`", text), *blocks]


def is_there(name):
    """A file or folder of this repository; `tests/<app>/` names a shape, set-up fills vendor."""
    if re.search(r"[<*{…]|NNNN", name) or name.startswith("static/vendor/"):
        return True
    name = name.rstrip("/")
    return (ROOT / name).exists()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_relative_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    relative = [link.split("#")[0] for link in links if "://" not in link and link[0] != "#"]
    assert [link for link in relative if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_named_files_exist(page):
    tops = {name.split("/")[0] for name in tracked()}
    named = [
        token.split()[0]
        for token in code_in(page)
        if re.match(r"[\w.-]+/", token) and token.split("/")[0] in tops
    ]
    assert [name for name in named if not is_there(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_named_scripts_can_be_run(page):
    scripts = {
        name for code in code_in(page) for name in re.findall(r"(?<![\w./])bin/\w[\w.]*", code)
    }
    ours = {name for name in scripts if name != "bin/lib.sh"}
    assert [n for n in sorted(ours) if not os.access(ROOT / n, os.X_OK) or n not in tracked()] == []


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_named_management_commands_exist(page):
    named = {name for code in code_in(page) for name in re.findall(r"manage\.py (\w+)", code)}
    named |= set(re.findall(r"docker compose run.* web (\w+)", page.read_text()))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("page", [*ABOUT, ROOT / "docs/architecture.md", *DECISIONS], ids=by_name)
def test_named_variables_are_offered(page):
    named = re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`", page.read_text())
    if page.name == "README.md":  # all its variables, also those of one word
        named = re.findall(r"`([A-Z][A-Z0-9_]+)(?:=[^`]*)?`", page.read_text())
    assert set(named) - OFFERED == set()


@pytest.mark.parametrize("page", GUIDE, ids=by_name)
def test_the_guide_names_buttons_as_they_are(page):
    bold = {" ".join(name.split()) for name in re.findall(r"\*\*([^*]+)\*\*", page.read_text())}
    assert sorted(name for name in bold - {"vet"} if name not in words_on_screen()) == []


def test_the_guide_has_every_page_in_its_index():
    listed = re.findall(r"^\d+\. \[[^]]+\]\((\S+)\)", GUIDE_INDEX.read_text(), re.MULTILINE)
    assert sorted(listed) == [page.name for page in GUIDE if page != GUIDE_INDEX]


def test_the_tour_signs_in_as_people_of_the_demo():
    text = (ROOT / "README.md").read_text()
    accounts = {account.email for account in people.RIJNMOND}
    assert set(re.findall(r"`(\S+@\S+)`", text)) <= accounts
    assert f"`{people.PASSWORD}`" in text


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, PICTURE_WIDTH) for name in ("home", "voorstel", "agenda", "besluit", "memo")),
        ("vergadering", TABLET_WIDTH),
    ],
)
def test_pictures_are_small_and_of_their_width(name, width):
    content = (ROOT / f"docs/schermen/{name}.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == width
    assert len(content) <= PICTURE_BYTES


def test_decisions_are_short():
    assert [p.name for p in DECISIONS if len(p.read_text().splitlines()) > 40] == []


def test_publiccode_holds_the_keys_of_its_version():
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus"}
    asked |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    asked |= {"releaseDate", "categories"}
    known = {"softwareVersion", "intendedAudience", "dependsOn"}
    assert asked - set(found) == set()
    assert set(found) - asked - known == set()
    assert found["publiccodeYmlVersion"] == "0.4"
    assert found["legal"]["license"] == project["license"]
    assert found["softwareVersion"] == project["version"]
    for text in found["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
