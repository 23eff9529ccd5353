"""Who counts: persons who sit that day, or their deputy in their place."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import attendance
from tests import factories as make


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.board, starts_at=clock.now() - timedelta(hours=1))


def counted(meeting, present, by):
    attendance.record_attendance(meeting, present=present, by=by)
    count = attendance.count_quorum(meeting)
    return count.present, count.total, count.needed


def deputy(cast, has_vote=True, of=0, person=None):
    """A deputy of a board whose regeling knows deputies."""
    cast.board.rules.deputies, cast.board.rules.source = True, "Regeling, artikel 5"
    cast.board.rules.save()
    member = cast.board_members[of]
    return make.member(cast.board, person, role="deputy", has_vote=has_vote, deputy_of=member)


def test_members_count_and_the_secretary_does_not(cast, meeting):
    assert counted(meeting, cast.board_members[:2], cast.secretary) == (2, 3, 2)
    own = cast.secretary.memberships.get()
    with pytest.raises(Refused, match="Alleen zittende leden met stemrecht"):
        attendance.record_attendance(meeting, present=[own], by=cast.secretary)


def test_a_deputy_counts_in_place_of_her_member(cast, meeting):
    stand_in = deputy(cast)
    present = [stand_in, cast.board_members[1]]
    assert counted(meeting, present, cast.secretary) == (2, 3, 2)
    assert attendance.deputies(cast.board, meeting) == [stand_in]


def test_a_deputy_never_counts_beside_her_member(cast, meeting):
    with pytest.raises(Refused, match="vervangt wethouder Aardam; kies wie van hen er was"):
        counted(meeting, [deputy(cast), cast.board_members[0]], cast.secretary)
    with pytest.raises(Refused, match="kies wie van hen er was"):
        counted(meeting, [deputy(cast), deputy(cast)], cast.secretary)


def test_a_deputy_without_a_vote_does_not_count(cast, meeting):
    with pytest.raises(Refused, match="Alleen zittende leden met stemrecht"):
        counted(meeting, [deputy(cast, has_vote=False)], cast.secretary)


def test_one_person_for_two_members_is_one_person(cast, meeting):
    person = make.user()
    pair = [deputy(cast, of=0, person=person), deputy(cast, of=1, person=person)]
    assert counted(meeting, pair, cast.secretary) == (1, 3, 2)


def test_a_term_that_ended_does_not_sit_and_a_closed_account_does(cast, meeting):
    left, closed, _ = cast.board_members
    left.valid_until = clock.today() - timedelta(days=1)
    left.save()
    closed.user.is_active = False
    closed.user.save()
    assert counted(meeting, [closed], cast.secretary) == (1, 2, 2)


def test_a_seat_that_ended_takes_its_member_along(cast, meeting):
    seat = cast.board_members[0].seat
    seat.valid_until = clock.today() - timedelta(days=1)
    seat.save()
    assert attendance.sitting_members(cast.board, meeting) == cast.board_members[1:]


def test_a_correction_replaces_what_was_recorded(cast, meeting):
    counted(meeting, [deputy(cast), cast.board_members[1]], cast.secretary)
    assert counted(meeting, cast.board_members, cast.secretary) == (3, 3, 2)
    assert meeting.attendances.count() == 3


def test_who_left_after_the_count_makes_no_impossible_number(cast, meeting):
    counted(meeting, cast.board_members, cast.secretary)
    for member in cast.board_members[:2]:
        member.valid_until = clock.today() - timedelta(days=1)
        member.save()
    count = attendance.count_quorum(meeting)
    assert (count.present, count.total) == (1, 1)
