"""Budget that moves between lines and years, and what a year has left to the next."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from budget.addresses import url_of
from budget.domain import reallocations
from budget.domain.ledger import left_answer
from budget.figures import NOTHING
from budget.forms.money_keeping import CarryForm, MoveForm, place
from budget.models import Fund, FundLine
from budget.queries import amounts_of
from budget.views.money_base import crumbs, form_page, tabs, user_of
from core import clock
from core.components import Cell, Column, Crumb, Row
from core.formats import euro, long_date
from core.refusal import require
from governance.models import Region
from governance.rules import may, must, visible_to
from governance.views.base import in_region

PER_PAGE = 50
COLUMNS = [
    Column("Wanneer"),
    Column("Van"),
    Column("Naar"),
    Column("Bedrag", number=True),
    Column("Grond"),
    Column("Door"),
    Column("Reden"),
]
BEFORE_AFTER = [
    Column("Post en jaar"),
    Column("Nu over", number=True),
    Column("Daarna over", number=True),
]


def _fund(request: HttpRequest, region: Region, slug: str) -> Fund:
    """A move is a figure of the budget: who reads those, reads moves too."""
    fund = get_object_or_404(visible_to(request.user, Fund), region=region, slug=slug)
    fund.region = region
    return fund


def _may_move(request: HttpRequest, fund: Fund) -> dict[str, Any]:
    """Which grounds this person has: her mandate, or a decision that the team writes down."""
    return {
        "user": user_of(request),
        "by_decision": bool(may(request.user, "budget.lead", fund)),
        "by_mandate": bool(may(request.user, "budget.reallocate", fund)),
    }


@require_GET
@in_region
def reallocation_list(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
    fund = _fund(request, region, slug)
    rows = fund.reallocations.select_related("from_line", "to_line", "decision", "by")
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    grounds = _may_move(request, fund)
    context = {
        "region": region,
        "fund": fund,
        "crumbs": crumbs(fund, Crumb("Verschuivingen")),
        "tabs": tabs(fund, "reallocation-list") if may(request.user, "budget.handle", fund) else [],
        "columns": COLUMNS,
        "rows": [
            Row(
                [
                    long_date(row.effective_on),
                    f"{row.from_line} {row.from_year}",
                    f"{row.to_line} {row.to_year}",
                    euro(row.amount),
                    f"besluit {row.decision.number}" if row.decision else "mandaat",
                    str(row.by or "het portaal"),
                    row.why,
                ]
            )
            for row in found
        ],
        "page": found,
        "moves": grounds["by_decision"] or grounds["by_mandate"],
    }
    return render(request, "budget/reallocation_list.html", context)


def _moving(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the fund, and ask one of the two grounds."""

    def inner(request: HttpRequest, region: Region, slug: str) -> HttpResponse:
        fund = _fund(request, region, slug)
        grounds = _may_move(request, fund)
        if not grounds["by_decision"]:
            must(request.user, "budget.reallocate", fund)
        return view(request, fund, grounds)

    return in_region(inner)


def _left_of(fund: Fund) -> Callable[[int, int], Decimal]:
    amounts = amounts_of(fund)
    return lambda line, year: amounts.get((line, year), NOTHING).left


@_moving
def reallocation_new(request: HttpRequest, fund: Fund, grounds: dict[str, Any]) -> HttpResponse:
    """First what it does to both sides, then the move itself."""
    left = _left_of(fund)
    form = MoveForm(
        request.POST or None, fund=fund, left=left, initial=_asked(request, fund), **grounds
    )
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            origin, target = form.places()
            amount = form.cleaned_data["amount"]
            require(left_answer(*origin, amount, ways=reallocations.WAYS))
            shown = _before_after(left, origin, target, amount)
            if request.POST.get("seen") == shown["seen"]:
                moved = reallocations.reallocate(
                    *origin,
                    *target,
                    amount=amount,
                    why=form.cleaned_data["why"],
                    decision=form.cleaned_data.get("decision"),
                    by=grounds["user"],
                )
                messages.success(request, f"Verschoven: {euro(moved.amount)}, {moved}.")
                return redirect(url_of("reallocation-list", fund))
    return _page(request, fund, form, shown, "Geld verschuiven", "Verschuiven")


def _asked(request: HttpRequest, fund: Fund) -> dict[str, str]:
    asked = {f"{end}_place": request.GET.get(name, "") for end, name in
             (("from", "van"), ("to", "naar"))}  # fmt: skip
    return {name: text for name, text in asked.items() if place(text, fund)}


def _before_after(
    left: Callable[[int, int], Decimal],
    origin: tuple[FundLine, int],
    target: tuple[FundLine, int],
    amount: Decimal,
) -> dict[str, Any]:
    """What is left on both sides now and afterwards; `seen` tells what was looked at."""
    rows = []
    for (line, year), change in ((origin, -amount), (target, amount)):
        now = left(line.pk, year)
        rows.append(Row([f"{line} {year}", euro(now), Cell(euro(now + change))]))
    seen = f"{origin[0].pk}-{origin[1]} {target[0].pk}-{target[1]} {amount}"
    return {"columns": BEFORE_AFTER, "rows": rows, "seen": seen}


def _page(
    request: HttpRequest, fund: Fund, form: Any, shown: dict[str, Any], title: str, button: str
) -> HttpResponse:
    ready = bool(shown) and not form.errors
    return form_page(
        request,
        fund,
        form,
        title=title,
        lead="Eerst ziet u wat er aan beide kanten overblijft.",
        button=button if ready else "Laat zien wat het doet",
        back=url_of("reallocation-list", fund),
        trail=[Crumb("Verschuivingen", url_of("reallocation-list", fund))],
        shown=shown if ready else {},
    )


# Carrying over ------------------------------------------------------------------------------------


def _rests(fund: Fund, left: Callable[[int, int], Decimal]) -> list[tuple[str, str]]:
    """What lines have left of years that are over, where the fund has a next year."""
    years = [year for year in fund.years if year < clock.today().year and year + 1 in fund.years]
    return [
        (f"{line.pk}-{year}", f"{line} {year}: {euro(left(line.pk, year))} naar {year + 1}")
        for year in years
        for line in fund.lines.order_by("pk")
        if left(line.pk, year) > 0
    ]


@_moving
def carry_over(request: HttpRequest, fund: Fund, grounds: dict[str, Any]) -> HttpResponse:
    """What a line has left of a year that is over, to its next year; on purpose."""
    left = _left_of(fund)
    rests = _rests(fund, left)
    form = CarryForm(request.POST or None, fund=fund, rests=rests, **grounds)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            line, year = form.place()
            shown = _before_after(left, (line, year), (line, year + 1), left(line.pk, year))
            if request.POST.get("seen") == shown["seen"]:
                moved = reallocations.carry_over(
                    line,
                    year,
                    why=form.cleaned_data["why"],
                    decision=form.cleaned_data.get("decision"),
                    by=grounds["user"],
                )
                messages.success(request, f"Doorgeschoven: {euro(moved.amount)}, {moved}.")
                return redirect(url_of("reallocation-list", fund))
    if not rests and request.method != "POST":
        messages.error(
            request, "Er is niets om door te schuiven: geen post heeft iets over van een jaar dat "
            "voorbij is."
        )  # fmt: skip
        return redirect(url_of("reallocation-list", fund))
    return _page(request, fund, form, shown, "Doorschuiven naar het volgende jaar", "Doorschuiven")
