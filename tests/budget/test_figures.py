"""The figures of a fund: per line, heading and year, and a total never differs from its parts."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from budget.domain import adoption, commitments, lines, versions
from budget.figures import (
    Amounts,
    FundFigures,
    HeadingFigures,
    LineFigures,
    drawdown,
)
from budget.queries import Cut, amounts_of, changes_since, drawdown_of, figures_of, planned_of
from core import clock
from tests import fund as funds
from tests.fund import budget_line, eur

CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
AMOUNTS = st.builds(Amounts, CENTS, CENTS, CENTS, CENTS, CENTS, CENTS)
LINES = st.lists(st.dictionaries(st.sampled_from([2021, 2022]), AMOUNTS), max_size=6)


@given(st.lists(LINES, max_size=4), LINES.filter(bool))
def test_totals_are_their_parts_to_the_cent(headings, loose):
    tops = [
        HeadingFigures(n, "x", tuple(LineFigures(n, "x", each) for each in rows))
        for n, rows in enumerate(headings)
    ]
    spare, *gone = [LineFigures(0, "x", each) for each in loose]
    figures = FundFigures((2021, 2022), tuple(tops), spare, tuple(gone))
    by_hand = sum(
        (each.left for rows in [*headings, loose] for row in rows for each in row.values()),
        Decimal(0),
    )
    assert figures.total.left == by_hand
    assert figures.total == figures.of(2021) + figures.of(2022)
    assert figures.total - figures.total == Amounts()


def test_per_line_what_is_budgeted_committed_billed_paid_and_left(house):
    commitment = funds.signed(house, 600)
    funds.paid(house, commitment, 100)
    funds.payable(house, commitment, 50)
    funds.received(house, commitment, 25)
    funds.proposed(house, 200)
    figures = figures_of(house.fund)
    stand = figures.headings[0].lines[0].of(2021)
    assert stand == Amounts(eur(1000), eur(600), eur(0), eur(150), eur(100), eur(200))
    assert (stand.left, stand.forecast) == (eur(400), eur(800))
    assert [heading.name for heading in figures.headings] == ["Organisatie", "Ambulantisering"]
    assert (figures.contingency.name, figures.gone) == ("Onvoorzien", ())
    assert figures.contingency_rate(2021) == Decimal("16.67")
    assert (figures.of(2021).left, figures.total.left) == (eur(2900), eur(3400))


def test_a_line_that_left_the_budget_keeps_what_was_spent_on_it(house, cast):
    commitment = funds.signed(house, 100)
    with clock.at(datetime(2021, 4, 1, 9)):
        commitments.cancel_commitment(commitment, why="Stopt.", by=house.holder)
        version = versions.draft_version(house.fund, by=cast.author)
        lines.remove_line(budget_line(version, "Projectleiding"), by=cast.author)
        adoption.adopt_version(version, ground="Bestuur", by=cast.author)
    figures = figures_of(house.fund)
    assert [(line.name, line.total) for line in figures.gone] == [("Projectleiding", Amounts())]
    then = figures_of(house.fund, Cut.of_day(date(2021, 3, 31)))
    assert then.gone[0].of(2021).committed == eur(100)


def test_the_drawdown_by_plan_and_in_fact(house):
    funds.paid(house, funds.signed(house, 600), 100)
    funds.payable(house, funds.signed(house, 200, year=2022), 150)
    rows = drawdown_of(house.fund)
    assert [(r.on, r.planned, r.committed, r.invoiced, r.paid, r.stated) for r in rows] == [
        (date(2021, 12, 31), eur(1500), eur(4400), eur(4900), eur(4900), None),
        (date(2022, 7, 1), eur(1000), eur(4200), eur(4750), eur(4900), None),
    ]


def test_a_year_that_the_sheet_does_not_tell_ends_the_stated_row():
    ends = {year: date(year, 12, 31) for year in (2020, 2021, 2022)}
    rows = drawdown(eur(100), ends, {}, {}, {2020: eur(40), 2022: eur(10)})
    assert [row.stated for row in rows] == [eur(60), None, None]


def test_what_a_concept_plans(house, cast):
    version = versions.draft_version(house.fund, by=cast.author)
    planned = planned_of(version)
    assert [heading.total.budget for heading in planned.headings] == [eur(1500), eur(2000)]
    assert planned.total == Amounts(budget=eur(4000))


def test_what_changed_since_the_last_report(house):
    commitment = funds.signed(house, 600)
    with clock.at(datetime(2021, 4, 1, 9)):
        since = clock.now()
    with clock.at(datetime(2021, 4, 2, 9)):
        funds.payable(house, commitment, 100)
    changes = changes_since(house.fund, since)
    assert [(each.line, each.year, each.difference) for each in changes.lines] == [
        ("Projectleiding", 2021, Amounts(invoiced=eur(100)))
    ]
    assert [entry.kind for entry in changes.entries] == ["invoice"]


@pytest.mark.parametrize("number", [1, 3])
def test_reads_ask_the_same_number_of_queries(house, number):
    for _ in range(number):
        funds.paid(house, funds.signed(house, 100), 10)
        funds.proposed(house, 10, line=house.crisis)
    asked = {}
    for name, read in {
        "amounts": lambda: amounts_of(house.fund),
        "figures": lambda: figures_of(house.fund),
        "looking back": lambda: figures_of(house.fund, Cut.of_day(date(2021, 3, 1))),
        "planned": lambda: planned_of(house.version),
        "drawdown": lambda: drawdown_of(house.fund),
        "changes": lambda: changes_since(house.fund, clock.now()),
    }.items():
        with CaptureQueriesContext(connection) as queries:
            read()
        asked[name] = len(queries)
    assert asked == {
        "amounts": 1,
        "figures": 7,
        "looking back": 6,
        "planned": 5,
        "drawdown": 2,
        "changes": 4,
    }
