"""One item of an agenda: read it, let know a position, annotate, ask and answer, keep a note."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.components import Crumb
from core.drafts import committed, draft_of
from core.formats import clock_time, long_date
from core.versioning import Conflict
from governance import item_page
from governance.domain import annotations, notes, positions, questions
from governance.domain.secrecy import log_reading
from governance.enums import PositionChoice
from governance.forms.base import DomainForm
from governance.forms.items import (
    AnnotationForm,
    AnswerForm,
    DeadlineForm,
    NoteForm,
    PositionForm,
    QuestionForm,
)
from governance.models import AgendaItem, Municipality, Position, Question, Region
from governance.preparing import item_url
from governance.rules import may, must, visible_to
from governance.rules_items import own_municipalities
from governance.views.base import in_region, meeting_or_404, readable, refusals_shown
from governance.views.meetings import crumbs as meeting_crumbs
from governance.views.proposals import version_parts


def item_or_404(request: HttpRequest, region: Region, pk: int, item: int) -> AgendaItem:
    """An item of a meeting of this region, with what every page of it asks for."""
    rows = visible_to(request.user, AgendaItem).select_related(
        "meeting__body__rules", "step__body", "step__proposal__region", "version"
    )
    found = get_object_or_404(rows, pk=item, meeting=pk, meeting__body__region=region)
    found.meeting.body.region = region
    if found.version and found.step:
        found.version.proposal = found.step.proposal
    return found


def to_item(item: AgendaItem, anchor: str = "") -> HttpResponse:
    return redirect(f"{item_url(item)}#{anchor}" if anchor else item_url(item))


def crumbs(item: AgendaItem, *more: Crumb) -> list[Crumb]:
    title = item_page.title_of(item)
    here = Crumb(title, item_url(item)) if more else Crumb(title)
    before, meeting = meeting_crumbs(item.meeting, here)[:2], meeting_crumbs(item.meeting, here)[2]
    return [*before, meeting, here, *more]


# The page -----------------------------------------------------------------------------------------


@require_GET
@in_region
def detail(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    asked = request.GET.get("standpunt", "")
    needs = [value for value in positions.NEEDS_TEXT if value == asked]
    response = page(request, shown, box={"asked": needs[0]} if needs else {})
    questions.mark_seen(shown, by=request.user)  # type: ignore[arg-type]
    return response


def page(
    request: HttpRequest,
    item: AgendaItem,
    *,
    box: dict[str, str] | None = None,
    **forms: DomainForm,
) -> HttpResponse:
    """The page of an item; `forms` and `box` carry what was typed and refused."""
    user = request.user
    if item.step:
        log_reading(item.step.proposal, user, f"agendapunt {item.pk}")  # type: ignore[arg-type]
    paper, stands = item_page.paper_of(item, user), item_page.stands_of(item, user)
    own = item_page.own_box(item, user, **(box or {}))
    note = item_page.note_for(item, user) if may(user, "note.keep", item) else None
    context = {
        "region": item.meeting.body.region,
        "item": item,
        "meeting": item.meeting,
        "crumbs": crumbs(item),
        "title": item_page.title_of(item),
        "place": item_page.place_of(item, user),
        "box": own,
        "status": item_page.status_of(item, own),
        "stands": stands,
        "figures": item_page.key_figures(item, paper["advice"], stands.tally),
        "questions": item_page.questions_of(item, user),
        **_question_form(request, item),
        "note": note,
        "note_form": NoteForm(initial={"text": note.text if note else ""})
        if may(user, "note.keep", item)
        else None,
        **item_page.annotations_of(item, user),
        **paper,
        **(version_parts(request, item.version) if item.version else {}),
        **forms,
    }
    return render(request, "governance/item_detail.html", context)


def _question_form(request: HttpRequest, item: AgendaItem) -> dict[str, Any]:
    """The form for a question with what was being typed there, for who may ask one now."""
    asks = positions.preparing_answer(item.meeting) and may(request.user, "question.ask", item)
    draft = draft_of(request.user, f"question:{item.pk}") if asks else None
    start = {"text": draft.data.get("vraag-text", "")} if draft else None
    return {"question_form": QuestionForm(initial=start) if asks else None, "question_draft": draft}


# Positions ----------------------------------------------------------------------------------------


@require_POST
@in_region
def give_position(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """One tap. A script gets the box back; without one, the page it was tapped on."""
    shown = item_or_404(request, region, pk, item)
    must(request.user, "position.give", shown)
    form = PositionForm(request.POST)
    done = form.is_valid() and _give(request, shown, form)
    typed = {} if done else form.typed()
    if done:
        committed(request, f"position:{item}")
    if request.headers.get("HX-Request"):
        return _position_part(request, item_or_404(request, region, pk, item), typed)
    on_meeting = request.POST.get("on") == "meeting"
    if not done and not on_meeting:
        return page(request, shown, box=typed)
    if done:
        label = PositionChoice(form.cleaned_data["choice"]).label
        messages.success(request, f"Uw standpunt is doorgegeven: {label}.")
    else:
        messages.error(request, form.reasons())
    if not on_meeting:
        return to_item(shown, "standpunt")
    meeting = reverse("governance:meeting-detail", args=[region.slug, pk])
    return redirect(f"{meeting}#punt-{item}")


def _give(request: HttpRequest, item: AgendaItem, form: PositionForm) -> bool:
    data = form.cleaned_data
    try:
        with form.refusals():
            positions.give_position(
                item,
                choice=data["choice"],
                text=data["text"],
                base_revision=data["revision"],
                by=request.user,  # type: ignore[arg-type]
            )
    except Conflict as conflict:
        form.add_error(None, _changed(conflict))
    return form.is_valid()


def _changed(conflict: Conflict) -> str:
    theirs = next((clash.theirs for clash in conflict.clashes if clash.field == "choice"), "")
    now = f" Het is nu ‘{PositionChoice(theirs).label}’." if theirs else ""
    return f"Uw standpunt is intussen gewijzigd.{now} Kies opnieuw als u het anders wilt."


def _position_part(request: HttpRequest, item: AgendaItem, typed: dict[str, str]) -> HttpResponse:
    context = {
        "region": item.meeting.body.region,
        "box": item_page.own_box(item, request.user, **typed),
        "compact": request.POST.get("on") == "meeting",
        "tapped": True,
    }
    return render(request, "governance/_item_position.html", context)


@require_POST
@in_region
def treatment(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    must(request.user, "item.treatment", shown)
    with refusals_shown(request):
        done = positions.decide_treatment(
            shown,
            treatment=request.POST.get("treatment", ""),
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, f"Dit is nu een {done.get_treatment_display()}.")
    return to_item(shown, "standpunten")


@require_POST
@in_region
def take_over_condition(
    request: HttpRequest, region: Region, pk: int, item: int, position: int
) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    given = readable(request, Position, item=shown, pk=position)
    must(request.user, "item.keep", shown)
    with refusals_shown(request):
        positions.take_over_condition(given, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, "Dit is nu een adviespunt. Het programmateam antwoordt voor het besluit."
        )
    return to_item(shown, "standpunten")


@in_region
def deadline(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, region, pk)
    must(request.user, "body.keep", meeting.body)
    meeting.body.region = region
    until = timezone.localtime(meeting.positions_until)
    form = DeadlineForm(request.POST or None, initial={"day": until.date(), "time": until.time()})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            positions.set_deadline(meeting, until=form.moment(), by=request.user)  # type: ignore[arg-type]
            messages.success(request, "De termijn voor standpunten is gewijzigd.")
            return redirect("governance:meeting-detail", region.slug, pk)
    context = {
        "region": region,
        "title": "Standpunten tot",
        "lead": "Daarna wijzigt niemand een standpunt meer, en zien de leden die van elkaar. "
        f"De vergadering begint op {long_date(meeting.starts_at, weekday=True)}, "
        f"{clock_time(meeting.starts_at)}.",
        "form": form,
        "button": "Opslaan",
        "crumbs": meeting_crumbs(meeting, Crumb("Standpunten tot")),
        "back": reverse("governance:meeting-detail", args=[region.slug, pk]),
    }
    return render(request, "governance/form_page.html", context)


# Annotation ---------------------------------------------------------------------------------------


@in_region
def annotate(
    request: HttpRequest, region: Region, pk: int, item: int, municipality: int
) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    home = get_object_or_404(own_municipalities(request.user, shown), pk=municipality)
    annotation = annotations.annotation_of(shown, home)
    must(request.user, "annotation.write", annotation)
    key = f"annotation:{shown.pk}-{home.pk}"
    if "forget" in request.POST:
        committed(request, key)
        return to_item(shown, "annotatie")
    if request.method != "POST":
        draft = draft_of(request.user, key)
        form = AnnotationForm(annotation=annotation, draft=draft)
    else:
        form = AnnotationForm(request.POST, annotation=annotation)
        if form.is_valid() and _annotate(request, shown, home, form, key):
            return to_item(shown, "annotatie")
    context = {
        "region": region,
        "item": shown,
        "title": f"Annotatie van {home}",
        "lead": item_page.title_of(shown),
        "form": form,
        "draft_key": key,
        "crumbs": crumbs(shown, Crumb("Annotatie")),
        "back": item_url(shown),
    }
    return render(request, "governance/item_annotate.html", context)


def _annotate(
    request: HttpRequest, item: AgendaItem, home: Municipality, form: AnnotationForm, key: str
) -> bool:
    user: Any = request.user

    def newest() -> dict[str, str]:
        now = annotations.annotation_of(item, home)
        return {name: getattr(now, name) for name in form.based}

    with form.saving(user, key, newest):
        annotations.annotate(
            item,
            home,
            values=form.values(),
            base=form.base(),
            base_revision=form.revision,
            by=user,
        )
        committed(request, key)
        messages.success(request, f"De annotatie voor {home} is opgeslagen.")
        return True
    return False


# Questions and notes ------------------------------------------------------------------------------


@require_POST
@in_region
def ask(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    must(request.user, "question.ask", shown)
    form = QuestionForm(request.POST)
    if form.is_valid():
        with form.refusals():
            questions.ask_question(shown, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
            committed(request, f"question:{item}")
            messages.success(
                request, "Uw vraag is gesteld. U krijgt een mail als het antwoord er is."
            )
            return to_item(shown, "vragen")
    return page(request, shown, question_form=form)


@in_region
def answer(request: HttpRequest, region: Region, pk: int, item: int, question: int) -> HttpResponse:
    shown = item_or_404(request, region, pk, item)
    asked = readable(request, Question, item=shown, pk=question)
    must(request.user, "question.answer", asked)
    key = f"reply:{asked.pk}"
    draft = draft_of(request.user, key)
    form = AnswerForm(request.POST or None, question=asked, draft=draft)
    if request.method == "POST" and form.is_valid() and _answer(request, asked, form):
        committed(request, key)
        return to_item(shown, "vragen")
    context = {
        "region": region,
        "title": "Antwoord op een vraag",
        "lead": f"{asked.asker} vraagt: {asked.text}",
        "form": form,
        "button": "Antwoord geven",
        "draft_key": key,
        "draft": draft,
        "draft_revision": asked.revision,
        "crumbs": crumbs(shown, Crumb("Antwoord")),
        "back": item_url(shown),
    }
    return render(request, "governance/form_page.html", context)


def _answer(request: HttpRequest, asked: Question, form: AnswerForm) -> bool:
    try:
        with form.refusals():
            questions.answer_question(
                asked,
                answer=form.cleaned_data["answer"],
                base_revision=form.cleaned_data["revision"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "Het antwoord staat bij de vraag. De vrager krijgt een mail.")
    except Conflict as conflict:
        theirs = conflict.clashes[0].theirs
        form.add_error(
            "answer",
            f"Iemand anders antwoordde intussen: ‘{theirs}’. Er is niets opgeslagen. Verstuur "
            "opnieuw als uw tekst in de plaats daarvan komt.",
        )
        form.data = form.data.copy()  # type: ignore[misc]
        form.data["revision"] = str(conflict.revision)  # type: ignore[index]
    return form.is_valid()


@require_POST
@in_region
def keep_note(request: HttpRequest, region: Region, pk: int, item: int) -> HttpResponse:
    """Keep a note: with the button, or while somebody types; then the answer is one sentence."""
    shown = item_or_404(request, region, pk, item)
    must(request.user, "note.keep", shown)
    form = NoteForm(request.POST)
    kept = False
    if form.is_valid():
        with form.refusals():
            notes.keep_note(shown, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
            kept = True
    if request.headers.get("HX-Request"):
        wrong = [error for errors in form.errors.values() for error in errors]
        said = {"kept": kept, "wrong": wrong, "at": clock.now()}
        return render(request, "governance/_item_note_kept.html", said)
    if not kept:
        return page(request, shown, note_form=form)
    messages.success(request, "Uw notitie is bewaard.")
    return to_item(shown, "notitie")
