"""Who may keep a draft of a commitment or an invoice: 'verplichting:FUND-new', 'factuur:FUND-KEY'.

A text of one fund is for who works with it (see core.drafts).
"""

from typing import Any

from budget.models import Fund
from core.drafts import register_key
from governance.rules import may
from governance.views.base import is_key

PREFIXES = ("verplichting", "factuur")


def key_of(prefix: str, fund: Fund, row: Any = None) -> str:
    """The key of what is typed about a row of this fund; without one, about a new row."""
    return f"{prefix}:{fund.pk}-{row.pk if row else 'new'}"


def _of_fund(user: Any, rest: str) -> bool:
    fund, _, row = rest.partition("-")
    if not is_key(fund) or not (row == "new" or is_key(row)):
        return False
    found = Fund.objects.filter(pk=int(fund)).first()
    return found is not None and bool(may(user, "budget.handle", found))


def register() -> None:
    """Called once at start-up."""
    for prefix in PREFIXES:
        register_key(prefix, _of_fund)
