"""Who may keep a draft of a fund or a line: 'fonds:FUND', 'post:VERSION-LINE' (see core.drafts)."""

from typing import Any

from budget.models import BudgetVersion, Fund
from core.drafts import register_key
from governance.rules import may
from governance.views.base import is_key


def fund_key(fund: Fund) -> str:
    return f"fonds:{fund.pk}"


def line_key(version: BudgetVersion, line: object = None) -> str:
    """The key of what is typed in a line; without one, in a new line of this version."""
    return f"post:{version.pk}-{getattr(line, 'pk', None) or 'new'}"


def _fund(user: Any, rest: str) -> bool:
    found = Fund.objects.filter(pk=int(rest)).first() if is_key(rest) else None
    return found is not None and bool(may(user, "budget.lead", found))


def _line(user: Any, rest: str) -> bool:
    version, _, line = rest.partition("-")
    if not is_key(version) or not (line == "new" or is_key(line)):
        return False
    rows = BudgetVersion.objects.select_related("fund").filter(state="concept")
    found = rows.filter(pk=int(version)).first()
    return found is not None and bool(may(user, "budget.lead", found))


def register() -> None:
    """Called once at start-up."""
    register_key("fonds", _fund)
    register_key("post", _line)
