from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar
from core.calendar import Period

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 1, 1), "Nieuwjaarsdag"),
        (date(2021, 4, 2), "Goede vrijdag"),
        (date(2021, 4, 4), "Eerste paasdag"),
        (date(2021, 4, 5), "Tweede paasdag"),
        (date(2025, 4, 26), "Koningsdag"),  # 27 April 2025 is a Sunday
        (date(2025, 4, 27), None),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 5, 5), "Bevrijdingsdag"),
        (date(2026, 5, 5), None),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2026, 12, 31), None),
    ],
)
def test_public_holidays_of_known_years(day, name):
    assert calendar.holiday_name(day) == name
    assert calendar.is_public_holiday(day) == (name is not None)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2021, 7, 2), -10, date(2021, 6, 18)),
        (date(2021, 4, 1), 1, date(2021, 4, 6)),  # over Good Friday and Easter
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_counting_working_days(day, n, expected):
    assert calendar.add_working_days(day, n) == expected


@given(days.filter(calendar.is_working_day), st.integers(-300, 300))
def test_going_there_and_back_ends_where_it_began(day, n):
    assert calendar.add_working_days(calendar.add_working_days(day, n), -n) == day


@given(days, st.integers(-300, 300))
def test_between_counts_what_adding_adds(day, n):
    there = calendar.add_working_days(day, n)
    assert calendar.working_days_between(day, there) == n


@given(days)
def test_a_legal_term_never_ends_on_a_weekend_or_holiday_and_never_earlier(day):
    end = calendar.end_of_term(day)
    assert day <= end <= day + timedelta(days=5)
    assert calendar.is_working_day(end)


def test_a_legal_term_runs_past_5_may_in_every_year():
    assert calendar.end_of_term(date(2026, 5, 5)) == date(2026, 5, 6)
    assert calendar.is_working_day(date(2026, 5, 5))


@pytest.mark.parametrize(
    ("region", "name"), [("noord", "Voorjaarsvakantie"), ("midden", None), ("zuid", None)]
)
def test_school_holidays_differ_by_region(region, name):
    assert calendar.school_holiday(date(2026, 2, 25), region) == name


def test_recess_is_a_period_of_its_own_or_a_school_holiday():
    periods = [Period("Zomerreces", date(2026, 7, 1), date(2026, 7, 10))]
    assert calendar.in_recess(date(2026, 7, 10), periods, "noord") == "Zomerreces"
    assert calendar.in_recess(date(2026, 7, 30), periods, "Noord") == "Zomervakantie"
    assert calendar.in_recess(date(2026, 9, 30), periods, "noord") is None


def test_the_years_of_known_school_holidays_are_those_of_the_data():
    first, last = calendar.SCHOOL_YEARS[0], calendar.SCHOOL_YEARS[-1]
    for region in ("noord", "midden", "zuid"):
        found = {
            year: any(
                calendar.school_holiday(date(year, 1, 1) + timedelta(days=day), region)
                for day in range(365)
            )
            for year in (first - 1, first, last, last + 1)
        }
        assert found == {first - 1: False, first: True, last: True, last + 1: False}
    assert calendar.school_holidays_note(date(last, 12, 31)) == ""
    assert calendar.school_holidays_note(date(last + 1, 1, 1)).startswith(
        f"De schoolvakanties na {last} zijn hier nog niet bekend."
    )
