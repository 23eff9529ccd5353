"""What the page of one agenda item shows, for one reader: what is asked, what others advised, what
it costs, how others stand, and where she writes herself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.components import Fact, Link, NotYet
from core.drafts import draft_of
from core.formats import euro
from core.panels import ShownPanel, panels
from core.refusal import Refusal
from governance.agenda import member_label, numbers_of
from governance.agenda_frozen import title_of
from governance.domain import attendance, notes, positions
from governance.enums import AnswerKind, ItemResult, PositionChoice, ProposalState, Treatment
from governance.models import (
    AgendaItem,
    Annotation,
    Decision,
    Membership,
    Position,
    PrivateNote,
    Question,
)
from governance.preparing import Box, box_of, item_url, until_words
from governance.presenting import Act
from governance.queries import AdviceGroup, advice_groups, route_stops
from governance.rules import may, visible_to
from governance.rules_items import answers_for, own_municipalities, spoken_for
from governance.standing import Person

POSITION_TONES = {
    PositionChoice.AGREE: "success",
    PositionChoice.AGREE_IF: "warning",
    PositionChoice.DISCUSS: "neutral",
    PositionChoice.OBJECT: "error",
}


@dataclass(frozen=True)
class Place:
    """The number of an item on the agenda, as this reader sees it, and its neighbours."""

    number: str
    previous: Link | None
    next: Link | None


def place_of(item: AgendaItem, user: Person) -> Place:
    """The same number of queries for any agenda; what stays hidden from this reader is no
    neighbour."""
    numbers = numbers_of(item.meeting, user)
    rows = visible_to(user, AgendaItem).filter(meeting=item.meeting_id).select_related("version")
    known = {row.pk: row for row in rows}
    listed = [known[pk] for pk in numbers if pk in known]
    here = next((n for n, row in enumerate(listed) if row.pk == item.pk), None)

    def link(index: int) -> Link | None:
        if here is None or not 0 <= index < len(listed):
            return None
        row = listed[index]
        row.meeting = item.meeting
        return Link(title_of(row), item_url(row), note=numbers[row.pk])

    return Place(numbers.get(item.pk, ""), link((here or 0) - 1), link((here or 0) + 1))


# The paper ----------------------------------------------------------------------------------------


def paper_of(item: AgendaItem, user: Person) -> dict[str, Any]:
    """The route so far, the advice with its answers, and what came of it; empty for other items."""
    if item.step is None:
        return {"stops": [], "advice": [], "panels": panels("item", item, user)}
    proposal = item.step.proposal
    steps = list(proposal.steps.select_related("body", "meeting").order_by("order", "pk"))
    advice = advice_groups(proposal)
    points = [point for group in advice for point in group.points]
    moving = proposal.state == ProposalState.IN_ROUTE
    return {
        "proposal": proposal,
        "stops": route_stops(steps, points, moving=moving),
        "advice": advice,
        "panels": _panels(item, user),
        "decisions": visible_to(user, Decision).filter(step=item.step).select_related("body"),
    }


def _panels(item: AgendaItem, user: Person) -> list[ShownPanel]:
    """What upper rooms know of this item (the line of the budget), and of its proposal."""
    shown = panels("item", item, user)
    return shown if item.step is None else [*shown, *panels("proposal", item.step.proposal, user)]


def key_figures(item: AgendaItem, advice: Iterable[AdviceGroup], tally: Any) -> list[Fact]:
    """Costs, advice and how the body stands, in three numbers; what there is not is left out."""
    facts = []
    version = item.version
    if version and (version.cost is not None or version.cost_note):
        cost = euro(version.cost) if version.cost is not None else "Zie de tekst"
        facts.append(Fact("Kosten", cost, note=version.cost_note))
    points = [point for group in advice for point in group.points]
    if points:
        facts.append(Fact("Adviespunten", len(points), note=_answers_in_words(points)))
    if tally is not None and positions.asks_position(item):
        words = tally.in_words if tally.given else ""
        facts.append(Fact("Standpunten", f"{tally.given} van {tally.total}", note=words))
    return facts


def _answers_in_words(points: Iterable[Any]) -> str:
    counts = Counter(point.answer for point in points)
    parts = [f"{counts[value]} {label}" for value, label in AnswerKind.choices if counts[value]]
    return ", ".join([*parts, f"{counts['']} zonder antwoord"] if counts[""] else parts)


# Positions ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """The position of one member, and what the secretary can do with it."""

    position: Position
    name: str
    tone: str
    take_over: Act | None = None
    not_yet: NotYet | None = None


@dataclass(frozen=True)
class Stands:
    """How the body stands on one item, for who may see that; what the chair can decide."""

    tally: positions.Tally | None = None
    rows: list[Stand] = field(default_factory=list)
    suggestion: str = ""
    treatments: list[tuple[str, str]] = field(default_factory=list)


def stands_of(item: AgendaItem, user: Person) -> Stands:
    """Every position this reader may see; the tally only for who sees how the body stands."""
    if not positions.asks_position(item):
        return Stands()
    given = list(
        visible_to(user, Position)
        .filter(item=item)
        .select_related("membership__user", "membership__seat__municipality", "advice_point")
        .order_by("membership__seat__municipality__sort_name", "pk")
    )
    keeps = bool(may(user, "item.keep", item))
    rows = [_stand(position, item, keeps) for position in given]
    if not may(user, "positions.read", item):
        return Stands(rows=[row for row in rows if row.position.membership.user_id != user.pk])
    sitting = attendance.sitting_members(item.meeting.body, item.meeting)
    tally = positions.tally(given, sitting)
    decides = item.result == ItemResult.OPEN and bool(positions.preparing_answer(item.meeting))
    return Stands(
        tally,
        rows,
        suggestion=_suggestion(tally),
        treatments=[
            (value, label)
            for value, label in Treatment.choices
            if value in (Treatment.FORMALITY, Treatment.DISCUSSION)
        ]
        if decides and may(user, "item.treatment", item)
        else [],
    )


def _suggestion(tally: positions.Tally) -> str:
    match tally.suggestion:
        case Treatment.FORMALITY:
            return "Alle leden zijn akkoord: dit kan een hamerstuk zijn."
        case Treatment.DISCUSSION:
            return "Niet iedereen is akkoord: dit wordt een bespreekstuk."
    return "Nog niet alle leden gaven een standpunt."


def _stand(position: Position, item: AgendaItem, keeps: bool) -> Stand:
    position.item = item
    name = member_label(position.membership)
    tone = POSITION_TONES[PositionChoice(position.choice)]
    if not keeps or position.choice != PositionChoice.AGREE_IF or position.advice_point_id:
        return Stand(position, name, tone)
    label = "Overnemen als adviespunt"
    answer = positions.condition_answer(position)
    if isinstance(answer, Refusal):
        return Stand(position, name, tone, not_yet=NotYet(label, answer.reason))
    act = Act(label, item_url(item, "condition", position=position.pk), posts=True)
    return Stand(position, name, tone, act)


def own_box(item: AgendaItem, user: Person, **more: Any) -> Box | None:
    """The own position, to give or change, with what she was typing since it was given."""
    member = spoken_for(user, item.meeting)
    if member is None:
        return None
    position = _position_of(item, member)
    draft = draft_of(user, f"position:{item.pk}")
    if draft and draft.base_revision == (position.revision if position else 0):
        more = {"text": draft.data.get("text", ""), "serial": draft.serial, **more}
    return box_of(item, user, member, position, **more)


def _position_of(item: AgendaItem, member: Membership | None) -> Position | None:
    return item.positions.select_related("membership").filter(membership=member).first()


# Annotation, questions, note ----------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question with where it can be answered, by who may."""

    question: Question
    answer_url: str = ""


