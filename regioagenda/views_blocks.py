"""The page of a block of the regional vision, and choosing which ones a proposal touches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from core.components import Crumb, Link
from core.panels import panels
from governance.domain.secrecy import log_listed
from governance.models import Proposal, Region
from governance.rules import must, visible_to
from governance.views.base import in_region, proposal_or_404
from governance.visible import as_seen_by
from regioagenda.domain.proposal_blocks import link_blocks, writable_answer
from regioagenda.forms import BlocksForm
from regioagenda.models import BlockLead, BuildingBlock
from regioagenda.words import blocks_of_region


@require_GET
@in_region
def block_detail(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """What the block is, who leads it, how it stands, and the proposals that touch it."""
    block = get_object_or_404(BuildingBlock, region=region, pk=pk)
    block.region = region
    called = capfirst(blocks_of_region(region))
    context = {
        "region": region,
        "part": block,
        "crumbs": [Crumb(called), Crumb(str(block))],
        "leads": BlockLead.objects.current().filter(block=block).select_related("municipality"),
        "panels": panels("block", block, request.user),
        "proposals": _proposals(request, block),
    }
    return render(request, "regioagenda/block_detail.html", context)


def _proposals(request: HttpRequest, block: BuildingBlock) -> list[Link]:
    """Those that this reader may know of, newest first, each with where it stands."""
    rows = (
        as_seen_by(request.user, visible_to(request.user, Proposal))
        .filter(touched_blocks__block=block)
        .select_related("working")
        .order_by("-number")
    )
    found = list(rows)
    log_listed(request.user, proposals=[row.pk for row in found])  # type: ignore[arg-type]
    return [
        Link(
            str(row),
            reverse("governance:proposal-detail", args=[block.region.slug, row.number]),
            note=row.shown_state_label,
        )
        for row in found
    ]


@in_region
def proposal_blocks(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """Choose which blocks a proposal touches."""
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.write", proposal)
    proposal.region = region
    now = list(proposal.touched_blocks.values_list("block", flat=True))
    form = BlocksForm(request.POST or None, region=region, now=now)
    detail = reverse("governance:proposal-detail", args=[region.slug, number])
    called = blocks_of_region(region)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            left = link_blocks(proposal, form.chosen, base=form.started_from, by=_user(request))
            messages.success(request, _told(called, len(left)))
            return redirect(f"{detail}#regiovisie")
    context = {
        "region": region,
        "proposal": proposal,
        "title": f"{capfirst(called)} kiezen",
        "called": called,
        "crumbs": [
            Crumb("Voorstellen", reverse("governance:proposal-list", args=[region.slug])),
            Crumb(f"Voorstel {number}", detail),
            Crumb(f"{capfirst(called)} kiezen"),
        ],
        "form": form,
        "back": f"{detail}#regiovisie",
        "answer": writable_answer(proposal),
    }
    return render(request, "regioagenda/proposal_blocks.html", context)


def _told(called: str, number: int) -> str:
    if not number:
        return f"Opgeslagen: dit voorstel raakt geen {called}."
    return f"Opgeslagen: {number} gekozen."


def _user(request: HttpRequest) -> Any:
    return request.user
