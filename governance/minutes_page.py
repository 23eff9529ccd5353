"""What the pages of a meeting show of its record: its items, and what came of each."""

from dataclasses import dataclass, field

from django.urls import reverse

from core import clock
from core.components import Cell, Link, Row, Tone
from core.formats import long_date, near_date, short_date
from core.refusal import Refusal
from governance.agenda import outcome_of
from governance.agenda_frozen import title_of
from governance.domain import decision_lists, meetings, minutes, route
from governance.domain.action_points import open_action_points
from governance.domain.next_agenda import ACTIONS
from governance.enums import ActionState, ItemKind, ItemResult, ListState, MeetingForm
from governance.minutes_live import There, Where, address_of, now_for_item, where_is
from governance.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    DecisionList,
    Meeting,
    Proposal,
    WrittenRound,
)
from governance.presenting import Now
from governance.printing import decided_sentence
from governance.rules import may, visible_to
from governance.standing import Person

RESULT_TONES: dict[str, Tone] = {
    ItemResult.OPEN: "neutral",
    ItemResult.HANDLED: "success",
    ItemResult.HELD_OVER: "warning",
}
LIST_TONES: dict[str, Tone] = {
    ListState.CONCEPT: "inactive",
    ListState.PUBLISHED: "neutral",
    ListState.ADOPTED: "success",
}
ACTION_TONES: dict[str, Tone] = {
    ActionState.OPEN: "neutral",
    ActionState.DONE: "success",
    ActionState.DROPPED: "inactive",
}


@dataclass(frozen=True)
class Place:
    """One line of the list of items beside the record."""

    number: str
    title: str
    url: str
    result: str
    tone: Tone
    current: bool


@dataclass(frozen=True)
class AskedPoint:
    """A decision point: the text that was asked or adopted, and what was decided."""

    text: str
    decided: str = ""