def questions_of(item: AgendaItem, user: Person) -> list[Asked]:
    rows = (
        visible_to(user, Question)
        .filter(item=item)
        .select_related("asked_by", "membership__user", "answered_by")
    )
    answers = answers_for(user, item.meeting.body)
    shown = []
    for row in rows.order_by("asked_at", "pk"):
        row.item = item
        url = item_url(item, "answer", question=row.pk)
        shown.append(Asked(row, url if answers else ""))
    return shown


def annotations_of(item: AgendaItem, user: Person) -> dict[str, Any]:
    """What the own officials advise, and where an adviser writes it."""
    rows = list(
        visible_to(user, Annotation).filter(item=item).select_related("municipality", "changed_by")
    )
    written = {row.municipality_id for row in rows}
    homes = own_municipalities(user, item) if positions.preparing_answer(item.meeting) else []
    return {
        "annotations": rows,
        "to_annotate": [
            Act(
                f"{'Annotatie aanpassen' if home.pk in written else 'Annoteren'} voor {home}",
                item_url(item, "annotate", municipality=home.pk),
            )
            for home in homes
        ],
    }


def note_for(item: AgendaItem, user: Person) -> PrivateNote | None:
    return notes.note_of(item, user)


def status_of(item: AgendaItem, box: Box | None) -> str:
    """The one sentence beside the badge: until when the own position can be given."""
    if box is None or box.closed:
        return ""
    can = "U kunt uw standpunt wijzigen tot" if box.choice else "Uw standpunt kan tot"
    return f"{can} {until_words(item.meeting.positions_until)}."
