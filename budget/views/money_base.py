"""What the pages of money in motion share: the fund, who works with it, forms and refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from budget.addresses import url_of
from budget.models import Commitment, Fund, Invoice
from core.components import Crumb, Link
from core.drafts import committed
from governance.models import Region
from governance.rules import must, visible_to
from governance.views.base import in_region, is_key

View = Callable[..., HttpResponse]


def with_fund(view: View) -> View:
    """Sign in, enter the region, find the fund (404), and ask who works with it (403).

    The view gets the fund as second argument.
    """

    @in_region
    @wraps(view)
    def inner(
        request: HttpRequest, region: Region, slug: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        fund = get_object_or_404(visible_to(request.user, Fund), region=region, slug=slug)
        fund.region = region
        must(request.user, "budget.handle", fund)
        return view(request, fund, *args, **kwargs)

    return inner


def crumbs(fund: Fund, *more: Crumb) -> list[Crumb]:
    return [Crumb(fund.name, url_of("fund", fund)), *more]


TABS = (
    ("Overzicht", "fund"),
    ("Verplichtingen", "commitment-list"),
    ("Facturen", "invoice-list"),
    ("Verschuivingen", "reallocation-list"),
    ("Boekingen", "ledger"),
    ("Leveranciers", "supplier-list"),
    ("Mandaten", "mandate-list"),
)


def tabs(fund: Fund, here: str) -> list[Link]:
    """The lists of a fund, for who works with it."""
    return [Link(label, url_of(name, fund), current=name == here) for label, name in TABS]


def user_of(request: HttpRequest) -> Any:
    return request.user


def number_of(text: str) -> dict[str, int]:
    """'2021-003' as the fields it is made of; raises Http404 for what is no number."""
    year, _, sequence = text.partition("-")
    if not (is_key(year) and is_key(sequence) and len(year) == 4 and len(sequence) < 10):
        raise Http404
    return {"year": int(year), "sequence": int(sequence)}


def commitment_here(fund: Fund, number: str) -> Commitment:
    """A commitment of this fund; who works with the fund reads all of them."""
    rows = Commitment.objects.select_related(
        "line__fund", "supplier", "proposed_by", "signed_by", "signed_under"
    )
    found = get_object_or_404(rows, fund=fund, **number_of(number))
    found.fund = found.line.fund = fund
    return found


def invoices_of(fund: Fund) -> QuerySet[Invoice]:
    return Invoice.objects.filter(commitment__fund=fund).select_related(
        "supplier",
        "commitment__line",
        "commitment__supplier",
        "commitment__signed_by",
        "checked_by",
        "payable_by",
        "paid_by",
    )


def invoice_here(fund: Fund, pk: int) -> Invoice:
    found = get_object_or_404(invoices_of(fund), pk=pk)
    found.commitment.fund = found.commitment.line.fund = fund
    return found


def form_page(request: HttpRequest, fund: Fund, form: Any, **context: Any) -> HttpResponse:
    """A page with one form: title, button, back, and perhaps lead, trail, ways, left, draft_key."""
    title = context["title"]
    context = {
        "region": fund.region,
        "fund": fund,
        "form": form,
        "crumbs": crumbs(fund, *context.pop("trail", []), Crumb(title)),
        **context,
    }
    return render(request, "budget/money_form.html", context)


def forgotten(request: HttpRequest, key: str) -> bool:
    """Whether the writer asked to throw away what she had not saved; then it is gone."""
    if "forget" not in request.POST:
        return False
    committed(request, key)
    messages.success(request, "De tekst die nog niet was opgeslagen, is weg.")
    return True
