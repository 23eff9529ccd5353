"""Two versions beside each other: what is new, gone, renamed, moved, and by how much."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget.compare import compare_versions
from budget.domain import lines, versions
from budget.domain.lines import YearAmount
from budget.models import BudgetVersion
from tests import fund as funds
from tests.fund import budget_line, eur


def changed(house, cast):
    """A second version in which everything that can differ does."""
    version = versions.draft_version(house.fund, by=cast.author)
    team, care = version.headings.all()
    lines.put_heading(version, name="Team", heading=team, by=cast.author)
    edits = {
        "Projectleiding": {"name": "Leiding", "2022": YearAmount(), "2021": funds.year(900)},
        "Spoed en crisis": {"heading": team, "explanation": "Om de hoek."},
    }
    for name, values in edits.items():
        row = budget_line(version, name)
        lines.edit_line(row, values, base={}, base_revision=1, by=cast.author)
    lines.remove_line(budget_line(version, "Onvoorzien"), by=cast.author)
    lines.put_line(version, heading=care, name="WAC", years={2022: funds.year(50)}, by=cast.author)
    return BudgetVersion.objects.get(pk=version.pk)


def test_line_by_line(house, cast):
    found = compare_versions(house.version, changed(house, cast))
    said = {
        (line.after or line.before).name: (
            *(line.is_new, line.is_gone, line.renamed, line.moved, line.reworded),
            [(each.year, each.before, each.after) for each in line.years],
        )
        for line in found.lines
    }
    assert said == {
        "Leiding": (
            *(False, False, True, False, False),
            [(2021, eur(1000), eur(900)), (2022, eur(500), None)],
        ),
        "Spoed en crisis": (False, False, False, True, True, []),
        "WAC": (True, False, False, False, False, [(2022, None, eur(50))]),
        "Onvoorzien": (False, True, False, False, False, [(2021, eur(500), None)]),
    }
    assert [(each.year, each.difference) for each in found.totals] == [
        (2021, eur(-600)),
        (2022, eur(-450)),
    ]


def test_the_same_is_no_change(house, cast):
    version = versions.draft_version(house.fund, by=cast.author)
    found = compare_versions(house.version, version)
    assert (found.lines, found.totals) == ((), ())


def test_four_queries_whatever_the_number_of_lines(house, cast):
    version = changed(house, cast)
    for number in range(3):
        heading = version.headings.first()
        lines.put_line(version, heading=heading, name=f"post {number}", by=cast.author)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        compare_versions(house.version, version)
    assert len(queries) == 4
