"""Lists of money in motion: sorting by a column, and the rows of each list with its totals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import QueryDict

from budget.addresses import url_of
from budget.commitment_page import TONES
from budget.enums import COMMITTED, EntryKind, InvoiceState
from budget.figures import ZERO
from budget.forms.money_lists import LATE, OPEN
from budget.invoice_page import TONES as INVOICE_TONES
from budget.models import Commitment, Fund, Invoice, LedgerEntry
from budget.waiting import UNPAID
from core import clock
from core.components import Cell, Column, Row
from core.formats import NBSP, euro, long_date

BY = "op"  # in the address: which column, with a dash for the other way round
WAITS_TOO_LONG = timedelta(days=30)


@dataclass(frozen=True)
class Sorted:
    """A column with the fields it sorts by, what a cell says, and what a sheet gets."""

    key: str
    label: str
    fields: tuple[str, ...]
    value: Callable[[Any], Any]
    number: bool = False
    cell: Callable[[Any], Cell] | None = None


def order_of(columns: Sequence[Sorted], query: QueryDict) -> tuple[Sorted | None, bool]:
    """The column that was asked for, and whether the other way round."""
    asked = query.get(BY, "")
    found = next((column for column in columns if column.key == asked.lstrip("-")), None)
    return found, asked.startswith("-")


def in_order(rows: QuerySet[Any], columns: Sequence[Sorted], query: QueryDict) -> QuerySet[Any]:
    """Sorted as asked, and otherwise as the list comes."""
    column, down = order_of(columns, query)
    if column is None:
        return rows
    sign = "-" if down else ""
    return rows.order_by(*(f"{sign}{name}" for name in column.fields), "pk")


def heads(columns: Sequence[Sorted], query: QueryDict) -> list[Column]:
    """The heads, each an address that sorts; once more is the other way round."""
    chosen, down = order_of(columns, query)
    return [_head(column, query, column is chosen, down) for column in columns]


def _head(column: Sorted, query: QueryDict, chosen: bool, down: bool) -> Column:
    to = query.copy()
    to.pop("page", None)
    to[BY] = f"-{column.key}" if chosen and not down else column.key
    state = ("descending" if down else "ascending") if chosen else ""
    return Column(column.label, column.number, to.urlencode(), state)  # type: ignore[arg-type]


def drawn(columns: Sequence[Sorted], rows: Iterable[Model], total: Sequence[Any]) -> list[Row]:
    """The rows of a page, and under them the totals of the whole list."""
    found = [Row([_cell(column, row) for column in columns]) for row in rows]
    return [*found, Row([_shown(value) for value in total], kind="total")] if found else []


def whole(text: str) -> str:
    """On one line: a date that breaks over three lines makes a row high."""
    return text.replace(" ", NBSP)


def _cell(column: Sorted, row: Model) -> Cell | str:
    return column.cell(row) if column.cell else _shown(column.value(row))


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return euro(value)
    if hasattr(value, "strftime"):
        return whole(long_date(value))
    return str(value)


def in_sheet(columns: Sequence[Sorted], rows: Iterable[Model]) -> list[list[Any]]:
    """The same rows for a spreadsheet: amounts as numbers, days as days."""
    return [[column.value(row) for column in columns] for row in rows]


# Commitments --------------------------------------------------------------------------------------


def commitments_of(fund: Fund, form: Any) -> QuerySet[Commitment]:
    """The commitments that fit the filter, with what they take and what was billed."""
    rows = Commitment.objects.filter(fund=fund).select_related("line", "supplier")
    for name in ("year", "line", "state"):
        if value := form.value(name):
            rows = rows.filter(**{name: value})
    return rows.order_by("-year", "-sequence").annotate(
        taken=_sum_of(*COMMITTED), billed=_sum_of(EntryKind.INVOICE)
    )


def _sum_of(*kinds: str) -> Subquery:
    """Of one commitment, asked for the rows of a page alone: a join would add up all of them."""
    rows = LedgerEntry.objects.filter(commitment=OuterRef("pk"), kind__in=kinds).order_by()
    return Subquery(rows.values("commitment").values_list(Sum("amount")))


def commitment_columns(fund: Fund) -> list[Sorted]:
    def link(row: Commitment) -> Cell:
        return Cell(row.number, url=url_of("commitment-detail", fund, row.number))

    return [
        Sorted("nummer", "Nummer", ("year", "sequence"), lambda row: row.number, cell=link),
        Sorted("waarvoor", "Waarvoor", ("what",), lambda row: row.what),
        Sorted("bedrag", "Bedrag", ("amount",), lambda row: row.amount, number=True),
        Sorted(
            "stand",
            "Stand",
            ("state",),
            lambda row: row.get_state_display(),
            cell=lambda row: Cell(row.get_state_display(), tone=TONES[row.state]),
        ),
        Sorted("vastgelegd", "Vastgelegd", ("taken",), lambda row: row.taken or ZERO, number=True),
        Sorted(
            "gefactureerd",
            "Gefactureerd",
            ("billed",),
            lambda row: row.billed or ZERO,
            number=True,
        ),
        Sorted(
            "leverancier", "Leverancier", ("supplier__sort_name",), lambda row: row.supplier.name
        ),
        Sorted("post", "Post", ("line__name",), lambda row: row.line.name),
    ]


def commitment_totals(rows: QuerySet[Commitment]) -> list[Any]:
    """The total row of the list; two queries."""
    found = Commitment.objects.filter(pk__in=rows.order_by().values("pk")).aggregate(
        asked=Sum("amount")
    )
    entries = LedgerEntry.objects.filter(commitment__in=rows.order_by().values("pk")).aggregate(
        taken=Sum("amount", filter=Q(kind__in=COMMITTED)),
        billed=Sum("amount", filter=Q(kind=EntryKind.INVOICE)),
    )
    return [
        *("Totaal", "", found["asked"] or ZERO, ""),
        *(entries["taken"] or ZERO, entries["billed"] or ZERO, "", ""),
    ]


# Invoices -----------------------------------------------------------------------------------------


def invoices_in(fund: Fund, form: Any) -> QuerySet[Invoice]:
    """The invoices that fit the filter."""
    rows = Invoice.objects.filter(commitment__fund=fund)
    if year := form.value("year"):
        rows = rows.filter(commitment__year=year)
    if line := form.value("line"):
        rows = rows.filter(commitment__line=line)
    state = form.value("state")
    if state in (OPEN, LATE):
        rows = rows.filter(state__in=UNPAID)
    elif state:
        rows = rows.filter(state=state)
    if state == LATE:
        rows = rows.filter(received_on__lt=clock.today() - WAITS_TOO_LONG)
    return rows.select_related("commitment__line", "supplier")


def invoice_columns(fund: Fund) -> list[Sorted]:
    def link(row: Invoice) -> Cell:
        part = f" (deel {row.part})" if row.part > 1 else ""
        return Cell(f"{row.number}{part}", url=url_of("invoice-detail", fund, row.pk))

    def commitment(row: Invoice) -> Cell:
        number = row.commitment.number
        return Cell(number, url=url_of("commitment-detail", fund, number))

    return [
        Sorted("nummer", "Factuur", ("number_key",), lambda row: row.number, cell=link),
        Sorted(
            "leverancier", "Leverancier", ("supplier__sort_name",), lambda row: row.supplier.name
        ),
        Sorted("bedrag", "Bedrag", ("amount",), lambda row: row.amount, number=True),
        Sorted(
            "stand",
            "Stand",
            ("state",),
            lambda row: row.get_state_display(),
            cell=lambda row: Cell(row.get_state_display(), tone=INVOICE_TONES[row.state]),
        ),
        Sorted("ontvangen", "Ontvangen", ("received_on",), lambda row: row.received_on),
        Sorted("soort", "Soort", ("kind",), lambda row: row.get_kind_display()),
        Sorted(
            "verplichting",
            "Verplichting",
            ("commitment__year", "commitment__sequence"),
            lambda row: row.commitment.number,
            cell=commitment,
        ),
        Sorted("post", "Post", ("commitment__line__name",), lambda row: row.commitment.line.name),
    ]


def invoice_totals(rows: QuerySet[Invoice]) -> list[Any]:
    """The total row: what lapsed does not count."""
    counted = rows.order_by().exclude(state=InvoiceState.CANCELLED)
    total = counted.aggregate(total=Sum("amount"))["total"] or ZERO
    return ["Totaal", "zonder wat verviel", total, "", "", "", "", ""]
