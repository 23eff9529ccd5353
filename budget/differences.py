"""Where a sheet contradicts itself: what it stated, beside what the figures under it make.

Each stated figure is checked against the stated figures directly under it, so that one slip is
found once and its consequences are not found again: a heading against its lines, the subtotal
against the stated headings, the contingency against its rate over the stated subtotal, the total
against the stated subtotal and contingency.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from budget.enums import LineKind, Scope
from budget.figures import ZERO
from budget.models import BudgetVersion, LineYear, StatedTotal
from core.formats import euro
from core.money import CENT

EURO = Decimal(1)


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

    @property
    def under_subtotal(self) -> Decimal:
        """The headings as stated; one without a stated figure by its lines."""
        names = set(self.lines) | set(self.headings)
        return sum((self.headings.get(name, self.lines.get(name, ZERO)) for name in names), ZERO)

    @property
    def base(self) -> Decimal:
        """What a percentage is taken of, and what the total is made of."""
        return self.under_subtotal if self.subtotal is None else self.subtotal


def percentage_of(rate: Decimal, amount: Decimal) -> Decimal:
    """So many percent of an amount, to the cent."""
    return (rate * amount / 100).quantize(CENT, rounding=ROUND_HALF_UP)


def checks(sheet: Sheet, rate: Decimal | None) -> list[tuple[str, int | None, Decimal, Decimal]]:
    """Scope, heading, stated and computed of every stated figure of a year that is off.

    The contingency is taken as it stands in its line now, and may be rounded to a whole euro.
    """
    found: list[tuple[str, int | None, Decimal, Decimal]] = [
        (Scope.HEADING, heading, stated, sheet.lines.get(heading, ZERO))
        for heading, stated in sheet.headings.items()
    ]
    if sheet.subtotal is not None:
        found.append((Scope.SUBTOTAL, None, sheet.subtotal, sheet.under_subtotal))
    if sheet.stated_contingency is not None and rate is not None:
        asked = percentage_of(rate, sheet.base)
        whole = sheet.contingency == sheet.contingency.to_integral_value()
        if not (whole and abs(sheet.contingency - asked) < EURO):
            found.append((Scope.CONTINGENCY, None, sheet.contingency, asked))
    if sheet.total is not None:
        spare = sheet.stated_contingency
        made = sheet.base + (sheet.contingency if spare is None else spare)
        found.append((Scope.TOTAL, None, sheet.total, made))
    return [row for row in found if row[2] != row[3]]


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
    """An amount that is not what its own basis makes, as in a sheet that rounds."""

    line: str
    year: int
    stated: Decimal
    from_basis: Decimal


def of_basis(version: BudgetVersion) -> list[BasisDifference]:
    """Amounts that differ from hours x weeks x rate, or number x price; one query."""
    rows = LineYear.objects.filter(line__version=version).select_related("line")
    found = []
    for row in rows.order_by("line__heading__order", "line__order", "line", "year"):
        made = row.from_basis
        if made is not None and made != row.amount:
            found.append(BasisDifference(row.line.name, row.year, row.amount, made))
    return found


def consequence(difference: Difference, rate: Decimal | None) -> tuple[Decimal, Decimal]:
    """What mending a heading adds to the total, without and with the contingency over it."""
    spare = percentage_of(rate, difference.amount) if rate is not None else ZERO
    return difference.amount, difference.amount + spare
