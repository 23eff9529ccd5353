"""Two pairs of eyes: who may do the next step with a commitment or an invoice.

What one person may do now, the acts answer themselves (`domain.commitments.sign_answers` and its
likes); this says it the other way round, for the page and for the mail to who is next.
"""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from budget.domain.payments import signers
from budget.enums import CommitmentState, InvoiceState, MandateAct
from budget.models import Commitment, Invoice, Mandate
from governance.enums import RegionRoleKind
from governance.models import RegionRole

STEP_AFTER: dict[str, MandateAct] = {
    InvoiceState.RECEIVED: MandateAct.CHECK,
    InvoiceState.CHECKED: MandateAct.MAKE_PAYABLE,
    InvoiceState.PAYABLE: MandateAct.REGISTER_PAYMENT,
}


def may_sign(commitment: Commitment) -> list[User]:
    """Who can sign what is proposed; four queries at most."""
    if commitment.state != CommitmentState.PROPOSED:
        return []
    return _people(
        MandateAct.SIGN, commitment, commitment.amount, not_by={commitment.proposed_by_id}
    )


def may_go_on(invoice: Invoice) -> list[User]:
    """Who can do the next step with an invoice; nobody while it is disputed or done."""
    act = STEP_AFTER.get(invoice.state)
    if act is None:
        return []
    commitment, not_by = invoice.commitment, set[int | None]()
    if act != MandateAct.CHECK:
        not_by |= signers(commitment)
    if act == MandateAct.MAKE_PAYABLE and not commitment.fund.checker_makes_payable:
        not_by.add(invoice.checked_by_id)
    if act == MandateAct.REGISTER_PAYMENT:
        not_by.add(invoice.payable_by_id)
    return _people(act, commitment, abs(invoice.amount), not_by=not_by)


def _people(
    act: MandateAct, commitment: Commitment, amount: object, *, not_by: Iterable[int | None]
) -> list[User]:
    """By mandate, or by the role financiën where the fund says so; not who has an interest."""
    mandates = Mandate.objects.current().filter(
        Q(line__isnull=True) | Q(line=commitment.line_id),
        Q(amount__isnull=True) | Q(amount__gte=amount),
        fund=commitment.fund_id,
        act=act,
    )
    people = Q(pk__in=mandates.values("user"))
    if act == MandateAct.REGISTER_PAYMENT and commitment.fund.finance_pays:
        roles = RegionRole.objects.current().filter(
            region=commitment.fund.region_id, role=RegionRoleKind.FINANCE
        )
        people |= Q(pk__in=roles.values("user"))
    found = User.objects.filter(people, is_active=True)
    own = commitment.supplier.interests.values("user")
    return list(
        found.exclude(pk__in=own).exclude(pk__in=[key for key in not_by if key]).order_by("email")
    )
