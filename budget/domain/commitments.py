"""Promising money: proposed by one, signed by another, closed when all is billed.

Signing takes the amount from what is left of the line in that year, while the fund is held: two
people on the last euro get one signature and one sentence with what is left.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from budget import news
from budget.domain.ledger import committed, left_answer, post, used
from budget.domain.mandates import covered, mandate_for
from budget.domain.rows import (
    amount_answer,
    day_answer,
    fit,
    hold,
    one_line,
    reason,
    save_changes,
    seen_answer,
    year_answer,
)
from budget.domain.suppliers import interest_answer
from budget.enums import (
    OPEN_INVOICES,
    CommitmentState,
    EntryKind,
    InvoiceKind,
    InvoiceState,
    MandateAct,
)
from budget.models import Commitment, FundLine, Invoice, Supplier
from core import clock
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain.texts import refuse_personal_data
from governance.rules import demand

WAYS = "Verlaag het bedrag, of schuif eerst geld naar deze post."
FIELDS = ("supplier", "amount", "what", "reference", "starts_on", "ends_on", "condition")
TEXTS = ("what", "reference", "condition")
SAME_PERSON = Refusal("Wie een verplichting voorstelt, tekent haar niet. Laat een ander tekenen.")


def _may_cancel(commitment: Commitment) -> Answer:
    if commitment.invoices.exclude(state=InvoiceState.CANCELLED).exists():
        return Refusal(
            "Op deze verplichting zijn facturen. Zet die op een andere verplichting of laat ze "
            "vervallen. Is er al betaald, sluit haar dan af."
        )
    return True


def _may_close(commitment: Commitment) -> Answer:
    waiting = _open(commitment)
    if waiting:
        numbers = ", ".join(invoice.number for invoice in waiting)
        return Refusal(f"Handel eerst de facturen af die nog open staan: {numbers}.")
    return True


STATES: TransitionTable[Commitment] = TransitionTable(
    [
        Transition("sign", ("proposed",), "signed", "Tekenen"),
        Transition("close", ("signed",), "closed", "Afsluiten", _may_close),
        Transition("cancel", ("proposed", "signed"), "cancelled", "Intrekken", _may_cancel),
    ]
)


def _open(commitment: Commitment) -> list[Invoice]:
    return list(commitment.invoices.filter(state__in=OPEN_INVOICES).order_by("pk"))


def of_fund(commitment: Commitment) -> Commitment:
    """The commitment under the lock of its fund, read after it."""
    hold(commitment.fund_id)
    rows = Commitment.objects.select_related("fund__region", "line__fund", "supplier")
    return locked(rows, commitment.pk)


@transaction.atomic
def propose_commitment(
    line: FundLine,
    *,
    supplier: Supplier,
    amount: Decimal,
    what: str,
    starts_on: date,
    ends_on: date,
    reference: str = "",
    condition: str = "",
    by: User | None,
) -> Commitment:
    """Ask for a promise to a supplier; takes nothing yet.

    Refuses more than is left of the line in that year, one that runs over two years, and what is
    of the own firm of who proposes it.
    """
    fund = hold(line.fund_id)
    demand(by, "budget.handle", fund)
    texts = {"what": what, "reference": reference, "condition": condition}
    refuse_personal_data(texts)
    row = Commitment(
        fund=fund,
        line=line,
        year=starts_on.year,
        supplier=supplier,
        amount=amount,
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_by=by,
        **{name: one_line(text) for name, text in texts.items()},
    )
    _refuse_unfit(row, by)
    last = fund.commitments.filter(year=row.year).aggregate(last=Max("sequence"))["last"] or 0
    row.sequence = last + 1
    fit(row)
    change = StatusChange.log(row, act="commitment_proposed", by=by, after=row.state)
    news.to_sign(row, change)
    return row


@transaction.atomic
def edit_commitment(
    commitment: Commitment,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Change what was proposed and not signed yet (`FIELDS`); merged per field.

    Refuses another year: its number stands for the year.
    """
    current = of_fund(commitment)
    demand(by, "budget.handle", current)
    if current.state != CommitmentState.PROPOSED:
        raise Refused(Refusal("Wat getekend of vervallen is, verandert niet meer."))
    require(interest_answer(current.supplier, by))
    wanted: dict[str, Any] = {
        name: one_line(value) if name in TEXTS else value for name, value in values.items()
    }
    if wanted.get("starts_on", current.starts_on).year != current.year:
        raise Refused(
            Refusal(
                f"Deze verplichting is voor {current.year}. Trek haar in en maak een nieuwe voor "
                "een ander jaar.",
                "starts_on",
            )
        )
    if "amount" in wanted:
        require(amount_answer(wanted["amount"]))
    if wanted.get("supplier", current.supplier) != current.supplier and current.invoices.exists():
        raise Refused(Refusal("Er zijn al facturen van deze leverancier.", "supplier"))
    changed = save_changes(current, wanted, base=base, base_revision=base_revision, allowed=FIELDS)
    _refuse_unfit(current, by)
    if changed:
        StatusChange.log(current, act="commitment_edited", by=by)
    return changed


def _refuse_unfit(row: Commitment, by: User | None) -> None:
    require(amount_answer(row.amount))
    require(
        interest_answer(row.supplier, by),
        _supplier_answer(row),
        _line_answer(row.line),
        _period_answer(row.starts_on, row.ends_on),
        year_answer(row.year, row.fund, "starts_on"),
    )
    require(left_answer(row.line, row.year, row.amount, ways=WAYS))