@dataclass(frozen=True)
class ItemPage:
    """One item with what was written down about it and what can be done with it."""

    item: AgendaItem
    title: str
    where: Where
    paper_url: str = ""
    asked: str = ""
    points: list[AskedPoint] = field(default_factory=list)
    outcome: str = ""
    decision_url: str = ""
    now: Now | None = None
    settles: bool = False
    advises: bool = False
    advice: list[str] = field(default_factory=list)
    actions: list[ActionPoint] = field(default_factory=list)
    to_tell: list[ActionPoint] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Nothing can be done on this item now by this reader."""
        return self.now is not None and self.now.quiet and not self.settles


def items_for(meeting: Meeting, user: Person) -> list[AgendaItem]:
    """The items this person may read, in the order of the agenda; a secret paper only inside its
    circle."""
    rows = meeting.items.filter(off=False).select_related(
        "step__body__rules", "step__meeting", "step__proposal__region", "version"
    )
    readable = visible_to(user, Proposal).filter(pk__in=rows.values("step__proposal"))
    allowed = set(readable.values_list("pk", flat=True))
    return [
        row
        for row in rows.order_by("order", "pk")
        if row.step is None or row.step.proposal_id in allowed
    ]


def places(
    meeting: Meeting,
    items: list[AgendaItem],
    here: AgendaItem | None,
    numbers: dict[int, tuple[str, str]],
) -> list[Place]:
    return [
        Place(
            numbers[item.pk][0],
            title_of(item),
            address_of(meeting, item),
            item.get_result_display().capitalize(),
            RESULT_TONES[item.result],
            item == here,
        )
        for item in items
    ]


def item_page(
    meeting: Meeting,
    items: list[AgendaItem],
    item: AgendaItem,
    user: Person,
    numbers: dict[int, tuple[str, str]],
    there: There | None,
) -> ItemPage:
    """The page of one item. `there` is nothing while nobody wrote down who came."""
    step, where = item.step, where_is(meeting, items, item, numbers)
    decision = (
        visible_to(user, Decision).filter(step=step, meeting=meeting).first() if step else None
    )
    is_open = item.result == ItemResult.OPEN
    own = visible_to(user, ActionPoint).filter(item=item).select_related("owner__user", "body")
    told = item.kind == ItemKind.FIXED and item.title == ACTIONS
    keeps = bool(may(user, "body.keep", meeting.body))
    outcome = "" if is_open else outcome_of(item, decision)
    return ItemPage(
        item=item,
        title=title_of(item),
        where=where,
        paper_url=reverse(
            "governance:proposal-detail", args=[meeting.body.region.slug, step.proposal.number]
        )
        if step
        else "",
        asked=step.get_purpose_display().capitalize() if step else "",
        points=_points(item, decision),
        outcome=outcome,
        decision_url=reverse(
            "governance:decision-detail", args=[meeting.body.region.slug, decision.number]
        )
        if decision
        else "",
        now=now_for_item(meeting, item, where, there, outcome, user),
        settles=item.kind != ItemKind.PAPER
        and bool(meetings.has_begun(meeting))
        and (there is not None or not keeps),
        advises=bool(step and step.purpose not in route.CONCLUDING and keeps and is_open),
        advice=[point.text for point in step.advice.filter(body=meeting.body)] if step else [],
        actions=list(own),
        to_tell=actions_to_tell(meeting, user) if told else [],
    )


def _points(item: AgendaItem, decision: Decision | None) -> list[AskedPoint]:
    if decision is not None:
        rows = decision.points.select_related("point")
        return [AskedPoint(r.amended_text or r.point.text, decided_sentence(r)) for r in rows]
    points = item.version.points.all() if item.version else []
    return [AskedPoint(point.text) for point in points]


def actions_to_tell(meeting: Meeting, user: Person) -> list[ActionPoint]:
    """The open action points that this meeting goes through, for this reader."""
    rows = open_action_points(meeting.body, clock.today())
    return list(rows.filter(pk__in=visible_to(user, ActionPoint)))


# On the page of the meeting -----------------------------------------------------------------------


@dataclass(frozen=True)
class After:
    """What the page of a meeting says of its record and its decision list."""

    links: list[Link] = field(default_factory=list)
    state: str = ""
    tone: Tone = "neutral"
    note: str = ""
    not_yet: str = ""
    can_conclude: bool = False
    actions: list[ActionPoint] = field(default_factory=list)
    round_url: str = ""


def after_of(meeting: Meeting, user: Person) -> After:
    """Record, decision list, concluding, and the open action points of the body."""
    slug = meeting.body.region.slug
    if meeting.form == MeetingForm.WRITTEN:
        found = visible_to(user, WrittenRound).filter(meeting=meeting).first()
        url = reverse("governance:round-detail", args=[slug, found.pk]) if found else ""
        return After(round_url=url)
    links = []
    writes = bool(may(user, "body.minute", meeting.body))
    keeps = bool(may(user, "body.keep", meeting.body))
    if writes and minutes.record_answer(meeting):
        url = reverse("governance:meeting-minutes", args=[slug, meeting.pk])
        links.append(Link("In de vergadering: verslag en actiepunten", url))
    row = visible_to(user, DecisionList).filter(meeting=meeting).first()
    if row is not None or (keeps and decision_lists.make_answer(meeting)):
        links.append(
            Link("Besluitenlijst", reverse("governance:list-detail", args=[slug, meeting.pk]))
        )
    answer = meetings.STATES.answer(meeting, "conclude")
    held = keeps and meeting.state == "held"
    return After(
        links=links,
        state=row.get_state_display().capitalize() if row else "",
        tone=LIST_TONES[row.state] if row else "neutral",
        note=list_note(row) if row else "",
        not_yet=answer.reason if held and isinstance(answer, Refusal) else "",
        can_conclude=held and bool(answer),
        actions=actions_to_tell(meeting, user) if meeting.state in meetings.COMING else [],
    )


def list_note(row: DecisionList) -> str:
    """One sentence on where a list stands and what its two weeks say."""
    due, late = long_date(decision_lists.due_on(row.meeting)), decision_lists.days_late(row)
    days = f"{late} {'dag' if late == 1 else 'dagen'}"
    if row.state == ListState.CONCEPT:
        if late:
            return f"Publiceren moest uiterlijk {due}: dat is {days} geleden. Het kan nog steeds."
        return f"Publiceren uiterlijk {due}: twee weken na de vergadering."
    published = f"Gepubliceerd op {long_date(row.published_at)}"
    if late:
        published += f", {days} na de termijn van twee weken"
    if row.adopted_in is not None:
        return (
            f"{published}. Vastgesteld in de vergadering van {long_date(row.adopted_in.starts_at)}."
        )
    return f"{published}. Een volgende vergadering stelt haar vast."


# Action points ------------------------------------------------------------------------------------


def action_row(action: ActionPoint, slug: str) -> Row:
    """A line of the table of action points."""
    left = " (vertrokken)" if action.state == ActionState.OPEN and action.owner_left() else ""
    state = "Te laat" if action.late else action.get_state_display().capitalize()
    tone: Tone = "warning" if action.late else ACTION_TONES[action.state]
    return Row(
        [
            Cell(action.text, reverse("governance:action-detail", args=[slug, action.pk])),
            f"{action.owner_shown}{left}",
            action.body.short_name,
            f"{short_date(action.due)} {action.due.year}",
            Cell(state, tone=tone),
        ]
    )


def said_on(action: ActionPoint) -> str:
    """'Toegezegd op 3 mei bij Kadernota', for the page of one action point."""
    where = f" bij ‘{title_of(action.item)}’" if action.item else ""
    return f"Toegezegd op {near_date(action.created_at)}{where}."
