"""In the meeting: one item at a time, saved while it is typed, with advice and action points."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from core import clock, drafts
from core.components import Crumb
from core.drafts import committed
from core.formats import clock_time, local_day, long_date
from core.refusal import Refusal
from governance.domain import action_points, advice, minutes
from governance.domain.secrecy import log_reading
from governance.enums import ItemResult
from governance.forms.base import DomainForm
from governance.forms.minutes import ActionForm, PointForm, RecordForm, ResultForm
from governance.minutes_live import address_of, numbered, where_is, who_is_there
from governance.minutes_page import RESULT_TONES, ItemPage, item_page, items_for, places
from governance.models import AgendaItem, Body, ItemRecord, Meeting, Region
from governance.rules import may, must
from governance.views.base import in_region, meeting_or_404, refusals_shown
from governance.views.meetings import crumbs


def meeting_here(request: HttpRequest, region: Region, pk: int) -> Meeting:
    """A meeting this person may read, with its body and region at hand."""
    meeting = meeting_or_404(request, region, pk)
    meeting.body = Body.objects.select_related("rules").get(pk=meeting.body_id)
    meeting.body.region = region
    return meeting


def to_minute(request: HttpRequest, region: Region, pk: int) -> Meeting:
    meeting = meeting_here(request, region, pk)
    must(request.user, "body.minute", meeting.body)
    return meeting


def item_here(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """An item of this meeting; a paper outside whose circle this person is, is not there."""
    found = next((row for row in items_for(meeting, request.user) if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


@in_region
def start(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """To the first item that waits for its outcome, or the first of all."""
    meeting = to_minute(request, region, pk)
    items = items_for(meeting, request.user)
    if not items:
        messages.info(request, "Deze vergadering heeft nog geen agendapunten.")
        return redirect("governance:meeting-detail", region.slug, pk)
    waiting = next((item for item in items if item.result == "open"), items[0])
    return redirect(address_of(meeting, waiting))


@in_region
def item(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """One item: what was said and concluded. The script sends the same form and asks for JSON."""
    meeting = to_minute(request, region, pk)
    here = item_here(request, meeting, item)
    key = f"record:{here.pk}"
    record = ItemRecord.objects.filter(item=here).first()
    if request.method != "POST":
        form = RecordForm(record=record, draft=drafts.draft_of(request.user, key))
        return _page(request, meeting, here, form)
    if "forget" in request.POST:
        committed(request, key)
        messages.success(request, "De tekst die nog niet was opgeslagen, is weg.")
        return redirect(address_of(meeting, here))
    form = RecordForm(request.POST, record=record)
    done = _save(request, here, form, key)
    if _by_script(request):
        return _as_json(here, form, done)
    if form.errors or form.clashes():
        return _page(request, meeting, here, form)
    committed(request, key)
    messages.success(request, "Het verslag is opgeslagen.")
    return redirect(address_of(meeting, here))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _save(request: HttpRequest, here: AgendaItem, form: RecordForm, key: str) -> dict[str, str]:
    """Save each field by itself, so that a clash in one holds up no other; what was saved.

    The script keeps drafts itself: what it sends can be late, and must not become the newest draft.
    """
    user: Any = request.user
    by_hand = not _by_script(request)
    done: dict[str, str] = {}

    def newest() -> dict[str, str]:
        row = ItemRecord.objects.filter(item=here).first()
        return {name: getattr(row, name, "") for name in form.based}

    form.is_valid()
    form.start_from(minutes.arrived(here, form.sent(), since=form.revision))
    values, base = form.values(), form.base()
    typed = {name: str(form.data.get(name, "")) for name in form.based}
    for name, text in values.items():
        with form.saving(user, key, newest, keep=by_hand), transaction.atomic():
            record = minutes.write_record(here, {name: text}, base=base, by=user)
            if getattr(record, name) == text:
                form.settle(name, text)
                done[name] = text
    if not form.clashes() and not form.errors:
        drafts.settle(user, key, typed, done)
    return done


def _as_json(here: AgendaItem, form: RecordForm, done: dict[str, str]) -> JsonResponse:
    """What record.js takes over: see the head of that file."""
    record = ItemRecord.objects.filter(item=here).first()
    clashes = render_to_string("governance/_record_clashes.html", {"form": form})
    return JsonResponse(
        {
            "revision": record.revision if record else 0,
            "base": {name: form.data.get(f"base-{name}", "") for name in form.based},
            "saved": done,
            "now": {name: getattr(record, name, "") for name in form.based},
            "clashes": clashes if form.clashes() else "",
            "errors": [str(why) for reasons in form.errors.values() for why in reasons],
            "saved_at": clock_time(clock.now()),
        }
    )


def _page(
    request: HttpRequest,
    meeting: Meeting,
    here: AgendaItem,
    form: RecordForm,
    *,
    point_form: DomainForm | None = None,
    action_form: DomainForm | None = None,
) -> HttpResponse:
    if here.step is not None:
        what = f"verslag van {meeting}: voorstel {here.step.proposal.number}"
        log_reading(here.step.proposal, request.user, what)  # type: ignore[arg-type]
    items = items_for(meeting, request.user)
    numbers = numbered(meeting, items)
    there = who_is_there(meeting, here.step)
    page = item_page(meeting, items, here, request.user, numbers, there)
    answer = minutes.record_answer(meeting)
    key = f"record:{here.pk}"
    context = {
        "region": meeting.body.region,
        "meeting": meeting,
        "page": page,
        "places": places(meeting, items, here, numbers),
        "there": there,
        "form": form,
        "point_form": point_form or PointForm(),
        "action_form": action_form or ActionForm(body=meeting.body),
        "draft_key": key,
        "draft": drafts.draft_of(request.user, key),
        "closed": answer.reason if isinstance(answer, Refusal) else "",
        "keeps": bool(may(request.user, "body.keep", meeting.body)),
        "crumbs": crumbs(meeting, Crumb("In de vergadering")),
        "pre": _pre(meeting, page),
        "heading": f"{page.where.number}. {page.title}",
        "tone": RESULT_TONES[here.result],
    }
    return render(request, "governance/minutes_item.html", context)


def _pre(meeting: Meeting, page: ItemPage) -> str:
    """'AB platform jeugd, 2 juli 2027 · 9.40 uur · 15 minuten'."""
    parts = [f"{meeting.body}, {long_date(meeting.starts_at)}"]
    if page.where.time:
        parts.append(f"{page.where.time} uur")
    if page.item.minutes:
        parts.append(f"{page.item.minutes} {'minuut' if page.item.minutes == 1 else 'minuten'}")
    return " · ".join(parts)


def _record_form(here: AgendaItem, user: Any) -> RecordForm:
    record = ItemRecord.objects.filter(item=here).first()
    return RecordForm(record=record, draft=drafts.draft_of(user, f"record:{here.pk}"))


@require_POST
@in_region
def add_advice(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """One point of advice of this body, on the day of the meeting."""
    meeting = to_minute(request, region, pk)
    here = item_here(request, meeting, item)
    if here.step is None:
        raise Http404
    must(request.user, "body.keep", meeting.body)
    form = PointForm(request.POST)
    if form.is_valid():
        with form.refusals():
            advice.record_advice(
                here.step.proposal,
                body=meeting.body,
                given_on=local_day(meeting.starts_at),
                points=[form.cleaned_data["text"]],
                by=request.user,  # type: ignore[arg-type]
                step=here.step,
            )
            messages.success(request, "Het adviespunt is toegevoegd.")
            return redirect(f"{address_of(meeting, here)}#advies")
    return _page(request, meeting, here, _record_form(here, request.user), point_form=form)


@require_POST
@in_region
def add_action(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """One action point, as it falls."""
    meeting = to_minute(request, region, pk)
    here = item_here(request, meeting, item)
    form = ActionForm(request.POST, body=meeting.body)
    if form.is_valid():
        with form.refusals():
            values = {name: form.cleaned_data[name] for name in form.based}
            action_points.add_action(meeting.body, item=here, by=request.user, **values)  # type: ignore[arg-type]
            messages.success(request, "Het actiepunt is toegevoegd.")
            return redirect(f"{address_of(meeting, here)}#actiepunten")
    return _page(request, meeting, here, _record_form(here, request.user), action_form=form)


@require_POST
@in_region
def settle(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """What came of a point of the agenda without a paper; then on to the next that waits."""
    meeting = to_minute(request, region, pk)
    here = item_here(request, meeting, item)
    form = ResultForm(request.POST)
    with refusals_shown(request):
        result = form.cleaned_data["result"] if form.is_valid() else ""
        done = minutes.settle_item(here, result, by=request.user)  # type: ignore[arg-type]
        items = items_for(meeting, request.user)
        where = where_is(meeting, items, here, numbered(meeting, items))
        messages.success(
            request, f"Agendapunt {where.number}: {done.get_result_display().lower()}."
        )
        if done.result != ItemResult.OPEN and where.open is not None:
            return redirect(where.open.url)
    return redirect(address_of(meeting, here))


@require_POST
@in_region
def conclude(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = meeting_here(request, region, pk)
    must(request.user, "body.keep", meeting.body)
    with refusals_shown(request):
        minutes.conclude_meeting(meeting, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "De vergadering is afgerond.")
    return redirect("governance:meeting-detail", region.slug, pk)
