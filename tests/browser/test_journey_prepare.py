"""Journey 4: the wethouder's ten minutes on a tablet, with a script and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core import clock
from core.calendar import add_working_days
from governance.domain import annotations, positions
from governance.models import AgendaItem, PrivateNote
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible
from tests.cast import Cast
from tests.preparing import on_board


@pytest.fixture
def items(cast: Cast) -> list[AgendaItem]:
    """Three papers for the board, in five working days; the official annotated the first."""
    day = add_working_days(clock.today(), 5) - clock.today()
    meeting = make.meeting(cast.board, day.days)
    found = [on_board(cast, subject, at=meeting) for subject in ("Wonen", "Leren", "Sporten")]
    annotations.annotate(
        found[0],
        cast.municipality,
        values={"line": "Stem in, let op de kosten.", "text": ""},
        base={"line": "", "text": ""},
        base_revision=0,
        by=cast.adviser,
    )
    return found


def address(item: AgendaItem) -> str:
    return reverse("governance:item-detail", args=["waterland", item.meeting_id, item.pk])


def choices(cast: Cast) -> list[tuple[str, str]]:
    rows = cast.board_members[0].positions.order_by("item")
    return list(rows.values_list("choice", "text"))


def heights(page: Page) -> list[float]:
    taps = page.locator(".rv-tap, .rv-action-bar a").all()
    return [tap.bounding_box()["height"] for tap in taps]


def test_ten_minutes_on_a_tablet(page_of, cast, items, shot):
    page = page_of(cast.alderman, WIDTHS["tablet"], has_touch=True)
    page.goto("/waterland/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw standpunt wordt gevraagd")
    expect(page.get_by_text("Nog 3 van 3 standpunten te geven").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Naar de vergadering").click()

    expect(page.get_by_text("Stem in, let op de kosten.")).to_be_visible()
    page.wait_for_load_state()
    assert_accessible(page)
    shot(page, "meeting")
    first = page.locator(f"#punt-{items[0].pk}")
    first.get_by_role("button", name="Akkoord", exact=True).click()
    expect(page.locator("#standpunt-gemeld")).to_have_text("Uw standpunt is doorgegeven: akkoord.")
    expect(first.get_by_role("button", name="Akkoord")).to_have_attribute("aria-pressed", "true")
    assert choices(cast) == [("agree", "")]

    page.locator(f"#punt-{items[1].pk}").get_by_role("link", name="Akkoord, mits").click()
    box = page.locator("#standpunt")
    box.get_by_role("button", name="Akkoord, mits").click()
    expect(box.get_by_role("alert")).to_have_text("Zeg erbij wat er anders moet.")
    box.get_by_label("Toelichting").fill("Begin in de wijken.")
    box.get_by_role("button", name="Akkoord, mits").click()
    expect(page.locator("[data-bar-status]")).to_have_text("Uw standpunt: akkoord, mits")
    assert choices(cast)[1] == ("agree_if", "Begin in de wijken.")

    page.get_by_label("Eigen notitie").fill("Navragen bij de raad.")
    expect(page.locator("#notitie-bewaard")).to_contain_text("Bewaard om")
    assert PrivateNote.objects.get().text == "Navragen bij de raad."
    page.get_by_label("Uw vraag").fill("Wie betaalt dit?")
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_text("Uw vraag is gesteld.").first).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_label("Eigen notitie")).to_have_value("Navragen bij de raad.")
    assert min(heights(page)) >= 44
    for width in ("tablet", "phone", "narrow"):
        page.set_viewport_size({"width": WIDTHS[width], "height": 900})
        assert_accessible(page)
        shot(page, f"item-{width}")


def test_from_item_to_item_by_button_and_by_key(page_of, cast, items):
    page = page_of(cast.alderman)
    page.goto(address(items[0]))
    page.get_by_role("link", name="volgende: Leren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leren")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sporten")
    # Not while somebody types, nor with another key.
    page.get_by_label("Eigen notitie").press("ArrowLeft")
    page.get_by_label("Eigen notitie").blur()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sporten")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leren")
    page.get_by_role("button", name="Zet uit").click()
    page.get_by_role("button", name="Zet aan").blur()
    page.keyboard.press("ArrowLeft")
    page.reload()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("De pijltjestoetsen staan uit.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leren")


def test_without_a_script_it_all_works(page_of, cast, items):
    page = page_of(cast.alderman, WIDTHS["tablet"], java_script_enabled=False)
    page.goto(address(items[0]))
    page.locator("#standpunt").get_by_role("button", name="Bespreken").click()
    expect(page.get_by_text("Uw standpunt is doorgegeven: bespreken.")).to_be_visible()
    page.get_by_label("Eigen notitie").fill("Navragen.")
    page.get_by_role("button", name="Notitie bewaren").click()
    page.get_by_role("link", name="volgende: Leren").click()
    expect(page.get_by_role("link", name="Standpunt geven")).to_be_visible()
    meeting = reverse("governance:meeting-detail", args=["waterland", items[0].meeting_id])
    page.goto(meeting)
    tap = page.locator(f"#punt-{items[2].pk}").get_by_role("button", name="Akkoord", exact=True)
    tap.click()
    expect(page.get_by_text("Uw standpunt is doorgegeven: akkoord.")).to_be_visible()
    assert choices(cast) == [("discuss", ""), ("agree", "")]
    assert PrivateNote.objects.get().text == "Navragen."


def test_the_chair_sees_how_they_stand_and_decides(page_of, cast, items, shot):
    for member in cast.board_members:
        positions.give_position(items[0], choice="agree", by=member.user)
    page = page_of(cast.secretary)
    page.goto(address(items[0]))
    expect(page.get_by_text("Alle leden zijn akkoord: dit kan een hamerstuk zijn.")).to_be_visible()
    page.get_by_role("button", name="Hamerstuk").click()
    expect(page.get_by_text("Dit is nu een hamerstuk.")).to_be_visible()
    expect(page.get_by_role("button", name="Hamerstuk")).to_have_attribute("aria-pressed", "true")
    page.wait_for_load_state()
    assert_accessible(page)
    shot(page, "secretary")
