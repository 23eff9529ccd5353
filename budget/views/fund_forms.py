"""Making and changing a fund and the parts of its grant; publishing its totals."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from budget.addresses import url_of
from budget.domain import funds
from budget.forms.funds import FundForm, InstalmentForm, NewFundForm, start_of
from budget.fund_page import crumbs, list_url
from budget.models import Fund
from budget.views.base import fund_to_write
from budget.writing_drafts import fund_key
from core.components import Crumb
from core.drafts import committed, draft_of
from core.formats import euro
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region, refusals_shown


@in_region
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """A fund without money yet; instalments follow on its own page."""
    must(request.user, "budget.prepare", region)
    form = NewFundForm(request.POST or None, start={"includes_vat": True})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            slug = form.cleaned_data["slug"]
            made = funds.open_fund(region, slug=slug, by=_user(request), **form.values())
            messages.success(request, f"{made} is gemaakt. Vul nu in wat is toegekend.")
            return redirect(url_of("fund-edit", made))
    context = {
        "region": region,
        "title": "Nieuw fonds",
        "lead": "Geld dat de regio krijgt voor een doel en een tijd. Bedragen volgen daarna.",
        "crumbs": [Crumb("Fonds", list_url(region)), Crumb("Nieuw fonds")],
        "form": form,
        "button": "Maak het fonds",
        "back": f"{list_url(region)}?alle=1",
    }
    return render(request, "governance/form_page.html", context)


@in_region
def edit(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """What the fund is, with the parts of its grant below."""
    fund = fund_to_write(request, region, slug)
    key = fund_key(fund)
    start = {"start": start_of(fund), "revision": fund.revision}
    if request.method != "POST":
        return _page(request, fund, FundForm(draft=draft_of(request.user, key), **start))
    if "forget" in request.POST:
        committed(request, key)
        return redirect(url_of("fund-edit", fund))
    form = FundForm(request.POST, **start)
    if form.is_valid() and _saved(request, fund, form, key):
        return redirect(url_of("fund-edit", fund))
    return _page(request, fund, form)


def _saved(request: HttpRequest, fund: Fund, form: FundForm, key: str) -> bool:
    with form.saving(request.user, key, lambda: start_of(Fund.objects.get(pk=fund.pk))):
        revision = form.revision
        values, base = form.values(), form.base()
        funds.edit_fund(fund, values, base=base, base_revision=revision, by=_user(request))
        committed(request, key)
        messages.success(request, "De gegevens van het fonds zijn opgeslagen.")
        return True
    return False


def _page(request: HttpRequest, fund: Fund, form: FundForm) -> HttpResponse:
    key = fund_key(fund)
    whole = funds.granted(fund)
    context = {
        "region": fund.region,
        "fund": fund,
        "title": "Fonds en termijnen",
        "crumbs": crumbs(fund, Crumb("Fonds en termijnen")),
        "form": form,
        "draft_key": key,
        "draft": draft_of(request.user, key),
        "back": url_of("fund", fund),
        "instalments": list(fund.instalments.all()),
        "granted": whole,
        "holdings": whole - fund.realised_before,
    }
    return render(request, "budget/fund_edit.html", context)


# Instalments --------------------------------------------------------------------------------------


@in_region
def instalment_new(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    fund = fund_to_write(request, region, slug)
    form = InstalmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            row = funds.add_instalment(fund, by=_user(request), **form.cleaned_data)
            messages.success(request, f"Toegevoegd: {row}, {euro(row.amount)}.")
            return redirect(f"{url_of('fund-edit', fund)}#termijnen")
    return _instalment_page(request, fund, form, "Termijn toevoegen")


@in_region
def instalment_edit(request: HttpRequest, region: Region, slug: str, pk: int) -> HttpResponse:
    fund = fund_to_write(request, region, slug)
    row = get_object_or_404(fund.instalments, pk=pk)
    form = InstalmentForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            funds.change_instalment(row, by=_user(request), **form.cleaned_data)
            messages.success(request, f"Gewijzigd: {row}.")
            return redirect(f"{url_of('fund-edit', fund)}#termijnen")
    return _instalment_page(request, fund, form, str(row).capitalize())


def _instalment_page(
    request: HttpRequest, fund: Fund, form: InstalmentForm, title: str
) -> HttpResponse:
    back = f"{url_of('fund-edit', fund)}#termijnen"
    context = {
        "region": fund.region,
        "title": title,
        "lead": "Een deel van het geld dat de regio krijgt.",
        "crumbs": crumbs(fund, Crumb("Fonds en termijnen", back), Crumb(title)),
        "form": form,
        "button": "Opslaan",
        "back": back,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def instalment_remove(request: HttpRequest, region: Region, slug: str, pk: int) -> HttpResponse:
    """Asked once more."""
    fund = fund_to_write(request, region, slug)
    row = get_object_or_404(fund.instalments, pk=pk)
    back = f"{url_of('fund-edit', fund)}#termijnen"
    if request.method == "POST":
        with refusals_shown(request):
            funds.remove_instalment(row, by=_user(request))
            messages.success(request, f"Weggehaald: {row}.")
        return redirect(back)
    context = {
        "region": region,
        "question": f"{str(row).capitalize()} weghalen?",
        "consequence": f"Het fonds heeft dan {euro(row.amount)} minder.",
        "button": "Ja, haal weg",
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "confirm.html", context)


@require_POST
@in_region
def publish(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    """Show everybody the totals, or not any more."""
    fund = fund_to_write(request, region, slug)
    with refusals_shown(request):
        if fund.totals_published_at is None:
            funds.publish_totals(fund, by=_user(request))
            messages.success(request, "De totalen staan nu op een openbare pagina.")
        else:
            funds.withdraw_totals(fund, by=_user(request))
            messages.success(request, "De totalen zijn niet meer openbaar.")
    return redirect(f"{url_of('fund', fund)}#over")


def _user(request: HttpRequest) -> Any:
    return request.user
