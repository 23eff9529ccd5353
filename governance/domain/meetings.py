"""Meetings of a body, who was there, and whether that is enough."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core import calendar, clock
from core.formats import local_day, long_date, near_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain.texts import refuse_personal_data
from governance.enums import (
    ItemResult,
    MeetingForm,
    MeetingState,
    MemberRole,
    Quorum,
    RoundState,
    StepState,
)
from governance.models import (
    Attendance,
    Body,
    Meeting,
    Membership,
    Proposal,
    Region,
    RouteStep,
    Vote,
)
from governance.models.dated import valid_on
from governance.models.meeting import usual_positions_until
from governance.rules import can_read, demand

COMING = (MeetingState.PLANNED, MeetingState.PUBLISHED)  # still to be held


def _nothing_on_agenda(meeting: Meeting) -> Answer:
    if meeting.steps.filter(state=StepState.ON_AGENDA).exists():
        return Refusal("Er staan stukken op de agenda; houd die eerst aan.")
    return _nothing_handled(meeting)


def _nothing_handled(meeting: Meeting) -> Answer:
    if meeting.steps.filter(state=StepState.HANDLED).exists():
        return Refusal("In deze vergadering is al een stuk behandeld; zij is dus gehouden.")
    return True


def _may_lapse(meeting: Meeting) -> Answer:
    """Papers are held over first, one by one; once the agenda is published its members hear the
    reason from the secretary, and the papers come off with the meeting."""
    if meeting.state != MeetingState.PUBLISHED:
        return _nothing_on_agenda(meeting)
    return _nothing_handled(meeting)


def has_items(meeting: Meeting) -> Answer:
    """Whether there is anything to publish."""
    if meeting.items.filter(off=False).exists():
        return True
    return Refusal("Een agenda heeft minstens één punt.")


def _can_publish(meeting: Meeting) -> Answer:
    if has_begun(meeting):
        return Refusal("De vergadering is al begonnen.")
    return has_items(meeting)


def open_items(count: int) -> Refusal:
    """What still stands in the way of the decision list and of concluding the meeting."""
    many = "1 agendapunt heeft" if count == 1 else f"{count} agendapunten hebben"
    return Refusal(f"{many} nog geen uitkomst. Leg die vast, of houd het punt aan.")


def _all_settled(meeting: Meeting) -> Answer:
    waiting = meeting.items.filter(result=ItemResult.OPEN, off=False).count()
    if waiting:
        return open_items(waiting)
    if meeting.form != MeetingForm.WRITTEN and not hasattr(meeting, "decision_list"):
        return Refusal("Maak eerst de besluitenlijst.")
    return True


def has_begun(meeting: Meeting) -> Answer:
    """Whether the meeting has begun: before that nothing can come of it."""
    if meeting.starts_at > clock.now():
        return Refusal("De vergadering is nog niet begonnen.")
    return True


STATES: TransitionTable[Meeting] = TransitionTable(
    [
        Transition("publish", ("planned",), "published", "Agenda publiceren", _can_publish),
        Transition("hold", COMING, "held", "Gehouden", has_begun),
        Transition("conclude", ("held",), "concluded", "Afronden", _all_settled),
        Transition("cancel", COMING, "cancelled", "Laten vervallen", _may_lapse),
    ]
)


def delivery_day(meeting: Meeting) -> date:
    """The last day on which papers for a meeting may come in (leverdatum), in working days."""
    return calendar.add_working_days(local_day(meeting.starts_at), -meeting.body.delivery_days)


def delivery_note(meeting: Meeting) -> str:
    """'leverdatum 3 maart', or that it has passed; empty for a meeting that takes no papers."""
    if meeting.state not in COMING or meeting.starts_at <= clock.now():
        return ""
    day = delivery_day(meeting)
    return f"leverdatum {'was ' if day < clock.today() else ''}{near_date(day)}"


def recess_periods(region: Region) -> list[calendar.Period]:
    """When a region plans no meetings, beside the school holidays."""
    return [calendar.Period(row.name, row.first_day, row.last_day) for row in region.recesses.all()]


def day_warnings(region: Region, day: date) -> list[str]:
    """Why a day is an odd choice for a meeting. It may be chosen all the same."""
    why = ["is al geweest"] if day < clock.today() else []
    if odd := calendar.why_no_meeting(day, recess_periods(region), region.school_region):
        why.append(odd)
    text = long_date(day, weekday=True)
    return [f"{text[0].upper()}{text[1:]} {reason}." for reason in why]


@transaction.atomic
def plan_meeting(body: Body, *, starts_at: datetime, by: User | None, place: str = "") -> Meeting:
    """Plan a meeting. Refuses a moment at which the body already meets, or does not exist."""
    from governance.domain.next_agenda import place_waiting

    current = locked(Body.objects.all(), body.pk)
    demand(by, "meeting.plan", current)
    require(*_moment_answers(current, starts_at))
    meeting = Meeting.objects.create(body=current, starts_at=starts_at, place=clean_place(place))
    StatusChange.log(meeting, act="planned", by=by, after=meeting.state)
    place_waiting(current)
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


def clean_place(place: str) -> str:
    """Where, without spaces around it. Refuses personal data and more than 120 characters."""
    place = place.strip()
    refuse_personal_data({"place": place})
    if len(place) > 120:
        raise Refused(Refusal("De plaats telt hoogstens 120 tekens.", field="place"))
    return place


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    by: User | None,
    place: str | None = None,
    why: str = "",
) -> Meeting:
    """Move a planned meeting. Refuses when a route would then run out of order, and when
    something was already treated in it. Positions can be given until the usual moment before the
    new one.

    Once its agenda is published this is for the secretary, with the reason: the members get a new
    version of the agenda in the same act.
    """
    from governance.domain.agenda_versions import publish_change
    from governance.domain.route import order_answer

    lock_proposals(meeting)
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    published = _demand_change(current, by, why)
    if current.state not in COMING:
        raise Refused(Refusal("Alleen een geplande vergadering kan worden verzet."))
    if current.steps.filter(state=StepState.HANDLED).exists():
        raise Refused(Refusal("In deze vergadering is al een stuk behandeld."))
    if published and not why.strip():
        raise Refused(Refusal("Geef de reden: de agenda is al gepubliceerd.", field="why"))
    require(*_moment_answers(current.body, starts_at, current))
    before = timezone.localtime(current.starts_at)
    if starts_at != current.starts_at:
        current.starts_at = starts_at
        current.positions_until = usual_positions_until(starts_at)
    if current.until is not None and current.until <= timezone.localtime(starts_at).time():
        current.until = None
    if place is not None:
        current.place = clean_place(place)
    current.save()
    for step in current.steps.exclude(state=StepState.SKIPPED).select_related("proposal", "body"):
        answer = order_answer(step, current)
        if not answer:
            # The title of a paper is not for who may not read it, not even in a refusal.
            known = by is None or can_read(by, step.proposal)
            paper = str(step.proposal) if known else "Een stuk"
            raise Refused(Refusal(f"{paper}: {answer.reason}", field="starts_at"))
    was = f"was {before:%d-%m-%Y %H.%M} uur"
    StatusChange.log(
        current, act="moved", by=by, why=f"{was}. {why.strip()}" if why.strip() else was
    )
    if published:
        if has_begun(current):
            raise Refused(Refusal("Kies een moment dat nog komt.", field="starts_at"))
        publish_change(current, by=by, why=why)
    return current


def right_to_change(meeting: Meeting) -> str:
    """The right that moving or cancelling asks: once the agenda is published the secretary's."""
    return "body.keep" if meeting.state == MeetingState.PUBLISHED else "meeting.plan"


