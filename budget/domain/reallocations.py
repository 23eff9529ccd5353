"""Budget that moves between lines and years, and what a year has left to the next."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from budget.domain.adoption import decision_answer
from budget.domain.ledger import left, left_answer, post
from budget.domain.mandates import mandate_for
from budget.domain.rows import amount_answer, day_answer, fit, hold, reason, year_answer
from budget.domain.versions import in_force
from budget.enums import EntryKind, MandateAct, MoveKind
from budget.models import Fund, FundLine, Reallocation
from core import clock
from core.formats import euro
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from governance.models import Decision
from governance.rules import demand

WAYS = "Meer dan er over is, kan niet weg."


@transaction.atomic
def reallocate(
    from_line: FundLine,
    from_year: int,
    to_line: FundLine,
    to_year: int,
    *,
    amount: Decimal,
    why: str,
    decision: Decision | None = None,
    on: date | None = None,
    by: User | None,
) -> Reallocation:
    """Move budget to another line or year; money for the unforeseen too.

    Within a mandate that covers the amount and the line it comes from; or by a decision, which the
    programme team writes down. Refuses more than is left where it comes from.
    """
    fund = hold(from_line.fund_id)
    demand(by, "budget.lead" if decision else "budget.reallocate", from_line)
    row = Reallocation(
        fund=fund,
        from_line=from_line,
        from_year=from_year,
        to_line=to_line,
        to_year=to_year,
        amount=amount,
        why=reason(why),
        decision=decision,
        effective_on=on or clock.today(),
        by=by,
    )
    require(amount_answer(amount))
    return _moved(row, fund, by)


@transaction.atomic
def carry_over(
    line: FundLine, year: int, *, why: str, decision: Decision | None = None, by: User | None
) -> Reallocation:
    """Give what a line has left of a year to its next year; on purpose, once the year is over.

    Rights as for `reallocate`. Refuses when nothing is left or the fund has no next year.
    """
    fund = hold(line.fund_id)
    demand(by, "budget.lead" if decision else "budget.reallocate", line)
    require(
        True
        if clock.today().year > year
        else Refusal(f"{year} loopt nog. Doorschuiven kan vanaf 1 januari {year + 1}.", "year")
    )
    rest = left(line, year)
    if rest <= 0:
        raise Refused(Refusal(f"Op {line} is in {year} niets over om door te schuiven."))
    row = Reallocation(
        fund=fund,
        kind=MoveKind.CARRY_OVER,
        from_line=line,
        from_year=year,
        to_line=line,
        to_year=year + 1,
        amount=rest,
        why=reason(why),
        decision=decision,
        effective_on=clock.today(),
        by=by,
    )
    return _moved(row, fund, by)


def _moved(row: Reallocation, fund: Fund, by: User | None) -> Reallocation:
    require(
        _lines_answer(row, fund),
        year_answer(row.from_year, fund, "from_year"),
        year_answer(row.to_year, fund, "to_year"),
        day_answer(row.effective_on, fund, "on"),
        decision_answer(row.decision, fund) if row.decision else True,
    )
    if row.decision is None:
        mandate = mandate_for(by, MandateAct.REALLOCATE, row.from_line, row.amount)
        if isinstance(mandate, Refusal):
            raise Refused(mandate)
        row.mandate = mandate
    require(left_answer(row.from_line, row.from_year, row.amount, ways=WAYS))
    fit(row)
    kind = EntryKind.CARRY_OVER if row.kind == MoveKind.CARRY_OVER else EntryKind.REALLOCATION
    for line, year, amount in (
        (row.from_line, row.from_year, -row.amount),
        (row.to_line, row.to_year, row.amount),
    ):
        post(
            kind,
            amount,
            line=line,
            year=year,
            source=row,
            effective_on=row.effective_on,
            by=by,
            why=row.why,
        )
    StatusChange.log(fund, act=row.kind, by=by, why=f"{row}: {euro(row.amount)}. {row.why}"[:500])
    return row


def _lines_answer(row: Reallocation, fund: Fund) -> Answer:
    if row.to_line.fund_id != fund.pk:
        return Refusal("Deze post hoort bij een ander fonds.", "to_line")
    if (row.from_line_id, row.from_year) == (row.to_line_id, row.to_year):
        return Refusal("Kies een andere post of een ander jaar om naar te schuiven.", "to_line")
    version = in_force(fund)
    if version is None or not version.lines.filter(line=row.to_line_id).exists():
        return Refusal("Schuif naar een post die in de geldende begroting staat.", "to_line")
    return True
