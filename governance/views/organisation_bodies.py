"""The page of one body, and that of one route template: what belongs to it, each with its acts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb, Fact
from governance.domain.route_templates import move_template_step
from governance.models import Body, Region, RouteTemplateStep
from governance.views import organisation_kinds as kinds
from governance.views.base import is_key, refusals_shown
from governance.views.organisation_rows import crumbs, kept_region, row_or_404
from governance.views.rows import Kind, period, table


@require_GET
@kept_region
def body_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    body = row_or_404(kinds.BODIES, region, pk)
    parts = (kinds.MEMBERSHIPS, kinds.SEATS, kinds.AGENDA_ITEMS, kinds.RELATIONS, kinds.ALIASES)
    context = {
        "region": region,
        "body": body,
        "crumbs": crumbs(
            region, Crumb("Gremia", kinds.BODIES.url("list", region)), Crumb(str(body))
        ),
        "change": kinds.BODIES.url("change", region, body.pk),
        "facts": _facts(body),
        "parts": [
            {
                "kind": kind,
                "add": kind.url("add-to", region, body.pk),
                **table(kind, region, _rows_of(kind, region, body)),
            }
            for kind in parts
        ],
    }
    return render(request, "governance/organisation_body.html", context)


def _rows_of(kind: Kind, region: Region, body: Body) -> QuerySet[Any]:
    """What belongs to the body; a relation is shown at both its ends."""
    own = Q(**{kind.parent: body})
    return kind.rows(region).filter(own | Q(target=body) if kind is kinds.RELATIONS else own)


def _facts(body: Body) -> list[Fact]:
    writes = "ja" if body.writes_proposals else "nee"
    return [
        Fact("Korte naam", body.short_name),
        Fact("Soort", body.get_kind_display()),
        Fact("Status", body.get_legal_status_display()),
        Fact("Kring", body.get_circle_display()),
        Fact("Besluitregels", body.rules, note=body.rules.get_basis_display()),
        Fact("Openbaarheid", body.get_publication_display(), note=body.publication_ground),
        Fact("Schrijft voorstellen", writes),
        Fact("Levertijd van stukken", f"{body.delivery_days} werkdagen"),
        Fact("Geldig", period(body)),
    ]


@require_GET
@kept_region
def template_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    template = row_or_404(kinds.TEMPLATES, region, pk)
    steps = list(template.steps.all())
    context = {
        "region": region,
        "template": template,
        "crumbs": crumbs(
            region,
            Crumb("Routesjablonen", kinds.TEMPLATES.url("list", region)),
            Crumb(str(template)),
        ),
        "change": kinds.TEMPLATES.url("change", region, template.pk),
        "add": kinds.STEPS.url("add-to", region, template.pk),
        "steps": [{"step": step, "url": kinds.STEPS.row_url(region, step)} for step in steps],
    }
    return render(request, "governance/organisation_template.html", context)


@require_POST
@kept_region
def move_step(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Posted as `move`, '12:up' or '12:down' (component order_buttons)."""
    template = row_or_404(kinds.TEMPLATES, region, pk)
    key, _, way = request.POST.get("move", "").partition(":")
    steps = RouteTemplateStep.objects.filter(template=template).select_related("template")
    step = get_object_or_404(steps, pk=int(key) if is_key(key) else 0)
    place = list(steps.values_list("pk", flat=True)).index(step.pk) + 1
    with refusals_shown(request):
        move_template_step(step, to=place - 1 if way == "up" else place + 1, by=request.user)
    return redirect("governance:organisation-template", region.slug, pk)
