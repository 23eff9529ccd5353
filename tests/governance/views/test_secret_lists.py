"""What a list tells of something secret is read too: once a day, per person and paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from governance.domain.secrecy import impose_secrecy
from governance.models import ReadingLog
from tests import factories as make

SEEN = "gezien in een lijst"


@pytest.fixture
def paper(cast):
    """Secret to team and board, and on the agenda of the board."""
    made = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    make.on_agenda(made.steps.get(), cast.author, make.meeting(cast.board, 3))
    impose_secrecy(
        made,
        body=cast.team,
        ground="Privacy.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team, cast.board],
        by=cast.author,
    )
    return made


def readings(client, person, name, region, query=""):
    client.force_login(person)
    assert client.get(reverse(name, args=[region.slug]) + query).status_code == 200
    return list(ReadingLog.objects.filter(user=person).values_list("what", flat=True))


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("author", "governance:proposal-list"),
        ("author", "home-region"),
        ("alderman", "home-region"),
    ],
)
def test_a_list_that_names_it_is_a_reading_once_a_day(client, cast, paper, person, name):
    someone = getattr(cast, person)
    assert readings(client, someone, name, cast.region) == [SEEN]
    assert readings(client, someone, name, cast.region) == [SEEN]
    with clock.at(clock.now() + timedelta(days=1)):
        assert readings(client, someone, name, cast.region) == [SEEN, SEEN]


def test_a_decision_on_it_is_in_the_list_of_decisions_too(client, cast, paper):
    make.decided(paper.steps.get(), cast.secretary)
    assert readings(client, cast.secretary, "governance:decision-list", cast.region) == [SEEN]


def test_a_list_that_does_not_name_it_is_none(client, cast, paper):
    query = "?q=ietsanders"
    assert readings(client, cast.author, "governance:proposal-list", cast.region, query) == []
    assert readings(client, cast.reader, "home-region", cast.region) == []
