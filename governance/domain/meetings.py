"""Meetings of a body, who was there, and whether that is enough."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core import calendar, clock
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.enums import MeetingState, Quorum, StepState
from governance.models import Attendance, Body, Meeting, Membership, Region
from governance.models.dated import valid_on
from governance.rules import demand


def _nothing_on_agenda(meeting: Meeting) -> Answer:
    if meeting.steps.filter(state=StepState.ON_AGENDA).exists():
        return Refusal("Er staan stukken op de agenda; houd die eerst aan.")
    return True


def _has_begun(meeting: Meeting) -> Answer:
    if meeting.starts_at > clock.now():
        return Refusal("Deze vergadering is nog niet begonnen.")
    return True


STATES: TransitionTable[Meeting] = TransitionTable(
    [
        Transition("hold", ("planned",), "held", "Gehouden", _has_begun),
        Transition("cancel", ("planned",), "cancelled", "Laten vervallen", _nothing_on_agenda),
    ]
)


def day_warnings(region: Region, day: date) -> list[str]:
    """Why a day is an odd choice for a meeting. It may be chosen all the same."""
    text = long_date(day, weekday=True)
    warnings = []
    if day < clock.today():
        warnings.append(f"{text} is al geweest.")
    if day.weekday() >= calendar.SATURDAY:
        warnings.append(f"{text} valt in het weekend.")
    if holiday := calendar.holiday_name(day):
        warnings.append(f"{text} is een feestdag: {holiday}.")
    periods = [
        calendar.Period(row.name, row.first_day, row.last_day) for row in region.recesses.all()
    ]
    if recess := calendar.in_recess(day, periods, region.school_region):
        warnings.append(f"{text} valt in een vakantie: {recess}.")
    return [f"{warning[0].upper()}{warning[1:]}" for warning in warnings]


@transaction.atomic
def plan_meeting(body: Body, *, starts_at: datetime, by: User | None, place: str = "") -> Meeting:
    """Plan a meeting. Refuses a moment at which the body already meets, or does not exist."""
    demand(by, "meeting.plan", body)
    if body.meetings.filter(starts_at=starts_at).exists():
        raise Refused(Refusal(f"{body} vergadert dan al.", field="starts_at"))
    if not body.is_current(starts_at.date()):
        raise Refused(Refusal(f"{body} bestaat op die dag niet.", field="starts_at"))
    meeting = Meeting.objects.create(body=body, starts_at=starts_at, place=place.strip())
    StatusChange.log(meeting, act="planned", by=by, after=meeting.state)
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, starts_at: datetime, by: User | None, place: str | None = None
) -> Meeting:
    """Move a planned meeting. Refuses when a route would then run out of order."""
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "meeting.plan", current.body)
    if current.state != MeetingState.PLANNED:
        raise Refused(Refusal("Alleen een geplande vergadering kan worden verzet."))
    if current.body.meetings.filter(starts_at=starts_at).exclude(pk=current.pk).exists():
        raise Refused(Refusal(f"{current.body} vergadert dan al.", field="starts_at"))
    before = current.starts_at
    current.starts_at = starts_at
    if place is not None:
        current.place = place.strip()
    current.save()
    from governance.domain.route import order_refusal

    for step in current.steps.exclude(state__in=[StepState.SKIPPED, StepState.HANDLED]):
        refusal = order_refusal(step, current)
        if refusal:
            raise Refused(Refusal(f"{step.proposal}: {refusal.reason}", field="starts_at"))
    StatusChange.log(current, act="moved", by=by, why=f"was {before:%d-%m-%Y %H.%M}")
    return current


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None, why: str) -> Meeting:
    """Let a planned meeting lapse; steps planned in it lose their date. Asks for the reason."""
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "meeting.plan", current.body)
    if not why.strip():
        raise Refused(Refusal("Geef de reden waarom de vergadering vervalt.", field="why"))
    STATES.carry_out(current, "cancel", by=by, why=why.strip())
    for step in current.steps.filter(state=StepState.PLANNED):
        step.meeting = None
        step.save()
    return current


def attendance_answer(meeting: Meeting) -> Answer:
    """Whether attendance can be recorded now, or again."""
    if meeting.state == MeetingState.PLANNED:
        return STATES.answer(meeting, "hold")
    if meeting.state != MeetingState.HELD:
        return Refusal("Deze vergadering is vervallen.")
    if meeting.decisions.exists():
        return Refusal("Er is in deze vergadering al besloten; de aanwezigheid ligt daarmee vast.")
    return True


def sitting_members(body: Body, meeting: Meeting) -> list[Membership]:
    """Members with a vote on the day of the meeting (Gemeentewet 20 counts persons)."""
    day = meeting.starts_at.date()
    return list(
        Membership.objects.filter(valid_on(day), body=body, has_vote=True)
        .select_related("user", "seat__municipality", "body")
        .order_by("seat__municipality__sort_name", "pk")
    )


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, present: Collection[Membership], by: User | None
) -> Meeting:
    """Record who was there, for every sitting member. The meeting has then been held."""
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(attendance_answer(current))
    if current.state == MeetingState.PLANNED:
        STATES.carry_out(current, "hold", by=by)
    there = {membership.pk for membership in present}
    members = sitting_members(current.body, current)
    strangers = there - {membership.pk for membership in members}
    if strangers:
        raise Refused(Refusal("Alleen zittende leden met stemrecht tellen mee.", field="present"))
    for membership in members:
        attendance, _ = Attendance.objects.get_or_create(meeting=current, membership=membership)
        attendance.present = membership.pk in there
        attendance.save()
    StatusChange.log(
        current, act="attendance", by=by, why=f"{len(there)} van {len(members)} leden aanwezig"
    )
    return current


@dataclass(frozen=True)
class QuorumCount:
    """How many of the sitting members were there, and whether the rules ask more."""

    present: int
    total: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


def count_quorum(meeting: Meeting) -> QuorumCount:
    """Count the quorum from attendance: more than half of the sitting members, by persons.

    A body without a quorum needs one member present. Source: Gemeentewet 20 by way of the Wgr.
    """
    total = len(sitting_members(meeting.body, meeting))
    present = meeting.attendances.filter(present=True, membership__has_vote=True).count()
    more_than_half = meeting.body.rules.quorum == Quorum.MORE_THAN_HALF
    return QuorumCount(present, total, total // 2 + 1 if more_than_half else 1)
