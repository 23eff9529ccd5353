"""Reminding of a round: by the clock 30, 7 and 1 days before the last day, or by hand once a day.

Who is not done is reminded: the editors until they handed in, the approver after that.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core import calendar, clock
from core.formats import local_day, long_date
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from governance.models import RegionMunicipality
from governance.rules import demand
from nulmeting import news
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.models import Round, Submission

DAYS_BEFORE = (1, 7, 30)
CATCH_UP = timedelta(days=4)  # in which a reminder still goes out when the machine stood still
FRESH = 3  # days after opening in which the invitation is reminder enough
SOON = 21  # days before the last day from which on the team looks who is not done
QUIET = 5  # days after a reminder in which the team waits what comes of it

FILLING = (
    SubmissionState.NOT_STARTED,
    SubmissionState.IN_PROGRESS,
    SubmissionState.RETURNED,
)
ACT = "reminded"


def last_day(row: Submission) -> date:
    """Until when a municipality can fill in: its own day when it was reopened."""
    closes: date = row.round.closes_on
    if row.round.state == RoundState.CLOSED and row.reopened_until:
        return row.reopened_until
    return closes


def not_done(asked: Round) -> list[Submission]:
    """The submissions that can still be filled in or approved, by name: of an open round all that
    are not approved, of a closed one those that were reopened and have days left. Who left the
    region is not among them."""
    here = RegionMunicipality.objects.current().filter(region=asked.region_id)
    rows = asked.submissions.exclude(state=SubmissionState.APPROVED).filter(
        municipality__in=here.values("municipality")
    )
    if asked.state == RoundState.CLOSED:
        rows = rows.filter(
            Q(reopened_until__gte=clock.today()) | Q(state=SubmissionState.SUBMITTED)
        )
    elif asked.state != RoundState.OPEN:
        return []
    found = list(rows.select_related("municipality").order_by("municipality__sort_name"))
    for row in found:
        row.round = asked
    return found


def many(number: int) -> str:
    """'1 gemeente', '3 gemeenten'."""
    return "1 gemeente" if number == 1 else f"{number} gemeenten"


@transaction.atomic
def remind(asked: Round, *, by: User | None) -> int:
    """Remind everybody who is not done, by hand; returns of how many municipalities.

    Refuses a round that does not run, a second time on one day, and when nobody is left to remind.
    """
    current = locked(Round.objects.select_related("region", "instrument"), asked.pk)
    demand(by, "nulmeting.lead", current)
    rows = not_done(current)
    require(
        True if rows else Refusal("Er is niemand om te herinneren."),
        Refusal("Vandaag ging er al een herinnering uit. Morgen kan het weer.")
        if reminded_since([current], clock.today())
        else True,
    )
    today = clock.today()
    by_day = _by_last_day(rows)
    told = sum(
        news.reminded(current, found, last, f"{today.isoformat()}:{last.isoformat()}")
        for last, found in by_day.items()
    )
    if not told:
        raise Refused(
            Refusal(
                "Deze gemeenten hebben niemand met een account die dit kan doen. Nodig eerst een "
                "invuller of vaststeller uit."
            )
        )
    StatusChange.log(current, act=ACT, by=by, why=f"{many(len(rows))} herinnerd")
    return len(rows)


def rounds_that_run() -> list[int]:
    """The rounds in which somebody may have to be reminded today."""
    rows = Round.objects.filter(state__in=(RoundState.OPEN, RoundState.CLOSED))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def remind_by_clock(round_id: int) -> int:
    """Send what is due today for one round; returns how many were told. Safe to run twice."""
    current = locked(Round.objects.select_related("region", "instrument"), round_id)
    told = 0
    for last, rows in _by_last_day(not_done(current)).items():
        before = due_before(last, clock.today())
        if before is None or (before != 1 and _is_fresh(current)):
            continue
        why = f"{'1 dag' if before == 1 else f'{before} dagen'} voor {long_date(last)}"
        if StatusChange.of(current).filter(act=ACT, by=None, why=why).exists():
            continue
        told += news.reminded(current, rows, last, f"{last.isoformat()}:{before}")
        StatusChange.log(current, act=ACT, by=None, why=why)
    return told


def due_before(last: date, today: date) -> int | None:
    """Which reminder is due: 30, 7 or 1 days before the last day, on the working day before when
    that is none, or a few days later when the machine stood still. None on every other day."""
    if today > last or not calendar.is_working_day(today):
        return None
    for days in DAYS_BEFORE:
        first = _working_day_until(last - timedelta(days=days))
        if first <= today < first + CATCH_UP:
            return days
    return None


def _working_day_until(day: date) -> date:
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _is_fresh(asked: Round) -> bool:
    opened = StatusChange.of(asked).filter(act__in=("open", "open_again")).first()
    return opened is not None and (clock.today() - local_day(opened.at)).days < FRESH


def _by_last_day(rows: Iterable[Submission]) -> dict[date, list[Submission]]:
    found: dict[date, list[Submission]] = {}
    for row in rows:
        found.setdefault(last_day(row), []).append(row)
    return found


def reminded_since(rounds: Collection[Round], day: date) -> set[int]:
    """The rounds of which somebody was reminded on this day or later, in one query."""
    if not rounds:
        return set()
    rows = StatusChange.objects.filter(
        subject_label=Round._meta.label_lower,
        subject_id__in=[each.pk for each in rounds],
        act=ACT,
        at__date__gte=day,
    )
    return set(rows.values_list("subject_id", flat=True))


def asks_for_reminder(asked: Round, waiting: int, reminded: bool) -> bool:
    """Whether the team has a reminder to send: the last day comes near, somebody is not done, and
    nobody was reminded these days (`reminded`)."""
    near = asked.closes_on - timedelta(days=SOON) <= clock.today()
    return asked.state == RoundState.OPEN and waiting > 0 and near and not reminded
