"""The results of a nulmeting at every width: axe finds nothing, and nothing scrolls sideways.

One world for all pages, with long names, a merger, an earlier year, and one round without answers.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from core import clock
from governance.domain import organisation
from nulmeting.models import Round
from nulmeting.reports import documents
from tests import baseline, results
from tests import factories as make
from tests.browser.conftest import WIDTHS, axe_violations, sideways
from tests.browser.test_pages_accessible import wrong_at, wrong_with
from tests.cast import Cast

LONG = ["Goeree-Overflakkee", "Nieuw-Schoonderwoerd en Zevenhuizen-Noord"]
MERGED = ["Brielle", "Hellevoetsluis", "Westvoorne"]
Address = tuple[str, str]


@pytest.fixture
def asked(cast: Cast) -> Round:
    """Published; the year before, three that are one by now took part apart."""
    for name in (*LONG, *MERGED):
        make.municipality(name, in_region=cast.region)
    scores = dict.fromkeys((*results.SCORES, *LONG), 2) | dict.fromkeys(MERGED, 1)
    questions = baseline.fixed(cast, blocks=3)
    with clock.at(clock.now() - timedelta(days=366)):
        before = baseline.opened(cast, questions, year=clock.today().year)
        results.approve(before, scores)
        before = results.published(cast, before)
    homes = [baseline.of(before, name).municipality for name in MERGED]
    last_day = clock.today() - timedelta(days=30)
    new = make.municipality(
        "Voorne aan Zee", in_region=cast.region, valid_from=last_day + timedelta(days=1)
    )
    organisation.merge_municipalities(homes, new, cast.region, last_day=last_day, by=cast.admin)
    now = baseline.opened(cast, questions, year=before.year + 1, compared_with=before)
    shared = {"shared": "Wij bellen elke school eens per maand.", "may_share": True}
    results.approve(now, results.SCORES | {"Voorne aan Zee": 3}, **shared)
    results.approve(now, dict.fromkeys(LONG[:1], 4))
    return results.published(cast, now)


def pages_of_the_team(asked: Round) -> Iterator[Address]:
    def here(name: str, *args: object, year: int = asked.year) -> str:
        return reverse(f"nulmeting:{name}", args=[asked.region.slug, year, *args])

    document = documents.request_region_report(asked, by=None)
    yield "report", reverse("core:document-status", args=[document.pk])
    yield "round", here("round-detail")
    yield "round-by-number", here("round-detail") + "?op=nummer"
    yield "round-before", here("round-detail", year=asked.year - 1)
    yield "block", here("round-block", results.first_block(asked).pk)
    yield "municipality", here("submission-results", baseline.of(asked, "Voorne aan Zee").pk)


def pages_of_a_municipality(asked: Round) -> Iterator[Address]:
    args = [asked.region.slug, asked.year]
    own = baseline.of(asked, LONG[0])
    yield "round-of-editor", reverse("nulmeting:round-detail", args=args)
    yield "own", reverse("nulmeting:submission-results", args=[*args, own.pk])


def pages_of_everybody(asked: Round) -> Iterator[Address]:
    for year in (asked.year, asked.year - 1):
        yield f"public-{year}", reverse("nulmeting:round-public", args=[asked.region.slug, year])


def wrong_on(page: Page, pages: Iterator[Address], shot) -> Iterator[str]:
    for name, address in pages:
        answer = page.goto(address)
        if answer.status != 200:
            yield f"{name}: {answer.status}"
        yield from (f"{name}: {found}" for found in wrong_with(page))
        for label, width in WIDTHS.items():
            yield from (f"{name} {label}: {found}" for found in wrong_at(page, width))
            shot(page, f"{name}-{label}")
        page.set_viewport_size({"width": 1280, "height": 900})


def test_results_are_accessible_at_every_width(cast, asked, page_of, new_page, shot):
    editor = baseline.editor(baseline.of(asked, LONG[0]).municipality)
    wrong = [
        *wrong_on(page_of(cast.author), pages_of_the_team(asked), shot),
        *wrong_on(page_of(editor), pages_of_a_municipality(asked), shot),
        *wrong_on(new_page(), pages_of_everybody(asked), shot),
    ]
    assert wrong == []


def test_without_any_answer_the_page_still_says_what_is_there(cast, page_of, shot):
    asked = baseline.opened(cast, baseline.fixed(cast, blocks=3))
    page = page_of(cast.author)
    page.goto(reverse("nulmeting:round-detail", args=[asked.region.slug, asked.year]))
    assert [*wrong_with(page), *axe_violations(page)] == []
    for label, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == 0
        shot(page, label)


def test_a_wide_table_scrolls_by_keyboard_in_a_region_of_its_own(cast, asked, page_of):
    page = page_of(cast.author, WIDTHS["narrow"])
    page.goto(reverse("nulmeting:round-detail", args=[asked.region.slug, asked.year]))
    region = page.get_by_role("region", name="Score per gemeente")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=region.element_handle())
    name = region.get_by_role("rowheader", name="Aardam").first
    assert name.bounding_box()["x"] >= 0
