"""The book of a meeting: asking for it again, and the secret annex of one reader."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from core.refusal import Refused
from governance.annex import make_annex
from governance.documents_book import request_book
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region, meeting_or_404, refusals_shown


@require_POST
@in_region
def ask(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, region, pk)
    must(request.user, "body.keep", meeting.body)
    with refusals_shown(request):
        request_book(meeting, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "De vergaderbundel wordt gemaakt.")
    return redirect("governance:meeting-detail", region.slug, pk)


@require_GET
@in_region
def annex(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Made here and now and never kept: not by us, not by a cache, not by the browser."""
    meeting = meeting_or_404(request, region, pk)
    try:
        content = make_annex(meeting, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("governance:meeting-detail", region.slug, pk)
    if content is None:
        raise Http404
    name = f"geheime-bijlage-{meeting.body.slug}-{meeting.starts_at:%Y-%m-%d}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
