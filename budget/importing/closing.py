"""Which rows of a budget are totals, and which heading each of them closes."""

from collections.abc import Sequence
from itertools import pairwise

from budget.importing.result import SheetHeading
from budget.importing.table import Row
from budget.importing.totals import TotalWords, total_words
from budget.importing.words import bare


class Closings:
    """The rows of totals, and the headings so far in order and by name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.headings: list[SheetHeading] = []
        self._named: dict[str, list[SheetHeading]] = {}
        self.words = [_words_of(row) for row in rows]
        self._last = max((n for n, each in enumerate(self.words) if each), default=-1)
        self._targets = {name for each in self.words if each for name in each.names}
        self._by_place = {sub for sub in (True, False) if self._close_by_place(sub)}

    def add(self, heading: SheetHeading) -> None:
        self.headings.append(heading)
        if name := bare(heading.name):
            self._named.setdefault(name, []).append(heading)

    def named(self, name: str) -> SheetHeading | None:
        """The last heading of that name; one without its total goes first."""
        found = self._named.get(bare(name), [])
        unclosed = [each for each in found if not each.figures.present]
        return next(iter([*unclosed[::-1], *found[::-1]]), None)

    def is_named(self, row: Row) -> bool:
        """Whether a total has the name of this row: then the row begins a heading."""
        return bare(row.label) in self._targets

    def closed_by(self, number: int, current: SheetHeading | None) -> SheetHeading | None:
        """The heading whose total a row is; None when it is that of all together.

        By its name; else the heading at hand, when such rows close headings elsewhere in the sheet
        too, or when there is another such row below for all together.
        """
        row, words = self._rows[number], self.words[number]
        if words is None:
            return None
        if of_a_heading(row):
            return self.named(row.theme_name)
        for name in words.names:
            if found := self.named(name):
                return found
        if current is None or not current.name:
            return None
        if not words.general:
            return current if words.sub or number != self._last else None
        if words.sub in self._by_place:
            return current
        before = [each for each in self.headings if each is not current and each.name]
        again = any(_is_plain(each, sub=words.sub) for each in self.words[number + 1 :])
        return current if again and all(each.figures.present for each in before) else None

    def closes_later(self, number: int, current: SheetHeading | None) -> bool:
        """Whether the next total is that of the heading at hand: the row is still within it."""
        if current is None or not current.name:
            return False
        ahead = range(number + 1, len(self.words))
        following = next((n for n in ahead if self.words[n]), None)
        return following is not None and self.closed_by(following, current) is current

    def _close_by_place(self, sub: bool) -> bool:
        """Whether rows that only say '(sub)totaal' close headings: lines stand between them."""
        places = [n for n, each in enumerate(self.words) if _is_plain(each, sub=sub)]
        return any(
            row.has_figures and not self.words[number]
            for first, second in pairwise(places)
            for number, row in enumerate(self._rows[first:second], first)
        )


def of_a_heading(row: Row) -> bool:
    """Whether a row of totals has the name of a heading in the column for those."""
    return row.theme is not None and total_words(row.theme_name) is None


def _words_of(row: Row) -> TotalWords | None:
    """What the row's name, or else its heading's, says of a total."""
    return total_words(row.label) or (total_words(row.theme_name) if row.theme else None)


def _is_plain(words: TotalWords | None, *, sub: bool) -> bool:
    return words is not None and words.general and words.sub == sub
