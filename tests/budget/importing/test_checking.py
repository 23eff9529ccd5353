"""Which slips are found, once each, and what is said of them."""

from decimal import Decimal

import pytest

from budget.importing import read_budget
from budget.importing.result import Scope
from tests.budget.sheets import separated

SHEET = """
post|2020
Werk
Hulp|100
Raad|20
Steun|7
Subtotaal Werk|{werk}
Zorg
Thuis|50
Subtotaal Zorg|50
Subtotaal|{subtotal}
Onvoorzien{about} 10%|{contingency}
Totaal|{total}
"""


def _read(werk=127, subtotal=177, contingency="17,70", total="194,70", about="", **options):
    text = SHEET.format(
        werk=werk, subtotal=subtotal, contingency=contingency, total=total, about=about
    )
    rows = [line.split("|") for line in text.strip().split("\n")]
    return read_budget(separated(rows, ";"), "begroting.csv", **options)


def _found(report):
    return [(each.scope, each.difference) for each in report.differences]


def test_a_right_sheet_has_no_differences():
    report = _read()
    assert (report.differences, report.consequences, report.warnings) == ([], [], [])


@pytest.mark.parametrize(
    "above",
    [
        {},  # the slip stands alone: everything above is right
        {"subtotal": 157, "contingency": "15,70", "total": "172,70"},  # carried all the way
        {"subtotal": 157},  # carried by the subtotal only
        {"subtotal": 157, "total": "174,70"},  # carried past the contingency
    ],
)
def test_a_slip_is_one_difference_however_far_it_is_carried(above):
    report = _read(werk=107, **above)
    assert _found(report) == [(Scope.HEADING, 20)]
    assert report.differences[0].explanation == (
        "De posten onder ‘Werk’ maken in 2020 samen €\u00a0127. In B6 staat €\u00a0107: €\u00a020 "
        "minder. Dat is precies ‘Raad’ (B4): niet meegeteld."
    )


def test_what_mending_costs_follows_the_carrying():
    (alone,) = _read(werk=107).consequences
    assert (alone.cost, alone.with_contingency) == (0, None)
    assert alone.explanation.startswith("De totalen erboven kloppen al.")
    carried = _read(
        werk=107, subtotal=157, contingency="15,70", total="172,70", opening=Decimal(180)
    )
    (mended,) = carried.consequences
    assert (mended.cost, mended.with_contingency) == (20, 22)
    assert (mended.balance, mended.balance_with_contingency) == (
        *(Decimal("-12.70"), Decimal("-14.70")),
    )


@pytest.mark.parametrize(
    ("slip", "scope"),
    [
        ({"subtotal": 187}, Scope.SUBTOTAL),
        ({"contingency": "27,70"}, Scope.CONTINGENCY),
        ({"total": "204,70"}, Scope.TOTAL),
    ],
)
def test_a_slip_higher_up_is_found_where_it_is(slip, scope):
    assert _found(_read(**slip)) == [(scope, -10)]


def test_two_slips_are_two_differences():
    report = _read(werk=107, subtotal=157, contingency="15,70", total="182,70")
    assert _found(report) == [(Scope.HEADING, 20), (Scope.TOTAL, -10)]


@pytest.mark.parametrize(
    ("werk", "reason"),
    [
        (100, "minder. Dat is precies ‘Raad’ (B4) en ‘Steun’ (B5): niet meegeteld."),
        (134, "meer. Dat is precies ‘Steun’ (B5): misschien dubbel geteld."),
        (217, "meer. Er lijken twee cijfers verwisseld."),
        (128, "meer. Dat kan komen doordat bedragen zijn afgerond op hele euro's."),
        (170, "€\u00a043 meer."),
    ],
)
def test_why_perhaps(werk, reason):
    (difference,) = _read(werk=werk).differences
    assert difference.explanation.endswith(reason)


def test_lines_that_explain_equally_well_are_not_named():
    rows = [
        ["post", "2020"],
        ["Werk"],
        ["a", "5"],
        ["b", "5"],
        ["c", "7"],
        ["Subtotaal Werk", "12"],
    ]
    (difference,) = read_budget(separated(rows), "x.csv").differences
    assert difference.explanation.endswith("€\u00a05 minder.")


def test_an_empty_cell_in_a_row_of_totals_leaves_its_lines_out():
    rows = [["post", "2020", "2021"], ["Werk"], ["a", "5", "6"], ["Subtotaal Werk", "", "6"]]
    (difference,) = read_budget(separated(rows), "x.csv").differences
    assert (difference.stated, difference.computed, difference.cell) == (0, 5, "A4")
    assert difference.explanation.endswith("In de rij van A4 staat voor dat jaar niets.")


def test_a_row_of_totals_without_any_figure_states_nothing():
    assert _read(werk="").differences == []


def test_contingency_rounded_to_whole_euros_fits():
    for rounded, total in (("17", "194"), ("18", "195")):
        assert _read(contingency=rounded, total=total).differences == []
    assert _found(_read(contingency="17,10", total="194,10")) == [
        (Scope.CONTINGENCY, Decimal("0.60"))
    ]


def test_about_is_what_rounds_to_the_rate():
    """7,5% 'ca' is 7,45 to 7,55%; 10% 'ca' is 9,5 to 10,5%."""
    report = _read(about=" ca", contingency="18,50", total="195,50")
    assert report.differences == []
    assert report.warnings == [
        "B11: €\u00a018,50 is 10,45% van het subtotaal. Dat is ongeveer 10%, zoals het blad zegt; "
        "precies is het €\u00a017,70."
    ]
    report = _read(about=" ca", contingency="18,60", total="195,60")
    assert _found(report) == [(Scope.CONTINGENCY, Decimal("-0.90"))]


def test_the_rate_that_is_given_goes_before_that_of_the_sheet():
    report = _read(rate=Decimal(20))
    assert _found(report) == [(Scope.CONTINGENCY, Decimal("17.70"))]
    assert report.warnings == ["Het blad noemt voor onvoorzien 10%. Gerekend is met 20%."]


def test_a_total_of_all_years_is_held_against_its_row():
    rows = [
        ["post", "2020", "2021", "Totaal"],
        ["a", "1", "2", "3"],
        ["b", "4", "5", "10"],
        ["Totaal", "5", "7", "13"],
    ]
    report = read_budget(separated(rows), "x.csv")
    assert [(each.scope, each.name, each.year, each.cell) for each in report.differences] == [
        (Scope.LINE, "b", None, "D3"),
        (Scope.TOTAL, "Totaal", None, "D4"),
    ]
