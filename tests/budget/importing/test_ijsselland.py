"""The fund of IJsselland: the real sheet and the real annex, when their folder is there."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from budget.importing import read_budget
from budget.importing.result import Scope

ROOT = Path(__file__).resolve().parents[3]
SEEDS = Path(os.environ.get("REGIOVISIE_SEEDS") or ROOT.parent / "shared" / "seeds")
SHEET = SEEDS.parent / "data" / "ijsselland_transformatiefonds.csv"
OPENING = Decimal(2_787_871)

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SHEET.is_file(), reason="the source documents are not here"),
]


def _annex():
    """The budget and the drawdown below it, as they stand in the plan."""
    text = next(SEEDS.glob("003_*.txt")).read_text(encoding="utf-8")
    begin = text.index("Bijlage 1. Begroting (concept)\n\n\t2020")
    end = text.index("Toelichting bij de conceptbegroting")
    return text[begin:end].replace("<u>", "").replace("</u>", "").encode()


@pytest.fixture(scope="module", params=["sheet", "annex"])
def report(request):
    if request.param == "sheet":
        return read_budget(SHEET.read_bytes(), SHEET.name, opening=OPENING)
    return read_budget(_annex(), "begroting.txt")


def test_there_are_five_headings_with_their_lines(report):
    assert list(report.years) == [2020, 2021, 2022]
    assert [(each.name, len(each.lines)) for each in report.headings] == [
        ("Organisatie", 5),
        ("Ambulantisering", 8),
        ("Jeugdhulp en Onderwijs", 5),
        ("Doorontwikkeling Inkoop", 5),
        ("Gedwongen kader", 3),
    ]
    names = [line.name.lower() for line in report.headings[2].lines]
    assert names[1] == "rkj - onderzoek / kleine lokale projecten"


def test_the_totals_are_as_stated(report):
    assert list(report.totals.stated.values()) == [1_569_758, 761_100, 457_013]
    assert report.totals.computed == report.totals.stated
    assert list(report.subtotal.stated.values()) == [1_460_240, 708_000, 413_500]


def test_there_are_exactly_two_differences(report):
    heading, contingency = report.differences
    assert (heading.scope, heading.name, heading.year) == (
        *(Scope.HEADING, "Doorontwikkeling Inkoop", 2020),
    )
    assert (heading.stated, heading.computed, heading.difference) == (394_360, 436_160, 41_800)
    assert "Dat is precies ‘Projectmanager’" in heading.explanation
    assert (contingency.scope, contingency.year) == (Scope.CONTINGENCY, 2022)
    assert (contingency.stated, contingency.computed) == (43_513, Decimal("31012.50"))
    assert "10,52% van het subtotaal. Bij 7,5% hoort" in contingency.explanation
    assert report.basis_differences == []


def test_mending_the_heading_costs_more_than_the_fund_has(report):
    first, second = report.consequences
    assert (first.cost, first.with_contingency) == (41_800, 44_935)
    assert (first.balance, first.balance_with_contingency) == (-41_800, -44_935)
    assert first.explanation == (
        "Dit verbeteren kost €\u00a041.800, of met de post onvoorzien erbij €\u00a044.935. Zoveel "
        "is er niet: het fonds komt dan €\u00a041.800 tekort, met onvoorzien €\u00a044.935."
    )
    assert (second.cost, second.with_contingency) == (Decimal("-12500.50"), None)


def test_the_fund_ends_at_nothing(report):
    assert report.fund.opening == OPENING
    assert report.fund.balances == {2020: 1_218_113, 2021: 457_013, 2022: 0}


def test_nothing_is_left_unread(report):
    assert (report.unread, report.is_complete) == ([], True)


def test_the_weeks_of_the_last_year_are_its_own():
    report = read_budget(SHEET.read_bytes(), SHEET.name)
    lines = {line.name: line for line in report.headings[0].lines}
    kwartiermaker = lines["Kwartiermaker"]
    assert [basis.weeks for basis in kwartiermaker.basis.values()] == [46, 46, 24]
    assert [basis.amount for basis in kwartiermaker.basis.values()] == [121_440, 121_440, 63_360]
    monitor = lines["Inzet monitor / data / business case"]
    assert {(basis.hours, basis.amount) for basis in monitor.basis.values()} == {
        (Decimal("2.5"), None)
    }
    execution = [x.name for each in report.headings for x in each.lines if x.execution_budget]
    assert [name.split()[0] for name in execution] == ["Uitvoeringsbudget"] * 2


def test_the_annex_tells_of_the_grant_and_its_drawdown():
    report = read_budget(_annex(), "begroting.txt")
    assert (report.fund.grant, report.fund.realised) == (3_246_393, 458_522)
    assert report.fund.stated == {2019: 2_787_871, **report.fund.balances}
    assert "Het beginsaldo €\u00a02.787.871 is gelezen uit B" in report.warnings[0]
    assert report.years[2022] == "2022 (t/m 1-7)"
    assert report.headings[3].explanation == (
        "Implementatie en doorontwikkeling vanaf 1 juli 2020 onder ambulantisering"
    )
