"""Whatever the layout: the same budget comes out, and one slip is one difference."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.importing import read_budget
from budget.importing.result import Scope
from tests.budget.layouts import Budget, Heading, Layout, Line, written

HEADINGS = st.sampled_from(
    [
        *("Organisatie", "Ambulantisering", "Jeugdhulp en Onderwijs", "Gedwongen kader*"),
        *("Doorontwikkeling Inkoop", "Overig", "Programma 2030", "Zorg, thuis; en elders"),
    ]
)
NAMES = st.sampled_from(
    [
        *(
            "Kwartiermaker",
            "Communicatie",
            "Projectleiding",
            "Werksessies",
            "Ondersteuning Financiën",
        ),
        *("Uitvoeringsbudget lokale initiatieven", "Inzet monitor / data", "WAC", "Evaluatie 2021"),
        *("Totaalpakket ouders", "RKJ - onderzoek", "24 uur zorg", "'Omdenken'", "Spoed en crisis"),
        *("Implementatie (vakmanschap)", "Realisatie website", "Uren inhuur", "3D-printen"),
    ]
)
EUROS = st.integers(1, 3_000_000).map(Decimal)
CENTS = st.integers(-500_000, 900_000_000).map(lambda cents: Decimal(cents) / 100)
AMOUNT = st.one_of(EUROS, CENTS).map(lambda amount: amount.quantize(Decimal("0.01")))
LAYOUTS = st.builds(
    Layout,
    file=st.sampled_from(["csv", "xlsx"]),
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    number=st.sampled_from(["plain", "dutch", "euro", "native"]),
    axis=st.sampled_from(["columns", "rows", "listed"]),
    themes=st.sampled_from(["row", "column", "once"]),
    numbered=st.booleans(),
    subtotals=st.sampled_from(
        ["Subtotaal {}", "SUBTOTAAL", "Totaal {}", "Tot. {}", "{} totaal", ""]
    ),
    overall=st.sampled_from(["Subtotaal", "SUBTOTAAL", ""]),
    total=st.sampled_from(["Totaal", "TOTAAL", "Totaal generaal", "Eindtotaal", ""]),
    year=st.sampled_from(["{}", "begroting {}", "{} (t/m 1-7)", "{}*"]),
    title=st.sampled_from(["", "Begroting transformatiefonds 2020-2022 (concept)"]),
    heads=st.booleans(),
    across=st.booleans(),
    empty=st.booleans(),
)


@st.composite
def budgets(draw):
    first = draw(st.integers(2018, 2030))
    years = tuple(range(first, first + draw(st.integers(1, 4))))
    amounts = st.dictionaries(st.sampled_from(years), AMOUNT, min_size=1)
    line = st.builds(Line, NAMES, amounts)
    names = draw(st.lists(HEADINGS, min_size=1, max_size=4, unique=True))
    headings = tuple(
        Heading(
            name, tuple(draw(st.lists(line, min_size=1, max_size=5, unique_by=lambda x: x.name)))
        )
        for name in names
    )
    rate = draw(st.sampled_from([None, Decimal("7.5"), Decimal("5"), Decimal("12.25")]))
    return Budget(years, headings, rate)


def _figures(budget):
    return [
        (heading.name.rstrip("*"), [(line.name, line.amounts) for line in heading.lines])
        for heading in budget.headings
    ]


def _read(budget, layout):
    report = read_budget(written(budget, layout), f"begroting.{layout.file}")
    read = [(each.name, [(x.name, x.amounts) for x in each.lines]) for each in report.headings]
    return report, read


@settings(max_examples=80, deadline=None)
@given(budgets(), LAYOUTS)
def test_what_was_written_is_read(budget, layout):
    assume(_can_be_told(budget, layout))
    report, read = _read(budget, layout)
    assert read == _figures(budget)
    assert report.differences == []
    years = set(report.years)
    assert years <= set(budget.years)
    for year in years:
        assert report.totals.computed[year] == budget.total(year)
        for got, heading in zip(report.headings, budget.headings, strict=True):
            assert got.figures.computed[year] == heading.right(year)
    assert report.unread == []


@settings(max_examples=80, deadline=None)
@given(budgets(), LAYOUTS, st.data())
def test_one_slip_is_one_difference(budget, layout, data):
    assume(_can_be_told(budget, layout))
    scopes = ["heading"] * bool(layout.subtotals) + ["subtotal"] * bool(layout.overall)
    scopes += ["contingency"] * (budget.rate is not None) + ["total"] * bool(layout.total)
    assume(scopes)
    scope = data.draw(st.sampled_from(scopes))
    year = data.draw(st.sampled_from(budget.years))
    slip = data.draw(st.integers(-90_000_000, 90_000_000).filter(lambda n: abs(n) >= 200))
    slip = Decimal(slip) / 100
    if scope == "heading":
        place = data.draw(st.integers(0, len(budget.headings) - 1))
        name = budget.headings[place].name.rstrip("*")
        wrong = replace(budget.headings[place], slips={year: slip})
        headings = (*budget.headings[:place], wrong, *budget.headings[place + 1 :])
        slipped = replace(budget, headings=headings)
    else:
        name = None
        slipped = replace(budget, slips={(scope, year): slip})
    report, read = _read(slipped, layout)
    assert read == _figures(budget)
    (difference,) = report.differences
    assert (difference.scope, difference.year) == (Scope(scope), year)
    assert difference.difference == -slip
    assert name is None or difference.name == name


def _can_be_told(budget, layout):
    """Layouts in which nobody could tell what is meant are no budgets."""
    repeats = layout.axis == "listed" and layout.themes == "once"
    plain = layout.subtotals == "SUBTOTAAL"
    of_one_or_all = len(budget.headings) == 1 and plain and not layout.overall
    return not repeats and not of_one_or_all
