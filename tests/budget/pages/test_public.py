"""What everybody sees of a fund: totals once they were published, and nothing else ever."""

import pytest
from django.urls import reverse

from budget.domain import funds
from tests import fund as walk

pytestmark = pytest.mark.django_db


def test_before_publication_there_is_nothing(house, page):
    for person in (None, house.cast.stranger, house.cast.reader):
        assert page(person, "fund-public", house.fund).status_code == 404


def test_totals_are_shown_without_lines_and_suppliers(house, page, text):
    walk.paid(house, walk.signed(house, 600), 250)
    funds.publish_totals(house.fund, by=house.cast.author)
    shown = text(page(None, "fund-public", house.fund))
    assert "2021 € 3.500 € 250" in shown
    assert "2022, tot 1-7 € 500 € 0" in shown
    assert "Nog niet besteed € 4.750" in shown
    for secret in ("Projectleiding", "Spoed", "Bureau Brug", "Onvoorzien", "€ 600"):
        assert secret not in shown


def test_the_team_publishes_and_takes_back(house, page):
    page(house.cast.author, "fund-publish", house.fund, data={})
    assert page(None, "fund-public", house.fund).status_code == 200
    page(house.cast.author, "fund-publish", house.fund, data={})
    assert page(None, "fund-public", house.fund).status_code == 404


def test_it_costs_the_same_whatever_the_money(house, client, django_assert_num_queries):
    funds.publish_totals(house.fund, by=house.cast.author)
    url = reverse("budget:fund-public", args=["waterland", house.fund.slug])
    for _ in range(2):
        walk.paid(house, walk.signed(house, 50), 20)
        with django_assert_num_queries(3):
            client.get(url)
