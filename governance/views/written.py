"""A written round: opening it, answering it, what comes of it; and passing a stop by in haste."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.components import Crumb
from core.refusal import Refusal
from governance.domain import urgent, written
from governance.domain.secrecy import log_reading
from governance.enums import WrittenState
from governance.forms.minutes import RoundAnswerForm, RoundForm
from governance.forms.proposals import ReasonForm
from governance.models import Membership, Region, WrittenRound
from governance.rules import may, must, visible_to
from governance.views.base import in_region, refusals_shown
from governance.views.meetings import crumbs
from governance.views.route import form_page, step_or_404


@in_region
def new(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.keep", step.body)
    refusals = written.open_answer(step)
    if refusals:
        messages.error(request, " ".join(refusal.reason for refusal in refusals))
        return redirect("governance:proposal-detail", region.slug, number)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values: dict[str, Any] = form.cleaned_data
            opened = written.open_round(
                step, reason=values["reason"], closes_on=values["closes_on"], by=request.user
            )
            messages.success(request, "De schriftelijke ronde is geopend.")
            return redirect("governance:round-detail", region.slug, opened.pk)
    return form_page(
        request,
        proposal,
        title=f"Schriftelijke ronde: {step.body}",
        lead="De leden met stemrecht krijgen het stuk en antwoorden hier. Wil één van hen het "
        "bespreken, dan gaat het naar een vergadering.",
        form=form,
        button="Ronde openen",
    )


def round_or_404(request: HttpRequest, region: Region, pk: int) -> WrittenRound:
    rows = visible_to(request.user, WrittenRound).select_related(
        "meeting__body__rules", "meeting__body__region", "step__proposal__region", "step__version"
    )
    return get_object_or_404(rows, meeting__body__region=region, pk=pk)


@in_region
def detail(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The round: what is asked and why, my answer, and how far it is."""
    row = round_or_404(request, region, pk)
    mine = written.memberships_of(row, request.user)  # type: ignore[arg-type]
    is_open = row.state == WrittenState.OPEN and clock.today() <= row.closes_on
    given = row.answers.filter(membership__in=mine).first()
    initial = {"answer": given.answer, "note": given.note} if given else None
    form = RoundAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST":
        must(request.user, "body.vote", row.meeting.body)
        if form.is_valid() and mine and _answer(request, row, mine, form):
            return redirect("governance:round-detail", region.slug, pk)
    log_reading(row.step.proposal, request.user, str(row.meeting))  # type: ignore[arg-type]
    keeps = bool(may(request.user, "body.keep", row.meeting.body))
    close = written.close_answer(row)
    context = {
        "region": region,
        "row": row,
        "crumbs": crumbs(row.meeting, Crumb("Schriftelijke ronde")),
        "tone": {"open": "neutral", "decided": "success"}.get(row.state, "warning"),
        "form": form if mine and is_open else None,
        "given": given,
        "points": row.step.version.points.all() if row.step.version else [],
        "tally": written.tally(row),
        "answers": row.answers.select_related("membership__user") if keeps or not is_open else [],
        "keeps": keeps and row.state == WrittenState.OPEN,
        "why_not": close.reason if isinstance(close, Refusal) else "",
    }
    return render(request, "governance/round_detail.html", context)


def _answer(
    request: HttpRequest, row: WrittenRound, mine: list[Membership], form: RoundAnswerForm
) -> bool:
    with form.refusals():
        for membership in mine:
            written.answer_round(row, membership, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "Uw antwoord is bewaard. U kunt het wijzigen tot de ronde sluit.")
        return True
    return False


@require_POST
@in_region
def close(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    row = round_or_404(request, region, pk)
    must(request.user, "body.keep", row.meeting.body)
    with refusals_shown(request):
        done = written.close_round(row, by=request.user)  # type: ignore[arg-type]
        messages.success(request, done.outcome)
    return redirect("governance:round-detail", region.slug, pk)


@in_region
def stop(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    row = round_or_404(request, region, pk)
    must(request.user, "body.keep", row.meeting.body)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            written.stop_round(row, why=form.cleaned_data["why"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Het stuk gaat naar een vergadering. Plan haar op de route.")
            return redirect("governance:proposal-detail", region.slug, row.step.proposal.number)
    context = {
        "region": region,
        "title": "Toch naar een vergadering",
        "lead": str(row.meeting),
        "form": form,
        "button": "Naar een vergadering",
        "crumbs": crumbs(row.meeting, Crumb("Toch naar een vergadering")),
        "back": reverse("governance:round-detail", args=[region.slug, pk]),
    }
    return render(request, "governance/form_page.html", context)


@in_region
def skip_urgently(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """Pass a stop by with urgency: the chair or secretary of the body that decides."""
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.minute", urgent.deciding_body(step))
    refusals = urgent.urgent_answer(step)
    if refusals:
        messages.error(request, " ".join(refusal.reason for refusal in refusals))
        return redirect("governance:proposal-detail", region.slug, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            urgent.skip_urgently(step, reason=form.cleaned_data["why"], by=request.user)  # type: ignore[arg-type]
            messages.success(
                request, f"{step.body} is met spoed overgeslagen en hoort dat de volgende keer."
            )
            return redirect("governance:proposal-detail", region.slug, number)
    return form_page(
        request,
        proposal,
        title=f"Met spoed overslaan: {step.body}",
        lead="Alleen als het besluit niet kan wachten. Het gremium krijgt hiervan vanzelf verslag "
        "op zijn volgende agenda.",
        form=form,
        button="Met spoed overslaan",
    )
