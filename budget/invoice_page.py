"""What the page of an invoice says: who did what, what can be done now, and the ways out."""

from accounts.models import User
from budget.addresses import url_of
from budget.commitment_page import NOBODY, Step, refusals
from budget.domain import invoices, payments
from budget.domain.ledger import committed, used
from budget.domain.suppliers import interest_answer
from budget.enums import CommitmentState, InvoiceKind, InvoiceState
from budget.eyes import may_go_on
from budget.models import Invoice
from core import clock
from core.components import Fact, Link, NotYet, Stop, StopState, Tone
from core.formats import days_away, euro, local_day, long_date
from core.refusal import Answer
from governance.presenting import Act, Now
from governance.rules import may

TONES: dict[str, Tone] = {
    InvoiceState.RECEIVED: "warning",
    InvoiceState.CHECKED: "warning",
    InvoiceState.PAYABLE: "warning",
    InvoiceState.PAID: "success",
    InvoiceState.DISPUTED: "error",
    InvoiceState.CANCELLED: "inactive",
}
ACTS = {
    "invoice_received": "Ontvangen",
    "invoice_edited": "Gewijzigd",
    "check": "Gecontroleerd",
    "make_payable": "Betaalbaar gesteld",
    "hold_back": "Betaalbaarstelling ingetrokken",
    "register_payment": "Betaling geregistreerd",
    "bounce": "Betaling teruggedraaid",
    "dispute": "Betwist",
    "resume": "Weer in behandeling genomen",
    "cancel": "Vervallen",
    "invoice_split": "Gesplitst",
    "invoice_moved": "Op een andere verplichting gezet",
}
TURN: dict[str, tuple[str, str]] = {
    InvoiceState.RECEIVED: ("Controleren", "Deze factuur wacht op controle"),
    InvoiceState.CHECKED: ("Betaalbaar stellen", "Deze factuur kan betaalbaar worden"),
    InvoiceState.PAYABLE: ("Betaling registreren", "Deze factuur kan worden betaald"),
}


def _own(invoice: Invoice, user: User | None) -> list[Answer]:
    return [interest_answer(invoice.supplier, user)]


def _rebook(invoice: Invoice, user: User | None) -> list[Answer]:
    """Where a part of it can go is asked by the form itself."""
    return _own(invoice, user)


RECEIVED, CHECKED, PAYABLE, PAID, DISPUTED = (
    InvoiceState.RECEIVED,
    InvoiceState.CHECKED,
    InvoiceState.PAYABLE,
    InvoiceState.PAID,
    InvoiceState.DISPUTED,
)
# How many steps of the line lie behind an invoice in each state.
REACHED: dict[str, int] = {RECEIVED: 2, DISPUTED: 2, CHECKED: 3, PAYABLE: 4, PAID: 5}
STEPS = (
    Step("controleren", "Controleren", "budget.check", (RECEIVED,), invoices.check_answers),
    Step(
        "betaalbaar",
        "Betaalbaar stellen",
        "budget.make_payable",
        (CHECKED,),
        payments.payable_answers,
    ),
    Step(
        "betaald",
        "Betaling registreren",
        "budget.register_payment",
        (PAYABLE,),
        payments.payment_answers,
    ),
    Step("wijzigen", "Wijzigen", "budget.handle", (RECEIVED, DISPUTED), _own),
    Step("hervatten", "Weer in behandeling nemen", "budget.handle", (DISPUTED,), _own),
    Step("betwisten", "Betwisten", "budget.handle", (RECEIVED, CHECKED), _own),
    Step("splitsen", "Splitsen", "budget.handle", (RECEIVED, CHECKED), _rebook),
    Step("verplaatsen", "Naar een andere verplichting", "budget.handle", (RECEIVED, CHECKED),
         _rebook),
    Step("terughalen", "Betaalbaarstelling intrekken", "budget.make_payable", (PAYABLE,), _own),
    Step("terugdraaien", "Betaling terugdraaien", "budget.register_payment", (PAID,), _own),
    Step("vervallen", "Laten vervallen", "budget.handle", (RECEIVED, CHECKED, DISPUTED), _own),
    Step("vervallen", "Laten vervallen", "budget.make_payable", (PAYABLE,), _own),
)  # fmt: skip


def steps_for(invoice: Invoice, user: User) -> list[Step]:
    """The acts that this person has the right to, in this state."""
    splits = invoice.kind != InvoiceKind.CREDIT
    return [
        step
        for step in STEPS
        if invoice.state in step.when
        and (step.slug != "splitsen" or splits)
        and may(user, step.right, invoice)
    ]


def now_for(invoice: Invoice, user: User) -> Now:
    """What this person can do with it now, and else who can."""
    can: list[Act] = []
    not_yet: list[NotYet] = []
    fund = invoice.commitment.fund
    for step in steps_for(invoice, user):
        refused = refusals(step, invoice, user)
        if refused:
            not_yet += [NotYet(step.label, each.reason) for each in refused]
        elif step.slug == "wijzigen":
            can.append(Act(step.label, url_of("invoice-edit", fund, invoice.pk)))
        else:
            can.append(Act(step.label, url_of("invoice-act", fund, invoice.pk, step.slug)))
    label, what = TURN.get(invoice.state, ("", ""))
    if can and can[0].label == label:
        return Now("U bent aan zet", what, can[0], can[1:], not_yet)
    stuck = payments.payable_answer(invoice) if invoice.state == CHECKED else True
    if not stuck:
        what = "Betaalbaar kan pas als de verplichting klopt"
        return Now("Wacht op de verplichting", what, None, can, not_yet)
    if label:
        people = ", ".join(str(person) for person in may_go_on(invoice)) or NOBODY
        return Now("Nu aan zet", f"{label} kan: {people}", None, can, not_yet)
    if invoice.state == DISPUTED:
        return Now("Wacht op de leverancier", "Deze factuur is betwist", None, can, not_yet)
    return Now("Er wacht niets", f"Deze factuur is {_state(invoice)}", None, can, not_yet)


