"""Where a stored document stands, and its file: by right, on every request."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.documents import get_kind, may_read
from core.models import Document


def _readable(request: HttpRequest, pk: int) -> Document:
    """The document, or a 404 that does not tell whether it exists."""
    document = get_object_or_404(Document, pk=pk)
    if not may_read(request.user, document):
        raise Http404
    return document


@require_safe
@login_required
def document_status(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a page that tells where the document stands; asks again while it is busy."""
    document = _readable(request, pk)
    part = bool(request.headers.get("HX-Request"))
    name = "components/_document_status.html" if part else "core/document_status.html"
    context = {"document": document, "kind": get_kind(document.kind)}
    response = render(request, name, context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def document_download(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself, as an attachment and never kept by a cache in between."""
    document = _readable(request, pk)
    if document.status != Document.Status.READY:
        return redirect("core:document-status", pk=pk)
    try:
        file = document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    get_kind(document.kind).on_read(request.user, document)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=get_kind(document.kind).filename(document),
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
