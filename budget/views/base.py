"""Finding a fund, a version, a line: what is not yours is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from budget.enums import VersionState
from budget.models import BudgetVersion, Fund
from governance.models import Region
from governance.rules import must, visible_to
from governance.views.base import readable


def fund_or_404(request: HttpRequest, region: Region, slug: str) -> Fund:
    """A fund whose figures this person may read."""
    fund = readable(request, Fund, region=region, slug=slug)
    fund.region = region
    return fund


def fund_to_write(request: HttpRequest, region: Region, slug: str) -> Fund:
    """A fund that this person writes: 404 when it is not there for her, else 403."""
    fund = fund_or_404(request, region, slug)
    must(request.user, "budget.lead", fund)
    return fund


def version_or_404(request: HttpRequest, region: Region, slug: str, number: int) -> BudgetVersion:
    """A version that this person may read: a concept only for who works with the fund."""
    fund = fund_or_404(request, region, slug)
    rows = visible_to(request.user, BudgetVersion).select_related("decision", "file")
    version = get_object_or_404(rows, fund=fund, number=number)
    version.fund = fund
    return version


def concept_or_404(request: HttpRequest, region: Region, slug: str, number: int) -> BudgetVersion:
    """A version that can still be written: what was adopted has no page to change it on."""
    version = version_or_404(request, region, slug, number)
    must(request.user, "budget.lead", version.fund)
    if version.state != VersionState.CONCEPT:
        raise Http404
    return version
