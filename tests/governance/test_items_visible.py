"""Who sees what of a meeting in preparation: everybody, before and after the deadline."""

from contextlib import nullcontext

import pytest

from core import clock
from governance.domain import annotations, positions, questions, secrecy
from governance.enums import ItemKind, MemberRole
from governance.models import AgendaItem, Annotation, Position, Question
from governance.rules import may, visible_to
from tests import factories as make
from tests.preparing import MONDAY, after, chair, deputy, on_board

BASE = {"line": "", "text": ""}


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def people(cast):
    """Everybody, also a chair, a deputy, a member and an adviser from another municipality."""
    beekzicht = cast.board_members[1].seat.municipality
    other_adviser = make.user("adviseur van de wethouder van Beekzicht")
    make.municipal_role(beekzicht, other_adviser)
    body_adviser = make.user("adviseur van het bestuur")
    make.member(cast.board, body_adviser, role=MemberRole.ADVISER)
    names = ("author", "secretary", "alderman", "adviser", "official", "provider", "admin")
    return {name: getattr(cast, name) for name in (*names, "stranger", "reader", "coauthor")} | {
        "chair": chair(cast),
        "deputy": deputy(cast),
        "other_member": cast.board_members[1].user,
        "other_adviser": other_adviser,
        "body_adviser": body_adviser,
    }


@pytest.fixture
def world(cast, people):
    """A paper with a position, an annotation of Aardam and a question, and a point of the body."""
    item = on_board(cast)
    position = positions.give_position(item, choice="agree", by=cast.alderman)
    annotation = annotations.annotate(
        item,
        cast.municipality,
        values={"line": "Akkoord.", "text": ""},
        base=BASE,
        base_revision=0,
        by=cast.adviser,
    )
    question = questions.ask_question(item, text="Wie betaalt dit?", by=cast.alderman)
    own = AgendaItem.objects.create(meeting=item.meeting, kind=ItemKind.OWN, title="Rondvraag")
    return {
        "paper": item,
        "point": own,
        "position": position,
        "annotation": annotation,
        "question": question,
    }


BOARD = {"secretary", "alderman", "adviser", "chair", "deputy", "other_member", "other_adviser"}
READERS = BOARD | {"author", "body_adviser"}
AARDAM = {"alderman", "deputy", "adviser"}
AT_ONCE = {"alderman", "chair", "secretary"}
LATER = AT_ONCE | {"deputy", "other_member", "body_adviser", "adviser"}
ACTS = {
    AgendaItem: "item.read",
    Position: "position.read",
    Annotation: "annotation.read",
    Question: "question.read",
}


@pytest.mark.parametrize(("moment", "sees"), [(nullcontext, AT_ONCE), (after, LATER)])
def test_who_sees_what(cast, people, world, moment, sees):
    with moment():
        seen = {
            name: {
                who
                for who, person in people.items()
                if visible_to(person, type(row)).filter(pk=row.pk).exists()
            }
            for name, row in world.items()
        }
    assert seen == {
        "paper": READERS,
        "point": {"secretary"},
        "position": sees,
        "annotation": AARDAM,
        "question": READERS,
    }


def test_a_point_without_a_paper_is_there_once_the_agenda_is_out(people, world):
    point = world["point"]
    with clock.at(point.meeting.starts_at):
        assert {who for who, person in people.items() if may(person, "item.read", point)} == READERS


@pytest.mark.parametrize("moment", [nullcontext, after])
def test_lists_and_single_rights_agree(people, world, moment):
    with moment():
        for model, act in ACTS.items():
            for who, person in people.items():
                allowed = {row.pk for row in model.objects.all() if may(person, act, row)}
                assert allowed == set(visible_to(person, model).values_list("pk", flat=True)), who


MAY = {
    "position.give": {"alderman", "deputy", "other_member"},
    "item.treatment": {"chair", "secretary"},
    "item.keep": {"secretary"},
    "question.ask": READERS - {"secretary", "author"},
    "note.keep": BOARD - {"adviser", "other_adviser"} | {"body_adviser"},
}


def test_who_does_what(people, world):
    found = {
        act: {who for who, person in people.items() if may(person, act, world["paper"])}
        for act in MAY
    }
    assert found == MAY
    writes = {
        w for w, person in people.items() if may(person, "annotation.write", world["annotation"])
    }
    assert writes == {"adviser"}
    answers = {
        w for w, person in people.items() if may(person, "question.answer", world["question"])
    }
    assert answers == {"author", "secretary"}
    for moment, who in [
        (nullcontext(), {"chair", "secretary"}),
        (after(), {"chair", "secretary", "alderman", "deputy", "other_member", "body_adviser"}),
    ]:
        with moment:
            seen = {w for w, p in people.items() if may(p, "positions.read", world["paper"])}
        assert seen == who


def test_what_hangs_on_a_secret_paper_is_secret(cast, people, world):
    secrecy.impose_secrecy(
        world["paper"].step.proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    with after():
        for name in ("paper", "position", "annotation", "question"):
            row = world[name]
            seen = {w for w, p in people.items() if visible_to(p, type(row)).filter(pk=row.pk)}
            assert seen <= {"secretary"}, name
        everybody = [p for p in people.values() if p != cast.secretary]
        assert not any(may(p, act, world["paper"]) for p in everybody for act in MAY)
