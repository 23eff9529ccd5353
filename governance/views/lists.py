"""The decision list of a meeting: its page, making it, publishing it and adopting it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.components import Crumb
from core.documents import get_kind
from core.refusal import Refusal
from governance.domain import decision_lists as acts
from governance.enums import ListState, MeetingForm, MeetingState
from governance.forms.minutes import AdoptForm
from governance.list_document import LIST, document_for, shown_to
from governance.minutes_live import back_to_list_point
from governance.minutes_page import LIST_TONES, list_note
from governance.models import Body, DecisionList, Meeting, Region
from governance.rules import may, must, visible_to
from governance.views.base import in_region, refusals_shown
from governance.views.meetings import crumbs
from governance.views.minutes import meeting_here


def list_or_404(request: HttpRequest, region: Region, pk: int) -> DecisionList:
    rows = visible_to(request.user, DecisionList).select_related("meeting", "adopted_in")
    row = get_object_or_404(rows, meeting__body__region=region, meeting=pk)
    row.meeting.body = Body.objects.select_related("rules").get(pk=row.meeting.body_id)
    row.meeting.body.region = region
    return row


@require_GET
@in_region
def detail(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The list as this reader may see it; for who keeps it also before it is made."""
    found = visible_to(request.user, DecisionList).filter(meeting=pk, meeting__body__region=region)
    if not found.exists():
        return _not_made(request, meeting_here(request, region, pk))
    row = list_or_404(request, region, pk)
    content = shown_to(row, request.user)
    keeps = bool(may(request.user, "body.keep", row.meeting.body))
    again = acts.make_answer(row.meeting)
    context = {
        "region": region,
        "row": row,
        "meeting": row.meeting,
        "list": content,
        "crumbs": crumbs(row.meeting, Crumb("Besluitenlijst")),
        "tone": LIST_TONES[row.state],
        "note": list_note(row),
        "keeps": keeps,
        "can_make": keeps and row.state == ListState.CONCEPT and bool(again),
        "can_publish": keeps and row.state == ListState.CONCEPT,
        "can_adopt": keeps and row.state == ListState.PUBLISHED,
        "document": document_for(row, request.user),
        "kind": get_kind(LIST),
    }
    return render(request, "governance/list_detail.html", context)


def _not_made(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page before the list is there: what stands in the way, for who makes it."""
    if not may(request.user, "body.keep", meeting.body):
        raise Http404
    answer = acts.make_answer(meeting)
    context = {
        "region": meeting.body.region,
        "meeting": meeting,
        "crumbs": crumbs(meeting, Crumb("Besluitenlijst")),
        "why_not": answer.reason if isinstance(answer, Refusal) else "",
        "due": acts.due_on(meeting),
    }
    return render(request, "governance/list_start.html", context)


def _to_list(region: Region, pk: int) -> HttpResponse:
    return redirect("governance:list-detail", region.slug, pk)


@require_POST
@in_region
def make(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = meeting_here(request, region, pk)
    must(request.user, "body.keep", meeting.body)
    with refusals_shown(request):
        acts.make_list(meeting, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "De besluitenlijst is gemaakt. Lees haar na en publiceer haar.")
    return _to_list(region, pk)


@require_POST
@in_region
def publish(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    row = list_or_404(request, region, pk)
    must(request.user, "body.keep", row.meeting.body)
    with refusals_shown(request):
        done = acts.publish_list(row, by=request.user)  # type: ignore[arg-type]
        late = acts.days_late(done)
        how = f", {late} {'dag' if late == 1 else 'dagen'} na de termijn" if late else ""
        messages.success(
            request,
            f"De besluitenlijst is als concept gepubliceerd{how}. Zij komt op de volgende agenda.",
        )
    return _to_list(region, pk)


@in_region
def adopt(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    row = list_or_404(request, region, pk)
    if not may(request.user, "body.keep", row.meeting.body):
        raise PermissionDenied("Dit kan alleen de secretaris van dit gremium.")
    later = row.meeting.body.meetings.filter(
        starts_at__gt=row.meeting.starts_at,
        starts_at__lte=clock.now(),
        form=MeetingForm.MEETING,
    ).exclude(state=MeetingState.CANCELLED)
    form = AdoptForm(request.POST or None, row=row, meetings=later.order_by("-starts_at"))
    answer = acts.STATES.answer(row, "adopt")
    if isinstance(answer, Refusal) or not later.exists():
        why = answer.reason if isinstance(answer, Refusal) else ""
        messages.error(request, why or "Er is nog geen latere vergadering geweest.")
        return _to_list(region, pk)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values: dict[str, Any] = form.cleaned_data
            acts.adopt_list(
                row, values["meeting"], corrections=values["corrections"], by=request.user
            )
            messages.success(request, "De besluitenlijst is vastgesteld.")
            there = back_to_list_point(row)
            return redirect(there) if there else _to_list(region, pk)
    context = {
        "region": region,
        "title": "Besluitenlijst vaststellen",
        "lead": str(row).capitalize(),
        "form": form,
        "button": "Vaststellen",
        "crumbs": crumbs(row.meeting, Crumb("Besluitenlijst vaststellen")),
        "back": reverse("governance:list-detail", args=[region.slug, pk]),
    }
    return render(request, "governance/form_page.html", context)
