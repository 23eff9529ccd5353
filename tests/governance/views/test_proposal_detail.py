import pytest
from django.urls import reverse

from governance.domain import proposals
from tests import factories as make

QUERIES = 47


@pytest.fixture
def routed(cast):
    return make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )


def page(client, person, proposal):
    client.force_login(person)
    return client.get(
        reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number])
    )


def test_the_author_reads_the_concept_and_what_is_missing(client, cast):
    response = page(client, cast.author, make.proposal(cast.author, cast.team))
    assert [item.reason for item in response.context["now"].not_yet] == ["Kies eerst een route."]
    assert "Gezinnen wachten te lang." in response.content.decode()


@pytest.mark.parametrize("who", ["stranger", "admin", "reader", "provider", "alderman"])
def test_a_concept_is_not_there_for_others(client, cast, who):
    response = page(client, getattr(cast, who), make.proposal(cast.author, cast.team))
    assert response.status_code == 404


def test_a_member_reads_the_version_frozen_for_the_body(client, cast, routed):
    make.on_agenda(routed.steps.first(), cast.author)
    version = proposals.texts.working_version(routed, by=cast.author)
    proposals.texts.add_point(version, text="Een later punt.", by=cast.author)

    response = page(client, cast.reader, routed)

    assert response.context["version"].number == 1
    assert "Een later punt." not in response.content.decode()


@pytest.mark.parametrize("points", [1, 3])
def test_the_queries_do_not_grow_with_the_advice(
    client, cast, routed, points, django_assert_num_queries
):
    make.on_agenda(routed.steps.first(), cast.author, make.meeting(cast.steering, 0))
    given = ["Een", "Twee", "Drie"][:points]
    make.advised(routed.steps.first(), *given, by=cast.steering_secretary)
    page(client, cast.author, routed)
    with django_assert_num_queries(QUERIES):
        page(client, cast.author, routed)
