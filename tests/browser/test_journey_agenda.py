"""Journey 3 on a tablet: the secretary makes the agenda, publishes it, changes it."""

import re

import pytest
from playwright.sync_api import expect

from core.models import OutboxMail
from governance.domain import route
from governance.models import AgendaTemplateItem, AgendaVersion
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible


@pytest.fixture
def meeting(cast):
    for title, closing in (("Opening", False), ("Rondvraag", True)):
        AgendaTemplateItem.objects.create(
            body=cast.board, title=title, minutes=5, closing=closing, treatment="note"
        )
    meeting = make.meeting(cast.board, 14)
    stops = (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    step = make.routed(cast.author, cast.team, *stops).steps.last()
    route.plan_step(step, meeting, by=cast.author)
    return meeting


def titles(page):
    return [re.sub(r"^\d+\. ", "", text) for text in page.locator(".rv-order h3").all_inner_texts()]


def test_the_secretary_makes_publishes_and_changes_the_agenda(cast, meeting, page_of, shot):
    page = page_of(cast.secretary, WIDTHS["tablet"])
    page.goto(f"/waterland/vergaderingen/{meeting.pk}/agenda/")
    page.get_by_role("button", name=re.compile("Zet op de agenda")).click()
    assert titles(page) == ["Opening", "Meer hulp dichtbij huis", "Rondvraag"]
    expect(page.get_by_text("Advies volgt van Ambtelijk overleg.")).to_be_visible()

    # Minutes run the clock at once; the keyboard puts in order.
    page.get_by_label("Minuten voor Meer hulp dichtbij huis").fill("20")
    expect(page.locator("[data-agenda-end]")).to_have_text("10.00 uur")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Bewaard.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Opening verplaatsen").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Volgorde bewaard.")).to_be_visible()
    expect(page.locator("[data-agenda-time]").nth(1)).to_have_text("9.50")
    expect(page.locator(".rv-order h3").nth(0)).to_have_text("1. Meer hulp dichtbij huis")
    page.get_by_role("button", name="Opening omhoog").press("Enter")
    assert titles(page) == ["Opening", "Meer hulp dichtbij huis", "Rondvraag"]
    assert_accessible(page)
    shot(page, "editor")

    page.get_by_role("link", name="Versie 1 publiceren").first.click()
    page.wait_for_url("**/publiceren/")
    assert_accessible(page)
    page.get_by_role("button", name="Versie 1 publiceren").click()
    expect(page.get_by_text("Agenda versie 1 is gepubliceerd.")).to_be_visible()
    assert OutboxMail.objects.filter(to=cast.alderman.email).count() == 1

    page.get_by_role("link", name="Agenda opstellen").click()
    page.get_by_role("link", name="Punt toevoegen").click()
    page.get_by_label("Titel").fill("Stand van de inkoop")
    assert_accessible(page)
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("heading", name="Anders dan versie 1")).to_be_visible()
    page.get_by_role("link", name="Versie 2 publiceren").first.click()
    page.wait_for_url("**/publiceren/")
    shot(page, "publish")
    page.get_by_role("button", name="Versie 2 publiceren").click()
    expect(page.get_by_text("Agenda versie 2 is gepubliceerd.")).to_be_visible()
    assert AgendaVersion.objects.count() == 2

    member = page_of(cast.alderman, WIDTHS["tablet"])
    member.goto(f"/waterland/vergaderingen/{meeting.pk}/")
    told = "Punt 3 is toegevoegd: Stand van de inkoop."
    expect(member.get_by_text(told).first).to_be_visible()
    assert_accessible(member)
    shot(member, "member")
    member.get_by_role("link", name="Versie 1,").click()
    expect(member.get_by_role("heading", name="Agenda versie 1")).to_be_visible()
    expect(member.get_by_text("Stand van de inkoop")).to_have_count(0)
    assert_accessible(member)


def test_what_is_typed_last_goes_along_and_dragging_makes_the_next_version(cast, meeting, page_of):
    page = page_of(cast.secretary, WIDTHS["laptop"])
    page.goto(f"/waterland/vergaderingen/{meeting.pk}/agenda/")
    page.get_by_label("Minuten voor Opening").fill("601")
    page.get_by_role("link", name="Versie 1 publiceren").first.click()
    expect(page.get_by_text("Niet bewaard: vul 1 tot 600 minuten in.")).to_be_visible()
    expect(page.get_by_label("Minuten voor Opening")).to_be_focused()
    page.get_by_label("Minuten voor Opening").fill("15")
    page.get_by_role("link", name="Versie 1 publiceren").first.click()
    expect(page.get_by_text("9.45 2. Rondvraag")).to_be_visible()
    page.get_by_role("button", name="Versie 1 publiceren").click()

    page.goto(f"/waterland/vergaderingen/{meeting.pk}/agenda/")
    expect(page.get_by_text("Er is niets veranderd sinds versie 1.")).to_be_visible()
    handle = page.get_by_role("button", name="Rondvraag verplaatsen")
    handle.hover()
    page.mouse.down()
    page.locator(".rv-order > li").first.hover(position={"x": 300, "y": 4})
    page.mouse.up()
    expect(page.get_by_text("Punt 1 (Rondvraag) is verplaatst.")).to_be_visible()
    expect(page.get_by_text("1 wijziging sinds versie 1")).to_be_visible()
    expect(page.get_by_role("link", name="Versie 2 publiceren")).to_have_count(2)
    assert titles(page) == ["Rondvraag", "Opening"]
    expect(page.locator("[data-agenda-number]")).to_have_text(["1", "2"])


def test_two_secretaries_at_one_agenda(cast, meeting, page_of):
    pages = [page_of(cast.secretary, WIDTHS["laptop"]) for _ in range(2)]
    for page in pages:
        page.goto(f"/waterland/vergaderingen/{meeting.pk}/agenda/")
    for page, minutes in zip(pages, ["10", "20"], strict=True):
        page.get_by_label("Minuten voor Opening").fill(minutes)
        page.keyboard.press("Tab")
        expect(page.locator("#agenda-gezegd")).not_to_be_empty()
    second = pages[1]
    told = second.get_by_text("Iemand anders koos hier intussen 10 minuten.")
    expect(told).to_be_visible()
    second.get_by_label("Behandeling van Rondvraag").select_option(label="Bespreekstuk")
    expect(second.get_by_label("Minuten voor Opening")).to_have_value("20")
    second.get_by_role("button", name="Tijden en behandeling bewaren").click()
    expect(told).to_be_visible()
    second.get_by_role("button", name="Tijden en behandeling bewaren").click()
    expect(second.get_by_text("Tijden en behandeling zijn bewaard.")).to_be_visible()
    assert list(meeting.items.values_list("minutes", "treatment")) == [
        *((20, "note"), (5, "discussion"))
    ]


def test_the_buttons_work_without_a_script(cast, meeting, page_of):
    page = page_of(cast.secretary, WIDTHS["tablet"], java_script_enabled=False)
    page.goto(f"/waterland/vergaderingen/{meeting.pk}/agenda/")
    page.get_by_label("Minuten voor Opening").fill("15")
    page.get_by_role("button", name="Rondvraag omhoog").click()
    assert titles(page) == ["Rondvraag", "Opening"]
    expect(page.get_by_label("Minuten voor Opening")).to_have_value("15")
