"""Taking a fund along: tables to download, and the report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from budget import exports
from budget.addresses import url_of
from budget.domain.funds import holdings
from budget.queries import figures_of
from budget.reports import documents
from budget.views.base import fund_or_404
from core import clock
from core.separated import CSV, dutch_csv, machine_csv
from core.sheets import as_download, book_response
from governance.models import Region
from governance.views.base import in_region, refusals_shown

FILES = {"fonds.xlsx", "fonds.csv", "fonds-machine.csv"}


@require_GET
@in_region
def download(request: HttpRequest, region: Region, slug: str, name: str) -> HttpResponse:
    """The figures as a workbook or as rows, for who reads them on the screen."""
    fund = fund_or_404(request, region, slug)
    if name not in FILES:
        raise Http404
    figures = figures_of(fund)
    stem = f"{fund.slug}-{clock.today():%Y-%m-%d}"
    if name.endswith(".xlsx"):
        return book_response(f"{stem}.xlsx", exports.book_of(fund, figures, holdings(fund)))
    machine = "machine" in name
    table = exports.rows_of(figures, machine=machine)
    content = machine_csv(table) if machine else dutch_csv(table)
    return as_download(content, f"{stem}{'-machine' if machine else ''}.csv", CSV)


@require_POST
@in_region
def report(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """Ask for the report of the fund; its page tells how far it is."""
    fund = fund_or_404(request, region, slug)
    with refusals_shown(request):
        documents.request_report(fund, by=_user(request))
    return redirect(f"{url_of('fund', fund)}#rapport")


def _user(request: HttpRequest) -> Any:
    return request.user
