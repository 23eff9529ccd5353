"""Planning a stop in a meeting: the order of Dutch days is held."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import clock
from core.refusal import Refused
from governance.domain import meetings, route
from tests import factories as make


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2027, 7, day, hour, minute))


@pytest.fixture
def steps(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    return list(proposal.steps.all())


def test_the_same_day_is_allowed_in_any_hour(cast, steps):
    steering, board = steps
    route.plan_step(board, make.meeting(cast.board, starts_at=at(2, 9)), by=cast.author)
    late = make.meeting(cast.steering, starts_at=at(2, 20))
    assert route.plan_step(steering, late, by=cast.author).meeting == late


def test_days_are_dutch_days(cast, steps):
    steering, board = steps
    # 0.30 in Amsterdam on 3 July is still 2 July in UTC.
    route.plan_step(board, make.meeting(cast.board, starts_at=at(2, 23)), by=cast.author)
    after = make.meeting(cast.steering, starts_at=at(3, 0, 30))
    with pytest.raises(Refused) as refused:
        route.plan_step(steering, after, by=cast.author)
    assert str(refused.value) == (
        "Stuurgroep op 3 juli 2027 komt na Bestuur op 2 juli 2027, "
        "maar die halte ligt later op de route."
    )


@pytest.mark.parametrize("first", [True, False])
def test_the_order_is_held_from_both_sides(cast, steps, first):
    steering, board = steps
    if first:
        route.plan_step(steering, make.meeting(cast.steering, starts_at=at(9, 9)), by=cast.author)
        moved, meeting = board, make.meeting(cast.board, starts_at=at(8, 9))
    else:
        route.plan_step(board, make.meeting(cast.board, starts_at=at(8, 9)), by=cast.author)
        moved, meeting = steering, make.meeting(cast.steering, starts_at=at(9, 9))
    with pytest.raises(Refused, match="maar die halte ligt"):
        route.plan_step(moved, meeting, by=cast.author)


def test_a_meeting_of_another_body_or_one_that_lapsed_is_refused(cast, steps):
    steering, _ = steps
    with pytest.raises(Refused, match="Kies een vergadering van Stuurgroep"):
        route.plan_step(steering, make.meeting(cast.board), by=cast.author)
    lapsed = make.meeting(cast.steering)
    meetings.cancel_meeting(lapsed, by=cast.author, why="Te weinig stukken.")
    with pytest.raises(Refused, match="Die vergadering is vervallen"):
        route.plan_step(steering, lapsed, by=cast.author)


def test_a_lapsed_meeting_leaves_its_hour_free_and_its_stops_without_a_date(cast, steps):
    steering, _ = steps
    meeting = make.meeting(cast.steering)
    route.plan_step(steering, meeting, by=cast.author)
    meetings.cancel_meeting(meeting, by=cast.author, why="Te weinig stukken.")
    steering.refresh_from_db()
    assert steering.meeting is None
    again = meetings.plan_meeting(cast.steering, starts_at=meeting.starts_at, by=cast.author)
    assert again.pk != meeting.pk
    with pytest.raises(Refused, match="vergadert dan al"):
        meetings.plan_meeting(cast.steering, starts_at=meeting.starts_at, by=cast.author)


def test_moving_a_meeting_holds_the_order_and_names_no_secret_paper(cast, steps):
    steering, board = steps
    route.plan_step(steering, make.meeting(cast.steering, 5), by=cast.author)
    late = make.meeting(cast.board, 9)
    route.plan_step(board, late, by=cast.author)
    from governance.domain.secrecy import impose_secrecy

    impose_secrecy(
        steering.proposal,
        body=cast.team,
        ground="Bedrijfsgegevens.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    for person, name in [(cast.author, "Meer hulp dichtbij huis"), (cast.secretary, "Een stuk")]:
        with pytest.raises(Refused) as refused:
            meetings.move_meeting(late, starts_at=make.moment(2), by=person)
        assert str(refused.value).startswith(f"{name}: Bestuur op ")
    late.refresh_from_db()
    assert late.starts_at == make.moment(9)


def test_only_the_author_body_and_the_secretary_of_the_body_plan(cast, steps):
    steering, _ = steps
    meeting = make.meeting(cast.steering)
    for person in (cast.aoj_secretary, cast.reader, cast.admin, cast.stranger):
        with pytest.raises(PermissionDenied):
            route.plan_step(steering, meeting, by=person)
    assert route.plan_step(steering, meeting, by=cast.steering_secretary).meeting == meeting


def test_a_body_meets_only_while_it_exists(cast):
    ended = make.body(cast.region, "Tijdelijk", valid_until=at(2, 9).date())
    meetings.plan_meeting(ended, starts_at=at(2, 23, 30), by=cast.author)
    with pytest.raises(Refused, match="bestaat op die dag niet"):
        meetings.plan_meeting(ended, starts_at=at(3, 0, 30), by=cast.author)
