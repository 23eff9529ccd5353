"""Two who keep the minutes in two browsers: saved while they type, a clash shows both and asks."""

import random
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from governance.models import AgendaItem, ItemRecord
from tests import factories as make
from tests.browser.conftest import WIDTHS, assert_accessible

MINE = "De wethouders vinden de wachttijd te lang."
THEIRS = "Beekzicht wil eerst de cijfers zien."


@pytest.fixture
def item(cast) -> AgendaItem:
    meeting = make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))
    make.point(meeting, "Opening")
    return make.point(meeting, "Wachttijden")


@pytest.fixture
def pair(page_of, cast, item):
    """The secretary and the chair, each with the page of the same item."""
    chair = make.user("voorzitter van de stuurgroep")
    make.member(cast.steering, chair, role="chair")
    address = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])
    pages = page_of(cast.steering_secretary), page_of(chair)
    for page in pages:
        page.goto(address)
    return pages


def write(page, field, text):
    page.get_by_role("textbox", name=field).press_sequentially(text)


def kept(page):
    page.get_by_text("Opgeslagen om").wait_for()


def test_different_fields_are_saved_while_typing_and_reach_the_other(pair, item):
    first, second = pair
    write(first, "Besproken", MINE)
    kept(first)
    write(second, "Conclusie", THEIRS)
    kept(second)
    expect(second.get_by_role("textbox", name="Besproken")).to_have_value(MINE)
    record = ItemRecord.objects.get(item=item)
    assert (record.discussed, record.conclusion) == (MINE, THEIRS)


def test_cut_off_and_in_the_same_field_both_texts_are_shown_and_kept(pair, item, shot):
    first, second = pair
    second.context.set_offline(True)
    write(second, "Besproken", THEIRS)
    second.get_by_text("Uw tekst staat in deze browser.").wait_for()
    write(first, "Besproken", MINE)
    kept(first)
    second.context.set_offline(False)
    expect(second.get_by_text("Iemand anders schreef hier ook.")).to_be_visible(timeout=30_000)
    expect(second.get_by_role("textbox", name="Besproken")).to_have_value(THEIRS)
    assert_accessible(second)
    shot(second, "clash")
    second.get_by_label("Allebei: de tekst die er nu staat, met de mijne eronder").check()
    second.get_by_role("button", name="Opslaan", exact=True).click()
    second.get_by_text("Het verslag is opgeslagen.").wait_for()
    assert ItemRecord.objects.get(item=item).discussed == f"{MINE}\n{THEIRS}"


def words(letter, chance):
    """200 words, typed in bursts of a seeded length."""
    every = [f"{letter}{n:03d}" for n in range(200)]
    while every:
        size = chance.randrange(15, 45)
        yield " ".join(every[:size]) + " "
        every = every[size:]


def test_200_words_each_and_30_real_seconds_cut_off(pair, item):
    """As test_meeting_fifty_runs, whose seconds pass on the clock of the pages."""
    chance = random.Random(1)
    bursts = [list(words(letter, chance)) for letter in "ab"]
    off = pair[chance.randrange(2)]
    began = time.monotonic()
    off.context.set_offline(True)
    for turn in range(max(map(len, bursts))):
        for page, typed in zip(pair, bursts, strict=True):
            if turn < len(typed):
                page.get_by_role("textbox", name="Besproken").press_sequentially(typed[turn])
    off.wait_for_timeout(max(0, 30 - (time.monotonic() - began)) * 1000)
    off.context.set_offline(False)
    asks = off.get_by_label("Allebei: de tekst die er nu staat, met de mijne eronder")
    asks.check(timeout=60_000)
    off.get_by_role("button", name="Opslaan", exact=True).click()
    off.get_by_text("Het verslag is opgeslagen.").wait_for()
    expected = {f"{letter}{n:03d}" for letter in "ab" for n in range(200)}

    def missing():
        record = ItemRecord.objects.get(item=item)
        return expected - set(f"{record.discussed} {record.conclusion}".split())

    for _ in range(40):
        if not missing():
            break
        off.wait_for_timeout(500)
    assert missing() == set()


@pytest.mark.parametrize("width", ["laptop", "tablet", "phone", "narrow"])
def test_the_page_of_an_item_is_accessible(page_of, cast, item, shot, width):
    page = page_of(cast.steering_secretary, WIDTHS[width])
    make.action(cast.steering, cast.steering_secretary, item=item)
    address = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])
    page.goto(address)
    page.get_by_text("Actiepunt toevoegen").first.click()
    assert_accessible(page)
    shot(page, width)
    page.goto(reverse("governance:action-list", args=[cast.region.slug]))
    assert_accessible(page)
    shot(page, f"actions-{width}")
