"""Which formulas of a sheet refer in a circle to themselves."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budget.importing.cells import column_number

Place = tuple[int, int]  # row and column
Formula = tuple[str, Place]  # its text, and the place for which it was written

MOST_LINKS = 200_000
_QUOTED = re.compile(r'"[^"]*"')
# Not of another sheet ('Blad2!A1'), and no name or function.
_REFERENCE = re.compile(
    r"(?<![\w.!:'\]])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})"
    r"(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?(?![\w(!.])"
)


@dataclass(frozen=True)
class _Corner:
    """One end of a reference; what is not fixed moves along with the formula."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool

    def moved(self, rows: int, columns: int) -> Place:
        return (
            self.row + (0 if self.row_fixed else rows),
            self.column + (0 if self.column_fixed else columns),
        )


def circular(formulas: Mapping[Place, Formula]) -> set[Place] | None:
    """The cells that need their own outcome; None when there are too many references to follow.

    A formula that cells share is given to each of them with the place it was written for.
    """
    by_column: dict[int, list[int]] = {}
    for row, column in sorted(formulas):
        by_column.setdefault(column, []).append(row)
    read: dict[str, list[tuple[_Corner, _Corner]]] = {}
    links: dict[Place, list[Place]] = {}
    followed = 0
    for place, (text, origin) in formulas.items():
        if text not in read:
            read[text] = _references(text)
        links[place] = []
        for first, last in read[text]:
            moved = (place[0] - origin[0], place[1] - origin[1])
            links[place] += _between(first.moved(*moved), last.moved(*moved), by_column)
            followed += 1
        followed += len(links[place])
        if followed > MOST_LINKS:
            return None
    return _in_circles(links)


def _references(text: str) -> list[tuple[_Corner, _Corner]]:
    found = []
    for parts in _REFERENCE.findall(_QUOTED.sub("", text)):
        first = _corner(*parts[:4])
        found.append((first, _corner(*parts[4:]) if parts[5] else first))
    return found


def _corner(column_fixed: str, column: str, row_fixed: str, row: str) -> _Corner:
    return _Corner(int(row), column_number(column), bool(row_fixed), bool(column_fixed))


def _between(first: Place, last: Place, by_column: Mapping[int, list[int]]) -> Iterator[Place]:
    """The cells with a formula in a range."""
    top, bottom = sorted((first[0], last[0]))
    left, right = sorted((first[1], last[1]))
    for column, rows in by_column.items():
        if left <= column <= right:
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                yield row, column


def _in_circles(links: Mapping[Place, list[Place]]) -> set[Place]:
    """Strongly connected cells, by Tarjan's algorithm without recursion."""
    index: dict[Place, int] = {}
    low: dict[Place, int] = {}
    stack: list[Place] = []
    on_stack: set[Place] = set()
    found: set[Place] = set()
    for root in links:
        if root in index:
            continue
        work = [(root, iter(links[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            place, following = work[-1]
            for each in following:
                if each not in index:
                    index[each] = low[each] = len(index)
                    stack.append(each)
                    on_stack.add(each)
                    work.append((each, iter(links[each])))
                    break
                if each in on_stack:
                    low[place] = min(low[place], index[each])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[place])
                if low[place] == index[place]:
                    together = set()
                    while place not in together:
                        each = stack.pop()
                        on_stack.discard(each)
                        together.add(each)
                    if len(together) > 1 or place in links[place]:
                        found |= together
    return found
