"""The funds of a region, and one of them: what is left of the money."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from budget import fund_list_page, fund_page, fund_tables
from budget.domain.funds import granted
from budget.models import Fund
from budget.queries import figures_of
from budget.reports import documents
from budget.views.base import fund_or_404
from budget.views.money_base import tabs
from core import clock
from core.formats import local_day, long_date
from core.models import StatusChange
from governance.models import Region
from governance.queries import trail_of
from governance.rules import may, visible_to
from governance.views.base import in_region


@require_GET
@in_region
def fund_list(request: HttpRequest, region: Region) -> HttpResponse:
    """Every fund; who can read one only, and cannot make another, goes on to its page."""
    funds = list(visible_to(request.user, Fund).filter(region=region))
    prepares = bool(may(request.user, "budget.prepare", region))
    if len(funds) == 1 and "alle" not in request.GET:
        return redirect("budget:fund", region.slug, funds[0].slug)
    context = {
        "region": region,
        "rows": fund_list_page.rows_of(region, funds),
        "public": [] if funds else fund_list_page.public_links(region),
        "prepares": prepares,
    }
    return render(request, "budget/fund_list.html", context)


@require_GET
@in_region
def fund_detail(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """One fund: where it stands, per heading, and what changed since a day."""
    fund = fund_or_404(request, region, slug)
    leads = fund_page.writes(request.user, fund)
    standing = fund_page.standing_of(fund, writes=leads)
    figures, whole = figures_of(fund), granted(fund)
    year = fund_page.year_asked(fund, request.GET.get("jaar", ""))
    context = {
        "region": region,
        "fund": fund,
        "crumbs": fund_page.crumbs(fund),
        "lead": fund_page.lead_of(fund),
        "standing": standing,
        "status": fund_page.status_of(standing),
        "now": fund_page.now_for(fund, standing, has_grant=bool(whole)) if leads else None,
        "tabs": tabs(fund, "fund") if may(request.user, "budget.handle", fund) else [],
        "pre": f"Fonds · stand op {long_date(clock.today())}",
        "year": year,
        "leads": leads,
        **_money(request, fund, figures, whole, year),
        **(_for_team(fund) if leads else {}),
    }
    return render(request, "budget/fund_detail.html", context)


def _money(
    request: HttpRequest, fund: Fund, figures: Any, whole: Any, year: int | None
) -> dict[str, Any]:
    balances = fund_tables.balance_rows(fund, whole, fund_tables.balances_of(fund, whole, figures))
    report = documents.report_of(fund)
    usual = _last_day(report) or clock.today() - fund_page.RECENT
    since = fund_page.day_asked(request.GET.get("sinds", ""), usual)
    parts = fund_tables.parts_of(fund, figures, year)
    return {
        "figures": figures,
        "key_figures": fund_tables.key_figures(fund, whole, figures),
        "balances": balances,
        "drawdown": fund_tables.drawdown_chart(fund, balances),
        "stack": fund_tables.stacked_chart(fund, figures),
        "table": fund_tables.budget_table(figures),
        "parts": parts,
        "total": figures.total if year is None else figures.of(year),
        "open": sum(len(part.lines) for part in parts) <= 8,
        "years": fund_page.year_links(fund, year),
        "since": since,
        "changes": fund_tables.changed_since(fund, figures, since),
        "facts": fund_page.facts_of(fund),
        "report": report,
    }


def _last_day(report: documents.Report) -> date | None:
    """The day of the last report, when it is past: then what changed counts from there."""
    day = local_day(report.made_at) if report.made_at else None
    return day if day and day < clock.today() else None


def _for_team(fund: Fund) -> dict[str, Any]:
    return {"trail": trail_of(StatusChange.of(fund)[:8], fund_page.ACTS)}
