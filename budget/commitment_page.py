"""What the page of a commitment says: where it stands, what this person can do now, and by whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from accounts.models import User
from budget.addresses import url_of
from budget.domain import commitment_amounts, commitments
from budget.domain.ledger import committed, left, total, used
from budget.domain.suppliers import interest_answer
from budget.enums import CommitmentState, EntryKind, InvoiceState
from budget.eyes import may_sign
from budget.figures import NOTHING, ZERO
from budget.forms.money import lines_in_force
from budget.models import Commitment, Fund
from budget.queries import amounts_of
from core.components import Cell, Column, Fact, NotYet, Row, Stop, StopState, Tone
from core.formats import euro, local_day, long_date
from core.refusal import Answer, Refusal
from governance.presenting import Act, Now
from governance.rules import may

TONES: dict[str, Tone] = {
    CommitmentState.PROPOSED: "warning",
    CommitmentState.SIGNED: "success",
    CommitmentState.CLOSED: "neutral",
    CommitmentState.CANCELLED: "inactive",
}
ACTS = {
    "commitment_proposed": "Voorgesteld",
    "commitment_edited": "Gewijzigd",
    "sign": "Getekend",
    "commitment_raised": "Verhoogd",
    "commitment_lowered": "Verlaagd",
    "condition_met": "Aan het voorbehoud voldaan",
    "close": "Afgesloten",
    "cancel": "Ingetrokken",
}
NOBODY = "niemand: vraag de beheerder van de regio om een mandaat"


@dataclass(frozen=True)
class Step:
    """One act on a row: its address, its right, and whether this person can do it now.

    `when` says in which states the page names it at all.
    """

    slug: str
    label: str
    right: str
    when: tuple[str, ...]
    answers: Callable[..., Sequence[Answer]]


def refusals(step: Step, row: object, user: User) -> list[Refusal]:
    """Why this person cannot do this now; nothing when she can."""
    return [each for each in step.answers(row, user) if isinstance(each, Refusal)]


def _own(commitment: Commitment, user: User | None) -> Answer:
    return interest_answer(commitment.supplier, user)


def _may_cancel(commitment: Commitment, user: User) -> list[Answer]:
    return [_own(commitment, user), commitments.STATES.answer(commitment, "cancel")]


PROPOSED, SIGNED = CommitmentState.PROPOSED, CommitmentState.SIGNED
STEPS = (
    Step("tekenen", "Tekenen", "budget.sign", (PROPOSED,), commitments.sign_answers),
    Step(
        "wijzigen",
        "Wijzigen",
        "budget.handle",
        (PROPOSED,),
        lambda row, user: [_own(row, user)],
    ),
    Step(
        "voorbehoud",
        "Aan het voorbehoud voldaan",
        "budget.handle",
        (SIGNED,),
        lambda row, user: [_own(row, user)],
    ),
    Step("verhogen", "Verhogen", "budget.sign", (SIGNED,), commitment_amounts.raise_answers),
    Step("verlagen", "Verlagen", "budget.sign", (SIGNED,), commitment_amounts.lower_answers),
    Step(
        "afsluiten",
        "Afsluiten",
        "budget.check",
        (SIGNED,),
        lambda row, user: [_own(row, user), commitments.STATES.answer(row, "close")],
    ),
    Step("intrekken", "Intrekken", "budget.handle", (PROPOSED,), _may_cancel),
    Step("intrekken", "Intrekken", "budget.sign", (SIGNED,), _may_cancel),
)


def steps_for(commitment: Commitment, user: User) -> list[Step]:
    """The acts that this person has the right to, in this state."""
    return [
        step
        for step in STEPS
        if commitment.state in step.when
        and (step.slug != "voorbehoud" or commitment.waits_on_condition)
        and may(user, step.right, commitment)
    ]


def now_for(commitment: Commitment, user: User) -> Now:
    """What this person can do with it now; the first act that can be done is the primary one."""
    can: list[Act] = []
    not_yet: list[NotYet] = []
    for step in steps_for(commitment, user):
        refused = refusals(step, commitment, user)
        url = (
            url_of("commitment-edit", commitment.fund, commitment.number)
            if step.slug == "wijzigen"
            else url_of("commitment-act", commitment.fund, commitment.number, step.slug)
        )
        if refused:
            not_yet += [NotYet(step.label, each.reason) for each in refused]
        else:
            can.append(Act(step.label, url))
    if commitment.state in (PROPOSED, SIGNED, CommitmentState.CLOSED):
        receive = url_of("invoice-new", commitment.fund)
        can.append(Act("Factuur ontvangen", f"{receive}?verplichting={commitment.number}"))
    return _box(commitment, can, not_yet)


def _box(commitment: Commitment, can: list[Act], not_yet: list[NotYet]) -> Now:
    first = can[0] if can else None
    if first and first.label == "Tekenen":
        return Now("U bent aan zet", "Deze verplichting wacht op u", first, can[1:], not_yet)
    if commitment.state == PROPOSED:
        people = ", ".join(str(person) for person in may_sign(commitment)) or NOBODY
        return Now("Nu aan zet", f"Tekenen kan: {people}", None, can, not_yet)
    if commitment.waits_on_condition and commitment.state == SIGNED:
        what = "Betalen kan pas als aan het voorbehoud is voldaan"
        return Now("Wacht op een voorbehoud", what, None, can, not_yet)
    if commitment.state == SIGNED:
        return Now("Wat u kunt doen", "", None, can, not_yet)
    state = CommitmentState(commitment.state).label
    return Now("Er wacht niets", f"Deze verplichting is {state}", None, can, not_yet)


# Where it stands ----------------------------------------------------------------------------------


def figures(commitment: Commitment) -> list[Fact]:
    """What it comes to; five queries."""
    takes, billed = committed(commitment), used(commitment)
    paid = total(EntryKind.PAYMENT, commitment=commitment)
    rest = left(commitment.line, commitment.year)
    signed = commitment.state == SIGNED
    return [
        Fact("Bedrag", euro(commitment.amount)),
        Fact("Gefactureerd", euro(billed), note=f"{euro(paid)} betaald"),
        Fact(
            "Nog te factureren",
            euro(takes - billed) if signed else "–",
            note="" if signed else "alleen bij een getekende verplichting",
        ),
        Fact("Over op de post", euro(rest), note=f"{commitment.line} {commitment.year}"),
    ]


def stops(commitment: Commitment) -> list[Stop]:
    """Who did what: proposed by one, signed by another, closed."""
    state = commitment.state
    gone = state == CommitmentState.CANCELLED
    proposed = Stop(
        "Voorgesteld",
        _by(commitment.proposed_by),
        "done",
        "gedaan",
        local_day(commitment.proposed_at),
    )
    if commitment.signed_on:
        signed = Stop("Getekend", _by(commitment.signed_by), "done", "gedaan", commitment.signed_on)
    else:
        signed = Stop("Tekenen", "een ander", _coming(gone, True), "ingetrokken" if gone else "nu")
    found = [proposed, signed]
    if commitment.condition:
        met = commitment.condition_met_on
        at: StopState = "done" if met else _coming(gone, bool(commitment.signed_on))
        said = "voldaan" if met else "nog niet voldaan"
        found.append(Stop("Voorbehoud", commitment.condition, at, said, met))
    closed = state == CommitmentState.CLOSED
    end = "afgesloten" if closed else "ingetrokken" if gone else "als alles is betaald"
    last: StopState = "done" if closed else "skipped" if gone else "coming"
    return [*found, Stop("Afsluiten", "", last, end, end=True)]


def _coming(gone: bool, now: bool) -> StopState:
    return "skipped" if gone else "now" if now else "coming"


def _by(person: User | None) -> str:
    return str(person) if person else "het portaal"


def facts(commitment: Commitment) -> list[Fact]:
    supplier = url_of("supplier-detail", commitment.fund, commitment.supplier_id)
    found = [
        Fact("Leverancier", commitment.supplier.name, url=supplier),
        Fact(
            "Post",
            f"{commitment.line} {commitment.year}",
            url=url_of("line", commitment.fund, commitment.line_id),
        ),
        Fact("Periode", f"{long_date(commitment.starts_on)} tot en met "
             f"{long_date(commitment.ends_on)}"),
    ]  # fmt: skip
    if commitment.reference:
        found.append(Fact("Kenmerk", commitment.reference))
    if commitment.condition:
        found.append(Fact("Onder voorbehoud van", commitment.condition))
    if commitment.signed_under:
        limit = commitment.signed_under.amount
        how = f"tot en met {euro(limit)}" if limit is not None else "zonder grens"
        found.append(Fact("Getekend met mandaat", how))
    return found


# Rows on the page ---------------------------------------------------------------------------------

INVOICE_COLUMNS = [
    Column("Factuur"),
    Column("Stand"),
    Column("Bedrag", number=True),
    Column("Soort"),
    Column("Ontvangen"),
]


def invoice_rows(commitment: Commitment) -> list[Row]:
    """The invoices on it, with what they come to."""
    from budget.invoice_page import TONES as OF_INVOICE

    found = list(commitment.invoices.order_by("received_on", "pk"))
    rows = [
        Row(
            [
                Cell(
                    f"{each.number} (deel {each.part})" if each.part > 1 else each.number,
                    url=url_of("invoice-detail", commitment.fund, each.pk),
                ),
                Cell(each.get_state_display(), tone=OF_INVOICE[each.state]),
                euro(each.amount),
                each.get_kind_display(),
                long_date(each.received_on),
            ]
        )
        for each in found
    ]
    counted = [each.amount for each in found if each.state != InvoiceState.CANCELLED]
    if len(found) > 1:
        rows.append(
            Row(["Totaal, zonder wat verviel", "", euro(sum(counted, ZERO)), "", ""], kind="total")
        )
    return rows


def left_rows(fund: Fund) -> list[Row]:
    """Per line what can still be promised in each year, for who proposes something; one query
    beside the lines."""
    amounts = amounts_of(fund)
    return [
        Row(
            [
                line.name,
                *(euro(amounts.get((line.pk, year), NOTHING).left) for year in fund.years),
            ]
        )
        for line in lines_in_force(fund)
    ]


# Acts ---------------------------------------------------------------------------------------------


def step_of(steps: Sequence[Step], slug: str, row: Any) -> Step:
    """The act of this name: the one for the present state, or else the first, which says why not.

    Raises Http404 when there is none of this name.
    """
    named = [step for step in steps if step.slug == slug]
    if not named:
        raise Http404
    return next((step for step in named if row.state in step.when), named[0])


def why_not(step: Step, row: Any, user: User) -> list[str]:
    """Why this cannot be done now: by its state, or by what the act itself answers."""
    if row.state not in step.when:
        return [f"{step.label} kan niet: de stand is '{row.get_state_display()}'."]
    return [each.reason for each in refusals(step, row, user)]
