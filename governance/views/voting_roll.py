"""Who takes part in a vote: recusals, proxies, and the body called again without its quorum."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.refusal import Refusal
from governance.domain import recusals
from governance.domain.second_meeting import call_second_meeting, can_call_second
from governance.forms.voting import ProxyForm, RecusalForm, SecondCallForm
from governance.models import Body, Meeting, Proposal, Recusal, Region
from governance.rules import must, visible_to
from governance.views.base import in_region, meeting_or_404, refusals_shown
from governance.views.meetings import meeting_form_page
from governance.views.route import form_page, step_or_404


@in_region
def recuse(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.keep", step.body)
    back = reverse("governance:decision-record", args=[region.slug, number, pk])
    if step.meeting is None:
        messages.error(request, f"Zet het stuk eerst op de agenda van {step.body}.")
        return redirect(back)
    form = RecusalForm(request.POST or None, step=step, meeting=step.meeting)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            recusals.recuse(
                step,
                form.cleaned_data["membership"],
                reason=form.cleaned_data["reason"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "Vastgelegd wie niet meedoet aan de stemming.")
            return redirect(back)
    return form_page(
        request,
        proposal,
        title="Wie doet niet mee aan de stemming?",
        lead="Een lid stemt niet mee over iets wat hem of haar persoonlijk aangaat, of waar hij of "
        "zij als vertegenwoordiger bij is betrokken (Gemeentewet, artikel 28). Voor het quorum "
        "telt dit lid wel mee.",
        form=form,
        button="Vastleggen",
        back=back,
    )


@require_POST
@in_region
def undo_recusal(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    rows = Recusal.objects.filter(step__proposal__in=visible_to(request.user, Proposal))
    rows = rows.select_related("step__body", "step__proposal")
    found = get_object_or_404(rows, step__proposal__region=region, pk=pk)
    step = found.step
    must(request.user, "body.keep", step.body)
    with refusals_shown(request):
        recusals.undo_recusal(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "Dit lid kan weer meestemmen.")
    return redirect("governance:decision-record", region.slug, step.proposal.number, step.pk)


def _kept(request: HttpRequest, region: Region, pk: int) -> Meeting:
    meeting = meeting_or_404(request, region, pk)
    meeting.body = Body.objects.select_related("rules").get(pk=meeting.body_id)
    meeting.body.region = region
    must(request.user, "body.keep", meeting.body)
    return meeting


@in_region
def proxy(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    answer = recusals.proxy_answer(meeting)
    if isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect("governance:meeting-detail", region.slug, pk)
    form = ProxyForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            recusals.give_proxy(
                meeting,
                form.cleaned_data["giver"],
                form.cleaned_data["holder"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De volmacht is vastgelegd.")
            return redirect("governance:meeting-detail", region.slug, pk)
    return meeting_form_page(
        request, meeting, title="Volmacht", form=form, button="Volmacht vastleggen"
    )


@in_region
def second_call(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    answer = can_call_second(meeting)
    if isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect("governance:meeting-detail", region.slug, pk)
    initial = {"place": meeting.place}
    form = SecondCallForm(request.POST or None, region=region, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            second = call_second_meeting(
                meeting,
                starts_at=form.moment(),
                place=form.cleaned_data["place"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De tweede vergadering is uitgeschreven.")
            return redirect("governance:meeting-detail", region.slug, second.pk)
    return meeting_form_page(
        request,
        meeting,
        title="Tweede vergadering uitschrijven",
        form=form,
        button="Tweede vergadering uitschrijven",
        lead="Dezelfde stukken komen mee. Daarvoor is dan geen quorum nodig. Tussen deze oproep en "
        "de vergadering zit ten minste 24 uur (Gemeentewet, artikel 20).",
    )
