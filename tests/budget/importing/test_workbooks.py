"""What only an xlsx file has: formulas, formats, hidden and merged cells, several sheets."""

from datetime import date
from decimal import Decimal

import pytest

from budget.importing import read_budget
from tests.budget.sheets import Formula, Shown, workbook

ROWS = [
    ["post", 2020, 2021],
    ["Werk", None, None],
    ["Hulp", 100, 50.5],
    ["Raad", 20, None],
    ["Subtotaal Werk", Formula("SUM(B3:B4)", 120), Formula("SUM(C3:C4)", 50.5)],
    ["Totaal", Formula("B5", 120), Formula("C5", 50.5)],
]


def _read(rows=ROWS, **options):
    return read_budget(workbook(rows, **options), "begroting.xlsx")


def _with(place, value):
    column, row = "ABC".index(place[0]), int(place[1:]) - 1
    rows = [list(each) for each in ROWS]
    rows[row][column] = value
    return rows


def test_kept_results_of_formulas_are_read():
    report = _read()
    assert report.totals.stated == {2020: 120, 2021: Decimal("50.50")}
    assert report.totals.cells == {2020: "B6", 2021: "C6"}
    assert (report.sheet, report.differences, report.warnings) == ("Begroting", [], [])


@pytest.mark.parametrize(
    ("value", "shown", "reason"),
    [
        (Formula("SUM(B3:B4)"), "=SUM(B3:B4)", "deze formule heeft geen bewaarde uitkomst."),
        (Formula("B9/0", "#DIV/0!"), "#DIV/0!", "hier staat een foutmelding van het rekenblad."),
        (Formula("X1", "#REF!"), "#REF!", "hier staat een foutmelding van het rekenblad."),
        (Formula("SUM(B3:B5)", 0), "0", "deze formule verwijst in een kring naar zichzelf"),
        (True, "WAAR", "dit is geen bedrag."),
        (date(2020, 7, 1), "1-7-2020", "dit is een datum en geen bedrag."),
        (Shown(0.075, "0.0%"), "7,5%", "dit is een percentage en geen bedrag."),
        (Shown(120, '"$"#,##0'), "120", "dit is een andere munt."),
        (Shown(120, "[$£-809]#,##0"), "120", "dit is een andere munt."),
        (Shown(120, "#,##0 [$CHF]"), "120", "dit is een andere munt."),
        (120.125, "120,125", "dit heeft meer dan twee cijfers achter de komma."),
        (20_000_000_000, "20000000000", "dit is meer dan 10 miljard euro."),
        ("veel", "veel", "dit is geen bedrag."),
    ],
)
def test_a_figure_that_cannot_be_read_is_said_with_its_cell(value, shown, reason):
    """What counts on it cannot be checked; nothing is made up and no difference is invented."""
    report = _read(_with("B5", value))
    assert report.warnings[0].startswith(f"B5 (‘{shown}’): {reason}")
    assert [(each.cell, each.text, each.figure) for each in report.unread] == [("B5", shown, True)]
    assert 2020 not in report.headings[0].figures.stated
    assert report.headings[0].figures.computed[2020] == 120
    assert (report.differences, report.is_complete) == ([], False)


def test_what_counts_on_an_unread_line_is_not_recomputed():
    report = _read(_with("B3", "veel"))
    assert report.headings[0].lines[0].unreadable == {2020: "B3"}
    assert 2020 not in report.headings[0].figures.computed
    assert report.differences == []
    assert "B5 (Werk, 2020) is niet na te rekenen: eronder staat een cel die niet is gelezen." in (
        report.warnings
    )


@pytest.mark.parametrize("form", ["€ #,##0.00", "[$€-413] #,##0", "[$-413]#,##0", "0", "#,##0_-"])
def test_euros_in_any_format(form):
    assert _read(_with("B3", Shown(100, form))).differences == []


def test_texts_that_hold_amounts():
    report = _read(_with("C3", "€ 50,50"))
    assert report.headings[0].lines[0].amounts == {2020: 100, 2021: Decimal("50.50")}