def _demand_change(meeting: Meeting, by: User | None, why: str) -> bool:
    """Ask the right to move or cancel; returns whether the agenda is published."""
    demand(by, right_to_change(meeting), meeting.body)
    refuse_personal_data({"why": why})
    return meeting.state == MeetingState.PUBLISHED


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None, why: str) -> Meeting:
    """Let a planned meeting lapse; steps planned in it lose their date. Asks for the reason.

    With a published agenda this is for the secretary: the papers come off it, and the members get
    a last version that says why the meeting does not take place.
    """
    from governance.domain.agenda_versions import publish_cancelled
    from governance.domain.next_agenda import place_waiting
    from governance.domain.route import take_off_agenda

    lock_proposals(meeting)
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    published = _demand_change(current, by, why)
    why = why.strip()
    if not why:
        raise Refused(Refusal("Geef de reden waarom de vergadering vervalt.", field="why"))
    if published:
        for step in current.steps.filter(state=StepState.ON_AGENDA):
            take_off_agenda(step, by=by, why=f"De vergadering vervalt: {why}")
    STATES.carry_out(current, "cancel", by=by, why=why)
    for step in current.steps.filter(state=StepState.PLANNED):
        step.meeting = None
        step.save()
    if published:
        publish_cancelled(current, why, by=by)
    place_waiting(current.body)
    return current


def lock_proposals(meeting: Meeting) -> None:
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
    """Deputies who may vote that day, each in place of a sitting member: only where the regeling or
    the body's own rules know deputies."""
    if not body.rules.deputies:
        return []
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
    if meeting.rounds.filter(state__in=[RoundState.OPEN, RoundState.CLOSED]).exists():
        return Refusal("Er loopt een stemming. Bevestig die eerst, of laat haar vervallen.")
    return has_begun(meeting)


def _voted_and_gone(meeting: Meeting, there: Collection[int]) -> Answer:
    """Who voted was there; only somebody who comes later changes the list then."""
    counted = Vote.objects.filter(round__meeting=meeting, round__state=RoundState.CONFIRMED)
    gone = counted.exclude(membership__in=there).select_related("membership__user").first()
    if gone is None or meeting.proxies.filter(giver=gone.membership_id).exists():
        return True
    return Refusal(
        f"{gone.membership.shown_as} heeft in deze vergadering gestemd en was er dus.", "present"
    )


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
    require(_voted_and_gone(current, there))
    _one_for_each([m for m in members if m.pk in there], [d for d in replacing if d.pk in there])
    if current.state in COMING:
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


def asks_no_quorum(meeting: Meeting, step: RouteStep) -> bool:
    """Whether this paper was on the agenda of a meeting that could not be opened, of which this is
    the second call (Gemeentewet 20, lid 3)."""
    first = meeting.second_call_of_id
    return first is not None and step.items.filter(meeting=first).exists()


def was_held_over(step: RouteStep) -> bool:
    """Whether the paper lay before this body in an earlier meeting; not when it was taken off the
    agenda before they met."""
    return step.items.filter(result=ItemResult.HELD_OVER, off=False).exists()


def count_quorum(meeting: Meeting, step: RouteStep | None = None) -> QuorumCount:
    """Count the quorum from attendance: more than half of the sitting members, by persons.

    A body without a quorum needs one member present, and so does a paper that comes back in a
    second meeting (`step`). Who holds two seats is one person; who is replaced by her deputy is
    there; who abstains from a vote is too. Source: Gemeentewet 20 by way of the Wgr.
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
    if step is not None and asks_no_quorum(meeting, step):
        more_than_half = False
    return QuorumCount(present, total, total // 2 + 1 if more_than_half else 1)
