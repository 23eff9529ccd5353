"""What the author body does with a question: prepare, send, extend, withdraw, close."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.components import Crumb
from core.drafts import discard, draft_of
from core.formats import long_date
from governance.domain import local
from governance.enums import LocalKind, LocalRoundState
from governance.forms.base import DomainForm
from governance.forms.local import AskForm, ExtendForm
from governance.forms.proposals import ReasonForm
from governance.local_page import days_before, last_day, too_late, url_of
from governance.local_queries import subject_of, title_of, without_reporter
from governance.models import Decision, LocalRound, Region, RegionMunicipality, RouteStep
from governance.rules import must
from governance.views.base import decision_or_404, in_region, refusals_shown
from governance.views.decisions import crumbs as decision_crumbs
from governance.views.local import crumbs, round_or_404
from governance.views.proposals import crumbs as proposal_crumbs
from governance.views.route import step_or_404

BEFORE = "Vraag de gemeenten om een zienswijze"
AFTER = "Vraag de gemeenten om hun besluit"


@in_region
def new_before(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """A zienswijze before the outcome of a stop."""
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "proposal.lead", proposal)
    page = {
        "title": BEFORE,
        "lead": f"{proposal}. {step.body} neemt pas een besluit als de termijn voorbij is of "
        "iedereen heeft gereageerd, en elke zienswijze antwoord heeft.",
        "crumbs": proposal_crumbs(proposal, Crumb(BEFORE)),
        "back": reverse("governance:proposal-detail", args=[region.slug, number]),
    }
    return _new(request, region, step, LocalKind.ZIENSWIJZE, page)


@in_region
def new_after(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    """The local decisions that follow a regional one."""
    decision = decision_or_404(request, region, number)
    must(request.user, "proposal.lead", decision.proposal)
    page = {
        "title": AFTER,
        "lead": f"{decision.version.subject}. De regio stemde in op "
        f"{long_date(decision.decided_on)}; nu besluit elke gemeente zelf.",
        "crumbs": decision_crumbs(decision, Crumb(AFTER)),
        "back": reverse("governance:decision-detail", args=[region.slug, number]),
    }
    return _new(request, region, decision, LocalKind.DECISION, page)


def _new(
    request: HttpRequest,
    region: Region,
    hangs_on: RouteStep | Decision,
    kind: str,
    page: dict[str, Any],
) -> HttpResponse:
    before = isinstance(hangs_on, RouteStep)
    key = f"local-{'before' if before else 'after'}:{hangs_on.pk}"
    draft = draft_of(request.user, key)
    form = AskForm(request.POST or None, kind=kind, initial=draft.data if draft else {})
    if isinstance(hangs_on, RouteStep):
        form.show_days(*days_before(hangs_on))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            asked = local.prepare_round(
                hangs_on,
                addressee=form.cleaned_data["addressee"],
                question=form.cleaned_data["question"],
                term=form.term(),
                by=request.user,  # type: ignore[arg-type]
            )
            discard(request.user, key)
            messages.success(request, "De vraag staat klaar. Lees hem na en verstuur hem dan.")
            return redirect(url_of("round", asked))
    kept = {"draft_key": key, "draft": draft}
    context = {"region": region, "form": form, "button": "Verder naar controleren", **kept, **page}
    return render(request, "governance/form_page.html", context)


def _led(request: HttpRequest, region: Region, pk: int) -> LocalRound:
    asked = round_or_404(request, region, pk)
    must(request.user, "local.lead", asked)
    return asked


def _form_page(
    request: HttpRequest, asked: LocalRound, form: DomainForm, title: str, button: str, lead: str
) -> HttpResponse:
    context = {
        "region": asked.region,
        "title": title,
        "lead": lead,
        "form": form,
        "button": button,
        "crumbs": crumbs(asked, Crumb(title)),
        "back": url_of("round", asked),
    }
    return render(request, "governance/form_page.html", context)


@in_region
def edit(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    asked = _led(request, region, pk)
    form = AskForm(request.POST or None, kind=asked.kind, asked=asked)
    if asked.step is not None:
        form.show_days(*days_before(asked.step))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            local.edit_round(
                asked,
                addressee=form.cleaned_data["addressee"],
                question=form.cleaned_data["question"],
                term=form.term(),
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De vraag is gewijzigd.")
            return redirect(url_of("round", asked))
    return _form_page(request, asked, form, "Vraag wijzigen", "Opslaan", subject_of(asked))


@in_region
def ask(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The last check: to how many municipalities, and until when they can react."""
    asked = _led(request, region, pk)
    many = RegionMunicipality.objects.current().filter(region=region).count()
    until = long_date(last_day(asked), weekday=True)
    warning = too_late(asked)
    return _confirmed(
        request,
        asked,
        local.ask_round,
        question="Vraag versturen?",
        consequence=f"{many} gemeenten krijgen de vraag met een mail en kunnen reageren tot en met "
        f"{until}. De tekst van het stuk wordt vastgezet. {_nobody(region)} {warning}".strip(),
        button="Vraag versturen",
        done="De vraag is verstuurd. Elke gemeente ziet hem op de eerste bladzijde.",
    )


def _nobody(region: Region) -> str:
    """A warning that names the municipalities for which nobody will get the mail."""
    names = [str(home) for home in without_reporter(region)]
    if not names:
        return ""
    many = "deze gemeente" if len(names) == 1 else "deze gemeenten"
    return (
        f"Let op: voor {', '.join(names)} is nog niemand ingevoerd die de uitkomst meldt. Vraag de "
        f"beheerder om een rol voor {many}."
    )


@in_region
def close(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    return _confirmed(
        request,
        _led(request, region, pk),
        local.close_round,
        question="Vraag sluiten?",
        consequence="Gemeenten die niet reageerden, krijgen de stand ‘geen reactie binnen de "
        "termijn’.",
        button="Sluiten",
        done="De vraag is gesloten.",
    )


def _confirmed(
    request: HttpRequest,
    asked: LocalRound,
    act: Callable[..., LocalRound],
    *,
    done: str,
    **page: str,
) -> HttpResponse:
    if request.method == "POST":
        with refusals_shown(request):
            act(asked, by=request.user)
            messages.success(request, done)
        return redirect(url_of("round", asked))
    context = {"region": asked.region, "cancel_url": url_of("round", asked), **page}
    return render(request, "confirm.html", context)


@in_region
def extend(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    asked = _led(request, region, pk)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            local.extend_term(asked, by=request.user, **_plain(form))
            messages.success(request, "De termijn is verlengd.")
            return redirect(url_of("round", asked))
    lead = f"{title_of(asked)}. De termijn loopt nu tot en met {long_date(asked.due_on)}."
    return _form_page(request, asked, form, "Termijn verlengen", "Verlengen", lead)


@in_region
def withdraw(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    asked = _led(request, region, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            local.withdraw_round(asked, by=request.user, **_plain(form))
            messages.success(request, "De vraag is ingetrokken.")
            return redirect(url_of("round", asked))
    sent = asked.state != LocalRoundState.CONCEPT
    lead = "Gemeenten hoeven dan niet meer te reageren." if sent else subject_of(asked)
    return _form_page(request, asked, form, "Vraag intrekken", "Intrekken", lead)


def _plain(form: DomainForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in ("until", "why")}
