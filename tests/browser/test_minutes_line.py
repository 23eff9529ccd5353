"""The line breaks halfway a save of the record: nothing is lost, nothing stands there twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from core.models import Draft
from governance.domain import minutes
from governance.models import ItemRecord
from tests import factories as make
from tests.browser.keepers import Keeper, finish, pass_time

SAVES = "**/verslag/*/"


@pytest.fixture
def item(cast):
    return make.point(make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1)))


@pytest.fixture
def keeper(page_of, cast, item):
    keeper = Keeper(page_of(cast.steering_secretary), "a")
    address = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])
    keeper.open(address, "Besproken")
    return keeper


def text(item):
    return ItemRecord.objects.get(item=item).discussed


def others_write(item, words):
    record = ItemRecord.objects.filter(item=item).first()
    before = record.discussed if record else ""
    together = f"{before}\n{words}".strip()
    minutes.write_record(item, {"discussed": together}, base={"discussed": before}, by=None)


def lose_answers(keeper, times=1):
    """What is saved arrives, and the answer does not."""

    def handle(route):
        route.fetch()
        route.abort()

    keeper.page.route(SAVES, handle, times=times)


def type_and_wait(keeper, count, until):
    keeper.type_some(count)
    for _ in range(10):
        pass_time([keeper], 1)
        if keeper.page.get_by_text(until).is_visible():
            return
    raise AssertionError(f"the page never said: {until}")


def test_an_answer_that_is_lost_makes_no_clash_with_oneself(keeper, item):
    lose_answers(keeper)
    type_and_wait(keeper, 5, "Nog niet opgeslagen. We proberen het opnieuw.")
    keeper.type_some(5)
    finish([keeper])
    assert not keeper.asked
    assert text(item).split() == keeper.words[:10]


def test_when_another_wrote_on_it_both_stand_there_once(keeper, item):
    lose_answers(keeper)
    type_and_wait(keeper, 5, "Nog niet opgeslagen")
    others_write(item, "b000")
    type_and_wait(keeper, 5, "kies hierboven welke tekst blijft")
    keeper.page.get_by_label("Allebei").check()
    keeper.save()
    lines = [" ".join(keeper.words[:5]), "b000", " ".join(keeper.words[5:10])]
    assert text(item) == "\n".join(lines)


def test_what_could_not_be_saved_is_sent_again_while_nobody_types(keeper, item):
    keeper.page.route(SAVES, lambda route: route.fulfill(status=503), times=2)
    type_and_wait(keeper, 5, "Nog niet opgeslagen")
    assert not ItemRecord.objects.exists()
    finish([keeper])
    assert text(item).split() == keeper.words[:5]


def test_who_types_while_both_texts_come_up_types_on(keeper, item):
    others_write(item, "b000")
    type_and_wait(keeper, 5, "Iemand anders schreef hier ook.")
    keeper.type_some(5)
    keeper.page.get_by_label("Allebei").check()
    keeper.save()
    assert text(item).split() == ["b000", *keeper.words[:10]]


def test_the_button_goes_after_what_is_under_way(keeper, item):
    waiting = []
    keeper.page.route(SAVES, lambda route: waiting.append(route), times=1)
    keeper.type_some(5)
    for _ in range(3):
        keeper.page.clock.run_for(1000)
        keeper.page.wait_for_timeout(200)
    keeper.type_some(5)
    keeper.page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(keeper.page.get_by_text("Bezig met opslaan…")).to_be_visible()
    waiting[0].continue_()
    expect(keeper.page.get_by_text("Het verslag is opgeslagen.")).to_be_visible()
    assert text(item).split() == keeper.words[:10]
    assert not Draft.objects.exists()