def _supplier_answer(row: Commitment) -> Answer:
    if row.supplier.region_id != row.fund.region_id:
        return Refusal("Deze leverancier hoort bij een andere regio.", "supplier")
    return True


def _line_answer(line: FundLine) -> Answer:
    if line.is_contingency:
        return Refusal(
            "Op onvoorzien leggen wij niets vast. Schuif het bedrag eerst naar een post.", "line"
        )
    return True


def _period_answer(starts_on: date, ends_on: date) -> Answer:
    if ends_on < starts_on:
        return Refusal("De laatste dag ligt voor de eerste dag.", "ends_on")
    if ends_on.year != starts_on.year:
        return Refusal(
            f"Een verplichting geldt voor één jaar, en deze loopt van {starts_on.year} tot in "
            f"{ends_on.year}. Maak er één per jaar.",
            "ends_on",
        )
    return True


@transaction.atomic
def sign_commitment(
    commitment: Commitment, *, on: date | None = None, seen: int | None = None, by: User | None
) -> Commitment:
    """Promise it: from now on its amount is taken. `on` is the day of the signature (today).

    Refuses above the mandate, above what is left, and the signature of who proposed it. `seen` is
    the revision she looked at: what was changed since is not signed unseen.
    """
    current = of_fund(commitment)
    demand(by, "budget.sign", current)
    day = on or clock.today()
    require(
        day_answer(day, current.fund, "on"),
        seen_answer(current, seen),
        *sign_answers(current, by),
    )
    mandate = mandate_for(by, MandateAct.SIGN, current.line, current.amount)
    current.signed_by, current.signed_on = by, day
    current.signed_under = None if isinstance(mandate, Refusal) else mandate
    STATES.carry_out(current, "sign", by=by)
    take(current, current.amount, EntryKind.COMMIT, day, by)
    return current


def sign_answers(commitment: Commitment, by: User | None) -> list[Answer]:
    """Whether this person can sign it now; what is left is asked once all the rest allows it."""
    answers = [
        interest_answer(commitment.supplier, by),
        proposer_answer(commitment, by),
        covered(by, MandateAct.SIGN, commitment.line, commitment.amount),
        STATES.answer(commitment, "sign"),
    ]
    if all(answers):
        answers.append(left_answer(commitment.line, commitment.year, commitment.amount, ways=WAYS))
    return answers


def proposer_answer(commitment: Commitment, by: User | None) -> Answer:
    """Two pairs of eyes: who asks for a promise does not make it."""
    if by is not None and by.pk == commitment.proposed_by_id:
        return SAME_PERSON
    return True


def take(
    commitment: Commitment,
    amount: Decimal,
    kind: EntryKind,
    day: date,
    by: User | None,
    why: str = "",
) -> None:
    """Post a change of what a commitment takes."""
    post(
        kind,
        amount,
        line=commitment.line,
        year=commitment.year,
        source=commitment,
        effective_on=day,
        by=by,
        why=why,
    )


@transaction.atomic
def meet_condition(commitment: Commitment, *, on: date, by: User | None) -> Commitment:
    """Record that what a conditional commitment waited for is there; then invoices can go on."""
    current = of_fund(commitment)
    demand(by, "budget.handle", current)
    require(interest_answer(current.supplier, by), day_answer(on, current.fund, "on"))
    if not current.waits_on_condition:
        raise Refused(Refusal("Deze verplichting wacht niet op een voorbehoud."))
    current.condition_met_on = on
    fit(current)
    StatusChange.log(current, act="condition_met", by=by, why=current.condition)
    return current


@transaction.atomic
def cancel_commitment(commitment: Commitment, *, why: str, by: User | None) -> Commitment:
    """Take back what was proposed, or signed and never billed; all of it is released.

    What was proposed anybody who works with the fund takes back; what was signed, who may sign.
    """
    current = of_fund(commitment)
    proposed = current.state == CommitmentState.PROPOSED
    demand(by, "budget.handle" if proposed else "budget.sign", current)
    require(interest_answer(current.supplier, by))
    text = reason(why)
    STATES.carry_out(current, "cancel", by=by, why=text)
    take(current, -committed(current), EntryKind.RELEASE, clock.today(), by, text)
    return current


@transaction.atomic
def close_commitment(commitment: Commitment, *, why: str, by: User | None) -> Commitment:
    """Nothing more will be billed: what was not used is released.

    Refuses while invoices are open.
    """
    current = of_fund(commitment)
    demand(by, "budget.check", current)
    require(interest_answer(current.supplier, by))
    release_rest(current, why=reason(why), on=clock.today(), by=by)
    return current


def release_rest(commitment: Commitment, *, why: str, on: date, by: User | None) -> None:
    """Close a commitment that is held, and release what was not used."""
    STATES.carry_out(commitment, "close", by=by, why=why)
    take(commitment, used(commitment) - committed(commitment), EntryKind.RELEASE, on, by, why)


def settle_invoices(commitment: Commitment, *, on: date, by: User | None) -> None:
    """After what was billed changed: close what a final invoice ended, and free what a closed
    commitment still holds without an invoice that waits for it."""
    if _open(commitment):
        return
    final = commitment.invoices.filter(kind=InvoiceKind.FINAL, state=InvoiceState.PAID)
    if commitment.state == CommitmentState.SIGNED and final.exists():
        release_rest(commitment, why="De eindfactuur is betaald.", on=on, by=by)
    elif commitment.state == CommitmentState.CLOSED:
        rest = used(commitment) - committed(commitment)
        take(commitment, rest, EntryKind.RELEASE, on, by)
