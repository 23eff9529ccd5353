"""Which row holds the heads of a budget, and what each column of it is."""

from dataclasses import dataclass, field

from budget.importing.amounts import looks_like_amount
from budget.importing.cells import Cell, Grid, Kind, listed
from budget.importing.context import Period, check_year, quoted, refuse, refuse_two_years
from budget.importing.one_year import titled_year
from budget.importing.words import (
    FACTORS,
    Head,
    Role,
    combined,
    understand,
)

MOST_HEAD_ROWS = 3
NO_NAMES = "De namen van de posten zijn niet gevonden. Zet ze links van de bedragen."
NO_YEARS = (
    "Er zijn geen jaren gevonden. Zet boven elke kolom met bedragen het jaar, bijvoorbeeld 2026."
)


@dataclass
class Columns:
    """The rows of heads, and the columns by what they hold.

    `aside` are columns that are not read, with the reason. `factors` are those of a basis, for one
    year or (None) for all. `certain`: a head is a year with nothing strange beside it. `said`
    is what the reader of the report should know.
    """

    head_rows: list[int]
    years: dict[int, int] = field(default_factory=dict)
    heads: dict[int, Cell] = field(default_factory=dict)
    theme: int | None = None
    labels: list[int] = field(default_factory=list)
    code: int | None = None
    explanations: list[int] = field(default_factory=list)
    factors: dict[tuple[Role, int | None], int] = field(default_factory=dict)
    across: int | None = None
    aside: dict[int, str] = field(default_factory=dict)
    certain: bool = False
    said: list[str] = field(default_factory=list)


def find_columns(grid: Grid, name: str, period: Period | None = None) -> Columns:
    """The columns of the table. Refuses a sheet without years, or with a year that cannot be.

    `name` is that of the sheet; `period` the first and last year of the fund.
    """
    last = _last_amounts(grid)
    row = _row_of_years(grid, last)
    titled = titled_year(grid, name) if row is None else None
    if titled:
        row = titled[0]
    if row is None:
        refuse(NO_YEARS)
    rows = _head_rows(grid, row)
    found = Columns(rows)
    heads = {column: _head(grid, rows, row, column) for column in grid.columns}
    if titled:
        _, column, year, where = titled
        heads[column] = Head(Role.AMOUNT, year, certain=1)
        found.said.append(f"Het jaar {year} is gelezen uit {where}.")
    for column, head in heads.items():
        cell = grid.shown(row, column)
        if cell and head.two_years and _above_amounts(grid, last, row, column):
            refuse_two_years(cell)
    _year_columns(found, grid, row, heads, last, period)
    unnamed = []
    for column, head in heads.items():
        if column in found.years.values() or column in found.aside:
            continue
        if not _place(found, column, head):
            unnamed.append(column)
    _label_columns(found, grid, heads, unnamed)
    return found


def _row_of_years(grid: Grid, last: dict[int, int]) -> int | None:
    """The row with most years above amounts; the first of them when there are more."""
    best, most = None, (0, 0)
    for row, cells in grid.rows.items():
        years = {
            (head.year, "" if head.year else cell.text): head.certain > 0 or head.two_years
            for column, cell in cells.items()
            if (head := understand(cell.text)).two_years
            or (head.year and head.role in (Role.AMOUNT, Role.ACTUAL))
            if _above_amounts(grid, last, row, column)
        }
        if (sum(years.values()), len(years)) > most:
            best, most = row, (sum(years.values()), len(years))
    return best


def _last_amounts(grid: Grid) -> dict[int, int]:
    """Per column the last row with an amount."""
    found = {}
    for column, cells in grid.columns.items():
        for row, cell in reversed(cells.items()):
            if looks_like_amount(cell):
                found[column] = row
                break
    return found


def _above_amounts(grid: Grid, last: dict[int, int], row: int, column: int) -> bool:
    span = grid.span(row, column)
    if span is None:
        return last.get(column, 0) > row
    return any(at > row for each, at in last.items() if column <= each <= span.right)


def _head_rows(grid: Grid, row: int) -> list[int]:
    """The row of the years with the rows beside it that hold nothing but words for columns."""
    rows = [row]
    years = {c for c in grid.columns if (cell := grid.shown(row, c)) and understand(cell.text).year}
    for step in (-1, 1):
        at = row + step
        while len(rows) < MOST_HEAD_ROWS and _only_heads(grid, at, years):
            rows.append(at)
            at += step
    return sorted(rows)


def _only_heads(grid: Grid, row: int, years: set[int]) -> bool:
    """A title or a heading of the budget can be such a word too, but stands alone in its row."""
    cells = grid.rows.get(row, {})
    beside_years = any(grid.shown(row, column) for column in years)
    roles = [
        understand(cell.text).role
        for cell in cells.values()
        if cell.kind is Kind.TEXT and not any(char.isdigit() for char in cell.text)
    ]
    enough = len(cells) > 1 or beside_years
    return enough and len(roles) == len(cells) > 0 and not {None, Role.YEAR} & set(roles)


def _head(grid: Grid, rows: list[int], row: int, column: int) -> Head:
    texts = {each: cell.text for each in rows if (cell := grid.shown(each, column))}
    own = texts.pop(row, "")
    return combined(own, list(texts.values()))


