"""Reads of a fund that span rows; each a fixed number of queries, however many invoices there are.

All amounts come out of the ledger in one query. As they are now; or as they were known at a moment
(recorded until), or counting only what counts by a day (effective until).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from budget.domain.funds import holdings
from budget.domain.ledger import amounts_in
from budget.domain.versions import in_force
from budget.enums import CommitmentState, Scope
from budget.figures import (
    Amounts,
    BalanceOn,
    FundFigures,
    HeadingFigures,
    LineFigures,
    added,
    drawdown,
)
from budget.models import (
    BudgetLine,
    BudgetVersion,
    Commitment,
    Fund,
    FundLine,
    LedgerEntry,
    LineYear,
)

ByLineYear = dict[tuple[int, int], Amounts]


@dataclass(frozen=True)
class Cut:
    """Up to which moment rows were recorded, and up to which day they count; empty is all."""

    recorded_until: datetime | None = None
    effective_until: date | None = None

    @classmethod
    def of_day(cls, day: date) -> "Cut":
        """As it was known at the end of a Dutch day."""
        midnight = datetime.combine(day + timedelta(days=1), time.min)
        return cls(timezone.make_aware(midnight) - timedelta(microseconds=1))

    def rows(self, fund: Fund) -> QuerySet[LedgerEntry]:
        rows = LedgerEntry.objects.filter(fund=fund)
        if self.recorded_until is not None:
            rows = rows.filter(recorded_at__lte=self.recorded_until)
        if self.effective_until is not None:
            rows = rows.filter(effective_on__lte=self.effective_until)
        return rows

    @property
    def is_now(self) -> bool:
        return self == Cut()


NOW = Cut()


def amounts_of(fund: Fund, cut: Cut = NOW) -> ByLineYear:
    """Per line and year what the ledger says; one query."""
    return amounts_in(cut.rows(fund))


def before(fund: Fund, moment: datetime) -> ByLineYear:
    """What was known at a moment of every line and year with a row recorded since, and of no other;
    one query, as long as what was booked since."""
    rows = LedgerEntry.objects.filter(fund=fund)
    later = rows.filter(line=OuterRef("line"), year=OuterRef("year"), recorded_at__gt=moment)
    return amounts_in(rows.filter(Exists(later)), Q(recorded_at__lte=moment))


def requested_of(fund: Fund) -> ByLineYear:
    """Per line and year what is proposed and not signed; one query."""
    rows = (
        Commitment.objects.filter(fund=fund, state=CommitmentState.PROPOSED)
        .order_by()
        .values_list("line", "year")
        .annotate(Sum("amount"))
    )
    return {(line, year): Amounts(requested=amount) for line, year, amount in rows}


def figures_of(fund: Fund, cut: Cut = NOW) -> FundFigures:
    """Everything per heading, line and year, under the headings of the version in force.

    Looking back, nothing is requested: that is not in the ledger. Seven queries.
    """
    amounts = amounts_of(fund, cut)
    for key, asked in (requested_of(fund) if cut.is_now else {}).items():
        amounts[key] += asked
    return _laid_out(fund, in_force(fund), amounts)


def planned_of(version: BudgetVersion) -> FundFigures:
    """What a version gives each line, whether it was adopted or not."""
    amounts: ByLineYear = {}
    rows = LineYear.objects.filter(line__version=version)
    for line, year, amount in rows.values_list("line__line", "year", "amount"):
        amounts[line, year] = Amounts(budget=amount)
    return _laid_out(version.fund, version, amounts)


def _laid_out(
    fund: Fund, version: BudgetVersion | None, amounts: Mapping[tuple[int, int], Amounts]
) -> FundFigures:
    by_line: dict[int, dict[int, Amounts]] = defaultdict(dict)
    for (line, year), each in sorted(amounts.items()):
        by_line[line][year] = each
    headings: list[HeadingFigures] = []
    spare: LineFigures | None = None
    named: set[int] = set()
    if version is not None:
        lines = BudgetLine.objects.select_related("line").order_by("order", "pk")
        for heading in version.headings.prefetch_related(Prefetch("lines", lines)):
            rows = tuple(_line(row, by_line) for row in heading.lines.all())
            headings.append(HeadingFigures(heading.pk, heading.name, rows, heading.block_id))
            named |= {row.pk for row in rows}
        for row in lines.filter(version=version, heading__isnull=True):
            spare = _line(row, by_line)
            named.add(spare.pk)
    lines_of_fund = FundLine.objects.filter(fund=fund)
    gone = [line for line in lines_of_fund if line.pk in by_line and line.pk not in named]
    return FundFigures(
        years=tuple(fund.years),
        headings=tuple(headings),
        contingency=spare,
        gone=tuple(LineFigures(line.pk, line.name, by_line[line.pk]) for line in gone),
    )


def _line(row: BudgetLine, by_line: Mapping[int, Mapping[int, Amounts]]) -> LineFigures:
    return LineFigures(
        row.line_id, row.name, by_line.get(row.line_id, {}), row.explanation, row.execution
    )


# Drawdown -----------------------------------------------------------------------------------------


def drawdown_of(
    fund: Fund, version: BudgetVersion | None = None, cut: Cut = NOW
) -> list[BalanceOn]:
    """The balance of the grant at each year-end, by plan and in fact.

    The plan is what the ledger has budgeted, or what `version` says: a concept with the totals of
    its sheet beside it.
    """
    amounts = amounts_of(fund, cut)
    facts = {
        year: added(each for (_, at), each in amounts.items() if at == year) for year in fund.years
    }
    plan = {year: each.budget for year, each in facts.items()}
    stated: dict[int, Decimal] = {}
    if version is not None:
        plan = dict(
            LineYear.objects.filter(line__version=version)
            .order_by()
            .values_list("year")
            .annotate(Sum("amount"))
        )
        stated = dict(version.stated.filter(scope=Scope.TOTAL).values_list("year", "amount"))
    return drawdown(holdings(fund), ends_of(fund), plan, facts, stated)


def ends_of(fund: Fund) -> dict[int, date]:
    """The last day of each year; the last year ends with the fund."""
    return {year: min(date(year, 12, 31), fund.ends_on) for year in fund.years}


# What changed since a day -------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One line in one year, before and now."""

    line: str
    year: int
    before: Amounts
    now: Amounts

    @property
    def difference(self) -> Amounts:
        return self.now - self.before


@dataclass(frozen=True)
class Changes:
    """What was recorded since a moment: per line and year, and the rows themselves."""

    lines: tuple[Change, ...]
    entries: tuple[LedgerEntry, ...]


def changes_since(fund: Fund, moment: datetime) -> Changes:
    """What is different from what was known at a moment, such as the last report. Four queries."""
    then, now = before(fund, moment), amounts_of(fund)
    names = dict(FundLine.objects.filter(fund=fund).values_list("pk", "name"))
    lines = tuple(
        Change(names[line], year, amounts, now[line, year])
        for (line, year), amounts in sorted(then.items())
        if amounts != now[line, year]
    )
    entries = LedgerEntry.objects.filter(fund=fund, recorded_at__gt=moment).select_related(
        "line", "version", "reallocation", "commitment__supplier", "invoice", "by"
    )
    return Changes(lines, tuple(entries.order_by("pk")))


# What everybody may see ---------------------------------------------------------------------------


def public_totals(fund: Fund) -> dict[int, Amounts] | None:
    """Totals per year without lines, once they were published; None before."""
    if fund.totals_published_at is None:
        return None
    amounts = amounts_of(fund)
    return {
        year: added(each for (_, at), each in amounts.items() if at == year) for year in fund.years
    }
