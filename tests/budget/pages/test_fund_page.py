"""The page of a fund: what is left, per heading, what changed, and what can be done."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from budget.domain import commitments, lines, reallocations, versions
from core import clock
from tests import fund as walk

pytestmark = pytest.mark.django_db


def test_it_says_what_was_granted_budgeted_promised_and_is_left(house, page, text):
    walk.paid(house, walk.signed(house, 600), 250)
    shown = text(page(house.cast.reader, "fund", house.fund))
    for words in (
        "Toegekend € 5.000 1 termijn",
        "Begroot € 4.000 € 1.000 niet begroot",
        "Vastgelegd € 600 € 250 betaald",
        "Nog vrij € 4.400 waarvan € 500 onvoorzien",
    ):
        assert words in shown


def test_a_year_shows_every_figure_of_every_line(house, page, text):
    walk.paid(house, walk.signed(house, 600), 250)
    walk.proposed(house, 100)
    shown = text(page(house.cast.reader, "fund", house.fund, jaar="2021"))
    assert "Posten in 2021" in shown
    assert "Projectleiding € 1.000 € 600 € 250 € 250 € 400 € 700" in shown
    assert "Projectleiding € 500 € 0 € 0 € 0 € 500 € 0" not in shown
    later = text(page(house.cast.reader, "fund", house.fund, jaar="2022"))
    assert "Projectleiding € 500 € 0 € 0 € 0 € 500 € 0" in later


def test_without_a_year_it_is_this_one_and_a_wrong_one_gives_all(house, page, text):
    assert "Posten in 2021" in text(page(house.cast.reader, "fund", house.fund))
    for asked in ("1999", "abc", "99999999999999999999", "alle"):
        assert "Posten in" not in text(page(house.cast.reader, "fund", house.fund, jaar=asked))


def test_the_balance_of_each_year_end_stands_in_a_table(house, page, text):
    with clock.at(datetime(2022, 2, 1, 9)):
        shown = text(page(house.cast.reader, "fund", house.fund))
    assert "31 december 2021 € 1.500 € 5.000 € 5.000 € 5.000" in shown
    assert "1 juli 2022 € 1.000 – – –" in shown


def test_what_changed_counts_from_a_day(house, page, text):
    with clock.at(walk.START + timedelta(days=40)):
        walk.signed(house, 600)
        reallocations.reallocate(
            house.spare,
            2021,
            house.crisis,
            2021,
            amount=walk.eur(50),
            why="Meer crisis.",
            by=house.holder,
        )
        since = text(page(house.cast.reader, "fund", house.fund))
        assert "Projectleiding 2021 – + € 600 – – € 400" in since
        assert "Onvoorzien 2021 − € 50" in since
        today = f"{clock.today():%d-%m-%Y}"
        nothing = text(page(house.cast.reader, "fund", house.fund, sinds=today))
        assert "niets begroot, vastgelegd" in nothing
        for wrong in ("morgen", "31-2-2021", "1-1-2999"):
            assert "+ € 600" in text(page(house.cast.reader, "fund", house.fund, sinds=wrong))


def test_a_line_that_went_without_money_is_gone(house, page, text):
    version = versions.draft_version(house.fund, by=house.cast.author)
    lines.remove_line(walk.budget_line(version, "Projectleiding"), by=house.cast.author)
    walk.adoption.adopt_version(version, ground=walk.GROUND, by=house.cast.author)
    shown = text(page(house.cast.reader, "fund", house.fund))
    assert "Vervallen posten" not in shown
    assert "Begroot € 2.500" in shown


def test_only_who_writes_sees_what_can_be_done(house, page, text):
    assert "Nieuwe versie" in text(page(house.cast.author, "fund", house.fund))
    assert "Nieuwe versie" not in text(page(house.cast.reader, "fund", house.fund))


def test_a_fund_without_a_grant_asks_for_it_first(cast, page, text):
    fund = walk.opened(cast, granted=0)
    shown = text(page(cast.author, "fund", fund))
    assert "Vul in wat is toegekend" in shown
    assert "Leg eerst vast hoeveel geld is toegekend." in shown
    assert "Er is nog geen begroting vastgesteld." in shown


def test_a_line_tells_its_years_and_where_it_stands(house, page, text):
    walk.signed(house, 600)
    shown = text(page(house.cast.reader, "line", house.fund, house.leading.pk))
    assert "Post van Organisatie" in shown
    assert "2021 € 1.000 € 600 € 0 € 0 € 400 € 600" in shown
    assert "Samen € 1.500 € 600" in shown
    assert page(house.cast.reader, "line", house.fund, 10**9).status_code == 404


def test_one_fund_opens_at_once_and_the_list_is_still_there(house, client):
    client.force_login(house.cast.reader)
    url = reverse("budget:fund-list", args=[house.fund.region.slug])
    assert client.get(url).url == reverse("budget:fund", args=["waterland", house.fund.slug])
    assert "Transformatiefonds" in client.get(url, {"alle": 1}).content.decode()


def test_who_reads_no_figures_finds_what_is_public(house, client):
    client.force_login(house.cast.provider)
    url = reverse("budget:fund-list", args=[house.fund.region.slug])
    assert "geen fonds dat u kunt lezen" in client.get(url).content.decode()
    walk.funds.publish_totals(house.fund, by=house.cast.author)
    public = reverse("budget:fund-public", args=["waterland", house.fund.slug])
    assert public in client.get(url).content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_the_queries_do_not_grow_with_the_money(house, client, rows, django_assert_num_queries):
    for _ in range(rows):
        walk.paid(house, walk.signed(house, 50), 20)
    client.force_login(house.cast.reader)
    url = reverse("budget:fund", args=["waterland", house.fund.slug])
    client.get(url)
    with django_assert_num_queries(27):
        client.get(url)


def test_many_funds_cost_as_much_as_two(house, client, django_assert_num_queries):
    client.force_login(house.cast.reader)
    url = reverse("budget:fund-list", args=["waterland"]) + "?alle=1"
    client.get(url)
    with django_assert_num_queries(17):
        client.get(url)
    for number in range(3):
        walk.opened(house.cast, slug=f"fonds-{number}")
    with django_assert_num_queries(17):
        client.get(url)


def test_what_was_committed_and_cancelled_is_nothing(house, page, text):
    commitments.cancel_commitment(walk.signed(house, 600), why="Gaat niet door.", by=house.holder)
    assert "Vastgelegd € 0 € 0 betaald" in text(page(house.cast.reader, "fund", house.fund))
