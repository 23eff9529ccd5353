"""A budget with a row for each line and year: columns for the year and for the amount."""

from dataclasses import dataclass, field

from budget.importing.cells import Cell, Grid
from budget.importing.context import Period, Reading, check_year, refuse_two_years
from budget.importing.table import Row, Table
from budget.importing.words import FACTORS, Role, understand


@dataclass
class _Heads:
    row: int
    year: int = 0
    amount: int = 0
    theme: int | None = None
    labels: list[int] = field(default_factory=list)
    code: int | None = None
    explanations: list[int] = field(default_factory=list)
    factors: dict[Role, int] = field(default_factory=dict)


def listed_table(grid: Grid, reading: Reading, period: Period | None = None) -> Table | None:
    """The rows brought together per line; None when the sheet has no such columns."""
    heads = _find_heads(grid)
    if heads is None:
        return None
    rows: dict[tuple[str, ...], list[Row]] = {}
    ordered: list[Row] = []
    years: dict[int, str] = {}
    context, seen = "", set()
    for number, cells in grid.rows.items():
        if number < heads.row:
            reading.note(cells.values())
            continue
        if number == heads.row:
            reading.head(cells.values())
            continue
        row = _row(grid, number, cells, heads)
        year = _year_of(cells, heads, period, reading)
        if year is None:
            if cells.get(heads.amount) is None and len(row.labels) == 1 and not row.theme:
                context = row.label
                if context in seen:
                    reading.take(*row.cells)
                    continue
                seen.add(context)
            ordered.append(row)
            continue
        years[year] = str(year)
        key = (row.theme_name, context, row.label)
        same = [each for each in rows.get(key, []) if year not in each.amounts]
        if same:
            _add(same[0], row, year, cells, heads)
        else:
            _add(row, None, year, cells, heads)
            rows.setdefault(key, []).append(row)
            ordered.append(row)
    if not years:
        return None
    weekly = Role.WEEKS in heads.factors
    return Table(dict(sorted(years.items())), ordered, heads.theme is not None, weekly)


def _find_heads(grid: Grid) -> _Heads | None:
    for number, cells in grid.rows.items():
        roles = {column: understand(cell.text) for column, cell in cells.items()}
        year = [column for column, head in roles.items() if head.role is Role.YEAR]
        amount = [c for c, head in roles.items() if head.role is Role.AMOUNT and not head.year]
        if len(year) == 1 and len(amount) == 1:
            heads = _Heads(number, year[0], amount[0])
            for column, head in roles.items():
                _place(heads, column, head.role)
            return heads if heads.labels else None
    return None


def _place(heads: _Heads, column: int, role: Role | None) -> None:
    if column in (heads.year, heads.amount):
        return
    if role is Role.THEME and heads.theme is None:
        heads.theme = column
    elif role is Role.CODE and heads.code is None:
        heads.code = column
    elif role is Role.EXPLANATION:
        heads.explanations.append(column)
    elif role in FACTORS and role and role not in heads.factors:
        heads.factors[role] = column
    elif role in (Role.LABEL, None) and column < heads.amount:
        heads.labels.append(column)


def _row(grid: Grid, number: int, cells: dict[int, Cell], heads: _Heads) -> Row:
    return Row(
        cells=list(cells.values()),
        theme=grid.shown(number, heads.theme) if heads.theme else None,
        labels=[cells[column] for column in heads.labels if column in cells],
        code=cells.get(heads.code) if heads.code else None,
        explanations=[cells[column] for column in heads.explanations if column in cells],
    )


def _year_of(
    cells: dict[int, Cell],
    heads: _Heads,
    period: Period | None,
    reading: Reading,
) -> int | None:
    cell = cells.get(heads.year)
    if cell is None:
        return None
    head = understand(cell.text)
    if head.two_years:
        refuse_two_years(cell)
    if not head.year:
        return None
    check_year(cell, head.year, period)
    reading.take(cell)
    return head.year


def _add(into: Row, row: Row | None, year: int, cells: dict[int, Cell], heads: _Heads) -> None:
    """The figures of one year; a second row repeats the name."""
    if heads.amount in cells:
        into.amounts[year] = cells[heads.amount]
    for role, column in heads.factors.items():
        if column in cells:
            into.factors[role, year] = cells[column]
    if row is None:
        return
    into.cells += row.cells
    into.copies += [*row.labels, *filter(None, [row.theme, row.code])]
    said = {cell.text for cell in into.explanations}
    for cell in row.explanations:
        (into.copies if cell.text in said else into.explanations).append(cell)
