from datetime import datetime

import pytest
from django.urls import reverse

from core import clock
from governance.domain import secrecy
from tests import factories as make


def page(client, person, region, **query):
    client.force_login(person)
    return client.get(reverse("governance:meeting-list", args=[region.slug]), query)


def titles(lines):
    return [line.title for line in lines]


@pytest.fixture
def meetings(cast):
    return [
        make.meeting(cast.aoj, 20),
        make.meeting(cast.board, 7),
        make.meeting(cast.board, -7),
        make.meeting(cast.steering, -30),
    ]


def test_the_author_sees_every_meeting_of_the_region_in_order(client, cast, meetings):
    response = page(client, cast.author, cast.region)
    assert titles(response.context["coming"]) == ["Bestuur", "Ambtelijk overleg"]
    assert titles(response.context["past"]) == ["Bestuur", "Stuurgroep"]


def test_a_member_sees_the_meetings_of_her_body_only(client, cast, meetings):
    response = page(client, cast.alderman, cast.region)
    assert titles(response.context["coming"] + response.context["past"]) == ["Bestuur", "Bestuur"]
    assert [body.name for body in response.context["form"].fields["body"].queryset] == ["Bestuur"]
    assert not response.context["can_plan"]


def test_a_stranger_finds_no_region(client, cast, meetings):
    assert page(client, cast.stranger, cast.region).status_code == 404


def test_the_filter_keeps_one_body_and_ignores_nonsense(client, cast, meetings):
    response = page(client, cast.author, cast.region, body="aoj")
    assert titles(response.context["coming"]) == ["Ambtelijk overleg"]
    assert response.context["past"] == []
    response = page(client, cast.author, cast.region, body="bestaat-niet")
    assert len(response.context["coming"]) == 2


def test_the_count_leaves_out_what_is_secret_for_the_reader(client, cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    make.on_agenda(proposal.steps.get(), cast.author)
    line = page(client, cast.alderman, cast.region).context["coming"][0]
    assert line.note.split(" · ")[0] == "1 stuk"
    secrecy.impose_secrecy(
        proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    line = page(client, cast.alderman, cast.region).context["coming"][0]
    assert line.note.split(" · ")[0] == "Nog geen stukken"


def test_a_coming_meeting_says_until_when_papers_may_come_in(client, cast):
    with clock.at(datetime(2027, 3, 1, 9)):
        make.meeting(cast.board, 9, place="Raadzaal")
        make.meeting(cast.board, 3)
        make.meeting(cast.board, -3)
        found = page(client, cast.alderman, cast.region).context
    assert [line.note for line in found["coming"] + found["past"]] == [
        "Nog geen stukken · leverdatum was 25 februari",
        "Nog geen stukken · leverdatum 3 maart · Raadzaal",
        "Geen stukken",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_list(client, cast, count, django_assert_num_queries):
    for days in range(1, count + 1):
        make.meeting(cast.board, days)
        make.meeting(cast.board, -days)
    client.force_login(cast.alderman)
    url = reverse("governance:meeting-list", args=[cast.region.slug])
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 16
