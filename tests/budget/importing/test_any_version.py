"""Whatever the sheet: the version made of it shows the differences that the sheet has."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.differences import checks
from budget.domain.import_plan import Earlier, laid_out, sheet_of
from budget.importing import read_budget
from budget.importing.result import Scope
from tests.budget.importing.test_any_layout import LAYOUTS, _can_be_told, budgets
from tests.budget.layouts import written


@settings(max_examples=150, deadline=None)
@given(budgets(), LAYOUTS, st.data())
def test_the_version_shows_what_the_sheet_contradicts(budget, layout, data):
    assume(_can_be_told(budget, layout))
    slips = {}
    for scope in data.draw(st.sets(st.sampled_from(["subtotal", "contingency", "total"]))):
        year = data.draw(st.sampled_from(budget.years))
        slips[scope, year] = Decimal(data.draw(st.integers(2, 900)))
    headings = tuple(
        replace(each, slips={budget.years[0]: Decimal(data.draw(st.sampled_from([0, 0, 50])))})
        for each in budget.headings
    )
    report = read_budget(
        written(replace(budget, slips=slips, headings=headings), layout), f"x.{layout.file}"
    )
    rate = report.contingency.rate if report.contingency else None
    plan = laid_out(report, rate, Earlier(), [])
    found = {
        (scope, place is not None and plan.headings[place].name, year, stated, computed)
        for year in report.years
        for scope, place, stated, computed in checks(sheet_of(plan, plan.stated, year), rate)
    }
    expected = {
        (
            each.scope.value,
            each.scope is Scope.HEADING and each.name,
            *(each.year, each.stated, each.computed),
        )
        for each in report.differences
        if each.year
    }
    assert found == expected
