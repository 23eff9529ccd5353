import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from governance.domain import attendance, positions
from governance.models import AdvicePoint, Position
from tests import factories as make
from tests.preparing import MONDAY, after, again, chair, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def state(item, cast):
    sitting = attendance.sitting_members(cast.board, item.meeting)
    return positions.tally(item.positions.all(), sitting)


@pytest.mark.parametrize(
    ("choices", "words", "suggestion"),
    [
        ([], "3 nog niet", None),
        (["agree"], "1 akkoord, 2 nog niet", None),
        (["agree", "agree", "agree"], "3 akkoord", "formality"),
        (["agree", "agree_if"], "1 akkoord, 1 akkoord mits, 1 nog niet", "discussion"),
        (["agree", "agree", "discuss"], "2 akkoord, 1 bespreken", "discussion"),
        (["object"], "1 bezwaar, 2 nog niet", "discussion"),
    ],
)
def test_positions_suggest_how_to_treat_it(cast, item, choices, words, suggestion):
    for choice, member in zip(choices, cast.board_members, strict=False):
        positions.give_position(item, choice=choice, text="Zo.", by=member.user)
    tally = state(item, cast)
    assert (tally.in_words, tally.suggestion) == (words, suggestion)


@pytest.mark.parametrize("who", ["chair", "secretary"])
def test_the_chair_or_the_secretary_for_her_decides(cast, item, who):
    by = chair(cast) if who == "chair" else cast.secretary
    positions.decide_treatment(item, treatment="formality", by=by)
    assert again(item).treatment == "formality"
    with pytest.raises(Refused, match="Kies hamerstuk of bespreekstuk"):
        positions.decide_treatment(item, treatment="note", by=by)
    for other in (cast.alderman, cast.author, cast.adviser):
        with pytest.raises(PermissionDenied):
            positions.decide_treatment(item, treatment="discussion", by=other)
    with clock.at(item.meeting.starts_at), pytest.raises(Refused, match="al begonnen"):
        positions.decide_treatment(item, treatment="discussion", by=by)


def test_a_condition_becomes_a_point_of_advice_without_a_name(cast, item):
    given = positions.give_position(
        item, choice="agree_if", text="Begin in de wijken.", by=cast.alderman
    )
    until = "woensdag 4 november 2026, 12.00 uur"
    early = f"Dit kan na {until}: tot dan kan het lid het nog wijzigen."
    assert positions.condition_answer(given).reason == early
    with after():
        point = positions.take_over_condition(given, by=cast.secretary)
        position = Position.objects.get()
        with pytest.raises(Refused, match="Dit is al een adviespunt"):
            positions.take_over_condition(position, by=cast.secretary)
    assert position.advice_point == point
    assert (point.body, point.step, point.text) == (cast.board, item.step, "Begin in de wijken.")
    assert AdvicePoint.objects.filter(text__contains="Aardam").count() == 0
    item.step.refresh_from_db()
    assert item.step.version_final is False  # the body decides after the answer


def test_only_a_condition_and_only_the_secretary(cast, item):
    agreed = positions.give_position(item, choice="agree", by=cast.alderman)
    second = cast.board_members[1].user
    condition = positions.give_position(item, choice="agree_if", text="Sneller.", by=second)
    with after():
        with pytest.raises(Refused, match="Alleen ‘akkoord, mits’ wordt een adviespunt"):
            positions.take_over_condition(agreed, by=cast.secretary)
        for other in (chair(cast), cast.author, second):
            with pytest.raises(PermissionDenied):
                positions.take_over_condition(condition, by=other)


def test_who_holds_two_seats_is_one_person(cast, item):
    home = make.municipality("Dorp", in_region=cast.region)
    make.member(cast.board, cast.alderman, role="chair", seat=make.seat(cast.board, home))
    positions.give_position(item, choice="agree", by=cast.alderman)
    assert state(item, cast).in_words == "1 akkoord, 2 nog niet"
