"""The figures of a fund as plain values: amounts, tables per heading and line, drawdown.

Sums are sums of Decimals that came out of the database in whole cents, so a total never differs
from its parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Amounts:
    """What stands on a line in a year, or on any sum of them.

    `beyond` was paid above a commitment, `requested` is proposed and not signed yet.
    """

    budget: Decimal = ZERO
    committed: Decimal = ZERO
    beyond: Decimal = ZERO
    invoiced: Decimal = ZERO
    paid: Decimal = ZERO
    requested: Decimal = ZERO

    # Written out: a page of a fund adds thousands of these, and looking up fields takes longest.
    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.budget + other.budget,
            self.committed + other.committed,
            self.beyond + other.beyond,
            self.invoiced + other.invoiced,
            self.paid + other.paid,
            self.requested + other.requested,
        )

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.budget - other.budget,
            self.committed - other.committed,
            self.beyond - other.beyond,
            self.invoiced - other.invoiced,
            self.paid - other.paid,
            self.requested - other.requested,
        )

    @property
    def promised(self) -> Decimal:
        """What is committed, and what was paid beyond that."""
        return self.committed + self.beyond

    @property
    def left(self) -> Decimal:
        """What can still be promised."""
        return self.budget - self.promised

    @property
    def forecast(self) -> Decimal:
        """What it will come to when all that is asked for is signed, and all of it is billed."""
        return self.promised + self.requested


NOTHING = Amounts()


def added(parts: Iterable[Amounts]) -> Amounts:
    return sum(parts, NOTHING)


@dataclass(frozen=True)
class LineFigures:
    """A line of the fund with its amounts by year. `pk` is that of the FundLine."""

    pk: int
    name: str
    by_year: Mapping[int, Amounts] = field(default_factory=dict)
    explanation: str = ""
    execution: bool = False

    def of(self, year: int) -> Amounts:
        return self.by_year.get(year, NOTHING)

    @property
    def total(self) -> Amounts:
        return added(self.by_year.values())


@dataclass(frozen=True)
class HeadingFigures:
    """A heading with its lines. `block` is the key of its building block, where it has one."""

    pk: int
    name: str
    lines: tuple[LineFigures, ...]
    block: int | None = None

    def of(self, year: int) -> Amounts:
        return added(line.of(year) for line in self.lines)

    @property
    def total(self) -> Amounts:
        return added(line.total for line in self.lines)


@dataclass(frozen=True)
class FundFigures:
    """Headings in order, the unforeseen apart, and lines with money that no longer stand in it."""

    years: tuple[int, ...]
    headings: tuple[HeadingFigures, ...]
    contingency: LineFigures | None = None
    gone: tuple[LineFigures, ...] = ()

    @property
    def lines(self) -> tuple[LineFigures, ...]:
        """Every line, under a heading or not."""
        under = tuple(line for heading in self.headings for line in heading.lines)
        return under + ((self.contingency,) if self.contingency else ()) + self.gone

    def of(self, year: int) -> Amounts:
        return added(line.of(year) for line in self.lines)

    @property
    def total(self) -> Amounts:
        return added(line.total for line in self.lines)

    def contingency_rate(self, year: int) -> Decimal | None:
        """What the unforeseen is of the rest of that year, in percent; None without a rest."""
        if self.contingency is None:
            return None
        spare = self.contingency.of(year).budget
        rest = self.of(year).budget - spare
        return (100 * spare / rest).quantize(Decimal("0.01")) if rest else None


@dataclass(frozen=True)
class BalanceOn:
    """What is left of the grant at the end of a year: by plan, as a sheet stated, and in fact.

    Costs count in the year they are budgeted for, whenever they are billed or paid.
    """

    year: int
    on: date
    planned: Decimal
    committed: Decimal
    invoiced: Decimal
    paid: Decimal
    stated: Decimal | None = None


def drawdown(
    opening: Decimal,
    ends_on: Mapping[int, date],
    plan: Mapping[int, Decimal],
    facts: Mapping[int, Amounts],
    stated: Mapping[int, Decimal] | None = None,
) -> list[BalanceOn]:
    """The balance after each year, beginning with what the fund held when its budget began.

    `stated` holds the totals of the source sheet; a year without one ends that row.
    """
    rows = []
    planned, told = opening, opening if stated else None
    so_far = NOTHING
    for year in sorted(ends_on):
        planned -= plan.get(year, ZERO)
        so_far += facts.get(year, NOTHING)
        said = (stated or {}).get(year)
        told = None if told is None or said is None else told - said
        rows.append(
            BalanceOn(
                year=year,
                on=ends_on[year],
                planned=planned,
                committed=opening - so_far.promised,
                invoiced=opening - so_far.invoiced,
                paid=opening - so_far.paid,
                stated=told,
            )
        )
    return rows
