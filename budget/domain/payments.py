"""From a checked invoice to a payment: two pairs of eyes, and never above the commitment."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from budget import news
from budget.domain.commitments import settle_invoices
from budget.domain.invoices import STATES, of_commitment, still_covered, take_back
from budget.domain.ledger import committed, left_answer, post, takes_more, used
from budget.domain.mandates import covered
from budget.domain.rows import amount_answer, day_answer, reason, seen_answer
from budget.domain.suppliers import interest_answer
from budget.enums import CommitmentState, EntryKind, InvoiceKind, MandateAct
from budget.figures import ZERO
from budget.models import Commitment, Invoice, LedgerEntry
from core import clock
from core.formats import euro
from core.refusal import Answer, Refusal, require
from governance.rules import demand

SIGNED_IT = Refusal("U tekende deze verplichting. Wie tekent, betaalt niet.")
CHECKED_IT = Refusal("U controleerde deze factuur. Bij dit fonds stelt een ander haar betaalbaar.")
MADE_PAYABLE = Refusal("U stelde deze factuur betaalbaar. Een ander registreert de betaling.")
BEYOND_WAYS = "Verhoog eerst de verplichting, of schuif geld naar deze post."


def signers(commitment: Commitment) -> set[int | None]:
    """Who signed a commitment, or signed for more later on."""
    return set(
        LedgerEntry.objects.filter(commitment=commitment, kind=EntryKind.COMMIT).values_list(
            "by", flat=True
        )
    )


def _not_signer(commitment: Commitment, by: User | None) -> Answer:
    return SIGNED_IT if by is not None and by.pk in signers(commitment) else True


@transaction.atomic
def make_payable(
    invoice: Invoice, *, on: date | None = None, seen: int | None = None, by: User | None
) -> Invoice:
    """Say that finance may pay. From now on it counts as billed.

    Refuses who signed the commitment; who checked, unless the fund allows it; above the mandate;
    and above what is left of the commitment, with the ways out. `seen` is the revision that was
    looked at.
    """
    current = of_commitment(invoice)
    demand(by, "budget.make_payable", current)
    commitment, day = current.commitment, on or clock.today()
    require(
        day_answer(day, commitment.fund, "on"),
        seen_answer(current, seen),
        *payable_answers(current, by),
    )
    current.payable_by, current.payable_at = by, clock.now()
    news.to_go_on(current, STATES.carry_out(current, "make_payable", by=by))
    post(
        EntryKind.INVOICE,
        current.amount,
        line=commitment.line,
        year=commitment.year,
        source=current,
        effective_on=day,
        by=by,
    )
    settle_invoices(commitment, on=day, by=by)
    return current


def payable_answers(invoice: Invoice, by: User | None) -> list[Answer]:
    """Whether this person can make it payable now."""
    commitment = invoice.commitment
    return [
        interest_answer(invoice.supplier, by),
        _not_signer(commitment, by),
        _not_checker(invoice, by),
        covered(by, MandateAct.MAKE_PAYABLE, commitment.line, abs(invoice.amount)),
        STATES.answer(invoice, "make_payable"),
        payable_answer(invoice),
    ]


def _not_checker(invoice: Invoice, by: User | None) -> Answer:
    if by is None or invoice.commitment.fund.checker_makes_payable:
        return True
    return CHECKED_IT if by.pk == invoice.checked_by_id else True


def payable_answer(invoice: Invoice) -> Answer:
    """Whether the commitment can carry this invoice now; the refusal names the ways out."""
    commitment = invoice.commitment
    if commitment.state not in (CommitmentState.SIGNED, CommitmentState.CLOSED):
        return Refusal(
            f"Verplichting {commitment.number} is {CommitmentState(commitment.state).label}. Laat "
            "haar eerst tekenen, of zet de factuur op een andere verplichting."
        )
    if commitment.waits_on_condition:
        return Refusal(
            f"Deze verplichting is onder voorbehoud van: {commitment.condition}. Leg eerst vast "
            "dat daaraan is voldaan."
        )
    spent, there = used(commitment), committed(commitment)
    if invoice.amount < 0:
        return _credit_answer(invoice, spent)
    if spent + invoice.amount <= there:
        return True
    return Refusal(
        f"Op verplichting {commitment.number} is nog {euro(there - spent)} over, en deze factuur "
        f"is {euro(invoice.amount)}. {_ways(commitment)}"
    )


def _ways(commitment: Commitment) -> str:
    raised = commitment.state == CommitmentState.SIGNED
    first = "Laat de verplichting verhogen, splits" if raised else "Zij is afgesloten. Splits"
    return f"{first} de factuur over een andere verplichting, of vraag een creditnota."


def _credit_answer(invoice: Invoice, spent: Decimal) -> Answer:
    if spent + invoice.amount >= 0:
        return True
    return Refusal(
        f"Op deze verplichting is {euro(spent)} betaalbaar gesteld; een creditnota van "
        f"{euro(-invoice.amount)} is meer dan dat."
    )


@transaction.atomic
def hold_back(invoice: Invoice, *, why: str, by: User | None) -> Invoice:
    """Take 'payable' back before it was paid, by a counter-entry; it stays checked."""
    current = of_commitment(invoice)
    demand(by, "budget.make_payable", current)
    require(interest_answer(current.supplier, by), still_covered(current))
    text = reason(why)
    news.to_go_on(current, STATES.carry_out(current, "hold_back", by=by, why=text))
    take_back(current, EntryKind.INVOICE, why=text, by=by)
    return current


@transaction.atomic
def register_payment(
    invoice: Invoice,
    *,
    on: date,
    amount: Decimal | None = None,
    why: str = "",
    by: User | None,
) -> Invoice:
    """Write down that it was paid, on the day of the bank. A final invoice closes its commitment.

    `amount` is given with a reason when the bank paid something else; what goes beyond the
    commitment is taken from what is left of the line. Refuses who signed the commitment or made
    this payable.
    """
    current = of_commitment(invoice)
    demand(by, "budget.register_payment", current)
    commitment = current.commitment
    paid = abs(current.amount) if amount is None else amount
    text = reason(why) if paid != abs(current.amount) else ""
    require(
        *payment_answers(current, by),
        amount_answer(paid),
        covered(by, MandateAct.REGISTER_PAYMENT, commitment.line, paid),
        day_answer(on, commitment.fund, "on"),
    )
    signed = -paid if current.kind == InvoiceKind.CREDIT else paid
    require(beyond_answer(commitment, signed))
    current.paid_by, current.paid_on = by, on
    STATES.carry_out(current, "register_payment", by=by, why=text)
    post(
        EntryKind.PAYMENT,
        signed,
        line=commitment.line,
        year=commitment.year,
        source=current,
        effective_on=on,
        by=by,
        why=text,
    )
    settle_invoices(commitment, on=on, by=by)
    return current


def payment_answers(invoice: Invoice, by: User | None) -> list[Answer]:
    """Whether this person can register its payment now, before the amount is known."""
    return [
        interest_answer(invoice.supplier, by),
        _not_signer(invoice.commitment, by),
        MADE_PAYABLE if by is not None and by.pk == invoice.payable_by_id else True,
        STATES.answer(invoice, "register_payment"),
    ]


def beyond_answer(commitment: Commitment, more_paid: Decimal) -> Answer:
    """Whether what goes beyond the commitment is still there on the line."""
    takes = takes_more(commitment, paying=more_paid)
    return left_answer(commitment.line, commitment.year, takes, ways=BEYOND_WAYS)


@transaction.atomic
def bounce_payment(invoice: Invoice, *, why: str, by: User | None) -> Invoice:
    """The bank gave it back, or it was never paid: a counter-entry, and it is payable again."""
    current = of_commitment(invoice)
    demand(by, "budget.register_payment", current)
    commitment = current.commitment
    text = reason(why)
    back = -sum(
        LedgerEntry.objects.filter(invoice=current, kind=EntryKind.PAYMENT).values_list(
            "amount", flat=True
        ),
        ZERO,
    )
    require(
        interest_answer(current.supplier, by),
        _not_signer(commitment, by),
        beyond_answer(commitment, back),
    )
    news.to_go_on(current, STATES.carry_out(current, "bounce", by=by, why=text))
    take_back(current, EntryKind.PAYMENT, why=text, by=by)
    return current
