"""The page of one line: per year its figures and what they were reckoned from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from budget.domain.ledger import amounts_in
from budget.domain.versions import in_force
from budget.enums import VersionState
from budget.figures import NOTHING, Amounts, added
from budget.models import BudgetLine, Fund, FundLine, LineYear
from budget.queries import NOW, requested_of
from core.components import Fact
from core.formats import amount as plain
from core.formats import euro


def visible_lines(fund: Fund, *, writes: bool) -> QuerySet[FundLine]:
    """Lines with money or in a version that was adopted; for who writes, every line."""
    rows = fund.lines.all()
    if writes:
        return rows
    known = Q(entries__isnull=False) | ~Q(in_versions__version__state=VersionState.CONCEPT)
    return rows.filter(known).distinct()


@dataclass(frozen=True)
class YearRow:
    year: int
    amounts: Amounts
    basis: str


def basis_of(row: LineYear | None) -> str:
    """'24 uur × 46 weken × € 110' or nothing."""
    if row is None or row.from_basis is None:
        return ""
    if row.hours is not None:
        return f"{_number(row.hours)} uur × {_number(row.weeks)} weken × {euro(row.rate)}"
    return f"{_number(row.number)} × {euro(row.price)}"


def _number(value: Decimal | None) -> str:
    return plain(value or 0).removesuffix(",00")


def context_of(line: FundLine) -> dict[str, Any]:
    """What `line_detail.html` draws; a fixed number of queries."""
    fund = line.fund
    version = in_force(fund)
    row = _in(version.pk, line) if version else None
    by_year = {each.year: each for each in row.years.all()} if row else {}
    amounts = amounts_in(NOW.rows(fund).filter(line=line))
    for key, asked in requested_of(fund).items():
        amounts[key] += asked
    mine = {year: each for (pk, year), each in amounts.items() if pk == line.pk}
    years = sorted(set(fund.years) | set(mine))
    rows = [YearRow(year, mine.get(year, NOTHING), basis_of(by_year.get(year))) for year in years]
    total = added(mine.values())
    return {
        "row": row,
        "rows": rows,
        "total": total,
        "with_basis": any(each.basis for each in rows),
        "figures": [
            Fact("Begroot", euro(total.budget)),
            Fact("Vastgelegd", euro(total.promised)),
            Fact("Betaald", euro(total.paid)),
            Fact("Over", euro(total.left)),
        ],
        "lead": _where(row),
    }


def _in(version: int, line: FundLine) -> BudgetLine | None:
    rows = BudgetLine.objects.select_related("heading").prefetch_related("years")
    return rows.filter(version=version, line=line).first()


def _where(row: BudgetLine | None) -> str:
    if row is None:
        return "Deze post staat niet in de begroting die nu geldt."
    where = f"Post van {row.heading.name}" if row.heading else "Geld voor wat niet te voorzien is"
    return f"{where}, uitvoeringsbudget." if row.execution else f"{where}."
