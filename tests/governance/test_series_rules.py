"""Which days a rhythm gives, and what stands in their way: rules over days alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.domain.series import (
    LAST,
    Candidate,
    Obstacle,
    Rule,
    candidates,
    days_of,
    rule_answers,
)
from governance.enums import Rhythm

TUESDAY, THURSDAY = 1, 3
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
TODAY = date(2026, 11, 23)


def days(*args, **kwargs):
    return [f"{day:%d-%m}" for day in days_of(Rule(*args, **kwargs))]


def test_every_first_thursday():
    found = days(Rhythm.MONTHLY, THURSDAY, *YEAR)
    assert found[:4] == ["07-01", "04-02", "04-03", "01-04"]
    assert len(found) == 12


def test_every_second_tuesday_of_the_even_months():
    found = days(Rhythm.EVEN_MONTHS, TUESDAY, *YEAR, which=2)
    assert found == ["09-02", "13-04", "08-06", "10-08", "12-10", "14-12"]


def test_the_last_of_a_month_is_its_fourth_or_fifth():
    found = days(Rhythm.QUARTERLY, THURSDAY, *YEAR, which=LAST)
    assert found == ["28-01", "29-04", "29-07", "28-10"]


def test_every_two_weeks_counts_from_the_first_such_day():
    found = days(Rhythm.TWO_WEEKS, THURSDAY, date(2027, 3, 5), date(2027, 4, 22))
    assert found == ["11-03", "25-03", "08-04", "22-04"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(Rhythm.MONTHLY, THURSDAY, *YEAR), "elke eerste donderdag van de maand"),
        (
            Rule(Rhythm.EVEN_MONTHS, TUESDAY, *YEAR, which=2),
            "elke tweede dinsdag van de even maanden",
        ),
        (Rule(Rhythm.TWO_WEEKS, THURSDAY, *YEAR), "elke twee weken op donderdag"),
    ],
)
def test_a_rule_says_itself(rule, words):
    assert str(rule) == words


@pytest.mark.parametrize(
    ("first", "until", "rhythm", "reason"),
    [
        (date(2026, 11, 22), YEAR[1], Rhythm.MONTHLY, "Een reeks begint vandaag of later."),
        (YEAR[1], YEAR[0], Rhythm.MONTHLY, "De laatste dag ligt voor de eerste dag."),
        (YEAR[0], date(9999, 12, 31), Rhythm.WEEKLY, "Plan hoogstens vijf jaar vooruit."),
        (
            date(2027, 1, 8),
            date(2027, 1, 31),
            Rhythm.MONTHLY,
            "In deze periode valt geen dag: elke eerste donderdag van de maand.",
        ),
        (
            YEAR[0],
            date(2028, 12, 31),
            Rhythm.WEEKLY,
            "Dit zijn 104 vergaderingen. Plan er hoogstens 60 tegelijk.",
        ),
    ],
)
def test_a_series_that_cannot_be_says_why(first, until, rhythm, reason):
    (answer,) = rule_answers(Rule(rhythm, THURSDAY, first, until), TODAY)
    assert answer.reason == reason


def test_an_odd_day_gives_way_to_the_same_weekday_a_week_later():
    ascension = Obstacle("is een feestdag: Hemelvaartsdag")
    rule = Rule(Rhythm.MONTHLY, THURSDAY, date(2027, 5, 1), date(2027, 6, 30))
    found = candidates(rule, {date(2027, 5, 6): ascension}.get)
    assert found == [
        Candidate(date(2027, 5, 6), ascension, date(2027, 5, 13)),
        Candidate(date(2027, 6, 3)),
    ]


def test_no_neighbour_in_the_middle_of_a_recess():
    off = Obstacle("valt in een vakantie: Zomervakantie")
    rule = Rule(Rhythm.MONTHLY, THURSDAY, date(2027, 8, 1), date(2027, 8, 31))
    assert candidates(rule, lambda day: off) == [Candidate(date(2027, 8, 5), off, None)]


rules = st.builds(
    lambda rhythm, weekday, first, length, which: Rule(
        rhythm, weekday, first, first + timedelta(days=length), which
    ),
    st.sampled_from(Rhythm.values),
    st.integers(0, 4),
    st.dates(date(2026, 1, 1), date(2031, 1, 1)),
    st.integers(0, 800),
    st.sampled_from([1, 2, 3, 4, LAST]),
)


@given(rules, st.sets(st.integers(0, 800)))
def test_days_are_in_order_and_nothing_is_planned_twice(rule, blocked):
    blocked_days = {rule.first + timedelta(days=n) for n in blocked}
    found = candidates(rule, lambda day: Obstacle("bezet") if day in blocked_days else None)
    assert [c.day for c in found] == sorted({c.day for c in found})
    assert all(c.day.weekday() == rule.weekday for c in found)
    assert all(rule.first <= c.day <= rule.until for c in found)
    kept = [c.instead or c.day for c in found if c.instead or not c.obstacle]
    assert len(kept) == len(set(kept))
    assert not set(kept) & blocked_days
