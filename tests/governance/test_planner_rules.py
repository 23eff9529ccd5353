"""The earliest meetings in turn, a slip, and what goes wrong: rules over days alone."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import add_working_days
from governance.domain import planner
from governance.domain.planner import Leg, Sitting

TODAY = date(2027, 6, 1)  # a Tuesday


def june(day: int, *, days: int = 5, odd: str = "") -> Sitting:
    when = TODAY + timedelta(days=day - 1)
    return Sitting(day, when, add_working_days(when, -days), odd)


def leg(key: int, *days: int, concludes: bool = False, now: int | None = None, **fields) -> Leg:
    return Leg(
        key=key,
        body="ABC"[key - 1],
        concludes=concludes,
        delivery_days=5,
        sittings=tuple(june(day) for day in days),
        now=june(now) if now else None,
        **fields,
    )


def days_of(plan):
    return [placing.sitting.key if placing.sitting else None for placing in plan.placings]


def test_each_body_in_turn_with_papers_in_time():
    # On 3 June the papers could no longer be delivered five working days before.
    legs = [leg(1, 3, 10, 24), leg(2, 8, 10, 17)]
    assert days_of(planner.propose(legs, TODAY)) == [10, 10]


def test_who_concludes_gets_papers_after_the_advice_was_answered():
    # Advice on the 24th: papers on the 25th at the earliest, so not for a meeting on the 30th.
    legs = [leg(1, 24), leg(2, 30, 32, concludes=True)]
    assert days_of(planner.propose(legs, TODAY)) == [24, 32]
    assert days_of(planner.propose([leg(1, 24), leg(2, 30)], TODAY)) == [24, 30]


def test_a_recess_is_passed_by_unless_it_was_chosen_before():
    off = june(10, odd="valt in een vakantie: Meireces")
    free = Leg(1, "A", False, 5, (off, june(17)))
    assert days_of(planner.propose([free], TODAY)) == [17]
    chosen = Leg(1, "A", False, 5, (off, june(17)), now=june(10))
    assert days_of(planner.propose([chosen], TODAY)) == [10]


def test_a_body_without_a_meeting_far_enough_says_from_when():
    legs = [leg(1, 24), leg(2, 30, concludes=True), leg(3, 60)]
    plan = planner.propose(legs, TODAY)
    assert days_of(plan) == [24, None, None]
    assert [placing.reason for placing in plan.placings[1:]] == [
        "Plan eerst een vergadering van B vanaf 2 juli 2027.",
        "Wacht op een datum voor B.",
    ]
    assert (plan.placings[1].wanted, plan.end) == (date(2027, 7, 2), None)


def test_what_was_sent_stays_and_bounds_what_lies_before_it():
    sent = leg(2, 30, now=17, state="sent", concludes=True)
    assert days_of(planner.propose([leg(1, 10), sent], TODAY)) == [10, 17]
    late = planner.propose([leg(1, 24), sent], TODAY)
    assert late.placings[0].reason == (
        "Plan eerst een vergadering van A vanaf 8 juni 2027, uiterlijk op 17 juni 2027."
    )
    too_late = planner.propose([leg(1, 24), leg(2, now=4, state="sent")], TODAY)
    assert too_late.placings[0].reason == (
        "A past niet meer voor B op 4 juni 2027. Sla deze halte over, of houd de latere halte aan."
    )


def test_what_was_held_over_comes_back_later():
    legs = [leg(1, 10, 24, after=june(10).day)]
    assert days_of(planner.propose(legs, TODAY)) == [24]


def test_a_slip_moves_only_what_it_has_to():
    legs = [leg(1, 10, 24), leg(2, 17, 30), leg(3, 24, 52, concludes=True)]
    plan = planner.propose(legs, TODAY)
    assert days_of(plan) == [10, 17, 52]
    first, second, last = (planner.slip(plan, key, TODAY) for key in (1, 2, 3))
    assert (days_of(first.plan), first.days) == ([24, 30, 52], 0)
    assert (days_of(second.plan), second.days) == ([10, 30, 52], 0)
    assert (last.days, last.to) == (None, None)
    assert last.reason == "Plan eerst een vergadering van C vanaf 23 juli 2027."


def test_a_slip_tells_how_much_later_the_end_falls():
    plan = planner.propose([leg(1, 10, 24), leg(2, 24, 52, concludes=True)], TODAY)
    slip = planner.slip(plan, 1, TODAY)
    assert (plan.end, slip.plan.end, slip.days) == (date(2027, 6, 24), date(2027, 7, 22), 28)


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        ([leg(1)], [("unplanned", "A heeft nog geen vergadering.")]),
        (
            [leg(1, now=-3)],
            [("gone", "A heeft dit stuk op 28 mei 2027 niet behandeld.")],
        ),
        ([leg(1, now=4)], [("missed", "De leverdatum voor A was 28 mei 2027.")]),
        (
            [leg(1, now=24), leg(2, now=17)],
            [
                (
                    "order",
                    "B op 17 juni 2027 komt voor A op 24 juni 2027, maar ligt later op de route.",
                )
            ],
        ),
        (
            [leg(1, now=24), leg(2, now=30, concludes=True)],
            [
                (
                    "tight",
                    "Er is geen tijd om advies van A op 24 juni 2027 te verwerken: "
                    "de leverdatum voor B is 23 juni 2027.",
                )
            ],
        ),
        ([leg(1, now=24), leg(2, now=30)], []),
        ([leg(1, now=-3, state="done"), leg(2, now=10, concludes=True)], []),
        ([leg(1, now=24), leg(2, now=30, concludes=True, state="sent")], []),
    ],
)
def test_what_goes_wrong_is_told_before_it_hurts(legs, expected):
    assert [(risk.kind, risk.sentence) for risk in planner.risks(legs, TODAY)] == expected


sittings = st.sets(st.integers(1, 120), max_size=5).map(sorted)
legs_anyhow = st.lists(st.tuples(sittings, st.booleans()), min_size=1, max_size=3).map(
    lambda rows: [leg(n, *days, concludes=c) for n, (days, c) in enumerate(rows, start=1)]
)


def _holds(legs, chosen):
    """The rules once more, over a whole choice instead of one stop after the other."""
    for n, (one, sitting) in enumerate(zip(legs, chosen, strict=True)):
        before = max((s.day for s in chosen[:n]), default=TODAY)
        if sitting.delivery < TODAY or sitting.day < before:
            return False
        if one.concludes and n and sitting.delivery <= before:
            return False
    return True


@given(legs_anyhow)
def test_no_other_choice_ends_earlier(legs):
    possible = [
        chosen for chosen in product(*(one.sittings for one in legs)) if _holds(legs, chosen)
    ]
    plan = planner.propose(legs, TODAY)
    assert plan.end == min((chosen[-1].day for chosen in possible), default=None)
    if plan.end:
        assert _holds(legs, [placing.sitting for placing in plan.placings])


@given(legs_anyhow, st.integers(1, 3))
def test_a_slip_never_brings_the_end_forward(legs, key):
    plan = planner.propose(legs, TODAY)
    if key > len(legs) or plan.end is None:
        return
    slip = planner.slip(plan, key, TODAY)
    assert slip.days is None or slip.days >= 0
    if slip.plan.end:
        assert _holds(legs, [placing.sitting for placing in slip.plan.placings])
        assert slip.to.day > plan.of(key).sitting.day
