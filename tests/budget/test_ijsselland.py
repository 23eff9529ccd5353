"""The fund of IJsselland, 2019-2022, to the euro: what its sheet said, and what its lines make.

From the annex of its plan: the grant, the lines, and the balance of the grant at each year-end.
"""

from datetime import date
from decimal import Decimal

import pytest

from budget.differences import consequence, found_in, of_basis
from budget.domain import adoption, funds, lines, versions
from budget.domain.lines import YearAmount
from budget.enums import LineKind, Scope
from budget.models import StatedTotal
from budget.queries import drawdown_of, figures_of, planned_of
from core.refusal import Refused
from tests import fund as made
from tests.fund import eur

pytestmark = pytest.mark.embedded  # amounts are whole cents on SQLite too


# Heading: lines with their amounts in 2020, 2021 and 2022 (to 1 July), and the heading as stated.
SHEET = {
    "Organisatie": (
        [
            ("Kwartiermaker", 121_440, 121_440, 63_360),
            ("Communicatie", 10_000, 10_000, 7_500),
            ("Ondersteuning Financiën", 17_480, 17_480, 9_120),
            ("Secretariaat", 25_760, 25_760, 13_440),
            ("Inzet monitor / data / business case", 10_000, 10_000, 10_000),
        ],
        (184_680, 184_680, 103_420),
    ),
    "Ambulantisering": (
        [
            ("Projectleiding", 87_400, 87_400, 45_600),
            ("Projectteamleden", 21_850, None, None),
            ("Gezinsinterventies (o.a. onderzoek)", 159_860, None, None),
            ("WAC", 100_000, 60_000, None),
            ("Spoed en crisis", 84_000, None, None),
            ("Uitvoeringsbudget wonen, pleegzorg, nieuwe initiatieven", 100_000, 100_000, 100_000),
            ("Implementatiesessies 'omdenken'", None, 40_000, 20_000),
            ("Transformatietafels", 8_000, 8_000, 4_000),
        ],
        (561_110, 295_400, 169_600),
    ),
    "Jeugdhulp en Onderwijs": (
        [
            ("Projectleiding", 69_920, 69_920, 36_480),
            ("RKJ - onderzoek / kleine lokale projecten", 40_000, 40_000, 40_000),
            ("RKJ - ureninzet kwartiermaker/projectleiding", 10_000, 10_000, 10_000),
            ("Uitvoeringsbudget lokale initiatieven", 100_000, 100_000, 50_000),
            ("Transformatietafels", 8_000, 8_000, 4_000),
        ],
        (227_920, 227_920, 140_480),
    ),
    "Doorontwikkeling Inkoop": (
        [
            ("Projectmanager", 41_800, None, None),
            ("Projectleiding", 266_760, None, None),
            ("Externe kosten (tariefonderzoek)", 79_600, None, None),
            ("Implementatiesessies 'omdenken'", 40_000, None, None),
            ("Transformatietafels", 8_000, None, None),
        ],
        (394_360, None, None),
    ),
    "Gedwongen kader": (
        [
            ("Projectleiding", 69_920, None, None),
            ("Werksessies", 14_250, None, None),
            ("Transformatietafels", 8_000, None, None),
        ],
        (92_170, None, None),
    ),
}
SUBTOTAL = (1_460_240, 708_000, 413_500)
SPARE = (109_518, 53_100, 43_513)
TOTAL = (1_569_758, 761_100, 457_013)
YEARS = (2020, 2021, 2022)
# Hours a week, weeks in 2020 and 2021, weeks in 2022, rate an hour.
BASIS = {
    ("Organisatie", "Kwartiermaker"): (24, 46, 24, 110),
    ("Organisatie", "Ondersteuning Financiën"): (4, 46, 24, 95),
    ("Organisatie", "Secretariaat"): (16, 46, 24, 35),
    ("Jeugdhulp en Onderwijs", "Projectleiding"): (16, 46, 24, 95),
    ("Doorontwikkeling Inkoop", "Projectleiding"): (54, 52, 52, 95),
    ("Gedwongen kader", "Projectleiding"): (16, 46, 24, 95),
}


def year_amount(heading, name, year, amount):
    if (heading, name) not in BASIS:
        return YearAmount(eur(amount))
    hours, weeks, in_2022, rate = BASIS[heading, name]
    return YearAmount(eur(amount), eur(hours), eur(in_2022 if year == 2022 else weeks), eur(rate))


@pytest.fixture
def fund(cast):
    fund = made.opened(
        cast,
        granted=0,
        slug="transformatiefonds",
        starts_on=date(2019, 7, 1),
        realised_before=eur(458_522),
        realised_year=2019,
        realised_label="realisatie 2019, jaarrekening nog niet definitief",
        contingency_rate=Decimal("7.5"),
        includes_vat=False,
    )
    for year in (2018, 2019, 2020):
        funds.add_instalment(fund, year=year, amount=eur(1_082_131), by=cast.author)
    return fund


