"""The ledger of a fund: its rows, as they are now or as they were known, and putting one right."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from budget import ledger_page as page
from budget.addresses import url_of
from budget.domain.corrections import OTHERWISE, RIGHTS, correct_entry
from budget.enums import EntryKind
from budget.forms.money_keeping import CorrectForm
from budget.forms.money_lists import LedgerFilter
from budget.models import Fund, LedgerEntry
from budget.views.money_base import crumbs, form_page, tabs, user_of, with_fund
from core.components import Column, Crumb
from core.formats import euro, long_date
from core.sheets import sheet_response
from governance.rules import must

PER_PAGE = 50


@require_GET
@with_fund
def ledger(request: HttpRequest, fund: Fund) -> HttpResponse:
    """Every booking that fits the filter, the newest on top, and what they come to per kind."""
    form = LedgerFilter(request.GET or None, fund=fund)
    rows, day = page.selected(fund, form)
    found = Paginator(page.with_sources(rows).order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "region": fund.region,
        "fund": fund,
        "crumbs": crumbs(fund, Crumb("Boekingen")),
        "tabs": tabs(fund, "ledger"),
        "form": form,
        "day": day,
        "day_error": " ".join(map(str, form.errors.get("day", []))),
        "columns": [*page.COLUMNS, Column("Wat u kunt doen")],
        "rows": page.ledger_rows(found, fund, user_of(request)),
        "total_columns": [Column("Soort"), Column("Samen", number=True)],
        "totals": page.totals(rows),
        "page": found,
        "download": f"{url_of('ledger-download', fund)}?{request.GET.urlencode()}",
    }
    return render(request, "budget/ledger_list.html", context)


@require_GET
@with_fund
def ledger_download(request: HttpRequest, fund: Fund) -> HttpResponse:
    rows, _ = page.selected(fund, LedgerFilter(request.GET or None, fund=fund))
    return sheet_response(
        f"boekingen-{fund.slug}.xlsx",
        "Boekingen",
        page.HEAD,
        page.sheet_rows(page.with_sources(rows).order_by("pk"), fund),
    )


@with_fund
def entry_correct(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    """Put a booking right by a counter-entry and a new one; with the reason."""
    rows = page.with_sources(LedgerEntry.objects.filter(fund=fund))
    entry = get_object_or_404(rows, pk=pk)
    entry.fund = entry.line.fund = fund
    must(request.user, RIGHTS[EntryKind(entry.kind)], entry)
    if request.method != "POST" and not page.is_standing(entry):
        messages.error(request, _why_not(entry))
        return redirect(url_of("ledger", fund))
    form = CorrectForm(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = correct_entry(entry, by=user_of(request), **form.cleaned_data)
            messages.success(
                request,
                f"De boeking is verbeterd: zij geldt nu op {long_date(made.effective_on)}, "
                f"met {euro(made.amount)}.",
            )
            return redirect(url_of("ledger", fund))
    return form_page(
        request,
        fund,
        form,
        title="Boeking verbeteren",
        lead=_lead(entry),
        button="Verbeteren",
        back=url_of("ledger", fund),
        trail=[Crumb("Boekingen", url_of("ledger", fund))],
    )


def _why_not(entry: LedgerEntry) -> str:
    if entry.kind == EntryKind.BUDGET:
        return "De begroting verandert door een nieuwe versie, niet door een boeking."
    return "Deze boeking is al verbeterd. Verbeter de nieuwe boeking."


def _lead(entry: LedgerEntry) -> str:
    otherwise: Any = OTHERWISE.get(EntryKind(entry.kind), "")
    amount = f" Het bedrag verandert hier niet. {otherwise}" if otherwise else ""
    return (
        f"{str(entry).capitalize()}, {euro(entry.amount)}. De oude boeking blijft staan, met een "
        f"tegenboeking ernaast.{amount}"
    )
