from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import attendance, meetings, organisation, positions, route
from governance.enums import ItemKind, Treatment
from governance.models import AgendaItem, Position
from tests import factories as make
from tests.preparing import MONDAY, after, again, deputy, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def reason(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return str(refused.value)


def test_a_member_lets_know_her_position_and_changes_it(cast):
    item = on_board(cast)
    first = positions.give_position(item, choice="agree", by=cast.alderman)
    assert (first.membership, first.given_by) == (cast.board_members[0], cast.alderman)
    positions.give_position(item, choice="discuss", by=cast.alderman, base_revision=1)
    position = Position.objects.get()
    assert (position.choice, position.revision, position.history.count()) == ("discuss", 2, 2)
    trail = StatusChange.of(position).values_list("act", "after")
    assert list(trail) == [("position_given", "discuss"), ("position_given", "agree")]


@pytest.mark.parametrize("choice", ["agree_if", "object"])
def test_a_condition_and_an_objection_say_what(cast, choice):
    item = on_board(cast)
    said = reason(positions.give_position, item, choice=choice, text=" ", by=cast.alderman)
    assert said == "Zeg erbij wat er anders moet."
    given = positions.give_position(item, choice=choice, text="Begin klein.", by=cast.alderman)
    assert given.text == "Begin klein."


def test_what_is_no_position_or_holds_a_bsn_is_refused(cast):
    item = on_board(cast)
    said = reason(positions.give_position, item, choice="perhaps", by=cast.alderman)
    assert said == "Kies akkoord, akkoord mits, bespreken of bezwaar."
    with pytest.raises(Refused, match="burgerservicenummer"):
        positions.give_position(item, choice="agree", text="bsn 111222333", by=cast.alderman)


def test_after_the_deadline_it_is_refused_in_words(cast):
    item = on_board(cast)
    with after():
        said = reason(positions.give_position, item, choice="agree", by=cast.alderman)
    assert said == (
        "Standpunten konden tot woensdag 4 november 2026, 12.00 uur. "
        "Geef het uwe in de vergadering."
    )


def test_the_secretary_sets_the_deadline(cast):
    meeting = on_board(cast).meeting
    late = meeting.starts_at - timedelta(minutes=30)
    positions.set_deadline(meeting, until=late, by=cast.secretary)
    with after():
        positions.give_position(on_board(cast, at=meeting), choice="agree", by=cast.alderman)
    wrong = "Kies een moment dat nog komt, voor de vergadering begint."
    for until in (make.moment(-1), meeting.starts_at + timedelta(minutes=1)):
        assert reason(positions.set_deadline, meeting, until=until, by=cast.secretary) == wrong
    with pytest.raises(PermissionDenied):
        positions.set_deadline(meeting, until=late, by=cast.alderman)


def test_a_meeting_that_moves_takes_its_deadline_along(cast):
    meeting = meetings.plan_meeting(cast.board, starts_at=make.moment(3), by=cast.secretary)
    assert meeting.positions_until == make.moment(2, 12, 0)
    moved = meetings.move_meeting(meeting, starts_at=make.moment(7), by=cast.secretary)
    assert moved.positions_until == make.moment(4, 12, 0)  # a Monday; the Friday before


def test_a_deputy_speaks_only_where_the_member_did_not(cast):
    person = deputy(cast)
    item, other = on_board(cast), on_board(cast, "Een ander stuk")
    given = positions.give_position(item, choice="agree", by=person)
    assert (given.membership, given.given_by) == (cast.board_members[0], person)
    positions.give_position(item, choice="discuss", by=cast.alderman)
    positions.give_position(other, choice="agree", by=cast.alderman)
    for paper in (item, other):
        said = reason(positions.give_position, paper, choice="object", text="Nee.", by=person)
        assert said == "Het lid dat u vervangt, gaf zelf al een standpunt."
    assert Position.objects.count() == 2


@pytest.mark.parametrize("who", ["secretary", "author", "adviser", "official", "stranger"])
def test_nobody_else_gives_one(cast, who):
    with pytest.raises(PermissionDenied):
        positions.give_position(on_board(cast), choice="agree", by=getattr(cast, who))


def test_of_who_left_it_stays_and_cannot_be_changed(cast):
    item = on_board(cast)
    positions.give_position(item, choice="object", text="Te duur.", by=cast.alderman)
    yesterday = clock.today() - timedelta(days=1)
    organisation.end(cast.board_members[0], cast.region, on=yesterday, by=cast.admin)
    with pytest.raises(PermissionDenied):
        positions.give_position(item, choice="agree", by=cast.alderman)
    assert Position.objects.get().choice == "object"
    sitting = attendance.sitting_members(cast.board, item.meeting)
    assert positions.tally(item.positions.all(), sitting).in_words == "2 nog niet"


def test_a_change_on_another_device_is_not_overwritten(cast):
    item = on_board(cast)
    positions.give_position(item, choice="agree", by=cast.alderman, base_revision=0)
    with pytest.raises(Conflict) as conflict:
        positions.give_position(
            item, choice="object", text="Te duur.", by=cast.alderman, base_revision=0
        )
    assert [(c.field, c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("choice", "object", "agree"),
        ("text", "Te duur.", ""),
    ]
    assert conflict.value.revision == 1
    # The same tap twice is no conflict.
    positions.give_position(item, choice="agree", by=cast.alderman, base_revision=0)
    assert Position.objects.get().revision == 1


def test_where_nothing_is_asked_there_is_no_position(cast):
    item = on_board(cast)
    own = AgendaItem.objects.create(meeting=item.meeting, kind=ItemKind.OWN, title="Rondvraag")
    held_over = on_board(cast, "Een tweede stuk", at=item.meeting)
    route.hold_over(held_over.step, why="Later.", by=cast.secretary)
    AgendaItem.objects.filter(pk=item.pk).update(treatment=Treatment.NOTE)
    nothing = "Bij dit agendapunt wordt geen standpunt gevraagd."
    for paper, said in [
        (again(item), nothing),
        (own, nothing),
        (again(held_over), "Dit agendapunt is al behandeld of aangehouden."),
    ]:
        assert positions.position_answer(paper).reason == said


def test_an_item_that_was_prepared_says_so(cast):
    item = on_board(cast)
    assert not positions.has_preparation(item)
    positions.give_position(item, choice="agree", by=cast.alderman)
    assert positions.has_preparation(item)
