"""Recording advice point by point, and answering every point."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from core.drafts import committed
from core.formats import long_date
from governance.domain import advice as domain
from governance.forms.route import AdviceForm, AnswerForm
from governance.models import Body, Proposal, Region, RouteStep
from governance.rules import KEEPS, must
from governance.standing import standing_of
from governance.views.base import in_region, proposal_or_404
from governance.views.route import form_page, step_or_404


@in_region
def record(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """Advice of a stop on the route."""
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.keep", step.body)
    return _record(request, proposal, step)


@in_region
def record_outside(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """Advice that was given outside the route, or before it."""
    proposal = proposal_or_404(request, region, number)
    if not Body.objects.filter(
        region=region, pk__in=standing_of(request.user).secretary_of
    ).exists():
        raise PermissionDenied(KEEPS)
    return _record(request, proposal, None)


def _record(request: HttpRequest, proposal: Proposal, step: RouteStep | None) -> HttpResponse:
    mine = Body.objects.filter(
        region=proposal.region, pk__in=standing_of(request.user).secretary_of
    )
    key = f"advice:{step.pk}" if step else f"advice-outside:{proposal.pk}"
    day = timezone.localdate(step.meeting.starts_at) if step and step.meeting else None
    initial = {"given_on": day}
    form = AdviceForm(request.POST or None, bodies=mine, step=step, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            body = step.body if step else form.cleaned_data["body"]
            recorded = domain.record_advice(
                proposal,
                body=body,
                given_on=form.cleaned_data["given_on"],
                points=form.points(),
                by=request.user,  # type: ignore[arg-type]
                step=step,
            )
            committed(request, key)
            count = len(recorded)
            messages.success(
                request,
                f"{count} adviespunt{'' if count == 1 else 'en'} van {body} vastgelegd. "
                "Het programmateam geeft op elk punt antwoord.",
            )
            return redirect("governance:proposal-detail", proposal.region.slug, proposal.number)
    title = f"Advies van {step.body}" if step else "Advies buiten de route"
    return form_page(
        request, proposal, title=title, form=form, button="Advies vastleggen", draft_key=key
    )


@in_region
def answer(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.lead", proposal)
    point = get_object_or_404(proposal.advice.select_related("body"), pk=pk)
    initial = {
        "answer": point.answer,
        "reason": point.reason,
        "answered_in": point.answered_in_id,
    }
    form = AnswerForm(request.POST or None, proposal=proposal, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            domain.answer_advice(
                point,
                answer=form.cleaned_data["answer"],
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["answered_in"],
                by=request.user,  # type: ignore[arg-type]
            )
            committed(request, f"answer:{point.pk}")
            messages.success(request, f"Punt {point.number} van {point.body} is beantwoord.")
            url = redirect("governance:proposal-detail", region.slug, number).url
            return redirect(f"{url}#advies-{point.pk}")
    return form_page(
        request,
        proposal,
        title=f"Antwoord op punt {point.number} van {point.body}",
        lead=f"{point.text} ({long_date(point.given_on)})",
        form=form,
        button="Antwoord vastleggen",
        draft_key=f"answer:{point.pk}",
    )
