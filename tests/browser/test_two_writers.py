"""Two people in one text, a closed page, a lost session, no connection: nothing typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.models import Draft
from governance.domain import proposals
from governance.models import Section
from tests import factories as make
from tests.browser.conftest import assert_accessible
from tests.cast import Cast

PASSWORD = "een zin die niemand raadt"
MINE = "Gezinnen wachten nu vier maanden."
THEIRS = "Gezinnen wachten vooral in de stad te lang."


@pytest.fixture
def section(cast: Cast) -> Section:
    """The only section of a concept that two people write."""
    proposal = make.proposal(cast.author, cast.team)
    make.member(cast.steering, cast.coauthor)
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    return proposal.working.sections.get()


@pytest.fixture
def address(cast: Cast, section: Section) -> str:
    number = section.version.proposal.number
    return reverse("governance:section-edit", args=[cast.region.slug, number, section.pk])


def editor(page: Page):
    return page.get_by_role("textbox", name="Tekst")


def type_over(page: Page, text: str) -> None:
    editor(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def saved(page: Page) -> None:
    page.get_by_text("Concept bewaard om").wait_for()


def test_two_who_save_lose_nothing_and_the_second_chooses(page_of, cast, section, address, shot):
    first, second = page_of(cast.author), page_of(cast.coauthor)
    for page, text in ((first, THEIRS), (second, MINE)):
        page.goto(address)
        type_over(page, text)
    first.get_by_role("button", name="Opslaan", exact=True).click()
    first.get_by_text("is opgeslagen").first.wait_for()
    second.get_by_role("button", name="Opslaan", exact=True).click()

    expect(second.get_by_text("Iemand anders schreef hier ook.")).to_be_visible()
    expect(second.get_by_text(MINE).first).to_be_visible()
    # Their words are marked one by one where they differ from mine.
    expect(second.locator(".rv-both")).to_contain_text("de stad te lang")
    assert_accessible(second)
    shot(second, "both")
    section.refresh_from_db()
    assert THEIRS in section.body
    assert MINE in Draft.objects.get(user=cast.coauthor).data["body"]

    type_over(second, f"{THEIRS} {MINE}")
    second.get_by_label("Mijn tekst, zoals die hieronder staat").check()
    second.get_by_role("button", name="Opslaan", exact=True).click()
    second.get_by_text("is opgeslagen").first.wait_for()
    section.refresh_from_db()
    assert section.body == f"<p>{THEIRS} {MINE}</p>"
    versions = section.history.order_by("history_date").values_list("body", flat=True)
    assert f"<p>{THEIRS}</p>" in list(versions)
    assert not Draft.objects.filter(user=cast.coauthor).exists()


def test_what_was_typed_is_back_after_the_page_was_closed(page_of, cast, section, address):
    page = page_of(cast.author)
    page.goto(address)
    type_over(page, MINE)
    saved(page)
    page.close()
    again = page_of(cast.author)
    again.goto(address)
    expect(editor(again)).to_have_text(MINE)
    expect(again.get_by_text("U gaat verder met tekst van")).to_be_visible()
    section.refresh_from_db()
    assert MINE not in section.body


def lose_the_session(page: Page) -> None:
    """The session ends on the server while the page is open; the next save of a draft says so."""
    Session.objects.all().delete()
    type_over(page, MINE)
    page.get_by_text("U bent niet meer aangemeld. Uw tekst staat in deze browser.").wait_for()


def sign_in_again(page: Page, cast: Cast) -> None:
    page.get_by_label("E-mailadres").fill(cast.author.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


@pytest.fixture
def with_password(cast: Cast) -> None:
    cast.author.set_password(PASSWORD)
    cast.author.save()


@pytest.mark.usefixtures("with_password")
def test_who_saves_after_a_lost_session_gets_the_text_back(page_of, cast, section, address):
    page = page_of(cast.author)
    page.goto(address)
    lose_the_session(page)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    sign_in_again(page, cast)
    page.get_by_role("button", name="Zet die tekst terug").click()
    expect(editor(page)).to_have_text(MINE)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("is opgeslagen").first.wait_for()
    section.refresh_from_db()
    assert section.body == f"<p>{MINE}</p>"


@pytest.mark.usefixtures("with_password")
def test_after_signing_in_in_another_tab_the_open_page_goes_on(page_of, cast, section, address):
    page = page_of(cast.author)
    page.goto(address)
    lose_the_session(page)
    tab = page.context.new_page()
    tab.goto("/account/aanmelden/")
    sign_in_again(tab, cast)
    tab.wait_for_url(f"**/{cast.region.slug}/")
    page.bring_to_front()
    saved(page)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("is opgeslagen").first.wait_for()
    section.refresh_from_db()
    assert section.body == f"<p>{MINE}</p>"


def test_without_connection_the_page_says_so_and_keeps_the_text(page_of, cast, address):
    page = page_of(cast.author)
    page.goto(address)
    page.context.set_offline(True)
    type_over(page, MINE)
    page.get_by_text(
        "Er is geen verbinding met het portaal. Uw tekst staat in deze browser."
    ).wait_for()
    expect(editor(page)).to_have_text(MINE)
    page.context.set_offline(False)
    saved(page)
    assert MINE in Draft.objects.get(user=cast.author).data["body"]
