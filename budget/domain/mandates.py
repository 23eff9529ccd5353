"""Who may do which step: mandates given and ended, and whether one covers an act."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from budget.domain.rows import amount_answer, fit, hold, still
from budget.enums import MandateAct
from budget.models import Fund, FundLine, Mandate
from budget.standing import purse_of
from core import clock
from core.formats import euro, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from governance.domain.organisation import overlap_refusal
from governance.rules import demand

OWN_MANDATE = Refusal("Niemand geeft zichzelf een mandaat. Vraag een andere beheerder.", "user")


@transaction.atomic
def grant_mandate(
    fund: Fund,
    user: User,
    act: MandateAct,
    *,
    amount: Decimal | None = None,
    line: FundLine | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    by: User | None,
) -> Mandate:
    """Let a person do one step in a fund, from a day (today) and perhaps until a day.

    Refuses a mandate to oneself, a line of another fund, and the same mandate twice at a time.
    """
    current = hold(fund.pk)
    demand(by, "budget.organise", current)
    mandate = Mandate(
        fund=current,
        user=user,
        act=act,
        amount=amount,
        line=line,
        valid_from=valid_from or clock.today(),
        valid_until=valid_until,
        granted_by=by,
    )
    require(
        OWN_MANDATE if by is not None and by == user else True,
        amount_answer(amount, empty=True),
        _line_of(line, current),
        True if user.is_active else Refusal("Dit account is afgesloten.", "user"),
    )
    overlap = overlap_refusal(mandate)
    require(True if overlap is None else overlap)
    fit(mandate)
    StatusChange.log(current, act="mandate_granted", by=by, why=described(mandate))
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, on: date, by: User | None) -> Mandate | None:
    """Let a mandate hold up to and including a day; yesterday ends it at once.

    One that did not begin yet and would end before it does, is taken away (None). Refuses to make
    a mandate longer or to undo its past.
    """
    fund = hold(mandate.fund_id)
    demand(by, "budget.organise", fund)
    current = still(Mandate.objects.select_related("user", "line"), mandate.pk)
    if current.valid_until is not None and on > current.valid_until:
        raise Refused(
            Refusal(
                f"Dit mandaat eindigt al op {long_date(current.valid_until)}. Geef een nieuw "
                "mandaat om het langer te laten duren.",
                "valid_until",
            )
        )
    if on < clock.today() - timedelta(days=1):
        raise Refused(
            Refusal("Kies gisteren of later: wat met dit mandaat is gedaan, blijft.", "valid_until")
        )
    why = f"{described(current)}, tot en met {long_date(on)}"
    StatusChange.log(fund, act="mandate_ended", by=by, why=why)
    if current.valid_from is not None and on < current.valid_from:
        _take_away(current)
        return None
    current.valid_until = on
    return fit(current)


def _take_away(mandate: Mandate) -> None:
    try:
        mandate.delete()
    except ProtectedError:
        raise Refused(
            Refusal("Met dit mandaat is vandaag al getekend. Laat het vandaag eindigen.")
        ) from None


def described(mandate: Mandate) -> str:
    """'regiomanager: tekenen tot en met € 50.000, post Spoed en crisis'."""
    limit = f" tot en met {euro(mandate.amount)}" if mandate.amount is not None else ""
    only = f", post {mandate.line}" if mandate.line_id else ""
    return f"{mandate}{limit}{only}"


def mandate_for(
    by: User | None, act: MandateAct, line: FundLine, amount: Decimal, *, field: str = "amount"
) -> Mandate | Refusal | None:
    """The mandate that covers this step and amount, or why none does.

    None: the installation itself, or finance by its role. Whoever has no mandate at all was
    stopped before by `demand`.
    """
    if by is None:
        return None
    purse = purse_of(by)
    mandates = purse.covering(act, line.fund, line)
    if purse.pays_as_finance(act, line.fund):
        return None
    fitting = [each for each in mandates if each.amount is None or amount <= each.amount]
    if fitting:
        return fitting[0]
    most = max((each.amount for each in mandates if each.amount is not None), default=None)
    return Refusal(
        f"Uw mandaat voor {act.label} gaat tot en met {euro(most)}; dit is {euro(amount)}. Vraag "
        "iemand met een hoger mandaat.",
        field,
    )


def covered(by: User | None, act: MandateAct, line: FundLine, amount: Decimal) -> Answer:
    """Whether a mandate covers this, as an answer."""
    found = mandate_for(by, act, line, amount)
    return found if isinstance(found, Refusal) else True


def _line_of(line: FundLine | None, fund: Fund) -> Answer:
    if line is not None and line.fund_id != fund.pk:
        return Refusal("Deze post hoort bij een ander fonds.", "line")
    return True
