"""The route of a proposal: laid out, planned, put on agendas, treated."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.components import Crumb
from core.drafts import draft_of
from core.refusal import Refusal
from governance.domain import layout, proposals, route
from governance.forms.base import DomainForm
from governance.forms.proposals import ReasonForm
from governance.forms.route import NoteForm, PlanForm, StepForm, TemplateForm, VersionNoteForm
from governance.minutes_live import back_to_meeting
from governance.models import Proposal, Region, RouteStep
from governance.queries import route_stops
from governance.rules import must
from governance.views.base import in_region, proposal_or_404, refusals_shown
from governance.views.proposals import crumbs
from governance.visible import steps_seen_by


def step_or_404(
    request: HttpRequest, region: Region, number: int, pk: int
) -> tuple[Proposal, RouteStep]:
    """A stop of a proposal that this person may read."""
    proposal = proposal_or_404(request, region, number)
    step = get_object_or_404(proposal.steps.select_related("body", "meeting", "version"), pk=pk)
    step.proposal = proposal
    return proposal, step


def _to_route(region: Region, number: int) -> HttpResponse:
    return redirect("governance:route-edit", region.slug, number)


def _to_proposal(region: Region, number: int) -> HttpResponse:
    return redirect("governance:proposal-detail", region.slug, number)


def form_page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    title: str,
    form: DomainForm,
    button: str,
    lead: str = "",
    draft_key: str = "",
    **extra: Any,
) -> HttpResponse:
    """One form of a proposal with the way back; `draft_key` keeps what is typed in it."""
    draft = draft_of(request.user, draft_key) if draft_key else None
    if draft and request.method == "GET":
        form.initial |= draft.data
    context = {
        "region": proposal.region,
        "proposal": proposal,
        "title": title,
        "lead": lead or str(proposal),
        "form": form,
        "button": button,
        "draft_key": draft_key,
        "draft": draft,
        "crumbs": crumbs(proposal, Crumb(title)),
        "back": reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number]),
        **extra,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def edit(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.lead", proposal)
    return _route_page(request, proposal)


def _route_page(request: HttpRequest, proposal: Proposal, **forms: DomainForm) -> HttpResponse:
    steps = list(steps_seen_by(request.user).filter(proposal=proposal))
    for step in steps:
        step.proposal = proposal
    planned = [
        {
            "step": step,
            "form": PlanForm(step=step, prefix=f"halte-{step.pk}")
            if step.state == "planned"
            else None,
            "can_skip": bool(route.STATES.answer(step, "skip")) if step.state == "planned" else 0,
            "first": index == 0,
            "last": index == len(steps) - 1,
        }
        for index, step in enumerate(steps)
    ]
    ending = proposals.route_ending(proposal)
    context = {
        "region": proposal.region,
        "proposal": proposal,
        "crumbs": crumbs(proposal, Crumb("Route")),
        "stops": route_stops(steps, moving=proposal.state == "in_route"),
        "planned": planned,
        "ending": ending.reason if isinstance(ending, Refusal) else "",
        "template_form": TemplateForm(proposal=proposal),
        "step_form": StepForm(proposal=proposal),
        **forms,
    }
    return render(request, "governance/route_edit.html", context)


@require_POST
@in_region
def apply_template(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    form = TemplateForm(request.POST, proposal=proposal)
    if form.is_valid():
        with form.refusals():
            layout.apply_template(proposal, form.cleaned_data["template"], by=request.user)
            messages.success(
                request, "De route staat klaar. Kies nu bij elke halte de vergadering."
            )
            return _to_route(region, number)
    must(request.user, "proposal.lead", proposal)
    return _route_page(request, proposal, template_form=form)


@require_POST
@in_region
def add_step(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    form = StepForm(request.POST, proposal=proposal)
    if form.is_valid():
        with form.refusals():
            layout.add_step(proposal, by=request.user, **form.cleaned_data)
            messages.success(request, "De halte is toegevoegd.")
            return _to_route(region, number)
    must(request.user, "proposal.lead", proposal)
    return _route_page(request, proposal, step_form=form)


@require_POST
@in_region
def plan(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    _, step = step_or_404(request, region, number, pk)
    form = PlanForm(request.POST, step=step, prefix=f"halte-{pk}")
    with refusals_shown(request):
        if form.is_valid():
            route.plan_step(step, form.cleaned_data["meeting"], by=request.user)
            messages.success(request, f"{step.body} is gepland.")
        else:
            messages.error(request, "Kies een vergadering uit de lijst.")
    return _to_route(region, number)


@require_POST
@in_region
def move(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal, step = step_or_404(request, region, number, pk)
    place = list(proposal.steps.values_list("pk", flat=True)).index(pk) + 1
    to = place - 1 if request.POST.get("move", "").endswith("up") else place + 1
    with refusals_shown(request):
        layout.move_step(step, to=to, by=request.user)
    return _to_route(region, number)


@require_POST
@in_region
def remove(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    _, step = step_or_404(request, region, number, pk)
    with refusals_shown(request):
        layout.remove_step(step, by=request.user)
        messages.success(request, f"{step.body} is van de route gehaald.")
    return _to_route(region, number)


@require_POST
@in_region
def restore(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    _, step = step_or_404(request, region, number, pk)
    with refusals_shown(request):
        layout.restore_step(step, by=request.user)
        messages.success(request, f"{step.body} ligt weer op de route.")
    return _to_route(region, number)


@require_POST
@in_region
def put_on_agenda(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    _, step = step_or_404(request, region, number, pk)
    with refusals_shown(request):
        done = route.put_on_agenda(step, by=request.user)
        waiting = route.waits_for(done).sentence
        note = f" De stukken zeggen: {waiting}." if waiting else ""
        messages.success(request, f"Het stuk staat op de agenda van {step.body}.{note}")
    return _to_proposal(region, number)


@require_POST
@in_region
def finalise(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    _, step = step_or_404(request, region, number, pk)
    form = VersionNoteForm(request.POST)
    with refusals_shown(request):
        note = form.cleaned_data["change_note"] if form.is_valid() else ""
        done = route.finalise_version(step, by=request.user, change_note=note)
        messages.success(
            request, f"Versie {done.version.number if done.version else ''} is definitief."
        )
    return _to_proposal(region, number)


def _with_text(
    title: str,
    button: str,
    form_class: type[DomainForm],
    act: Callable[..., Any],
    field: str,
    right: Callable[[Any, RouteStep], None],
) -> Callable[..., HttpResponse]:
    """A page that asks one text and then does one act on a stop, for who has the right to it."""

    @in_region
    def view(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
        proposal, step = step_or_404(request, region, number, pk)
        right(request.user, step)
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid():
            with form.refusals():
                back = back_to_meeting(step.meeting, step)
                act(step, by=request.user, **{field: next(iter(form.cleaned_data.values()))})
                messages.success(request, f"{step.body}: {title.lower()}.")
                return redirect(back) if back else _to_proposal(region, number)
        back = back_to_meeting(step.meeting, step)
        extra = {"back": back} if back else {}
        title_here = f"{title}: {step.body}"
        return form_page(request, proposal, title=title_here, form=form, button=button, **extra)

    return view


def _leads(user: Any, step: RouteStep) -> None:
    must(user, "proposal.lead", step.proposal)


def _keeps(user: Any, step: RouteStep) -> None:
    must(user, "body.keep", step.body)


skip = _with_text(
    "Overslaan", "Halte overslaan", ReasonForm, layout.skip_step, "reason", right=_leads
)
hold_over = _with_text("Aanhouden", "Stuk aanhouden", ReasonForm, route.hold_over, "why", _keeps)
handle = _with_text("Behandeld", "Halte afsluiten", NoteForm, route.handle_step, "note", _keeps)
