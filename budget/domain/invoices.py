"""Invoices as they come in: received, checked against what was delivered, disputed, split, moved.

Anything can be received, also above its commitment or before that is signed. What counts is
decided when it is made payable (`domain.payments`).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from budget import news
from budget.domain.commitments import of_fund, settle_invoices
from budget.domain.ledger import committed, counter, standing_entries, used
from budget.domain.mandates import covered
from budget.domain.rows import amount_answer, fit, hold, one_line, reason, save_changes, seen_answer
from budget.domain.suppliers import interest_answer
from budget.enums import EntryKind, InvoiceKind, InvoiceState, MandateAct
from budget.models import Commitment, Invoice
from core import clock
from core.formats import euro, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain.texts import refuse_personal_data
from governance.rules import demand

STATES: TransitionTable[Invoice] = TransitionTable(
    [
        Transition("check", ("received",), "checked", "Controleren"),
        Transition("make_payable", ("checked",), "payable", "Betaalbaar stellen"),
        Transition("hold_back", ("payable",), "checked", "Betaalbaarstelling intrekken"),
        Transition("register_payment", ("payable",), "paid", "Betaling registreren"),
        Transition("bounce", ("paid",), "payable", "Betaling terugdraaien"),
        Transition("dispute", ("received", "checked"), "disputed", "Betwisten"),
        Transition("resume", ("disputed",), "received", "Weer in behandeling nemen"),
        Transition(
            "cancel", ("received", "checked", "payable", "disputed"), "cancelled", "Laten vervallen"
        ),
    ]
)
FIELDS = ("number", "amount", "dated", "received_on")


def of_commitment(invoice: Invoice) -> Invoice:
    """The invoice and its commitment under the lock of the fund, read after it."""
    fund = Commitment.objects.values_list("fund", flat=True).get(invoices=invoice.pk)
    hold(fund)
    rows = Invoice.objects.select_related(
        "supplier",
        "commitment__fund__region",
        "commitment__line__fund",
        "commitment__supplier",
    )
    return locked(rows, invoice.pk)


@transaction.atomic
def receive_invoice(
    commitment: Commitment,
    *,
    number: str,
    amount: Decimal,
    dated: date,
    kind: InvoiceKind = InvoiceKind.PARTIAL,
    received_on: date | None = None,
    by: User | None,
) -> Invoice:
    """Write down what a supplier billed. The amount is above zero; a credit note makes it less.

    Refuses a number that this supplier used already.
    """
    current = of_fund(commitment)
    demand(by, "budget.handle", current)
    refuse_personal_data({"number": number})
    day = received_on or clock.today()
    require(
        interest_answer(current.supplier, by),
        amount_answer(amount),
        _received_answer(day),
    )
    invoice = Invoice(
        commitment=current,
        supplier=current.supplier,
        number=one_line(number),
        kind=kind,
        amount=-amount if kind == InvoiceKind.CREDIT else amount,
        dated=dated,
        received_on=day,
    )
    invoice.set_number_key()
    require(_number_answer(invoice))
    fit(invoice)
    change = StatusChange.log(invoice, act="invoice_received", by=by, after=invoice.state)
    news.to_go_on(invoice, change)
    return invoice


@transaction.atomic
def edit_invoice(
    invoice: Invoice,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Correct what was typed over from paper (`FIELDS`), until it is checked; merged per field."""
    current = of_commitment(invoice)
    demand(by, "budget.handle", current)
    require(interest_answer(current.supplier, by))
    if current.state not in (InvoiceState.RECEIVED, InvoiceState.DISPUTED):
        raise Refused(Refusal("Deze factuur is al gecontroleerd. Betwist haar eerst."))
    wanted, start = dict(values), dict(base)
    if "number" in wanted:
        wanted["number"] = one_line(wanted["number"])
    if "amount" in wanted:
        require(amount_answer(wanted["amount"]))
        for each in (wanted, start):
            if current.kind == InvoiceKind.CREDIT and each.get("amount"):
                each["amount"] = -each["amount"]
    require(_received_answer(wanted.get("received_on", current.received_on)))
    if "number" in wanted:
        renumbered = Invoice(pk=current.pk, supplier=current.supplier, number=wanted["number"])
        renumbered.set_number_key()
        renumbered.part = current.part
        require(_number_answer(renumbered))
        current.number_key = renumbered.number_key
    changed = save_changes(current, wanted, base=start, base_revision=base_revision, allowed=FIELDS)
    if changed:
        StatusChange.log(current, act="invoice_edited", by=by)
    return changed


