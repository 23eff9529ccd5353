"""Correcting what was booked: never by changing it, always by a counter-entry and a new row.

Both are recorded now, so what was known at an earlier moment can still be told; they count from the
day that is right, so figures over a period are right as well.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from budget.domain.commitment_amounts import pays_answer
from budget.domain.ledger import counter, post, standing_entries
from budget.domain.payments import MADE_PAYABLE, SIGNED_IT, beyond_answer, signers
from budget.domain.rows import amount_answer, day_answer, hold, reason
from budget.domain.suppliers import interest_answer
from budget.enums import MOVED, EntryKind
from budget.models import LedgerEntry
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.rules import demand

# Who may put right a row of each kind, and by which act its amount changes if not here.
RIGHTS = {
    EntryKind.BUDGET: "budget.lead",
    EntryKind.REALLOCATION: "budget.reallocate",
    EntryKind.CARRY_OVER: "budget.reallocate",
    EntryKind.COMMIT: "budget.sign",
    EntryKind.RELEASE: "budget.sign",
    EntryKind.INVOICE: "budget.make_payable",
    EntryKind.PAYMENT: "budget.register_payment",
}
OTHERWISE = {
    EntryKind.REALLOCATION: "Schuif daarvoor het verschil terug.",
    EntryKind.CARRY_OVER: "Schuif daarvoor het verschil terug.",
    EntryKind.COMMIT: "Verhoog of verlaag daarvoor de verplichting.",
    EntryKind.RELEASE: "Leg daarvoor een nieuwe verplichting vast.",
    EntryKind.INVOICE: "Vraag daarvoor een creditnota, of laat de factuur vervallen.",
}


@transaction.atomic
def correct_entry(
    entry: LedgerEntry,
    *,
    why: str,
    amount: Decimal | None = None,
    effective_on: date | None = None,
    by: User | None,
) -> LedgerEntry:
    """Put a row right by a counter-entry and a new row, which is returned.

    The day it counts from can be corrected, and of a payment the amount; elsewhere the refusal says
    by which act the amount changes. The two rows of a move get the same day. Refuses a row that was
    corrected already, and a row of the budget: that changes by a new version.
    """
    hold(entry.fund_id)
    current = locked(_with_sources(), entry.pk)
    kind = EntryKind(current.kind)
    demand(by, RIGHTS[kind], current)
    text = reason(why)
    day = effective_on or current.effective_on
    worth = current.amount if amount is None else _signed(current, amount)
    require(
        _standing_answer(current),
        _handled_answer(current, by),
        _amount_answer(current, worth),
        day_answer(day, current.fund),
    )
    if day == current.effective_on and worth == current.amount:
        raise Refused(Refusal("Er verandert niets: geef een andere dag of een ander bedrag."))
    if current.commitment is not None and kind == EntryKind.PAYMENT:
        require(beyond_answer(current.commitment, worth - current.amount))
    row = _replaced(current, worth, day, text, by)
    if kind in MOVED:
        other = standing_entries(reallocation=current.reallocation).exclude(pk=row.pk).get()
        _replaced(locked(_with_sources(), other.pk), other.amount, day, text, by)
    if kind == EntryKind.PAYMENT and current.invoice is not None:
        current.invoice.paid_on = day
        current.invoice.save()
    StatusChange.log(current.fund, act="entry_corrected", by=by, why=f"{current}: {text}"[:500])
    return row


def _with_sources() -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.select_related(
        "fund__region",
        "line__fund",
        "commitment__supplier",
        "commitment__line__fund",
        "invoice__commitment",
        "reallocation",
    )


def _replaced(
    entry: LedgerEntry, amount: Decimal, day: date, why: str, by: User | None
) -> LedgerEntry:
    counter(entry, why=why, by=by)
    source = entry.invoice or entry.commitment or entry.reallocation
    assert source is not None, "a row of the budget was refused before"
    row = post(
        EntryKind(entry.kind),
        amount,
        line=entry.line,
        year=entry.year,
        source=source,
        effective_on=day,
        by=by,
        why=why,
    )
    assert row is not None, "an amount of zero was refused before"
    return row


def _signed(entry: LedgerEntry, amount: Decimal) -> Decimal:
    """Typed above zero; a row below zero (a credit note) stays below it."""
    require(amount_answer(amount))
    return -amount if entry.amount < 0 else amount


def _standing_answer(entry: LedgerEntry) -> Answer:
    if entry.kind == EntryKind.BUDGET:
        return Refusal("De begroting verandert door een nieuwe versie, niet door een boeking.")
    if not standing_entries(pk=entry.pk).exists():
        return Refusal("Deze boeking is al verbeterd. Verbeter de nieuwe boeking.")
    return True


def _handled_answer(entry: LedgerEntry, by: User | None) -> Answer:
    """The same eyes as for the act itself."""
    if by is None or entry.commitment is None:
        return True
    own = interest_answer(entry.commitment.supplier, by)
    if not own:
        return own
    if entry.invoice is None:
        return pays_answer(entry.commitment, by)
    if by.pk in signers(entry.commitment):
        return SIGNED_IT
    if entry.kind == EntryKind.PAYMENT and by.pk == entry.invoice.payable_by_id:
        return MADE_PAYABLE
    return True


def _amount_answer(entry: LedgerEntry, worth: Decimal) -> Answer:
    if worth == entry.amount or entry.kind not in OTHERWISE:
        return True
    return Refusal(f"Het bedrag verandert hier niet. {OTHERWISE[EntryKind(entry.kind)]}", "amount")
