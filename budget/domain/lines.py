"""Writing a concept: its headings and lines, and what the sheet stated beside them.

Two people can write one line: what they change is merged per field, where each year is a field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import User
from budget.differences import found_in
from budget.domain.rows import (
    amount_answer,
    fit,
    one_line,
    reason,
    still,
    year_answer,
)
from budget.domain.versions import forget_line, writable
from budget.enums import LineKind, Scope
from budget.models import BudgetLine, BudgetVersion, FundLine, Heading, LineYear, StatedTotal
from core import clock
from core.formats import euro
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.versioning import changed_fields
from governance.domain.texts import refuse_personal_data
from regioagenda.models import BuildingBlock

Ordered = TypeVar("Ordered", Heading, BudgetLine)

LINE_FIELDS = ("name", "heading", "explanation", "execution")
MOST_OF_IT = 100_000  # hours, weeks or pieces
BASIS = ("hours", "weeks", "rate", "number", "price")


@dataclass(frozen=True)
class YearAmount:
    """What a line gets in a year. Without an amount its basis makes it; without either, nothing."""

    amount: Decimal | None = None
    hours: Decimal | None = None
    weeks: Decimal | None = None
    rate: Decimal | None = None
    number: Decimal | None = None
    price: Decimal | None = None

    def __str__(self) -> str:
        """As a person reads it when a colleague changed the same year."""
        shown = euro(self.amount) if self.amount is not None else "niets"
        if self.hours is not None:
            return f"{shown} ({self.hours} uur × {self.weeks} weken × {euro(self.rate)})"
        if self.number is not None:
            return f"{shown} ({self.number} × {euro(self.price)})"
        return shown


# Headings -----------------------------------------------------------------------------------------


@transaction.atomic
def put_heading(
    version: BudgetVersion,
    *,
    name: str,
    block: BuildingBlock | None = None,
    heading: Heading | None = None,
    by: User | None,
) -> Heading:
    """A new heading at the end, or another name or building block for one that is there."""
    current = writable(version, by)
    refuse_personal_data({"name": name})
    if block is not None and block.region_id != current.fund.region_id:
        raise Refused(Refusal("Dit onderdeel hoort bij een andere regio.", "block"))
    row = Heading(version=current, order=_next(current.headings))
    if heading is not None:
        row = still(current.headings.all(), heading.pk)
    row.name, row.block = one_line(name), block
    return fit(row)


@transaction.atomic
def remove_heading(heading: Heading, *, by: User | None) -> None:
    """Take a heading away. Refuses one that has lines."""
    current = writable(heading.version, by)
    row = still(current.headings.all(), heading.pk)
    if row.lines.exists():
        raise Refused(Refusal("Onder dit onderdeel staan posten. Haal die eerst weg."))
    row.delete()


@transaction.atomic
def move_heading(heading: Heading, *, up: bool, by: User | None) -> None:
    """Swap a heading with its neighbour; at the end nothing happens."""
    current = writable(heading.version, by)
    row = still(current.headings.all(), heading.pk)
    _swap(list(current.headings.all()), row.pk, up=up)


# Lines --------------------------------------------------------------------------------------------


def values_of(line: BudgetLine) -> dict[str, Any]:
    """What a writer starts from, by field: each year is one field, named '2021'."""
    values: dict[str, Any] = {name: getattr(line, name) for name in LINE_FIELDS}
    return values | {
        str(row.year): YearAmount(row.amount, **{name: getattr(row, name) for name in BASIS})
        for row in line.years.all()
    }


@transaction.atomic
def put_line(
    version: BudgetVersion,
    *,
    heading: Heading | None,
    name: str,
    years: Mapping[int, YearAmount] | None = None,
    explanation: str = "",
    execution: bool = False,
    kind: LineKind = LineKind.ORDINARY,
    line: FundLine | None = None,
    by: User | None,
) -> BudgetLine:
    """A new line at the end of a heading, with its amounts.

    `line` is the line of an earlier version that this one goes on with; without it a line of the
    fund is made. Refuses a year outside the fund, an amount that cannot be, half a basis.
    """
    current = writable(version, by)
    refuse_personal_data({"name": name, "explanation": explanation})
    require(
        _heading_answer(current, heading, line.kind if line else kind), _line_answer(current, line)
    )
    title = one_line(name)
    row = BudgetLine(
        version=current,
        heading=heading,
        line=line or fit(FundLine(fund=current.fund, kind=kind, name=title)),
        order=_next(current.lines.filter(heading=heading)),
        name=title,
        explanation=explanation.strip(),
        execution=execution,
    )
    fit(row)
    for year, given in (years or {}).items():
        _put_year(row, year, given)
    return row


@transaction.atomic
def edit_line(
    line: BudgetLine,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Change fields and years of a line (`values_of`); returns those that changed.

    An empty `YearAmount` takes a year away. What a colleague changed meanwhile in another field
    stays; in the same field it raises Conflict with both, and nothing is written.
    """
    current = writable(line.version, by)
    row = still(BudgetLine.objects.select_related("line", "heading"), line.pk)
    unknown = {name for name in values if name not in LINE_FIELDS and not name.isdecimal()}
    if unknown:
        raise ValueError(f"not a field of a line: {sorted(unknown)}")
    wanted = _tidied(values)
    refuse_personal_data(wanted)
    now = {name: YearAmount() for name in wanted if name.isdecimal()} | values_of(row)
    changed = changed_fields(
        {name: now[name] for name in wanted},
        wanted,
        base={name: YearAmount() for name in wanted if name.isdecimal()} | dict(base),
        base_revision=base_revision,
        revision=row.revision,
    )
    if not changed:
        return []
    for name in changed:
        if name in LINE_FIELDS:
            setattr(row, name, wanted[name])
    require(_heading_answer(current, row.heading, row.line.kind))
    row.revision += 1
    fit(row)
    for name in changed:
        if name not in LINE_FIELDS:
            _put_year(row, int(name), wanted[name])
    return changed


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    wanted = dict(values)
    if "name" in wanted:
        wanted["name"] = one_line(wanted["name"])
    if "explanation" in wanted:
        wanted["explanation"] = wanted["explanation"].strip()
    return wanted


