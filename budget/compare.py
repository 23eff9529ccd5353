"""Two versions of a budget beside each other, line by line and year by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.figures import ZERO
from budget.models import BudgetLine, BudgetVersion


@dataclass(frozen=True)
class YearChange:
    """A year in which the two differ. None: no amount in that version."""

    year: int
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True)
class LineChange:
    """A line of the fund in two versions; one of them may not have it."""

    before: BudgetLine | None
    after: BudgetLine | None
    years: tuple[YearChange, ...]

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def renamed(self) -> bool:
        return _both(self) and self.before.name != self.after.name  # type: ignore[union-attr]

    @property
    def moved(self) -> bool:
        """Under another heading; a heading that only got another name is the same one."""
        return _both(self) and _place(self.before) != _place(self.after)

    @property
    def reworded(self) -> bool:
        """Another explanation, or it became an execution budget or stopped being one."""
        return _both(self) and _texts(self.before) != _texts(self.after)

    @property
    def changed(self) -> bool:
        return bool(
            self.is_new or self.is_gone or self.years or self.renamed or self.moved or self.reworded
        )


@dataclass(frozen=True)
class Comparison:
    """Every line that differs, in the order of the later version, with what is gone at the end."""

    lines: tuple[LineChange, ...]
    totals: tuple[YearChange, ...]


def compare_versions(before: BudgetVersion, after: BudgetVersion) -> Comparison:
    """What `after` has otherwise than `before`. Four queries, whatever the number of lines."""
    old, new = _lines(before), _lines(after)
    keys = [*new, *(key for key in old if key not in new)]
    lines = [
        LineChange(old.get(key), new.get(key), _years(old.get(key), new.get(key))) for key in keys
    ]
    return Comparison(
        tuple(line for line in lines if line.changed),
        _changes(_totals(old), _totals(new)),
    )


def _lines(version: BudgetVersion) -> dict[int, BudgetLine]:
    rows = version.lines.select_related("heading").prefetch_related("years")
    return {row.line_id: row for row in rows}


def _amounts(line: BudgetLine | None) -> dict[int, Decimal]:
    return {each.year: each.amount for each in line.years.all()} if line is not None else {}


def _years(before: BudgetLine | None, after: BudgetLine | None) -> tuple[YearChange, ...]:
    return _changes(_amounts(before), _amounts(after))


def _changes(old: Mapping[int, Decimal], new: Mapping[int, Decimal]) -> tuple[YearChange, ...]:
    return tuple(
        YearChange(year, old.get(year), new.get(year))
        for year in sorted(set(old) | set(new))
        if old.get(year) != new.get(year)
    )


def _totals(lines: Mapping[int, BudgetLine]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in lines.values():
        for year, amount in _amounts(line).items():
            found[year] = found.get(year, ZERO) + amount
    return found


def _both(change: LineChange) -> bool:
    return change.before is not None and change.after is not None


def _place(line: BudgetLine | None) -> object:
    return line.heading.identity if line is not None and line.heading is not None else None


def _texts(line: BudgetLine | None) -> object:
    return (line.explanation, line.execution) if line is not None else None
