"""Meetings: coming and past, what is on the agenda, when they are, and who was there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.generic import ListView

from core import clock
from core.components import Crumb, Link, Task
from core.formats import clock_time, long_date, short_date
from core.models import StatusChange
from core.refusal import Refusal
from governance.agenda import (
    MEETING_TONES,
    AgendaRow,
    agenda_counts,
    agenda_of,
    coming_to,
    ends_of,
    member_label,
    now_for_meeting,
    versions_of,
)
from governance.annex import has_annex
from governance.documents_book import book_of
from governance.domain import meetings, minutes
from governance.domain.agenda import agenda_answer
from governance.domain.attendance import attendance_answer, count_quorum, record_attendance
from governance.domain.secrecy import log_reading
from governance.enums import MeetingState, Quorum
from governance.forms.base import DomainForm
from governance.forms.meetings import AttendanceForm, BodyFilterForm, MeetingForm, MomentForm
from governance.forms.proposals import ReasonForm
from governance.minutes_live import now_of_meeting
from governance.minutes_page import after_of
from governance.models import Body, Meeting, Region
from governance.preparing import now_for_member, positions_line
from governance.queries import trail_of
from governance.rules import KEEPS, may, must, visible_to
from governance.standing import standing_of
from governance.views.base import RegionPage, in_region, meeting_or_404

PER_PAGE = 20
TOLD_AT_ONCE = (
    "De agenda is gepubliceerd. De leden krijgen meteen een nieuwe versie, met alles wat u "
    "intussen aan de agenda veranderde."
)


def bodies_to_plan(request: HttpRequest, region: Region) -> QuerySet[Body]:
    """The bodies for which this person plans meetings: see rules.plans_for_body."""
    standing = standing_of(request.user)
    bodies = Body.objects.current().filter(region=region).order_by("order", "name")
    if region.pk not in standing.author_regions:
        bodies = bodies.filter(pk__in=standing.secretary_of)
    return bodies


def tabs(slug: str, current: str, body: Body | None = None) -> list[Link]:
    """The ways to look at what is planned; the chosen body goes along where it can."""
    query = f"?body={body.slug}" if body else ""
    pages = [
        ("meeting-list", "Lijst", query),
        ("meeting-month", "Maand", query),
        ("planning", "Planning van voorstellen", ""),
    ]
    return [
        Link(label, reverse(f"governance:{name}", args=[slug]) + extra, current=name == current)
        for name, label, extra in pages
    ]


class MeetingList(RegionPage, ListView):  # type: ignore[type-arg]
    """Coming meetings first, the next one on top; the past ones below, by page."""

    template_name = "governance/meeting_list.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> QuerySet[Meeting]:
        rows = visible_to(self.request.user, Meeting).filter(body__region=self.region)
        bodies = Body.objects.filter(pk__in=rows.values("body")).order_by("order", "name")
        self.form = BodyFilterForm(self.request.GET or None, bodies=bodies)
        if self.form.chosen:
            rows = rows.filter(body=self.form.chosen)
        rows = rows.select_related("body")
        self.coming = list(rows.filter(starts_at__gte=clock.now()).order_by("starts_at", "pk"))
        return rows.filter(starts_at__lt=clock.now()).order_by("-starts_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        past = list(context["object_list"])
        counts = agenda_counts([*self.coming, *past], self.request.user)
        slug = self.region.slug
        context["coming"] = [_line(slug, row, counts.get(row.pk, 0)) for row in self.coming]
        context["past"] = [_line(slug, row, counts.get(row.pk, 0)) for row in past]
        context["form"] = self.form
        context["tabs"] = tabs(slug, "meeting-list", self.form.chosen)
        context["can_plan"] = bodies_to_plan(self.request, self.region).exists()
        return context


def _line(slug: str, meeting: Meeting, count: int) -> Task:
    papers = f"{count} stuk{'' if count == 1 else 'ken'}" if count else "nog geen stukken"
    if meeting.state == MeetingState.CANCELLED:
        papers = "vervallen"
    elif not count and meeting.starts_at < clock.now():
        papers = "geen stukken"
    return Task(
        due=short_date(meeting.starts_at),
        due_note=f"{timezone.localtime(meeting.starts_at).year}, {clock_time(meeting.starts_at)}",
        title=meeting.body.name,
        url=reverse("governance:meeting-detail", args=[slug, meeting.pk]),
        note=" · ".join(
            part
            for part in (papers.capitalize(), meetings.delivery_note(meeting), meeting.place)
            if part
        ),
        now=meeting.state in meetings.COMING
        and timezone.localdate(meeting.starts_at) == clock.today(),
    )


def crumbs(meeting: Meeting, *more: Crumb) -> list[Crumb]:
    slug = meeting.body.region.slug
    here = reverse("governance:meeting-detail", args=[slug, meeting.pk])
    overview = reverse("governance:meeting-list", args=[slug])
    return [
        Crumb("Vergaderingen", overview),
        Crumb(meeting.body.name, f"{overview}?body={meeting.body.slug}"),
        Crumb(long_date(meeting.starts_at), here if more else ""),
        *more,
    ]


def _shown(meeting: Meeting) -> str:
    """'Vrijdag 2 juli 2021, 9.30 uur', as heading."""
    text = f"{long_date(meeting.starts_at, weekday=True)}, {clock_time(meeting.starts_at)}"
    return text[0].upper() + text[1:]


@require_GET
@in_region
def meeting_detail(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _meeting(request, region, pk)
    items = agenda_of(meeting, request.user)
    prepared = [item.prepared for item in items if item.prepared]
    _log_secret_items(request, meeting, items)
    keeps = bool(may(request.user, "body.keep", meeting.body))
    plans = bool(may(request.user, "meeting.plan", meeting.body))
    planned = meeting.state in meetings.COMING
    versions = versions_of(meeting, request.user)
    published = meeting.state == MeetingState.PUBLISHED
    context = {
        "region": region,
        "meeting": meeting,
        "crumbs": crumbs(meeting),
        "heading": _shown(meeting),
        "lead": _lead(meeting, items, delivers=keeps or plans),
        "badge": _badge(meeting),
        "tone": MEETING_TONES[meeting.state],
        "now": now_of_meeting(meeting, request.user)
        or now_for_meeting(request.user, meeting, items)
        or now_for_member(meeting, prepared),
        "positions": positions_line(meeting, prepared),
        "items": items,
        "coming": []
        if meeting.state == MeetingState.CANCELLED
        else coming_to(meeting, request.user),
        "book": book_of(meeting, request.user, annex=has_annex(meeting, request.user)),
        "keeps": keeps,
        "provisional": meeting.state == MeetingState.PLANNED and meeting.starts_at > clock.now(),
        "versions": versions,
        "newest": versions[0] if versions else None,
        "ends": ends_of(items),
        "can_make": keeps and bool(agenda_answer(meeting)),
        "can_change": planned and (keeps if published else plans),
        "why_not_cancel": _why_not_cancel(meeting) if plans and planned else "",
        "can_correct": keeps
        and meeting.state == MeetingState.HELD
        and bool(attendance_answer(meeting)),
        "trail": trail_of(StatusChange.of(meeting)[:50]),
        "after": after_of(meeting, request.user),
        **_attendance(meeting),
    }
    return render(request, "governance/meeting_detail.html", context)


def _meeting(request: HttpRequest, region: Region, pk: int) -> Meeting:
    meeting = meeting_or_404(request, region, pk)
    meeting.body = Body.objects.select_related("rules").get(pk=meeting.body_id)
    meeting.body.region = region
    return meeting


def _badge(meeting: Meeting) -> str:
    """A planned meeting that has begun has been, also while nobody wrote down who were there."""
    past = meeting.state in meetings.COMING and meeting.starts_at <= clock.now()
    return "Geweest" if past else meeting.get_state_display().capitalize()


def _lead(meeting: Meeting, items: list[AgendaRow], *, delivers: bool) -> str:
    count = sum(1 for item in items if item.number)
    points = f"{count} punt{'' if count == 1 else 'en'} op de agenda." if count else ""
    place = f"{meeting.place.removesuffix('.')}." if meeting.place else ""
    delivery = meetings.delivery_note(meeting).capitalize() if delivers else ""
    return " ".join(part for part in (place, points, delivery and f"{delivery}.") if part)


def _log_secret_items(request: HttpRequest, meeting: Meeting, items: list[AgendaRow]) -> None:
    for item in items:
        if item.secret and item.proposal is not None:
            what = f"agenda van {meeting}: voorstel {item.proposal.number}"
            log_reading(item.proposal, request.user, what)  # type: ignore[arg-type]


def _why_not_cancel(meeting: Meeting) -> str:
    answer = meetings.STATES.answer(meeting, "cancel")
    return answer.reason if isinstance(answer, Refusal) else ""


def _attendance(meeting: Meeting) -> dict[str, Any]:
    """Who was there and whether that was enough; before the meeting only what is needed."""
    rows = meeting.attendances.select_related(
        "membership__user", "membership__seat__municipality", "membership__deputy_of__user"
    ).order_by("membership__seat__municipality__sort_name", "membership_id")
    return {
        "quorum": count_quorum(meeting),
        "present": [member_label(row.membership) for row in rows if row.present],
        "absent": [member_label(row.membership) for row in rows if not row.present],
    }


def meeting_form_page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    title: str,
    form: DomainForm,
    note: str = "",
    **extra: Any,
) -> HttpResponse:
    region = meeting.body.region
    context = {
        "region": region,
        "title": title,
        "lead": f"{meeting.body}, {long_date(meeting.starts_at, weekday=True)}, "
        f"{clock_time(meeting.starts_at)}. {note}".removesuffix(". "),
        "form": form,
        "crumbs": crumbs(meeting, Crumb(title)),
        "back": reverse("governance:meeting-detail", args=[region.slug, meeting.pk]),
        **extra,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def new(request: HttpRequest, region: Region) -> HttpResponse:
    bodies = bodies_to_plan(request, region)
    if not bodies.exists():
        raise PermissionDenied(KEEPS)
    chosen = bodies.filter(slug=request.GET.get("body", "").replace("\x00", "")).first()
    initial = {"body": chosen or (bodies.first() if len(bodies) == 1 else None)}
    form = MeetingForm(request.POST or None, region=region, bodies=bodies, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            meeting = meetings.plan_meeting(
                form.cleaned_data["body"],
                starts_at=form.moment(),
                place=form.cleaned_data["place"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, f"De vergadering van {meeting.body} is gepland.")
            return redirect("governance:meeting-detail", region.slug, meeting.pk)
    overview = reverse("governance:meeting-list", args=[region.slug])
    context = {
        "region": region,
        "title": "Vergadering plannen",
        "form": form,
        "button": "Vergadering plannen",
        "crumbs": [Crumb("Vergaderingen", overview), Crumb("Vergadering plannen")],
        "back": overview,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def move(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _meeting(request, region, pk)
    must(request.user, meetings.right_to_change(meeting), meeting.body)
    published = meeting.state == MeetingState.PUBLISHED
    starts = timezone.localtime(meeting.starts_at)
    initial = {"starts_at": starts.date(), "starts_time": starts.time(), "place": meeting.place}
    form = MomentForm(request.POST or None, region=region, initial=initial, reason=published)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            meetings.move_meeting(
                meeting,
                starts_at=form.moment(),
                place=form.cleaned_data["place"],
                why=form.cleaned_data.get("why", ""),
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De vergadering is verzet.")
            return redirect("governance:meeting-detail", region.slug, pk)
    lead = TOLD_AT_ONCE if published else ""
    return meeting_form_page(
        request, meeting, title="Vergadering verzetten", form=form, button="Verzetten", note=lead
    )


@in_region
def cancel(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _meeting(request, region, pk)
    must(request.user, meetings.right_to_change(meeting), meeting.body)
    form = ReasonForm(request.POST or None)
    form.fields["why"].help_text = (
        "Deze reden staat bij de vergadering. Stukken die hier gepland zijn, krijgen een nieuwe "
        "datum nodig."
    )
    if meeting.state == MeetingState.PUBLISHED:
        form.fields["why"].help_text = (
            "De agenda is gepubliceerd. De leden krijgen bericht met deze reden, en de stukken "
            "gaan van de agenda."
        )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            meetings.cancel_meeting(
                meeting,
                by=request.user,
                why=form.cleaned_data["why"],  # type: ignore[arg-type]
            )
            messages.success(request, "De vergadering is vervallen.")
            return redirect("governance:meeting-detail", region.slug, pk)
    return meeting_form_page(
        request, meeting, title="Vergadering laten vervallen", form=form, button="Laten vervallen"
    )


@in_region
def attendance(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    meeting = _meeting(request, region, pk)
    must(request.user, "body.keep", meeting.body)
    answer = attendance_answer(meeting)
    if isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect("governance:meeting-detail", region.slug, pk)
    # Nobody present is an answer too: an empty form counts as sent.
    form = AttendanceForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            record_attendance(
                meeting,
                present=form.cleaned_data["present"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De aanwezigheid is vastgelegd.")
            back = "meeting-minutes" if minutes.going_on(meeting) else "meeting-detail"
            return redirect(f"governance:{back}", region.slug, pk)
    return meeting_form_page(
        request,
        meeting,
        title="Aanwezigheid",
        form=form,
        button="Aanwezigheid vastleggen",
        lead=_needed(meeting),
    )


def _needed(meeting: Meeting) -> str:
    quorum = count_quorum(meeting)
    if not quorum.total:
        return "Dit overleg heeft geen leden met stemrecht."
    if meeting.body.rules.quorum == Quorum.NONE:
        return "Dit overleg kent geen quorum: het besluit met wie er zijn."
    verb = "is" if quorum.needed == 1 else "zijn"
    return f"Voor besluiten {verb} {quorum.needed} van de {quorum.total} leden nodig."
