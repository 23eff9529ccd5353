"""On the agenda: the text is frozen, and what waits on advice waits."""

import pytest

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import decisions, layout, proposals, route, texts
from governance.enums import Purpose, StepState
from tests import factories as make


@pytest.fixture
def steps(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    return list(proposal.steps.all())


def test_papers_may_go_while_advice_follows(cast, steps):
    step = make.on_agenda(steps[1], cast.secretary)
    assert (step.state, step.version.number, step.version_final) == ("on_agenda", 1, False)
    assert route.waits_for(step).sentence == "advies volgt van Stuurgroep"
    assert [t.version for t in step.items.all()] == [step.version]


def test_who_froze_is_named_even_when_it_is_the_secretary(cast, steps):
    texts.working_version(steps[1].proposal, by=cast.author)
    step = make.on_agenda(steps[1], cast.secretary)
    assert step.version.number == 2
    assert step.version.frozen_by == cast.secretary
    assert StatusChange.of(step.proposal).filter(act="frozen").first().by == cast.secretary


def test_without_a_meeting_there_is_no_agenda(cast, steps):
    with pytest.raises(Refused, match="Kies eerst de vergadering"):
        route.put_on_agenda(steps[0], by=cast.author)


def test_a_proposal_that_is_withdrawn_goes_on_no_agenda(cast, steps):
    route.plan_step(steps[0], make.meeting(cast.steering), by=cast.author)
    proposals.change_state(steps[0].proposal, "postpone", by=cast.author, why="Later.")
    with pytest.raises(Refused, match="niet \\(meer\\) in route"):
        route.put_on_agenda(steps[0], by=cast.author)


def test_a_body_that_decides_needs_something_to_decide(cast, steps):
    version = texts.working_version(steps[1].proposal, by=cast.author)
    for point in version.points.all():
        texts.remove_part(point, by=cast.author)
    with pytest.raises(Refused, match="Voeg minstens één beslispunt toe: Bestuur besluit daarover"):
        make.on_agenda(steps[1], cast.author)
    version.refresh_from_db()
    assert version.frozen_at is None


def test_a_stop_added_after_the_final_version_is_waited_for(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    board = make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 0))
    assert board.version_final
    layout.add_step(proposal, body=cast.aoj, purpose=Purpose.ADVISE, before=board, by=cast.author)
    board.refresh_from_db()
    with clock.at(make.moment(1)):
        assert "Ambtelijk overleg heeft dit stuk nog niet behandeld." in [
            refusal.reason for refusal in decisions.can_decide(board)
        ]


def test_an_answer_in_a_later_version_asks_a_new_final_version(cast, steps):
    steering, board = steps
    make.on_agenda(steering, cast.author, make.meeting(cast.steering, 0))
    (point,) = make.advised(steering, by=cast.steering_secretary)
    make.handled(steering, cast.steering_secretary)
    make.answered(point, cast.author, answer="not")
    board = make.on_agenda(board, cast.author)
    assert board.version_final
    texts.working_version(board.proposal, by=cast.author)
    make.answered(point, cast.author, answer="adopted")
    board.refresh_from_db()
    assert not board.version_final
    board = route.finalise_version(board, by=cast.author)
    point.refresh_from_db()
    assert (board.version, board.version_final) == (point.answered_in, True)
    assert board.state == StepState.ON_AGENDA


def test_nothing_comes_of_a_meeting_before_it_begins(cast, steps):
    step = make.on_agenda(steps[0], cast.author)
    with pytest.raises(Refused, match="De vergadering is nog niet begonnen"):
        route.handle_step(step, by=cast.steering_secretary)
