"""Advice, point by point, by a secretary who may read what it is about."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from governance.domain import advice, proposals
from governance.models import AdvicePoint, RouteStep
from tests import factories as make


@pytest.fixture
def step(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    return proposal.steps.first()


def test_points_are_numbered_on_from_the_last(cast, step):
    make.advised(step, "Een.", " ", "Twee.", by=cast.steering_secretary)
    make.advised(step, "Drie.", by=cast.steering_secretary)
    assert list(AdvicePoint.objects.values_list("number", "text")) == [
        (1, "Een."),
        (2, "Twee."),
        (3, "Drie."),
    ]


@pytest.mark.parametrize(
    ("points", "days", "sentence"),
    [
        ([" "], 0, "Vul minstens één adviespunt in."),
        (["Een."], 1, "Een advies kan niet in de toekomst liggen."),
        (["BSN 111222333"], 0, "Hier lijkt een burgerservicenummer te staan"),
    ],
)
def test_what_is_refused(cast, step, points, days, sentence):
    with pytest.raises(Refused, match=sentence):
        advice.record_advice(
            step.proposal,
            body=cast.steering,
            given_on=clock.today() + timedelta(days=days),
            points=points,
            by=cast.steering_secretary,
        )


def test_a_secretary_advises_on_what_she_reads_only(cast, step):
    with pytest.raises(PermissionDenied, match="geen toegang tot dit voorstel"):
        advice.record_advice(
            step.proposal,
            body=cast.aoj,
            given_on=clock.today(),
            points=["Een."],
            by=cast.aoj_secretary,
        )
    with pytest.raises(PermissionDenied):
        make.advised(step, by=cast.secretary)


def test_a_stop_of_another_body_is_refused(cast, step):
    board = step.proposal.steps.last()
    with pytest.raises(Refused, match="Deze halte hoort niet bij dit gremium"):
        advice.record_advice(
            step.proposal,
            body=cast.steering,
            given_on=clock.today(),
            points=["Een."],
            by=cast.steering_secretary,
            step=board,
        )


@pytest.mark.parametrize(("act", "label"), [("withdraw", "ingetrokken"), ("decide", "behandeld")])
def test_nothing_is_advised_on_what_is_over(cast, step, act, label):
    proposal = step.proposal
    if act == "withdraw":
        proposals.change_state(proposal, "withdraw", by=cast.author, why="Niet nodig.")
    else:
        make.on_agenda(step, cast.author, make.meeting(cast.steering, -2))
        make.handled(step, cast.steering_secretary)
        board = make.on_agenda(proposal.steps.last(), cast.author, make.meeting(cast.board, -1))
        make.decided(board, cast.secretary)
    with pytest.raises(Refused) as refused:
        make.advised(RouteStep.objects.get(pk=step.pk), by=cast.steering_secretary)
    assert str(refused.value) == (f"Dit voorstel is {label}; advies verandert daar niets meer aan.")
