"""The top of every page: regions, menu by right, and where you are."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from governance.domain import proposals
from governance.standing import standing_of
from regiovisie.context_processors import Portal
from tests import factories as make


def portal(person, region=None, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    if region:
        request.region = region
    return Portal(request)


def shown(links):
    return [(link.label, link.url, link.current) for link in links]


def test_who_has_one_region_finds_it_on_every_page(cast):
    top = portal(cast.reader, path="/hulp/")
    assert (top.region.label, top.region.url) == ("Waterland", "/waterland/")
    assert shown(top.regions) == [("Waterland", "/waterland/", True)]
    assert top.who == "lid van de stuurgroep"


def test_who_has_several_switches_between_them(cast):
    elsewhere = make.region("Heuvelland", slug="heuvelland")
    make.member(make.body(elsewhere), cast.reader)
    assert shown(portal(cast.reader, elsewhere, "/heuvelland/").regions) == [
        ("Heuvelland", "/heuvelland/", True),
        ("Waterland", "/waterland/", False),
    ]
    outside = portal(cast.reader, path="/hulp/")
    assert (outside.region, outside.nav) == (None, [])


def test_a_region_by_municipality_or_by_one_proposal_counts(cast):
    proposal = make.proposal(cast.author, cast.team)
    proposals.add_coauthor(proposal, person=cast.coauthor, by=cast.author)
    for person in (cast.adviser, cast.coauthor):
        assert [link.label for link in portal(person).regions] == ["Waterland"]


MEMBER = [
    "Wat wacht",
    "Voorstellen",
    "Vergaderingen",
    "Actiepunten",
    "Besluiten",
    "Gemeenten",
    "Nulmeting",
    "Fonds",
]


@pytest.mark.parametrize(
    ("who", "labels"), [("reader", MEMBER), ("author", MEMBER), ("admin", [*MEMBER, "Organisatie"])]
)
def test_the_menu_follows_the_right(cast, who, labels):
    top = portal(getattr(cast, who), cast.region, "/waterland/")
    assert [link.label for link in top.nav] == labels


def test_a_stranger_sees_only_what_is_public(cast):
    for person in (AnonymousUser(), cast.stranger):
        top = portal(person, cast.region, "/waterland/besluiten/")
        assert shown(top.nav) == [("Besluiten", "/waterland/besluiten/", True)]
    assert portal(AnonymousUser()).who == ""


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/waterland/", "Wat wacht"),
        ("/waterland/voorstellen/", "Voorstellen"),
        ("/waterland/voorstellen/3/route/", "Voorstellen"),
        ("/waterland/vergaderingen/3/", "Vergaderingen"),
    ],
)
def test_the_longest_address_is_where_you_are(cast, path, current):
    top = portal(cast.reader, cast.region, path)
    assert [link.label for link in top.nav if link.current] == [current]


def test_the_account_menu_leads_somewhere(client, cast):
    person = make.user(password="een lang wachtwoord")
    client.force_login(person)
    for link in portal(person).account:
        assert client.get(link.url).status_code != 404


def test_the_top_costs_one_query_beside_the_standing(cast, django_assert_num_queries):
    standing_of(cast.admin)
    with django_assert_num_queries(1):
        top = portal(cast.admin, cast.region, "/waterland/")
        assert (top.region is not None, len(top.nav), len(top.regions)) == (True, 9, 1)
