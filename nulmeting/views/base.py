"""Finding a round and a submission, what is not yours is not there; and what somebody typed."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.drafts import draft_of
from core.models import Draft
from governance.models import Region
from governance.rules import may, visible_to
from nulmeting.models import Round, Submission


def round_or_404(request: HttpRequest, region: Region, year: int) -> Round:
    """A round that this person sees."""
    rows = visible_to(request.user, Round).select_related("instrument", "region", "compared_with")
    return get_object_or_404(rows, region=region, year=year)


def submission_or_404(
    request: HttpRequest, region: Region, year: int, pk: int, act: str = "nulmeting.follow"
) -> Submission:
    """A submission of which this person at least sees the state; others are not there."""
    asked = round_or_404(request, region, year)
    rows = asked.submissions.select_related("municipality", "submitted_by")
    found = get_object_or_404(rows, pk=pk)
    found.round = asked
    if not may(request.user, act, found):
        raise Http404
    return found


def opened_draft(request: HttpRequest, key: str) -> Draft | None:
    """What this person was typing, for a page that is opened; what is sent in speaks for itself."""
    return None if request.method == "POST" else draft_of(request.user, key)


def kept_context(request: HttpRequest, form: Any, key: str) -> dict[str, Any]:
    """What a form needs to keep what is typed (governance/kept_form.html)."""
    draft = draft_of(request.user, key)
    return {
        "form": form,
        "draft_key": key,
        "draft": draft,
        "draft_revision": form.revision,
    }
