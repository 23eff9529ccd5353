"""Which lines of a fund a proposal touches: what it asks, before anything is committed."""

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from budget.domain.rows import amount_answer, fit, one_line, year_answer
from budget.domain.versions import in_force
from budget.models import FundLine, ProposalLine
from core.formats import euro
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from governance.domain.texts import WRITABLE, refuse_personal_data
from governance.models import Proposal
from governance.rules import demand


@transaction.atomic
def touch_line(
    proposal: Proposal,
    line: FundLine,
    *,
    year: int,
    amount: Decimal,
    note: str = "",
    by: User | None,
) -> ProposalLine:
    """Say what a proposal asks of a line in a year; said again it replaces what was there.

    For who may write the proposal. More than is left may be asked: the panel shows what is. Refuses
    a line of another region or one that is not in the budget, and a proposal that is decided.
    """
    current = _writable(proposal, by)
    refuse_personal_data({"note": note})
    require(
        _line_answer(current, line, by),
        year_answer(year, line.fund),
        amount_answer(amount),
    )
    found = ProposalLine.objects.filter(proposal=current, line=line, year=year).first()
    row = found or ProposalLine(proposal=current, line=line, year=year)
    row.amount, row.note = amount, one_line(note)
    fit(row)
    StatusChange.log(current, act="costs_touched", by=by, why=f"{row}: {euro(amount)}")
    return row


@transaction.atomic
def leave_line(row: ProposalLine, *, by: User | None) -> None:
    """A proposal asks nothing of this line any more."""
    current = _writable(row.proposal, by)
    StatusChange.log(current, act="costs_left", by=by, why=str(row))
    row.delete()


def _writable(proposal: Proposal, by: User | None) -> Proposal:
    current = locked(Proposal.objects.select_related("region"), proposal.pk)
    demand(by, "proposal.write", current)
    if current.state not in WRITABLE:
        require(Refusal("Over dit voorstel is al besloten; de kosten veranderen niet meer."))
    return current


def _line_answer(proposal: Proposal, line: FundLine, by: User | None) -> Answer:
    if line.fund.region_id != proposal.region_id:
        return Refusal("Deze post hoort bij een andere regio.", "line")
    demand(by, "budget.read", line.fund)
    version = in_force(line.fund)
    if version is None or not version.lines.filter(line=line).exists():
        return Refusal("Kies een post die in de geldende begroting staat.", "line")
    return True
