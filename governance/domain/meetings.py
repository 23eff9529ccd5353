"""Meetings of a body, who was there, and whether that is enough."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core import calendar, clock
from core.formats import local_day, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain.texts import refuse_personal_data
from governance.enums import MeetingState, MemberRole, Quorum, StepState
from governance.models import Attendance, Body, Meeting, Membership, Proposal, Region
from governance.models.dated import valid_on
from governance.rules import can_read, demand


def _nothing_on_agenda(meeting: Meeting) -> Answer:
    if meeting.steps.filter(state=StepState.ON_AGENDA).exists():
        return Refusal("Er staan stukken op de agenda; houd die eerst aan.")
    if meeting.steps.filter(state=StepState.HANDLED).exists():
        return Refusal("In deze vergadering is al een stuk behandeld; zij is dus gehouden.")
    return True


def has_begun(meeting: Meeting) -> Answer:
    """Whether the meeting has begun: before that nothing can come of it."""
    if meeting.starts_at > clock.now():
        return Refusal("De vergadering is nog niet begonnen.")
    return True


STATES: TransitionTable[Meeting] = TransitionTable(
    [
        Transition("hold", ("planned",), "held", "Gehouden", has_begun),
        Transition("cancel", ("planned",), "cancelled", "Laten vervallen", _nothing_on_agenda),
    ]
)


def day_warnings(region: Region, day: date) -> list[str]:
    """Why a day is an odd choice for a meeting. It may be chosen all the same."""
    periods = [
        calendar.Period(row.name, row.first_day, row.last_day) for row in region.recesses.all()
    ]
    why = []
    if day < clock.today():
        why.append("is al geweest")
    if day.weekday() >= calendar.SATURDAY:
        why.append("valt in het weekend")
    if holiday := calendar.holiday_name(day):
        why.append(f"is een feestdag: {holiday}")
    elif recess := calendar.in_recess(day, periods, region.school_region):
        why.append(f"valt in een vakantie: {recess}")
    text = long_date(day, weekday=True)
    return [f"{text[0].upper()}{text[1:]} {reason}." for reason in why]


@transaction.atomic
def plan_meeting(body: Body, *, starts_at: datetime, by: User | None, place: str = "") -> Meeting:
    """Plan a meeting. Refuses a moment at which the body already meets, or does not exist."""
    current = locked(Body.objects.all(), body.pk)
    demand(by, "meeting.plan", current)
    require(*_moment_answers(current, starts_at))
    meeting = Meeting.objects.create(body=current, starts_at=starts_at, place=_place(place))
    StatusChange.log(meeting, act="planned", by=by, after=meeting.state)
    return meeting


def _moment_answers(body: Body, starts_at: datetime, moved: Meeting | None = None) -> list[Answer]:
    """Whether the body can meet then. A meeting that lapsed leaves its place free."""
    others = body.meetings.filter(starts_at=starts_at).exclude(state=MeetingState.CANCELLED)
    if moved is not None:
        others = others.exclude(pk=moved.pk)
    return [
        Refusal(f"{body} vergadert dan al.", field="starts_at") if others.exists() else True,
        True
        if body.is_current(local_day(starts_at))
        else Refusal(f"{body} bestaat op die dag niet.", field="starts_at"),
    ]


def _place(place: str) -> str:
    place = place.strip()
    refuse_personal_data({"place": place})
    if len(place) > 120:
        raise Refused(Refusal("De plaats telt hoogstens 120 tekens.", field="place"))
    return place


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, starts_at: datetime, by: User | None, place: str | None = None
) -> Meeting:
    """Move a planned meeting. Refuses when a route would then run out of order, and when
    something was already treated in it."""
    from governance.domain.route import order_answer

    _lock_proposals(meeting)
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "meeting.plan", current.body)
    if current.state != MeetingState.PLANNED:
        raise Refused(Refusal("Alleen een geplande vergadering kan worden verzet."))
    if current.steps.filter(state=StepState.HANDLED).exists():
        raise Refused(Refusal("In deze vergadering is al een stuk behandeld."))
    require(*_moment_answers(current.body, starts_at, current))
    before = timezone.localtime(current.starts_at)
    current.starts_at = starts_at
    if place is not None:
        current.place = _place(place)
    current.save()
    for step in current.steps.exclude(state=StepState.SKIPPED).select_related("proposal", "body"):
        answer = order_answer(step, current)
        if not answer:
            # The title of a paper is not for who may not read it, not even in a refusal.
            known = by is None or can_read(by, step.proposal)
            paper = str(step.proposal) if known else "Een stuk"
            raise Refused(Refusal(f"{paper}: {answer.reason}", field="starts_at"))
    StatusChange.log(current, act="moved", by=by, why=f"was {before:%d-%m-%Y %H.%M} uur")
    return current


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None, why: str) -> Meeting:
    """Let a planned meeting lapse; steps planned in it lose their date. Asks for the reason."""
    _lock_proposals(meeting)
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "meeting.plan", current.body)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden waarom de vergadering vervalt.", field="why"))
    STATES.carry_out(current, "cancel", by=by, why=why.strip())
    for step in current.steps.filter(state=StepState.PLANNED):
        step.meeting = None
        step.save()
    return current


def _lock_proposals(meeting: Meeting) -> None:
    """Locks go from proposal to step to meeting, here as in the acts of the route."""
    found = Proposal.objects.filter(steps__meeting=meeting).order_by("pk").values_list("pk")
    list(Proposal.objects.filter(pk__in=found).order_by("pk").select_for_update())


# Who was there ------------------------------------------------------------------------------------


def _with_a_vote(body: Body, meeting: Meeting) -> QuerySet[Membership]:
    day = local_day(meeting.starts_at)
    return (
        Membership.objects.filter(valid_on(day), valid_on(day, "seat__"), body=body, has_vote=True)
        .select_related("user", "seat__municipality", "body", "deputy_of")
        .order_by("seat__municipality__sort_name", "pk")
    )


def sitting_members(body: Body, meeting: Meeting) -> list[Membership]:
    """Members with a vote on the day of the meeting; a deputy is no member.

    An account that is no longer active changes nothing here: the membership counts.
    """
    return list(_with_a_vote(body, meeting).filter(_is_no_deputy()))


def deputies(body: Body, meeting: Meeting) -> list[Membership]:
    """Deputies who may vote that day, where the regeling knows them: each in place of a sitting
    member. Whether it does is data: `has_vote` on the membership of the deputy."""
    sitting = [member.pk for member in sitting_members(body, meeting)]
    return list(_with_a_vote(body, meeting).filter(deputy_of__in=sitting))


def _is_no_deputy() -> Q:
    return Q(deputy_of__isnull=True) & ~Q(role=MemberRole.DEPUTY)


def attendance_answer(meeting: Meeting) -> Answer:
    """Whether attendance can be recorded now, or again."""
    if meeting.state == MeetingState.CANCELLED:
        return Refusal("Deze vergadering is vervallen.")
    if meeting.decisions.exists():
        return Refusal("Er is in deze vergadering al besloten; de aanwezigheid ligt daarmee vast.")
    return has_begun(meeting)


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, present: Collection[Membership], by: User | None
) -> Meeting:
    """Record who was there, for every sitting member. The meeting has then been held.

    A deputy counts only in place of the member she replaces: never beside her, and not beside
    another deputy of the same member.
    """
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(attendance_answer(current))
    members = sitting_members(current.body, current)
    replacing = deputies(current.body, current)
    there = {membership.pk for membership in present}
    if there - {membership.pk for membership in [*members, *replacing]}:
        raise Refused(Refusal("Alleen zittende leden met stemrecht tellen mee.", field="present"))
    _one_for_each([m for m in members if m.pk in there], [d for d in replacing if d.pk in there])
    if current.state == MeetingState.PLANNED:
        STATES.carry_out(current, "hold", by=by)
    listed = {member.pk for member in members} | there
    for attendance in current.attendances.exclude(membership__in=listed):
        attendance.delete()
    for membership_id in sorted(listed):
        Attendance.objects.update_or_create(
            meeting=current,
            membership_id=membership_id,
            defaults={"present": membership_id in there},
        )
    count = count_quorum(current)
    StatusChange.log(
        current, act="attendance", by=by, why=f"{count.present} van {count.total} leden aanwezig"
    )
    return current


def _one_for_each(members: Iterable[Membership], replacing: Iterable[Membership]) -> None:
    taken = {member.pk for member in members}
    for deputy in replacing:
        if deputy.deputy_of_id in taken and deputy.deputy_of is not None:
            raise Refused(
                Refusal(
                    f"{deputy.shown_as} vervangt {deputy.deputy_of.shown_as}; "
                    "kies wie van hen er was.",
                    field="present",
                )
            )
        if deputy.deputy_of_id is not None:
            taken.add(deputy.deputy_of_id)


@dataclass(frozen=True)
class QuorumCount:
    """How many of the sitting members were there, and whether the rules ask more."""

    present: int
    total: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed

    @property
    def complete(self) -> bool:
        """Everybody was there (voltallig): then a tie is a rejection."""
        return self.present == self.total


def count_quorum(meeting: Meeting) -> QuorumCount:
    """Count the quorum from attendance: more than half of the sitting members, by persons.

    A body without a quorum needs one member present. Who holds two seats is one person; who is
    replaced by her deputy is there. Source: Gemeentewet 20 by way of the Wgr.
    """
    sitting = sitting_members(meeting.body, meeting)
    members = {member.pk: member.user_id for member in sitting}
    rows = meeting.attendances.filter(present=True).select_related("membership")
    represented, people = set(), set()
    for row in rows:
        membership = row.membership
        person = members.get(membership.deputy_of_id or membership.pk)
        if person is not None:
            represented.add(person)
            people.add(membership.user_id)
    total = len(set(members.values()))
    present = min(len(represented), len(people))
    more_than_half = meeting.body.rules.quorum == Quorum.MORE_THAN_HALF
    return QuorumCount(present, total, total // 2 + 1 if more_than_half else 1)
