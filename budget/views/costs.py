"""Saying which lines of a fund a proposal touches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from budget.cost_panel import TITLE
from budget.domain.proposal_lines import leave_line, touch_line
from budget.forms.costs import CostForm
from budget.models import ProposalLine
from core.components import Crumb
from core.formats import euro
from governance.models import Proposal, Region
from governance.rules import must
from governance.views.base import in_region, proposal_or_404, refusals_shown


def _to_write(request: HttpRequest, region: Region, number: int) -> Proposal:
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.write", proposal)
    proposal.region = region
    return proposal


def _here(proposal: Proposal) -> str:
    return reverse("budget:proposal-costs", args=[proposal.region.slug, proposal.number])


@in_region
def proposal_costs(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """What is asked now, and a form to add a line or change its amount."""
    proposal = _to_write(request, region, number)
    form = CostForm(request.POST or None, proposal=proposal, user=request.user)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            row = touch_line(proposal, by=_user(request), **form.cleaned_data)
            messages.success(request, f"{row}: {euro(row.amount)} gevraagd.")
            return redirect(_here(proposal))
    detail = reverse("governance:proposal-detail", args=[region.slug, number])
    context = {
        "region": region,
        "proposal": proposal,
        "title": TITLE,
        "crumbs": [
            Crumb("Voorstellen", reverse("governance:proposal-list", args=[region.slug])),
            Crumb(str(proposal), detail),
            Crumb(TITLE),
        ],
        "rows": list(ProposalLine.objects.filter(proposal=proposal).select_related("line")),
        "form": form,
        "back": f"{detail}#kosten",
    }
    return render(request, "budget/proposal_costs.html", context)


@require_POST
@in_region
def cost_remove(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """Ask nothing of a line any more."""
    proposal = _to_write(request, region, number)
    row = get_object_or_404(ProposalLine, proposal=proposal, pk=pk)
    with refusals_shown(request):
        leave_line(row, by=_user(request))
        messages.success(request, f"{row} is weggehaald.")
    return redirect(_here(proposal))


def _user(request: HttpRequest) -> Any:
    return request.user
