"""Held over: off the agenda, to a later meeting, with its history."""

import pytest
from django.core.exceptions import PermissionDenied

from core.refusal import Refused
from governance.domain import meetings, route
from tests import factories as make


@pytest.fixture
def step(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    return make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 5))


def test_the_step_is_planned_again_and_keeps_what_happened(cast, step):
    route.hold_over(step, by=cast.secretary, why="Eerst de cijfers.")
    step.refresh_from_db()
    assert (step.state, step.meeting, step.version_final) == ("planned", None, False)
    (item,) = step.items.all()
    assert (item.result, item.note) == ("held_over", "Eerst de cijfers.")
    make.on_agenda(step, cast.author, make.meeting(cast.board, 9))
    assert [t.result for t in step.items.all()] == ["held_over", "open"]


@pytest.mark.parametrize("days", [4, 5])
def test_it_comes_back_in_a_later_meeting_only(cast, step, days):
    held_in = step.meeting
    route.hold_over(step, by=cast.secretary, why="Eerst de cijfers.")
    meeting = held_in if days == 5 else make.meeting(cast.board, days)
    with pytest.raises(Refused, match="kies een latere vergadering"):
        route.plan_step(step, meeting, by=cast.author)


def test_a_reason_is_asked_and_guarded(cast, step):
    with pytest.raises(Refused, match="Geef de reden van het aanhouden"):
        route.hold_over(step, by=cast.secretary, why=" ")
    with pytest.raises(Refused, match="burgerservicenummer"):
        route.hold_over(step, by=cast.secretary, why="Zie 111222333")


def test_only_its_own_secretary_holds_over(cast, step):
    for person in (cast.author, cast.aoj_secretary, cast.alderman, cast.admin, cast.stranger):
        with pytest.raises(PermissionDenied):
            route.hold_over(step, by=person, why="Zomaar.")


def test_a_meeting_with_papers_does_not_lapse(cast, step):
    with pytest.raises(Refused, match="Er staan stukken op de agenda"):
        meetings.cancel_meeting(step.meeting, by=cast.secretary, why="Ziek.")
    make.decided(step, cast.secretary)
    with pytest.raises(Refused):
        meetings.cancel_meeting(step.meeting, by=cast.secretary, why="Ziek.")