def _year_columns(
    found: Columns,
    grid: Grid,
    row: int,
    heads: dict[int, Head],
    last: dict[int, int],
    period: Period | None,
) -> None:
    """Settle which column is the budget of which year."""
    for column, head in heads.items():
        cell = grid.shown(row, column)
        if cell is None:
            continue
        if head.role is Role.ACTUAL and head.year:
            found.aside[column] = f"kolom ‘{cell.text}’ is niet wat er is begroot"
        elif head.role is Role.AMOUNT and head.year:
            check_year(cell, head.year, period)
            _settle(found, grid, row, heads, column, last)
    if not found.years:
        refuse(
            f"{listed(quoted(c) for c in grid.rows[row].values())}: dit zijn geen kolommen met "
            "begrote bedragen. Zet boven elke begrote kolom het jaar."
        )


def _settle(
    found: Columns,
    grid: Grid,
    row: int,
    heads: dict[int, Head],
    column: int,
    last: dict[int, int],
) -> None:
    head = heads[column]
    year = head.year or 0
    other = found.years.get(year)
    if other is not None and last.get(column, 0) <= row:
        return  # under a merged head there is also a column with only '€', or with nothing
    if other is not None and last.get(other, 0) <= row:
        other = None
    cell = grid.shown(row, column)
    if other is not None and cell:
        rival = grid.shown(row, other)
        if heads[other].certain == head.certain and rival:
            places = f"{_place_of(grid, row, other)} en {_place_of(grid, row, column)}"
            refuse(
                f"Voor {year} staan er twee kolommen: {places}. Laat er één staan, of zet erboven "
                "welke de begroting is."
            )
        loser = column if heads[other].certain > head.certain else other
        found.aside[loser] = f"voor {year} is een andere kolom als begroting gelezen"
        if loser == column:
            return
    found.years[year] = column
    found.certain = found.certain or head.certain > 0
    if cell:
        found.heads[year] = cell


def _place_of(grid: Grid, row: int, column: int) -> str:
    """The head's own place, or that of the first cell under a merged head."""
    own = grid.cells.get((row, column))
    return (own or next(iter(grid.columns[column].values()))).place


def _place(found: Columns, column: int, head: Head) -> bool:
    """Give a column its place by its head; False when the head does not tell."""
    if head.role in FACTORS and head.role:
        key = (head.role, head.year)
        if key in found.factors:
            found.aside[column] = f"er is al een kolom met {head.role.value}"
        else:
            found.factors[key] = column
    elif head.role is Role.EXPLANATION:
        found.explanations.append(column)
    elif head.role is Role.ACROSS and found.across is None:
        found.across = column
    else:
        return False
    return True


def _label_columns(found: Columns, grid: Grid, heads: dict[int, Head], unnamed: list[int]) -> None:
    """Headings, lines and numbers by their heads; without heads by where they stand."""
    first_year = min(found.years.values())
    last_head = max(found.head_rows)
    texts: list[int] = []
    for column in unnamed:
        role = heads[column].role
        below = [cell for row, cell in grid.columns[column].items() if row > last_head]
        named = any(grid.shown(row, column) for row in found.head_rows)
        if not below:
            continue
        if role in (Role.THEME, Role.LABEL):
            texts.append(column)
        elif role is Role.CODE or (column < first_year and _all_numbers(below)):
            if found.code is None:
                found.code = column
            else:
                found.aside[column] = "er is al een kolom met nummers"
        elif column < first_year:
            texts.append(column)
        elif not named and not any(looks_like_amount(cell) for cell in below):
            found.explanations.append(column)
        else:
            found.aside[column] = (
                "de kop van deze kolom is niet herkend" if named else "deze kolom heeft geen kop"
            )
    if not texts:
        refuse(NO_NAMES)
    themes = [column for column in texts if heads[column].role is Role.THEME]
    labels = [column for column in texts if heads[column].role is Role.LABEL]
    if not labels and not themes and len(texts) > 1 and not _is_of_headings(grid, *texts[:2]):
        labels = texts[:1]
    if len(texts) > 1:
        before = [column for column in texts if not labels or column < labels[0]]
        found.theme = themes[0] if themes else before[0] if before else None
    found.labels = [column for column in texts if column != found.theme]
    if labels and not themes:
        # Text without a head to the right of the names tells about them.
        extra = [c for c in found.labels if c > labels[0] and heads[c].role is None]
        found.explanations += extra
        found.labels = [column for column in found.labels if column not in extra]


def _is_of_headings(grid: Grid, first: int, second: int) -> bool:
    """Whether the first of two columns with text holds headings: it repeats itself or has gaps."""
    texts = [cell.text for cell in grid.columns[first].values()]
    gaps = [row for row in grid.columns[second] if not grid.cells.get((row, first))]
    return len(set(texts)) < len(texts) or bool(gaps)


def _all_numbers(cells: list[Cell]) -> bool:
    return all(
        cell.kind is Kind.NUMBER or cell.text.replace(".", "").strip().isdecimal() for cell in cells
    )