def _received_answer(day: date) -> Answer:
    if day > clock.today():
        return Refusal(f"{long_date(day)} moet nog komen.", "received_on")
    return True


def _number_answer(invoice: Invoice) -> Answer:
    """A second invoice with one number of one supplier is the same invoice."""
    others = Invoice.objects.filter(
        supplier=invoice.supplier, number_key=invoice.number_key, part=invoice.part
    )
    there = others.exclude(state=InvoiceState.CANCELLED).exclude(pk=invoice.pk).first()
    if there is None or not invoice.number_key:
        return True
    return Refusal(
        f"Factuur {there.number} van {invoice.supplier} staat er al: {euro(there.amount)}, "
        f"ontvangen op {long_date(there.received_on)}.",
        "number",
    )


@transaction.atomic
def check_invoice(
    invoice: Invoice, *, performance: str, seen: int | None = None, by: User | None
) -> Invoice:
    """State that what is billed was delivered, and how that shows (prestatieverklaring).

    `seen` is the revision that was looked at; what changed since is not checked unseen.
    """
    current = of_commitment(invoice)
    demand(by, "budget.check", current)
    refuse_personal_data({"performance": performance})
    text = performance.strip()
    require(
        seen_answer(current, seen),
        *check_answers(current, by),
        True if text else Refusal("Schrijf op wat er is geleverd.", "performance"),
    )
    current.performance = text
    current.checked_by, current.checked_at = by, clock.now()
    news.to_go_on(current, STATES.carry_out(current, "check", by=by))
    return current


def check_answers(invoice: Invoice, by: User | None) -> list[Answer]:
    """Whether this person can check it now."""
    return [
        interest_answer(invoice.supplier, by),
        covered(by, MandateAct.CHECK, invoice.commitment.line, abs(invoice.amount)),
        STATES.answer(invoice, "check"),
    ]


@transaction.atomic
def dispute_invoice(invoice: Invoice, *, why: str, by: User | None) -> Invoice:
    """Hold an invoice back because something in it is not right; it waits for the supplier."""
    current = of_commitment(invoice)
    demand(by, "budget.handle", current)
    require(interest_answer(current.supplier, by))
    current.dispute = reason(why)
    STATES.carry_out(current, "dispute", by=by, why=current.dispute)
    return current


@transaction.atomic
def resume_invoice(invoice: Invoice, *, why: str, by: User | None) -> Invoice:
    """Take a disputed invoice up again; it is checked anew."""
    current = of_commitment(invoice)
    demand(by, "budget.handle", current)
    require(interest_answer(current.supplier, by))
    news.to_go_on(current, STATES.carry_out(current, "resume", by=by, why=reason(why)))
    return current


@transaction.atomic
def cancel_invoice(invoice: Invoice, *, why: str, by: User | None) -> Invoice:
    """Let an invoice lapse; what it had booked is taken back by a counter-entry.

    What is payable only who makes payable takes back. What was paid does not lapse: it wants a
    credit note.
    """
    current = of_commitment(invoice)
    payable = current.state == InvoiceState.PAYABLE
    demand(by, "budget.make_payable" if payable else "budget.handle", current)
    require(interest_answer(current.supplier, by))
    text = reason(why)
    if current.state == InvoiceState.PAID:
        raise Refused(Refusal("Deze factuur is betaald. Vraag de leverancier een creditnota."))
    require(still_covered(current) if payable else True)
    STATES.carry_out(current, "cancel", by=by, why=text)
    take_back(current, EntryKind.INVOICE, why=text, by=by)
    settle_invoices(current.commitment, on=clock.today(), by=by)
    return current


