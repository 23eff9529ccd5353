"""The home page asks the same of the database, whatever the number of proposals."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import decisions
from tests import factories as make
from tests.regiovisie.home import MONDAY


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def rows_of_every_kind(cast, n):
    """A concept, one in route with advice, one on the agenda of the board, and a decision."""
    make.proposal(cast.author, cast.team)
    advised = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    when = MONDAY + timedelta(days=n)
    steering = make.meeting(cast.steering, starts_at=make.moment(n))
    make.on_agenda(advised.steps.first(), cast.author, steering)
    make.advised(advised.steps.first(), "Een", "Twee", by=cast.steering_secretary, on=MONDAY.date())
    make.on_agenda(advised.steps.last(), cast.author, make.meeting(cast.board, 9 + n))
    past = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(past.steps.get(), cast.author, make.meeting(cast.board, n))
    decision = make.decided(step, cast.secretary)
    with clock.at(when + timedelta(hours=4)):
        decisions.finalise_decision(decision, by=cast.secretary)


@pytest.mark.parametrize(
    ("who", "queries"), [("author", 33), ("secretary", 27), ("alderman", 27), ("adviser", 29)]
)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow(client, cast, django_assert_num_queries, who, queries, rows):
    for n in range(rows):
        rows_of_every_kind(cast, n)
    client.force_login(getattr(cast, who))
    with clock.at(MONDAY + timedelta(days=5)), django_assert_num_queries(queries):
        response = client.get("/waterland/")
    assert len(response.context["decisions"]) == rows


@pytest.mark.parametrize("regions", [2, 4])
def test_choosing_costs_the_same_for_more_regions(client, cast, django_assert_num_queries, regions):
    for n in range(regions - 1):
        body = make.body(make.region(f"Regio {n}"))
        make.member(body, cast.alderman)
    client.force_login(cast.alderman)
    with django_assert_num_queries(17):
        response = client.get("/")
    assert len(response.context["choices"]) == regions
