"""What has been read of a sheet so far, so that no cell is dropped in silence."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NoReturn

from budget.importing.amounts import Amount, Trouble, read_amount, read_number
from budget.importing.cells import Cell, Sheet, listed
from budget.importing.result import Remark, Unread
from budget.importing.words import FIRST_YEAR, LAST_YEAR
from core.refusal import Refusal, Refused

LONGEST_QUOTE = 40
Period = tuple[int, int]
_UNIT = r"(?:x|×|\*)\s*€?\s*1[., ]?000"
_THOUSANDS = re.compile(
    rf"\(\s*{_UNIT}(?:[., ]?000)?\s*\)|^\s*{_UNIT}(?:[., ]?000)?\s*$"
    rf"|\b(?:bedragen|cijfers)\b.{{0,30}}(?:{_UNIT}|duizend|miljoen)"
    r"|\bin (?:duizend|miljoen)(?:en)?\b|€\s*(?:k|mln)\b",
    re.IGNORECASE,
)
_OTHER_CURRENCY = re.compile(
    r"\b(?:bedragen|cijfers|in)\b.{0,15}(?:\b(?:usd|gbp|chf|dollars?|ponden|franken)\b|[$£])"
    r"|^\s*\(?(?:usd|gbp|chf|[$£])\)?\s*$|\b20\d\d\W{0,3}(?:usd|gbp|chf|[$£])",
    re.IGNORECASE,
)


def refuse(reason: str) -> NoReturn:
    """The file as a whole cannot be read as a budget."""
    raise Refused(Refusal(reason, field="file"))


def refuse_two_years(cell: Cell) -> NoReturn:
    """'2020/2021' above a column."""
    refuse(
        f"{quoted(cell)} is meer dan één jaar. Een begroting gaat per kalenderjaar: maak er voor "
        "elk jaar een eigen kolom of rij van."
    )


def check_year(cell: Cell, year: int, period: Period | None) -> None:
    """Refuse a year that no budget has, or that lies outside the period of the fund."""
    first, last = period or (FIRST_YEAR, LAST_YEAR)
    if first <= year <= last:
        return
    of_fund = "de looptijd van het fonds" if period else "wat een begroting kan zijn"
    refuse(
        f"{quoted(cell)}: het jaar {year} valt buiten {of_fund} ({first} tot en met {last}). "
        "Verbeter het jaar, of haal de bedragen van dat jaar weg."
    )


def check_unit(*texts: Cell | Remark) -> None:
    """Refuse heads and notes that say the amounts are in thousands, or in another currency."""
    for each in texts:
        place = each.place if isinstance(each, Cell) else each.cell
        if _THOUSANDS.search(each.text):
            refuse(
                f"{place} (‘{shortened(each.text)}’): de bedragen staan in duizenden of miljoenen. "
                "Schrijf ze voluit in euro's, en haal deze tekst weg."
            )
        if _OTHER_CURRENCY.search(each.text):
            refuse(
                f"{place} (‘{shortened(each.text)}’): de bedragen staan in een andere munt. Reken "
                "ze om naar euro's, en haal deze tekst weg."
            )


class Reading:
    """One way of reading one sheet: what was taken, what is said of it, what is left.

    A cell is taken when it is in a key or is structure (a head, the word 'Subtotaal'). What nobody
    took is in `unread` at the end, with a warning: see `finish`.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.taken: set[tuple[int, int]] = set()
        self.unread: list[Unread] = []
        self.notes: list[Remark] = []
        self.heads: list[Remark] = []
        self.warnings: list[str] = []
        self._troubles: dict[Trouble, list[Cell]] = {}

    def take(self, *cells: Cell | None) -> None:
        self.taken |= {(cell.row, cell.column) for cell in cells if cell}

    def head(self, cells: Iterable[Cell]) -> None:
        """What stands above the columns."""
        for cell in cells:
            check_unit(cell)
            self.heads.append(Remark(cell.place, cell.text))
            self.take(cell)

    def note(self, cells: Iterable[Cell]) -> None:
        """Text beside the figures."""
        for cell in cells:
            self.notes.append(Remark(cell.place, cell.text))
            self.take(cell)

    def set_aside(self, cells: Iterable[Cell], reason: str, *, figure: bool = False) -> list[Cell]:
        """Keep the cells that nobody took as unread; the caller says why in a warning."""
        left = [cell for cell in cells if (cell.row, cell.column) not in self.taken]
        for cell in left:
            self.unread.append(Unread(cell.place, cell.text, reason, figure))
            self.take(cell)
        return left

    def amount(self, cell: Cell) -> Amount:
        """The amount in a cell. What is wrong with it is said, and the cell kept as unread."""
        return self._weighed(cell, read_amount(cell))

    def number(self, cell: Cell, *, most: Decimal) -> Decimal | None:
        """A factor of a basis."""
        return self._weighed(cell, read_number(cell, most=most), figure=False).value

    def _weighed(self, cell: Cell, found: Amount, *, figure: bool = True) -> Amount:
        if found.trouble:
            self._troubles.setdefault(found.trouble, []).append(cell)
            if found.value is None:
                spoils = figure and found.trouble.spoils
                self.set_aside([cell], found.trouble.value, figure=spoils)
        self.take(cell)
        return found

    def finish(self) -> None:
        """Say what was wrong, and keep what nobody took as unread: a net under the whole reader."""
        said = [
            f"{listed(quoted(cell) for cell in cells)}: {trouble.value}"
            for trouble, cells in self._troubles.items()
        ]
        left = self.set_aside(self.sheet.cells, "past nergens")
        if left:
            said.append(
                f"Niet geplaatst: {listed(quoted(cell) for cell in left)}. Kijk of dat bij de "
                "begroting hoort."
            )
        self.warnings += said


def quoted(cell: Cell) -> str:
    """'C14 (‘veel’)'."""
    return f"{cell.place} (‘{shortened(cell.text)}’)"


def shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1] + "…"