def still_covered(invoice: Invoice) -> Answer:
    """A credit note that freed room cannot go back once that room was billed."""
    commitment = invoice.commitment
    over = used(commitment) - invoice.amount - committed(commitment)
    if invoice.amount < 0 and over > 0:
        return Refusal(
            f"Wat deze creditnota vrijmaakte, is weer gebruikt: {euro(over)} te weinig. Laat eerst "
            "de verplichting verhogen."
        )
    return True


def take_back(invoice: Invoice, kind: EntryKind, *, why: str, by: User | None) -> None:
    """Counter what an invoice booked of one kind and still counts."""
    for entry in standing_entries(invoice=invoice, kind=kind):
        counter(entry, why=why, by=by)


@transaction.atomic
def split_invoice(
    invoice: Invoice, *, amount: Decimal, commitment: Commitment, by: User | None
) -> Invoice:
    """Put a part of an invoice on another commitment of the same supplier; returns that part.

    Both keep the number of the paper and what was checked.
    """
    current, other = _rebooked(invoice, commitment, by)
    require(amount_answer(amount))
    if current.kind == InvoiceKind.CREDIT or amount >= current.amount:
        raise Refused(
            Refusal(f"Kies een bedrag onder {euro(current.amount)} om af te splitsen.", "amount")
        )
    current.amount -= amount
    current.revision += 1
    fit(current)
    of_number = Invoice.objects.filter(supplier=current.supplier, number_key=current.number_key)
    part = Invoice(
        commitment=other,
        supplier=current.supplier,
        number=current.number,
        number_key=current.number_key,
        part=(of_number.aggregate(last=Max("part"))["last"] or 1) + 1,
        kind=InvoiceKind.PARTIAL,
        amount=amount,
        dated=current.dated,
        received_on=current.received_on,
        state=current.state,
        performance=current.performance,
        checked_by=current.checked_by,
        checked_at=current.checked_at,
    )
    fit(part)
    why = f"{euro(amount)} naar verplichting {other.number}"
    StatusChange.log(current, act="invoice_split", by=by, why=why)
    StatusChange.log(part, act="invoice_split", by=by, after=part.state, why=why)
    return part


@transaction.atomic
def move_invoice(invoice: Invoice, *, commitment: Commitment, by: User | None) -> Invoice:
    """Put an invoice on another commitment of the same supplier, as long as nothing is booked."""
    current, other = _rebooked(invoice, commitment, by)
    before = current.commitment
    current.commitment = other
    current.revision += 1
    fit(current)
    why = f"van verplichting {before.number} naar {other.number}"
    StatusChange.log(current, act="invoice_moved", by=by, why=why)
    settle_invoices(before, on=clock.today(), by=by)
    return current


def _rebooked(
    invoice: Invoice, commitment: Commitment, by: User | None
) -> tuple[Invoice, Commitment]:
    current = of_commitment(invoice)
    demand(by, "budget.handle", current)
    if commitment.fund_id != current.commitment.fund_id:
        raise Refused(Refusal("Deze verplichting hoort bij een ander fonds.", "commitment"))
    other = of_fund(commitment)
    require(interest_answer(current.supplier, by))
    if current.state not in (InvoiceState.RECEIVED, InvoiceState.CHECKED):
        raise Refused(Refusal("Dit kan tot een factuur betaalbaar is, en niet als zij betwist is."))
    if other.supplier_id != current.supplier_id:
        raise Refused(Refusal(f"Kies een verplichting aan {current.supplier}.", "commitment"))
    if other.pk == current.commitment_id:
        raise Refused(Refusal("De factuur staat al op deze verplichting.", "commitment"))
    return current, other
