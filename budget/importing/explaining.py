"""The differences in Dutch sentences: what stands where, what its parts make, and why perhaps."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from math import comb

from budget.importing.checking import Node, is_rounding
from budget.importing.result import (
    BasisDifference,
    Difference,
    Scope,
    SheetContingency,
    SheetHeading,
    SheetLine,
)
from core.formats import euro

MOST_TOGETHER = 3
MOST_SETS = 10_000  # that are tried to explain one difference
Named = tuple[str, str, Decimal]  # its name, its cell, and what stands there


def difference_of(node: Node, contingency: SheetContingency | None) -> Difference:
    """A wrong node as a difference with its explanation."""
    stated, computed = node.stated or Decimal(0), node.computed or Decimal(0)
    if node.scope is Scope.HEADING:
        text = _of_heading(node)
    elif node.scope is Scope.CONTINGENCY:
        text = _of_contingency(node, contingency)
    else:
        text = _of_total(node)
    return Difference(node.scope, node.name, node.year, node.cell, stated, computed, text)


def _of_heading(node: Node) -> str:
    heading = node.heading
    lines = heading.lines if heading else []
    named = [
        (line.name, line.cells[node.year], line.amounts[node.year])
        for line in lines
        if node.year in line.amounts
    ] + _named(node.parts)
    what = "De posten" if not node.parts else "De posten en koppen"
    return _sum_explained(node, f"{what} onder ‘{node.name}’", named)


def _of_total(node: Node) -> str:
    kinds = {part.scope for part in node.parts}
    what = "De koppen"
    if Scope.CONTINGENCY in kinds:
        what = "Subtotaal en onvoorzien" if Scope.SUBTOTAL in kinds else "De koppen en onvoorzien"
    return _sum_explained(node, what, _named(node.parts))


def _named(parts: list[Node]) -> list[Named]:
    return [(part.name or "zonder kop", part.cell, part.options[0]) for part in parts]


def _sum_explained(node: Node, what: str, named: list[Named]) -> str:
    stated, computed = node.stated or Decimal(0), node.computed or Decimal(0)
    gap = computed - stated
    begin = f"{what} maken in {node.year} samen {euro(computed)}."
    if node.empty:
        return f"{begin} In de rij van {node.cell} staat voor dat jaar niets."
    begin += f" In {node.cell} staat {euro(stated)}: {euro(abs(gap))} "
    begin += "minder." if gap > 0 else "meer."
    return f"{begin} {_reason(gap, stated, computed, named)}".strip()


def _reason(gap: Decimal, stated: Decimal, computed: Decimal, named: Sequence[Named]) -> str:
    if missing := parts_of(gap, named):
        return f"Dat is precies {_called(missing)}: niet meegeteld."
    if double := parts_of(-gap, named):
        return f"Dat is precies {_called(double)}: misschien dubbel geteld."
    if _swapped(stated, computed):
        return "Er lijken twee cijfers verwisseld."
    whole = all(amount % 1 == 0 for _, _, amount in named)
    if whole and abs(gap) * 2 <= len(named):
        return "Dat kan komen doordat bedragen zijn afgerond op hele euro's."
    return ""


def parts_of(gap: Decimal, named: Sequence[Named]) -> list[Named]:
    """The one part, or the only set of at most three, that makes the gap; empty when unsure."""
    filled = [each for each in named if each[2]]
    for size in range(1, MOST_TOGETHER + 1):
        if comb(len(filled), size) > MOST_SETS:
            break
        found = []
        for chosen in combinations(filled, size):
            if sum((each[2] for each in chosen), Decimal(0)) == gap:
                found.append(list(chosen))
                if len(found) > 1:
                    return []
        # All parts together explain nothing: then the cell is simply empty.
        if found and size < len(filled):
            return found[0]
    return []


def _called(parts: Sequence[Named]) -> str:
    names = [f"‘{name}’ ({cell})" for name, cell, _ in parts]
    return " en ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _swapped(stated: Decimal, computed: Decimal) -> bool:
    """Two digits beside each other that changed places."""
    left, right = str(abs(stated)), str(abs(computed))
    if len(left) != len(right):
        return False
    unequal = [n for n, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(unequal) != 2 or unequal[1] != unequal[0] + 1:
        return False
    first, second = unequal
    return left[first] == right[second] and left[second] == right[first]


def _of_contingency(node: Node, contingency: SheetContingency | None) -> str:
    stated, computed = node.stated or Decimal(0), node.computed or Decimal(0)
    rate = contingency.rate if contingency else None
    part = contingency.shares.get(node.year) if contingency else None
    share = f", {percent(part)} van het subtotaal" if part is not None else ""
    begin = f"In {node.cell} staat {euro(stated)}{share}."
    if node.empty:
        begin = f"In de rij van {node.cell} staat voor {node.year} niets."
    return f"{begin} Bij {percent(rate or Decimal(0))} hoort {euro(computed)}."


def basis_differences(headings: Sequence[SheetHeading]) -> list[BasisDifference]:
    """Amounts that their basis does not make. Rounding to whole euros is no difference."""
    found = []
    for heading in headings:
        for line in heading.lines:
            found += [
                _basis_difference(heading, line, year, product)
                for year, basis in line.basis.items()
                if (product := basis.amount) is not None
                and year in line.amounts
                and not is_rounding(line.amounts[year], product)
            ]
    return found


def _basis_difference(
    heading: SheetHeading, line: SheetLine, year: int, product: Decimal
) -> BasisDifference:
    basis, stated = line.basis[year], line.amounts[year]
    factors = [(basis.hours, " uur"), (basis.weeks, " weken"), (basis.rate, "")]
    if any(factor is None for factor, _ in factors):
        factors = [(basis.number, ""), (basis.price, "")]
    shown = " x ".join(f"{decimal(factor)}{word}" for factor, word in factors if factor is not None)
    rounded = " De toelichting zegt ‘afgerond’." if "afgerond" in line.explanation.lower() else ""
    return BasisDifference(
        *(line.name, heading.name, year, line.cells[year], stated, product),
        f"‘{line.name}’ is in {year} {euro(stated)}, maar {shown} is {euro(product)}.{rounded}",
    )


def decimal(number: Decimal) -> str:
    """'2,5': as many decimals as it has."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def percent(rate: Decimal) -> str:
    """'10,52%', '7,5%'."""
    return f"{decimal(rate)}%"
