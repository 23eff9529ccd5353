"""The calendar of a region: a month of meetings, and planning a series of them."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import make_aware
from django.views.decorators.http import require_GET

from core.components import Crumb, Link
from core.formats import MONTHS, local_day
from governance import months
from governance.domain import series as acts
from governance.domain.meetings import recess_periods
from governance.forms.meetings import BodyFilterForm
from governance.forms.series import DaysForm, SeriesForm
from governance.marks import marks_of
from governance.models import Body, Meeting, Region
from governance.rules import KEEPS, visible_to
from governance.views.base import in_region
from governance.views.meetings import bodies_to_plan, tabs


@require_GET
@in_region
def month(request: HttpRequest, region: Region) -> HttpResponse:
    first = months.read_month(request.GET.get("maand", ""))
    readable = visible_to(request.user, Meeting).filter(body__region=region)
    bodies = Body.objects.filter(pk__in=readable.order_by().values("body"))
    form = BodyFilterForm(request.GET or None, bodies=bodies.order_by("order", "name"))
    marks = marks_of(Body.objects.filter(region=region))
    shown = _meetings_of(readable, first)
    if form.chosen:
        shown = [meeting for meeting in shown if meeting.body_id == form.chosen.pk]
    calendar = months.month_of(
        first, shown, marks, recess_periods(region), region.school_region, region.slug
    )
    used = dict.fromkeys(marks[meeting.body_id] for meeting in shown)
    context = {
        "region": region,
        "month": calendar,
        "form": form,
        "legend": sorted(used, key=lambda mark: mark.name),
        "previous": _beside(form.chosen, months.beside(first, -1)),
        "next": _beside(form.chosen, months.beside(first, 1)),
        "tabs": tabs(region.slug, "meeting-month", form.chosen),
        "can_plan": bodies_to_plan(request, region).exists(),
    }
    return render(request, "governance/meeting_month.html", context)


def _meetings_of(readable: QuerySet[Meeting], first: date) -> list[Meeting]:
    begin, end = (make_aware(datetime.combine(day, time())) for day in months.span(first))
    rows = readable.filter(starts_at__gte=begin, starts_at__lt=end + timedelta(days=1))
    return list(rows.select_related("body").order_by("starts_at", "pk"))


def _beside(body: Body | None, first: date) -> Link:
    query = f"?maand={first:%Y-%m}" + (f"&body={body.slug}" if body else "")
    return Link(f"{MONTHS[first.month - 1].capitalize()} {first.year}", query)


@in_region
def series(request: HttpRequest, region: Region) -> HttpResponse:
    """First the rhythm, in the address; then every day of it, with what the person decides."""
    bodies = bodies_to_plan(request, region)
    if not bodies.exists():
        raise PermissionDenied(KEEPS)
    asked = request.GET if "rhythm" in request.GET else None
    form = SeriesForm(asked, bodies=bodies, initial={"body": request.GET.get("body")})
    days = None
    if form.is_bound and form.is_valid():
        body, rule = form.cleaned_data["body"], form.rule
        body.region = region
        found = acts.candidates(rule, acts.obstacles(body))
        sent = request.POST if request.method == "POST" else None
        days = DaysForm(sent, candidates=found)
        if days.is_bound and days.is_valid():
            with days.refusals():
                return _planned(request, form, days)
    context = {
        "region": region,
        "form": form,
        "days": days,
        "rule": str(form.rule) if days else "",
        "crumbs": [
            Crumb("Vergaderingen", reverse("governance:meeting-list", args=[region.slug])),
            Crumb("Reeks plannen"),
        ],
    }
    return render(request, "governance/meeting_series.html", context)


def _planned(request: HttpRequest, form: SeriesForm, days: DaysForm) -> HttpResponse:
    given = form.cleaned_data
    made = acts.plan_series(
        given["body"],
        days.moments(given["starts_time"]),
        place=given["place"],
        rhythm=str(form.rule),
        by=request.user,  # type: ignore[arg-type]
    )
    many = "1 vergadering" if len(made) == 1 else f"{len(made)} vergaderingen"
    messages.success(request, f"{many} van {given['body']} gepland: {form.rule}.")
    calendar = reverse("governance:meeting-month", args=[given["body"].region.slug])
    first = local_day(made[0].starts_at)
    return redirect(f"{calendar}?maand={first:%Y-%m}&body={given['body'].slug}")
