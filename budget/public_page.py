"""The public page of a fund: totals per year, nothing of lines, suppliers or invoices."""

from datetime import date
from typing import Any

from budget.domain.funds import granted
from budget.figures import Amounts, added, drawdown
from budget.fund_page import lead_of
from budget.fund_tables import balance_rows, drawdown_chart, year_labels
from budget.models import Fund
from budget.queries import ends_of, public_totals
from core.components import Fact
from core.formats import euro, long_date


def context_of(fund: Fund) -> dict[str, Any]:
    """Three queries. Only what `queries.public_totals` gives."""
    totals: dict[int, Amounts] = public_totals(fund) or {}
    whole = granted(fund)
    opening = whole - fund.realised_before
    ends: dict[int, date] = ends_of(fund)
    plan = {year: each.budget for year, each in totals.items()}
    rows = balance_rows(fund, whole, drawdown(opening, ends, plan, totals))
    total = added(totals.values())
    labels = year_labels(fund)
    return {
        "region": fund.region,
        "fund": fund,
        "lead": lead_of(fund),
        "since": f"Openbaar sinds {long_date(fund.totals_published_at)}",
        "key_figures": [
            Fact("Toegekend", euro(whole)),
            Fact("Begroot", euro(total.budget)),
            Fact("Betaald", euro(total.paid)),
            Fact("Nog niet besteed", euro(opening - total.paid)),
        ],
        "balances": rows,
        "drawdown": drawdown_chart(fund, rows),
        "years": list(zip(labels, (totals[year] for year in sorted(totals)), strict=True)),
        "total": total,
    }
