"""A member who leaves between the agenda and the meeting, and who comes on her seat."""

from datetime import timedelta

import pytest

from core import clock
from core.models import OutboxMail
from core.refusal import Refused
from governance import news
from governance.domain import annotations, attendance, notes, organisation, positions, questions
from governance.models import Annotation, MunicipalRole, Position, PrivateNote, Question
from governance.rules import may, visible_to
from tests import factories as make
from tests.preparing import AFTER, MONDAY, chair, on_board

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def item(cast):
    """On Monday the alderman of Aardam prepares everything; that evening her term ends."""
    with clock.at(MONDAY):
        item = on_board(cast)
        positions.give_position(item, choice="agree_if", text="Begin klein.", by=cast.alderman)
        questions.ask_question(item, text="Wie betaalt?", by=cast.alderman)
        notes.keep_note(item, text="Navragen.", by=cast.alderman)
        annotations.annotate(
            item,
            cast.municipality,
            values={"line": "Stem in.", "text": ""},
            base={"line": "", "text": ""},
            base_revision=0,
            by=cast.adviser,
        )
        organisation.end(cast.board_members[0], cast.region, on=clock.today(), by=cast.admin)
    return item


@pytest.fixture
def successor(cast, item):
    person = make.user("nieuwe wethouder Aardam")
    seat = cast.board_members[0].seat
    with clock.at(TUESDAY):
        make.member(cast.board, person, seat=seat, has_vote=True, valid_from=clock.today())
    return person


def test_she_sees_and_does_nothing_there_any_more(cast, item):
    with clock.at(TUESDAY):
        for model in (Position, Annotation, Question):
            assert not visible_to(cast.alderman, model).exists()
        assert not notes.note_of(item, cast.alderman)
        acts = ("item.read", "position.give", "question.ask", "note.keep", "positions.read")
        assert [act for act in acts if may(cast.alderman, act, item)] == []
        assert news.remind(cast.alderman) == 0


def test_her_position_stays_with_chair_and_secretary_and_is_not_counted(cast, item):
    sitting_chair = chair(cast)
    with clock.at(TUESDAY):
        for person in (sitting_chair, cast.secretary):
            assert visible_to(person, Position).get().text == "Begin klein."
        sitting = attendance.sitting_members(cast.board, item.meeting)
        tally = positions.tally(Position.objects.all(), sitting)
        assert (tally.given, tally.suggestion) == (0, None)
        with pytest.raises(Refused, match="tot dan kan het lid het nog wijzigen"):
            positions.take_over_condition(Position.objects.get(), by=cast.secretary)
    with clock.at(AFTER):
        point = positions.take_over_condition(Position.objects.get(), by=cast.secretary)
        assert point.text == "Begin klein."


def test_who_takes_the_seat_begins_anew_and_reads_the_advice_of_her_own_officials(
    cast, item, successor
):
    with clock.at(TUESDAY):
        assert not visible_to(successor, Position).exists()
        assert notes.note_of(item, successor) is None
        assert visible_to(successor, Annotation).get().line == "Stem in."
        mine = positions.give_position(item, choice="agree", by=successor)
        assert mine.membership.user == successor
        assert Position.objects.count() == 2
    with clock.at(AFTER):
        assert visible_to(successor, Position).count() == 2


def test_the_answer_to_her_question_stays_with_the_body_and_is_not_mailed_to_her(cast, item):
    with clock.at(TUESDAY):
        questions.answer_question(Question.objects.get(), answer="De regio.", by=cast.author)
        assert visible_to(cast.board_members[1].user, Question).get().answer == "De regio."
    assert not OutboxMail.objects.filter(to=cast.alderman.email, subject__contains="vraag").exists()


def test_the_official_whose_role_ends_reads_the_annotation_no_more(cast, item):
    role = MunicipalRole.objects.get(user=cast.adviser)
    with clock.at(TUESDAY):
        organisation.end(role, cast.region, on=MONDAY.date(), by=cast.admin)
        assert not visible_to(cast.adviser, Annotation).exists()
        assert not may(cast.adviser, "annotation.write", Annotation.objects.get())


def test_that_night_her_note_is_gone(cast, item):
    assert PrivateNote.objects.count() == 1
    with clock.at(TUESDAY):
        notes.forget_ended()
    assert PrivateNote.objects.count() == 0
