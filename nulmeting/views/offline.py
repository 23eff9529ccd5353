"""Filling in elsewhere: the spreadsheet out, and what was changed in it back in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core.components import Crumb
from core.refusal import Refusal
from core.sheets import XLSX
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region
from nulmeting import filling_page as page
from nulmeting import offline
from nulmeting.domain.rounds import can_fill_in
from nulmeting.forms.filling import SheetForm
from nulmeting.models import Submission
from nulmeting.views.base import submission_or_404


@require_GET
@in_region
def download(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    submission = _mine(request, region, year, pk)
    name = f"nulmeting-{year}-{submission.municipality.sort_name.replace(' ', '-')}.xlsx"
    response = HttpResponse(offline.write(submission), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@in_region
def upload(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    submission = _mine(request, region, year, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    brought = None
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            brought = _brought(request, submission, form)
            if brought is not None and not brought.clashes:
                messages.success(request, _told(brought))
                return redirect(page.url_of("submission", submission))
    refused = can_fill_in(submission)
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission, Crumb("Rekenblad")),
        "form": form,
        "brought": brought,
        "refused": refused.reason if isinstance(refused, Refusal) else "",
        "back": page.url_of("submission", submission),
        "download": page.url_of("offline-download", submission),
    }
    return render(request, "nulmeting/offline.html", context)


def _brought(
    request: HttpRequest, submission: Submission, form: SheetForm
) -> offline.Brought | None:
    """What came of the sheet; None when its writer is asked something first."""
    user: Any = request.user
    upload = form.cleaned_data["file"]
    try:
        sheet = offline.read(upload, submission, confirmed=form.confirmed)
    except offline.AsksFirst as asks:
        form.ask_first(asks)
        return None
    return offline.bring_in(submission, sheet, by=user)


def _told(brought: offline.Brought) -> str:
    if not brought.fields:
        return "In het rekenblad stond niets nieuws."
    fields = "1 veld" if brought.fields == 1 else f"{brought.fields} velden"
    return f"Uit het rekenblad: {fields} opgeslagen. Kijk alles na en dien dan in."


def _mine(request: HttpRequest, region: Region, year: int, pk: int) -> Submission:
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    must(request.user, "nulmeting.edit", submission)
    return submission
