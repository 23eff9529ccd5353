"""Lists and pages of proposals."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import ListView

from core.components import Crumb, Fact, Link
from core.formats import euro, file_size, long_date
from core.panels import panels
from core.richtext import to_plain_text
from governance.domain import proposals, texts
from governance.domain.secrecy import log_listed, log_reading, secrecies_over
from governance.enums import ProposalState
from governance.forms.proposals import FilterForm, ReasonForm
from governance.models import Body, Decision, Proposal, ProposalVersion, Region, Secrecy
from governance.other_ways import other_ways
from governance.planning import risks_of
from governance.presenting import TONES, now_for, where_it_stands
from governance.queries import advice_groups, proposal_trail, route_stops
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import RegionPage, in_region, proposal_or_404, refusals_shown
from governance.visible import as_seen_by, steps_seen_by

PER_PAGE = 20


class ProposalList(RegionPage, ListView):  # type: ignore[type-arg]
    """All proposals this person may read, with their line; filtered by words, state and kind."""

    template_name = "governance/proposal_list.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> QuerySet[Proposal]:
        user = self.request.user
        rows = (
            as_seen_by(user, visible_to(user, Proposal))
            .filter(region=self.region)
            .with_texts()  # type: ignore[attr-defined]
            .prefetch_related(Prefetch("steps", steps_seen_by(user)), "advice")
            .order_by("-number")
        )
        self.form = FilterForm(self.request.GET or None)
        return self.form.narrow(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        moving = (ProposalState.CONCEPT, ProposalState.WITHDRAWN)
        keys = [proposal.pk for proposal in context["object_list"]]
        secret = {row.proposal_id for row in log_listed(self.request.user, proposals=keys)}  # type: ignore[arg-type]
        context["rows"] = [
            {
                "proposal": proposal,
                "tone": TONES[proposal.shown_state],
                "secret": proposal.pk in secret,
                "stops": route_stops(
                    proposal.steps.all(), proposal.advice.all(), moving=proposal.state not in moving
                ),
            }
            for proposal in context["object_list"]
        ]
        context["form"] = self.form
        context["can_create"] = bool(may(self.request.user, "proposal.create", self.region))
        return context


def shown_version(request: HttpRequest, proposal: Proposal) -> ProposalVersion:
    """The newest version this person may read: the working one only for who writes."""
    version = (
        visible_to(request.user, ProposalVersion)
        .filter(proposal=proposal)
        .order_by("-number")
        .first()
    )
    if version is None:
        raise Http404
    version.proposal = proposal
    return version


def version_parts(request: HttpRequest, version: ProposalVersion) -> dict[str, Any]:
    """What every page of a version shows: its text, points and the attachments one may read."""
    from governance.models import Attachment

    attachments = (
        visible_to(request.user, Attachment)
        .filter(version=version)
        .select_related("file")
        .order_by("order", "pk")
    )
    return {
        "version": version,
        "sections": version.sections.all(),
        "points": version.points.all(),
        "attachments": [_paper(version, attachment) for attachment in attachments],
    }


def _paper(version: ProposalVersion, attachment: Any) -> Link:
    note = f"{attachment.file.kind}, {file_size(attachment.file.size)}"
    if attachment.confidential:
        note += ", vertrouwelijk"
    return Link(
        attachment.title,
        reverse(
            "governance:attachment-download",
            args=[version.proposal.region.slug, version.proposal.number, attachment.pk],
        ),
        note=note,
    )


def crumbs(proposal: Proposal, *more: Crumb) -> list[Crumb]:
    """Voorstellen › this proposal › the page; the last one is where you are."""
    slug = proposal.region.slug
    here = reverse("governance:proposal-detail", args=[slug, proposal.number])
    return [
        Crumb("Voorstellen", reverse("governance:proposal-list", args=[slug])),
        Crumb(f"Voorstel {proposal.number}", here if more else ""),
        *more,
    ]


@require_GET
@in_region
def proposal_detail(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    version = shown_version(request, proposal)
    log_reading(proposal, request.user, f"voorstel {number}")  # type: ignore[arg-type]
    mine = steps_seen_by(request.user).filter(proposal=proposal)
    steps = list(mine.select_related("version"))
    for step in steps:
        step.proposal = proposal
    advice = advice_groups(proposal)
    stops = route_stops(
        steps,
        [point for group in advice for point in group.points],
        moving=proposal.state == ProposalState.IN_ROUTE,
    )
    leads = bool(may(request.user, "proposal.lead", proposal))
    context = {
        "region": region,
        "proposal": proposal,
        "crumbs": crumbs(proposal),
        "pre": _kind_and_version(proposal, version),
        "risks": risks_of(proposal, steps) if leads else [],
        "state": proposal.shown_state_label.capitalize(),
        "tone": TONES[proposal.shown_state],
        "status": where_it_stands(proposal, steps),
        "now": now_for(request.user, proposal, steps),
        "stops": stops,
        "advice": advice,
        "leads": leads,
        "other_ways": other_ways(proposal, steps, request.user),
        "writes": bool(may(request.user, "proposal.write", proposal)),
        "writable": proposal.state in texts.WRITABLE,
        "versions": _frozen_versions(request, proposal),
        "facts": facts_of(proposal, version),
        "secrecies": _secrecies(request, proposal),
        "keeps": Body.objects.filter(
            region=region, pk__in=standing_of(request.user).secretary_of
        ).exists(),
        "decisions": visible_to(request.user, Decision)
        .filter(proposal=proposal)
        .select_related("body"),
        "replaced_by": _replaced_by(request, proposal),
        "trail": proposal_trail(proposal),
        "panels": panels("proposal", proposal, request.user),
        **version_parts(request, version),
    }
    return render(request, "governance/proposal_detail.html", context)


def _secrecies(request: HttpRequest, proposal: Proposal) -> list[Secrecy]:
    """What rests on the proposal; each knows whether this reader's own body imposed it."""
    rows = list(secrecies_over(proposal).select_related("imposed_by"))
    for row in rows:
        row.kept = row.imposed_by_id in standing_of(request.user).secretary_of  # type: ignore[attr-defined]
    return rows


