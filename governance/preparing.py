"""What somebody has to prepare for a meeting: per item on the page of the meeting, and counted for
the home page. Every function costs a fixed number of queries, whatever the number of items."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from core import clock
from core.formats import WEEKDAYS, clock_time, local_day, near_date
from core.refusal import Refusal
from governance.domain import attendance, meetings, positions
from governance.enums import ItemKind, ItemResult, MemberRole, PositionChoice, Treatment
from governance.models import (
    AgendaItem,
    Annotation,
    Meeting,
    Membership,
    Municipality,
    Position,
    Question,
    Seat,
)
from governance.models.dated import valid_on
from governance.presenting import Act, Now
from governance.rules import visible_to
from governance.rules_items import sees_state, spoken_for
from governance.standing import Person, standing_of


def until_words(moment: datetime) -> str:
    """'woensdag 30 juni, 12.00 uur', with its year only when that is another one."""
    weekday = WEEKDAYS[local_day(moment).weekday()]
    return f"{weekday} {near_date(moment)}, {clock_time(moment)}"


# The own position ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One of the four buttons. Where it needs a text, the page of the meeting leads to the item."""

    value: str
    label: str
    needs_text: bool
    chosen: bool


@dataclass(frozen=True)
class Box:
    """Where somebody gives her position: what stands, and why it cannot be changed (`closed`).

    `replaces` names the member for whom a deputy speaks. `serial` is of the draft from which `text`
    comes, for who was typing. `asked` is the choice that still needs its
    text, `error` what was refused, `confirm` says that the guard on personal data asks.
    """

    item: AgendaItem
    url: str
    page: str
    choice: str = ""
    text: str = ""
    revision: int = 0
    given: str = ""
    closed: str = ""
    replaces: str = ""
    asked: str = ""
    error: str = ""
    confirm: str = ""
    serial: int = 0

    @property
    def label(self) -> str:
        return dict(PositionChoice.choices).get(self.choice, "")

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(value, label.capitalize(), value in positions.NEEDS_TEXT, value == self.choice)
            for value, label in PositionChoice.choices
        ]


def item_url(item: AgendaItem, name: str = "detail", **more: object) -> str:
    """An address of an item, whose meeting has its body and region at hand."""
    meeting = item.meeting
    where = {"region": meeting.body.region.slug, "pk": meeting.pk, "item": item.pk, **more}
    return reverse(f"governance:item-{name}", kwargs=where)


def box_of(
    item: AgendaItem,
    user: Person,
    member: Membership | None,
    position: Position | None,
    **more: Any,
) -> Box | None:
    """The box for who speaks for `member`; None where this reader has no position to give."""
    if member is None or not positions.asks_position(item):
        return None
    answer = positions.position_answer(item)
    replaces = "" if member.user_id == user.pk else member.shown_as
    stands = {
        "choice": position.choice if position else "",
        "text": position.text if position else "",
        "given": _given(position, user) if position else "",
    }
    return Box(
        item,
        item_url(item, "position"),
        item_url(item),
        revision=position.revision if position else 0,
        closed=answer.reason if isinstance(answer, Refusal) else "",
        replaces=replaces,
        **{**stands, **more},
    )


def _given(position: Position, user: Person) -> str:
    by = "" if position.given_by_id == user.pk else f" door {_who(position)}"
    return f"Gegeven{by} op {near_date(position.given_at)}, {clock_time(position.given_at)}."


def _who(position: Position) -> str:
    replaced = position.given_by_id != position.membership.user_id
    return "de plaatsvervanger" if replaced else "het lid zelf"


# The page of a meeting ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Prepared:
    """One item as this reader prepares it. `state` is how the body stands, for who may see that."""

    item: AgendaItem
    url: str
    box: Box | None = None
    annotations: list[Annotation] = field(default_factory=list)
    to_annotate: list[Act] = field(default_factory=list)
    state: str = ""
    questions: str = ""


