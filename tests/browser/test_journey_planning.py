"""Journey 2: a year of meetings from one rhythm, and the dates of a whole route in two clicks."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from governance.models import Meeting
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.browser.test_journey_route import open_proposal, press, says


def test_a_series_is_planned_and_a_route_in_two_clicks(page_of, cast, shot):
    page = page_of(cast.author, WIDTHS["tablet"])
    first = clock.today() + timedelta(days=14)
    for body, weekday in (("Ambtelijk overleg", "dinsdag"), ("Bestuur", "donderdag")):
        page.goto(reverse("governance:meeting-list", args=["waterland"]))
        press(page, "Reeks plannen")
        page.get_by_label("Overleg").select_option(label=body)
        page.get_by_label("Hoe vaak").select_option(label="elke maand")
        page.get_by_label("Dag", exact=True).select_option(label=weekday)
        page.get_by_label("Vanaf").fill(f"{first:%d-%m-%Y}")
        page.get_by_label("Tot en met").fill(f"{first + timedelta(days=330):%d-%m-%Y}")
        page.get_by_label("Begintijd").fill("9.30")
        press(page, "Toon de dagen")
        assert_accessible(page)
        shot(page, f"days-{weekday}")
        press(page, "Plan deze vergaderingen")
        says(page, f"van {body} gepland: elke eerste {weekday} van de maand.")
        assert_accessible(page)
    shot(page, "month")
    assert Meeting.objects.count() >= 16

    proposal = make.routed(
        cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    )
    open_proposal(page, proposal)
    says(page, "Bestuur heeft nog geen vergadering.")
    press(page, "Bekijk de planning van de route")
    says(page, "Zo valt de laatste halte op")
    assert_accessible(page)
    shot(page, "planner")
    press(page, "Neem deze datums over")
    says(page, "De route is gepland.")
    says(page, "Besluit verwacht op donderdag")
    expect(page.get_by_text("heeft nog geen vergadering")).to_have_count(0)
    assert_accessible(page)

    page.goto(reverse("governance:planning", args=["waterland"]))
    expect(page.get_by_role("img", name="Voorstellen langs de kalender")).to_be_visible()
    assert_accessible(page)
    shot(page, "picture")
