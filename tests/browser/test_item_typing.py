"""Typing about an item survives an error, a page that closes and a session that ends."""

import pytest
from playwright.sync_api import expect

from core import clock
from core.models import Draft
from governance.models import AgendaItem, PrivateNote
from tests import factories as make
from tests.browser.test_journey_prepare import address
from tests.cast import Cast
from tests.preparing import on_board


@pytest.fixture
def item(cast: Cast) -> AgendaItem:
    return on_board(cast, "Wonen", at=make.meeting(cast.board, 7))


def test_a_condition_and_a_question_come_back_on_another_device(page_of, cast, item):
    page = page_of(cast.alderman)
    page.goto(address(item))
    page.get_by_label("Toelichting").fill("Begin in de wijken.")
    expect(page.locator("#standpunt [data-draft-status]")).to_contain_text("Concept bewaard om")
    page.get_by_label("Uw vraag").fill("Wie betaalt")
    expect(page.locator("#vragen [data-draft-status]")).to_contain_text("Concept bewaard om")
    tablet = page_of(cast.alderman)
    tablet.goto(address(item))
    expect(tablet.get_by_label("Toelichting")).to_have_value("Begin in de wijken.")
    expect(tablet.get_by_label("Uw vraag")).to_have_value("Wie betaalt")
    tablet.locator("#standpunt").get_by_role("button", name="Akkoord, mits").click()
    expect(tablet.locator("[data-bar-status]")).to_have_text("Uw standpunt: akkoord, mits")
    expect(tablet.get_by_text("nog niet is opgeslagen")).to_have_count(0)
    assert not Draft.objects.filter(key__startswith="position:").exists()
    tablet.reload()
    expect(tablet.get_by_text("nog niet is opgeslagen")).to_have_count(0)
    expect(tablet.get_by_label("Toelichting")).to_have_value("Begin in de wijken.")


def test_a_tap_after_the_session_ended_leads_to_signing_in_and_back(page_of, cast, item):
    page = page_of(cast.alderman)
    page.goto(address(item))
    page.get_by_label("Toelichting").fill("Begin in de wijken.")
    expect(page.locator("#standpunt [data-draft-status]")).to_contain_text("Concept bewaard om")
    page.context.clear_cookies(name="sessionid")
    page.locator("#standpunt").get_by_role("button", name="Bespreken").click()
    page.wait_for_url(f"**/account/aanmelden/?next={address(item)}")
    assert not item.positions.exists()


def test_a_note_waits_on_the_page_until_its_writer_signed_in_elsewhere(
    page_of, sign_in, cast, item
):
    page = page_of(cast.alderman)
    page.goto(address(item))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Eigen notitie").fill("Navragen bij de raad.")
    kept = page.locator("#notitie-bewaard")
    expect(kept).to_contain_text("Niet bewaard: er is geen verbinding")
    assert not PrivateNote.objects.exists()
    sign_in(page, cast.alderman)
    expect(kept).to_contain_text("Bewaard om", timeout=15000)
    assert PrivateNote.objects.get().text == "Navragen bij de raad."
    assert clock.now() >= PrivateNote.objects.get().kept_at
