"""What the page of a meeting shows: its agenda for this reader, and whose turn it is.

Secret papers (besluit 0038): outside the circle there is nothing, and as they are numbered apart
(B1, B2) no other number tells of them. Only if the secretary chooses so a point is announced as
'Besloten agendapunt', without its title.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from core import clock
from core.components import Tone
from core.formats import euro, near_date
from governance.agenda_frozen import (
    FrozenAgenda,
    FrozenItem,
    Placed,
    line_of,
    placed,
    secret_of,
    waits_of,
    with_papers,
)
from governance.domain import meetings, route
from governance.domain.agenda_versions import latest
from governance.enums import ItemResult, MeetingState, Outcome, StepState
from governance.models import (
    AgendaItem,
    AgendaVersion,
    Decision,
    Meeting,
    Membership,
    PointDecision,
    Proposal,
    RouteStep,
)
from governance.preparing import Prepared, prepared
from governance.presenting import Act, Now
from governance.rules import visible_to
from governance.standing import Person, standing_of

CLOSED = "Besloten agendapunt"
POINTS = 4  # decision points in sight per paper; a page of ten papers stays a page

MEETING_TONES: dict[str, Tone] = {
    MeetingState.PLANNED: "neutral",
    MeetingState.PUBLISHED: "neutral",
    MeetingState.HELD: "success",
    MeetingState.CONCLUDED: "success",
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
class AgendaRow:
    """One point of the agenda for a reader. `number` is empty for what was taken off; `closed` is
    a secret paper that is announced without its title.

    A paper says what is asked, what is still awaited, and what came of it. `points` are the first
    few decision points while it is open, `more_points` counts the rest.
    """

    title: str
    item: AgendaItem | None = None
    number: str = ""
    time: str = ""
    minutes: int | None = None
    treatment: str = ""
    late: bool = False
    text: str = ""
    closed: bool = False
    proposal: Proposal | None = None
    url: str = ""
    purpose: str = ""
    summary: str = ""
    facts: str = ""
    points: tuple[str, ...] = ()
    more_points: int = 0
    waits: str = ""
    outcome: str = ""
    decision: Decision | None = None
    secret: bool = False
    open: bool = False
    acts: list[Act] = field(default_factory=list)
    prepared: Prepared | None = None


def agenda_of(meeting: Meeting, user: Person) -> list[AgendaRow]:
    """The points that this reader may see, in order; what was taken off comes last.

    The secretary sees the agenda as it is now, others the newest version that was published, and
    before that the papers that were sent. Once the meeting began everybody sees what there is.
    """
    items = {item.pk: item for item in with_papers(meeting.items.all())}
    context = _context(meeting, user, items)
    on = _lines(meeting, user, items, context.secret)
    shown = {line.item for line in on}
    gone = [
        line_of(Placed(item, "", meeting.starts_at))
        for item in items.values()
        if item.off and item.pk not in shown
    ]
    rows = [_row(line, items.get(line.item), context) for line in on if _shown(line, context)]
    taken_off = [_row(line, items[line.item], context) for line in gone if _shown(line, context)]
    return [*rows, *(replace(row, time="", acts=[]) for row in taken_off)]


def numbers_of(meeting: Meeting, user: Person) -> dict[int, str]:
    """The number of each point, by its key and in order, as this reader sees the agenda."""
    items = {item.pk: item for item in with_papers(meeting.items.all())}
    lines = _lines(meeting, user, items, secret_of(items.values()))
    return {line.item: line.number for line in lines}


@dataclass(frozen=True)
class _Context:
    decisions: dict[int | None, Decision]
    secret: set[int]
    readable: set[int]
    acting: bool
    prepared: dict[int, Prepared]


def _context(meeting: Meeting, user: Person, items: dict[int, AgendaItem]) -> _Context:
    decisions = (
        visible_to(user, Decision)
        .filter(meeting=meeting)
        .select_related("region")
        .prefetch_related("points")
    )
    keeps = meeting.body_id in standing_of(user).secretary_of
    return _Context(
        {decision.step_id: decision for decision in decisions},
        secret_of(items.values()),
        readable_papers(meeting, user),
        acting=keeps and meeting.starts_at <= clock.now(),
        prepared=prepared(meeting, user),
    )


def readable_papers(meeting: Meeting, user: Person) -> set[int]:
    """The papers of this meeting that the reader may read, also those of earlier versions."""
    rows = visible_to(user, Proposal).filter(region=meeting.body.region_id)
    here = rows.filter(
        Q(steps__items__meeting=meeting) | Q(steps__body=meeting.body_id, steps__version__gt=0)
    )
    return set(here.values_list("pk", flat=True))


def _shown(line: FrozenItem, context: _Context) -> bool:
    return _may_show(line, context.readable)


def _may_show(line: FrozenItem, readable: set[int]) -> bool:
    if line.proposal_id is None or line.proposal_id in readable:
        return True
    return line.secret and line.announced


def _lines(
    meeting: Meeting, user: Person, items: dict[int, AgendaItem], secret_papers: set[int]
) -> list[FrozenItem]:
    """The agenda for this kind of reader: as it is, as published, or the papers alone."""
    now = [line_of(each) for each in placed(items.values(), meeting.starts_at, secret_papers)]
    keeps = meeting.body_id in standing_of(user).secretary_of
    if keeps or meeting.state not in meetings.COMING or meeting.starts_at <= clock.now():
        return now
    if meeting.state == MeetingState.PUBLISHED and (version := latest(meeting)):
        return list(FrozenAgenda.from_json(version.frozen).items)
    papers = [line for line in now if line.proposal_id and not line.secret]
    secret = [line for line in now if line.secret]
    return [
        replace(line, number=number, time="")
        for lines, mark in ((papers, ""), (secret, "B"))
        for number, line in ((f"{mark}{n}", line) for n, line in enumerate(lines, start=1))
    ]


def _row(line: FrozenItem, item: AgendaItem | None, context: _Context) -> AgendaRow:
    if line.proposal_id is not None and line.proposal_id not in context.readable:
        return AgendaRow(CLOSED, number=line.number, time=line.time, closed=True)
    preparation = context.prepared.get(item.pk) if item else None
    row = AgendaRow(
        line.title,
        item=item,
        number=line.number,
        time=line.time,
        minutes=line.minutes,
        treatment=line.treatment,
        late=line.late,
        text=line.text,
        open=item is not None and item.result == ItemResult.OPEN,
        prepared=preparation,
        url=preparation.url if preparation else "",
        outcome=outcome_of(item, None) if item and item.result != ItemResult.OPEN else "",
    )
    if item is None or item.step is None or item.version is None:
        return row
    step = item.step
    points = [point.text for point in item.version.points.all()] if row.open else []
    decision = None if row.open else context.decisions.get(step.pk)
    return replace(
        row,
        proposal=step.proposal,
        url=row.url or _url("proposal-detail", step.proposal),
        purpose=step.get_purpose_display(),
        summary=item.version.summary,
        facts=_facts(item.version),
        points=tuple(points[:POINTS]),
        more_points=len(points[POINTS:]),
        waits=waits_of(step) if row.open else "",
        outcome="" if row.open else outcome_of(item, decision),
        decision=decision,
        secret=step.proposal_id in context.secret,
        acts=acts_of(step) if context.acting and row.open else [],
    )


@dataclass(frozen=True)
class VersionLine:
    """One published version as the page lists it, with the changes this reader may know."""

    version: AgendaVersion
    changes: list[str]

    @property
    def told(self) -> str:
        return f"versie {self.version.number}, {near_date(self.version.published_at)}"


def versions_of(meeting: Meeting, user: Person) -> list[VersionLine]:
    """The published versions, the newest first."""
    versions = list(meeting.agenda_versions.select_related("published_by").defer("frozen"))
    readable = readable_papers(meeting, user) if versions else set()
    return [VersionLine(version, changes_of(version.changes, readable)) for version in versions]


def changes_for(version: AgendaVersion, user: Person) -> list[str]:
    """What a version changed, in the sentences that this reader may know; for page and mail."""
    return changes_of(version.changes, readable_papers(version.meeting, user))


def lines_for(version: AgendaVersion, user: Person) -> list[FrozenItem]:
    """A published version for one reader: a secret paper is left out, or announced only."""
    readable = readable_papers(version.meeting, user)
    return [
        line
        if line.proposal_id is None or line.proposal_id in readable
        else FrozenItem(line.item, line.number, line.time, line.kind, CLOSED)
        for line in FrozenAgenda.from_json(version.frozen).items
        if _may_show(line, readable)
    ]


def changes_of(changes: list[dict[str, Any]], readable: set[int]) -> list[str]:
    """The sentences that a reader of these papers may know."""
    return [
        change["text"]
        for change in changes
        if change["proposal_id"] is None or change["proposal_id"] in readable
    ]


def agenda_counts(meetings: Iterable[Meeting], user: Person) -> dict[int, int]:
    """How many proposals this reader finds on the agenda of each meeting. One query."""
    rows = (
        AgendaItem.objects.filter(
            meeting__in=[meeting.pk for meeting in meetings],
            step__proposal__in=visible_to(user, Proposal),
            off=False,
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


def ends_of(rows: Iterable[AgendaRow]) -> str:
    """'11.15', when the last point this reader sees is over; empty while there are no times."""
    timed = [row for row in rows if row.time]
    if not timed or not any(row.minutes for row in timed):
        return ""
    hour, minute = map(int, timed[-1].time.split("."))
    end = hour * 60 + minute + (timed[-1].minutes or 0)
    return f"{end // 60 % 24}.{end % 60:02d}"


def now_for_meeting(user: Person, meeting: Meeting, items: list[AgendaRow]) -> Now | None:
    """The turn of the secretary, once the meeting has begun; nothing for anybody else."""
    if meeting.body_id not in standing_of(user).secretary_of:
        return None
    if meeting.state in meetings.COMING and meeting.starts_at <= clock.now():
        url = reverse("governance:meeting-attendance", args=[meeting.body.region.slug, meeting.pk])
        return Now("U bent aan zet", "Leg vast wie er waren", Act("Aanwezigheid vastleggen", url))
    if meeting.state in meetings.COMING:
        return _make_agenda(meeting, items)
    waiting = [item for item in items if item.open and item.acts]
    if meeting.state == MeetingState.HELD and waiting:
        first = waiting[0]
        return Now("U bent aan zet", f"Leg de uitkomst vast: {first.title}", first.acts[0])
    return None


def _make_agenda(meeting: Meeting, items: list[AgendaRow]) -> Now | None:
    """Before it begins: the agenda waits to be made, or is out."""
    if not items:
        return None
    url = reverse("governance:meeting-agenda", args=[meeting.body.region.slug, meeting.pk])
    if meeting.state == MeetingState.PUBLISHED:
        return Now("De agenda is gepubliceerd", "Wijzigen kan nog; dat wordt een nieuwe versie")
    return Now("U bent aan zet", "Maak en publiceer de agenda", Act("Agenda opstellen", url))


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


def outcome_of(row: AgendaItem, decision: Decision | None) -> str:
    if row.off and row.step_id is None:
        return f"Van de agenda gehaald: {row.note}"
    if row.result == ItemResult.HELD_OVER:
        return f"Aangehouden: {row.note}" if row.note else "Aangehouden"
    if decision is not None:
        return outcome_summary(decision.points.all()).capitalize()
    return f"Behandeld: {row.note}" if row.note else "Behandeld"


def acts_of(step: RouteStep) -> list[Act]:
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
