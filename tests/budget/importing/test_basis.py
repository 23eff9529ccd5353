"""Amounts beside what they are reckoned from: hours x weeks x rate, number x price."""

from decimal import Decimal

import pytest

from budget.importing import read_budget
from tests.budget.sheets import separated

HEAD = ["post", "2020", "2021", "uren per week", "weken", "weken_2021", "tarief", "toelichting"]


def _line(*cells, head=HEAD):
    report = read_budget(
        separated([head, ["Hulp", *cells], ["Raad", "1", "1"], ["Totaal"]], ";"), "x.csv"
    )
    return report, report.headings[0].lines[0]


def test_weeks_of_one_year_go_before_those_of_all():
    report, line = _line("11.000", "5.000", "2,5", "44", "20", "€ 100")
    assert {year: (basis.weeks, basis.amount) for year, basis in line.basis.items()} == {
        2020: (44, 11_000),
        2021: (20, 5_000),
    }
    assert report.basis_differences == []


def test_what_the_basis_does_not_make_is_said():
    report, _ = _line("11.000", "5.500", "2,5", "44", "20", "100", "afgerond")
    (found,) = report.basis_differences
    assert (found.line, found.year, found.cell) == ("Hulp", 2021, "C2")
    assert (found.stated, found.from_basis) == (5_500, 5_000)
    assert found.explanation == (
        "‘Hulp’ is in 2021 €\u00a05.500, maar 2,5 uur x 20 weken x 100 is €\u00a05.000. De "
        "toelichting zegt ‘afgerond’."
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("10.000", "", "2,5", "", "", ""),  # no weeks, no rate
        ("", "", "24", "44", "20", "100"),  # no amount in any year
        ("10.000", "", "", "", "", "100"),
        ("5.555", "", "1", "50,5", "", "110"),  # 5.555,00 exactly
        ("5.556", "", "1", "50,5", "", "110,01"),  # 5.555,505 rounded to whole euros
    ],
)
def test_no_difference(cells):
    report, _ = _line(*cells)
    assert report.basis_differences == []


def test_number_and_price():
    head = ["post", "2020", "aantal bijeenkomsten", "prijs per stuk"]
    report, line = _line("8.000", "2", "€ 4.000", head=head)
    assert (line.basis[2020].number, line.basis[2020].price) == (2, 4_000)
    report, _ = _line("8.000", "3", "€ 4.000", head=head)
    assert report.basis_differences[0].from_basis == 12_000
    assert "maar 3 x 4000 is €\u00a012.000." in report.basis_differences[0].explanation


def test_hours_without_weeks_are_a_number():
    _, line = _line("5.000", "50", "100", head=["post", "2020", "uren", "tarief"])
    assert (line.basis[2020].number, line.basis[2020].amount) == (50, 5_000)


def test_factors_that_cannot_be_are_unread_and_spoil_nothing():
    report, line = _line("11.000", "", "veel", "54", "", "-5")
    assert line.basis == {}
    assert {(each.cell, each.figure) for each in report.unread} == {
        *{("D2", False), ("E2", False), ("G2", False)}
    }
    assert report.is_complete
    assert len(report.warnings) == 3
    assert line.amounts == {2020: Decimal(11_000)}
