"""The organisation of a region at a glance, its own data, its rights and its trail."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.components import Cell, Column, Crumb, Fact, Link, Row, Task
from core.formats import long_date
from core.models import StatusChange
from core.panels import panels
from governance.attention import Point, WritingRight, attention_points, writing_rights
from governance.domain import organisation, people
from governance.forms.organisation import MergeForm, RegionDataForm
from governance.models import Body, MunicipalRole, Region, RegionForm, RegionRole
from governance.queries import trail_of
from governance.views import organisation_kinds as kinds
from governance.views.base import refusals_shown
from governance.views.organisation_rows import crumbs, kept_region
from governance.views.rows import Kind

PER_PAGE = 50


@require_GET
@kept_region
def overview(request: HttpRequest, region: Region) -> HttpResponse:
    context = {
        "region": region,
        "form_now": RegionForm.objects.current().filter(region=region).first(),
        "attention": [_task(region, point) for point in attention_points(region)],
        "groups": _groups(region),
        "facts": _facts(region),
        "panels": panels("organisation", region, request.user),
    }
    return render(request, "governance/organisation_overview.html", context)


def _groups(region: Region) -> list[tuple[str, str, list[Link]]]:
    """The parts of the organisation: heading, anchor and links with their number."""

    def part(*parts: Kind) -> list[Link]:
        return [_counted(kind, region) for kind in parts]

    def page(label: str, name: str, note: str = "") -> Link:
        return Link(label, reverse(f"governance:{name}", args=[region.slug]), note=note)

    bodies = part(kinds.BODIES, kinds.RULE_SETS, kinds.TEMPLATES)
    roles = part(kinds.MUNICIPAL_ROLES, kinds.REGION_ROLES)
    count = people.people_of(region).count()
    return [
        ("Mensen en rechten", "mensen", [
            page("Mensen", "organisation-people", str(count)),
            *roles,
            page("Jaarlijkse controle van rechten", "organisation-rights"),
        ]),
        ("Overleggen en besturen", "overleggen", bodies),
        ("Regio en gemeenten", "regio", [
            page("Gegevens van de regio", "organisation-region"),
            *part(kinds.FORMS, kinds.PARTICIPATIONS, kinds.MUNICIPALITIES, kinds.RECESSES),
            page("Gemeenten samenvoegen", "organisation-merge"),
        ]),
    ]  # fmt: skip


def _counted(kind: Kind, region: Region) -> Link:
    rows = kind.rows(region)
    # What holds today counts; what is over stays in the list itself.
    number = rows.current().count() if kind.dated else rows.count()  # type: ignore[attr-defined]
    return Link(kind.plural, kind.url("list", region), note=str(number))


def _task(region: Region, point: Point) -> Task:
    match point.about:
        case Body():
            url = kinds.BODIES.row_url(region, point.about)
        case RegionRole():
            url = kinds.REGION_ROLES.row_url(region, point.about)
        case MunicipalRole():
            url = kinds.MUNICIPAL_ROLES.row_url(region, point.about)
        case _:
            url = reverse("governance:organisation-rights", args=[region.slug])
    return point.task(url)


def _facts(region: Region) -> list[Fact]:
    facts = [
        Fact("Briefadres", region.address),
        Fact("Website", region.website),
        Fact("E-mailadres", region.email),
        Fact("Schoolvakanties", region.get_school_region_display()),
    ]
    return [fact for fact in facts if fact.value]


@kept_region
def region_data(request: HttpRequest, region: Region) -> HttpResponse:
    title, back = "Gegevens van de regio", reverse("governance:organisation", args=[region.slug])
    form = RegionDataForm(request.POST or None, instance=region, region=region)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            organisation.keep(form.instance, region, by=request.user, seen=form.seen)
            messages.success(request, "De gegevens van de regio zijn opgeslagen.")
            return redirect(back)
    context = {
        "region": region,
        "title": title,
        "lead": f"Het adres van de regio in het portaal blijft /{region.slug}/.",
        "form": form,
        "button": "Opslaan",
        "crumbs": crumbs(region, Crumb(title)),
        "back": back,
    }
    return render(request, "governance/form_page.html", context)


@kept_region
def merge(request: HttpRequest, region: Region) -> HttpResponse:
    title, back = "Gemeenten samenvoegen", kinds.PARTICIPATIONS.url("list", region)
    form = MergeForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with form.refusals():
            organisation.merge_municipalities(
                data["old"], data["successor"], region, last_day=data["last_day"], by=request.user
            )
            messages.success(
                request,
                f"De gemeenten gaan op in {data['successor']}. Voeg nu bij elk gremium haar zetel "
                "toe, met het aantal stemmen.",
            )
            return redirect("governance:organisation", region.slug)
    context = {
        "region": region,
        "title": title,
        "lead": "Deelname, zetels, lidmaatschappen en rollen van de oude gemeenten eindigen op de "
        "laatste dag. De nieuwe gemeente moet al meedoen aan de regio.",
        "form": form,
        "button": "Voeg samen",
        "crumbs": crumbs(region, Crumb("Gemeenten", back), Crumb(title)),
        "back": back,
    }
    return render(request, "governance/form_page.html", context)


@require_GET
@kept_region
def rights(request: HttpRequest, region: Region) -> HttpResponse:
    last = people.last_review(region)
    columns = ("Wie", "Recht", "Waar", "Sinds", "Tot en met", "Verleend door", "Laatst aangemeld")
    context = {
        "region": region,
        "crumbs": crumbs(region, Crumb("Jaarlijkse controle van rechten")),
        "columns": [Column(label) for label in columns],
        "rows": [_rights_row(region, right) for right in writing_rights(region)],
        "last": last,
    }
    return render(request, "governance/organisation_rights.html", context)


def _rights_row(region: Region, right: WritingRight) -> Row:
    person = right.person
    url = reverse("governance:organisation-person", args=[region.slug, person.pk]) if person else ""
    since = long_date(right.since)
    if not since and right.recorded:
        since = f"het begin; vastgelegd op {long_date(right.recorded)}"
    return Row([
        Cell(right.who, url=url),
        right.right,
        right.where,
        since or "het begin",
        long_date(right.until) or "–",
        right.granted_by,
        long_date(right.last_login) or "nog nooit",
    ])  # fmt: skip


@require_POST
@kept_region
def review(request: HttpRequest, region: Region) -> HttpResponse:
    with refusals_shown(request):
        people.record_review(region, by=request.user)
        messages.success(request, "Vastgelegd: u hebt de lijst van rechten nagelopen.")
    return redirect("governance:organisation-rights", region.slug)


@require_GET
@kept_region
def trail(request: HttpRequest, region: Region) -> HttpResponse:
    page = Paginator(StatusChange.of(region), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "region": region,
        "crumbs": crumbs(region, Crumb("Verloop")),
        "page": page,
        "trail": trail_of(page.object_list),
    }
    return render(request, "governance/organisation_trail.html", context)
