"""Posting to the ledger, and what is left. Only under the lock of the fund (`rows.hold`).

Every figure is a sum of rows here. What is left of a line in a year is its budget, less what is
committed, less what was paid beyond a commitment; that it never gets below zero is checked by
whoever takes from it, while the fund is held.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from budget.enums import BUDGETED, COMMITTED, EntryKind
from budget.figures import ZERO, Amounts
from budget.models import (
    BudgetVersion,
    Commitment,
    FundLine,
    Invoice,
    LedgerEntry,
    Reallocation,
)
from core import clock
from core.formats import euro
from core.refusal import Answer, Refusal

Source = BudgetVersion | Reallocation | Commitment | Invoice


def post(
    kind: EntryKind,
    amount: Decimal,
    *,
    line: FundLine,
    year: int,
    source: Source,
    effective_on: date,
    by: User | None,
    why: str = "",
    counter_of: LedgerEntry | None = None,
) -> LedgerEntry | None:
    """Add one row; nothing for an amount of zero."""
    if not amount:
        return None
    return LedgerEntry.objects.create(
        fund_id=line.fund_id,
        line=line,
        year=year,
        kind=kind,
        amount=amount,
        effective_on=effective_on,
        recorded_at=clock.now(),
        counter_of=counter_of,
        why=why,
        by=by,
        **_source(source),
    )


def _source(source: Source) -> dict[str, Any]:
    match source:
        case BudgetVersion():
            return {"version": source}
        case Reallocation():
            return {"reallocation": source}
        case Invoice():
            return {"invoice": source, "commitment": source.commitment}
    return {"commitment": source}


def counter(entry: LedgerEntry, *, why: str, by: User | None) -> LedgerEntry:
    """The same amount the other way, counting from the same day: as if it had never been there.

    The row itself stays, so what was known at a moment can still be told.
    """
    return LedgerEntry.objects.create(
        fund_id=entry.fund_id,
        line_id=entry.line_id,
        year=entry.year,
        kind=entry.kind,
        amount=-entry.amount,
        effective_on=entry.effective_on,
        recorded_at=clock.now(),
        version_id=entry.version_id,
        reallocation_id=entry.reallocation_id,
        commitment_id=entry.commitment_id,
        invoice_id=entry.invoice_id,
        counter_of=entry,
        why=why,
        by=by,
    )


def standing_entries(**of: Any) -> QuerySet[LedgerEntry]:
    """Rows that still count: neither countered nor a counter-entry themselves."""
    return LedgerEntry.objects.filter(counter_of__isnull=True, countered_by__isnull=True, **of)


def total(*kinds: str, **of: Any) -> Decimal:
    """The sum of these kinds over the rows of a line, commitment, fund ..."""
    found: Decimal | None = LedgerEntry.objects.filter(kind__in=kinds, **of).aggregate(
        found=Sum("amount")
    )["found"]
    return found or ZERO


def used(commitment: Commitment) -> Decimal:
    """What was made payable on a commitment, credit notes taken off."""
    return total(EntryKind.INVOICE, commitment=commitment)


def committed(commitment: Commitment) -> Decimal:
    """What a commitment takes now: its amount, less what was released."""
    return total(*COMMITTED, commitment=commitment)


def amounts_in(
    rows: QuerySet[LedgerEntry], counted: Q | None = None
) -> dict[tuple[int, int], Amounts]:
    """Per line and year what these rows add up to; one query.

    Grouped by commitment: what is paid beyond one is not made up for by what another has left.
    `counted` says which of the rows add; a line and year of which none does stands there as zero.
    """
    adds = counted or Q()
    grouped = (
        rows.order_by()
        .values_list("line", "year", "commitment")
        .annotate(
            had=Sum("amount", filter=adds & Q(kind__in=BUDGETED)),
            took=Sum("amount", filter=adds & Q(kind__in=COMMITTED)),
            billed=Sum("amount", filter=adds & Q(kind=EntryKind.INVOICE)),
            paid=Sum("amount", filter=adds & Q(kind=EntryKind.PAYMENT)),
        )
    )
    found: dict[tuple[int, int], Amounts] = defaultdict(Amounts)
    for line, year, _, had, took, billed, paid in grouped:
        takes, out = took or ZERO, paid or ZERO
        found[line, year] += Amounts(
            had or ZERO, takes, max(out - takes, ZERO), billed or ZERO, out
        )
    return found


def left(line: FundLine, year: int) -> Decimal:
    """What can still be promised on a line in a year."""
    found = amounts_in(LedgerEntry.objects.filter(line=line, year=year))
    return found.get((line.pk, year), Amounts()).left


def left_answer(
    line: FundLine, year: int, wanted: Decimal, *, ways: str, field: str = "amount"
) -> Answer:
    """Whether this much is left; the refusal says how much is, and the ways out."""
    if wanted <= 0:
        return True
    there = left(line, year)
    if wanted <= there:
        return True
    return Refusal(
        f"Op {line} is in {year} nog {euro(there)} over, en dit vraagt {euro(wanted)}. {ways}",
        field,
    )


def takes_more(
    commitment: Commitment, *, committing: Decimal = ZERO, paying: Decimal = ZERO
) -> Decimal:
    """How much a change of a commitment, or of what is paid on it, takes from what is left."""
    paid = total(EntryKind.PAYMENT, commitment=commitment)
    takes = committed(commitment)
    beyond = max(paid + paying - takes - committing, ZERO) - max(paid - takes, ZERO)
    return committing + beyond
