"""A budget of one year whose year stands in its title, above a column with amounts."""

import re

from budget.importing.amounts import looks_like_amount
from budget.importing.cells import Cell, Grid
from budget.importing.words import FIRST_YEAR, LAST_YEAR, Role, understand

_YEAR = re.compile(r"(?<![\d/–-])(20\d\d)(?![\d/–-])")


def titled_year(grid: Grid, name: str) -> tuple[int, int, int, str] | None:
    """The row of heads, the column of amounts, the year, and where the year is said.

    `name` is that of the sheet. None when there is not exactly one such column and one year.
    """
    for row, cells in grid.rows.items():
        columns = [
            column
            for column, cell in cells.items()
            if understand(cell.text).role is Role.AMOUNT and _has_amounts(grid, row, column)
        ]
        if len(columns) != 1 or len(cells) < 2:
            continue
        above = [c for at, line in grid.rows.items() if at < row for c in line.values()]
        year, where = _year_of(above, name)
        return (row, columns[0], year, where) if year else None
    return None


def _has_amounts(grid: Grid, row: int, column: int) -> bool:
    return any(at > row and looks_like_amount(c) for at, c in grid.columns[column].items())


def _year_of(cells: list[Cell], name: str) -> tuple[int | None, str]:
    said = {int(year): cell.place for cell in cells for year in _YEAR.findall(cell.text)}
    if not said:
        said = {int(year): f"de naam van het blad ‘{name}’" for year in _YEAR.findall(name)}
    if len(said) != 1:
        return None, ""
    ((year, where),) = said.items()
    return (year, where) if FIRST_YEAR <= year <= LAST_YEAR else (None, "")
