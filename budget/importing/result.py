"""What the reader of budgets made of one file. Amounts are in euros, in whole cents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

CENT = Decimal("0.01")


class Scope(Enum):
    """Which stated figure contradicts what stands under it."""

    LINE = "line"
    HEADING = "heading"
    SUBTOTAL = "subtotal"
    CONTINGENCY = "contingency"
    TOTAL = "total"
    BALANCE = "balance"


@dataclass
class Basis:
    """How an amount was reckoned: hours per week x weeks x rate, or number x price.

    `hours` counts hours per week when there are weeks; hours in all have no weeks and are a number.
    """

    hours: Decimal | None = None
    weeks: Decimal | None = None
    rate: Decimal | None = None
    number: Decimal | None = None
    price: Decimal | None = None

    @property
    def amount(self) -> Decimal | None:
        """The product in cents; None when a factor is missing."""
        if self.hours is not None and self.weeks is not None and self.rate is not None:
            return (self.hours * self.weeks * self.rate).quantize(CENT, ROUND_HALF_UP)
        if self.number is not None and self.price is not None:
            return (self.number * self.price).quantize(CENT, ROUND_HALF_UP)
        return None


@dataclass
class SheetLine:
    """A line of the budget with its amount per year and in which cell; years without are left out.

    `unreadable` tells per year in which cell something stands that is no amount. `across` is what
    the sheet states for all years together. `exact` is what formulas gave before rounding to cents.
    """

    name: str
    cell: str
    amounts: dict[int, Decimal] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    basis: dict[int, Basis] = field(default_factory=dict)
    explanation: str = ""
    code: str = ""
    execution_budget: bool = False
    unreadable: dict[int, str] = field(default_factory=dict)
    across: Decimal | None = None
    across_cell: str = ""
    exact: dict[int, Decimal] = field(default_factory=dict, repr=False)


@dataclass
class Figures:
    """What the sheet states per year, what the figures under it make, and in which cell.

    `computed` lacks a year in which something under it could not be read. `present` is whether
    the sheet has a row for it at all; `cell` is where that row has its name.
    """

    name: str = ""
    cell: str = ""
    present: bool = False
    stated: dict[int, Decimal] = field(default_factory=dict)
    computed: dict[int, Decimal] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    unreadable: dict[int, str] = field(default_factory=dict)
    across: Decimal | None = None
    across_cell: str = ""

    def figure(self, year: int) -> Decimal | None:
        """What the sheet says; what its parts make where it says nothing."""
        return self.stated.get(year, self.computed.get(year))


@dataclass
class SheetHeading:
    """A heading with its lines. `under` names the heading that its subtotal counts in, if any.

    Without a name it holds lines that stand under no heading.
    """

    name: str
    cell: str = ""
    lines: list[SheetLine] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    explanation: str = ""
    code: str = ""
    under: str = ""


@dataclass
class SheetContingency:
    """What is kept for the unforeseen. `rate` is a percentage: 7.5 is 7,5%.

    `approximate`: the sheet says 'ca'. A figure then fits when its share rounds to the rate.
    """

    name: str
    figures: Figures = field(default_factory=Figures)
    rate: Decimal | None = None
    approximate: bool = False
    shares: dict[int, Decimal] = field(default_factory=dict)
    explanation: str = ""


@dataclass
class Difference:
    """A stated figure that the figures directly under it do not make. `year` None: all years."""

    scope: Scope
    name: str
    year: int | None
    cell: str
    stated: Decimal
    computed: Decimal
    explanation: str

    @property
    def difference(self) -> Decimal:
        """How much the parts make above what is stated; negative when they make less."""
        return self.computed - self.stated


@dataclass
class BasisDifference:
    """An amount that is not the product of the basis beside it."""

    line: str
    heading: str
    year: int
    cell: str
    stated: Decimal
    from_basis: Decimal
    explanation: str


@dataclass
class Consequence:
    """What mending one difference does to the total, and to what the fund then has left.

    `cost` is negative when mending saves money. `with_contingency` counts the contingency along;
    None where there is no rate or it plays no part. The balances are None without an opening one.
    """

    scope: Scope
    name: str
    year: int | None
    cost: Decimal
    with_contingency: Decimal | None
    balance: Decimal | None
    balance_with_contingency: Decimal | None
    explanation: str


@dataclass
class FundFigures:
    """The fund through the years: what it begins with and holds at each year's end, as stated.

    Without an opening there are no balances. `stated` are those that the sheet itself names, by
    year; `cells` where.
    """

    opening: Decimal | None
    opening_cell: str = ""
    balances: dict[int, Decimal] = field(default_factory=dict)
    stated: dict[int, Decimal] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    grant: Decimal | None = None
    realised: Decimal | None = None


@dataclass
class Remark:
    """Text beside the figures: a title, a note under the table, a comment on a cell."""

    cell: str
    text: str


@dataclass
class Unread:
    """A cell that reached no key. `figure`: it stands where an amount should be."""

    cell: str
    text: str
    reason: str
    figure: bool = False


@dataclass
class BudgetReport:
    """Everything in the sheet: each filled cell is in a key, in `notes`, or in `unread`.

    `years` maps each year to its head as written, `columns` are all heads. `subtotal` is that of
    all headings together.
    """

    name: str
    sheet: str = ""
    years: dict[int, str] = field(default_factory=dict)
    columns: list[Remark] = field(default_factory=list)
    headings: list[SheetHeading] = field(default_factory=list)
    subtotal: Figures = field(default_factory=Figures)
    contingency: SheetContingency | None = None
    totals: Figures = field(default_factory=Figures)
    differences: list[Difference] = field(default_factory=list)
    basis_differences: list[BasisDifference] = field(default_factory=list)
    fund: FundFigures | None = None
    consequences: list[Consequence] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """No cell that should hold an amount was left unread."""
        return not any(each.figure for each in self.unread)

    def to_json(self) -> dict[str, Any]:
        """Plain data, fit for json.dumps: amounts as '394360.00', years and rates as text."""
        return {
            "name": self.name,
            "sheet": self.sheet,
            "years": list(self.years),
            "year_heads": {str(year): head for year, head in self.years.items()},
            "columns": [_plain(each, "cell", "text") for each in self.columns],
            "headings": [_heading(each) for each in self.headings],
            "subtotal": _figures(self.subtotal),
            "contingency": _contingency(self.contingency) if self.contingency else None,
            "totals": _figures(self.totals),
            "differences": [
                {
                    "scope": each.scope.value,
                    **_plain(each, "name", "year", "cell"),
                    **_plain(each, "stated", "computed", "difference", "explanation"),
                }
                for each in self.differences
            ],
            "basis_differences": [
                _plain(
                    each, "line", "heading", "year", "cell", "stated", "from_basis", "explanation"
                )
                for each in self.basis_differences
            ],
            "fund": _fund(self.fund) if self.fund else None,
            "consequences": [
                {
                    "scope": each.scope.value,
                    **_plain(each, "name", "year", "cost", "with_contingency", "balance"),
                    **_plain(each, "balance_with_contingency", "explanation"),
                }
                for each in self.consequences
            ],
            "notes": [_plain(each, "cell", "text") for each in self.notes],
            "warnings": list(self.warnings),
            "unread": [_plain(each, "cell", "text", "reason", "figure") for each in self.unread],
        }


def _plain(row: object, *names: str) -> dict[str, Any]:
    """Some fields of a row, with amounts as text."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: f"{value:.2f}" if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _by_year(amounts: Mapping[int, Decimal]) -> dict[str, str]:
    return {str(year): f"{amount:.2f}" for year, amount in amounts.items()}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "label": figures.name,
        "cells": {str(year): cell for year, cell in figures.cells.items()},
        "stated": _by_year(figures.stated),
        "computed": _by_year(figures.computed),
        "unreadable": {str(year): cell for year, cell in figures.unreadable.items()},
        **_plain(figures, "across"),
    }