def _state(invoice: Invoice) -> str:
    return str(InvoiceState(invoice.state).label)


def status(invoice: Invoice) -> str:
    """Since when it waits, beside the badge."""
    if invoice.state in (PAID, InvoiceState.CANCELLED):
        return ""
    day = invoice.received_on
    return f"Ontvangen op {long_date(day)}, {days_away(day, clock.today())}."


# The ways out -------------------------------------------------------------------------------------


def over(invoice: Invoice) -> str:
    """How much the commitment lacks for this invoice, as a sentence; nothing when it fits."""
    commitment = invoice.commitment
    if invoice.state not in (RECEIVED, CHECKED) or invoice.amount < 0:
        return ""
    if commitment.state not in (CommitmentState.SIGNED, CommitmentState.CLOSED):
        return ""
    rest = committed(commitment) - used(commitment)
    if invoice.amount <= rest:
        return ""
    return (
        f"Op verplichting {commitment.number} is nog {euro(rest)} over, en deze factuur is "
        f"{euro(invoice.amount)}: {euro(invoice.amount - rest)} te veel."
    )


def ways_out(invoice: Invoice) -> list[Link]:
    """What can be done about an invoice above its commitment."""
    fund, commitment = invoice.commitment.fund, invoice.commitment
    found = []
    if commitment.state == CommitmentState.SIGNED:
        url = url_of("commitment-act", fund, commitment.number, "verhogen")
        found.append(Link("De verplichting verhogen", url, note="door wie mag tekenen"))
    query = f"?verplichting={commitment.number}"
    return [
        *found,
        Link(
            "Splitsen over een andere verplichting",
            url_of("invoice-act", fund, invoice.pk, "splitsen"),
        ),
        Link(
            "Creditnota van de leverancier ontvangen",
            f"{url_of('invoice-new', fund)}{query}&soort=credit",
        ),
        Link("Nieuwe verplichting voorstellen", url_of("commitment-new", fund)),
    ]


# Who did what -------------------------------------------------------------------------------------


def stops(invoice: Invoice, received_by: str) -> list[Stop]:
    """The line from a signature to a payment: who did each step, and who is next."""
    commitment = invoice.commitment
    gone = invoice.state == InvoiceState.CANCELLED
    found = [
        _stop("Verplichting getekend", commitment.signed_by, commitment.signed_on, gone),
        Stop("Ontvangen", received_by, "done", "gedaan", invoice.received_on),
        _stop("Gecontroleerd", invoice.checked_by, invoice.checked_at, gone),
        _stop("Betaalbaar gesteld", invoice.payable_by, invoice.payable_at, gone),
        _stop("Betaald", invoice.paid_by, invoice.paid_on, gone, end=True),
    ]
    reached = REACHED.get(invoice.state, 5)
    return [_as_now(stop, place, reached, gone) for place, stop in enumerate(found)]


def _stop(label: str, person: User | None, when: object, gone: bool, *, end: bool = False) -> Stop:
    if not when:
        return Stop(label, "", "coming", "nog niet", end=end)
    who = str(person) if person else "het portaal"
    return Stop(label, who, "done", "gedaan", local_day(when) if hasattr(when, "hour") else when,  # type: ignore[arg-type]
                end=end)  # fmt: skip


def _as_now(stop: Stop, place: int, reached: int, gone: bool) -> Stop:
    """A step that was undone counts as not done, whoever did it before."""
    if place < 2 and stop.state == "done":
        return stop
    state: StopState = "done" if place < reached else "now" if place == reached else "coming"
    if gone:
        state = "done" if stop.state == "done" else "skipped"
    if place == 0:
        state = "now" if not gone else "skipped"
    text = {"done": "gedaan", "now": "nu", "coming": "nog niet", "skipped": "vervallen"}[state]
    done = state == "done"
    return Stop(
        stop.body,
        stop.purpose if done else "",
        state,
        text,
        stop.day if done else None,
        stop.end,
    )


def facts(invoice: Invoice) -> list[Fact]:
    commitment, fund = invoice.commitment, invoice.commitment.fund
    found = [
        Fact("Bedrag", euro(invoice.amount)),
        Fact("Soort", invoice.get_kind_display()),
        Fact(
            "Leverancier",
            invoice.supplier.name,
            url=url_of("supplier-detail", fund, invoice.supplier_id),
        ),
        Fact(
            "Verplichting",
            f"{commitment.number} {commitment.what}",
            url=url_of("commitment-detail", fund, commitment.number),
        ),
        Fact(
            "Post",
            f"{commitment.line} {commitment.year}",
            url=url_of("line", fund, commitment.line_id),
        ),
        Fact("Factuurdatum", long_date(invoice.dated)),
        Fact("Ontvangen op", long_date(invoice.received_on)),
    ]
    if invoice.part > 1:
        found.insert(1, Fact("Deel", str(invoice.part), note="van dezelfde factuur op papier"))
    return found
