"""Parts of a proposal in writing: its points, their order, what is taken away, who writes along."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.components import Crumb
from core.drafts import committed, draft_of
from core.refusal import Refused
from governance.domain import proposals, texts
from governance.forms.writing import CoAuthorForm, PointsForm
from governance.models import (
    Attachment,
    DecisionPoint,
    Proposal,
    ProposalVersion,
    Region,
    Section,
)
from governance.rules import must
from governance.views.base import in_region, is_key, proposal_or_404, readable, refusals_shown
from governance.views.proposals import crumbs
from governance.views.writing import (
    forget,
    to_outline,
    to_write,
    working_of,
    writing_page,
)

Part = type[Section] | type[DecisionPoint] | type[Attachment]
ANCHORS: dict[Any, str] = {Section: "tekst", DecisionPoint: "beslispunten", Attachment: "bijlagen"}


# Decision points ----------------------------------------------------------------------------------


@in_region
def points(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """All decision points in one form: that is how they are weighed against each other."""
    proposal = to_write(request, region, number)
    shown = working_of(proposal)
    key = f"points:{shown.pk}"
    if request.method != "POST":
        if shown.frozen_at:
            return to_outline(proposal)
        form = PointsForm(version=shown, draft=draft_of(request.user, key))
        return writing_page(request, proposal, form, title="Beslispunten", key=key)
    sent = request.POST.get("part", "")
    key = f"points:{sent if sent.isdecimal() else shown.pk}"
    if forget(request, key):
        return to_outline(proposal, "beslispunten")
    data = _with_new_names(request, proposal, shown)
    form = PointsForm(data, version=shown)
    if form.is_valid() and _save_points(request, proposal, form, key):
        return to_outline(proposal, "beslispunten")
    return writing_page(request, proposal, form, title="Beslispunten", key=key, part=sent)


def _with_new_names(request: HttpRequest, proposal: Proposal, shown: ProposalVersion) -> Any:
    """The fields as sent; those of a version frozen meanwhile get the names of its copy."""
    sent = request.POST.get("part", "")
    if not is_key(sent) or int(sent) == shown.pk:
        return request.POST
    new = dict(shown.points.values_list("order", "pk"))
    old = DecisionPoint.objects.filter(version=int(sent), version__proposal=proposal)
    names = {
        f"point-{pk}": f"point-{new[o]}" for o, pk in old.values_list("order", "pk") if o in new
    }
    data = request.POST.copy()
    for before, after in names.items():
        for prefix in ("", "base-", "theirs-", "keep-"):
            if prefix + before in data:
                data[prefix + after] = data.pop(prefix + before)[-1]
    return data


def _save_points(request: HttpRequest, proposal: Proposal, form: PointsForm, key: str) -> bool:
    user: Any = request.user

    def newest() -> dict[str, str]:
        rows = DecisionPoint.objects.filter(version__proposal=proposal)
        return {f"point-{row.pk}": row.text for row in rows}

    with form.saving(user, key, newest):
        version = working_of(proposal)
        texts.save_points(version, form.edits(), base=form.bases(), added=form.added(), by=user)
        committed(request, key)
        messages.success(request, "De beslispunten zijn opgeslagen.")
        if form.gone:
            messages.warning(
                request,
                "Een punt dat u wijzigde, was door iemand anders weggehaald. Uw tekst staat er "
                "weer, als nieuw punt.",
            )
        return True
    return False


# Order, level, taking away ------------------------------------------------------------------------


def _part_or_404(request: HttpRequest, proposal: Proposal, model: Part, pk: int) -> Any:
    """A part of the version that is being written."""
    if model is Attachment:
        return readable(request, Attachment, pk=pk, version=proposal.working_id)
    return get_object_or_404(model, pk=pk, version=proposal.working_id)


def order_of(model: Part) -> Callable[..., HttpResponse]:
    """Put parts in order: `order` holds every key (dragging), `move` 'KEY:up' or 'KEY:down'."""

    @require_POST
    @in_region
    def view(request: HttpRequest, region: Region, number: int) -> HttpResponse:
        proposal = to_write(request, region, number)
        version = working_of(proposal)
        if "order" in request.POST:
            keys = [int(key) for key in request.POST["order"].split(",") if is_key(key)]
            try:
                texts.order_parts(version, model, keys, by=request.user)  # type: ignore[type-var,arg-type]
            except Refused as refused:
                return JsonResponse({"message": str(refused)}, status=409)
            return JsonResponse({})
        key, _, way = request.POST.get("move", "").partition(":")
        part = _part_or_404(request, proposal, model, int(key) if is_key(key) else 0)
        siblings = list(model._default_manager.filter(version=version).values_list("pk", flat=True))
        place = siblings.index(part.pk) + 1
        with refusals_shown(request):
            texts.move_part(part, to=place - 1 if way == "up" else place + 1, by=request.user)  # type: ignore[arg-type]
        return to_outline(proposal, ANCHORS[model])

    return view


section_order, point_order, attachment_order = map(order_of, (Section, DecisionPoint, Attachment))


@require_POST
@in_region
def section_level(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """One level up (larger heading) or down."""
    proposal = to_write(request, region, number)
    section: Section = _part_or_404(request, proposal, Section, pk)
    level = section.level + (-1 if request.POST.get("level") == "up" else 1)
    if 1 <= level <= 4:
        with refusals_shown(request):
            texts.edit_section(
                section,
                {"level": level},
                base={"level": section.level},
                base_revision=section.revision,
                by=request.user,  # type: ignore[arg-type]
            )
    return to_outline(proposal, f"paragraaf-{pk}")


def removal_of(model: Part, what: str) -> Callable[..., HttpResponse]:
    """Ask once, then take the part away."""

    @in_region
    def view(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
        proposal = to_write(request, region, number)
        part = _part_or_404(request, proposal, model, pk)
        if request.method == "POST":
            with refusals_shown(request):
                texts.remove_part(part, by=request.user)  # type: ignore[arg-type]
                messages.success(request, f"{what} is weggehaald.")
            return to_outline(proposal, ANCHORS[model])
        context = {
            "region": region,
            "question": f"{what} weghalen?",
            "consequence": f"U haalt weg: ‘{str(part)[:300]}’. Vastgezette versies blijven zo.",
            "button": "Ja, haal weg",
            "danger": True,
            "cancel_url": reverse("governance:proposal-write", args=[region.slug, number]),
        }
        return render(request, "confirm.html", context)

    return view


section_remove = removal_of(Section, "De paragraaf")
point_remove = removal_of(DecisionPoint, "Het beslispunt")
attachment_remove = removal_of(Attachment, "De bijlage")


# Co-authors ---------------------------------------------------------------------------------------


@in_region
def coauthors(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """Who writes along; only the author body adds people or takes them off."""
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.lead", proposal)
    form = CoAuthorForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            added = proposals.add_coauthor(proposal, form.cleaned_data["user"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"{added} schrijft nu mee.")
            return redirect("governance:coauthors", region.slug, number)
    write = reverse("governance:proposal-write", args=[region.slug, number])
    context = {
        "region": region,
        "proposal": proposal,
        "form": form,
        "coauthors": proposal.coauthors.select_related("user").order_by("user__office"),
        "crumbs": crumbs(proposal, Crumb("Schrijven", write), Crumb("Medeauteurs")),
    }
    return render(request, "governance/writing_coauthors.html", context)


@require_POST
@in_region
def coauthor_remove(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    coauthor = get_object_or_404(proposal.coauthors.select_related("user"), pk=pk)
    proposals.remove_coauthor(coauthor, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"{coauthor.user} schrijft niet meer mee. De tekst blijft staan.")
    return redirect("governance:coauthors", region.slug, number)
