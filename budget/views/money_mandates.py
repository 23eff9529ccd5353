"""Who may do which step in a fund: mandates per person, given and ended by the region's admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from budget.addresses import url_of
from budget.domain import funds, mandates
from budget.forms.money_keeping import MandateEndForm, MandateForm, RulesForm
from budget.models import Fund, Mandate
from budget.views.money_base import crumbs, form_page, tabs, user_of
from core import clock
from core.components import Cell, Column, Crumb, Row
from core.formats import euro, long_date
from core.models import StatusChange
from core.sheets import sheet_response
from governance.enums import RegionRoleKind
from governance.forms.people import person_label
from governance.models import Region, RegionRole
from governance.queries import trail_of
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import in_region

COLUMNS = (
    "Wie",
    "Handeling",
    "Bedrag tot en met",
    "Alleen voor post",
    "Vanaf",
    "Tot en met de dag",
)
ACTS = {
    "mandate_granted": "Mandaat gegeven",
    "mandate_ended": "Mandaat beëindigd",
    "fund_rules_set": "Regels gewijzigd",
}
View = Callable[..., HttpResponse]


def kept_fund(right: str) -> Callable[[View], View]:
    """As `with_fund`, also for who administers the region and reads no figures."""

    def decorated(view: View) -> View:
        @in_region
        @wraps(view)
        def inner(request: HttpRequest, region: Region, slug: str, **kwargs: Any) -> HttpResponse:
            seen = Q(pk__in=visible_to(request.user, Fund).values("pk"))
            kept = Q(region__in=standing_of(request.user).admin_regions)
            fund = get_object_or_404(Fund.objects.filter(seen | kept), region=region, slug=slug)
            fund.region = region
            if not may(request.user, "budget.organise", fund):
                must(request.user, right, fund)
            return view(request, fund, **kwargs)

        return inner

    return decorated


def _crumbs(request: HttpRequest, fund: Fund, *more: Crumb) -> list[Crumb]:
    """By way of the fund, or of the organisation for who cannot open the fund."""
    if may(request.user, "budget.read", fund):
        return crumbs(fund, *more)
    url = reverse("governance:organisation", args=[fund.region.slug])
    return [Crumb("Organisatie", url), *more]


def _to_list(fund: Fund) -> Crumb:
    return Crumb("Mandaten", url_of("mandate-list", fund))


def _values(row: Mandate) -> list[Any]:
    return [
        person_label(row.user),
        row.get_act_display(),
        row.amount,
        row.line.name if row.line else "alle posten",
        row.valid_from,
        row.valid_until,
    ]


def _row(row: Mandate, fund: Fund, *, keeps: bool) -> Row:
    who, act, amount, line, since, until = _values(row)
    cells: list[Cell | str] = [
        who,
        act,
        euro(amount) or "geen grens",
        line,
        long_date(since),
        long_date(until) or "tot nader order",
    ]
    if keeps:
        cells.append(Cell("Beëindigen", url=url_of("mandate-end", fund, row.pk)))
    return Row(cells)


@require_GET
@kept_fund("budget.handle")
def mandate_list(request: HttpRequest, fund: Fund) -> HttpResponse:
    """Per person what she may do today or later; what is over stands below it."""
    today = clock.today()
    keeps = bool(may(request.user, "budget.organise", fund))
    rows = list(
        fund.mandates.select_related("user", "line").order_by(
            "user__office", "user__email", "act", "valid_from"
        )
    )
    if request.GET.get("als") == "xlsx":
        return sheet_response("mandaten.xlsx", "Mandaten", COLUMNS, [_values(row) for row in rows])
    over = [row for row in rows if row.valid_until and row.valid_until < today]
    finance = RegionRole.objects.current().filter(region=fund.region, role=RegionRoleKind.FINANCE)
    context = {
        "region": fund.region,
        "fund": fund,
        "crumbs": _crumbs(request, fund, Crumb("Mandaten")),
        "tabs": tabs(fund, "mandate-list") if may(request.user, "budget.handle", fund) else [],
        "keeps": keeps,
        "columns": [Column(label) for label in (*COLUMNS, *(["Wat u kunt doen"] * keeps))],
        "rows": [_row(row, fund, keeps=keeps) for row in rows if row not in over],
        "over_columns": [Column(label) for label in COLUMNS],
        "over": [_row(row, fund, keeps=False) for row in over],
        "finance": [person_label(role.user) for role in finance.select_related("user")],
        "trail": trail_of(StatusChange.of(fund).filter(act__in=ACTS), ACTS),
    }
    return render(request, "budget/mandate_list.html", context)


@kept_fund("budget.organise")
def mandate_new(request: HttpRequest, fund: Fund) -> HttpResponse:
    form = MandateForm(request.POST or None, fund=fund)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values = form.cleaned_data
            made = mandates.grant_mandate(
                fund, values.pop("user"), values.pop("act"), by=user_of(request), **values
            )
            messages.success(request, f"Gegeven: {mandates.described(made)}.")
            return redirect(url_of("mandate-list", fund))
    return _page(request, fund, form, title="Mandaat geven", button="Mandaat geven")


@kept_fund("budget.organise")
def mandate_end(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    rows = fund.mandates.select_related("user", "line")
    row = get_object_or_404(rows, pk=pk)
    initial = {"valid_until": clock.today()}
    form = MandateEndForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            mandates.end_mandate(row, on=form.cleaned_data["valid_until"], by=user_of(request))
            messages.success(request, "Het mandaat is beëindigd.")
            return redirect(url_of("mandate-list", fund))
    lead = f"{mandates.described(row)}. Wat ermee is gedaan, blijft."
    return _page(request, fund, form, title="Mandaat beëindigen", button="Beëindigen", lead=lead)


@kept_fund("budget.organise")
def rules(request: HttpRequest, fund: Fund) -> HttpResponse:
    """Who may do two steps in this fund, and who registers payments."""
    form = RulesForm(request.POST if request.method == "POST" else None, fund=fund)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            funds.set_rules(fund, by=user_of(request), **form.cleaned_data)
            messages.success(request, "De regels zijn gewijzigd.")
            return redirect(url_of("mandate-list", fund))
    lead = "Wie een verplichting tekent, betaalt nooit zelf. Dat geldt bij elk fonds."
    return _page(request, fund, form, title="Regels van dit fonds", button="Opslaan", lead=lead)


def _page(
    request: HttpRequest, fund: Fund, form: Any, *, title: str, button: str, lead: str = ""
) -> HttpResponse:
    response = form_page(
        request,
        fund,
        form,
        title=title,
        lead=lead,
        button=button,
        back=url_of("mandate-list", fund),
        crumbs=_crumbs(request, fund, _to_list(fund), Crumb(title)),
    )
    return response
