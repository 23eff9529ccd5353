"""Without a script everything still works: signing in, writing, ordering, advice and a decision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core import clock
from governance.domain import texts
from governance.models import Decision
from tests import factories as make
from tests.browser.conftest import WIDTHS
from tests.cast import Cast

PASSWORD = "een zin die niemand raadt"


@pytest.fixture
def enter(new_page, cast: Cast):
    """Sign in through the form, in a browser that runs no script."""

    def as_person(user) -> Page:
        user.set_password(PASSWORD)
        user.save()
        page = new_page(WIDTHS["phone"], java_script_enabled=False)
        page.goto("/account/aanmelden/")
        page.get_by_label("E-mailadres").fill(user.email)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Aanmelden").click()
        page.wait_for_url(f"**/{cast.region.slug}/")
        return page

    return as_person


def here(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["waterland", *args])


def ordered(proposal) -> list[str]:
    return [section.heading for section in proposal.working.sections.order_by("order")]


def test_a_section_is_written_in_a_plain_field_and_put_first(enter, cast, shot):
    proposal = make.proposal(cast.author, cast.team)
    version = texts.working_version(proposal, by=cast.author)
    texts.add_section(version, heading="Vervolg", body="<p>Later.</p>", by=cast.author)
    page = enter(cast.author)
    page.goto(here("section-edit", proposal.number, version.sections.first().pk))
    # The editor needs a script; the field below it then shows the text with its tags.
    page.get_by_label("Tekst").fill("<p>Gezinnen <strong>wachten</strong>.</p>")
    shot(page, "section")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("is opgeslagen").first).to_be_visible()
    assert version.sections.first().body == "<p>Gezinnen <strong>wachten</strong>.</p>"
    assert ordered(proposal) == ["Aanleiding", "Vervolg"]
    page.get_by_role("button", name="Vervolg omhoog").click()
    page.wait_for_load_state()
    assert ordered(proposal) == ["Vervolg", "Aanleiding"]
    assert sideways_without_a_script(page) <= 0


def sideways_without_a_script(page: Page) -> float:
    """How far the page stands out of the window, measured from outside the page."""
    return page.locator("body").bounding_box()["width"] - page.viewport_size["width"]


def test_advice_is_recorded_and_a_decision_taken(enter, cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    steering, board = proposal.steps.all()
    yesterday = make.meeting(cast.steering, starts_at=clock.now() - timedelta(days=1))
    make.on_agenda(steering, cast.author, yesterday)
    page = enter(cast.steering_secretary)
    page.goto(here("advice-record", proposal.number, steering.pk))
    page.get_by_label("Adviespunt 1").fill("Begin klein.")
    page.get_by_role("button", name="Advies vastleggen").click()
    expect(page.get_by_text("1 adviespunt van Stuurgroep vastgelegd.")).to_be_visible()
    make.answered(proposal.advice.get(), cast.author)
    make.handled(steering, cast.steering_secretary)
    today = make.meeting(cast.board, starts_at=clock.now() - timedelta(hours=2))
    make.on_agenda(board, cast.author, today)

    page = enter(cast.secretary)
    page.goto(here("meeting-attendance", today.pk))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Aanwezigheid vastleggen").click()
    page.get_by_role("link", name="Alle punten aangenomen").click()
    page.get_by_role("button", name="Besluit vastleggen").first.click()
    page.get_by_role("link", name="Bekijk het besluit").click()
    page.get_by_role("link", name="Definitief maken").click()
    page.get_by_role("button", name="Definitief maken").click()
    expect(page.get_by_text("Besluitmemo").first).to_be_visible()
    decision = Decision.objects.get()
    assert (decision.state, decision.points.count()) == ("final", 2)
