"""Positions: what members let know before a meeting, and what chair and secretary do with it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import clock_time, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from core.versioning import Clash, Conflict
from governance.domain.advice import record_advice
from governance.domain.meetings import COMING
from governance.domain.texts import refuse_personal_data
from governance.enums import ItemKind, ItemResult, MeetingState, PositionChoice, Treatment
from governance.models import AdvicePoint, AgendaItem, Meeting, Membership, Position
from governance.rules import demand
from governance.rules_items import spoken_for

NEEDS_TEXT = (PositionChoice.AGREE_IF, PositionChoice.OBJECT)
LONGEST = 2000


def has_preparation(item: AgendaItem) -> bool:
    """Whether somebody prepared this item already: then it is held over, not taken away."""
    return item.positions.exists() or item.annotations.exists() or item.questions.exists()


def asks_position(item: AgendaItem) -> bool:
    """A position is asked on a paper that is not there for information only."""
    return item.kind == ItemKind.PAPER and item.treatment != Treatment.NOTE


def when(moment: datetime) -> str:
    """'donderdag 1 juli 2021, 12.00 uur'."""
    return f"{long_date(moment, weekday=True)}, {clock_time(moment)}"


def preparing_answer(meeting: Meeting) -> Answer:
    """Whether there is still something to prepare: the meeting is still to be held."""
    if meeting.state == MeetingState.CANCELLED:
        return Refusal("Deze vergadering is vervallen.")
    if meeting.state not in COMING or meeting.starts_at <= clock.now():
        return Refusal("Deze vergadering is al begonnen.")
    return True


def position_answer(item: AgendaItem) -> Answer:
    """Whether a position can be given on this item now."""
    if not asks_position(item):
        return Refusal("Bij dit agendapunt wordt geen standpunt gevraagd.")
    if item.result != ItemResult.OPEN:
        return Refusal("Dit agendapunt is al behandeld of aangehouden.")
    answer = preparing_answer(item.meeting)
    if answer and item.meeting.positions_until <= clock.now():
        until = when(item.meeting.positions_until)
        return Refusal(f"Standpunten konden tot {until}. Geef het uwe in de vergadering.")
    return answer


@transaction.atomic
def give_position(
    item: AgendaItem, *, choice: str, by: User, text: str = "", base_revision: int | None = None
) -> Position:
    """Let know, or change, the position of the member for whom `by` speaks.

    'Akkoord, mits' and 'bezwaar' say what has to be different. Refused after the deadline. A deputy
    gives it only where the member herself did not. With `base_revision` (0: there was none), a
    position that changed meanwhile on another device raises Conflict instead of being overwritten.
    """
    current = _locked_item(item)
    demand(by, "position.give", current)
    member = spoken_for(by, current.meeting)
    text = text.strip()
    refuse_personal_data({"text": text})
    require(position_answer(current), *_fits(choice, text))
    if member is None:
        raise ValueError("position.give without a member")
    position = Position.objects.filter(item=current, membership=member).first()
    if position and position.given_by_id == member.user_id != by.pk:
        raise Refused(Refusal("Het lid dat u vervangt, gaf zelf al een standpunt."))
    if position and (position.choice, position.text) == (choice, text):
        return position
    if base_revision is not None and base_revision != (position.revision if position else 0):
        raise _changed_meanwhile(position, choice, text)
    position = _set(position or Position(item=current, membership=member, revision=0), choice, text)
    position.given_by = by
    position.save()
    StatusChange.log(position, act="position_given", by=by, after=choice)
    return position


def _locked_item(item: AgendaItem) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__body", "step__proposal__region", "version")
    return locked(rows, item.pk)


def _fits(choice: str, text: str) -> list[Answer]:
    if choice not in PositionChoice.values:
        return [Refusal("Kies akkoord, akkoord mits, bespreken of bezwaar.", "choice")]
    if choice in NEEDS_TEXT and not text:
        return [Refusal("Zeg erbij wat er anders moet.", "text")]
    if len(text) > LONGEST:
        return [Refusal(f"De toelichting telt hoogstens {LONGEST} tekens.", "text")]
    return []


def _changed_meanwhile(position: Position | None, choice: str, text: str) -> Conflict:
    theirs = (position.choice, position.text, position.revision) if position else ("", "", 0)
    clashes = [Clash("choice", choice, theirs[0]), Clash("text", text, theirs[1])]
    return Conflict([clash for clash in clashes if clash.mine != clash.theirs], theirs[2])


def _set(position: Position, choice: str, text: str) -> Position:
    position.choice, position.text = choice, text
    position.given_at = clock.now()
    position.revision += 1
    return position


@transaction.atomic
def set_deadline(meeting: Meeting, *, until: datetime, by: User | None) -> Meeting:
    """Say until when members let know their position. Refuses a moment that is past, or after the
    meeting began."""
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(
        preparing_answer(current),
        True
        if clock.now() < until <= current.starts_at
        else Refusal("Kies een moment dat nog komt, voor de vergadering begint.", "until"),
    )
    if until != current.positions_until:
        current.positions_until = until
        current.save()
        StatusChange.log(current, act="positions_until", by=by, why=when(until))
    return current


# What the secretary and the chair do with it ------------------------------------------------------


def condition_answer(position: Position) -> Answer:
    """Whether the secretary can take over a condition as a point of advice now."""
    if position.choice != PositionChoice.AGREE_IF:
        return Refusal("Alleen ‘akkoord, mits’ wordt een adviespunt.")
    if position.advice_point_id:
        return Refusal("Dit is al een adviespunt.")
    until = position.item.meeting.positions_until
    if clock.now() < until:
        return Refusal(f"Dit kan na {when(until)}: tot dan kan het lid het nog wijzigen.")
    return True


@transaction.atomic
def take_over_condition(position: Position, *, by: User) -> AdvicePoint:
    """Make a point of advice of what comes after 'akkoord, mits': the author body then answers it
    before the decision (journey 5).

    The point says what has to be different, not who asked it: advice can become public, positions
    never do. Refused before the deadline, and a second time.
    """
    item = _locked_item(position.item)
    current = locked(Position.objects.all(), position.pk)
    current.item = item
    demand(by, "item.keep", item)
    require(condition_answer(current))
    if item.step is None:
        raise ValueError("a position without a paper")
    (point,) = record_advice(
        item.step.proposal,
        body=item.meeting.body,
        given_on=clock.today(),
        points=[current.text],
        by=by,
        step=item.step,
    )
    current.advice_point = point
    current.save()
    StatusChange.log(current, act="condition_taken_over", by=by, why=str(point))
    return point


@transaction.atomic
def decide_treatment(item: AgendaItem, *, treatment: str, by: User | None) -> AgendaItem:
    """Make a paper a hamerstuk or a bespreekstuk: the chair decides, or the secretary for her."""
    current = _locked_item(item)
    demand(by, "item.treatment", current)
    require(
        preparing_answer(current.meeting),
        True
        if asks_position(current) and current.result == ItemResult.OPEN
        else Refusal("Dit agendapunt wordt zo niet ingedeeld."),
        True
        if treatment in (Treatment.FORMALITY, Treatment.DISCUSSION)
        else Refusal("Kies hamerstuk of bespreekstuk.", "treatment"),
    )
    if current.treatment != treatment:
        before, current.treatment = current.treatment, treatment
        current.save()
        StatusChange.log(
            current, act="treatment_decided", by=by, before=before, after=current.treatment
        )
    return current


@dataclass(frozen=True)
class Tally:
    """How a body stands on one item, by persons: who left or only deputises is not counted."""

    counts: Counter[str]
    total: int

    @property
    def given(self) -> int:
        return sum(self.counts.values())

    @property
    def suggestion(self) -> Treatment | None:
        """All agree: a hamerstuk. Somebody does not: a bespreekstuk. Silence is no agreement."""
        if self.given > self.counts[PositionChoice.AGREE]:
            return Treatment.DISCUSSION
        return Treatment.FORMALITY if self.total and self.given == self.total else None

    @property
    def in_words(self) -> str:
        """'8 akkoord, 1 akkoord mits, 6 nog niet'."""
        parts = [
            f"{self.counts[value]} {label.replace(',', '')}"
            for value, label in PositionChoice.choices
            if self.counts[value]
        ]
        absent = self.total - self.given
        return ", ".join([*parts, f"{absent} nog niet"] if absent else parts)


def tally(positions: Iterable[Position], sitting: Iterable[Membership]) -> Tally:
    """Count the positions of who sits in the body on the day of the meeting."""
    members = {membership.pk: membership.user_id for membership in sitting}
    people = {
        members[position.membership_id]: position.choice
        for position in positions
        if position.membership_id in members
    }
    return Tally(Counter(people.values()), len(set(members.values())))
