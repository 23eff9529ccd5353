"""The budget in versions: a list, one to read, a new one, adopting, comparing, judging."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_POST

from budget import fund_page
from budget import version_page as page
from budget.addresses import url_of
from budget.domain import adoption, lines, versions
from budget.enums import VersionState
from budget.forms.versions import AdoptForm, JudgeForm, VersionForm
from budget.models import BudgetVersion
from budget.views.base import concept_or_404, fund_or_404, fund_to_write, version_or_404
from core.components import Crumb
from core.formats import euro
from governance.models import Region
from governance.rules import may, visible_to
from governance.views.base import in_region, refusals_shown


@require_GET
@in_region
def version_list(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """Every version that this person may read, newest first."""
    fund = fund_or_404(request, region, slug)
    found = list(
        visible_to(request.user, BudgetVersion).filter(fund=fund).select_related("decision")
    )
    for each in found:
        each.fund = fund
    older = pairwise(found)
    context = {
        "region": region,
        "fund": fund,
        "crumbs": fund_page.crumbs(fund, Crumb("Begroting")),
        "rows": [(each, page.TONES[VersionState(each.state)]) for each in found],
        "pairs": [
            (newer, before, page.address("version-compare", newer, before.number))
            for newer, before in older
        ],
        "drafts": fund_page.writes(request.user, fund)
        and not any(each.state == VersionState.CONCEPT for each in found),
    }
    return render(request, "budget/version_list.html", context)


@require_GET
@in_region
def version_detail(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """Its lines, the differences with its sheet, and for a concept what can be done to it."""
    version = version_or_404(request, region, slug, number)
    writes = fund_page.writes(request.user, version.fund)
    context = {
        "region": region,
        "fund": version.fund,
        **page.context_of(
            version,
            writes=writes,
            handles=bool(may(request.user, "budget.handle", version.fund)),
        ),
    }
    return render(request, "budget/version_detail.html", context)


@in_region
def new(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """A concept: empty for the first, else drawn from the version in force."""
    fund = fund_to_write(request, region, slug)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            title = form.cleaned_data["title"]
            made = versions.draft_version(fund, title=title, by=_user(request))
            return redirect(page.address("version", made))
    before = versions.in_force(fund)
    lead = (
        f"U begint met de posten van {before}, met wat sindsdien is verschoven."
        if before
        else "U begint met een leeg blad."
    )
    return _form_page(request, fund, form, "Nieuwe begroting", lead, "Begin")


def _form_page(
    request: HttpRequest, fund: Any, form: Any, title: str, lead: str, button: str, back: str = ""
) -> HttpResponse:
    versions_at = url_of("version-list", fund)
    context = {
        "region": fund.region,
        "title": title,
        "lead": lead,
        "crumbs": fund_page.crumbs(fund, Crumb("Begroting", versions_at), Crumb(title)),
        "form": form,
        "button": button,
        "back": back or versions_at,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def discard(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """Asked once more: a concept that is thrown away does not come back."""
    version = concept_or_404(request, region, slug, number)
    if request.method == "POST":
        with refusals_shown(request):
            versions.discard_version(version, by=_user(request))
            messages.success(request, f"{version} is weggegooid.")
        return redirect(url_of("version-list", version.fund))
    context = {
        "region": region,
        "question": f"{version} weggooien?",
        "consequence": "Dit concept en alle bedragen erin zijn dan weg. Wat geldt, blijft gelden.",
        "button": "Ja, gooi weg",
        "cancel_url": page.address("version", version),
        "danger": True,
    }
    return render(request, "confirm.html", context)


@in_region
def adopt(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """By a decision, or on a ground from elsewhere; a refusal says everything that is
    in the way."""
    version = concept_or_404(request, region, slug, number)
    form = AdoptForm(request.POST or None, fund=version.fund)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            adopted = adoption.adopt_version(version, by=_user(request), **form.cleaned_data)
            messages.success(request, f"{adopted} geldt nu. Op de posten kan worden vastgelegd.")
            return redirect(url_of("fund", version.fund))
    total = page.sheet_of(version).total
    lead = f"Samen {euro(total)}. Daarna verandert deze versie niet meer."
    back = page.address("version", version)
    return _form_page(
        request, version.fund, form, f"{version} vaststellen", lead, "Stel vast", back
    )


@require_POST
@in_region
def take_in(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """Bring what was moved since into the amounts of the concept."""
    version = concept_or_404(request, region, slug, number)
    with refusals_shown(request):
        versions.take_in_moves(version, by=_user(request))
        messages.success(request, "Wat is verschoven, staat nu in dit concept.")
    return redirect(page.address("version", version))


@require_GET
@in_region
def compare(
    request: HttpRequest, region: Region, slug: str, number: int, other: int
) -> HttpResponse:
    """What this version has otherwise than an earlier one."""
    after = version_or_404(request, region, slug, number)
    before = version_or_404(request, region, slug, other)
    if before.pk == after.pk:
        raise Http404
    rows, comparison = page.compared(before, after)
    context = {
        "region": region,
        "fund": after.fund,
        "lead": f"{after} naast versie {before.number}.",
        "before": before,
        "after": after,
        "rows": rows,
        "totals": comparison.totals,
        "crumbs": page.crumbs(after, Crumb(f"Naast versie {before.number}")),
    }
    return render(request, "budget/version_compare.html", context)


@in_region
def judge(request: HttpRequest, region: Region, slug: str, number: int, pk: int) -> HttpResponse:
    """Say what is to be thought of one difference with the sheet."""
    version = concept_or_404(request, region, slug, number)
    stated = get_object_or_404(version.stated.select_related("heading"), pk=pk)
    stated.version = version
    form = JudgeForm(request.POST or None, initial={"text": stated.judgement})
    back = f"{page.address('version', version)}#blad"
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            lines.judge_difference(stated, text=form.cleaned_data["text"], by=_user(request))
            messages.success(request, "Uw oordeel is opgeslagen.")
            return redirect(back)
    lead = f"{capfirst(str(stated))}: in het blad staat {euro(stated.amount)}."
    return _form_page(request, version.fund, form, "Verschil beoordelen", lead, "Opslaan", back)


def _user(request: HttpRequest) -> Any:
    return request.user