def _replaced_by(request: HttpRequest, proposal: Proposal) -> Proposal | None:
    """The later proposal that took its place, for who may read that and may know it."""
    if proposal.shown_state != ProposalState.REPLACED:
        return None
    later = as_seen_by(request.user, visible_to(request.user, Proposal))
    return (
        later.filter(pk=proposal.replaced_by_id, hides_decision=False)
        .select_related("working")
        .first()
    )


def _kind_and_version(proposal: Proposal, version: ProposalVersion) -> str:
    """'Procesvoorstel · versie 2 van 23 juni 2021', above the title."""
    kind = proposal.get_kind_display().capitalize()
    if version.frozen_at:
        return f"{kind} · versie {version.number} van {long_date(version.frozen_at)}"
    return f"{kind} · versie {version.number}, in bewerking"


def _frozen_versions(request: HttpRequest, proposal: Proposal) -> list[ProposalVersion]:
    """Newest first; each knows the number of the one before it that this person may read."""
    rows = list(
        visible_to(request.user, ProposalVersion)
        .filter(proposal=proposal, frozen_at__isnull=False)
        .order_by("-number")
    )
    for row, previous in zip(rows, [*rows[1:], None], strict=False):
        row.previous = previous.number if previous else None  # type: ignore[attr-defined]
    return rows


def facts_of(proposal: Proposal, version: ProposalVersion) -> list[Fact]:
    """The header as label and value; what is not filled in is left out."""
    cost = euro(version.cost) if version.cost is not None else ""
    facts = [
        Fact("Aan", version.addressed_to),
        Fact("Van", proposal.author_body),
        Fact("In opdracht van", proposal.commissioned_by or ""),
        Fact("Opgesteld door", version.drafted_by),
        Fact("Datum", long_date(version.dated)),
        Fact("Zaaknummer", version.case_number),
        Fact("Kosten", cost or version.cost_note, note=version.cost_note if cost else ""),
        Fact(
            "Na het besluit",
            "Elke gemeente besluit zelf" if proposal.local_decisions else "",
        ),
    ]
    return [fact for fact in facts if fact.value]


@require_POST
@in_region
def submit(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    with refusals_shown(request):
        proposals.enter_route(proposal, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, "Het voorstel is de route in. Zet het nu op de agenda van de eerste halte."
        )
    return redirect("governance:proposal-detail", region.slug, number)


CHANGES = {
    "postpone": ("Voorstel uitstellen", "Uitstellen"),
    "withdraw": ("Voorstel intrekken", "Intrekken"),
    "resume": ("Verder met de route", "Verder met de route"),
}


@in_region
def change(request: HttpRequest, region: Region, number: int, act: str) -> HttpResponse:
    """Ask for the reason, then postpone, withdraw or resume."""
    if act not in CHANGES:
        raise Http404
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.lead", proposal)
    title, button = CHANGES[act]
    form = ReasonForm(request.POST or None, required=act != "resume")
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            proposals.change_state(
                proposal,
                act,
                by=request.user,
                why=form.cleaned_data["why"],  # type: ignore[arg-type]
            )
            messages.success(request, f"{title}: gedaan.")
            return redirect("governance:proposal-detail", region.slug, number)
    context = {
        "region": region,
        "title": title,
        "lead": str(proposal),
        "form": form,
        "button": button,
        "crumbs": crumbs(proposal, Crumb(title)),
        "back": reverse("governance:proposal-detail", args=[region.slug, number]),
    }
    return render(request, "governance/form_page.html", context)


@require_GET
@in_region
def version_detail(request: HttpRequest, region: Region, number: int, version: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    shown = get_object_or_404(
        visible_to(request.user, ProposalVersion), proposal=proposal, number=version
    )
    shown.proposal = proposal
    log_reading(proposal, request.user, f"versie {version}")  # type: ignore[arg-type]
    context = {
        "region": region,
        "proposal": proposal,
        "crumbs": crumbs(proposal, Crumb(f"Versie {version}")),
        "pre": _kind_and_version(proposal, shown),
        "facts": facts_of(proposal, shown),
        **version_parts(request, shown),
    }
    return render(request, "governance/version_detail.html", context)


def as_text(version: ProposalVersion) -> str:
    """A version as plain text, for comparing word by word."""
    parts = [version.subject, version.summary, version.decision_intro]
    parts += [f"{n}. {point.text}" for n, point in enumerate(version.points.all(), start=1)]
    for section in version.sections.all():
        parts += [section.heading, to_plain_text(section.body)]
    return "\n\n".join(part for part in parts if part)


@require_GET
@in_region
def compare(request: HttpRequest, region: Region, number: int, old: int, new: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    rows = visible_to(request.user, ProposalVersion).filter(proposal=proposal)
    before, after = get_object_or_404(rows, number=old), get_object_or_404(rows, number=new)
    log_reading(proposal, request.user, f"versies {old} en {new}")  # type: ignore[arg-type]
    context = {
        "region": region,
        "proposal": proposal,
        "crumbs": crumbs(proposal, Crumb(f"Versie {old} en {new}")),
        "pre": f"Van versie {old} naar versie {new}",
        "before": before,
        "after": after,
        "before_text": as_text(before),
        "after_text": as_text(after),
    }
    return render(request, "governance/version_compare.html", context)
