"""Two keep the minutes of one item in two real browsers, one of them is cut off: nothing is lost.

Fifty seeded runs of 200 words each. The seed says who is cut off and when, in which bursts words
come, who types, how long somebody waits before choosing, and when the button is pressed by hand.
Thirty seconds pass on the clock of the pages; `test_meeting_minutes` has a run with real ones.
"""

import os
import random
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.models import Draft
from governance.models import ItemRecord
from tests import factories as make
from tests.browser.keepers import Keeper, finish, pass_time

# All fifty take some five minutes: FIFTY_RUNS=50 bin/test tests/browser/test_meeting_fifty_runs.py.
# The suite walks the first ten in real browsers, and all fifty by requests
# (views/test_minutes_two_keepers.py).
RUNS = int(os.environ.get("FIFTY_RUNS", "10"))
OFF_SECONDS = 30


@pytest.fixture
def pair(page_of, cast):
    chair = make.user("voorzitter van de stuurgroep")
    make.member(cast.steering, chair, role="chair")
    return Keeper(page_of(cast.steering_secretary), "a"), Keeper(page_of(chair), "b")


def type_all(pair, chance):
    """Both type until their words are there; one has no connection for thirty seconds of it."""
    second, begin = 0, chance.randrange(1, 25)
    off, end = chance.choice(pair), begin + OFF_SECONDS
    while any(keeper.left for keeper in pair) or second <= end:
        chance.choice(pair).type_some(chance.randrange(10, 50))
        for one, other in (pair, pair[::-1]):
            connected = one is not off or not begin <= second < end
            if connected and one.asked and chance.random() < 0.3:
                one.choose_both(other)
            elif connected and chance.random() < 0.02:
                one.save()
        step = chance.randrange(1, 5)
        pass_time(pair, step)
        second += step
        off.cut_off(begin <= second < end)


def run(pair, cast, seed):
    chance, same = random.Random(seed), seed % 2 == 0
    begun = clock.now() - timedelta(hours=1, minutes=seed)
    item = make.point(make.meeting(cast.steering, starts_at=begun))
    address = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])
    first, second = pair
    first.open(address, "Besproken")
    second.open(address, "Besproken" if same else "Conclusie")
    type_all(pair, chance)
    finish(pair)
    record = ItemRecord.objects.get(item=item)
    if not same:
        assert (record.discussed.split(), record.conclusion.split()) == (first.words, second.words)
    found = f"{record.discussed} {record.conclusion}".split()
    for keeper in pair:
        assert [word for word in found if word in set(keeper.words)] == keeper.words
    assert len(found) == len(first.words) + len(second.words)
    # Both begin with an empty field, so in one field the second to save is always asked.
    assert (first.asked_times + second.asked_times > 0) is same
    assert not Draft.objects.exists()


def test_nothing_typed_is_lost(pair, cast):
    for seed in range(RUNS):
        try:
            run(pair, cast, seed)
        except BaseException as error:
            error.add_note(f"In the run with seed {seed}")
            raise
