"""Writing a concept: its headings and lines, one page each, with what is typed kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from budget import version_page as page
from budget.domain import lines
from budget.enums import LineKind
from budget.forms.versions import HeadingForm, LineForm, NewLineForm
from budget.models import BudgetLine, BudgetVersion
from budget.views.base import concept_or_404
from budget.writing_drafts import line_key
from core.components import Crumb
from core.drafts import committed, draft_of
from governance.models import Region
from governance.views.base import in_region, is_key, refusals_shown


def _back(version: BudgetVersion, anchor: str = "posten") -> str:
    return f"{page.address('version', version)}#{anchor}"


# Headings -----------------------------------------------------------------------------------------


@in_region
def heading_new(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    return _heading(request, concept_or_404(request, region, slug, number), None)


@in_region
def heading_edit(
    request: HttpRequest, region: Region, slug: str, number: int, pk: int
) -> HttpResponse:
    version = concept_or_404(request, region, slug, number)
    return _heading(request, version, get_object_or_404(version.headings, pk=pk))


def _heading(request: HttpRequest, version: BudgetVersion, heading: Any) -> HttpResponse:
    form = HeadingForm(request.POST or None, fund=version.fund, heading=heading)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            row = lines.put_heading(
                version, heading=heading, by=_user(request), **form.cleaned_data
            )
            return redirect(_back(version, f"onderdeel-{row.pk}"))
    title = f"{heading} wijzigen" if heading else "Onderdeel toevoegen"
    context = {
        "region": version.fund.region,
        "title": title,
        "lead": "Een onderdeel heeft een eigen subtotaal.",
        "crumbs": page.crumbs(version, Crumb(title)),
        "form": form,
        "button": "Opslaan",
        "back": _back(version),
    }
    return render(request, "governance/form_page.html", context)


@in_region
def heading_remove(
    request: HttpRequest, region: Region, slug: str, number: int, pk: int
) -> HttpResponse:
    version = concept_or_404(request, region, slug, number)
    heading = get_object_or_404(version.headings, pk=pk)
    heading.version = version
    if request.method == "POST":
        with refusals_shown(request):
            lines.remove_heading(heading, by=_user(request))
            messages.success(request, f"{heading} is weggehaald.")
        return redirect(_back(version))
    question = f"Onderdeel {heading} weghalen?"
    return _ask(request, version, question, "Dat kan alleen als er geen posten onder staan.")


# Lines --------------------------------------------------------------------------------------------


@in_region
def line_new(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """A new line with its amounts; `onderdeel` in the address chooses its heading."""
    version = concept_or_404(request, region, slug, number)
    key, asked = line_key(version), request.GET.get("onderdeel", "")
    start: dict[str, Any] = {"heading": int(asked)} if is_key(asked) else {}
    if request.method != "POST":
        form = NewLineForm(version=version, start=start, draft=draft_of(request.user, key))
        return _line_page(request, version, form, "Post toevoegen", key)
    if "forget" in request.POST:
        committed(request, key)
        return redirect(_back(version))
    form = NewLineForm(request.POST, version=version, start=start)
    if form.is_valid() and _added(request, version, form, key):
        return redirect(_back(version))
    return _line_page(request, version, form, "Post toevoegen", key)


def _added(request: HttpRequest, version: BudgetVersion, form: NewLineForm, key: str) -> bool:
    values = form.values()
    spare = form.cleaned_data.get("spare")
    with form.saving(request.user, key, dict), form.year_by_part(dict):
        row = lines.put_line(
            version,
            kind=LineKind.CONTINGENCY if spare else LineKind.ORDINARY,
            line=form.cleaned_data.get("earlier"),
            years={int(name): values.pop(name) for name in list(values) if name.isdecimal()},
            by=_user(request),
            **values,
        )
        committed(request, key)
        messages.success(request, f"{row} staat in de begroting.")
        return True
    return False


@in_region
def line_edit(
    request: HttpRequest, region: Region, slug: str, number: int, pk: int
) -> HttpResponse:
    version = concept_or_404(request, region, slug, number)
    row = _line(version, pk)
    key, start = line_key(version, row), lines.values_of(row)
    if request.method != "POST":
        draft = draft_of(request.user, key)
        form = LineForm(version=version, start=start, revision=row.revision, draft=draft)
        return _line_page(request, version, form, row.name, key)
    if "forget" in request.POST:
        committed(request, key)
        return redirect(_back(version))
    form = LineForm(request.POST, version=version, start=start, revision=row.revision)
    if form.is_valid() and _changed(request, row, form, key):
        return redirect(_back(version))
    return _line_page(request, version, form, row.name, key)


def _changed(request: HttpRequest, row: BudgetLine, form: LineForm, key: str) -> bool:
    def newest() -> dict[str, Any]:
        return form.flat(lines.values_of(_line(row.version, row.pk)))

    with form.saving(request.user, key, newest), form.year_by_part(newest):
        values, base = form.values(), form.base()
        lines.edit_line(row, values, base=base, base_revision=form.revision, by=_user(request))
        committed(request, key)
        messages.success(request, f"{row.name} is opgeslagen.")
        return True
    return False


def _line(version: BudgetVersion, pk: int) -> BudgetLine:
    rows = version.lines.select_related("heading", "line").prefetch_related("years")
    row = get_object_or_404(rows, pk=pk)
    row.version = version
    return row


def _line_page(
    request: HttpRequest, version: BudgetVersion, form: LineForm, title: str, key: str
) -> HttpResponse:
    context = {
        "region": version.fund.region,
        "version": version,
        "title": title,
        "crumbs": page.crumbs(version, Crumb(title)),
        "form": form,
        "draft_key": key,
        "draft": draft_of(request.user, key),
        "back": _back(version),
    }
    return render(request, "budget/line_form.html", context)


@in_region
def line_remove(
    request: HttpRequest, region: Region, slug: str, number: int, pk: int
) -> HttpResponse:
    version = concept_or_404(request, region, slug, number)
    row = _line(version, pk)
    if request.method == "POST":
        with refusals_shown(request):
            lines.remove_line(row, by=_user(request))
            messages.success(request, f"{row} is uit dit concept gehaald.")
        return redirect(_back(version))
    question = f"Post {row} weghalen?"
    return _ask(request, version, question, "De bedragen van deze post gaan uit dit concept.")


@require_POST
@in_region
def move(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """One place up or down: `move` is 'post-KEY:up' or 'onderdeel-KEY:down'."""
    version = concept_or_404(request, region, slug, number)
    what, _, way = request.POST.get("move", "").partition(":")
    kind, _, key = what.partition("-")
    up = way == "up"
    if is_key(key) and way in ("up", "down"):
        with refusals_shown(request):
            if kind == "onderdeel":
                heading = get_object_or_404(version.headings, pk=int(key))
                lines.move_heading(heading, up=up, by=_user(request))
            else:
                lines.move_line(_line(version, int(key)), up=up, by=_user(request))
    return redirect(_back(version, what if is_key(key) else "posten"))


def _ask(
    request: HttpRequest, version: BudgetVersion, question: str, consequence: str
) -> HttpResponse:
    context = {
        "region": version.fund.region,
        "question": question,
        "consequence": consequence,
        "button": "Ja, haal weg",
        "cancel_url": _back(version),
        "danger": True,
    }
    return render(request, "confirm.html", context)


def _user(request: HttpRequest) -> Any:
    return request.user
