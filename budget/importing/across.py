"""A column with the total of all years: each figure in it against those beside or below it."""

from collections.abc import Sequence
from decimal import Decimal

from budget.importing.checking import Node, is_rounding
from budget.importing.result import Difference, Figures, Scope, SheetLine
from budget.importing.structure import Outline
from core.formats import euro


def across_differences(outline: Outline, nodes: Sequence[Node]) -> list[Difference]:
    """A total is right when its own row makes it, as stated or as it ought to be."""
    found = []
    by_heading: dict[int, list[Node]] = {}
    for node in nodes:
        by_heading.setdefault(id(node.heading), []).append(node)
    for heading in outline.headings:
        found += [each for line in heading.lines if (each := _of_line(line))]
        mine = by_heading.get(id(heading), [])
        found += _of_figures(Scope.HEADING, heading.name, heading.figures, mine)
    for scope, figures in [
        (Scope.SUBTOTAL, outline.subtotal),
        *([(Scope.CONTINGENCY, outline.contingency.figures)] if outline.contingency else []),
        (Scope.TOTAL, outline.totals),
    ]:
        mine = [node for node in nodes if node.scope is scope]
        found += _of_figures(scope, figures.name, figures, mine)
    return found


def _of_line(line: SheetLine) -> Difference | None:
    if line.across is None or line.unreadable:
        return None
    years = sum(line.amounts.values(), Decimal(0))
    if is_rounding(line.across, years):
        return None
    return _difference(Scope.LINE, line.name, line.across_cell, line.across, years)


def _of_figures(
    scope: Scope, name: str, figures: Figures, nodes: Sequence[Node]
) -> list[Difference]:
    if figures.across is None or not all(node.options for node in nodes):
        return []
    sums = [
        sum((node.options[0] for node in nodes), Decimal(0)),
        sum((node.mended for node in nodes), Decimal(0)),
        sum((node.options[min(1, len(node.options) - 1)] for node in nodes), Decimal(0)),
    ]
    if any(is_rounding(figures.across, each) for each in sums):
        return []
    return [_difference(scope, name, figures.across_cell, figures.across, sums[0])]


def _difference(scope: Scope, name: str, cell: str, stated: Decimal, years: Decimal) -> Difference:
    text = f"In {cell} staat {euro(stated)}, maar de jaren van ‘{name}’ maken {euro(years)}."
    return Difference(scope, name, None, cell, stated, years, text)
