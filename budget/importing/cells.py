"""A spreadsheet as the reader sees it: the cells that have something in them, by their place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

MAX_ROWS = 2_000
MAX_CELLS = 20_000
TOO_LARGE = (
    "Dit blad is te groot voor een begroting: er staat iets in meer dan 2.000 rijen of 20.000 "
    "cellen. Zet de begroting op een eigen blad."
)


class Kind(Enum):
    """What a cell holds. The last three have no value that can be read."""

    TEXT = "tekst"
    NUMBER = "getal"
    PERCENT = "percentage"
    DATE = "datum"
    TRUTH = "waar of onwaar"
    ERROR = "fout"
    NO_RESULT = "formule zonder uitkomst"
    CIRCULAR = "kringverwijzing"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it. `row` and `column` count from 1, as in the file itself.

    `text` is what a person reads in it; `number` is there when the file holds a number. `currency`
    is another currency than the euro, in which the cell is shown.
    """

    row: int
    column: int
    text: str
    kind: Kind = Kind.TEXT
    number: Decimal | None = None
    currency: str = ""
    formula: bool = False

    @property
    def place(self) -> str:
        """As a spreadsheet calls it: 'C14'."""
        return f"{column_name(self.column)}{self.row}"


@dataclass(frozen=True)
class Span:
    """Merged cells, with their first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """One sheet of a file. A csv file has one, without a name.

    `comments` are the notes that hang on cells: place and text. `warnings` are about the sheet
    as a whole. One that is `too_large` for a budget was read no further.
    """

    name: str = ""
    cells: list[Cell] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    too_large: bool = False


class Grid:
    """The cells of a sheet by row and column; on its side when the years stand below each other.

    A cell keeps its own place in the file, however it is looked at.
    """

    def __init__(self, cells: Mapping[tuple[int, int], Cell], merged: Iterable[Span] = ()) -> None:
        self.cells = cells
        self._merged = [span for span in merged if (span.top, span.left) in cells]

    @classmethod
    def of(cls, sheet: Sheet) -> "Grid":
        return cls({(cell.row, cell.column): cell for cell in sheet.cells}, sheet.merged)

    def turned(self) -> "Grid":
        """Rows as columns and columns as rows."""
        spans = [Span(each.left, each.top, each.right, each.bottom) for each in self._merged]
        return Grid({(column, row): cell for (row, column), cell in self.cells.items()}, spans)

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The filled cells of each row that has any, in order."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            found.setdefault(row, {})[column] = cell
        return found

    @cached_property
    def columns(self) -> dict[int, dict[int, Cell]]:
        """The filled cells of each column that has any, in order."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0][::-1]):
            found.setdefault(column, {})[row] = cell
        return found

    def span(self, row: int, column: int) -> Span | None:
        """The merged cells that this place lies in."""
        for each in self._merged:
            if each.top <= row <= each.bottom and each.left <= column <= each.right:
                return each
        return None

    def shown(self, row: int, column: int) -> Cell | None:
        """The cell at this place, or the merged one that covers it."""
        if cell := self.cells.get((row, column)):
            return cell
        span = self.span(row, column)
        return self.cells[span.top, span.left] if span else None


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")


def tidy(text: str) -> str:
    """The text of a cell without control characters and with single spaces; lines stay lines."""
    lines = (" ".join(line.split()) for line in _CONTROL.sub(" ", text).splitlines())
    return "\n".join(lines).strip()


def column_name(number: int) -> str:
    """'A' for 1, 'AB' for 28."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """28 for 'AB'."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def listed(words: Iterable[str], *, most: int = 8) -> str:
    """'A, B en C'; after `most` only how many more there are."""
    items = list(dict.fromkeys(words))
    if len(items) > most:
        items = [*items[: most - 1], f"nog {len(items) - most + 1} andere"]
    return " en ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
