"""Journey 7: the team asks the councils, two officials report, the team answers, the board can
decide. What everybody sees is read at every width."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from core import clock
from core.formats import long_date
from governance.domain import local
from governance.models import LocalRound, RouteStep
from tests import local as walk
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.browser.test_journey_route import press, says
from tests.cast import Cast

REMARK = "De raad wil weten wat het na twee jaar kost."


def accessible_everywhere(page: Page) -> None:
    for name in ("phone", "tablet", "laptop"):
        page.set_viewport_size({"width": WIDTHS[name], "height": 900})
        assert_accessible(page)


def ask(page: Page, step: RouteStep) -> None:
    proposal = step.proposal
    page.goto(reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number]))
    press(page, "Vraag de gemeenten om een zienswijze, voor Bestuur")
    page.get_by_label("Gemeenteraad").check()
    page.get_by_label("Wat vraagt u?").fill("Wat vindt uw raad van dit plan?")
    page.get_by_label("Eigen termijn", exact=True).check()
    page.get_by_label("Lengte van de eigen termijn").fill("3")
    page.get_by_label("Waar komt de eigen termijn vandaan?").fill("Afspraak in het bestuur")
    accessible_everywhere(page)
    press(page, "Verder naar controleren")
    press(page, "Vraag versturen")
    says(page, "3 gemeenten krijgen de vraag")
    press(page, "Vraag versturen")
    says(page, "De vraag is verstuurd.")


def report(page: Page, home: str, outcome: str, text: str = "") -> None:
    page.goto(reverse("home-region", args=["waterland"]))
    press(page, f"Meld voor {home} de zienswijze van de raad")
    says(page, f"U vult in voor {home}.")
    page.get_by_label(outcome, exact=True).check()
    page.get_by_label("Datum van de uitkomst").fill(long_date(clock.today()))
    page.get_by_label("Toelichting").fill(text)
    accessible_everywhere(page)
    press(page, f"Meld voor {home}")
    says(page, f"De uitkomst voor {home} is gemeld.")


def answer(page: Page) -> None:
    page.goto(reverse("home-region", args=["waterland"]))
    press(page, "Beantwoord 1 gemeente")
    press(page, "Antwoord op Aardam")
    says(page, REMARK)
    page.get_by_label("Niet overgenomen").check()
    page.get_by_label("Antwoord aan de gemeente").fill("De kosten staan in paragraaf 3.")
    accessible_everywhere(page)
    press(page, "Antwoord vastleggen")
    says(page, "Aardam heeft antwoord.")


def test_the_councils_are_heard_before_the_board_decides(cast: Cast, page_of):
    step = walk.to_board(cast, 40)
    several = walk.official(walk.home("Beekzicht"))
    walk.make.municipal_role(walk.home("Cotten"), several, "clerk")
    team, first, second = (page_of(who) for who in (cast.author, cast.adviser, several))
    ask(team, step)
    report(first, "Aardam", "Positief met opmerkingen", REMARK)
    report(second, "Beekzicht", "Positief")
    reasons = [refusal.reason for refusal in local.waits_for(step)]
    assert reasons[0].startswith("1 van de raden kan nog tot en met")
    assert reasons[1:] == ["Beantwoord eerst elke zienswijze: Aardam wacht nog."]
    report(second, "Cotten", "Geen zienswijze")
    answer(team)
    accessible_everywhere(team)
    assert local.waits_for(step) == []
    table = page_of(cast.reader)
    table.goto(reverse("governance:local-table", args=["waterland"]))
    expect(table.get_by_role("row", name="Aardam")).to_contain_text("Positief met opmerkingen")
    says(table, "3 van de 3 raden hebben gereageerd")
    accessible_everywhere(table)
    assert LocalRound.objects.get().state == "asked"
