"""A row as a line with its amounts and basis, or as the stated figures of a heading or total."""

from dataclasses import dataclass
from decimal import Decimal

from budget.importing.amounts import MOST
from budget.importing.context import Reading
from budget.importing.result import Basis, Figures, SheetLine
from budget.importing.table import Factor, Row, Table
from budget.importing.totals import undashed
from budget.importing.words import Role, without_number

MOST_WEEKS = Decimal(53)
MOST_FACTOR = Decimal(1_000_000)
LIMITS = {Role.WEEKS: MOST_WEEKS, Role.RATE: MOST, Role.PRICE: MOST}


@dataclass
class Group:
    """A name above dashed lines; they carry it before their own."""

    name: str


def name_of(row: Row) -> tuple[str, str]:
    """The number and the name of a row, without the dash before it."""
    code, name = without_number(undashed(row.label)[0])
    return (row.code.text if row.code else code), name


def line_of(row: Row, table: Table, reading: Reading, *, group: Group | None) -> SheetLine:
    """A row as a line; its cells are taken, or set aside with what is wrong."""
    code, name = name_of(row)
    if group:
        name = f"{group.name} - {name}"
    line = SheetLine(name or row.theme_name, row.first.place, code=code)
    for year, cell in sorted(row.amounts.items()):
        found = reading.amount(cell)
        if found.value is not None:
            line.amounts[year], line.cells[year] = found.value, cell.place
            if found.exact is not None and found.exact != found.value:
                line.exact[year] = found.exact
        elif found.trouble and found.trouble.spoils:
            line.unreadable[year] = cell.place
    if row.across:
        line.across, line.across_cell = reading.amount(row.across).value, row.across.place
    line.basis = _basis(row, list(line.amounts), table, reading)
    line.explanation = "\n".join(cell.text for cell in row.explanations)
    line.execution_budget = "uitvoeringsbudget" in line.name.casefold()
    reading.take(*row.labels, *row.copies, *row.explanations, row.theme, row.code)
    return line


def state(figures: Figures, row: Row, table: Table, reading: Reading) -> None:
    """Keep what a row of totals states. An empty cell in it states nothing."""
    figures.present = True
    figures.cell = row.first.place
    for year in table.years:
        cell = row.amounts.get(year)
        if cell is None:
            continue
        figures.cells[year] = cell.place
        found = reading.amount(cell)
        if found.value is not None:
            figures.stated[year] = found.value
        elif found.trouble and found.trouble.spoils:
            figures.unreadable[year] = cell.place
    if row.across:
        figures.across, figures.across_cell = reading.amount(row.across).value, row.across.place


def _basis(row: Row, years: list[int], table: Table, reading: Reading) -> dict[int, Basis]:
    """What the row says of hours, weeks, rate, number and price: for each year with an amount."""
    numbers = {
        key: number
        for key, cell in row.factors.items()
        if (number := reading.number(cell, most=LIMITS.get(key[0], MOST_FACTOR))) is not None
    }
    if not numbers:
        return {}
    own = {year for _, year in numbers if year}
    if any(year is None for _, year in numbers):
        own |= set(years or table.years)
    return {year: _one_basis(numbers, year, weekly=table.weekly) for year in sorted(own)}


def _one_basis(numbers: dict[Factor, Decimal], year: int, *, weekly: bool) -> Basis:
    """What is said of one year goes before what is said of all."""

    def of(role: Role) -> Decimal | None:
        return numbers.get((role, year), numbers.get((role, None)))

    hours, rate = of(Role.WEEKLY), of(Role.RATE)
    number, price = of(Role.NUMBER), of(Role.PRICE)
    in_all = of(Role.HOURS)
    if weekly and hours is None:
        hours, in_all = in_all, None
    if in_all is not None and hours is None and number is None and price is None:
        number, price, rate = in_all, rate, None
    return Basis(hours, of(Role.WEEKS), rate, number, price)
