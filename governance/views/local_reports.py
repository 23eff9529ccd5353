"""What an official reports for her municipality, and what the region answers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.components import Crumb
from core.drafts import committed, draft_of
from core.files import send_file, store_upload
from core.formats import long_date
from core.models import StoredFile
from core.refusal import Refusal, Refused
from core.versioning import Conflict
from governance.domain import local_reports
from governance.domain.secrecy import log_reading
from governance.forms.local import ReplyForm, ReportForm
from governance.forms.proposals import ReasonForm
from governance.local_page import url_of
from governance.local_queries import sorted_steps, subject_of, title_of
from governance.models import LocalRound, LocalStep, Region
from governance.rules import may, must
from governance.standing import standing_of
from governance.views.base import in_region
from governance.views.local import crumbs, round_or_404


def step_or_404(
    request: HttpRequest, region: Region, pk: int, step: int
) -> tuple[LocalRound, LocalStep]:
    """A step of a round that this person sees."""
    asked = round_or_404(request, region, pk)
    rows = asked.steps.select_related("municipality__successor", "paper")
    found = get_object_or_404(rows, pk=step)
    found.round = asked
    return asked, found


def _mine_or_404(
    request: HttpRequest, region: Region, pk: int, step: int
) -> tuple[LocalRound, LocalStep]:
    """For who reports for this municipality or leads the round; another municipality's is a 404."""
    asked, found = step_or_404(request, region, pk, step)
    standing = standing_of(request.user)
    leads = asked.region_id in standing.author_regions
    if standing.reports_for and not leads and found.municipality_id not in standing.reports_for:
        raise Http404
    must(request.user, "local.report", found)
    return asked, found


# The official -----------------------------------------------------------------------------------


@in_region
def report(request: HttpRequest, region: Region, pk: int, step: int) -> HttpResponse:
    asked, found = _mine_or_404(request, region, pk, step)
    key = f"local:{found.pk}"
    options: Any = {"step": found, "on_behalf": not local_reports.serves(_user(request), found)}
    if request.method != "POST":
        form = ReportForm(draft=draft_of(request.user, key), **options)
        return _report_page(request, asked, found, form, key)
    if request.POST.get("forget"):
        committed(request, key)
        messages.success(request, "De tekst die nog niet was gemeld, is weg.")
        return redirect(url_of("report", asked, found.pk))
    if request.POST.get("begun") == "open" and found.outcome:
        options["step"] = _as_begun(found)
    form = ReportForm(request.POST, files=request.FILES, **options)
    if form.is_valid() and _save(request, found, form, key):
        committed(request, key)
        messages.success(request, f"De uitkomst voor {found.municipality} is gemeld.")
        return redirect(url_of("round", asked))
    return _report_page(request, asked, options["step"], form, key)


def _user(request: HttpRequest) -> Any:
    return request.user


def _as_begun(step: LocalStep) -> LocalStep:
    """The step as the writer saw it: a colleague reported while she was typing."""
    begun = LocalStep(round=step.round, municipality=step.municipality, revision=step.revision)
    begun.pk = step.pk
    return begun


def _save(request: HttpRequest, step: LocalStep, form: ReportForm, key: str) -> bool:
    """Report or correct; a refusal or a clash leaves no file behind."""

    def newest() -> dict[str, Any]:
        row = LocalStep.objects.get(pk=step.pk)
        return {name: getattr(row, name) or "" for name in local_reports.FIELDS}

    stored: StoredFile | None = None
    with form.saving(request.user, key, newest):
        try:
            with transaction.atomic():
                if form.cleaned_data["file"]:
                    kinds = local_reports.PAPER_KINDS
                    stored = store_upload(form.cleaned_data["file"], by=_user(request), kinds=kinds)
                _write(request, step, form, stored)
        except (Refused, Conflict):
            if stored is not None:
                stored.content.delete(save=False)
            raise
        return True
    return False


def _write(
    request: HttpRequest, step: LocalStep, form: ReportForm, paper: StoredFile | None
) -> None:
    common: Any = {
        "by": _user(request),
        "paper": paper,
        "base": form.base(),
        "base_revision": form.revision,
    }
    if "why" in form.fields:
        why = form.cleaned_data["why"]
        local_reports.correct_outcome(step, form.values(), why=why, **common)
    else:
        local_reports.report_outcome(step, form.values(), **common)