def prepared(meeting: Meeting, user: Person) -> dict[int, Prepared]:
    """Every item of a meeting that this reader may read, by its key. The meeting has its body with
    region at hand."""
    items = list(visible_to(user, AgendaItem).filter(meeting=meeting).order_by("order", "pk"))
    member = spoken_for(user, meeting)
    given = _by_item(
        visible_to(user, Position)
        .filter(item__meeting=meeting)
        .select_related("membership", "given_by")
    )
    notes = _by_item(
        visible_to(user, Annotation).filter(item__meeting=meeting).select_related("municipality")
    )
    asked = _questions(meeting, user)
    homes = _advised(user, meeting) if positions.preparing_answer(meeting) else []
    sitting = attendance.sitting_members(meeting.body, meeting) if sees_state(user, meeting) else []
    found = {}
    for item in items:
        item.meeting = meeting
        mine = next((p for p in given[item.pk] if member and p.membership_id == member.pk), None)
        found[item.pk] = Prepared(
            item,
            item_url(item),
            box=box_of(item, user, member, mine),
            annotations=notes[item.pk],
            to_annotate=[_annotate(item, home, notes[item.pk]) for home in homes],
            state=_state(meeting, item, given[item.pk], sitting),
            questions=_questions_in_words(*asked.get(item.pk, (0, 0))),
        )
    return found


def _state(meeting: Meeting, item: AgendaItem, given: list[Any], sitting: list[Any]) -> str:
    """How many gave which position; once they have met, that nobody gave one says nothing."""
    if not sitting or not positions.asks_position(item):
        return ""
    tally = positions.tally(given, sitting)
    return tally.in_words if tally.given or meeting.state in meetings.COMING else ""


def _by_item(rows: Iterable[Position | Annotation]) -> dict[int, list]:  # type: ignore[type-arg]
    grouped: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        grouped[row.item_id].append(row)
    return grouped


def _questions(meeting: Meeting, user: Person) -> dict[int, tuple[int, int]]:
    rows = (
        visible_to(user, Question)
        .filter(item__meeting=meeting)
        .order_by()
        .values_list("item")
        .annotate(asked=Count("pk"), answered=Count("answered_at"))
    )
    return {item: (asked, answered) for item, asked, answered in rows}


def _questions_in_words(asked: int, answered: int) -> str:
    if not asked:
        return ""
    many = "1 vraag" if asked == 1 else f"{asked} vragen"
    if answered == asked:
        return f"{many}, beantwoord"
    return f"{many}, nog geen antwoord" if not answered else f"{many}, {answered} beantwoord"


def _advised(user: Person, meeting: Meeting) -> list[Municipality]:
    """Municipalities in this body of which somebody is the adviser."""
    advised = standing_of(user).adviser_of
    if not advised:
        return []
    seats = Seat.objects.current().filter(body=meeting.body_id, municipality__in=advised)
    return list(
        Municipality.objects.filter(pk__in=seats.values("municipality")).order_by("sort_name")
    )


def _annotate(item: AgendaItem, home: Municipality, written: Iterable[Annotation]) -> Act:
    done = any(annotation.municipality_id == home.pk for annotation in written)
    label = "Annotatie aanpassen" if done else "Annoteren"
    return Act(f"{label} voor {home}", item_url(item, "annotate", municipality=home.pk))


def now_for_member(meeting: Meeting, rows: Iterable[Prepared]) -> Now | None:
    """The turn of a member: how many positions are still to be given, and the first of them."""
    boxes = [row.box for row in rows if row.box and not row.box.closed and not row.box.replaces]
    open_boxes = [box for box in boxes if not box.choice]
    if not open_boxes:
        return None
    what = to_give_words(len(open_boxes), len(boxes), meeting.positions_until)
    return Now("U bent aan zet", what, Act("Begin met lezen", open_boxes[0].page))


def positions_line(meeting: Meeting, rows: Iterable[Prepared]) -> str:
    """Until when positions can be given, for who prepares the meeting; nothing once it is held."""
    if not positions.preparing_answer(meeting) or not any(
        positions.asks_position(row.item) for row in rows
    ):
        return ""
    over = meeting.positions_until <= clock.now()
    return (
        f"Standpunten {'konden' if over else 'kunnen'} tot {until_words(meeting.positions_until)}."
    )