@pytest.fixture
def concept(cast, fund):
    version = versions.draft_version(fund, title="Begroting 2020-2022", by=cast.author)

    def put(heading, name, amounts, kind=LineKind.ORDINARY):
        years = {
            year: year_amount(heading and heading.name, name, year, amount)
            for year, amount in zip(YEARS, amounts, strict=True)
            if amount is not None
        }
        lines.put_line(version, heading=heading, name=name, years=years, kind=kind, by=cast.author)

    def state(scope, amounts, heading=None):
        for year, amount in zip(YEARS, amounts, strict=True):
            if amount is not None:
                lines.state_total(
                    version, scope, year=year, amount=eur(amount), heading=heading, by=cast.author
                )

    for name, (rows, stated) in SHEET.items():
        heading = lines.put_heading(version, name=name, by=cast.author)
        for line, *amounts in rows:
            put(heading, line, amounts)
        state(Scope.HEADING, stated, heading)
    put(None, "Onvoorzien", SPARE, LineKind.CONTINGENCY)
    state(Scope.SUBTOTAL, SUBTOTAL)
    state(Scope.CONTINGENCY, SPARE)
    state(Scope.TOTAL, TOTAL)
    return version


def test_what_the_fund_holds(fund):
    assert funds.granted(fund) == eur(3_246_393)
    assert funds.holdings(fund) == eur(2_787_871)
    assert fund.years == [2020, 2021, 2022]


def test_exactly_two_differences_and_none_with_a_basis(concept):
    found = [
        (each.name, each.year, each.stated, each.computed, each.amount)
        for each in found_in(concept)
    ]
    assert found == [
        ("Doorontwikkeling Inkoop", 2020, eur(394_360), eur(436_160), eur(41_800)),
        ("Onvoorzien", 2022, eur(43_513), eur("31012.50"), eur("-12500.50")),
    ]
    assert of_basis(concept) == []
    assert planned_of(concept).contingency_rate(2022) == Decimal("10.52")


def test_mending_the_first_costs_more_than_the_fund_holds(concept):
    heading = found_in(concept)[0]
    assert consequence(heading, concept.fund.contingency_rate) == (eur(41_800), eur(44_935))


def test_the_balance_at_each_year_end_as_stated_and_as_the_lines_make_it(concept):
    rows = drawdown_of(concept.fund, concept)
    assert [(row.on, row.stated) for row in rows] == [
        (date(2020, 12, 31), eur(1_218_113)),
        (date(2021, 12, 31), eur(457_013)),
        (date(2022, 7, 1), eur(0)),
    ]
    assert [row.planned for row in rows] == [eur(1_176_313), eur(415_213), eur(-41_800)]


def test_it_is_adopted_once_it_is_judged_and_fits(cast, concept):
    adopt = lambda: adoption.adopt_version(concept, ground="BO", by=cast.author)  # noqa: E731
    with pytest.raises(Refused) as refused:
        adopt()
    assert [each.reason for each in refused.value.refusals] == [
        "Deze begroting is €\u00a02.829.671, en het fonds heeft €\u00a02.787.871: €\u00a041.800 te "
        "veel. Verlaag een post, of leg eerst vast dat er meer is toegekend.",
        "Beoordeel eerst: Doorontwikkeling Inkoop 2020, in het blad €\u00a0394.360 en nageteld "
        "€\u00a0436.160; Onvoorzien 2022, in het blad €\u00a043.513 en nageteld €\u00a031.012,50. "
        "Het blad spreekt zichzelf daar tegen.",
    ]
    manager = made.budget_line(concept, "Projectmanager")
    lines.edit_line(manager, {"2020": YearAmount(eur(0))}, base={}, base_revision=1, by=cast.author)
    spare = StatedTotal.objects.get(scope=Scope.CONTINGENCY, year=2022)
    lines.judge_difference(spare, text="Zo komt het fonds op nul uit.", by=cast.author)
    version = adopt()
    rows = drawdown_of(concept.fund)
    assert [row.planned for row in rows] == [eur(1_218_113), eur(457_013), eur(0)]
    figures = figures_of(version.fund)
    assert [figures.of(year).budget for year in YEARS] == [eur(amount) for amount in TOTAL]
    assert {heading.name: heading.total.budget for heading in figures.headings} == {
        "Organisatie": eur(472_780),
        "Ambulantisering": eur(1_026_110),
        "Jeugdhulp en Onderwijs": eur(596_320),
        "Doorontwikkeling Inkoop": eur(394_360),
        "Gedwongen kader": eur(92_170),
    }
    assert figures.contingency.total.budget == eur(206_131)
    assert figures.total.budget == funds.holdings(version.fund)
