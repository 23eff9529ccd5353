"""The funds of the demo: IJsselland's to the euro, Rijnmond's by data alone."""

from decimal import Decimal

import pytest

from budget.differences import found_in
from budget.domain.funds import granted, holdings
from budget.models import Fund
from budget.queries import drawdown_of, figures_of, planned_of

pytestmark = [pytest.mark.embedded, pytest.mark.usefixtures("demo")]


def test_ijsselland_has_its_fund_to_the_euro():
    fund = Fund.objects.get(region__slug="ijsselland")
    assert (granted(fund), holdings(fund)) == (3246393, 2787871)
    plan = planned_of(fund.versions.get(state="adopted"))
    assert [plan.of(year).budget for year in fund.years] == [1569758, 761100, 457013]
    headings = {each.name: each.total.budget for each in plan.headings}
    assert headings["Doorontwikkeling Inkoop"] == 394360
    assert plan.contingency.total.budget == 206131
    assert [each.planned for each in drawdown_of(fund)] == [1218113, 457013, 0]
    assert fund.example


def test_what_the_sheet_said_otherwise_was_judged():
    version = Fund.objects.get(region__slug="ijsselland").versions.get()
    (found,) = found_in(version)
    assert (found.year, found.stated, found.computed) == (2022, 43513, Decimal("31012.50"))
    assert found.judged


def test_no_line_ever_had_less_than_nothing_left():
    for fund in Fund.objects.all():
        figures = figures_of(fund)
        assert figures.lines
        for line in figures.lines:
            assert all(each.left >= 0 for each in line.by_year.values()), line.name


def test_rijnmond_has_a_small_fund_by_a_decision():
    fund = Fund.objects.get(region__slug="rijnmond")
    version = fund.versions.get()
    assert (granted(fund), figures_of(fund).total.budget) == (33000, 33000)
    assert (fund.contingency_rate, figures_of(fund).contingency) == (None, None)
    assert version.decision.region == fund.region