def _report_page(
    request: HttpRequest, asked: LocalRound, step: LocalStep, form: ReportForm, key: str
) -> HttpResponse:
    answer = local_reports.can_report(step)
    mine = standing_of(request.user).reports_for
    others = [
        other
        for other in sorted_steps(asked)
        if other.municipality_id in mine and other.pk != step.pk and other.state == "open"
    ]
    context = {
        "region": asked.region,
        "asked": asked,
        "step": step,
        "title": title_of(asked),
        "subject": subject_of(asked),
        "refused": answer.reason if isinstance(answer, Refusal) else "",
        "form": form,
        "draft_key": key,
        "draft": draft_of(request.user, key),
        "paper": paper_url(request, asked),
        "others": [(other, url_of("report", asked, other.pk)) for other in others],
        "begun": "reported" if step.outcome else "open",
        "take_back": bool(step.outcome and not step.answer and not isinstance(answer, Refusal)),
        "crumbs": crumbs(asked, Crumb(f"Uitkomst voor {step.municipality}")),
        "back": url_of("round", asked),
    }
    return render(request, "governance/local_report.html", context)


def paper_url(request: HttpRequest, asked: LocalRound) -> str:
    """The text that was put to them, for who may read it."""
    if asked.version is None or not may(request.user, "local.papers", asked):
        return ""
    args = [asked.region.slug, asked.proposal.number, asked.version.number]
    return reverse("governance:version-detail", args=args)


@in_region
def take_back(request: HttpRequest, region: Region, pk: int, step: int) -> HttpResponse:
    asked, found = _mine_or_404(request, region, pk, step)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            why = form.cleaned_data["why"]
            local_reports.take_back_outcome(found, why=why, by=_user(request))
            messages.success(request, f"De uitkomst voor {found.municipality} is teruggenomen.")
            return redirect(url_of("round", asked))
    title = f"Uitkomst voor {found.municipality} terugnemen"
    lead = "De gemeente staat daarna weer op ‘wacht op reactie’."
    return _form_page(request, asked, found, title=title, lead=lead, form=form, button="Terugnemen")


@require_GET
@in_region
def paper(request: HttpRequest, region: Region, pk: int, step: int) -> HttpResponse | FileResponse:
    """The paper of a municipality: for who may read the proposal, asked on every request."""
    asked, found = step_or_404(request, region, pk, step)
    must(request.user, "local.papers", asked)
    if found.paper is None:
        raise Http404
    about = asked.decision or asked.proposal
    log_reading(about, _user(request), f"stuk van {found.municipality}: {found.paper.name}")
    try:
        return send_file(found.paper, inline_ok=True)
    except FileNotFoundError:
        raise Http404("Dit bestand staat niet meer op de schijf.") from None


# The region -------------------------------------------------------------------------------------


@in_region
def answer(request: HttpRequest, region: Region, pk: int, step: int) -> HttpResponse:
    """The reasoned answer. Somebody else's answer meanwhile is shown, not overwritten."""
    asked, found = step_or_404(request, region, pk, step)
    must(request.user, "local.lead", asked)
    key = f"local-answer:{found.pk}"
    draft = draft_of(request.user, key)
    initial = {"answer": found.answer, "reason": found.reason} | (draft.data if draft else {})
    form = ReplyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = request.POST.get("revision", "")
        with form.refusals():
            try:
                local_reports.answer_step(
                    found,
                    answer=form.cleaned_data["answer"],
                    reason=form.cleaned_data["reason"],
                    base_revision=int(sent) if sent.isdecimal() and len(sent) < 10 else None,
                    by=_user(request),
                )
            except Conflict:
                raise Refused(Refusal(CHANGED)) from None
            committed(request, key)
            messages.success(request, f"{found.municipality} heeft antwoord.")
            return redirect(url_of("round", asked))
    return _form_page(
        request,
        asked,
        found,
        title=f"Antwoord aan {found.municipality}",
        lead=f"{found.get_outcome_display().capitalize()}, {long_date(found.decided_on)}",
        form=form,
        button="Antwoord vastleggen",
        draft_key=key,
        draft=draft,
    )


CHANGED = (
    "Iemand anders wijzigde dit intussen. Hierboven staat wat er nu staat; uw tekst staat er nog. "
    "Pas hem zo nodig aan en leg hem dan opnieuw vast."
)


def _form_page(
    request: HttpRequest, asked: LocalRound, step: LocalStep, *, title: str, **page: Any
) -> HttpResponse:
    step.refresh_from_db(fields=["revision", "text", "reason", "answer", "outcome", "decided_on"])
    context = {
        "region": asked.region,
        "asked": asked,
        "step": step,
        "title": title,
        "crumbs": crumbs(asked, Crumb(title)),
        "back": url_of("round", asked),
        **page,
    }
    return render(request, "governance/local_form.html", context)
