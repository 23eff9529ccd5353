"""Attachments: adding one, and sending one back with the right asked on every request."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.files import drop_upload, send_file, store_upload
from core.refusal import Refused
from governance.domain import texts
from governance.domain.secrecy import log_reading
from governance.forms.writing import AttachmentForm
from governance.models import Attachment, Proposal, Region
from governance.views.base import in_region, proposal_or_404, readable
from governance.views.route import form_page
from governance.views.writing import to_outline, to_write, working_of


@require_GET
@in_region
def download(
    request: HttpRequest, region: Region, number: int, pk: int
) -> HttpResponse | FileResponse:
    """Only what this person may read now; the reading of something secret is written down."""
    proposal = proposal_or_404(request, region, number)
    attachment = readable(request, Attachment, pk=pk, version__proposal=proposal)
    log_reading(attachment, request.user, f"bijlage {attachment.title}")  # type: ignore[arg-type]
    try:
        return send_file(attachment.file, inline_ok=True)
    except FileNotFoundError:
        raise Http404("Dit bestand staat niet meer op de schijf.") from None


@in_region
def add(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = to_write(request, region, number)
    version = working_of(proposal)
    if version.frozen_at and request.method != "POST":
        return to_outline(proposal)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            added = _add(proposal, request.user, **form.cleaned_data)
            messages.success(request, f"‘{added}’ is toegevoegd.")
            return to_outline(proposal, "bijlagen")
    return form_page(
        request,
        proposal,
        title="Bijlage toevoegen",
        form=form,
        button="Voeg toe",
        back=reverse("governance:proposal-write", args=[region.slug, number]),
    )


def _add(proposal: Proposal, user: Any, *, file: Any, title: str, confidential: bool) -> Attachment:
    """Store the upload and add it; a refusal leaves no file behind."""
    version = texts.working_version(proposal, by=user)
    stored = store_upload(file, by=user)
    try:
        return texts.add_attachment(
            version, stored, title=title, confidential=confidential, by=user
        )
    except Refused:
        drop_upload(stored)
        raise
