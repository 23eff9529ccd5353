"""Journeys 5 and 6: from concept to published decision with its memo, by all who take part."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core import clock
from governance.enums import DecisionState, Outcome, ProposalState
from governance.models import Decision, Meeting, Proposal
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.cast import Cast
from tests.verapdf import assert_valid

pytestmark = pytest.mark.worker
ADVICE = "Begin in de wijken waar gezinnen het langst wachten."
OTHERWISE = "Het geld voor een jaar vrij te maken."


def the_day_comes(meeting: Meeting) -> None:
    """The meeting began an hour ago. A browser test cannot turn the clock of the server."""
    meeting.starts_at = clock.now() - timedelta(hours=1)
    meeting.save()


def press(page: Page, name: str) -> None:
    """The button or link with this name, as soon as the page has one, and the page that follows."""
    button = page.get_by_role("button", name=name, exact=True)
    link = page.get_by_role("link", name=name, exact=True)
    button.or_(link).first.wait_for()
    (button if button.count() else link).first.click()


def says(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def open_proposal(page: Page, proposal: Proposal) -> None:
    page.goto(reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number]))


def lay_out_the_route(page: Page, proposal: Proposal) -> None:
    open_proposal(page, proposal)
    press(page, "Route kiezen")
    for body, purpose in (("Stuurgroep", "adviseren"), ("Bestuur", "besluiten")):
        page.get_by_label("Gremium").select_option(label=body)
        page.get_by_label("Doel").select_option(label=purpose)
        press(page, "Voeg halte toe")
    assert_accessible(page)
    press(page, "Terug naar het voorstel")
    press(page, "De route in")
    press(page, "Route plannen")
    for body in ("Stuurgroep", "Bestuur"):
        page.get_by_label(f"Vergadering van {body}").select_option(index=1)
        press(page, f"Bewaar de vergadering van {body}")
        says(page, f"{body} is gepland.")


def record_advice(page: Page, proposal: Proposal) -> None:
    open_proposal(page, proposal)
    press(page, "Advies vastleggen")
    page.get_by_label("Adviespunt 1").fill(ADVICE)
    assert_accessible(page)
    press(page, "Advies vastleggen")
    says(page, "1 adviespunt van Stuurgroep vastgelegd.")
    press(page, "Behandeld")
    page.get_by_label("Uitkomst").fill("De stuurgroep vindt het een goed plan.")
    press(page, "Halte afsluiten")


def answer(page: Page, proposal: Proposal) -> None:
    open_proposal(page, proposal)
    says(page, "Beantwoord het laatste adviespunt van Stuurgroep")
    press(page, "Tekst bijwerken")
    press(page, "Schrijf verder in versie 2")
    open_proposal(page, proposal)
    press(page, "Antwoord geven")
    page.get_by_label("overgenomen", exact=True).check()
    page.get_by_label("Toelichting").fill("In de tekst staat nu met welke wijken we beginnen.")
    assert_accessible(page)
    press(page, "Antwoord vastleggen")
    press(page, "Definitieve versie vastzetten")
    says(page, "is definitief.")


def decide(page: Page, board: Meeting) -> None:
    page.goto(reverse("governance:meeting-detail", args=[board.body.region.slug, board.pk]))
    press(page, "Aanwezigheid vastleggen")
    for box in page.get_by_role("group", name="Wie waren er?").get_by_role("checkbox").all():
        box.check()
    press(page, "Aanwezigheid vastleggen")
    press(page, "Per punt vastleggen")
    first, second = (page.get_by_role("region", name=f"Beslispunt {n}") for n in (1, 2))
    first.get_by_label("aangenomen", exact=True).check()
    second.get_by_label("gewijzigd aangenomen", exact=True).check()
    second.get_by_label("nieuwe tekst").fill(OTHERWISE)
    second.get_by_label("met stemming").check()
    second.get_by_label("stemmen voor").fill("2")
    second.get_by_label("stemmen tegen").fill("1")
    assert_accessible(page)
    press(page, "Besluit vastleggen")
    press(page, "Bekijk het besluit")


def confirm(page: Page, act: str) -> None:
    """Ask for the page that asks whether one is sure, and say yes there."""
    page.get_by_role("link", name=act, exact=True).first.click()
    page.get_by_role("button", name=act, exact=True).first.click()


def test_from_concept_to_a_published_decision_with_its_memo(page_of, cast: Cast, worker, shot):
    steering, board = make.meeting(cast.steering, 1), make.meeting(cast.board, 2)
    proposal = make.proposal(cast.author, cast.team)
    author, secretary = page_of(cast.author), page_of(cast.secretary)
    with worker:
        lay_out_the_route(author, proposal)
        shot(author, "route")
        press(author, "Terug naar het voorstel")
        press(author, "Op de agenda zetten")
        says(author, "Het stuk staat op de agenda van Stuurgroep.")
        the_day_comes(steering)
        record_advice(page_of(cast.steering_secretary), proposal)

        open_proposal(secretary, proposal)
        press(secretary, "Op de agenda zetten")
        says(secretary, "De stukken zeggen: 1 adviespunt heeft nog geen antwoord.")
        answer(author, proposal)
        the_day_comes(board)
        decide(secretary, board)
        says(secretary, "Het memo wordt gemaakt zodra het besluit definitief is.")
        confirm(secretary, "Definitief maken")
        link = secretary.get_by_role("link", name="Besluitmemo downloaden (PDF)")
        link.wait_for(timeout=30_000)
    assert_accessible(secretary)
    for name in ("laptop", "tablet", "phone"):
        secretary.set_viewport_size({"width": WIDTHS[name], "height": 900})
        shot(secretary, f"memo-{name}")
    with secretary.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert_valid(content)
    confirm(secretary, "Publiceren")
    says(secretary, "Het besluit is gepubliceerd.")

    decision = Decision.objects.get()
    assert (decision.state, decision.version.number) == (DecisionState.PUBLISHED, 2)
    assert [row.outcome for row in decision.points.order_by("point__order")] == [
        Outcome.ADOPTED,
        Outcome.AMENDED,
    ]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.AMENDED
    reader = page_of(cast.official)
    reader.goto(reverse("governance:decision-list", args=[cast.region.slug]))
    press(reader, proposal.working.subject)
    says(reader, OTHERWISE)