@transaction.atomic
def remove_line(line: BudgetLine, *, by: User | None) -> None:
    """Take a line out of a concept. That money was promised on it is judged at adoption."""
    current = writable(line.version, by)
    row = still(current.lines.select_related("line"), line.pk)
    row.delete()
    forget_line(row.line)


@transaction.atomic
def move_line(line: BudgetLine, *, up: bool, by: User | None) -> None:
    """Swap a line with its neighbour under the same heading; at the end nothing happens."""
    current = writable(line.version, by)
    row = still(current.lines.all(), line.pk)
    _swap(list(current.lines.filter(heading=row.heading_id)), row.pk, up=up)


def _put_year(line: BudgetLine, year: int, given: YearAmount) -> None:
    field = str(year)
    require(year_answer(year, line.version.fund, field))
    row = line.years.filter(year=year).first() or LineYear(line=line, year=year)
    for name in BASIS:
        setattr(row, name, getattr(given, name))
    require(
        *(
            amount_answer(getattr(given, name), field, zero=True, empty=True)
            for name in ("amount", "rate", "price")
        ),
        *(_count_answer(getattr(given, name), field) for name in ("hours", "weeks", "number")),
    )
    amount = given.amount if given.amount is not None else row.from_basis
    if amount is None and given == YearAmount():
        if row.pk:
            row.delete()
        return
    require(amount_answer(amount, field, zero=True))
    row.amount = amount
    try:
        fit(row)
    except Refused as refused:
        raise Refused(*(Refusal(each.reason, field) for each in refused.refusals)) from None


def _count_answer(count: Decimal | None, field: str) -> Answer:
    if count is None or (count.is_finite() and 0 <= count < MOST_OF_IT):
        return True
    return Refusal("Uren, weken en aantal zijn nul of meer, en minder dan 100.000.", field)


def _heading_answer(version: BudgetVersion, heading: Heading | None, kind: str) -> Answer:
    if heading is None and kind == LineKind.ORDINARY:
        return Refusal("Kies het onderdeel waar deze post onder valt.", "heading")
    if heading is not None and heading.version_id != version.pk:
        return Refusal("Dit onderdeel staat in een andere versie.", "heading")
    return True


def _line_answer(version: BudgetVersion, line: FundLine | None) -> Answer:
    if line is not None and line.fund_id != version.fund_id:
        return Refusal("Deze post hoort bij een ander fonds.", "line")
    return True


# What the sheet stated ----------------------------------------------------------------------------


@transaction.atomic
def state_total(
    version: BudgetVersion,
    scope: Scope,
    *,
    year: int,
    amount: Decimal,
    heading: Heading | None = None,
    by: User | None,
) -> StatedTotal:
    """Keep what the source sheet stated, beside what its lines make."""
    current = writable(version, by)
    require(
        year_answer(year, current.fund),
        amount_answer(amount, zero=True),
        _heading_answer(current, heading, LineKind.CONTINGENCY),
    )
    return fit(StatedTotal(version=current, scope=scope, heading=heading, year=year, amount=amount))


@transaction.atomic
def judge_difference(stated: StatedTotal, *, text: str, by: User | None) -> StatedTotal:
    """Say what is to be thought of a difference with the sheet; it can be said anew.

    The judgement holds for the difference as it is now. Refuses where there is none.
    """
    current = writable(stated.version, by)
    row = still(StatedTotal.objects.select_related("heading"), stated.pk)
    found = [each for each in found_in(current) if each.stated_pk == row.pk]
    if not found:
        raise Refused(Refusal("Hier is geen verschil meer met het blad."))
    row.judgement = reason(text, "text")
    row.judged_difference = found[0].amount
    row.judged_by, row.judged_at = by, clock.now()
    fit(row)
    StatusChange.log(current, act="difference_judged", by=by, why=f"{row}: {row.judgement}")
    return row


# Order --------------------------------------------------------------------------------------------


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=models.Max("order"))["last"]
    return (last or 0) + 1


def _swap(rows: list[Ordered], pk: int, *, up: bool) -> None:
    place = [row.pk for row in rows].index(pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        return
    mine, theirs = rows[place], rows[other]
    mine.order, theirs.order = theirs.order, mine.order
    mine.save()
    theirs.save()
