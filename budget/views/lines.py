"""One line of a fund: what it is for, and its figures per year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from budget import fund_page, line_page
from budget.views.base import fund_or_404
from core.components import Crumb
from governance.models import Region
from governance.views.base import in_region


@require_GET
@in_region
def line_detail(request: HttpRequest, region: Region, slug: str, pk: int) -> HttpResponse:
    """For who reads figures; a line that only a concept has is for who writes that."""
    fund = fund_or_404(request, region, slug)
    rows = line_page.visible_lines(fund, writes=fund_page.writes(request.user, fund))
    line = get_object_or_404(rows, pk=pk)
    line.fund = fund
    context = {
        "region": region,
        "fund": fund,
        "line": line,
        "crumbs": fund_page.crumbs(fund, Crumb(line.name)),
        **line_page.context_of(line),
    }
    return render(request, "budget/line_detail.html", context)
