"""Making the agenda: the page of the secretary, its acts, and the published versions."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb
from core.drafts import committed, draft_of
from core.formats import long_date
from core.refusal import Answer, Refusal, Refused
from governance import agenda as reading
from governance.agenda_edit import Editor, as_typed, editor_of, offered
from governance.agenda_frozen import FrozenAgenda, FrozenItem, secret_proposals
from governance.domain import agenda, agenda_versions, meetings
from governance.domain.secrecy import log_reading
from governance.enums import ItemKind, MeetingState
from governance.forms.agenda import AnnounceForm, ItemForm, NewItemForm, RemoveForm, UntilForm
from governance.forms.base import DomainForm
from governance.models import AgendaItem, Body, Meeting, Proposal, Region, RouteStep
from governance.rules import must, visible_to
from governance.views.agenda_rows import Rows, handlings, shown_rows, typed_rows
from governance.views.base import in_region, is_key, meeting_or_404, refusals_shown
from governance.views.meetings import crumbs

MAKE = "Agenda opstellen"


def _kept(request: HttpRequest, region: Region, pk: int) -> Meeting:
    """A meeting whose agenda this person keeps: 404 out of sight, 403 without the right."""
    meeting = meeting_or_404(request, region, pk)
    meeting.body = Body.objects.get(pk=meeting.body_id)
    meeting.body.region = region
    must(request.user, "body.keep", meeting.body)
    return meeting


def _item(request: HttpRequest, meeting: Meeting, item: int) -> AgendaItem:
    """A point of this agenda; a paper outside whose circle one is, is not there."""
    rows = meeting.items.filter(off=False).select_related("step__proposal__region", "version")
    found: AgendaItem = get_object_or_404(rows, pk=item)
    found.meeting = meeting
    if found.step is not None:
        get_object_or_404(visible_to(request.user, Proposal), pk=found.step.proposal_id)
    return found


def _address(meeting: Meeting, name: str = "", *args: object) -> str:
    page = f"governance:meeting-agenda{name}"
    return reverse(page, args=[meeting.body.region.slug, meeting.pk, *args])


def _crumbs(meeting: Meeting, *more: Crumb) -> list[Crumb]:
    return crumbs(meeting, Crumb(MAKE, _address(meeting) if more else ""), *more)


def _log_secret(request: HttpRequest, meeting: Meeting, lines: list[FrozenItem]) -> None:
    secret = secret_proposals(line.proposal_id for line in lines if line.proposal_id)
    for proposal in Proposal.objects.filter(pk__in=secret):
        what = f"agenda van {meeting}: voorstel {proposal.number}"
        log_reading(proposal, request.user, what)  # type: ignore[arg-type]


# The page -----------------------------------------------------------------------------------------


@require_GET
@in_region
def edit(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    answer = agenda.agenda_answer(meeting)
    if isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect("governance:meeting-detail", region.slug, pk)
    if not meeting.laid_out:
        agenda.start_agenda(meeting, by=request.user)  # type: ignore[arg-type]
    return _page(request, meeting, editor_of(meeting, request.user))


def _page(request: HttpRequest, meeting: Meeting, editor: Editor) -> HttpResponse:
    _log_secret(request, meeting, [row.line for row in editor.rows])
    answer = _publish_answer(meeting, editor)
    context = {
        "region": meeting.body.region,
        "meeting": meeting,
        "crumbs": _crumbs(meeting),
        "editor": editor,
        "published": meeting.state == MeetingState.PUBLISHED,
        "why_not": answer.reason if isinstance(answer, Refusal) else "",
        "offered": offered(meeting, request.user),
        "until_form": UntilForm(initial={"until": meeting.until}),
    }
    return render(request, "governance/agenda_edit.html", context)


def _publish_answer(meeting: Meeting, editor: Editor) -> Answer:
    """Whether there is something to publish now; the act itself asks again."""
    if meeting.state == MeetingState.PUBLISHED and not editor.changes:
        return Refusal(f"Er is niets veranderd sinds versie {editor.next_number - 1}.")
    return agenda.agenda_answer(meeting) and meetings.has_items(meeting)


@require_POST
@in_region
def order(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Dragging sends `order`, all keys. The form sends time and treatment of every point with what
    it showed, and `move` as 'KEY:up' or 'KEY:down' when one of its buttons was pressed."""
    meeting = _kept(request, region, pk)
    if "order" in request.POST:
        keys = [int(key) for key in request.POST["order"].split(",") if is_key(key)]
        return _answered(partial(agenda.order_items, meeting, keys, by=request.user))
    typed = typed_rows(request.POST)
    save = partial(
        agenda.set_handling,
        meeting,
        handlings(typed),
        by=request.user,  # type: ignore[arg-type]
        shown=shown_rows(request.POST),
    )
    if request.headers.get("Accept") == "application/json":
        return _answered(save)
    try:
        save()
        _move(request, meeting)
    except Refused as refused:
        return _refused(request, meeting, typed, refused)
    if "move" not in request.POST:
        messages.success(request, "Tijden en behandeling zijn bewaard.")
    return redirect(f"{_address(meeting)}#agenda")


