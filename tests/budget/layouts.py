"""One budget written out in the many ways in which people keep it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.budget.sheets import separated, workbook

CENT = Decimal("0.01")
Amounts = dict[int, Decimal]


@dataclass(frozen=True)
class Line:
    name: str
    amounts: Amounts


@dataclass(frozen=True)
class Heading:
    name: str
    lines: tuple[Line, ...]
    slips: Amounts = field(default_factory=dict)

    def stated(self, year: int) -> Decimal:
        return self.right(year) + self.slips.get(year, Decimal(0))

    def right(self, year: int) -> Decimal:
        return sum((line.amounts.get(year, Decimal(0)) for line in self.lines), Decimal("0.00"))


@dataclass(frozen=True)
class Budget:
    """Headings with lines; a slip is what one stated figure is too much, and goes nowhere else."""

    years: tuple[int, ...]
    headings: tuple[Heading, ...]
    rate: Decimal | None = None
    slips: dict[tuple[str, int], Decimal] = field(default_factory=dict)

    def subtotal(self, year: int) -> Decimal:
        right = sum((each.right(year) for each in self.headings), Decimal("0.00"))
        return right + self.slips.get(("subtotal", year), Decimal(0))

    def contingency(self, year: int) -> Decimal:
        right = sum((each.right(year) for each in self.headings), Decimal("0.00"))
        share = (right * (self.rate or Decimal(0)) / 100).quantize(CENT, ROUND_HALF_UP)
        return share + self.slips.get(("contingency", year), Decimal(0))

    def total(self, year: int) -> Decimal:
        right = replace(self, slips={})
        slip = self.slips.get(("total", year), Decimal(0))
        return right.subtotal(year) + right.contingency(year) + slip


@dataclass(frozen=True)
class Layout:
    """How a budget is written out; each field is one habit."""

    file: str = "csv"  # or xlsx
    separator: str = ","
    encoding: str = "utf-8"
    number: str = "plain"  # dutch, euro, native (xlsx only)
    axis: str = "columns"  # rows, listed
    themes: str = "row"  # column, once
    numbered: bool = False
    subtotals: str = "Subtotaal {}"  # of each heading; empty: none
    overall: str = "Subtotaal"  # of all headings; empty: none
    total: str = "Totaal"
    year: str = "{}"
    title: str = ""
    heads: bool = True
    across: bool = False  # a column with the total of all years
    empty: bool = False  # years without an amount as an empty cell, in totals too


@dataclass(frozen=True)
class _Row:
    theme: str
    label: str
    amounts: Amounts
    total: bool = False
    right: Amounts = field(default_factory=dict)


def written(budget: Budget, layout: Layout) -> bytes:
    """The file."""
    rows = _listed(budget, layout) if layout.axis == "listed" else _table(budget, layout)
    if layout.axis == "rows":
        width = max(len(row) for row in rows)
        rows = [list(column) for column in zip(*(_wide(row, width) for row in rows), strict=True)]
    if layout.file == "xlsx":
        return workbook(rows)
    return separated(rows, layout.separator, layout.encoding)


def _wide(row: list[Any], width: int) -> list[Any]:
    return row + [None] * (width - len(row))


def _table(budget: Budget, layout: Layout) -> list[list[Any]]:
    names = ["thema", "post"] if layout.themes != "row" else ["omschrijving"]
    head = [*(names if layout.heads else [None] * len(names))]
    rows: list[list[Any]] = [[layout.title], []] if layout.title else []
    across = ["Totaal"] if layout.across else []
    rows.append([*head, *(layout.year.format(year) for year in budget.years), *across])
    before = ""
    for row in _rows(budget, layout):
        cells: list[Any] = [row.label]
        if layout.themes != "row":
            again = row.theme == before and layout.themes == "once"
            cells = [None if again else row.theme or None, row.label or None]
            before = row.theme or before
        amounts = [_number(row.amounts.get(year), layout, total=row.total) for year in budget.years]
        if layout.across:
            right = row.right if row.total else row.amounts
            amounts.append(_number(sum(right.values(), Decimal("0.00")), layout, total=row.total))
        rows.append([*cells, *amounts] if row.amounts else cells)
    return rows


def _listed(budget: Budget, layout: Layout) -> list[list[Any]]:
    names = ["thema", "post"] if layout.themes != "row" else ["post"]
    rows: list[list[Any]] = [[*names, "jaar", "bedrag"]]
    for row in _rows(budget, layout):
        cells = [row.theme or None, row.label] if layout.themes != "row" else [row.label]
        if not row.amounts:
            rows.append(cells)
        for year, amount in row.amounts.items():
            rows.append([*cells, year, _number(amount, layout, total=False)])
    return rows


def _rows(budget: Budget, layout: Layout) -> Iterator[_Row]:
    columns = layout.themes != "row"
    for place, heading in enumerate(budget.headings, 1):
        name = f"{place}. {heading.name}" if layout.numbered else heading.name
        if not columns:
            yield _Row("", name, {})
        for line in heading.lines:
            yield _Row(name if columns else "", line.name, line.amounts)
        if layout.subtotals:
            words = layout.subtotals.format(heading.name)
            theme = name if columns else ""
            yield _total(budget, theme, words, heading.stated, heading.right)
    right = replace(budget, slips={})
    if layout.overall:
        yield _total(budget, "", layout.overall, budget.subtotal, right.subtotal)
    if budget.rate is not None:
        words = f"Onvoorzien ({budget.rate}%)".replace(".", ",")
        yield _total(budget, "", words, budget.contingency, right.contingency)
    if layout.total:
        yield _total(budget, "", layout.total, budget.total, right.total)


def _total(
    budget: Budget,
    theme: str,
    words: str,
    stated: Callable[[int], Decimal],
    right: Callable[[int], Decimal],
) -> _Row:
    """A row of totals; a slip in one year does not reach the total of all years."""
    years = budget.years
    return _Row(theme, words, {y: stated(y) for y in years}, True, {y: right(y) for y in years})


def _number(amount: Decimal | None, layout: Layout, *, total: bool) -> Any:
    if amount is None or (total and layout.empty and not amount):
        return None
    if layout.number == "native" and layout.file == "xlsx":
        return int(amount) if amount == int(amount) else float(amount)
    plain = f"{amount:,.2f}"
    if layout.number in ("dutch", "euro"):
        plain = plain.replace(",", " ").replace(".", ",").replace(" ", ".")
        sign = "€ " if layout.number == "euro" else ""
        return f"{sign}{plain.removesuffix(',00')}"
    return plain.replace(",", "").removesuffix(".00")
