"""What the secretary of a body finds on the page of a proposal beside her own turn."""

import re

import pytest
from django.urls import reverse

from core import clock
from governance.domain import secrecy
from tests import factories as make


@pytest.fixture
def routed(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    make.on_agenda(proposal.steps.first(), cast.author)
    return proposal


def links(client, person, proposal):
    """The links of the page: label and address."""
    client.force_login(person)
    url = reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number])
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)', client.get(url).content.decode())
    return {label: address for address, label in found}


def test_she_records_advice_outside_the_route_and_imposes_secrecy(client, cast, routed):
    found = links(client, cast.steering_secretary, routed)
    pages = [client.get(found[n]) for n in ("Advies buiten de route", "Geheimhouding opleggen")]
    assert [page.context["title"] for page in pages] == [
        "Advies buiten de route",
        "Geheimhouding opleggen",
    ]


def test_a_member_finds_neither(client, cast, routed):
    found = links(client, cast.reader, routed)
    assert {"Advies buiten de route", "Geheimhouding opleggen"} & set(found) == set()


def test_who_imposed_secrecy_finds_who_read_it_and_lifts_it(client, cast, routed):
    secrecy.impose_secrecy(
        routed,
        body=cast.board,
        ground="Belang van de onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.board, cast.steering],
        by=cast.secretary,
    )
    found = links(client, cast.secretary, routed)
    assert client.get(found["Wie het las"]).context["readings"].count() == 1
    assert client.get(found["Geheimhouding opheffen"]).context["title"] == "Geheimhouding opheffen"
    assert "Geheimhouding opleggen" not in found

    others = links(client, cast.steering_secretary, routed)
    assert {"Wie het las", "Geheimhouding opheffen"} & set(others) == set()
