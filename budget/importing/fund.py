"""The fund through the years: what is left at each year's end, and what mending would cost.

Under the total a sheet often has the drawdown of the grant: the grant, what was realised before,
and what is left on a day. That is read too, and each balance checked against the one before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budget.importing.amounts import read_amount
from budget.importing.cells import Cell, listed
from budget.importing.checking import Node
from budget.importing.context import Reading
from budget.importing.result import (
    CENT,
    Consequence,
    Difference,
    FundFigures,
    Scope,
    SheetContingency,
)
from budget.importing.table import Row
from core.formats import MONTHS, euro

_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})[-/. ](?P<month>\d{{1,2}}|{'|'.join(MONTHS)})[-/. ](?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_END = re.compile(r"\b(?:eind|ultimo|saldo|stand|restant)\b\D*(?P<year>\d{4})\b", re.IGNORECASE)
_GRANT = re.compile(r"\b(?:subsidie|toegekend|rijksbijdrage|beschikbaar gesteld)\b", re.IGNORECASE)
_REALISED = re.compile(r"\b(?:realisatie|gerealiseerd|besteed|besteding(?:en)?)\b", re.IGNORECASE)


@dataclass
class Drawdown:
    """The rows under the total. `balances`: what is left at a year's end, with its cell."""

    grant: Decimal | None = None
    realised: Decimal | None = None
    balances: dict[int, tuple[Decimal, str]] = field(default_factory=dict)


def read_drawdown(rows: Sequence[Row], reading: Reading) -> Drawdown:
    """What the rows under the total tell of the fund; text goes to the notes."""
    found = Drawdown()
    for row in rows:
        name = next(iter([*row.labels, *filter(None, [row.theme])]), None)
        amounts = [c for c in row.cells if c is not name and read_amount(c).value is not None]
        if name and len(amounts) == 1 and _keep(found, name, amounts[0]):
            reading.amount(amounts[0])
            reading.note(cell for cell in row.cells if cell is not amounts[0])
        elif not amounts:
            reading.note(row.cells)
    return found


def _keep(found: Drawdown, name: Cell, cell: Cell) -> bool:
    value = read_amount(cell).value
    year = _year_of(name.text)
    if value is None:
        return False
    if _REALISED.search(name.text) and found.realised is None:
        found.realised = value
    elif _GRANT.search(name.text) and found.grant is None and year is None:
        found.grant = value
    elif year is not None and year not in found.balances:
        found.balances[year] = (value, cell.place)
    else:
        return False
    return True


def _year_of(text: str) -> int | None:
    """The year at whose end a balance stands: that of 1 January is of the year before."""
    if day := _DAY.search(text):
        first = int(day["day"]) == 1 and day["month"].lower() in ("1", "01", MONTHS[0])
        return int(day["year"]) - first
    end = _END.search(text)
    return int(end["year"]) if end else None


def fund_figures(
    drawdown: Drawdown, totals: Sequence[Node], opening: Decimal | None, reading: Reading
) -> FundFigures | None:
    """The balances that follow from the totals as stated; None when nothing tells of the fund."""
    first = totals[0].year
    before = {year: each for year, each in drawdown.balances.items() if year < first}
    written, cell = before[max(before)] if before else (None, "")
    if written is None and drawdown.grant is not None and drawdown.realised is not None:
        written = drawdown.grant - drawdown.realised
    if opening is None and written is not None:
        reading.warnings.append(
            f"Het beginsaldo {euro(written)} is gelezen uit {cell or 'de regels onder het totaal'}."
        )
    elif opening is not None and written is not None and written != opening:
        reading.warnings.append(
            f"Het blad noemt een beginsaldo van {euro(written)} ({cell or 'onder het totaal'}). "
            f"Gerekend is met {euro(opening)}."
        )
    left = opening if opening is not None else written
    if left is None and drawdown == Drawdown():
        return None
    found = FundFigures(left, cell, grant=drawdown.grant, realised=drawdown.realised)
    found.stated = {year: value for year, (value, _) in drawdown.balances.items()}
    found.cells = {year: cell for year, (_, cell) in drawdown.balances.items()}
    for total in totals:
        if left is None or not total.options:
            break
        left -= total.options[0]
        found.balances[total.year] = left
    short = {year: -left for year, left in found.balances.items() if left < 0}
    if short:
        said = [f"eind {year} {euro(amount)}" for year, amount in short.items()]
        reading.warnings.append(
            f"Er is meer begroot dan het fonds heeft. Het komt tekort: {listed(said)}."
        )
    return found