def test_a_formula_that_makes_parts_of_cents_is_rounded():
    """Three times 33,333... makes 100 in the sheet, and 99,99 in cents: said, and no difference."""
    third = Formula("100/3", Decimal("33.333333333333336"))
    rows = [["post", 2020], ["Werk"], ["a", third], ["b", third], ["c", third]]
    report = _read([*rows, ["Subtotaal Werk", 100], ["Totaal", 100]])
    assert [line.amounts[2020] for line in report.headings[0].lines] == [Decimal("33.33")] * 3
    assert report.differences == []
    assert report.warnings[0].startswith("B6 (Werk, 2020) klopt met de uitkomsten van de formules")
    assert "B3 (‘33,333333’), B4 (‘33,333333’) en B5" in report.warnings[1]


def test_a_year_as_a_day_shown_by_its_year():
    rows = [["post", Shown(date(2020, 1, 1), "yyyy")], ["a", 1]]
    assert list(_read(rows).years) == [2020]


def test_hidden_rows_and_columns_count_and_are_said():
    report = _read(hidden_rows=[3, 9], hidden_columns="C")
    assert report.totals.stated[2021] == Decimal("50.50")
    assert report.warnings == [
        "Rij 3 is verborgen; zij telt mee.",
        "Kolom C is verborgen; zij telt mee.",
    ]


def test_merged_heads_and_headings():
    rows = [
        ["thema", "post", "Begroting", None, "Realisatie"],
        [None, None, 2020, 2021, 2020],
        ["Werk", "Hulp", 1, 2, 9],
        [None, "Raad", 3, 4, 9],
        ["Zorg", "Thuis", 5, 6, 9],
    ]
    report = _read(rows, merged=["A1:A2", "B1:B2", "C1:D1", "A3:A4"])
    assert [(each.name, len(each.lines)) for each in report.headings] == [("Werk", 2), ("Zorg", 1)]
    assert report.headings[0].lines[1].amounts == {2020: 3, 2021: 4}
    assert {each.cell for each in report.unread} == {"E3", "E4", "E5"}


def test_years_above_several_columns():
    rows = [
        ["post", 2020, None, None, 2021, None, None],
        [None, "uren", "tarief", "bedrag", "uren", "tarief", "bedrag"],
        ["Hulp", 10, 50, 500, 20, 60, 1200],
    ]
    (line,) = _read(rows, merged=["B1:D1", "E1:G1"]).headings[0].lines
    assert line.amounts == {2020: 500, 2021: 1200}
    assert {year: basis.amount for year, basis in line.basis.items()} == line.amounts


def test_the_sheet_that_reads_as_a_budget():
    sheets = {"Toelichting": [["Dit is een uitleg."]], "2020": ROWS[:3], "Begroting": ROWS}
    report = _read(sheets)
    assert report.sheet == "Begroting"
    assert report.warnings == [
        "Het blad ‘Toelichting’ is niet gelezen (1 gevulde cel).",
        "Het blad ‘2020’ is niet gelezen (7 gevulde cellen). Het lijkt ook een begroting: kies "
        "het zelf als u dat blad bedoelt.",
    ]
    chosen = read_budget(workbook(sheets), "x.xlsx", sheet="2020")
    assert (chosen.sheet, len(chosen.headings[0].lines)) == ("2020", 1)


def test_a_hidden_sheet_is_read_when_there_is_no_other():
    sheets = {"Uitleg": [["Dit is een uitleg."]], "Begroting": ROWS}
    report = _read(sheets, hidden_sheets=["Begroting"])
    assert "Het blad ‘Begroting’ is verborgen. Het is wel gelezen." in report.warnings


def test_comments_on_cells_are_notes():
    report = _read(comments={"B3": "Nog te bespreken"})
    assert [(note.cell, note.text) for note in report.notes] == [("B3", "Nog te bespreken")]
