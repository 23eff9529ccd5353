"""The page on which somebody checks what was read from a sheet, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.domain.import_plan import SPARE, UNNAMED, Plan, plan_of
from budget.domain.imports import import_answers
from budget.domain.versions import in_force
from budget.importing import BudgetReport
from budget.importing.checking import is_rounding
from budget.importing.explaining import percent
from budget.importing.result import Difference, Figures, Scope
from budget.models import Fund
from core.components import Fact
from core.formats import euro
from core.models import StoredFile
from core.refusal import Refusal

Years = tuple[Decimal | None, ...]
LABELS = {
    Scope.LINE: "Post",
    Scope.HEADING: "Onderdeel",
    Scope.SUBTOTAL: "Subtotaal",
    Scope.CONTINGENCY: "Onvoorzien",
    Scope.TOTAL: "Totaal",
    Scope.BALANCE: "Saldo",
}


@dataclass(frozen=True)
class Row:
    """A row of the table. `unread` are the places of years in which something is no amount."""

    name: str
    years: tuple["Place", ...]
    note: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Place:
    """One year of a row: its amount, in which cell, and what is wrong there."""

    amount: Decimal | None
    cell: str = ""
    unread: bool = False


@dataclass(frozen=True)
class Sum:
    """What the sheet states, beside what its parts make. `off`: they differ somewhere."""

    name: str
    stated: tuple[Place, ...]
    computed: Years
    off: bool


@dataclass(frozen=True)
class Part:
    """A heading with its lines."""

    name: str
    block: str
    lines: tuple[Row, ...]
    sum: Sum | None


@dataclass(frozen=True)
class Off:
    """A difference in words, and what mending it would do."""

    title: str
    stated: Decimal
    computed: Decimal
    difference: Decimal
    explanation: str
    follows: str


@dataclass(frozen=True)
class Review:
    """Everything the page draws."""

    years: tuple[int, ...]
    facts: list[Fact]
    parts: tuple[Part, ...]
    sums: tuple[Sum, ...]
    balances: tuple[tuple[str, Decimal], ...]
    differences: tuple[Off, ...]
    bases: tuple[str, ...]
    unread: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    goes_on: int


def review_of(fund: Fund, report: BudgetReport, file: StoredFile) -> Review:
    """The report beside what would become of it in this fund."""
    years = tuple(report.years)
    plan = plan_of(report, fund, in_force(fund))
    bases = tuple(each.explanation for each in report.basis_differences)
    reasons = tuple(
        each.reason for each in import_answers(fund, report, file) if isinstance(each, Refusal)
    )
    lines = [line for heading in plan.headings for line in heading.lines]
    goes_on = sum(line.goes_on is not None for line in lines)
    return Review(
        years=years,
        facts=_facts(report, years, len(bases)),
        parts=_parts(report, plan, years),
        sums=_sums(report, years),
        balances=_balances(report),
        differences=_differences(report),
        bases=bases,
        unread=tuple((each.cell, each.text, each.reason) for each in report.unread),
        reasons=reasons,
        new=tuple(line.name for line in lines if line.goes_on is None) if goes_on else (),
        gone=tuple(plan.gone),
        goes_on=goes_on,
    )


def title_for(report: BudgetReport) -> str:
    """'Begroting 2020–2022'."""
    years = sorted(report.years)
    if not years:
        return "Begroting"
    return f"Begroting {years[0]}" + (f"–{years[-1]}" if len(years) > 1 else "")


def _facts(report: BudgetReport, years: Sequence[int], bases: int) -> list[Fact]:
    total = sum((report.totals.figure(year) or Decimal(0) for year in years), Decimal(0))
    lines = sum(len(each.lines) for each in report.headings)
    spare = report.contingency
    rate = percent(spare.rate) if spare and spare.rate is not None else "geen percentage"
    off = len(report.differences) + bases
    return [
        Fact("Jaren", _span(years)),
        Fact("Onderdelen", str(len(report.headings)), note=f"{lines} posten"),
        Fact("Onvoorzien", rate if spare else "geen"),
        Fact("Totaal", euro(total), note="zoals het blad het noemt"),
        Fact("Verschillen", str(off) if off else "geen"),
        Fact("Niet gelezen", _cells(len(report.unread))),
    ]


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} tot en met {years[-1]}"


def _cells(number: int) -> str:
    return "niets" if not number else "1 cel" if number == 1 else f"{number} cellen"


# The table ----------------------------------------------------------------------------------------


def _parts(report: BudgetReport, plan: Plan, years: Sequence[int]) -> tuple[Part, ...]:
    blocks = {each.name: each.block for each in plan.headings}
    found = []
    for heading in report.headings:
        name = heading.name or UNNAMED
        block = blocks.get(name)
        rows = tuple(
            Row(
                line.name,
                tuple(
                    Place(
                        line.amounts.get(year),
                        line.unreadable.get(year, line.cells.get(year, "")),
                        year in line.unreadable,
                    )
                    for year in years
                ),
                "uitvoeringsbudget" if line.execution_budget else "",
                line.explanation,
            )
            for line in heading.lines
        )
        total = _sum("Subtotaal", heading.figures, years)
        found.append(Part(name, block.title if block else "", rows, total))
    return tuple(found)


def _sums(report: BudgetReport, years: Sequence[int]) -> tuple[Sum, ...]:
    named = [("Subtotaal", report.subtotal), ("Totaal", report.totals)]
    if (spare := report.contingency) is not None:
        rate = f" ({percent(spare.rate)})" if spare.rate is not None else ""
        named.insert(1, (f"{SPARE}{rate}", spare.figures))
    return tuple(made for name, figures in named if (made := _sum(name, figures, years)))


def _sum(name: str, figures: Figures, years: Sequence[int]) -> Sum | None:
    if not figures.present and not figures.stated:
        return None
    stated = tuple(
        Place(figures.stated.get(year), figures.cells.get(year, ""), year in figures.unreadable)
        for year in years
    )
    computed = tuple(figures.computed.get(year) for year in years)
    off = any(
        made is not None and not is_rounding(said.amount or Decimal(0), made)
        for said, made in zip(stated, computed, strict=True)
    )
    return Sum(name, stated, computed, off)


def _balances(report: BudgetReport) -> tuple[tuple[str, Decimal], ...]:
    fund = report.fund
    if fund is None or fund.opening is None:
        return ()
    after = ((f"Over na {year}", left) for year, left in fund.balances.items())
    return (("In het fonds bij het begin", fund.opening), *after)


# What does not add up -----------------------------------------------------------------------------


def _differences(report: BudgetReport) -> tuple[Off, ...]:
    follows = {(each.scope, each.name, each.year): each.explanation for each in report.consequences}
    return tuple(
        Off(
            _title(each),
            each.stated,
            each.computed,
            abs(each.difference),
            each.explanation,
            follows.get((each.scope, each.name, each.year), ""),
        )
        for each in report.differences
    )


def _title(found: Difference) -> str:
    what = LABELS[found.scope]
    name = found.name if found.scope in (Scope.LINE, Scope.HEADING) and found.name else what
    return f"{name} {found.year or 'alle jaren samen'}"