def balance_differences(found: FundFigures, totals: Sequence[Node]) -> list[Difference]:
    """Each stated balance against the one before it less the total of its year."""
    differences = []
    first = totals[0].year
    options = [] if found.opening is None else [found.opening]
    stated = max((year for year in found.stated if year < first), default=None)
    if stated is not None and found.grant is not None and found.realised is not None:
        begin = found.grant - found.realised
        if found.stated[stated] != begin:
            what = f"{euro(found.grant)} - {euro(found.realised)}"
            differences.append(_balance(found, stated, begin, what))
        options = list(dict.fromkeys([found.stated[stated], *options, begin]))
    for total in totals:
        reckoned = [left - spent for left in options for spent in total.options]
        says = found.stated.get(total.year)
        if says is None:
            options = reckoned
            continue
        if reckoned and says not in reckoned:
            what = f"{euro(options[0])} - {euro(total.options[0])}"
            differences.append(_balance(found, total.year, reckoned[0], what))
        options = list(dict.fromkeys([says, *reckoned]))[:8]
    return differences


def _balance(found: FundFigures, year: int, right: Decimal, what: str) -> Difference:
    stated, cell = found.stated[year], found.cells[year]
    text = f"In {cell} staat {euro(stated)}, maar {what} is {euro(right)}."
    return Difference(Scope.BALANCE, "saldo", year, cell, stated, right, text)


# What mending costs -----------------------------------------------------------------------------


def consequences(
    wrong: Sequence[Node], contingency: SheetContingency | None, fund: FundFigures | None
) -> list[Consequence]:
    """What mending each difference does to the total, and what the fund then has left."""
    return [_consequence(node, contingency, fund) for node in wrong]


def _consequence(
    node: Node, contingency: SheetContingency | None, fund: FundFigures | None
) -> Consequence:
    cost = (node.computed or Decimal(0)) - (node.stated or Decimal(0))
    above: Node | None = node
    while above is not None:
        if not above.carried:
            cost = Decimal("0.00")
        above = above.above
    rate = contingency.rate if contingency else None
    both = None
    if rate is not None and cost and node.scope in (Scope.HEADING, Scope.SUBTOTAL):
        both = (cost * (100 + rate) / 100).quantize(CENT)
    left = next(reversed(fund.balances.values()), None) if fund else None
    return Consequence(
        node.scope,
        node.name,
        node.year,
        cost,
        both,
        None if left is None else left - cost,
        None if left is None or both is None else left - both,
        _sentence(cost, both, left),
    )


def _sentence(cost: Decimal, both: Decimal | None, left: Decimal | None) -> str:
    if not cost:
        return "De totalen erboven kloppen al. Alleen deze cel hoeft anders."
    word = "kost" if cost > 0 else "scheelt"
    along = f", of met de post onvoorzien erbij {euro(abs(both))}" if both is not None else ""
    text = f"Dit verbeteren {word} {euro(abs(cost))}{along}."
    if cost < 0 or left is None:
        return text
    short, short_with = cost - left, None if both is None else both - left
    if short > 0:
        along = f", met onvoorzien {euro(short_with)}" if short_with is not None else ""
        return f"{text} Zoveel is er niet: het fonds komt dan {euro(short)} tekort{along}."
    if short_with is not None and short_with > 0:
        return (
            f"{text} Met onvoorzien is dat er niet: het fonds komt dan {euro(short_with)} tekort."
        )
    return f"{text} Het fonds heeft dan nog {euro(left - (both or cost))} over."
