"""What waits for the secretary of a body."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import attendance, decisions, route, secrecy
from governance.enums import MemberRole
from governance.models import RouteStep
from tests import factories as make
from tests.regiovisie.home import MONDAY, page, tasks


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def step(cast):
    """The one stop of a proposal: planned with the board, in nine days."""
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = routed.steps.get()
    return route.plan_step(step, make.meeting(cast.board, 9), by=cast.author)


def after(days):
    return clock.at(MONDAY + timedelta(days=days))


def test_from_agenda_to_publication(client, cast, step):
    def waits():
        return tasks(client, cast.secretary, cast.region)

    assert waits() == [("Wo 4 november", "over 2 dagen", "Zet een stuk op de agenda van Bestuur")]
    route.put_on_agenda(step, by=cast.secretary)
    assert waits() == []
    with after(10):
        held = ("Gisteren", "9.30 uur", "Leg vast wie er waren bij Bestuur")
        assert waits() == [held]
        meeting = step.meeting
        attendance.record_attendance(meeting, present=cast.board_members, by=cast.secretary)
        listed = ("Wo 25 november", "over 13 dagen", "Publiceer de besluitenlijst van Bestuur")
        assert waits() == [("Gisteren", "", "Leg het besluit van Bestuur vast"), listed]
        decision = make.decided(RouteStep.objects.get(pk=step.pk), cast.secretary)
        final = ("Wo 25 november", "over 13 dagen", "Maak besluit 2026-001 definitief")
        assert waits() == [final, listed]
        decisions.finalise_decision(decision, by=cast.secretary)
        public = ("Wo 25 november", "over 13 dagen", "Publiceer besluit 2026-001")
        assert waits() == [public, listed]
        decisions.publish_decision(decision, by=cast.secretary)
        assert waits() == [listed]


def test_a_secret_decision_does_not_wait_for_publication(client, cast, step):
    route.put_on_agenda(step, by=cast.secretary)
    with after(10):
        decision = make.decided(step, cast.secretary)
        decisions.finalise_decision(decision, by=cast.secretary)
        secrecy.impose_secrecy(
            decision,
            body=cast.board,
            ground="Er wordt nog onderhandeld.",
            imposed_on=clock.today(),
            circle_bodies=[cast.board],
            by=cast.secretary,
        )
        assert tasks(client, cast.secretary, cast.region) == [
            ("Wo 25 november", "over 13 dagen", "Publiceer de besluitenlijst van Bestuur")
        ]


def test_a_decision_that_cannot_be_written_down_says_why(client, cast):
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = make.on_agenda(routed.steps.last(), cast.author, make.meeting(cast.board, 0))
    with clock.at(MONDAY + timedelta(hours=4)):
        attendance.record_attendance(step.meeting, present=cast.board_members, by=cast.secretary)
        task, _ = page(client, cast.secretary, cast.region).context["tasks"]
    assert task.note == "Meer hulp dichtbij huis. Kan nog niet: advies volgt van Stuurgroep."


def test_a_stop_that_advises_waits_from_the_start_of_its_meeting(client, cast):
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    make.on_agenda(routed.steps.first(), cast.author, make.meeting(cast.steering, 0))
    assert tasks(client, cast.steering_secretary, cast.region) == []
    with clock.at(MONDAY + timedelta(hours=4)):
        assert tasks(client, cast.steering_secretary, cast.region) == [
            ("Vandaag", "", "Leg vast wat Stuurgroep meegaf"),
            ("Vandaag", "9.30 uur", "Leg vast wie er waren bij Stuurgroep"),
        ]


def test_who_is_author_and_secretary_sees_a_stop_once(client, cast, step):
    make.member(cast.board, cast.author, role=MemberRole.SECRETARY)
    expected = [("Wo 4 november", "over 2 dagen", "Zet een stuk op de agenda van Bestuur")]
    assert tasks(client, cast.author, cast.region) == expected


def test_the_day_of_delivery_is_shown_to_who_keeps_the_agenda_or_delivers(client, cast):
    make.meeting(cast.board, 8)
    for person, note in (
        (cast.secretary, "di 10 november, 9.30 uur, leverdatum 3 november"),
        (cast.author, "di 10 november, 9.30 uur, leverdatum 3 november"),
        (cast.alderman, "di 10 november, 9.30 uur"),
    ):
        meetings = page(client, person, cast.region).context["meetings"]
        assert [link.note for link in meetings] == [note]
