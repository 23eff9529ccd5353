"""Every page of filling in and leading the nulmeting, with long names, at every width: axe finds
nothing, and nothing scrolls sideways."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from regioagenda.views import BLOCKS, LEADS
from tests.browser.conftest import WIDTHS
from tests.browser.test_journey_route import press, says
from tests.browser.test_pages_accessible import wrong_at, wrong_with
from tests.browser.world_nulmeting import World, make_world

Step = tuple[str, str, Callable[[Page], None] | None]


@pytest.fixture
def world(cast) -> World:
    return make_world(cast)


def here(name: str, *args: object) -> str:
    return reverse(f"nulmeting:{name}", args=["waterland", *args])


def look(page: Page, steps: Iterator[Step]) -> list[str]:
    """What is wrong on each address, after what is done there."""
    wrong = []
    for name, address, act in steps:
        page.set_viewport_size({"width": WIDTHS["laptop"], "height": 900})
        page.goto(address)
        wrong += [f"{name}: {found}" for found in wrong_with(page)]
        if act is not None:
            act(page)
        for label, width in WIDTHS.items():
            wrong += [f"{name} {label}: {found}" for found in wrong_at(page, width)]
    return wrong


def _bad_file(page: Page) -> None:
    file = {"name": "vragen.yaml", "mimeType": "application/yaml", "buffer": b"schaal: 3"}
    page.get_by_label("Bestand").set_input_files(file)
    press(page, "Lees in")
    says(page, "Er kloppen nog 2 dingen niet")


def _empty_question(page: Page) -> None:
    page.get_by_role("textbox", name="Vraag").fill("")
    press(page, "Opslaan")
    says(page, "Er klopt nog iets niet")


def questions(world: World) -> Iterator[Step]:
    version = world.drafted.version
    items = list(world.drafted.items.all())
    block = items[0].block_id
    yield "versions", here("instrument-list"), None
    yield "fixed version", here("instrument", version - 1), None
    yield "draft version", here("instrument", version), None
    yield "title", here("instrument-edit", version), None
    yield "scale", here("instrument-scale", version), None
    yield "block", here("instrument-block", version, block), None
    yield "new question", here("item-add", version, block), None
    yield "question", here("item-change", version, items[1].pk), None
    yield "question with an error", here("item-change", version, items[0].pk), _empty_question
    yield "take away", here("item-remove", version, items[0].pk), None
    yield "preview", here("instrument-preview", version, block), None
    yield "differences", here("instrument-compare", version), None
    yield "fix", here("instrument-fix", version), None
    yield "throw away", here("instrument-discard", version), None
    yield "file in", here("instrument-import"), None
    yield "wrong file", here("instrument-import"), _bad_file
    yield "begin", here("instrument-begin"), None


def leading(world: World) -> Iterator[Step]:
    running, closed = world.running.year, world.closed.year
    yield "rounds", here("round-list"), None
    yield "new round", here("round-new"), None
    yield "running", here("round-detail", running), None
    yield "change", here("round-edit", running), None
    yield "close", here("round-close", running), None
    yield "remind", here("round-remind", running), None
    yield "join", here("round-join", running), None
    yield "closed", here("round-detail", closed), None
    yield "reopen", here("round-reopen", closed), None
    yield "reopen, wrong", here("round-reopen", closed), lambda page: press(page, "Heropen")
    yield "open again", here("round-open-again", closed), None
    yield "publish", here("round-publish", closed), None
    yield "submission", here("submission", running, world.handed_in.pk), None
    yield "return", here("give-back", running, world.handed_in.pk), None


def _wrong_year(page: Page) -> None:
    page.get_by_label("In welk jaar?").fill("ooit")
    press(page, "Opslaan")
    says(page, "Vul een jaar in")


def _evidence_wrong(page: Page) -> None:
    press(page, "Bewaar het bewijs")
    says(page, "dingen niet")


def municipality(world: World) -> Iterator[Step]:
    year, mine = world.running.year, world.filling_in.pk
    items = list(world.running.instrument.items.all())
    yield "rounds", here("round-list"), None
    yield "start", here("submission", year, mine), None
    yield "block with last round", here("block", year, mine, items[0].block_id), None
    yield "block with an error", here("block", year, mine, items[-1].block_id), _wrong_year
    yield "check", here("check", year, mine), None
    yield "answers", here("answers", year, mine), None
    yield "spreadsheet", here("offline", year, mine), None
    yield "new evidence", here("evidence-add", year, mine), None
    yield "evidence, wrong", here("evidence-add", year, mine), _evidence_wrong
    yield "evidence", here("evidence-change", year, mine, world.piece.pk), None
    yield "take away", here("evidence-remove", year, mine, world.piece.pk), None
    yield "handed in", here("submission", year, world.handed_in.pk), None
    yield "handed in, check", here("check", year, world.handed_in.pk), None
    yield "link", here("invite", year, world.handed_in.pk), None
    yield "link, too early", here("invite", year, mine), None
    yield "paper", here("on-paper", year, world.handed_in.pk), None


def approving(world: World) -> Iterator[Step]:
    year, row = world.running.year, world.handed_in.pk
    yield "start", here("submission", year, row), None
    yield "read and approve", here("approve", year, row), None
    yield "return", here("give-back", year, row), None


def blocks(world: World) -> Iterator[Step]:
    region = world.cast.region
    block = world.drafted.items.first().block
    yield "blocks", BLOCKS.url("list", region), None
    yield "new block", BLOCKS.url("add", region), None
    yield "block", BLOCKS.url("change", region, block.pk), None
    yield "leads", LEADS.url("list", region), None
    yield "new lead", LEADS.url("add", region), None
    yield "lead", LEADS.url("change", region, block.leads.get().pk), None


def by_link(world: World) -> Iterator[Step]:
    link = here("by-link", world.token)

    def wrong(page: Page) -> None:
        page.get_by_label("Code").fill("12")
        press(page, "Naar de antwoorden")
        says(page, "Deze code klopt niet.")

    def right(page: Page) -> None:
        page.get_by_label("Code").fill(world.code)
        press(page, "Naar de antwoorden")
        says(page, "U leest hieronder alle antwoorden.")

    def empty(page: Page) -> None:
        press(page, "Geef terug")
        says(page, "Er klopt nog iets niet")

    yield "code", link, None
    yield "wrong code", link, wrong
    yield "answers", link, right
    yield "no remarks", link, empty


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("author", questions),
        ("author", leading),
        ("editor", municipality),
        ("approver", approving),
        ("admin", blocks),
        ("", by_link),
    ],
)
def test_pages_are_accessible_at_every_width(world, new_page, page_of, who, steps):
    page = new_page()
    if who:
        page = page_of(getattr(world, who, None) or getattr(world.cast, who))
    assert look(page, steps(world)) == []
