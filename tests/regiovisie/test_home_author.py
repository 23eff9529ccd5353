"""What waits for the programme team."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import layout, proposals, route
from governance.models import RouteStep
from tests import factories as make
from tests.regiovisie.home import MONDAY, page, tasks


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def routed(cast):
    return make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )


def test_a_concept_says_what_it_needs_and_when_it_is_ready(client, cast):
    concept = make.proposal(cast.author, cast.team)
    (task,) = page(client, cast.author, cast.region).context["tasks"]
    assert (task.due, task.title) == ("Zonder datum", "Maak een concept klaar voor de route")
    assert task.note == "Meer hulp dichtbij huis. Kies eerst een route."

    layout.add_step(concept, body=cast.board, purpose=make.DECIDE, by=cast.author)
    (task,) = page(client, cast.author, cast.region).context["tasks"]
    assert task.title == "Stuur een concept de route in"


def test_a_coauthor_gets_only_the_own_concept(client, cast):
    mine = make.proposal(cast.author, cast.team)
    make.proposal(cast.author, cast.team, subject="Van een ander")
    proposals.add_coauthor(mine, person=cast.coauthor, by=cast.author)
    (task,) = page(client, cast.coauthor, cast.region).context["tasks"]
    assert (task.title, task.note) == ("Schrijf mee aan een concept", "Meer hulp dichtbij huis.")


def test_stops_without_a_meeting_press_when_a_later_one_has_a_day(client, cast, routed):
    expected = [("Zonder datum", "", "Kies de vergaderingen van 2 haltes")]
    assert tasks(client, cast.author, cast.region) == expected

    route.plan_step(routed.steps.last(), make.meeting(cast.board, 42), by=cast.author)
    expected = [("Ma 7 december", "over 35 dagen", "Kies de vergadering van Stuurgroep")]
    assert tasks(client, cast.author, cast.region) == expected


def test_papers_wait_when_their_delivery_day_is_near(client, cast, routed):
    steering, board = routed.steps.all()
    route.plan_step(steering, make.meeting(cast.steering, 10), by=cast.author)
    route.plan_step(board, make.meeting(cast.board, 60), by=cast.author)
    expected = [("Do 5 november", "over 3 dagen", "Lever het stuk aan voor Stuurgroep")]
    assert tasks(client, cast.author, cast.region) == expected


def test_a_meeting_that_passed_asks_for_a_new_one(client, cast, routed):
    route.plan_step(routed.steps.first(), make.meeting(cast.steering, 1), by=cast.author)
    route.plan_step(routed.steps.last(), make.meeting(cast.board, 60), by=cast.author)
    with clock.at(MONDAY + timedelta(days=4)):
        assert tasks(client, cast.author, cast.region) == [
            ("Di 3 november", "3 dagen geleden", "Kies een nieuwe vergadering van Stuurgroep")
        ]


def test_advice_is_answered_and_then_the_final_version_is_frozen(client, cast, routed):
    steering, board = routed.steps.all()
    make.on_agenda(steering, cast.author, make.meeting(cast.steering, 0))
    make.on_agenda(board, cast.author, make.meeting(cast.board, 9))
    points = make.advised(steering, "Een", "Twee", by=cast.steering_secretary)
    (task,) = page(client, cast.author, cast.region).context["tasks"]
    assert (task.due, task.title) == ("Wo 11 november", "Beantwoord 2 adviespunten van Stuurgroep")
    assert task.note.endswith("Bestuur kan pas besluiten als elk punt een antwoord heeft.")
    assert task.url == f"/waterland/voorstellen/1/advies/{points[0].pk}/antwoord/"

    for point in points:
        make.answered(point, cast.author)
    assert tasks(client, cast.author, cast.region) == []
    with clock.at(MONDAY + timedelta(hours=4)):
        route.handle_step(RouteStep.objects.get(pk=steering.pk), by=cast.steering_secretary)
    expected = [("Wo 11 november", "over 9 dagen", "Zet de definitieve versie vast voor Bestuur")]
    assert tasks(client, cast.author, cast.region) == expected


def test_a_postponed_proposal_waits_and_is_not_under_way(client, cast, routed):
    (row,) = page(client, cast.author, cast.region).context["under_way"]
    assert (row.title, row.note) == (
        "Meer hulp dichtbij huis",
        "Procesvoorstel · nog geen einddatum",
    )
    proposals.change_state(routed, "postpone", by=cast.author, why="De begroting gaat voor.")
    response = page(client, cast.author, cast.region)
    assert [task.title for task in response.context["tasks"]] == [
        "Bepaal hoe het verder gaat met een uitgesteld voorstel"
    ]
    assert response.context["under_way"] == []


def test_a_planning_that_will_hurt_is_told_on_the_home_page(client, cast, routed):
    steering, board = routed.steps.all()
    route.plan_step(steering, make.meeting(cast.steering, 30), by=cast.author)
    route.plan_step(board, make.meeting(cast.board, 35), by=cast.author)
    (task,) = [
        task
        for task in page(client, cast.author, cast.region).context["tasks"]
        if task.title == "Herstel de planning van de route"
    ]
    assert task.url == f"/waterland/voorstellen/{routed.number}/planning/"
    assert "Er is geen tijd om advies van Stuurgroep op" in task.note


def test_a_delivery_day_that_passed_is_told(client, cast, routed):
    route.plan_step(routed.steps.first(), make.meeting(cast.steering, 2), by=cast.author)
    notes = [task.note for task in page(client, cast.author, cast.region).context["tasks"]]
    assert any(note.endswith("levertijd 5 werkdagen. De leverdatum is voorbij.") for note in notes)
