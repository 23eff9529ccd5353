"""Journey 1: from a Word file to a concept with its route, through the screens."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from governance.models import Proposal
from tests import word
from tests.browser.conftest import WIDTHS, assert_accessible, sideways
from tests.cast import Cast
from tests.governance.importing.test_seeds import FOLDER

PASSWORD = "een zin die niemand raadt"
BETTER = "Binnen een week hulp in de wijk"
WORD = {
    "name": word.NAME,
    "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pytest.fixture
def author(cast: Cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    cast.author.set_password(PASSWORD)
    cast.author.save()
    return cast.author


def enter(page: Page, author) -> None:
    page.goto("/account/aanmelden/")
    page.get_by_label("E-mailadres").fill(author.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def stops(proposal: Proposal) -> list[str]:
    return [step.body.name for step in proposal.steps.select_related("body")]


def test_a_word_file_becomes_a_concept_with_its_route(page, cast, author, shot):
    enter(page, author)
    page.get_by_role("link", name="Voorstellen").first.click()
    page.get_by_role("link", name=re.compile("inlezen", re.I)).click()
    assert_accessible(page)
    page.get_by_label("Word-bestand").set_input_files(WORD | {"buffer": word.proposal_file()})
    page.get_by_role("button", name="Lees het bestand").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk na wat er is gelezen")
    original = page.get_by_role("region", name="Het stuk zelf")
    expect(original).to_contain_text("Gezinnen wachten te lang voordat iemand")
    assert original.bounding_box()["x"] > page.get_by_label("Onderwerp").bounding_box()["x"]
    assert page.get_by_label("Onderwerp").input_value() == word.SUBJECT
    assert_accessible(page)
    for name in ("phone", "tablet", "laptop"):
        page.set_viewport_size({"width": WIDTHS[name], "height": 900})
        assert sideways(page) == 0
        shot(page, f"review-{name}")
    page.get_by_label("Onderwerp").fill(BETTER)
    stop = page.get_by_role("group", name="Halte 4: Bestuur")
    assert stop.get_by_label("Datum").input_value() == "28 maart 2026"
    page.get_by_role("group", name="Halte 2: Stuurgroep").get_by_label("Gremium").select_option(
        label="Kerngroep"
    )
    page.get_by_role("button", name="Maak het voorstel").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(BETTER)
    assert_accessible(page)
    shot(page, "made")
    proposal = Proposal.objects.get(region=cast.region)
    version = proposal.working
    assert version.subject == BETTER
    assert version.dated == date(2026, 3, 4)
    assert [point.text for point in version.points.all()] == word.POINTS
    assert stops(proposal) == ["Programmateam", "Kerngroep", "Ambtelijk overleg", "Bestuur"]
    assert [point.text for point in proposal.advice.order_by("number")] == word.ADVICE


def test_the_same_by_keyboard_only(page, cast, author):
    def tab_to(name: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            here = page.evaluate(
                """() => { const at = document.activeElement;
                return (at.labels?.[0] ?? at).textContent.trim() }"""
            )
            if here.startswith(name):
                return
        pytest.fail(f"Tab never reaches '{name}'")

    def type_over(text: str) -> None:
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    page.goto("/account/aanmelden/")
    tab_to("E-mailadres")
    page.keyboard.type(author.email)
    tab_to("Wachtwoord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{cast.region.slug}/")
    page.goto(f"/{cast.region.slug}/voorstellen/inlezen/")
    tab_to("Word-bestand")
    # The dialog in which a file is chosen belongs to the system, not to the page.
    page.locator(":focus").set_input_files(WORD | {"buffer": word.proposal_file()})
    tab_to("Lees het bestand")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inlezen/*/")
    tab_to("Onderwerp")
    type_over(BETTER)
    tab_to("Datum")
    tab_to("Datum")
    type_over("5 maart 2026")
    tab_to("Maak het voorstel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/schrijven/")
    proposal = Proposal.objects.get(region=cast.region)
    assert proposal.working.subject == BETTER
    assert len(stops(proposal)) == 4


@pytest.mark.seeds
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the source documents are not here")
def test_a_real_proposal_comes_in_whole(page_of, cast, author):
    page = page_of(author)
    page.goto(f"/{cast.region.slug}/voorstellen/inlezen/")
    page.get_by_label("Word-bestand").set_input_files(next(FOLDER.glob("000_*.txt")))
    page.get_by_role("button", name="Lees het bestand").click()
    assert page.get_by_role("group", name=re.compile("^Halte")).count() == 4
    page.get_by_role("button", name="Maak het voorstel").click()
    page.wait_for_url("**/schrijven/")
    assert Proposal.objects.get(region=cast.region).working.points.count() == 2
