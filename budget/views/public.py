"""What everybody may see of a fund, without an account: its totals, once they were published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from budget import public_page
from budget.models import Fund
from governance.standing import standing_of


@require_safe
def fund_totals(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """Any fund whose totals were not published is not there. Who belongs to the region keeps her
    menu."""
    rows = Fund.objects.select_related("region").filter(totals_published_at__isnull=False)
    fund = get_object_or_404(rows, region__slug=region, slug=slug)
    if fund.region_id in standing_of(request.user).regions:
        request.region = fund.region  # type: ignore[attr-defined]
    return render(request, "budget/fund_public.html", public_page.context_of(fund))
