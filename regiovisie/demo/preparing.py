"""The board that comes is being prepared: positions, an annotation, questions. All invented."""

from datetime import date

from core import clock
from governance.domain import annotations, attendance, positions, questions
from governance.domain.agenda_places import items_on
from governance.enums import PositionChoice
from governance.models import AgendaItem, Meeting, Membership
from regiovisie.demo.walk import Walker, at

HOME = "schiedam"  # its alderman gives her own position in the demo, and her adviser annotates more
LINE = "Stem in. Vraag wel om een vast bedrag voor beheer na het eerste jaar."
TEXT = (
    "Onze wijkteams zoeken nu zelf uit waar plek is. Dat kost per gezin al gauw een dagdeel. "
    "De kosten van het eerste jaar komen uit het transformatiebudget; daarna betalen wij mee."
)
CONDITION = "Aanbieders vullen de cijfers één keer in, en niet ook nog per gemeente."
TO_DISCUSS = "Hoe tellen de antwoorden van jongeren mee?"
ASKED = "Wie houdt het overzicht bij als het eerste jaar voorbij is?"
ANSWER = "De uitvoeringsorganisatie. Het beheer, € 45.000 per jaar, staat in de begroting."
STILL_OPEN = "Geldt dit ook voor contracten die al lopen?"


def prepare(walker: Walker, meeting: Meeting, on: date) -> None:
    """Most members of the board let know how they stand; the alderman of the demo not yet."""
    items = [item for item in items_on(meeting) if positions.asks_position(item)]
    others = [
        member
        for member in attendance.sitting_members(meeting.body, meeting)
        if member.seat and member.seat.municipality != walker.cast.municipalities[HOME]
    ]
    with clock.at(at(on, 15)):
        _annotate(walker, items[-1])
        _ask(walker, items, others)
        for item in items:
            for number, member in enumerate(others[:8]):
                _give(item, number, member)


def _give(item: AgendaItem, number: int, member: Membership) -> None:
    choice, text = PositionChoice.AGREE, ""
    if number == 2:
        choice, text = PositionChoice.AGREE_IF, CONDITION
    elif number == 5:
        choice, text = PositionChoice.DISCUSS, TO_DISCUSS
    positions.give_position(item, choice=choice, text=text, by=member.user)


def _annotate(walker: Walker, item: AgendaItem) -> None:
    annotations.annotate(
        item,
        walker.cast.municipalities[HOME],
        values={"line": LINE, "text": TEXT},
        base={"line": "", "text": ""},
        base_revision=0,
        by=walker.cast.person(f"adviseur.{HOME}"),
    )


def _ask(walker: Walker, items: list[AgendaItem], others: list[Membership]) -> None:
    question = questions.ask_question(items[-1], text=ASKED, by=others[1].user)
    questions.answer_question(question, answer=ANSWER, by=walker.lead)
    questions.ask_question(items[0], text=STILL_OPEN, by=others[0].user)