def _heading(heading: SheetHeading) -> dict[str, Any]:
    return {
        **_plain(heading, "name", "cell", "code", "under", "explanation"),
        **_figures(heading.figures),
        "lines": [_line(line) for line in heading.lines],
    }


def _line(line: SheetLine) -> dict[str, Any]:
    return {
        **_plain(line, "name", "cell", "code", "explanation", "execution_budget", "across"),
        "amounts": _by_year(line.amounts),
        "cells": {str(year): cell for year, cell in line.cells.items()},
        "unreadable": {str(year): cell for year, cell in line.unreadable.items()},
        "basis": {str(year): _basis(basis) for year, basis in line.basis.items()},
    }


def _basis(basis: Basis) -> dict[str, str | None]:
    factors = {
        name: f"{value:f}"
        for name in ("hours", "weeks", "rate", "number", "price")
        if (value := getattr(basis, name)) is not None
    }
    return {**factors, "amount": None if basis.amount is None else f"{basis.amount:.2f}"}


def _contingency(found: SheetContingency) -> dict[str, Any]:
    return {
        "name": found.name,
        **_figures(found.figures),
        "rate": None if found.rate is None else f"{found.rate:f}",
        "approximate": found.approximate,
        "shares": _by_year(found.shares),
        "explanation": found.explanation,
    }


def _fund(fund: FundFigures) -> dict[str, Any]:
    return {
        **_plain(fund, "opening", "opening_cell", "grant", "realised"),
        "balances": _by_year(fund.balances),
        "stated": _by_year(fund.stated),
        "cells": {str(year): cell for year, cell in fund.cells.items()},
    }
