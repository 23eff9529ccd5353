"""Reading a budget in: the file, which sheet, what was read beside what it states, the concept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from budget import fund_page
from budget import version_page as page
from budget.addresses import url_of
from budget.domain import imports
from budget.domain.imports import SHEET_KINDS, read_for
from budget.forms.imports import SaveSheetForm, SheetChoiceForm, SheetFileForm
from budget.import_page import review_of, title_for
from budget.importing import BudgetReport, filled_sheets
from budget.importing.opening import MAX_BYTES
from budget.models import BudgetVersion, Fund, SheetUpload
from budget.views.base import fund_to_write, version_or_404
from core.components import Crumb
from core.files import send_file, store_upload
from core.formats import file_size
from core.models import StoredFile
from core.refusal import Refusal, Refused
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region


@in_region
def upload(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """Keep the sheet and read it at once, so that what cannot be read is said at the file."""
    fund = fund_to_write(request, region, slug)
    form = SheetFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            stored = _readable(form.cleaned_data["file"], fund, request.user)
            imports.keep_upload(fund, stored, by=_user(request))
            return redirect(url_of("sheet-review", fund, stored.pk))
    versions_at = url_of("version-list", fund)
    context = {
        "region": region,
        "title": "Begroting inlezen",
        "lead": "We lezen het rekenblad en tellen elk bedrag na. U ziet wat is gelezen voordat er "
        "iets wordt opgeslagen.",
        "form": form,
        "button": "Lees het rekenblad",
        "crumbs": _crumbs(fund, Crumb("Inlezen")),
        "back": versions_at,
    }
    return render(request, "governance/form_page.html", context)


def _readable(file: Any, fund: Fund, user: Any) -> StoredFile:
    """The stored file. It is read first: only the reader can say what is wrong with a sheet."""
    if file.size > MAX_BYTES:
        raise Refused(
            Refusal(
                f"Dit rekenblad is {file_size(file.size)}; groter dan {file_size(MAX_BYTES)} kan "
                "niet. Haal afbeeldingen en andere bladen eruit.",
                "file",
            )
        )
    content = file.read()
    if len(filled_sheets(content)) < 2:
        # Of several sheets one is chosen first: the others need not be budgets.
        read_for(fund, content, file.name)
    return store_upload(file, by=user, kinds=SHEET_KINDS)


@in_region
def review(request: HttpRequest, region: Region, slug: str, pk: int) -> HttpResponse:
    """What was read; only for who chose the file. A workbook with more sheets is asked which."""
    fund, sheet = fund_to_write(request, region, slug), request.GET.get("blad", "")
    stored = _own(request, fund, pk).file
    made = BudgetVersion.objects.filter(fund=fund, file=stored).first()
    if made is not None:
        messages.info(request, "Dit rekenblad is al ingelezen. Dit is de begroting.")
        return redirect(url_of("version", fund, made.number))
    content = _content(stored)
    sheets = filled_sheets(content)
    several = len(sheets) > 1
    choice = SheetChoiceForm({"blad": sheet} if sheet else None, sheets=sheets)
    if several and not (sheet and choice.is_valid()):
        return _choose(request, fund, stored, choice)
    try:
        report = read_for(fund, content, stored.name, sheet=sheet if several else "")
    except Refused as refused:
        for each in refused.refusals:
            choice.add_error("blad" if several else None, each.reason)
        return _choose(request, fund, stored, choice)
    form = SaveSheetForm(request.POST or None, initial={"title": title_for(report)})
    if request.method == "POST" and form.is_valid():
        saved = _save(request, fund, stored, report, form)
        if saved is not None:
            return saved
    context = {
        "region": region,
        "fund": fund,
        "stored": stored,
        "report": report,
        "several": several,
        "review": review_of(fund, report, stored),
        "form": form,
        "crumbs": _crumbs(fund, Crumb("Inlezen", url_of("sheet-upload", fund)), Crumb(stored.name)),
    }
    return render(request, "budget/sheet_review.html", context)


def _choose(
    request: HttpRequest, fund: Fund, stored: StoredFile, form: SheetChoiceForm
) -> HttpResponse:
    context = {
        "region": fund.region,
        "fund": fund,
        "stored": stored,
        "form": form,
        "crumbs": _crumbs(fund, Crumb("Inlezen", url_of("sheet-upload", fund)), Crumb(stored.name)),
    }
    return render(request, "budget/sheet_choose.html", context)


def _save(
    request: HttpRequest, fund: Fund, stored: StoredFile, report: BudgetReport, form: SaveSheetForm
) -> HttpResponse | None:
    with form.refusals():
        version = imports.import_version(
            fund, report, title=form.cleaned_data["title"], file=stored, by=_user(request)
        )
        messages.success(request, f"{version} staat in concept. Het rekenblad blijft erbij.")
        return redirect(page.address("version", version))
    return None


@require_POST
@in_region
def drop(request: HttpRequest, region: Region, slug: str, pk: int) -> HttpResponse:
    """The sheet is not to be saved: it goes at once."""
    fund = fund_to_write(request, region, slug)
    name = str(_own(request, fund, pk).file)
    if imports.drop_upload(_own(request, fund, pk)):
        messages.success(request, f"{name} is weggegooid. Er is niets opgeslagen.")
    return redirect(url_of("version-list", fund))


@require_GET
@in_region
def source(request: HttpRequest, region: Region, slug: str, number: int) -> HttpResponse:
    """The sheet that a version was read from, for who works with the fund: it can hold names."""
    version = version_or_404(request, region, slug, number)
    must(request.user, "budget.handle", version.fund)
    if version.file is None:
        raise Http404
    return send_file(version.file, inline_ok=False)


def _own(request: HttpRequest, fund: Fund, pk: int) -> SheetUpload:
    uploads = SheetUpload.objects.select_related("file")
    return get_object_or_404(uploads, fund=fund, file=pk, file__uploaded_by=_user(request))


def _content(stored: StoredFile) -> bytes:
    try:
        with stored.content.open("rb") as content:
            read: bytes = content.read()
            return read
    except FileNotFoundError:
        raise Http404 from None


def _crumbs(fund: Fund, *more: Crumb) -> list[Crumb]:
    return fund_page.crumbs(fund, Crumb("Begroting", url_of("version-list", fund)), *more)


def _user(request: HttpRequest) -> Any:
    return request.user
