"""Which sheet of a file is the budget, and in which of three ways it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budget.importing.cells import TOO_LARGE, Grid, Sheet, listed
from budget.importing.columns import NO_NAMES, NO_YEARS, find_columns
from budget.importing.context import Period, Reading, refuse
from budget.importing.listed import listed_table
from budget.importing.opening import read_sheets
from budget.importing.structure import Outline, outline_of
from budget.importing.table import Table, table_of
from core.refusal import Refused


@dataclass
class Attempt:
    """One sheet, read in one way."""

    table: Table
    reading: Reading
    outline: Outline
    certain: bool = True

    @property
    def figures(self) -> int:
        """The amounts of its lines, those that could not be read too."""
        lines = [line for each in self.outline.headings for line in each.lines]
        return sum(len(line.amounts) + len(line.unreadable) for line in lines)

    @property
    def likeness(self) -> tuple[bool, int]:
        """How much it reads as a budget."""
        return self.certain, self.figures


def filled_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a file in which something stands, in order. Raises Refused when it is none."""
    return [each for each in read_sheets(content) if each.cells]


def choose(
    sheets: Sequence[Sheet], period: Period | None, wanted: str
) -> tuple[Attempt, list[str]]:
    """The sheet that reads best as a budget, visible ones first; and what is said of the others.

    `wanted` names the one to read. Raises Refused when none of them is a budget.
    """
    if wanted:
        sheets = [each for each in sheets if each.name == wanted] or refuse(
            f"Er is geen blad ‘{wanted}’. Kies uit: {listed(each.name for each in sheets)}."
        )
    filled = [each for each in sheets if each.cells]
    large = [each for each in sheets if each.too_large]
    if large and not filled:
        refuse(TOO_LARGE)
    if not filled:
        refuse("In het bestand staat niets. Kies een bestand met een begroting.")
    found: list[tuple[Sheet, Attempt]] = []
    refused: list[Refused] = []
    for each in filled:
        try:
            found.append((each, _best_attempt(each, period)))
        except Refused as refusal:
            refused.append(refusal)
    if not found:
        raise _clearest(refused)
    best_sheet, best = max(found, key=lambda item: (not item[0].hidden, item[1].likeness))
    budgets = [sheet for sheet, _ in found]
    said = [_about_other(each, budgets) for each in filled if each is not best_sheet]
    said += [f"Het blad ‘{each.name}’ is niet gelezen: het is te groot." for each in large]
    if best_sheet.hidden:
        said.append(f"Het blad ‘{best_sheet.name}’ is verborgen. Het is wel gelezen.")
    return best, said


def _about_other(sheet: Sheet, budgets: Sequence[Sheet]) -> str:
    size = f"{len(sheet.cells)} gevulde {'cel' if len(sheet.cells) == 1 else 'cellen'}"
    what = f"Het blad ‘{sheet.name}’ is niet gelezen ({size})"
    if any(sheet is each for each in budgets):
        return f"{what}. Het lijkt ook een begroting: kies het zelf als u dat blad bedoelt."
    return f"{what}."


def _best_attempt(sheet: Sheet, period: Period | None) -> Attempt:
    """The sheet as it lies, on its side, or with a row for each year: what gives most amounts."""
    grid = Grid.of(sheet)
    reading = Reading(sheet)
    table = listed_table(grid, reading, period)
    if table:
        return _read(table, reading)
    ways: list[Callable[[], Attempt]] = [
        lambda: _lying(sheet, grid, period),
        lambda: _lying(sheet, grid.turned(), period),
    ]
    found, refused = [], []
    for way in ways:
        try:
            found.append(way())
        except Refused as refusal:
            refused.append(refusal)
    best = max(found, key=lambda each: each.likeness, default=None)
    if best and best.figures:
        return best
    if not found:
        raise _clearest(refused)
    refuse(
        "Er zijn wel jaren gevonden, maar geen posten met een bedrag. Zet op elke rij de naam van "
        "de post en rechts daarvan de bedragen."
    )


def _clearest(refused: Sequence[Refused]) -> Refused:
    """The first that tells of a cell; not finding years or names says little of what is wrong."""
    vague = (NO_YEARS, NO_NAMES)
    return next((each for each in refused if str(each) not in vague), refused[0])


def _lying(sheet: Sheet, grid: Grid, period: Period | None) -> Attempt:
    reading, columns = Reading(sheet), find_columns(grid, sheet.name, period)
    return _read(table_of(grid, columns, reading), reading, certain=columns.certain)


def _read(table: Table, reading: Reading, *, certain: bool = True) -> Attempt:
    return Attempt(table, reading, outline_of(table, reading), certain)
