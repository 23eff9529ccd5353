"""Passing a stop by with urgency: who may, why, and who hears it."""

import pytest
from django.core.exceptions import PermissionDenied

from core.refusal import Refused
from governance.domain import layout, meetings, urgent
from tests import factories as make


@pytest.fixture
def steps(cast):
    cast.board.rules.urgent_route = True
    cast.board.rules.source = "regeling, artikel 12"
    cast.board.rules.save()
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    return list(routed.steps.select_related("body", "proposal"))


def test_the_secretary_of_the_board_passes_a_stop_by_and_the_body_hears_it(cast, steps):
    done = urgent.skip_urgently(steps[0], reason="De subsidie sluit morgen.", by=cast.secretary)
    assert (done.state, done.urgent, done.skip_reason) == (
        "skipped",
        True,
        "De subsidie sluit morgen.",
    )
    assert done.skip_right == (
        f"Met spoed, door secretaris van het bestuur, volgens {cast.board.rules.name} "
        "(regeling, artikel 12)."
    )
    at = make.moment(10)
    later = meetings.plan_meeting(cast.steering, starts_at=at, by=cast.steering_secretary)
    (report,) = later.items.all()
    assert report.title == f"Met spoed: {done.proposal}"
    assert report.text == (
        "Dit stuk is met spoed niet in Stuurgroep geweest. Reden: De subsidie sluit morgen. "
        f"{done.skip_right}"
    )
    meetings.cancel_meeting(later, by=cast.steering_secretary, why="Te weinig leden.")
    again = meetings.plan_meeting(
        cast.steering, starts_at=make.moment(20), by=cast.steering_secretary
    )
    assert [item.title for item in again.items.all()] == [report.title]


def test_only_who_decides_may_and_only_where_the_rules_know_it(cast, steps):
    for person in (cast.author, cast.steering_secretary):
        with pytest.raises(PermissionDenied, match="secretaris of de voorzitter"):
            urgent.skip_urgently(steps[0], reason="Spoed.", by=person)
    cast.board.rules.urgent_route = False
    cast.board.rules.save()
    with pytest.raises(Refused) as refused:
        urgent.skip_urgently(steps[0], reason="Spoed.", by=cast.secretary)
    assert str(refused.value) == (
        "De besluitregels van Bestuur kennen geen spoedroute. Plan deze halte, of laat de "
        "regiobeheerder de regels aanpassen."
    )


def test_a_reason_is_asked_and_the_deciding_stop_stays(cast, steps):
    with pytest.raises(Refused, match=r"Geef de reden van de spoed\."):
        urgent.skip_urgently(steps[0], reason=" ", by=cast.secretary)
    with pytest.raises(Refused, match="De laatste halte kan niet worden overgeslagen"):
        urgent.skip_urgently(steps[1], reason="Spoed.", by=cast.secretary)


def test_taken_up_again_it_is_no_longer_urgent(cast, steps):
    done = urgent.skip_urgently(steps[0], reason="Spoed.", by=cast.secretary)
    again = layout.restore_step(done, by=cast.author)
    assert (again.state, again.urgent) == ("planned", False)
