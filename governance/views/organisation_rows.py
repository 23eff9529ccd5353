"""List, add, change, end and remove: the same five pages for every kind of row."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from core.components import Crumb
from core.drafts import committed, draft_of
from core.refusal import Refused
from governance.domain import organisation
from governance.domain.people import people_of
from governance.forms.rows import EndForm, RowForm
from governance.models import Region, RouteTemplateStep
from governance.rules import must
from governance.views.base import View, in_region
from governance.views.rows import Kind, table
from governance.views.writing import forget


def kept_region(view: View) -> View:
    """Enter the region as who keeps it: 404 outside it, 403 without the right."""

    @in_region
    @wraps(view)
    def inner(request: HttpRequest, region: Region, *args: Any, **kwargs: Any) -> HttpResponse:
        must(request.user, "region.manage", region)
        return view(request, region, *args, **kwargs)

    return inner


def crumbs(region: Region, *more: Crumb) -> list[Crumb]:
    """Organisatie › the list or page › this page."""
    return [Crumb("Organisatie", reverse("governance:organisation", args=[region.slug])), *more]


def crumbs_of(kind: Kind, region: Region, row: Any, title: str) -> list[Crumb]:
    """The way down to a row, past the body or template it belongs to."""
    holder = kind.holder or kind
    path = [Crumb(holder.plural, holder.url("list", region))]
    if kind.parent:
        parent = getattr(row, kind.parent)
        path.append(Crumb(str(parent), holder.row_url(region, parent)))
    elif kind.page and row.pk:
        path.append(Crumb(str(row), kind.row_url(region, row)))
    return crumbs(region, *path, Crumb(title))


def row_or_404(kind: Kind, region: Region, pk: int) -> Any:
    return get_object_or_404(kind.rows(region), pk=pk)


@require_GET
@kept_region
def row_list(request: HttpRequest, region: Region, kind: Kind) -> HttpResponse:
    if kind.parent:
        raise Http404
    context = {
        "region": region,
        "title": kind.plural,
        "lead": kind.lead,
        "crumbs": crumbs(region, Crumb(kind.plural)),
        "add": kind.url("add", region),
        "one": kind.one,
        **table(kind, region, kind.rows(region)),
    }
    return render(request, "governance/organisation_list.html", context)


def _blank(kind: Kind, region: Region, parent: Any) -> Any:
    """A new row of the region, or of the body or template it belongs to."""
    fields: dict[str, Any] = {kind.parent: parent} if parent else {}
    if any(field.name == "region" for field in kind.model._meta.fields):
        fields["region"] = region
    if kind.model is RouteTemplateStep:
        last = parent.steps.aggregate(last=Max("order"))["last"]
        fields["order"] = (last or 0) + 1
    return kind.model(**fields)


@kept_region
def row_add(
    request: HttpRequest, region: Region, kind: Kind, parent: int | None = None
) -> HttpResponse:
    if bool(kind.parent) != (parent is not None):
        raise Http404
    holder = row_or_404(kind.holder, region, parent) if kind.holder else None
    row = _blank(kind, region, holder)
    key = kind.draft_key(region, row)
    if key and forget(request, key):
        return redirect(kind.home(region, row))
    form = _form(request, kind, region, row, key, initial=_initial(request, region))
    title = f"{capfirst(kind.one)} toevoegen"
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            kept = organisation.keep(form.instance, region, by=request.user)
            if key:
                committed(request, key)
            messages.success(request, f"Toegevoegd: {kept}.")
            return redirect(kind.home(region, kept))
    return _form_page(request, kind, region, row, form, title, "Toevoegen", new=True, key=key)


@kept_region
def row_change(request: HttpRequest, region: Region, kind: Kind, pk: int) -> HttpResponse:
    row = row_or_404(kind, region, pk)
    title, lead = f"{capfirst(kind.one)} wijzigen", _named(kind, row)
    way = crumbs_of(kind, region, row, "Wijzigen")
    key = kind.draft_key(region, row)
    if key and forget(request, key):
        return redirect(kind.home(region, row))
    form = _form(request, kind, region, row, key)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            kept = organisation.keep(form.instance, region, by=request.user, seen=form.seen)
            if key:
                committed(request, key)
            messages.success(request, f"Gewijzigd: {kept}.")
            return redirect(kind.home(region, kept))
    return _form_page(
        request, kind, region, row, form, title, "Opslaan", lead=lead, crumbs=way, key=key
    )


def _form(
    request: HttpRequest, kind: Kind, region: Region, row: Any, key: str, **options: Any
) -> RowForm:
    """The form of a row; opened again it holds what was typed and not saved, and what that was
    typed from (`seen`)."""
    draft = draft_of(request.user, key) if key and request.method != "POST" else None
    initial = options.get("initial", {}) | (draft.data if draft else {})
    form = kind.form(request.POST or None, instance=row, region=region, initial=initial)
    form.draft = draft
    return form


@kept_region
def row_end(request: HttpRequest, region: Region, kind: Kind, pk: int) -> HttpResponse:
    if not kind.dated:
        raise Http404
    row = row_or_404(kind, region, pk)
    form = EndForm(request.POST or None, initial={"valid_until": row.valid_until})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            organisation.end(row, region, on=form.cleaned_data["valid_until"], by=request.user)
            messages.success(request, f"Einddatum gegeven: {row}.")
            return redirect(kind.home(region, row))
    title = f"Einddatum van {kind.one}"
    lead = f"{_named(kind, row)}. Tot en met deze dag geldt het nog; daarna blijft het leesbaar."
    return _form_page(
        request, kind, region, row, form, title, "Geef einddatum", lead=lead, bare=True
    )


@kept_region
def row_remove(request: HttpRequest, region: Region, kind: Kind, pk: int) -> HttpResponse:
    row = row_or_404(kind, region, pk)
    name, shown = _named(kind, row), str(row)  # a message may outlive this page
    if request.method == "POST":
        try:
            organisation.remove(row, region, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(kind.url("change", region, pk))
        messages.success(request, f"Weggehaald: {shown}.")
        return redirect(kind.home(region, row))
    context = {
        "region": region,
        "question": f"{name} weghalen?",
        "consequence": "Doe dit alleen als het een vergissing was. Heeft het echt gegolden? "
        "Geef het dan een einddatum."
        if kind.dated
        else "Wat eraan vastzit, blijft in de geschiedenis staan.",
        "button": "Ja, haal weg",
        "danger": True,
        "cancel_url": kind.url("change", region, pk),
    }
    return render(request, "confirm.html", context)


def _named(kind: Kind, row: Any) -> str:
    """What the first column calls this row: the admin sees here whom a membership is about."""
    value = kind.columns[0][1](row)
    return str(getattr(value, "value", value))


def _initial(request: HttpRequest, region: Region) -> dict[str, Any]:
    """From the page of a person, that person stands in the form already."""
    chosen = request.GET.get("persoon", "")
    known = chosen.isdecimal() and people_of(region).filter(pk=int(chosen)).exists()
    return {"user": int(chosen)} if known else {}


def _form_page(
    request: HttpRequest,
    kind: Kind,
    region: Region,
    row: Any,
    form: Any,
    title: str,
    button: str,
    *,
    new: bool = False,
    bare: bool = False,
    lead: str = "",
    key: str = "",
    **extra: Any,
) -> HttpResponse:
    acts: dict[str, Callable[..., str] | str] = {}
    if not new and not bare:
        acts["remove"] = kind.url("remove", region, row.pk)
        acts["end"] = kind.url("end", region, row.pk) if kind.dated else ""
    context = {
        "region": region,
        "title": title,
        "lead": lead or kind.lead,
        "form": form,
        "button": button,
        "crumbs": crumbs_of(kind, region, row, title),
        "back": kind.home(region, row),
        "draft_key": key,
        "draft": draft_of(request.user, key) if key else None,
        **acts,
        **extra,
    }
    return render(request, "governance/organisation_row.html", context)
