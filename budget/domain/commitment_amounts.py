"""Promising more or less than was signed for; a new amount is a new signature."""

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from budget.domain.commitments import WAYS, of_fund, proposer_answer, take
from budget.domain.ledger import left_answer, takes_more, used
from budget.domain.mandates import mandate_for
from budget.domain.rows import amount_answer, fit, reason
from budget.domain.suppliers import interest_answer
from budget.enums import CommitmentState, EntryKind, MandateAct
from budget.models import Commitment
from core import clock
from core.formats import euro
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from governance.rules import demand

PAYS_ALREADY = Refusal(
    "U stelde een factuur van deze verplichting betaalbaar of registreerde een betaling. Wie "
    "betaalt, tekent niet."
)


@transaction.atomic
def raise_commitment(
    commitment: Commitment, *, amount: Decimal, why: str, by: User | None
) -> Commitment:
    """Promise more: `amount` is the new whole, which the mandate has to cover.

    Refuses more than is left, and who made an invoice of it payable or registered a payment.
    """
    current = of_fund(commitment)
    demand(by, "budget.sign", current)
    text = reason(why)
    require(amount_answer(amount))
    more = amount - current.amount
    mandate = mandate_for(by, MandateAct.SIGN, current.line, amount)
    require(
        *raise_answers(current, by),
        mandate if isinstance(mandate, Refusal) else True,
        True if more > 0 else Refusal(f"Dit is nu al {euro(current.amount)}.", "amount"),
    )
    takes = takes_more(current, committing=more)
    require(left_answer(current.line, current.year, takes, ways=WAYS))
    return _now_worth(current, amount, EntryKind.COMMIT, "commitment_raised", text, by)


@transaction.atomic
def lower_commitment(
    commitment: Commitment, *, amount: Decimal, why: str, by: User | None
) -> Commitment:
    """Promise less: `amount` is the new whole. Refuses less than what was made payable."""
    current = of_fund(commitment)
    demand(by, "budget.sign", current)
    text = reason(why)
    require(amount_answer(amount))
    spent = used(current)
    require(
        *lower_answers(current, by),
        True if amount < current.amount else Refusal("Kies een lager bedrag.", "amount"),
        True
        if amount >= spent
        else Refusal(f"Er is al {euro(spent)} betaalbaar gesteld; lager kan niet.", "amount"),
    )
    return _now_worth(current, amount, EntryKind.RELEASE, "commitment_lowered", text, by)


def raise_answers(commitment: Commitment, by: User | None) -> list[Answer]:
    """Whether this person can promise more on it, before the amount is known."""
    return [
        _signed_answer(commitment),
        interest_answer(commitment.supplier, by),
        proposer_answer(commitment, by),
        pays_answer(commitment, by),
    ]


def lower_answers(commitment: Commitment, by: User | None) -> list[Answer]:
    """Whether this person can promise less on it, before the amount is known."""
    return [_signed_answer(commitment), interest_answer(commitment.supplier, by)]


def _now_worth(
    current: Commitment, amount: Decimal, kind: EntryKind, act: str, why: str, by: User | None
) -> Commitment:
    before = current.amount
    current.amount = amount
    current.revision += 1
    fit(current)
    StatusChange.log(current, act=act, by=by, why=f"{euro(before)} wordt {euro(amount)}: {why}")
    take(current, amount - before, kind, clock.today(), by, why)
    return current


def _signed_answer(commitment: Commitment) -> Answer:
    if commitment.state == CommitmentState.SIGNED:
        return True
    state = CommitmentState(commitment.state).label
    return Refusal(f"Dit kan alleen bij een getekende verplichting; deze is {state}.")


def pays_answer(commitment: Commitment, by: User | None) -> Answer:
    """Who made something payable on a commitment, or registered its payment, does not sign it."""
    if by is None:
        return True
    pays = commitment.invoices.filter(payable_by=by) | commitment.invoices.filter(paid_by=by)
    return PAYS_ALREADY if pays.exists() else True
