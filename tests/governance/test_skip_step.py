"""Laying out: added, moved, skipped, taken up again, removed."""

import pytest

from core.refusal import Refused
from governance.domain import layout, proposals, route
from governance.enums import ProposalKind, Purpose
from governance.models import RouteTemplate, RouteTemplateStep
from tests import factories as make


@pytest.fixture
def proposal(cast):
    return make.routed(
        cast.author,
        cast.team,
        (cast.team, make.DISCUSS),
        (cast.steering, make.ADVISE),
        (cast.aoj, make.ADVISE),
        (cast.board, make.DECIDE),
    )


def names(proposal):
    return [step.body.slug for step in proposal.steps.all()]


def test_a_skipped_stop_keeps_its_reason_and_loses_its_meeting(cast, proposal):
    step = proposal.steps.all()[1]
    route.plan_step(step, make.meeting(cast.steering), by=cast.author)
    layout.skip_step(step, reason="Spoed: de termijn loopt af.", by=cast.author)
    step.refresh_from_db()
    assert (step.state, step.skip_reason, step.meeting) == (
        "skipped",
        "Spoed: de termijn loopt af.",
        None,
    )
    assert layout.restore_step(step, by=cast.author).state == "planned"


def test_a_stop_does_not_come_back_behind_the_route(cast, proposal):
    team, steering, *_ = proposal.steps.all()
    layout.skip_step(team, reason="Spoed.", by=cast.author)
    make.on_agenda(steering, cast.author, make.meeting(cast.steering, 0))
    make.handled(steering, cast.steering_secretary)
    with pytest.raises(Refused, match="Een latere halte is al behandeld"):
        layout.restore_step(team, by=cast.author)


def test_the_last_stop_cannot_be_skipped(cast, proposal):
    with pytest.raises(Refused, match="De laatste halte kan niet worden overgeslagen"):
        layout.skip_step(proposal.steps.last(), reason="Spoed.", by=cast.author)


def test_a_new_stop_lands_right_before_another_even_after_gaps(cast, proposal):
    team, steering, *_ = proposal.steps.all()
    layout.remove_step(team, by=cast.author)
    layout.add_step(
        proposal, body=cast.core_group, purpose=Purpose.DISCUSS, before=steering, by=cast.author
    )
    assert names(proposal) == ["kerngroep", "stuurgroep", "aoj", "bestuur"]


def test_a_stop_of_another_proposal_is_no_place(cast, proposal):
    other = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    with pytest.raises(Refused, match="Deze halte is er niet meer"):
        layout.add_step(
            proposal,
            body=cast.aoj,
            purpose=Purpose.DISCUSS,
            before=other.steps.get(),
            by=cast.author,
        )


def test_nothing_moves_before_what_is_handled(cast, proposal):
    team, steering, aoj, _ = proposal.steps.all()
    make.on_agenda(steering, cast.author, make.meeting(cast.steering, 0))
    make.handled(steering, cast.steering_secretary)
    with pytest.raises(Refused, match="komt niet voor een halte die al is behandeld"):
        layout.move_step(aoj, to=1, by=cast.author)
    with pytest.raises(Refused, match="komt niet voor een halte die al is behandeld"):
        layout.add_step(
            proposal, body=cast.aoj, purpose=Purpose.DISCUSS, before=team, by=cast.author
        )
    layout.move_step(team, to=3, by=cast.author)
    assert names(proposal) == ["stuurgroep", "aoj", "team", "bestuur"]


def test_moving_holds_the_dates(cast, proposal):
    _, steering, aoj, _ = proposal.steps.all()
    route.plan_step(steering, make.meeting(cast.steering, 3), by=cast.author)
    route.plan_step(aoj, make.meeting(cast.aoj, 4), by=cast.author)
    with pytest.raises(Refused, match="maar die halte ligt"):
        layout.move_step(aoj, to=2, by=cast.author)
    assert names(proposal) == ["team", "stuurgroep", "aoj", "bestuur"]


def test_a_route_on_its_way_still_ends_in_a_decision(cast, proposal):
    with pytest.raises(Refused, match="eindigt nog niet in een besluit"):
        layout.add_step(proposal, body=cast.aoj, purpose=Purpose.ADVISE, by=cast.author)
    with pytest.raises(Refused, match="eindigt nog niet in een besluit"):
        layout.remove_step(proposal.steps.last(), by=cast.author)
    assert len(names(proposal)) == 4


@pytest.mark.parametrize("last", ["handle", "skip", "remove"])
def test_a_note_ends_when_its_last_open_stop_closes(cast, last):
    proposal = make.routed(
        cast.author,
        cast.team,
        (cast.aoj, make.DISCUSS),
        (cast.board, Purpose.NOTE),
        kind=ProposalKind.INFORMATION,
        points=[],
    )
    aoj, board = proposal.steps.all()
    make.on_agenda(board, cast.author, make.meeting(cast.board, 0))
    make.handled(board, cast.secretary)
    proposal.refresh_from_db()
    assert proposal.state == "in_route"
    if last == "handle":
        make.on_agenda(
            aoj, cast.author, make.meeting(cast.aoj, 0, starts_at=board.meeting.starts_at)
        )
        make.handled(aoj, cast.aoj_secretary)
    elif last == "skip":
        layout.skip_step(aoj, reason="Niet meer nodig.", by=cast.author)
    else:
        layout.remove_step(aoj, by=cast.author)
    proposal.refresh_from_db()
    assert proposal.state == "noted"


def test_a_template_lays_out_a_concept_and_no_ended_body(cast):
    proposal = make.proposal(cast.author, cast.team)
    template = RouteTemplate.objects.create(region=cast.region, name="Gewoon")
    for order, body in enumerate([cast.aoj, cast.board], start=1):
        RouteTemplateStep.objects.create(
            template=template, order=order, body=body, purpose=Purpose.DECIDE
        )
    layout.apply_template(proposal, template, by=cast.author)
    assert names(proposal) == ["aoj", "bestuur"]
    cast.aoj.valid_until = make.moment(-1).date()
    cast.aoj.save()
    with pytest.raises(Refused, match="Ambtelijk overleg bestaat niet meer"):
        layout.apply_template(proposal, template, by=cast.author)
    assert proposals.next_step(proposal).body == cast.aoj
