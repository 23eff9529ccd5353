"""What the fund holds through the years, and the drawdown below the table."""

from decimal import Decimal

from budget.importing import read_budget
from budget.importing.result import Scope
from tests.budget.sheets import separated

BUDGET = [["post", "2020", "2021"], ["Hulp", "100", "150"], ["Totaal", "100", "150"], []]
DRAWDOWN = [
    ["Subsidie", "€ 400"],
    ["Realisatie 2019", "€ 100", "nog niet definitief"],
    ["31-12-2019", "€ 300"],
    ["31-12-2020", "€ 200"],
    ["1 januari 2022", "€ 50"],
]


def _read(drawdown=(), **options):
    return read_budget(separated([*BUDGET, *drawdown], ";"), "x.csv", **options)


def _with(row, amount):
    rows = [list(each) for each in DRAWDOWN]
    rows[row][1] = amount
    return rows


def test_balances_follow_from_the_opening():
    report = _read(opening=Decimal(260))
    assert report.fund.balances == {2020: 160, 2021: 10}
    assert report.warnings == []


def test_a_shortage_is_said_with_its_years():
    report = _read(opening=Decimal(90))
    assert report.fund.balances == {2020: -10, 2021: -160}
    assert report.warnings == [
        "Er is meer begroot dan het fonds heeft. Het komt tekort: eind 2020 €\u00a010 en eind 2021 "
        "€\u00a0160."
    ]


def test_without_an_opening_there_are_no_balances():
    assert _read().fund is None


def test_the_drawdown_is_read_and_right():
    report = _read(DRAWDOWN)
    fund = report.fund
    assert (fund.grant, fund.realised, fund.opening, fund.opening_cell) == (400, 100, 300, "B7")
    assert fund.stated == {2019: 300, 2020: 200, 2021: 50}
    assert (report.differences, report.unread) == ([], [])
    assert {note.text for note in report.notes} == {
        *(row[0] for row in DRAWDOWN),
        "nog niet definitief",
    }
    assert report.warnings == ["Het beginsaldo €\u00a0300 is gelezen uit B7."]


def test_a_slip_in_one_balance_is_one_difference():
    for row, year in ((2, 2019), (3, 2020), (4, 2021)):
        (found,) = _read(_with(row, "€ 250")).differences
        assert (found.scope, found.year) == (Scope.BALANCE, year)


def test_a_slip_in_a_total_is_no_slip_in_the_balances():
    rows = [*BUDGET[:2], ["Totaal", "110", "150"], [], *DRAWDOWN]
    report = read_budget(separated(rows, ";"), "x.csv")
    assert [(each.scope, each.year) for each in report.differences] == [(Scope.TOTAL, 2020)]


def test_the_opening_that_is_given_goes_before_that_of_the_sheet():
    report = _read(DRAWDOWN, opening=Decimal(310))
    assert report.fund.balances == {2020: 210, 2021: 60}
    assert report.warnings == [
        "Het blad noemt een beginsaldo van €\u00a0300 (B7). Gerekend is met €\u00a0310."
    ]


def test_other_rows_below_the_total_are_kept_as_unread():
    report = _read([["Dekking", "", ""], ["Gemeenten", "60", "90"]])
    assert [(note.cell, note.text) for note in report.notes] == [("A5", "Dekking")]
    assert [each.cell for each in report.unread] == ["A6", "B6", "C6"]
    assert report.warnings[0].startswith("Niet geplaatst: A6 (‘Gemeenten’), B6 (‘60’) en C6")
