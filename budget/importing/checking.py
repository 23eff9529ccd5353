"""Each stated figure against the stated figures directly under it.

A slip can be carried upward or not. A total that fits the figures under it as stated carried the
slip along; one that fits them as they ought to be did not. Both are right in themselves, so one
slip is one difference, wherever it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from budget.importing.result import CENT, Figures, Scope, SheetContingency, SheetHeading
from budget.importing.structure import Outline

MOST_DOUBTFUL = 8
WHOLE = Decimal(1)
ZERO = Decimal("0.00")


@dataclass
class Node:
    """One stated figure of one year, and what it may be in the eyes of a figure above it.

    `options`: first what the sheet says, then what else it could be; `mended` is what it ought to
    be once everything under it is right. `carried` is whether the figure above counts what the
    sheet says. `wrong`: the figures under it do not make it. `empty`: the row has figures, but none
    for this year, which counts as nothing.
    """

    scope: Scope
    name: str
    year: int
    cell: str = ""
    stated: Decimal | None = None
    computed: Decimal | None = None
    options: list[Decimal] = field(default_factory=list)
    mended: Decimal = ZERO
    carried: bool = True
    wrong: bool = False
    rounded: bool = False
    empty: bool = False
    above: "Node | None" = None
    parts: list["Node"] = field(default_factory=list)
    heading: SheetHeading | None = None


def check(outline: Outline, years: Sequence[int]) -> list[Node]:
    """Every stated figure of every year, from the bottom up; fills in what was computed."""
    return [node for year in years for node in _year(outline, year)]


def _year(outline: Outline, year: int) -> list[Node]:
    headings = {id(each): _heading(each, year) for each in outline.headings}
    inside: dict[str, list[Node]] = {}
    for heading in reversed(outline.headings):  # those within another come after it
        node = headings[id(heading)]
        _weigh(node, _sums(heading, year), inside.get(heading.name, []), heading.figures)
        if heading.under:
            inside.setdefault(heading.under, []).append(node)
    covered = outline.covered if outline.covered is not None else len(outline.headings)
    under = [headings[id(each)] for each in outline.headings[:covered] if not each.under]
    loose = [headings[id(each)] for each in outline.headings[covered:] if not each.under]
    subtotal = Node(Scope.SUBTOTAL, outline.subtotal.name, year)
    _weigh(subtotal, [ZERO], under, outline.subtotal)
    found = [*headings.values(), subtotal]
    parts = [*([subtotal] if outline.subtotal.present else under), *loose]
    if outline.contingency:
        contingency = _contingency(outline.contingency, subtotal, year)
        found.append(contingency)
        parts.append(contingency)
    total = Node(Scope.TOTAL, outline.totals.name, year)
    _weigh(total, [ZERO], parts, outline.totals)
    return [*found, total]


def _heading(heading: SheetHeading, year: int) -> Node:
    return Node(Scope.HEADING, heading.name, year, heading=heading)


def _sums(heading: SheetHeading, year: int) -> list[Decimal]:
    """What the lines make: in cents, and as their formulas had it; nothing when one is unread."""
    if any(year in line.unreadable for line in heading.lines):
        return []
    amounts = [line.amounts.get(year, ZERO) for line in heading.lines]
    exact = [line.exact.get(year, line.amounts.get(year, ZERO)) for line in heading.lines]
    total = sum(amounts, ZERO)
    rounded = sum(exact, ZERO).quantize(CENT, ROUND_HALF_UP)
    return [total] if total == rounded else [total, rounded]


def _weigh(node: Node, own: list[Decimal], parts: list[Node], figures: Figures) -> None:
    """Compare what the sheet states with its parts; settle what the figure may be above."""
    node.cell = figures.cells.get(node.year, figures.cell)
    node.stated = figures.stated.get(node.year)
    node.parts = parts
    for part in parts:
        part.above = node
    node.options = [] if node.stated is None else [node.stated]
    node.mended = node.stated or ZERO
    if not own or not all(part.options for part in parts):
        return
    base = sum((part.options[0] for part in parts), ZERO)
    node.computed = own[0] + base
    node.mended = own[0] + sum((part.mended for part in parts), ZERO)
    if node.stated is None and figures.cells and node.year not in figures.unreadable:
        node.stated, node.empty = ZERO, True
    if node.stated is None:
        options = [mine + base for mine in own]
    else:
        _compare(node, own, parts)
        options = [node.stated, node.computed]
    figures.computed[node.year] = node.computed
    node.options = list(dict.fromkeys([*options, node.mended]))


def _compare(node: Node, own: list[Decimal], parts: list[Node]) -> None:
    """Find a way in which the parts make what is stated; the figures as stated go first."""
    several = [part for part in parts if len(part.options) > 1]
    doubtful = several[:MOST_DOUBTFUL]
    fixed = sum((part.options[0] for part in parts if len(part.options) == 1), ZERO)
    fixed += sum((part.options[0] for part in several[MOST_DOUBTFUL:]), ZERO)
    for mine in own:
        for chosen in sorted(
            product(*(range(len(part.options)) for part in doubtful)),
            key=lambda choice: sum(1 for each in choice if each),
        ):
            values = [p.options[n] for p, n in zip(doubtful, chosen, strict=True)]
            if mine + fixed + sum(values, ZERO) == node.stated:
                node.computed = node.stated
                node.rounded = mine != own[0]
                for part, number in zip(doubtful, chosen, strict=True):
                    part.carried = number == 0
                return
    node.wrong = True


def _contingency(found: SheetContingency, subtotal: Node, year: int) -> Node:
    """The contingency is a share of the subtotal, in cents or rounded to whole euros."""
    figures = found.figures
    node = Node(Scope.CONTINGENCY, found.name, year, cell=figures.cells.get(year, figures.cell))
    node.stated = figures.stated.get(year)
    if node.stated is None and year not in figures.unreadable:
        node.stated, node.empty = ZERO, True
    stated = [] if node.stated is None else [node.stated]
    node.options, node.mended = stated, stated[0] if stated else ZERO
    if found.rate is not None and subtotal.options:
        shares = [share(found.rate, of) for of in subtotal.options]
        fits = [bool(stated) and fits_rate(found, stated[0], of) for of in subtotal.options]
        node.computed = shares[fits.index(True)] if any(fits) else shares[0]
        node.wrong = bool(stated) and not any(fits)
        if not any(fits) or len(subtotal.options) > 1:
            node.options = list(dict.fromkeys([*stated, *shares]))
            node.mended = share(found.rate, subtotal.mended)
        figures.computed[year] = node.computed
    if stated and subtotal.options and subtotal.options[0]:
        part = stated[0] / subtotal.options[0] * 100
        found.shares[year] = part.quantize(CENT, ROUND_HALF_UP)
    return node


def share(rate: Decimal, of: Decimal) -> Decimal:
    return (of * rate / 100).quantize(CENT, ROUND_HALF_UP)


def fits_rate(found: SheetContingency, stated: Decimal, of: Decimal) -> bool:
    """Whether an amount is the rate of another: to the cent, in whole euros, or 'ca'."""
    if found.rate is None:
        return True
    right = share(found.rate, of)
    if is_rounding(stated, right):
        return True
    if not found.approximate or not of:
        return False
    return (stated / of * 100).quantize(found.rate, ROUND_HALF_UP) == found.rate


def is_rounding(stated: Decimal, right: Decimal) -> bool:
    """The same amount, perhaps rounded to whole euros."""
    return stated == right or (stated % WHOLE == 0 and abs(stated - right) < WHOLE)
