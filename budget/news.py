"""News for the next pair of eyes: something waits to be signed, checked, made payable or paid.

Called by the acts themselves, inside their transaction; each step is told once (accounts.notices),
and nobody is told what she did herself. A mail holds the number, the fund and a link, no more.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string

from accounts.models import User
from accounts.notices import absolute, notify_all
from budget.addresses import url_of
from budget.models import Commitment, Fund, Invoice
from core.models import StatusChange
from core.outbox import is_paused

STEPS = {
    "received": "Controleren",
    "checked": "Betaalbaar stellen",
    "payable": "Betaling registreren",
}


def to_sign(commitment: Commitment, change: StatusChange) -> int:
    """Tell who can sign what was proposed; how many were told."""
    from budget.eyes import may_sign

    if is_paused():
        return 0
    link = url_of("commitment-detail", commitment.fund, commitment.number)
    what = f"Verplichting {commitment.number}"
    return _tell(may_sign(commitment), commitment.fund, what, "Bekijken en tekenen", link, change)


def to_go_on(invoice: Invoice, change: StatusChange) -> int:
    """Tell who can do the next step with an invoice; how many were told."""
    from budget.eyes import may_go_on

    if is_paused() or invoice.state not in STEPS:
        return 0
    fund = invoice.commitment.fund
    link = url_of("invoice-detail", fund, invoice.pk)
    what = f"Factuur {_plain(invoice.number)}"
    return _tell(may_go_on(invoice), fund, what, STEPS[invoice.state], link, change)


def _tell(
    people: Iterable[User], fund: Fund, what: str, step: str, link: str, change: StatusChange
) -> int:
    context = {"what": what, "fund": fund.name, "step": step, "link": absolute(link)}
    return notify_all(
        [person for person in people if person.pk != change.by_id],
        key=f"budget-next:{change.pk}",
        subject=f"{what} wacht op u",
        text=render_to_string("budget/mail/next_step.txt", context),
    )


def _plain(number: str) -> str:
    """A number as typed can hold what no header may."""
    return "".join(char for char in number if char.isprintable())
