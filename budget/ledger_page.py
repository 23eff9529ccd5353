"""Rows of the ledger as a page shows them: what was booked, on what, by whom, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from accounts.models import User
from budget.addresses import url_of
from budget.domain.corrections import RIGHTS
from budget.enums import EntryKind
from budget.figures import ZERO
from budget.models import Fund, LedgerEntry
from budget.queries import NOW, Cut
from core.components import Cell, Column, Row
from core.formats import NBSP, euro, long_date, near_date
from governance.rules import may

ENTRY_COLUMNS = [
    Column("Geboekt"),
    Column("Soort"),
    Column("Bedrag", number=True),
    Column("Geldt op"),
    Column("Door"),
    Column("Reden"),
]
COLUMNS = [
    Column("Geboekt"),
    Column("Soort"),
    Column("Bedrag", number=True),
    Column("Post"),
    Column("Jaar"),
    Column("Waarover"),
    Column("Geldt op"),
    Column("Door"),
    Column("Reden"),
]
HEAD = [column.label for column in COLUMNS]


def with_sources(rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """With everything that a row shows, in one query."""
    return rows.select_related(
        "line",
        "version",
        "commitment",
        "invoice",
        "by",
        "reallocation__from_line",
        "reallocation__to_line",
        "countered_by",
    )


def selected(fund: Fund, form: Any) -> tuple[QuerySet[LedgerEntry], date | None]:
    """The rows that fit the filter, as they were known on a day where one is asked."""
    day = form.value("day")
    try:
        rows = (Cut.of_day(day) if day else NOW).rows(fund)
    except OverflowError:  # the last day there is has no midnight after it
        rows, day = NOW.rows(fund), None
    for name in ("year", "line", "kind"):
        if value := form.value(name):
            rows = rows.filter(**{name: value})
    return rows, day


def totals(rows: QuerySet[LedgerEntry]) -> list[Row]:
    """What the rows come to per kind, as a table of its own; one query."""
    sums = dict(rows.order_by().values_list("kind").annotate(Sum("amount")))
    return [
        Row([kind.label.capitalize(), euro(sums.get(kind, ZERO))])
        for kind in EntryKind
        if kind in sums
    ]


def about(entry: LedgerEntry, fund: Fund) -> Cell:
    """Where the row comes from, with its address."""
    if entry.invoice is not None:
        return Cell(
            f"factuur {entry.invoice.number}", url=url_of("invoice-detail", fund, entry.invoice.pk)
        )
    if entry.commitment is not None:
        number = entry.commitment.number
        return Cell(f"verplichting {number}", url=url_of("commitment-detail", fund, number))
    if entry.reallocation is not None:
        return Cell(str(entry.reallocation), url=url_of("reallocation-list", fund))
    return Cell(str(entry.version))


def kind_of(entry: LedgerEntry) -> str:
    """'betaald', or 'betaald (tegenboeking)'."""
    mark = " (tegenboeking)" if entry.counter_of_id else ""
    return f"{entry.get_kind_display()}{mark}"


def is_standing(entry: LedgerEntry) -> bool:
    """Neither countered nor a counter-entry, and not of the budget, which changes by a version."""
    countered = getattr(entry, "countered_by", None) is not None
    return not (countered or entry.counter_of_id or entry.kind == EntryKind.BUDGET)


def ledger_rows(rows: Iterable[LedgerEntry], fund: Fund, user: User) -> list[Row]:
    """For the ledger itself; with the way to a correction for who may."""
    found = []
    for entry in rows:
        entry.fund = fund
        mends = is_standing(entry) and may(user, RIGHTS[EntryKind(entry.kind)], entry)
        mend = Cell("Verbeteren", url=url_of("entry-correct", fund, entry.pk)) if mends else ""
        found.append(
            Row(
                [
                    near_date(entry.recorded_at).replace(" ", NBSP),
                    kind_of(entry),
                    euro(entry.amount),
                    entry.line.name,
                    str(entry.year),
                    about(entry, fund),
                    near_date(entry.effective_on).replace(" ", NBSP),
                    str(entry.by or "het portaal"),
                    entry.why,
                    mend,
                ]
            )
        )
    return found


def sheet_rows(rows: Iterable[LedgerEntry], fund: Fund) -> list[list[Any]]:
    return [
        [
            entry.recorded_at.date(),
            kind_of(entry),
            entry.amount,
            entry.line.name,
            entry.year,
            str(about(entry, fund).value),
            entry.effective_on,
            str(entry.by or "het portaal"),
            entry.why,
        ]
        for entry in rows
    ]


def entry_rows(rows: QuerySet[LedgerEntry]) -> list[Row]:
    """The bookings of one commitment or invoice, the newest last; one query."""
    return [
        Row(
            [
                near_date(entry.recorded_at),
                kind_of(entry),
                euro(entry.amount),
                long_date(entry.effective_on),
                str(entry.by or "het portaal"),
                entry.why,
            ]
        )
        for entry in rows.select_related("by").order_by("pk")
    ]