def _answered(act: Callable[[], None]) -> JsonResponse:
    """To the script in the page: nothing, or why not."""
    try:
        act()
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    return JsonResponse({})


def _move(request: HttpRequest, meeting: Meeting) -> None:
    key, _, way = request.POST.get("move", "").partition(":")
    keys = [row.item.pk for row in editor_of(meeting, request.user).rows]
    if not is_key(key) or int(key) not in keys:
        return
    place = keys.index(int(key)) + 1
    item = meeting.items.get(pk=int(key))
    to = place - 1 if way == "up" else place + 1
    agenda.move_item(item, to=to, by=request.user)  # type: ignore[arg-type]


def _refused(request: HttpRequest, meeting: Meeting, typed: Rows, refused: Refused) -> HttpResponse:
    errors = {}
    for refusal in refused.refusals:
        name, _, key = refusal.field.partition("-")
        if name and is_key(key):
            errors[int(key)] = refusal.reason
        else:
            messages.error(request, refusal.reason)
    return _page(request, meeting, as_typed(editor_of(meeting, request.user), typed, errors))


@require_POST
@in_region
def until(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    form = UntilForm(request.POST)
    with refusals_shown(request):
        if form.is_valid():
            agenda.set_end(meeting, until=form.cleaned_data["until"], by=request.user)  # type: ignore[arg-type]
        else:
            messages.error(request, " ".join(form.errors.get("until", [])))
    return redirect(_address(meeting))


# Points -------------------------------------------------------------------------------------------


@in_region
def new(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    key = f"agenda-new:{meeting.pk}"
    form = NewItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.base_fields}
        with form.refusals():
            item = agenda.add_item(meeting, by=request.user, **values)
            committed(request, key)
            messages.success(request, f"Toegevoegd: {item.title}.")
            return redirect(_address(meeting))
    return _form_page(request, meeting, form, "Punt toevoegen", "Toevoegen", draft_key=key)


@in_region
def item(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """The words of a point, or whether a secret paper is announced."""
    meeting = _kept(request, region, pk)
    found = _item(request, meeting, item)
    paper = found.kind == ItemKind.PAPER
    key = "" if paper else f"agenda-item:{found.pk}"
    form_class = AnnounceForm if paper else ItemForm
    names = list(form_class.base_fields)
    form = form_class(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values = {name: form.cleaned_data[name] for name in names}
            agenda.edit_item(found, by=request.user, **values)  # type: ignore[arg-type]
            committed(request, key)
            messages.success(request, "Het agendapunt is gewijzigd.")
            return redirect(_address(meeting))
    lead = found.version.subject if found.version else ""
    return _form_page(request, meeting, form, "Punt wijzigen", "Opslaan", draft_key=key, lead=lead)


@in_region
def remove(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    meeting = _kept(request, region, pk)
    found = _item(request, meeting, item)
    name = found.version.subject if found.version else found.title
    asked = agenda.removal_needs_reason(found)
    form = RemoveForm(request.POST if request.method == "POST" else None, asked=bool(asked))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            why = form.cleaned_data.get("why", "")
            agenda.remove_item(found, by=request.user, why=why)  # type: ignore[arg-type]
            messages.success(request, f"Van de agenda gehaald: {name}.")
            return redirect(_address(meeting))
    after = (
        "Het stuk kan daarna in een latere vergadering komen."
        if found.step and asked
        else "Het stuk kan daarna opnieuw op een agenda."
        if found.step
        else ""
    )
    return _form_page(
        request,
        meeting,
        form,
        "Van de agenda halen",
        "Haal van de agenda",
        lead=f"{name}. {asked} {after}".strip(),
    )


@require_POST
@in_region
def paper(request: HttpRequest, region: Region, pk: int, step: int) -> HttpResponse:
    """Take a paper that is offered on the agenda."""
    meeting = _kept(request, region, pk)
    rows = RouteStep.objects.filter(
        body=meeting.body, proposal__in=visible_to(request.user, Proposal)
    )
    found = get_object_or_404(rows, pk=step)
    with refusals_shown(request):
        done = agenda.add_paper(meeting, found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"Op de agenda gezet: {done.proposal}.")
    return redirect(_address(meeting))


def _form_page(
    request: HttpRequest,
    meeting: Meeting,
    form: DomainForm,
    title: str,
    button: str,
    *,
    lead: str = "",
    draft_key: str = "",
) -> HttpResponse:
    """One form with the way back; `draft_key` keeps what is typed in it."""
    draft = draft_of(request.user, draft_key) if draft_key else None
    if draft and request.method == "GET":
        form.initial |= draft.data
    context = {
        "region": meeting.body.region,
        "title": title,
        "lead": lead or f"{meeting.body}, {long_date(meeting.starts_at, weekday=True)}",
        "form": form,
        "button": button,
        "draft_key": draft_key,
        "draft": draft,
        "crumbs": _crumbs(meeting, Crumb(title)),
        "back": _address(meeting),
    }
    return render(request, "governance/form_page.html", context)


# Published ----------------------------------------------------------------------------------------


@in_region
def publish(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Asks once, and says what happens next and what changed."""
    meeting = _kept(request, region, pk)
    first = meeting.state == MeetingState.PLANNED
    if request.method == "POST":
        act = agenda_versions.publish_agenda if first else agenda_versions.publish_change
        with refusals_shown(request):
            version = act(meeting, by=request.user)  # type: ignore[arg-type]
            messages.success(
                request,
                f"Agenda versie {version.number} is gepubliceerd. De leden krijgen bericht.",
            )
            return redirect("governance:meeting-detail", region.slug, pk)
        return redirect(_address(meeting))
    editor = editor_of(meeting, request.user)
    answer = _publish_answer(meeting, editor)
    if isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect(_address(meeting))
    context: dict[str, Any] = {
        "region": region,
        "meeting": meeting,
        "crumbs": _crumbs(meeting, Crumb("Publiceren")),
        "editor": editor,
        "first": first,
        "back": _address(meeting),
    }
    return render(request, "governance/agenda_publish.html", context)


@require_GET
@in_region
def preview(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The agenda as the members will see it."""
    meeting = _kept(request, region, pk)
    editor = editor_of(meeting, request.user)
    lines = [row.line for row in editor.rows]
    return _version_page(
        request,
        meeting,
        lines,
        title=f"Voorbeeld van versie {editor.next_number}",
        lead="Zo zien de leden de agenda. Zij is nog niet gepubliceerd.",
        ends=editor.ends,
        crumbs=_crumbs(meeting, Crumb("Voorbeeld")),
        back=_address(meeting),
    )


@require_GET
@in_region
def version(request: HttpRequest, region: Region, pk: int, number: int) -> HttpResponse:
    meeting = meeting_or_404(request, region, pk)
    meeting.body = Body.objects.get(pk=meeting.body_id)
    meeting.body.region = region
    found = get_object_or_404(meeting.agenda_versions.all(), number=number)
    found.meeting = meeting
    frozen = FrozenAgenda.from_json(found.frozen)
    place = f" {frozen.place.removesuffix('.')}." if frozen.place else ""
    return _version_page(
        request,
        meeting,
        reading.lines_for(found, request.user),
        title=f"Agenda versie {number}",
        lead=f"{long_date(frozen.begins, weekday=True).capitalize()}.{place} "
        f"Gepubliceerd op {long_date(found.published_at)}.",
        ends=frozen.ends,
        changes=reading.changes_for(found, request.user),
        cancelled=frozen.cancelled,
        crumbs=crumbs(meeting, Crumb(f"Agenda versie {number}")),
        back=reverse("governance:meeting-detail", args=[region.slug, pk]),
    )


def _version_page(
    request: HttpRequest, meeting: Meeting, lines: list[FrozenItem], **context: Any
) -> HttpResponse:
    _log_secret(request, meeting, lines)
    shown = {"region": meeting.body.region, "meeting": meeting, "lines": lines, **context}
    return render(request, "governance/agenda_version.html", shown)
