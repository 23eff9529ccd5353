"""Meetings of a body: planned, moved, cancelled, held."""

from datetime import date, datetime

from django.db import transaction
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
    StepState,
)
from governance.models import (
    Body,
    Meeting,
    Proposal,
    Region,
)
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
