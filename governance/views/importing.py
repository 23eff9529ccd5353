"""Reading a proposal in: the file, what was read beside the original, and the proposal it makes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.components import Crumb
from core.drafts import committed, draft_of
from core.files import store_upload
from core.models import StoredFile
from core.refusal import Refused
from governance.domain.importing import IMPORTED_KINDS, import_proposal
from governance.forms.importing import ReviewForm, UploadForm
from governance.importing import ImportedProposal, read_proposal
from governance.importing.aliases import aliases_of
from governance.importing.original import original_text
from governance.importing.package import check_size
from governance.models import Proposal, Region
from governance.rules import must
from governance.views.base import in_region
from governance.views.writing import forget


@in_region
def upload(request: HttpRequest, region: Region) -> HttpResponse:
    """Keep the file and read it at once, so that what cannot be read is said at the file field."""
    must(request.user, "proposal.create", region)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            stored = _readable_upload(form.cleaned_data["file"], region, request.user)
            return redirect("governance:proposal-import-review", region.slug, stored.pk)
    back = reverse("governance:proposal-list", args=[region.slug])
    context = {
        "region": region,
        "title": "Word-bestand inlezen",
        "lead": "We lezen het stuk en laten zien wat erin staat: de kop, de route, de tekst, de "
        "beslispunten en het advies. U kijkt het na voordat er iets wordt opgeslagen.",
        "form": form,
        "button": "Lees het bestand",
        "crumbs": [Crumb("Voorstellen", back), Crumb("Inlezen")],
        "back": back,
    }
    return render(request, "governance/form_page.html", context)


def _readable_upload(file: Any, region: Region, user: Any) -> StoredFile:
    """The stored file. It is read first: only the reader can say what is wrong with a document."""
    check_size(file.size)
    read_proposal(file.read(), file.name, aliases_of(region))
    return store_upload(file, by=user, kinds=IMPORTED_KINDS)


def _read(stored: StoredFile, region: Region) -> tuple[ImportedProposal, str]:
    with stored.content.open("rb") as content:
        data = content.read()
    return read_proposal(data, stored.name, aliases_of(region)), original_text(data)


@in_region
def review(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """What was read beside the original; only for who uploaded it."""
    must(request.user, "proposal.create", region)
    stored = get_object_or_404(StoredFile, pk=pk, uploaded_by=request.user, kind__in=IMPORTED_KINDS)
    made = Proposal.objects.filter(source_file=stored, region=region).first()
    if made is not None:
        messages.info(request, "Dit bestand is al ingelezen. Dit is het voorstel.")
        return redirect("governance:proposal-write", region.slug, made.number)
    key = f"import:{stored.pk}"
    if request.method == "POST" and forget(request, key):
        return redirect("governance:proposal-import-review", region.slug, pk)
    try:
        imported, original = _read(stored, region)
    except (Refused, FileNotFoundError):
        # It was read when it was uploaded, so it is no longer the file it was.
        raise Http404 from None
    draft = draft_of(request.user, key)
    form = ReviewForm(
        request.POST or None,
        imported=imported,
        region=region,
        user=request.user,
        draft=draft if request.method == "GET" else None,
    )
    if request.method == "POST" and form.is_valid():
        response = _make(request, region, stored, form, key)
        if response is not None:
            return response
    context = {
        "region": region,
        "stored": stored,
        "imported": imported,
        "original": original,
        "form": form,
        "draft": draft,
        "draft_key": key,
        "crumbs": [
            Crumb("Voorstellen", reverse("governance:proposal-list", args=[region.slug])),
            Crumb("Inlezen", reverse("governance:proposal-import", args=[region.slug])),
            Crumb(stored.name),
        ],
    }
    return render(request, "governance/proposal_import_review.html", context)


def _make(
    request: HttpRequest, region: Region, stored: StoredFile, form: ReviewForm, key: str
) -> HttpResponse | None:
    with form.refusals():
        proposal = import_proposal(
            form.corrected(),
            region=region,
            source=stored,
            by=request.user,  # type: ignore[arg-type]
            corrections=form.corrections(),
        )
        committed(request, key)
        messages.success(
            request,
            f"Voorstel {proposal.number} is gemaakt. Het oorspronkelijke bestand blijft erbij.",
        )
        return redirect("governance:proposal-write", region.slug, proposal.number)
    return None
