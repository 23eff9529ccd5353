"""Suppliers of the region of a fund, and whose own firm or hours they are."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from budget.addresses import url_of
from budget.commitment_page import TONES
from budget.domain import suppliers
from budget.forms.money import WhyForm
from budget.forms.money_keeping import InterestForm, SupplierForm
from budget.models import Fund, Interest, Supplier
from budget.views.money_base import crumbs, form_page, tabs, user_of, with_fund
from core.components import Cell, Column, Crumb, Fact, Row
from core.formats import euro
from core.models import StatusChange
from core.sheets import sheet_response
from governance.queries import trail_of

PER_PAGE = 50
ACTS = {
    "supplier_added": "Toegevoegd",
    "supplier_edited": "Gewijzigd",
    "interest_declared": "Eigen belang vastgelegd",
    "interest_withdrawn": "Eigen belang weggehaald",
}
HEAD = ("Naam", "KVK-nummer", "Verplichtingen", "Eigen belang")
COMMITMENT_COLUMNS = [
    Column("Verplichting"),
    Column("Waarvoor"),
    Column("Stand"),
    Column("Bedrag", number=True),
]


def supplier_here(fund: Fund, pk: int) -> Supplier:
    found = get_object_or_404(Supplier, region=fund.region_id, pk=pk)
    found.region = fund.region
    return found


def _crumbs(fund: Fund, *more: Crumb) -> list[Crumb]:
    return [Crumb("Leveranciers", url_of("supplier-list", fund)), *more]


def _values(fund: Fund) -> list[tuple[Supplier, list[Any]]]:
    """What list and sheet both show; two queries."""
    rows = Supplier.objects.filter(region=fund.region_id).annotate(
        number=Count("commitments", filter=Q(commitments__fund=fund))
    )
    found = rows.prefetch_related("interests__user").order_by("sort_name")
    return [
        (row, [row.name, row.kvk, row.number, ", ".join(str(i.user) for i in row.interests.all())])
        for row in found
    ]


@require_GET
@with_fund
def supplier_list(request: HttpRequest, fund: Fund) -> HttpResponse:
    found = Paginator(_values(fund), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": fund.region,
        "fund": fund,
        "crumbs": crumbs(fund, Crumb("Leveranciers")),
        "tabs": tabs(fund, "supplier-list"),
        "columns": [Column(label, number=label == "Verplichtingen") for label in HEAD],
        "rows": [
            Row([Cell(name, url=url_of("supplier-detail", fund, row.pk)), *map(str, rest)])
            for row, (name, *rest) in found
        ],
        "page": found,
    }
    if request.GET.get("als") == "xlsx":
        sheet = [values for _, values in _values(fund)]
        return sheet_response("leveranciers.xlsx", "Leveranciers", HEAD, sheet)
    return render(request, "budget/supplier_list.html", context)


@with_fund
def supplier_new(request: HttpRequest, fund: Fund) -> HttpResponse:
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = suppliers.add_supplier(fund.region, by=user_of(request), **form.cleaned_data)
            messages.success(request, f"{made} is toegevoegd.")
            return redirect(url_of("supplier-detail", fund, made.pk))
    return form_page(
        request,
        fund,
        form,
        title="Leverancier toevoegen",
        button="Toevoegen",
        back=url_of("supplier-list", fund),
        trail=_crumbs(fund),
    )


@require_GET
@with_fund
def supplier_detail(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    """Who it is, whose own it is, what was promised to it in this fund, and its trail."""
    row = supplier_here(fund, pk)
    user = user_of(request)
    interests = list(row.interests.select_related("user"))
    context = {
        "region": fund.region,
        "fund": fund,
        "supplier": row,
        "crumbs": crumbs(fund, *_crumbs(fund, Crumb(row.name))),
        "interests": [(each, each.user_id != user.pk) for each in interests],
        "columns": COMMITMENT_COLUMNS,
        "rows": [
            Row(
                [
                    Cell(each.number, url=url_of("commitment-detail", fund, each.number)),
                    each.what,
                    Cell(each.get_state_display(), tone=TONES[each.state]),
                    euro(each.amount),
                ]
            )
            for each in row.commitments.filter(fund=fund)
        ],
        "facts": [Fact("KVK-nummer", row.kvk or "niet ingevuld")],
        "trail": trail_of(StatusChange.of(row), ACTS),
    }
    return render(request, "budget/supplier_detail.html", context)


@with_fund
def supplier_edit(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    row = supplier_here(fund, pk)
    form = SupplierForm(request.POST or None, supplier=row)
    if request.method == "POST" and form.is_valid() and _save(request, row, form):
        messages.success(request, "De leverancier is gewijzigd.")
        return redirect(url_of("supplier-detail", fund, pk))
    return form_page(
        request,
        fund,
        form,
        title="Leverancier wijzigen",
        lead=row.name,
        button="Opslaan",
        back=url_of("supplier-detail", fund, pk),
        trail=_crumbs(fund, Crumb(row.name, url_of("supplier-detail", fund, pk))),
    )


def _save(request: HttpRequest, row: Supplier, form: SupplierForm) -> bool:
    def newest() -> dict[str, Any]:
        fresh = Supplier.objects.get(pk=row.pk)
        return {name: getattr(fresh, name) for name in form.based}

    with form.saving(user_of(request), f"leverancier:{row.pk}", newest):
        suppliers.edit_supplier(
            row,
            form.values(),
            base=form.base(),
            base_revision=form.revision,
            by=user_of(request),
        )
        return True
    return False


# Own interests ------------------------------------------------------------------------------------


@with_fund
def interest_new(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    """Whose own firm or hours it is: she handles nothing of this supplier."""
    row = supplier_here(fund, pk)
    form = InterestForm(request.POST or None, supplier=row)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            person = form.cleaned_data["person"]
            suppliers.declare_interest(row, person, by=user_of(request))
            messages.success(request, f"{person} handelt niets van {row} meer af.")
            return redirect(url_of("supplier-detail", fund, pk))
    return form_page(
        request,
        fund,
        form,
        title="Eigen belang vastleggen",
        lead="Wie een eigen belang heeft, handelt niets af wat van deze leverancier is: het eigen "
        "bedrijf, of de eigen uren.",
        button="Vastleggen",
        back=url_of("supplier-detail", fund, pk),
        trail=_crumbs(fund, Crumb(row.name, url_of("supplier-detail", fund, pk))),
    )


@with_fund
def interest_remove(request: HttpRequest, fund: Fund, pk: int, interest: int) -> HttpResponse:
    row = supplier_here(fund, pk)
    found = get_object_or_404(Interest.objects.select_related("user"), supplier=row, pk=interest)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            suppliers.withdraw_interest(found, by=user_of(request), **form.cleaned_data)
            messages.success(request, f"Het eigen belang van {found.user} is weggehaald.")
            return redirect(url_of("supplier-detail", fund, pk))
    return form_page(
        request,
        fund,
        form,
        title="Eigen belang weghalen",
        lead=f"{found.user} kan daarna weer afhandelen wat van {row} is.",
        button="Weghalen",
        back=url_of("supplier-detail", fund, pk),
        trail=_crumbs(fund, Crumb(row.name, url_of("supplier-detail", fund, pk))),
    )
