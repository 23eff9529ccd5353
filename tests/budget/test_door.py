"""A mandate alone lets somebody into its region, and nowhere else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from budget.domain import mandates
from core import clock
from governance.standing import enters, standing_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_who_has_only_a_mandate_finds_her_region(client, house):
    client.force_login(house.holder)
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/waterland/"
    page = client.get(reverse("budget:commitment-list", args=["waterland", house.fund.slug]))
    assert page.status_code == 200
    assert client.get("/bergland/").status_code == 404


def test_when_it_ends_the_door_closes(client, house):
    assert standing_of(house.holder).regions == {house.cast.region.pk}
    for mandate in house.fund.mandates.filter(user=house.holder):
        mandates.end_mandate(mandate, on=clock.today() - timedelta(days=1), by=house.cast.admin)
    assert standing_of(house.holder).regions == frozenset()
    client.force_login(house.holder)
    assert client.get("/waterland/").status_code == 404


def test_who_belongs_to_another_region_comes_in_as_well(house):
    make.member(make.body(make.region("Heuvelland", slug="heuvelland")), house.holder)
    assert house.cast.region.pk not in standing_of(house.holder).regions
    assert enters(house.holder, house.cast.region.pk)


def test_nobody_is_asked_about_who_belongs_there(house, django_assert_num_queries):
    standing_of(house.cast.author)
    with django_assert_num_queries(0):
        assert enters(house.cast.author, house.cast.region.pk)
