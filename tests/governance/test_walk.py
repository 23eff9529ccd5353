"""The main job, walked through the domain: concept, route, advice, answer, decision."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import decisions, layout, proposals, route
from governance.enums import DecisionState, Outcome, ProposalState, StepState
from governance.models import Decision, RouteStep
from tests import factories as make


@pytest.fixture
def routed(cast):
    return make.routed(
        cast.author,
        cast.team,
        (cast.team, make.DISCUSS),
        (cast.steering, make.ADVISE),
        (cast.aoj, make.ADVISE),
        (cast.board, make.DECIDE),
    )


def test_a_proposal_travels_from_concept_to_a_decision(cast, routed):
    team, steering, aoj, board = routed.steps.all()
    make.on_agenda(team, cast.author, make.meeting(cast.team, 0, starts_at=clock.now()))
    make.handled(team, by=cast.author)
    make.on_agenda(steering, cast.author, make.meeting(cast.steering, 1))
    make.on_agenda(aoj, cast.author, make.meeting(cast.aoj, 2))
    (point,) = make.advised(steering, by=cast.steering_secretary)
    make.handled(steering, by=cast.steering_secretary)
    make.handled(aoj, by=cast.aoj_secretary)
    make.on_agenda(board, cast.secretary, make.meeting(cast.board, 10))
    make.answered(point, cast.author)
    route.finalise_version(RouteStep.objects.get(pk=board.pk), by=cast.author)

    decision = make.decided(RouteStep.objects.get(pk=board.pk), cast.secretary)

    routed.refresh_from_db()
    assert routed.state == ProposalState.ADOPTED
    assert [step.state for step in routed.steps.all()] == [StepState.HANDLED] * 4
    assert decision.state == DecisionState.RECORDED
    assert [p.outcome for p in decision.points.all()] == [Outcome.ADOPTED, Outcome.ADOPTED]


def test_advice_without_an_answer_holds_the_decision(cast, routed):
    *consulting, board = routed.steps.all()
    for number, step in enumerate(consulting):
        secretary = [cast.author, cast.steering_secretary, cast.aoj_secretary][number]
        make.on_agenda(step, cast.author, make.meeting(step.body, number))
        if number == 1:
            make.advised(step, by=secretary)
        make.handled(step, by=secretary)
    make.on_agenda(board, cast.author, make.meeting(cast.board, 10))

    with pytest.raises(Refused) as refused:
        route.finalise_version(RouteStep.objects.get(pk=board.pk), by=cast.author)
    assert str(refused.value) == "Beantwoord eerst elk adviespunt: 1 wacht nog op antwoord."

    with pytest.raises(Refused) as refused:
        make.decided(RouteStep.objects.get(pk=board.pk), cast.secretary)
    assert str(refused.value) == "Beantwoord eerst elk adviespunt: 1 wacht nog op antwoord."
    assert not Decision.objects.exists()


def test_without_a_quorum_nothing_is_decided(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 0))
    with pytest.raises(Refused) as refused:
        make.decided(step, cast.secretary, present=cast.board_members[:1])
    assert str(refused.value) == (
        "Het quorum is niet gehaald: 1 van 3 leden waren er, 2 zijn nodig. Houd het stuk aan."
    )


def test_a_route_must_end_in_a_decision_of_an_organ(cast):
    proposal = make.proposal(cast.author, cast.team)
    layout.add_step(proposal, body=cast.steering, purpose=make.DECIDE, by=cast.author)
    with pytest.raises(Refused) as refused:
        proposals.enter_route(proposal, by=cast.author)
    assert str(refused.value) == (
        "Stuurgroep kan niet besluiten: alleen een bestuursorgaan besluit. "
        "Kies 'instemmen' met daarna lokale besluiten, of een ander gremium."
    )


def test_a_tied_count_cannot_be_adopted(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.board, make.DECIDE), points=["Het plan vast te stellen."]
    )
    step = make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, 0))
    from governance.domain import attendance

    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        attendance.record_attendance(
            step.meeting, present=cast.board_members[:2], by=cast.secretary
        )
        with pytest.raises(Refused) as refused:
            decisions.record_decision(
                step,
                [
                    decisions.PointOutcome(
                        step.version.points.get(), "adopted", "count", votes_for=1, votes_against=1
                    )
                ],
                validity=decisions.Validity(clock.today()),
                by=cast.secretary,
            )
    assert "de stemmen staken" in str(refused.value)
