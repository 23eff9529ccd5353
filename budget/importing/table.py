"""A budget as rows with their cells by meaning, whatever the layout of the sheet."""

from dataclasses import dataclass, field

from budget.importing.cells import Cell, Grid, listed
from budget.importing.columns import Columns
from budget.importing.context import Reading
from budget.importing.words import Role, understand

Factor = tuple[Role, int | None]


@dataclass
class Row:
    """One row of the table: what it is called, and its figures by year.

    `cells` are all its cells. `copies` repeat the name, where a sheet has a row for each year.
    """

    cells: list[Cell] = field(default_factory=list)
    theme: Cell | None = None
    labels: list[Cell] = field(default_factory=list)
    code: Cell | None = None
    amounts: dict[int, Cell] = field(default_factory=dict)
    factors: dict[Factor, Cell] = field(default_factory=dict)
    explanations: list[Cell] = field(default_factory=list)
    across: Cell | None = None
    copies: list[Cell] = field(default_factory=list)

    @property
    def label(self) -> str:
        return " - ".join(cell.text for cell in self.labels)

    @property
    def theme_name(self) -> str:
        return self.theme.text if self.theme else ""

    @property
    def first(self) -> Cell:
        """The cell by which the row is called."""
        return next(iter([*self.labels, *filter(None, [self.theme]), *self.cells]))

    @property
    def has_figures(self) -> bool:
        return bool(self.amounts or self.factors or self.across)


@dataclass
class Table:
    """The rows under the heads.

    `themes` is whether headings have a column of their own, `weekly` whether there is a column of
    weeks, so that hours are those of one week.
    """

    years: dict[int, str]
    rows: list[Row]
    themes: bool = False
    weekly: bool = False


def table_of(grid: Grid, columns: Columns, reading: Reading) -> Table:
    """The rows below the heads. Heads are taken; what stands above them are notes."""
    first = min(columns.head_rows)
    rows: list[Row] = []
    for number, cells in grid.rows.items():
        if number < first:
            reading.note(cells.values())
        elif number in columns.head_rows or _repeats_heads(cells, columns):
            reading.head(cells.values())
        else:
            rows.append(_row(grid, number, cells, columns))
    reading.warnings += columns.said
    _say_what_is_aside(grid, columns, reading)
    years = {year: columns.heads[year].text for year in sorted(columns.years)}
    weekly = any(role is Role.WEEKS for role, _ in columns.factors)
    return Table(years, rows, themes=columns.theme is not None, weekly=weekly)


def _row(grid: Grid, number: int, cells: dict[int, Cell], columns: Columns) -> Row:
    theme = grid.shown(number, columns.theme) if columns.theme else None
    return Row(
        cells=list(cells.values()),
        theme=theme,
        labels=[cells[column] for column in columns.labels if column in cells],
        code=cells.get(columns.code) if columns.code else None,
        amounts={y: cells[column] for y, column in columns.years.items() if column in cells},
        factors={key: cells[column] for key, column in columns.factors.items() if column in cells},
        explanations=[cells[column] for column in columns.explanations if column in cells],
        across=cells.get(columns.across) if columns.across else None,
    )


def _repeats_heads(cells: dict[int, Cell], columns: Columns) -> bool:
    """The heads once more, as at the top of a new page. With a name of its own it is a line."""
    return all(
        column in cells and understand(cells[column].text).year == year
        for year, column in columns.years.items()
    ) and all(understand(cell.text).role for cell in cells.values())


def _say_what_is_aside(grid: Grid, columns: Columns, reading: Reading) -> None:
    """Columns that are not read stay whole in `unread`, with one warning each."""
    for column, reason in sorted(columns.aside.items()):
        cells = [cell for row, cell in grid.columns[column].items() if row not in columns.head_rows]
        left = reading.set_aside(cells, reason)
        if left:
            reading.warnings.append(
                f"{listed((cell.place for cell in left), most=4)}: niet gelezen, want {reason}."
            )
