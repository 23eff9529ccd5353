"""The front door: who comes where."""

import pytest
from django.urls import reverse

from core import clock
from governance.enums import MemberRole
from tests import factories as make
from tests.regiovisie.home import MONDAY


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def test_a_stranger_reads_what_this_is_and_can_sign_in(client, db):
    response = client.get("/")
    assert response.templates[0].name == "regiovisie/home.html"
    assert f'href="{reverse("account_login")}"' in response.content.decode()


def test_the_landing_page_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get("/")


def test_who_has_one_region_goes_there(client, cast):
    client.force_login(cast.author)
    response = client.get("/")
    assert (response.status_code, response.url) == (302, "/waterland/")


def test_who_has_several_regions_chooses_and_sees_what_waits(client, cast):
    elsewhere = make.region("Heuvelland", slug="heuvelland")
    body = make.body(elsewhere, "Overleg Heuvelland")
    make.member(body, cast.author, role=MemberRole.SECRETARY)
    make.proposal(cast.author, cast.team)
    make.proposal(cast.author, cast.team, subject="Een tweede")
    client.force_login(cast.author)
    choices = client.get("/").context["choices"]
    assert [(c.name, c.url, c.waits, c.first) for c in choices] == [
        ("Heuvelland", "/heuvelland/", "Er wacht niets op u", ""),
        (
            "Waterland",
            "/waterland/",
            "2 taken wachten op u",
            "Maak een concept klaar voor de route",
        ),
    ]


def test_who_has_no_region_reads_what_to_do(client, db):
    nobody = make.user(email="nieuw@gemeente.example")
    client.force_login(nobody)
    response = client.get("/")
    assert response.templates[0].name == "regiovisie/home_none.html"
    assert "<strong>nieuw@gemeente.example</strong>" in response.content.decode()


def test_the_home_of_another_region_is_not_there(client, cast):
    client.force_login(cast.stranger)
    assert client.get("/waterland/").status_code == 404


def test_who_is_not_signed_in_signs_in_first(client, cast):
    response = client.get("/waterland/")
    assert response.url == f"{reverse('account_login')}?next=/waterland/"