def to_give_words(to_give: int, asked: int, until: datetime) -> str:
    """'Nog 3 van 6 standpunten te geven, tot woensdag 30 juni, 12.00 uur'."""
    noun = "standpunt" if asked == 1 else "standpunten"
    many = f"Nog {to_give} van {asked} {noun}" if asked > 1 else "Nog uw standpunt"
    return f"{many} te geven, tot {until_words(until)}"


# Home ---------------------------------------------------------------------------------------------


@dataclass
class Progress:
    """What somebody still has to prepare for one coming meeting; items by their stop, in the order
    of the agenda."""

    until: datetime
    asked: int = 0
    items: dict[int, int] = field(default_factory=dict)
    to_give: set[int] = field(default_factory=set)
    to_annotate: set[int] = field(default_factory=set)

    @property
    def asked_of(self) -> str:
        """'standpunt' or 'annotatie', or nothing when there is nothing to do."""
        if self.to_give:
            return "standpunt"
        return "annotatie" if self.to_annotate else ""

    @property
    def in_words(self) -> str:
        """'Nog 3 van 6 standpunten te geven, tot ...', or 'Annoteer 4 punten, tot ...'."""
        if self.to_give:
            return to_give_words(len(self.to_give), self.asked, self.until)
        count = len(self.to_annotate)
        if not count:
            return ""
        return f"Annoteer {count} punt{'' if count == 1 else 'en'}, tot {until_words(self.until)}"


def progress_of(user: Person, coming: Collection[Meeting]) -> dict[int, Progress]:
    """What this person has to prepare for each of these meetings."""
    found = {meeting.pk: Progress(meeting.positions_until) for meeting in coming}
    papers = list(
        visible_to(user, AgendaItem)
        .filter(meeting__in=found, kind=ItemKind.PAPER, result=ItemResult.OPEN)
        .order_by("order", "pk")
        .values_list("pk", "meeting", "meeting__body", "step", "treatment")
    )
    for pk, meeting, _, step, _ in papers:
        found[meeting].items[step] = pk
    running = {
        m.pk for m in coming if m.positions_until > clock.now() and m.state in meetings.COMING
    }
    open_papers = [row for row in papers if row[1] in running]
    _count_positions(user, found, [row for row in open_papers if row[4] != Treatment.NOTE])
    _count_annotations(user, found, open_papers)
    return found


Paper = tuple[int, int, int, int, str]  # item, meeting, body, stop, treatment


def _count_positions(user: Person, found: dict[int, Progress], papers: list[Paper]) -> None:
    votes = standing_of(user).votes_in
    mine = dict(
        Membership.objects.current()
        .filter(valid_on(prefix="seat__"), user=user.pk, body__in=votes, has_vote=True)
        .exclude(role=MemberRole.DEPUTY)
        .order_by("-pk")
        .values_list("body", "pk")
    )
    given = set(
        Position.objects.filter(
            membership__in=mine.values(), item__in=[row[0] for row in papers]
        ).values_list("item", flat=True)
    )
    for item, meeting, body, _, _ in papers:
        if body in mine:
            found[meeting].asked += 1
            if item not in given:
                found[meeting].to_give.add(item)


def _count_annotations(user: Person, found: dict[int, Progress], papers: list[Paper]) -> None:
    advised = standing_of(user).adviser_of
    if not advised:
        return
    homes: dict[int, set[int]] = defaultdict(set)
    for body, home in (
        Seat.objects.current().filter(municipality__in=advised).values_list("body", "municipality")
    ):
        homes[body].add(home)
    items = Q(item__in=[row[0] for row in papers])
    written = set(Annotation.objects.filter(items).values_list("item", "municipality"))
    for item, meeting, body, _, _ in papers:
        if any((item, home) not in written for home in homes[body]):
            found[meeting].to_annotate.add(item)
