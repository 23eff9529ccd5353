"""Working days, Dutch public holidays, school holidays and recess.

Source: Algemene termijnenwet art. 3 names the public holidays and puts Good Friday on a par with
them. Two readings of it are used here:

- Working days (deadlines for papers): Good Friday is no working day, so a deadline never falls
  late; 5 May is one, except in lustrum years, as is usual in the collective agreements.
- Legal terms (`end_of_term`): art. 3 counts 5 May every year.

The dates come from the package `holidays`. School holidays are known there for 2014 to 2030, and
autumn and spring breaks are advice from which a school may depart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5
SCHOOL_YEARS = range(2014, 2031)  # calendar years of which the school holidays are known


@dataclass(frozen=True)
class Period:
    """A named stretch of days, both ends included: a recess of the region or of a body."""

    name: str
    first: date
    last: date


@cache
def _public() -> dict[date, str]:
    return holidays.country_holidays("NL", language="nl", categories=("public",))


@cache
def _legal() -> dict[date, str]:
    return holidays.country_holidays("NL", language="nl", categories=("public", "optional"))


@cache
def _school(school_region: str) -> dict[date, str]:
    return holidays.country_holidays(
        "NL", subdiv=school_region.capitalize(), language="nl", categories=("school",)
    )


def holiday_name(day: date) -> str | None:
    """The Dutch name of the public holiday, or None."""
    return _public().get(day)


def is_public_holiday(day: date) -> bool:
    return day in _public()


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_public_holiday(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`, or before it when n is negative; `day` itself for 0."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(a: date, b: date) -> int:
    """How many working days lie after `a` up to and including `b`; negative when `b` is earlier.

    For a working day `b`: add_working_days(a, working_days_between(a, b)) == b.
    """
    if b < a:
        return -sum(is_working_day(b + ONE_DAY * i) for i in range((a - b).days))
    return sum(is_working_day(a + ONE_DAY * i) for i in range(1, (b - a).days + 1))


def end_of_term(day: date) -> date:
    """The day on which a legal term that would end on `day` really ends.

    A term that ends on a Saturday, Sunday or public holiday runs on to the first day that is none
    of these (Algemene termijnenwet art. 1). Terms counted backwards do not move (art. 1 lid 2).
    """
    while day.weekday() >= SATURDAY or day in _legal():
        day += ONE_DAY
    return day


def school_holiday(day: date, school_region: str) -> str | None:
    """The Dutch name of the school holiday in 'noord', 'midden' or 'zuid', or None.

    None outside SCHOOL_YEARS means: not known here.
    """
    return _school(school_region.lower()).get(day)


def school_holidays_note(last: date) -> str:
    """What to look out for when planning up to `last`, as a sentence; empty while all is known."""
    known = SCHOOL_YEARS[-1]
    if last.year <= known:
        return ""
    return (
        f"De schoolvakanties na {known} zijn hier nog niet bekend. Kijk zelf of een dag in een "
        "vakantie valt, of leg de vakantie als reces van de regio vast."
    )


def in_recess(day: date, periods: Iterable[Period], school_region: str) -> str | None:
    """Why no meeting is planned on this day: the name of the recess or school holiday, or None."""
    own = (period.name for period in periods if period.first <= day <= period.last)
    return next(own, None) or school_holiday(day, school_region)


def recesses_between(
    first: date, last: date, periods: Iterable[Period], school_region: str
) -> list[Period]:
    """Every recess and school holiday from `first` to `last`, both included, cut to those days."""
    own = list(periods)
    found: list[Period] = []
    for n in range((last - first).days + 1):
        day = first + ONE_DAY * n
        name = in_recess(day, own, school_region)
        if name and found and (found[-1].name, found[-1].last) == (name, day - ONE_DAY):
            found[-1] = Period(name, found[-1].first, day)
        elif name:
            found.append(Period(name, day, day))
    return found


def why_no_meeting(day: date, periods: Iterable[Period], school_region: str) -> str:
    """Why a body does not usually meet on this day, as the end of a sentence; empty when it may."""
    if holiday := holiday_name(day):
        return f"is een feestdag: {holiday}"
    if recess := in_recess(day, periods, school_region):
        return f"valt in een vakantie: {recess}"
    return "valt in het weekend" if day.weekday() >= SATURDAY else ""
