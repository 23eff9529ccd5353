"""What the page of a meeting shows: its agenda for this reader, and whose turn it is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse

from core import clock
from core.components import Tone
from core.formats import euro
from governance.domain import route
from governance.enums import MeetingState, Outcome, StepState, Treatment
from governance.models import (
    AdvicePoint,
    Decision,
    Meeting,
    Membership,
    PointDecision,
    Proposal,
    RouteStep,
    Secrecy,
    StepMeeting,
)
from governance.presenting import Act, Now
from governance.rules import visible_to
from governance.standing import Person, standing_of

MEETING_TONES: dict[str, Tone] = {
    MeetingState.PLANNED: "neutral",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "inactive",
}
OUTCOME_TONES: dict[str, Tone] = {
    Outcome.ADOPTED: "success",
    Outcome.AMENDED: "success",
    Outcome.REJECTED: "error",
    Outcome.POSTPONED: "warning",
    Outcome.NOTED: "neutral",
}


@dataclass(frozen=True)
class AgendaItem:
    """One proposal on the agenda: what is asked, what is still awaited, and what came of it."""

    proposal: Proposal
    title: str
    url: str
    purpose: str
    summary: str
    facts: str
    waits: str = ""
    outcome: str = ""
    decision: Decision | None = None
    secret: bool = False
    open: bool = False
    acts: list[Act] = field(default_factory=list)


def agenda_of(meeting: Meeting, user: Person) -> list[AgendaItem]:
    """The proposals on the agenda that this reader may read, in the order of their arrival."""
    keeps = meeting.body_id in standing_of(user).secretary_of
    begun = meeting.starts_at <= clock.now()
    rows = list(_treatments(meeting, user))
    decisions = {
        decision.step_id: decision
        for decision in visible_to(user, Decision)
        .filter(meeting=meeting)
        .select_related("region")
        .prefetch_related("points")
    }
    secret = secret_proposals(row.step.proposal_id for row in rows)
    items = []
    for row in rows:
        step, version = row.step, row.version
        is_open = row.result == Treatment.OPEN
        decision = None if is_open else decisions.get(step.pk)
        items.append(
            AgendaItem(
                proposal=step.proposal,
                title=version.subject,
                url=_url("proposal-detail", step.proposal),
                purpose=step.get_purpose_display(),
                summary=version.summary,
                facts=_facts(version),
                waits=_waits(step) if is_open else "",
                outcome="" if is_open else _outcome(row, decision),
                decision=decision,
                secret=step.proposal_id in secret,
                open=is_open,
                acts=_acts(step) if keeps and begun and is_open else [],
            )
        )
    return items


def _treatments(meeting: Meeting, user: Person) -> QuerySet[StepMeeting]:
    steps = RouteStep.objects.select_related("body").order_by("order", "pk")
    unanswered = AdvicePoint.objects.filter(answer="")
    return (
        meeting.treatments.filter(step__proposal__in=visible_to(user, Proposal))
        .select_related("step__body", "step__proposal__region", "version")
        .prefetch_related(
            Prefetch("step__proposal__steps", steps),
            Prefetch("step__proposal__advice", unanswered, to_attr="unanswered"),
            "version__points",
        )
        .order_by("pk")
    )


def agenda_counts(meetings: Iterable[Meeting], user: Person) -> dict[int, int]:
    """How many proposals this reader finds on the agenda of each meeting. One query."""
    rows = (
        StepMeeting.objects.filter(
            meeting__in=[meeting.pk for meeting in meetings],
            step__proposal__in=visible_to(user, Proposal),
        )
        .order_by()
        .values_list("meeting")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def coming_to(meeting: Meeting, user: Person) -> QuerySet[RouteStep]:
    """Stops planned in this meeting whose papers have not been sent yet."""
    return (
        meeting.steps.filter(state=StepState.PLANNED, proposal__in=visible_to(user, Proposal))
        .select_related("proposal__working", "proposal__region")
        .order_by("proposal__number")
    )


def secret_proposals(pks: Iterable[int]) -> set[int]:
    """Those among the proposals on which secrecy rests now."""
    rows = Secrecy.objects.filter(proposal__in=list(pks), lifted_on__isnull=True)
    return {pk for pk in rows.values_list("proposal", flat=True) if pk is not None}


def now_for_meeting(user: Person, meeting: Meeting, items: list[AgendaItem]) -> Now | None:
    """The turn of the secretary, once the meeting has begun; nothing for anybody else."""
    if meeting.body_id not in standing_of(user).secretary_of:
        return None
    if meeting.state == MeetingState.PLANNED and meeting.starts_at <= clock.now():
        url = reverse("governance:meeting-attendance", args=[meeting.body.region.slug, meeting.pk])
        return Now("U bent aan zet", "Leg vast wie er waren", Act("Aanwezigheid vastleggen", url))
    waiting = [item for item in items if item.open]
    if meeting.state == MeetingState.HELD and waiting:
        first = waiting[0]
        return Now("U bent aan zet", f"Leg de uitkomst vast: {first.title}", first.acts[0])
    return None


def outcome_summary(points: Iterable[PointDecision]) -> str:
    """'3 beslispunten aangenomen', or '2 punten aangenomen, 1 punt verworpen'."""
    counts = Counter(point.outcome for point in points)
    parts = [
        f"{counts[value]} beslispunt{'' if counts[value] == 1 else 'en'} {label}"
        for value, label in Outcome.choices
        if counts[value]
    ]
    return ", ".join(parts)


def member_label(membership: Membership) -> str:
    """A member as the attendance list names her: seat and office, or only the role if shielded."""
    shown = membership.shown_as
    if membership.shielded:
        return f"{shown} (afgeschermd)"
    seat = str(membership.seat) if membership.seat else ""
    named = shown if not seat or seat in shown else f"{seat}, {shown}"
    if membership.deputy_of:
        return f"{named}, vervangt {membership.deputy_of.shown_as}"
    return named


def _facts(version) -> str:  # type: ignore[no-untyped-def]
    points = len(version.points.all())
    asked = f"{points} beslispunt{'' if points == 1 else 'en'}" if points else ""
    cost = euro(version.cost) if version.cost is not None else ""
    return " · ".join(part for part in (asked, cost) if part)


def _waits(step: RouteStep) -> str:
    """What this stop still waits for, as a sentence; from prefetched rows."""
    proposal = step.proposal
    unanswered = len(proposal.unanswered)  # type: ignore[attr-defined]
    sentence = route.waiting(step, proposal.steps.all(), unanswered).sentence
    if not sentence and step.purpose in route.CONCLUDING and not step.version_final:
        sentence = "de definitieve versie volgt nog"
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _outcome(row: StepMeeting, decision: Decision | None) -> str:
    if row.result == Treatment.HELD_OVER:
        return f"Aangehouden: {row.note}" if row.note else "Aangehouden"
    if decision is not None:
        return outcome_summary(decision.points.all()).capitalize()
    return f"Behandeld: {row.note}" if row.note else "Behandeld"


def _acts(step: RouteStep) -> list[Act]:
    hold = Act("Aanhouden", _url("step-hold-over", step.proposal, pk=step.pk))
    if step.purpose in route.CONCLUDING:
        decide = _url("decision-record", step.proposal, pk=step.pk)
        return [Act("Besluit vastleggen", decide), hold]
    return [
        Act("Advies vastleggen", _url("advice-record", step.proposal, pk=step.pk)),
        Act("Behandeld", _url("step-handle", step.proposal, pk=step.pk)),
        hold,
    ]


def _url(name: str, proposal: Proposal, **kwargs: object) -> str:
    where = {"region": proposal.region.slug, "number": proposal.number, **kwargs}
    return reverse(f"governance:{name}", kwargs=where)
