"""Invoices of a fund: the list, receiving one, one of them, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from budget import invoice_page as page
from budget import money_lists as lists
from budget.addresses import url_of
from budget.commitment_page import step_of, why_not
from budget.domain import invoices, payments
from budget.drafts import key_of
from budget.enums import InvoiceKind, InvoiceState
from budget.eyes import may_go_on
from budget.forms import money as forms
from budget.forms.money_lists import InvoiceFilter
from budget.ledger_page import ENTRY_COLUMNS, entry_rows
from budget.models import Fund, Invoice
from budget.money_lists import drawn, heads, in_order
from budget.views.money_base import (
    crumbs,
    forgotten,
    form_page,
    invoice_here,
    tabs,
    user_of,
    with_fund,
)
from budget.waiting import to_handle
from core.components import Crumb, Link
from core.drafts import committed, draft_of
from core.formats import euro
from core.models import StatusChange
from core.paging import KeyPaginator
from core.sheets import sheet_response
from governance.queries import trail_of
from governance.rules import must

PER_PAGE = 50


def to_list(fund: Fund) -> Crumb:
    return Crumb("Facturen", url_of("invoice-list", fund))


def to_detail(invoice: Invoice) -> HttpResponse:
    return redirect(url_of("invoice-detail", invoice.commitment.fund, invoice.pk))


# Lists --------------------------------------------------------------------------------------------


@require_GET
@with_fund
def invoice_list(request: HttpRequest, fund: Fund) -> HttpResponse:
    """What waits for me on top, then everything that fits the filter, with its total."""
    form = InvoiceFilter(request.GET or None, fund=fund)
    columns = lists.invoice_columns(fund)
    rows = lists.invoices_in(fund, form)
    found = KeyPaginator(in_order(rows, columns, request.GET), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "region": fund.region,
        "fund": fund,
        "crumbs": crumbs(fund, Crumb("Facturen")),
        "tabs": tabs(fund, "invoice-list"),
        "form": form,
        "mine": [
            _to_do(row, act.label, fund)
            for row, act in to_handle(user_of(request), commitment__fund=fund)
        ],
        "columns": heads(columns, request.GET),
        "rows": drawn(columns, found, lists.invoice_totals(rows)),
        "page": found,
        "download": f"{url_of('invoice-download', fund)}?{request.GET.urlencode()}",
    }
    return render(request, "budget/invoice_list.html", context)


def _to_do(row: Invoice, step: str, fund: Fund) -> Link:
    return Link(
        f"{row.number} van {row.supplier}",
        url_of("invoice-detail", fund, row.pk),
        note=f"{euro(row.amount)}, {step}",
    )


@require_GET
@with_fund
def invoice_download(request: HttpRequest, fund: Fund) -> HttpResponse:
    columns = lists.invoice_columns(fund)
    rows = lists.invoices_in(fund, InvoiceFilter(request.GET or None, fund=fund))
    return sheet_response(
        f"facturen-{fund.slug}.xlsx",
        "Facturen",
        [column.label for column in columns],
        lists.in_sheet(columns, in_order(rows, columns, request.GET)),
    )


# Writing ------------------------------------------------------------------------------------------


@with_fund
def invoice_new(request: HttpRequest, fund: Fund) -> HttpResponse:
    """Write down what came in; also above its commitment, and before that is signed."""
    key = key_of("factuur", fund)
    if request.method == "POST" and forgotten(request, key):
        return redirect(url_of("invoice-new", fund))
    draft = None if request.method == "POST" else draft_of(request.user, key)
    form = forms.InvoiceForm(
        request.POST or None, fund=fund, draft=draft, start=_asked(request, fund)
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values = {name: form.cleaned_data[name] for name in form.based}
            made = invoices.receive_invoice(values.pop("commitment"), by=user_of(request), **values)
            committed(request, key)
            messages.success(request, f"Factuur {made.number} is ontvangen. {_next(made)}")
            return to_detail(made)
    return form_page(
        request,
        fund,
        form,
        title="Factuur ontvangen",
        lead="Elke factuur kan erin, ook boven de verplichting of voordat die is getekend.",
        button="Ontvangen",
        back=url_of("invoice-list", fund),
        trail=[to_list(fund)],
        draft_key=key,
        ways=[Link("Nieuwe verplichting voorstellen", url_of("commitment-new", fund))]
        if form.errors or not forms.billable(fund).exists()
        else [],
    )


def _asked(request: HttpRequest, fund: Fund) -> dict[str, Any]:
    """The commitment and kind that the address names, chosen already."""
    year, _, sequence = request.GET.get("verplichting", "").partition("-")
    start: dict[str, Any] = {}
    if year.isdecimal() and sequence.isdecimal() and len(year + sequence) < 14:
        rows = forms.billable(fund).filter(year=int(year), sequence=int(sequence))
        start["commitment"] = rows.first()
    if request.GET.get("soort") == InvoiceKind.CREDIT:
        start["kind"] = InvoiceKind.CREDIT
    return start


def _next(invoice: Invoice) -> str:
    people = may_go_on(invoice)
    return f"Controleren kan: {', '.join(map(str, people))}." if people else ""


@with_fund
def invoice_edit(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    """Correct what was typed over from paper; two writers lose nothing."""
    row = invoice_here(fund, pk)
    key = key_of("factuur", fund, row)
    if request.method == "POST" and forgotten(request, key):
        return to_detail(row)
    if request.method != "POST" and row.state not in (
        InvoiceState.RECEIVED,
        InvoiceState.DISPUTED,
    ):
        messages.error(request, "Deze factuur is al gecontroleerd. Betwist haar eerst.")
        return to_detail(row)
    draft = None if request.method == "POST" else draft_of(request.user, key)
    form = forms.InvoiceForm(request.POST or None, fund=fund, invoice=row, draft=draft)
    if request.method == "POST" and form.is_valid() and _save(request, row, form, key):
        messages.success(request, f"Factuur {row.number} is gewijzigd.")
        return to_detail(row)
    return form_page(
        request,
        fund,
        form,
        title="Factuur wijzigen",
        lead=f"{row} van {row.supplier}",
        button="Opslaan",
        back=url_of("invoice-detail", fund, row.pk),
        trail=[to_list(fund), _to_row(row)],
        draft_key=key,
    )


def _to_row(row: Invoice) -> Crumb:
    return Crumb(row.number, url_of("invoice-detail", row.commitment.fund, row.pk))


def _save(request: HttpRequest, row: Invoice, form: forms.InvoiceForm, key: str) -> bool:
    user = user_of(request)

    def newest() -> dict[str, Any]:
        fresh = Invoice.objects.get(pk=row.pk)
        return {name: getattr(fresh, name) for name in form.based} | {"amount": abs(fresh.amount)}

    with form.saving(user, key, newest):
        invoices.edit_invoice(
            row, form.values(), base=form.base(), base_revision=form.revision, by=user
        )
        committed(request, key)
        return True
    return False


# One of them --------------------------------------------------------------------------------------


@require_GET
@with_fund
def invoice_detail(request: HttpRequest, fund: Fund, pk: int) -> HttpResponse:
    """Who did what, what can be done now, the ways out when it is too much, and the trail."""
    row, user = invoice_here(fund, pk), user_of(request)
    changes = list(StatusChange.of(row))
    first = changes[-1] if changes else None
    too_much = page.over(row)
    context = {
        "region": fund.region,
        "fund": fund,
        "invoice": row,
        "crumbs": crumbs(fund, to_list(fund), Crumb(row.number)),
        "tone": page.TONES[row.state],
        "lead": f"{euro(row.amount)} op verplichting {row.commitment}",
        "status": page.status(row),
        "now": page.now_for(row, user),
        "too_much": too_much,
        "ways": page.ways_out(row) if too_much else [],
        "stops": page.stops(row, str(first.by or "het portaal") if first else ""),
        "entries": entry_rows(row.entries.all()),
        "entry_columns": ENTRY_COLUMNS,
        "facts": page.facts(row),
        "trail": trail_of(changes, page.ACTS),
    }
    return render(request, "budget/invoice_detail.html", context)


@dataclass(frozen=True)
class Work:
    """An act that asks for words: its form, the domain function, and what is said afterwards."""

    title: str
    lead: str
    form: Callable[..., Any]
    do: Callable[..., Any]
    done: str


def _why(data: Any, row: Invoice) -> forms.WhyForm:
    return forms.WhyForm(data)


WORK = {
    "controleren": Work(
        "Factuur controleren",
        "U verklaart dat is geleverd wat hier in rekening is gebracht.",
        lambda data, row: forms.CheckForm(data, row=row),
        invoices.check_invoice,
        "is gecontroleerd",
    ),
    "betaalbaar": Work(
        "Factuur betaalbaar stellen",
        "Financiën mag daarna betalen. Het bedrag telt vanaf nu als gefactureerd.",
        lambda data, row: forms.SeenForm(data, row=row),
        payments.make_payable,
        "is betaalbaar",
    ),
    "betaald": Work(
        "Betaling registreren",
        "Schrijf over wat de bank deed.",
        lambda data, row: forms.PaymentForm(data, initial=forms.initial_payment(row)),
        payments.register_payment,
        "is betaald",
    ),
    "betwisten": Work(
        "Factuur betwisten",
        "De factuur wacht dan op de leverancier.",
        lambda data, row: forms.DisputeForm(data),
        invoices.dispute_invoice,
        "is betwist",
    ),
    "hervatten": Work(
        "Weer in behandeling nemen",
        "De factuur wordt daarna opnieuw gecontroleerd.",
        _why,
        invoices.resume_invoice,
        "is weer in behandeling",
    ),
    "splitsen": Work(
        "Factuur splitsen",
        "Een deel gaat naar een andere verplichting aan dezelfde leverancier.",
        lambda data, row: forms.SplitForm(data, invoice=row),
        invoices.split_invoice,
        "is gesplitst",
    ),
    "verplaatsen": Work(
        "Naar een andere verplichting",
        "De hele factuur gaat naar een andere verplichting aan dezelfde leverancier.",
        lambda data, row: forms.OtherCommitmentForm(data, invoice=row),
        invoices.move_invoice,
        "staat op een andere verplichting",
    ),
    "terughalen": Work(
        "Betaalbaarstelling intrekken",
        "Er komt een tegenboeking. De factuur blijft gecontroleerd.",
        _why,
        payments.hold_back,
        "is niet meer betaalbaar",
    ),
    "terugdraaien": Work(
        "Betaling terugdraaien",
        "Er komt een tegenboeking. De factuur is daarna weer betaalbaar.",
        _why,
        payments.bounce_payment,
        "is niet betaald, en weer betaalbaar",
    ),
    "vervallen": Work(
        "Factuur laten vervallen",
        "Wat ervan was geboekt, gaat terug met een tegenboeking.",
        _why,
        invoices.cancel_invoice,
        "is vervallen",
    ),
}


@with_fund
def invoice_act(request: HttpRequest, fund: Fund, pk: int, act: str) -> HttpResponse:
    """One act with its form. What cannot be done now is said on the page of the invoice."""
    row, work = invoice_here(fund, pk), WORK.get(act)
    if work is None:
        raise Http404
    step = step_of(page.STEPS, act, row)
    must(request.user, step.right, row)
    if request.method != "POST" and (reasons := why_not(step, row, user_of(request))):
        for reason in reasons:
            messages.error(request, reason)
        return to_detail(row)
    form = work.form(request.POST if request.method == "POST" else None, row)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            work.do(row, by=user_of(request), **form.cleaned_data)
            messages.success(request, f"Factuur {row.number} {work.done}.")
            return to_detail(row)
        if isinstance(form, forms.SeenForm):
            form.looks_at(row)
    return form_page(
        request,
        fund,
        form,
        title=work.title,
        lead=f"{row} van {row.supplier}, {euro(row.amount)}. {work.lead}",
        button=step.label,
        back=url_of("invoice-detail", fund, row.pk),
        trail=[to_list(fund), _to_row(row)],
        ways=_ways(act, row) if act == "splitsen" or form.errors else [],
    )


def _ways(act: str, row: Invoice) -> list[Link]:
    if act in ("splitsen", "verplaatsen"):
        url = url_of("commitment-new", row.commitment.fund)
        return [Link("Nieuwe verplichting voorstellen", f"{url}?leverancier={row.supplier_id}")]
    return page.ways_out(row) if page.over(row) else []
