"""Lists of money: filters, sorting, totals, downloads, and the same queries with 1 and 3 rows."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from budget.domain import mandates, reallocations, suppliers
from budget.enums import MandateAct
from tests import factories as make
from tests import fund as funds
from tests.fund import eur


def numbers(page):
    """What stands in the first column, without the row of totals."""
    return [row.cells[0].value for row in page.context["rows"] if row.kind != "total"]


def test_commitments_narrow_sort_and_add_up(enter, house, url):
    funds.signed(house, 300, what="Bakker")
    funds.proposed(house, 200, line=house.crisis, what="Appel")
    funds.proposed(house, 100, year=2022, what="Citroen")
    client = enter(house.manager)
    for query, found in [
        ({}, ["2022-001", "2021-002", "2021-001"]),
        ({"year": "2021"}, ["2021-002", "2021-001"]),
        ({"line": house.crisis.pk}, ["2021-002"]),
        ({"state": "signed"}, ["2021-001"]),
        ({"state": "onzin", "line": "x", "year": "1"}, ["2022-001", "2021-002", "2021-001"]),
        ({"op": "waarvoor"}, ["2021-002", "2021-001", "2022-001"]),
        ({"op": "-bedrag"}, ["2021-001", "2021-002", "2022-001"]),
        ({"op": "onzin"}, ["2022-001", "2021-002", "2021-001"]),
    ]:
        assert numbers(client.get(url("commitment-list"), query)) == found, query
    page = client.get(url("commitment-list"), {"year": "2021", "op": "bedrag"})
    total = page.context["rows"][-1].cells
    assert total[2:6] == ["€\u00a0500", "", "€\u00a0300", "€\u00a00"]
    head = page.context["columns"][2]
    assert (head.sorted, head.sort) == ("ascending", "year=2021&op=-bedrag")


def test_what_waits_for_my_signature_stands_on_top(enter, house, url):
    funds.proposed(house, 200)
    own = funds.proposed(house, 100, by=house.holder)
    page = enter(house.holder).get(url("commitment-list"))
    assert [link.label for link in page.context["mine"]] == ["2021-001 Projectleiding"]
    assert own.number == "2021-002"
    assert enter(house.manager).get(url("commitment-list")).context["mine"] == []


def test_invoices_narrow_and_add_up_without_what_lapsed(enter, house, url):
    commitment = funds.signed(house, 900)
    funds.paid(house, commitment, 100, number="A1")
    funds.checked(
        house, commitment, 50, number="B2", received_on=funds.START.date().replace(month=1)
    )
    page = enter(house.manager).get(url("invoice-list"))
    assert numbers(page) == ["A1", "B2"]
    assert page.context["rows"][-1].cells[2] == "€\u00a0150"
    client = enter(house.manager)
    for state, found in [("open", ["B2"]), ("late", ["B2"]), ("paid", ["A1"]), ("disputed", [])]:
        assert numbers(client.get(url("invoice-list"), {"state": state})) == found, state
    assert [link.label for link in page.context["mine"]] == ["B2 van Bureau Brug"]


@pytest.mark.parametrize("name", ["commitment-download", "invoice-download", "ledger-download"])
def test_the_sheet_holds_the_same_rows_with_amounts_as_numbers(enter, house, url, name):
    funds.paid(house, funds.signed(house, 600), 100)
    response = enter(house.manager).get(url(name), {"year": "2021", "line": house.leading.pk})
    sheet = load_workbook(BytesIO(response.content)).active
    amounts = {
        "commitment-download": ("C", [600]),
        "invoice-download": ("C", [100]),
        "ledger-download": ("C", [1000, 600, 100, 100]),
    }
    column, found = amounts[name]
    assert [cell.value for cell in sheet[column]][1:] == found


LISTS = {
    "commitment-list": 18,
    "invoice-list": 19,
    "supplier-list": 16,
    "mandate-list": 17,
    "reallocation-list": 15,
    "ledger": 17,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), LISTS.items())
def test_a_list_asks_the_same_however_long_it_is(
    enter, house, url, name, queries, rows, django_assert_num_queries
):
    for _ in range(rows):
        supplier = suppliers.add_supplier(
            house.cast.region, name=make.user().email, by=house.cast.author
        )
        suppliers.declare_interest(supplier, make.user(), by=house.cast.author)
        commitment = funds.signed(house, 100, supplier=supplier)
        funds.proposed(house, 10, supplier=supplier)
        funds.payable(house, commitment, 10)
        funds.received(house, commitment, 10)
        reallocations.reallocate(
            house.spare, 2021, house.crisis, 2021, amount=eur(1), why="x", by=house.holder
        )
        mandates.grant_mandate(house.fund, make.user(), MandateAct.SIGN, by=house.cast.admin)
    client = enter(house.manager)
    client.get(url(name))
    with django_assert_num_queries(queries):
        assert client.get(url(name)).status_code == 200


def test_a_list_has_pages(enter, house, url, monkeypatch):
    monkeypatch.setattr("budget.views.money_commitments.PER_PAGE", 2)
    for _ in range(3):
        funds.proposed(house, 10)
    page = enter(house.manager).get(url("commitment-list"), {"page": "2"})
    assert numbers(page) == ["2021-001"]
    assert page.context["rows"][-1].cells[2] == "€\u00a030"
