"""Approving: by another person in the portal, or on paper, which the region confirms."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb
from core.drafts import committed
from core.files import send_file, store_upload
from core.models import StoredFile
from core.refusal import Refusal, Refused
from governance.domain.local_reports import PAPER_KINDS
from governance.models import Region
from governance.rules import may, must
from governance.views.base import in_region, refusals_shown
from governance.views.writing import forget
from nulmeting import filling_page as page
from nulmeting.domain import content, submissions
from nulmeting.forms.filling import PaperForm, RemarksForm
from nulmeting.models import Submission
from nulmeting.views.base import kept_context, opened_draft, submission_or_404


@in_region
def approve(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """All answers to read, and one act: stand for exactly these."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    must(request.user, "nulmeting.approve", submission)
    if request.method == "POST":
        with refusals_shown(request):
            seen = request.POST.get("gezien", "")
            submissions.approve(submission, seen_sha256=seen, by=_user(request))
            messages.success(request, f"De nulmeting van {submission.municipality} is vastgesteld.")
            return redirect(page.url_of("submission", submission))
        return redirect(page.url_of("approve", submission))
    answer = submissions.STATES.answer(submission, "approve")
    refused = answer.reason if isinstance(answer, Refusal) else ""
    if submission.submitted_by == request.user:
        refused = "U diende dit zelf in. Een andere vaststeller van uw gemeente stelt het vast."
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission, Crumb("Vaststellen")),
        "refused": refused,
        "seen": content.sha256_of(submission),
        "without": content.without_evidence(submission),
        "parts": page.answers_of(submission),
    }
    return render(request, "nulmeting/submission_approve.html", context)


@in_region
def give_back(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """With remarks, by the approver or the team."""
    submission = submission_or_404(request, region, year, pk)
    if not may(request.user, "nulmeting.approve", submission):
        must(request.user, "nulmeting.lead", submission)
    key, back = f"submission:{submission.pk}-remarks", page.url_of("submission", submission)
    if forget(request, key):
        return redirect(back)
    form = RemarksForm(request.POST or None, draft=opened_draft(request, key))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            remarks = form.cleaned_data["remarks"]
            submissions.give_back(submission, remarks=remarks, by=_user(request))
            committed(request, key)
            messages.success(
                request, f"Teruggegeven aan de invuller van {submission.municipality}."
            )
            return redirect(back)
    return _form_page(request, submission, form, "Teruggeven aan de invuller", "Geef terug", key)


@in_region
def on_paper(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """The college approved on paper: its date and the paper itself."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    if not may(request.user, "nulmeting.approve", submission):
        must(request.user, "nulmeting.edit", submission)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _paper(request, submission, form):
        messages.success(request, "Vastgesteld op papier. De regio bevestigt dat nog.")
        return redirect(page.url_of("submission", submission))
    lead = "Stelde het college op papier vast? De regio bekijkt het besluit en bevestigt het."
    refused = "" if request.method == "POST" else page.not_to_approve(submission)
    title, button = "Vastgesteld op papier", "Leg dit vast"
    return _form_page(request, submission, form, title, button, lead=lead, refused=refused)


def _paper(request: HttpRequest, submission: Submission, form: PaperForm) -> bool:
    stored: StoredFile | None = None
    with form.refusals():
        try:
            with transaction.atomic():
                upload = form.cleaned_data["file"]
                stored = store_upload(upload, by=_user(request), kinds=PAPER_KINDS)
                submissions.approve_on_paper(
                    submission,
                    paper=stored,
                    paper_date=form.cleaned_data["paper_date"],
                    by=_user(request),
                )
        except Refused:
            if stored is not None:
                stored.content.delete(save=False)
            raise
        return True
    return False


@require_POST
@in_region
def confirm(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """The region saw the paper."""
    submission = submission_or_404(request, region, year, pk)
    must(request.user, "nulmeting.lead", submission)
    approval = get_object_or_404(submission.approvals, lapsed_at__isnull=True)
    with refusals_shown(request):
        submissions.confirm_paper(approval, by=_user(request))
        messages.success(request, "De vaststelling op papier is bevestigd.")
    return redirect(page.url_of("submission", submission))


@require_GET
@in_region
def paper(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse | FileResponse:
    """The paper of the college: for who reads the answers whole."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    approval = submission.approvals.filter(lapsed_at__isnull=True, paper__isnull=False).first()
    if approval is None or approval.paper is None:
        raise Http404
    try:
        return send_file(approval.paper, inline_ok=True)
    except FileNotFoundError:
        raise Http404("Dit bestand staat niet meer op de schijf.") from None


def _form_page(
    request: HttpRequest,
    submission: Submission,
    form: Any,
    title: str,
    button: str,
    key: str = "",
    **more: str,
) -> HttpResponse:
    """One form about a submission; with a `key` what is typed in it is kept."""
    context = {
        "region": request.region,  # type: ignore[attr-defined]
        "submission": submission,
        "title": title,
        "button": button,
        "form": form,
        "crumbs": page.crumbs(submission, Crumb(title)),
        "back": page.url_of("submission", submission),
        **(kept_context(request, form, key) if key else {}),
        **more,
    }
    return render(request, "nulmeting/submission_form.html", context)


def _user(request: HttpRequest) -> Any:
    return request.user
