"""Which columns are years, and which of them the budget."""

import re

import pytest

from budget.importing import read_budget
from core.refusal import Refused
from tests.budget.sheets import piped, workbook


def _read(text, **options):
    return read_budget(piped(text), "begroting.csv", **options)


def test_one_year_said_in_the_title():
    report = _read("""
Cliëntparticipatie 2021

post|bedrag
Ambassadeurs|20.000
Bijeenkomsten|13.000
Totaal|33.000
""")
    assert report.totals.stated == {2021: 33_000}
    assert report.contingency is None
    assert report.warnings == ["Het jaar 2021 is gelezen uit A1."]


@pytest.mark.parametrize(
    "head", ["begroting 2021", "2021 (t/m 1-7)", "jaar 2021", "2021*", "2021.0", "Uitgaven 2021"]
)
def test_words_around_a_year(head):
    report = _read(f"post|{head}\na|1")
    assert report.years == {2021: head}


def test_the_budget_and_not_what_was_spent():
    report = _read(
        "post|Begroting 2020|Realisatie 2020|2021|Begroting 2021\na|1|2|3|4\nTotaal|1||3"
    )
    assert report.headings[0].lines[0].amounts == {2020: 1, 2021: 4}
    assert [each.cell for each in report.unread] == ["C2", "D2", "D3"]
    assert report.warnings == [
        "C2: niet gelezen, want kolom ‘Realisatie 2020’ is niet wat er is begroot.",
        "D2 en D3: niet gelezen, want voor 2021 is een andere kolom als begroting gelezen.",
    ]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("post|2020|2020", "Voor 2020 staan er twee kolommen: B1 en C1."),
        ("post|2020/2021|x", "B1 (‘2020/2021’) is meer dan één jaar."),
        ("post|2020|1999", "C1 (‘1999’): het jaar 1999 valt buiten wat een begroting kan zijn"),
        ("post|bedrag|x", "Er zijn geen jaren gevonden."),
        ("post|Realisatie 2020|x", "dit zijn geen kolommen met begrote bedragen"),
    ],
)
def test_heads_that_are_refused(head, reason):
    with pytest.raises(Refused, match=re.escape(reason)):
        _read(f"{head}\na|1|2")


def test_a_year_outside_the_period_of_the_fund_is_refused():
    text = "post|2020|2023\na|1|2"
    with pytest.raises(
        Refused, match=r"C1 \(‘2023’\): .* looptijd van het fonds \(2020 tot en met"
    ):
        _read(text, period=(2020, 2022))
    assert list(_read(text, period=(2020, 2023)).years) == [2020, 2023]


@pytest.mark.parametrize("said", ["(x € 1.000)", "bedragen in duizenden euro's", "in USD"])
def test_amounts_in_another_unit_are_refused(said):
    with pytest.raises(Refused, match=r"^A1 \(‘.*: de bedragen staan in .* haal deze tekst weg"):
        _read(f"{said}\npost|2020\na|1")


def test_the_heads_again_on_a_next_page_are_no_line():
    report = _read("post|2020|2021\na|1|2\npost|2020|2021\nb|3|4\nTotaal|4|6")
    assert [line.name for line in report.headings[0].lines] == ["a", "b"]
    assert [each.cell for each in report.columns] == ["A1", "B1", "C1", "A3", "B3", "C3"]
    assert report.differences == []


def test_a_line_may_cost_what_a_year_is_called():
    report = _read("post|2020|2021\na|2020|2021\nTotaal|2020|2021")
    assert report.headings[0].lines[0].amounts == {2020: 2020, 2021: 2021}
    report = _read("post|2020\na|2020\nb|2020\nTotaal|4040")
    assert [line.amounts for line in report.headings[0].lines] == [{2020: 2020}] * 2


def test_a_column_with_only_the_sign_of_the_euro():
    rows = [["post", 2020, None, 2021, None], ["a", "€", 1, "€", 2], ["Totaal", "€", 1, "€", 2]]
    report = read_budget(workbook(rows, merged=["B1:C1", "D1:E1"]), "x.xlsx")
    assert report.headings[0].lines[0].amounts == {2020: 1, 2021: 2}
    assert report.differences == []


def test_columns_that_are_not_known_stay_whole():
    report = _read("post|2020|Eigenaar||\na|1|Jeugd|x|7\nTotaal|1|||")
    assert [(each.cell, each.reason) for each in report.unread] == [
        ("C2", "de kop van deze kolom is niet herkend"),
        ("E2", "deze kolom heeft geen kop"),
    ]
    assert report.headings[0].lines[0].explanation == "x"
