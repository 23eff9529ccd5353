"""A roll call and a secret vote: members on tablet and phone, the secretary on a laptop."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from governance.models import Decision, Vote
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.cast import Cast
from tests.votes import Table


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast, weights=(4, 2, 1), weighted=True)


def address(table: Table, name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=[table.cast.region.slug, *args])


def looked_at(page: Page, name: str, shot) -> None:
    """By axe, and kept as a picture; where script is off axe cannot look."""
    if shot is not None:
        shot(page, name)
        assert_accessible(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opened(secretary: Page, table: Table, way: str, names: str = "", shot=None) -> None:
    step = table.step
    secretary.goto(address(table, "decision-record", step.proposal.number, step.pk))
    looked_at(secretary, "record", shot)
    secretary.get_by_role("link", name="Open een stemming over beslispunt 1").click()
    secretary.get_by_label(way, exact=True).check()
    if names:
        secretary.get_by_label("Op wie kan worden gestemd").fill(names)
    looked_at(secretary, "open", shot)
    press(secretary, "Stemming openen")
    expect(secretary.get_by_text("0 van de 3 stemmen zijn binnen.")).to_be_visible()


def votes(member: Page, table: Table, choice: str, shot=None) -> None:
    member.goto(address(table, "meeting-detail", table.meeting.pk))
    member.get_by_role("link", name="Nu stemmen").click()
    looked_at(member, "member", shot)
    member.get_by_label(choice, exact=True).check()
    press(member, "Stem uitbrengen")
    expect(member.get_by_text("U hebt gestemd.")).to_be_visible()
    looked_at(member, "voted", shot)


def test_members_vote_and_the_secretary_confirms(page_of, table, shot):
    secretary = page_of(table.by)
    tablet = page_of(table.members[0].user, WIDTHS["tablet"])
    opened(secretary, table, "Hoofdelijke stemming", shot=shot)
    votes(tablet, table, "Voor", shot)
    # The page of the secretary follows by itself.
    expect(secretary.get_by_text("1 van de 3 stemmen is binnen.")).to_be_visible(timeout=15_000)
    for member in table.members[1:]:
        group = secretary.get_by_role("radiogroup", name=member.user.office)
        group.get_by_label("Tegen").check()
    assert_accessible(secretary)
    shot(secretary, "roll")
    press(secretary, "Stemmen bewaren")
    press(secretary, "Stemming sluiten")
    expect(secretary.get_by_text("Pas na uw bevestiging is dit de uitslag")).to_be_visible()
    assert_accessible(secretary)
    shot(secretary, "second-look")
    press(secretary, "Uitslag bevestigen")
    secretary.get_by_label("aangenomen", exact=True).check()
    assert_accessible(secretary)
    press(secretary, "Besluit vastleggen")
    # Back in the meeting, where the item is done; the decision has a page of its own.
    expect(secretary.get_by_text("Agendapunt 1: klaar")).to_be_visible()
    looked_at(secretary, "item-done", shot)
    secretary.get_by_role("link", name="Bekijk het besluit").click()
    secretary.get_by_text("Wie wat stemde (3)").click()
    assert_accessible(secretary)
    row = Decision.objects.get().points.get()
    assert (row.outcome, row.votes_for, row.votes_against) == ("adopted", 4, 3)


def test_a_secret_vote_without_script(page_of, table):
    secretary = page_of(table.by, java_script_enabled=False)
    opened(secretary, table, "Geheime stemming over personen", "Ans\nBea")
    for member, choice in zip(table.members, ("Ans", "Bea", "Blanco"), strict=True):
        phone = page_of(member.user, WIDTHS["phone"], java_script_enabled=False)
        votes(phone, table, choice)
    secretary.get_by_role("link", name="Vernieuw").click()
    expect(secretary.get_by_text("3 van de 3 stemmen zijn binnen.")).to_be_visible()
    press(secretary, "Stemming sluiten")
    press(secretary, "Uitslag bevestigen")
    expect(secretary.get_by_text("Gekozen is Ans").first).to_be_visible()
    assert {vote.choice for vote in Vote.objects.all()} == {""}
