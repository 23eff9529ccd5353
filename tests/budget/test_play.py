"""Whatever the order of acts, the figures are those of the model; what was known stays known."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.domain.payments import signers
from budget.enums import BUDGETED, COMMITTED, EntryKind
from budget.figures import Amounts, added
from budget.models import Commitment, LedgerEntry
from budget.queries import Cut, amounts_of, figures_of
from core import clock
from tests import fund as funds
from tests.budget.play import ACTS, Play
from tests.cast import make_cast

STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.integers(0, 50), st.integers(0, 50), st.integers(0, 120_000)
    ),
    min_size=40,
    max_size=60,
)


def played(steps):
    with clock.at(funds.START):
        play = Play(funds.house(make_cast()))
        for step in steps:
            play.step(*step)
    return play


@pytest.mark.django_db
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(STEPS)
def test_whatever_the_order_of_acts_what_is_left_is_what_the_model_says(steps):
    with transaction.atomic():
        play = played(steps)
        hold_two_pairs_of_eyes(play)
        transaction.set_rollback(True)


def hold_two_pairs_of_eyes(play):
    for row in Commitment.objects.filter(fund=play.house.fund):
        payers = set(row.invoices.values_list("payable_by", "paid_by"))
        paid = {person for pair in payers for person in pair} - {None}
        assert not signers(row) & paid
        assert row.proposed_by_id not in signers(row)


def acted(seed, acts):
    """A fund on which so many random acts were done; what was refused does not count."""
    chance = Random(seed)
    with clock.at(funds.START):
        play = Play(funds.house(make_cast()))
        while play.did.total() < acts:
            cents = chance.choice([10, 2_000, 20_000, 90_000]) + chance.randrange(999)
            play.step(chance.choice(ACTS), chance.randrange(50), chance.randrange(50), cents)
    return play, chance


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [2, 4])
def test_as_of_a_moment_the_figures_are_those_of_that_moment(seed):
    play, chance = acted(seed, 200)
    assert {name for name, times in play.did.items() if times} == set(ACTS) - {"time"}
    fund = play.house.fund
    dozen = sorted(chance.sample(range(len(play.log)), 12))

    def hold():
        for place in dozen:
            moment, stand = play.log[place]
            found = amounts_of(fund, Cut(recorded_until=moment))
            assert {key: each for key, each in found.items() if each != Amounts()} == stand

    hold()
    with clock.at(funds.START):
        play.now += timedelta(days=1)
        before = play.did.total()
        for place in range(60):
            play.step("correct", place, place, 1000 + place)
    assert play.did.total() > before, "no payment was corrected backwards"
    hold()


@pytest.mark.django_db
def test_sums_of_the_ledger_are_the_balances():
    play, _ = acted(3, 80)
    fund = play.house.fund
    rows = list(LedgerEntry.objects.filter(fund=fund))
    by_hand = lambda *kinds: sum(row.amount for row in rows if row.kind in kinds)  # noqa: E731
    total = figures_of(fund).total
    assert total.budget == by_hand(*BUDGETED)
    assert total.committed == by_hand(*COMMITTED)
    assert total.invoiced == by_hand(EntryKind.INVOICE)
    assert total.paid == by_hand(EntryKind.PAYMENT)
    assert added(play.stand().values()).left == total.left
    counters = [row for row in rows if row.counter_of_id]
    originals = {row.pk: row for row in rows}
    assert counters
    assert all(row.amount == -originals[row.counter_of_id].amount for row in counters)
    with_all = amounts_of(fund, Cut(effective_until=date(2030, 1, 1)))
    assert with_all == amounts_of(fund)
