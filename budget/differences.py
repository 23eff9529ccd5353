"""Where a sheet contradicts itself: what it stated, beside what the figures under it make.

The rule is that of the reader (`budget.importing.checking`): each stated figure against the stated
figures directly under it, so that one slip is found once and its consequences are not found again.
Here it is asked again of a version, whose lines people change after the sheet was read.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from budget.enums import LineKind, Scope
from budget.figures import ZERO
from budget.importing.checking import Node, check, is_rounding
from budget.importing.result import Figures, SheetContingency, SheetHeading, SheetLine
from budget.importing.structure import Outline
from budget.models import BudgetVersion, LineYear, StatedTotal
from core.formats import euro
from core.money import CENT

ANY_YEAR = 0  # a `Sheet` is of one year, which it does not name


@dataclass(frozen=True)
class Difference:
    """A stated figure that is not what lies under it. `heading` is its key, None for the whole."""

    scope: str
    year: int
    stated: Decimal
    computed: Decimal
    name: str
    heading: int | None = None
    stated_pk: int | None = None
    judged: bool = False

    @property
    def amount(self) -> Decimal:
        """How much it is off: above zero when the parts make more than was stated."""
        return self.computed - self.stated

    def __str__(self) -> str:
        return (
            f"{self.name} {self.year}, in het blad {euro(self.stated)} en nageteld "
            f"{euro(self.computed)}"
        )


@dataclass(frozen=True)
class Sheet:
    """The figures of one year: per heading the sum of its lines, and what was stated where."""

    lines: Mapping[int, Decimal] = field(default_factory=dict)
    contingency: Decimal = ZERO
    headings: Mapping[int, Decimal] = field(default_factory=dict)
    subtotal: Decimal | None = None
    stated_contingency: Decimal | None = None
    total: Decimal | None = None


def percentage_of(rate: Decimal, amount: Decimal) -> Decimal:
    """So many percent of an amount, to the cent."""
    return (rate * amount / 100).quantize(CENT, rounding=ROUND_HALF_UP)


def checks(sheet: Sheet, rate: Decimal | None) -> list[tuple[str, int | None, Decimal, Decimal]]:
    """Scope, heading, stated and computed of every stated figure of a year that is off.

    The contingency is weighed as it stands in its line now; for the total it is what was stated.
    """
    stated = sheet.stated_contingency
    found = _weighed(sheet, rate, sheet.contingency if stated is None else stated)
    if stated is not None and stated != sheet.contingency:
        now = _weighed(sheet, rate, sheet.contingency)
        found = [
            *(row for row in found if row[0] not in (Scope.CONTINGENCY, Scope.TOTAL)),
            *(row for row in now if row[0] == Scope.CONTINGENCY),
            *(row for row in found if row[0] == Scope.TOTAL),
        ]
    return found


def _weighed(
    sheet: Sheet, rate: Decimal | None, spare: Decimal
) -> list[tuple[str, int | None, Decimal, Decimal]]:
    """By the rule of the reader. A contingency that the sheet did not state only counts along."""
    keys = list(dict.fromkeys([*sheet.lines, *sheet.headings]))
    headings = [_heading(sheet, key) for key in keys]
    outline = Outline(
        headings=headings,
        subtotal=_figures(sheet.subtotal),
        contingency=SheetContingency(
            "", _figures(spare), rate if sheet.stated_contingency is not None else None
        ),
        totals=_figures(sheet.total),
    )
    key_of = {id(heading): key for heading, key in zip(headings, keys, strict=True)}
    return [
        (Scope(node.scope.value), key_of.get(id(node.heading)), *_both(node))
        for node in check(outline, [ANY_YEAR])
        if node.wrong
    ]


def _heading(sheet: Sheet, key: int) -> SheetHeading:
    line = SheetLine("", "", {ANY_YEAR: sheet.lines.get(key, ZERO)})
    return SheetHeading(str(key), lines=[line], figures=_figures(sheet.headings.get(key)))


def _figures(stated: Decimal | None) -> Figures:
    if stated is None:
        return Figures()
    return Figures(present=True, stated={ANY_YEAR: stated})


def _both(node: Node) -> tuple[Decimal, Decimal]:
    return node.stated or ZERO, node.computed or ZERO


def found_in(version: BudgetVersion) -> list[Difference]:
    """The differences of a version with the sheet it came from, by year; three queries."""
    stated = list(version.stated.all())
    if not stated:
        return []
    rows = {(row.scope, row.heading_id, row.year): row for row in stated}
    names = dict(version.headings.values_list("pk", "name"))
    differences = []
    for year, sheet in sorted(_sheets(version, stated, names).items()):
        for scope, heading, amount, computed in checks(sheet, version.fund.contingency_rate):
            row = rows[scope, heading, year]
            name = names[heading] if heading is not None else Scope(scope).label.capitalize()
            differences.append(
                Difference(
                    scope=scope,
                    year=year,
                    stated=amount,
                    computed=computed,
                    name=name,
                    heading=heading,
                    stated_pk=row.pk,
                    judged=bool(row.judgement) and row.judged_difference == computed - amount,
                )
            )
    return differences


def _sheets(
    version: BudgetVersion, stated: list[StatedTotal], names: Mapping[int, str]
) -> dict[int, Sheet]:
    lines: dict[int, dict[int, Decimal]] = defaultdict(lambda: dict.fromkeys(names, ZERO))
    spare: dict[int, Decimal] = defaultdict(lambda: ZERO)
    amounts = LineYear.objects.filter(line__version=version).values_list(
        "year", "line__heading", "line__line__kind", "amount"
    )
    for year, heading, kind, amount in amounts:
        if kind == LineKind.CONTINGENCY:
            spare[year] += amount
        elif heading is not None:
            lines[year][heading] += amount
    headings: dict[int, dict[int, Decimal]] = defaultdict(dict)
    single: dict[tuple[str, int], Decimal] = {}
    for row in stated:
        if row.heading_id is not None:
            headings[row.year][row.heading_id] = row.amount
        else:
            single[row.scope, row.year] = row.amount
    return {
        year: Sheet(
            lines=lines[year],
            contingency=spare[year],
            headings=headings[year],
            subtotal=single.get((Scope.SUBTOTAL, year)),
            stated_contingency=single.get((Scope.CONTINGENCY, year)),
            total=single.get((Scope.TOTAL, year)),
        )
        for year in {row.year for row in stated}
    }


@dataclass(frozen=True)
class BasisDifference:
    """An amount that is not what its own basis makes, rounded or not."""

    line: str
    year: int
    stated: Decimal
    from_basis: Decimal


def of_basis(version: BudgetVersion) -> list[BasisDifference]:
    """Amounts that hours x weeks x rate, or number x price, do not make; one query.

    Rounding to whole euros is no difference, as the reader has it.
    """
    rows = LineYear.objects.filter(line__version=version).select_related("line")
    found = []
    for row in rows.order_by("line__heading__order", "line__order", "line", "year"):
        made = row.from_basis
        if made is not None and not is_rounding(row.amount, made):
            found.append(BasisDifference(row.line.name, row.year, row.amount, made))
    return found


def consequence(difference: Difference, rate: Decimal | None) -> tuple[Decimal, Decimal]:
    """What mending a heading adds to the total, without and with the contingency over it."""
    spare = percentage_of(rate, difference.amount) if rate is not None else ZERO
    return difference.amount, difference.amount + spare
