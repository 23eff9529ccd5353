"""Accepting the dates of a whole route: all at once, or nothing."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from governance.domain import meetings, planner, proposals, route
from governance.models import RouteStep
from governance.planning import planner_page
from tests import factories as make


@pytest.fixture(autouse=True)
def _spring():
    with clock.at(datetime(2027, 3, 1, 9)):
        yield


@pytest.fixture
def proposal(cast):
    return make.routed(cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE))


def planned(proposal):
    return [step.meeting for step in proposal.steps.select_related("meeting")]


def choice(proposal, *chosen):
    return {step.pk: meeting.pk for step, meeting in zip(proposal.steps.all(), chosen, strict=True)}


def test_all_stops_move_past_one_another_at_once(cast, proposal):
    early = make.meeting(cast.aoj, 20), make.meeting(cast.board, 40)
    late = make.meeting(cast.aoj, 60), make.meeting(cast.board, 80)
    for meetings_of in (early, late, early):
        planner.plan_route(proposal, choice(proposal, *meetings_of), by=cast.author)
        assert planned(proposal) == list(meetings_of)


def test_an_order_that_breaks_is_refused_with_the_reason_and_nothing_moves(cast, proposal):
    aoj, board = make.meeting(cast.aoj, 40), make.meeting(cast.board, 20)
    with pytest.raises(Refused, match="maar die halte ligt eerder op de route"):
        planner.plan_route(proposal, choice(proposal, aoj, board), by=cast.author)
    assert planned(proposal) == [None, None]


def test_what_changed_since_the_page_was_shown_is_refused(cast, proposal):
    aoj, board = make.meeting(cast.aoj, 20), make.meeting(cast.board, 40)
    shown = choice(proposal, aoj, board)
    for wrong in ({**shown, 0: aoj.pk}, {**shown, proposal.steps.first().pk: 0}):
        with pytest.raises(Refused, match="De route is intussen veranderd"):
            planner.plan_route(proposal, wrong, by=cast.author)
    with pytest.raises(Refused, match="Kies een vergadering van Bestuur"):
        planner.plan_route(proposal, choice(proposal, aoj, aoj), by=cast.author)
    meetings.cancel_meeting(board, by=cast.author, why="Te weinig leden.")
    with pytest.raises(Refused, match="Die vergadering is vervallen"):
        planner.plan_route(proposal, shown, by=cast.author)
    make.on_agenda(proposal.steps.first(), cast.author, aoj)
    other = make.meeting(cast.board, 50)
    with pytest.raises(Refused, match="Ambtelijk overleg heeft dit stuk al"):
        planner.plan_route(proposal, choice(proposal, aoj, other), by=cast.author)
    with pytest.raises(Refused, match="Er is geen halte om te plannen"):
        planner.plan_route(proposal, {}, by=cast.author)


@pytest.mark.parametrize("who", ["secretary", "coauthor", "alderman", "stranger"])
def test_only_the_author_body_plans_a_route(cast, proposal, who):
    shown = choice(proposal, make.meeting(cast.aoj, 20), make.meeting(cast.board, 40))
    with pytest.raises(PermissionDenied):
        planner.plan_route(proposal, shown, by=getattr(cast, who))


def test_a_route_that_is_closed_stays_as_it_is(cast, proposal):
    shown = choice(proposal, make.meeting(cast.aoj, 20), make.meeting(cast.board, 40))
    proposals.change_state(proposal, "withdraw", by=cast.author, why="Niet meer nodig.")
    with pytest.raises(Refused, match="Dit voorstel is ingetrokken; de route ligt vast"):
        planner.plan_route(proposal, shown, by=cast.author)


def test_what_is_proposed_can_be_accepted(cast, proposal):
    """From rows to days and back: the planner never proposes what the domain refuses."""
    for days in (1, 22, 43):
        make.meeting(cast.aoj, days)
        make.meeting(cast.board, days + 1)
    page = planner_page(proposal)
    accepted = {row.step.pk: row.proposed.key for row in page.changes}
    planner.plan_route(proposal, accepted, by=cast.author)
    assert planner_page(proposal).changes == []
    first, last = RouteStep.objects.filter(proposal=proposal).select_related("meeting", "body")
    assert first.meeting.starts_at < last.meeting.starts_at
    assert route.order_answer(last, last.meeting)
    assert last.meeting.starts_at - first.meeting.starts_at >= timedelta(days=8)


def test_a_meeting_that_would_break_the_route_does_not_move(cast, proposal):
    aoj, board = make.meeting(cast.aoj, 20), make.meeting(cast.board, 40)
    planner.plan_route(proposal, choice(proposal, aoj, board), by=cast.author)
    with pytest.raises(Refused, match="Meer hulp dichtbij huis: Ambtelijk overleg op"):
        meetings.move_meeting(aoj, starts_at=make.moment(60), by=cast.author)
    assert planned(proposal) == [aoj, board]
