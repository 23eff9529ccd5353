"""The figures of a region that everybody may read, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.components import Crumb
from governance.rules import may
from governance.standing import standing_of
from nulmeting.public_page import public_context
from nulmeting.rules import public_rounds
from nulmeting.views.results import round_crumbs


@require_safe
def region_figures(request: HttpRequest, region: str, year: int) -> HttpResponse:
    """A published round; any other is not there. Who belongs to the region keeps her menu."""
    rows = public_rounds().select_related("region", "instrument")
    asked = get_object_or_404(rows, region__slug=region, year=year)
    if asked.region_id in standing_of(request.user).regions:
        request.region = asked.region  # type: ignore[attr-defined]
    inside = may(request.user, "nulmeting.results", asked)
    context = public_context(asked)
    context["crumbs"] = round_crumbs(asked, Crumb("Openbaar")) if inside else []
    return render(request, "nulmeting/round_public.html", context)
