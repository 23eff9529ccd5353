"""A series of meetings: which days a rhythm gives, what stands in their way, and planning them.

The rules over dates are pure. Whoever plans sees every day first, with the reason when it is an odd
one and a neighbour in its place, and decides; `plan_series` then makes all meetings or none.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from core import calendar, clock
from core.formats import WEEKDAYS, clock_time, local_day, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from governance.domain.meetings import clean_place, recess_periods
from governance.domain.next_agenda import place_waiting
from governance.enums import MeetingState, Rhythm
from governance.models import Body, Meeting
from governance.rules import demand

MOST = 60  # meetings that are planned at once
AHEAD = timedelta(days=5 * 366)
LAST = -1  # the last of the month, where 1 is the first
WEEK = timedelta(days=7)

MONTHS_OF: dict[str, tuple[int, ...]] = {
    Rhythm.MONTHLY: tuple(range(1, 13)),
    Rhythm.EVEN_MONTHS: tuple(range(2, 13, 2)),
    Rhythm.ODD_MONTHS: tuple(range(1, 13, 2)),
    Rhythm.QUARTERLY: (1, 4, 7, 10),
}
WEEKS_OF: dict[str, int] = {
    Rhythm.WEEKLY: 1,
    Rhythm.TWO_WEEKS: 2,
    Rhythm.THREE_WEEKS: 3,
    Rhythm.FOUR_WEEKS: 4,
}
ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", LAST: "laatste"}
IN_MONTHS: dict[str, str] = {
    Rhythm.MONTHLY: "van de maand",
    Rhythm.EVEN_MONTHS: "van de even maanden",
    Rhythm.ODD_MONTHS: "van de oneven maanden",
    Rhythm.QUARTERLY: "van het kwartaal",
}
# Where a day that cannot be gives way to: the same weekday first, then the nearest day.
NEIGHBOURS = tuple(timedelta(days=n) for n in (7, -7, 1, -1, 2, -2, 3, -3))


@dataclass(frozen=True)
class Rule:
    """Every second Tuesday of the even months, or every two weeks on Thursday; both ends count.

    `weekday` is 0 for Monday. `which` says which one of the month and means nothing in a rhythm
    of weeks: that counts from the first such weekday on or after `first`.
    """

    rhythm: str
    weekday: int
    first: date
    until: date
    which: int = 1

    def __str__(self) -> str:
        day = WEEKDAYS[self.weekday]
        if self.rhythm in WEEKS_OF:
            return f"{Rhythm(self.rhythm).label} op {day}"
        return f"elke {ORDINALS[self.which]} {day} {IN_MONTHS[self.rhythm]}"


def days_of(rule: Rule) -> Iterator[date]:
    """The days of the rhythm in order, whatever stands in their way."""
    if rule.rhythm in WEEKS_OF:
        start = rule.first + timedelta(days=(rule.weekday - rule.first.weekday()) % 7)
        step = WEEKS_OF[rule.rhythm] * WEEK
        for n in range((rule.until - start) // step + 1):
            yield start + n * step
        return
    for year in range(rule.first.year, rule.until.year + 1):
        for month in MONTHS_OF[rule.rhythm]:
            day = _in_month(year, month, rule.weekday, rule.which)
            if rule.first <= day <= rule.until:
                yield day


def _in_month(year: int, month: int, weekday: int, which: int) -> date:
    """The first to fourth, or the last, such weekday of a month."""
    first_weekday, length = monthrange(year, month)
    day = 1 + (weekday - first_weekday) % 7
    day += 7 * ((length - day) // 7) if which == LAST else 7 * (which - 1)
    return date(year, month, day)


def rule_answers(rule: Rule, today: date) -> list[Answer]:
    """Whether these days can be a series: not in the past, and at most five years ahead."""
    if rule.first < today:
        return [Refusal("Een reeks begint vandaag of later.", field="first")]
    if rule.until < rule.first:
        return [Refusal("De laatste dag ligt voor de eerste dag.", field="until")]
    if rule.until > today + AHEAD:
        return [Refusal("Plan hoogstens vijf jaar vooruit.", field="until")]
    found = sum(1 for _ in days_of(rule))
    if not found:
        return [Refusal(f"In deze periode valt geen dag: {rule}.", field="until")]
    return [_not_too_many(found)]


def _not_too_many(count: int) -> Answer:
    if count <= MOST:
        return True
    return Refusal(
        f"Dit zijn {count} vergaderingen. Plan er hoogstens {MOST} tegelijk.", field="until"
    )


# What stands in the way --------------------------------------------------------------------------


@dataclass(frozen=True)
class Obstacle:
    """Why a body does not meet on a day, as the end of a sentence. `firm`: it cannot be chosen."""

    reason: str
    firm: bool = False


@dataclass(frozen=True)
class Candidate:
    """A day of the series; with an obstacle perhaps a neighbour that has none."""

    day: date
    obstacle: Obstacle | None = None
    instead: date | None = None


def candidates(rule: Rule, obstacle_on: Callable[[date], Obstacle | None]) -> list[Candidate]:
    """Every day of the series with what stands in its way. No neighbour is proposed twice."""
    days = list(days_of(rule))
    taken = set(days)
    found = []
    for day in days:
        obstacle = obstacle_on(day)
        instead = _neighbour(day, taken, obstacle_on) if obstacle else None
        if instead:
            taken.add(instead)
        found.append(Candidate(day, obstacle, instead))
    return found


def _neighbour(
    day: date, taken: set[date], obstacle_on: Callable[[date], Obstacle | None]
) -> date | None:
    near = (day + offset for offset in NEIGHBOURS)
    return next((other for other in near if other not in taken and not obstacle_on(other)), None)


def obstacles(body: Body) -> Callable[[date], Obstacle | None]:
    """What stands in the way of a meeting of this body, for any day. Two queries, once."""
    today, region = clock.today(), body.region
    periods = recess_periods(region)
    meets = _days_it_meets(body)

    def on(day: date) -> Obstacle | None:
        if day in meets:
            return Obstacle(f"{body} vergadert dan al, om {clock_time(meets[day])}", firm=True)
        if not body.is_current(day):
            return Obstacle(f"{body} bestaat dan niet", firm=True)
        if day < today:
            return Obstacle("is al geweest", firm=True)
        reason = calendar.why_no_meeting(day, periods, region.school_region)
        return Obstacle(reason) if reason else None

    return on


def _days_it_meets(body: Body) -> dict[date, datetime]:
    moments = body.meetings.exclude(state=MeetingState.CANCELLED).values_list("starts_at")
    return {local_day(moment): moment for (moment,) in moments.order_by("-starts_at")}


# Planning ----------------------------------------------------------------------------------------


@transaction.atomic
def plan_series(
    body: Body,
    moments: Sequence[datetime],
    *,
    by: User | None,
    place: str = "",
    rhythm: str = "",
) -> list[Meeting]:
    """Plan all these meetings of a body, or none. `rhythm` is what their trail says of the series.

    Refuses, with every reason at once: no day, more than 60, a day twice, a day on which the body
    meets already, and a day on which it does not exist. An odd day may be chosen. What waits for a
    meeting of this body comes on the first agenda.
    """
    current = locked(Body.objects.select_related("region"), body.pk)
    demand(by, "meeting.plan", current)
    require(*_moments_answers(current, moments))
    kept_place = clean_place(place)
    made = []
    for moment in sorted(moments):
        meeting = Meeting.objects.create(body=current, starts_at=moment, place=kept_place)
        why = f"reeks: {rhythm}" if rhythm else "reeks"
        StatusChange.log(meeting, act="planned", by=by, after=meeting.state, why=why)
        made.append(meeting)
    place_waiting(current)
    return made


def _moments_answers(body: Body, moments: Sequence[datetime]) -> Iterable[Answer]:
    if not moments:
        yield Refusal("Kies minstens één dag.")
    yield _not_too_many(len(moments))
    meets, seen = _days_it_meets(body), set[date]()
    for moment in sorted(moments):
        day = local_day(moment)
        if day in seen:
            yield Refusal(f"{long_date(day)} staat er twee keer in.")
        seen.add(day)
        if day in meets:
            at = clock_time(meets[day])
            yield Refusal(f"{body} vergadert op {long_date(day)} al, om {at}.")
        if not body.is_current(day):
            yield Refusal(f"{body} bestaat op {long_date(day)} niet.")
