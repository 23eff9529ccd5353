"""A month of meetings as a calendar: weeks from Monday, with what is free and who meets."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core import clock
from core.calendar import (
    SATURDAY,
    Period,
    holiday_name,
    in_recess,
    recesses_between,
    school_holidays_note,
)
from core.formats import MONTHS, WEEKDAYS, clock_time, local_day, short_date
from governance.domain.meetings import delivery_note
from governance.enums import MeetingState
from governance.marks import Mark
from governance.models import Meeting

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class Entry:
    """One meeting in the calendar."""

    mark: Mark
    time: str
    url: str
    note: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Day:
    """One day: what it is free for, and the meetings on it."""

    day: date
    inside: bool
    today: bool
    holiday: str = ""
    recess: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def off(self) -> str:
        """Why nobody usually meets, beside the weekend."""
        return self.holiday or self.recess

    @property
    def free(self) -> bool:
        return bool(self.off) or self.day.weekday() >= SATURDAY


@dataclass(frozen=True)
class Week:
    """A week with its number (ISO 8601, as in Dutch calendars)."""

    number: int
    days: list[Day]


@dataclass(frozen=True)
class Month:
    """A month with its weeks, and the days off in it in words."""

    first: date
    weeks: list[Week]
    free: list[str]
    unknown: str = ""
    weekdays = WEEKDAYS

    @property
    def title(self) -> str:
        return f"{MONTHS[self.first.month - 1].capitalize()} {self.first.year}"


def read_month(text: str) -> date:
    """The first day of '2027-03'; of this month for what cannot be read."""
    year, _, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2:
        asked = (int(year), int(month))
        if FIRST_YEAR <= asked[0] <= LAST_YEAR and 1 <= asked[1] <= 12:
            return date(*asked, 1)
    return clock.today().replace(day=1)


def beside(first: date, months: int) -> date:
    """The first day of the month so many later (or earlier)."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def span(first: date) -> tuple[date, date]:
    """The first and last day that the calendar of a month shows."""
    days = list(Calendar().itermonthdates(first.year, first.month))
    return days[0], days[-1]


def month_of(
    first: date,
    meetings: Iterable[Meeting],
    marks: Mapping[int, Mark],
    periods: list[Period],
    school_region: str,
    slug: str,
) -> Month:
    """The calendar of a month. `meetings` come in order, with their body."""
    entries: dict[date, list[Entry]] = defaultdict(list)
    for meeting in meetings:
        entries[local_day(meeting.starts_at)].append(_entry(meeting, marks, slug))
    today = clock.today()
    weeks = [
        Week(
            week[0].isocalendar().week,
            [
                Day(
                    day,
                    inside=day.month == first.month,
                    today=day == today,
                    holiday=holiday_name(day) or "",
                    recess=in_recess(day, periods, school_region) or "",
                    entries=entries[day],
                )
                for day in week
            ],
        )
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    recesses = recesses_between(*span(first), periods, school_region)
    return Month(first, weeks, _free(weeks, recesses), school_holidays_note(first))


def _entry(meeting: Meeting, marks: Mapping[int, Mark], slug: str) -> Entry:
    cancelled = meeting.state == MeetingState.CANCELLED
    return Entry(
        mark=marks[meeting.body_id],
        time=clock_time(meeting.starts_at).removesuffix(" uur"),
        url=reverse("governance:meeting-detail", args=[slug, meeting.pk]),
        note="vervallen" if cancelled else delivery_note(meeting),
        cancelled=cancelled,
    )


def _free(weeks: list[Week], recesses: list[Period]) -> list[str]:
    """'Meivakantie, 24 april tot en met 2 mei' and 'Koningsdag, 27 april', by their first day."""
    holidays = [
        Period(day.holiday, day.day, day.day) for week in weeks for day in week.days if day.holiday
    ]
    return [
        f"{period.name}, {short_date(period.first)}"
        + (f" tot en met {short_date(period.last)}" if period.last > period.first else "")
        for period in sorted([*recesses, *holidays], key=lambda period: period.first)
    ]
