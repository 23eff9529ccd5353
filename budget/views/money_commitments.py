"""Commitments of a fund: the list, a new one, one of them, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from budget import commitment_page as page
from budget import money_lists as lists
from budget.addresses import url_of
from budget.domain import commitment_amounts, commitments
from budget.domain.ledger import left
from budget.drafts import key_of
from budget.enums import CommitmentState
from budget.eyes import may_sign
from budget.forms.money import (
    AmountForm,
    CommitmentForm,
    ConditionForm,
    SeenForm,
    SignForm,
    WhyForm,
)
from budget.forms.money_lists import CommitmentFilter
from budget.ledger_page import ENTRY_COLUMNS, entry_rows
from budget.models import Commitment, Fund, Supplier
from budget.money_lists import drawn, heads, in_order
from budget.views.money_base import (
    commitment_here,
    crumbs,
    forgotten,
    form_page,
    tabs,
    user_of,
    with_fund,
)
from budget.waiting import to_sign
from core import clock
from core.components import Column, Crumb, Link
from core.drafts import committed, draft_of
from core.formats import euro
from core.models import StatusChange
from core.sheets import sheet_response
from governance.queries import trail_of
from governance.rules import may, must
from governance.views.base import is_key

PER_PAGE = 50


def to_list(fund: Fund) -> Crumb:
    return Crumb("Verplichtingen", url_of("commitment-list", fund))


def to_detail(commitment: Commitment) -> HttpResponse:
    return redirect(url_of("commitment-detail", commitment.fund, commitment.number))


# Lists --------------------------------------------------------------------------------------------


@require_GET
@with_fund
def commitment_list(request: HttpRequest, fund: Fund) -> HttpResponse:
    """What waits for my signature on top, then everything that fits the filter, with its totals."""
    form = CommitmentFilter(request.GET or None, fund=fund)
    columns = lists.commitment_columns(fund)
    rows = lists.commitments_of(fund, form)
    found = Paginator(in_order(rows, columns, request.GET), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "region": fund.region,
        "fund": fund,
        "crumbs": crumbs(fund, Crumb("Verplichtingen")),
        "tabs": tabs(fund, "commitment-list"),
        "form": form,
        "mine": [_to_sign(row) for row in to_sign(user_of(request), fund=fund)],
        "columns": heads(columns, request.GET),
        "rows": drawn(columns, found, lists.commitment_totals(rows)),
        "page": found,
        "download": f"{url_of('commitment-download', fund)}?{request.GET.urlencode()}",
    }
    return render(request, "budget/commitment_list.html", context)


def _to_sign(row: Commitment) -> Link:
    return Link(
        f"{row.number} {row.what}",
        url_of("commitment-detail", row.fund, row.number),
        note=f"{euro(row.amount)} aan {row.supplier}",
    )


@require_GET
@with_fund
def commitment_download(request: HttpRequest, fund: Fund) -> HttpResponse:
    columns = lists.commitment_columns(fund)
    rows = lists.commitments_of(fund, CommitmentFilter(request.GET or None, fund=fund))
    return sheet_response(
        f"verplichtingen-{fund.slug}.xlsx",
        "Verplichtingen",
        [column.label for column in columns],
        lists.in_sheet(columns, in_order(rows, columns, request.GET)),
    )


# Writing ------------------------------------------------------------------------------------------


def left_over(fund: Fund) -> dict[str, Any]:
    """The table of what can still be promised, beside the form."""
    columns = [Column("Post"), *(Column(str(year), number=True) for year in fund.years)]
    return {"columns": columns, "rows": page.left_rows(fund)}


@with_fund
def commitment_new(request: HttpRequest, fund: Fund) -> HttpResponse:
    """Propose one; what is refused stands at its field, with the ways out below the form."""
    key = key_of("verplichting", fund)
    if request.method == "POST" and forgotten(request, key):
        return redirect(url_of("commitment-new", fund))
    draft = None if request.method == "POST" else draft_of(request.user, key)
    form = CommitmentForm(request.POST or None, fund=fund, draft=draft, start=_asked(request, fund))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values = {name: form.cleaned_data[name] for name in form.based}
            made = commitments.propose_commitment(values.pop("line"), by=user_of(request), **values)
            committed(request, key)
            messages.success(request, f"Verplichting {made.number} is voorgesteld. {_next(made)}")
            return to_detail(made)
    return form_page(
        request,
        fund,
        form,
        title="Verplichting voorstellen",
        lead="U legt nog niets vast. Dat gebeurt als een ander tekent.",
        button="Voorstellen",
        back=url_of("commitment-list", fund),
        trail=[to_list(fund)],
        draft_key=key,
        ways=_ways(fund) if form.errors else [],
        left=left_over(fund),
    )


def _asked(request: HttpRequest, fund: Fund) -> dict[str, Any]:
    """A line or supplier that the address names, chosen already."""
    start: dict[str, Any] = dict.fromkeys(("line", *CommitmentForm.based))
    line, supplier = request.GET.get("post", ""), request.GET.get("leverancier", "")
    if is_key(line):
        start["line"] = fund.lines.filter(pk=int(line)).first()
    if is_key(supplier):
        rows = Supplier.objects.filter(region=fund.region_id, pk=int(supplier))
        start["supplier"] = rows.first()
    return start


def _next(commitment: Commitment) -> str:
    people = may_sign(commitment)
    if not people:
        return "Niemand heeft een mandaat dat hoog genoeg is; vraag dat aan de beheerder."
    return f"Tekenen kan: {', '.join(map(str, people))}."


def _ways(fund: Fund, commitment: Commitment | None = None) -> list[Link]:
    """The ways out of what is most often refused."""
    line = f"?naar={commitment.line_id}-{commitment.year}" if commitment else ""
    return [
        Link("Geld naar deze post schuiven", url_of("reallocation-new", fund) + line),
        Link("Wie mag tekenen, en tot welk bedrag", url_of("mandate-list", fund)),
        Link("Nieuwe leverancier toevoegen", url_of("supplier-new", fund)),
    ]


@with_fund
def commitment_edit(request: HttpRequest, fund: Fund, number: str) -> HttpResponse:
    """Change what is proposed; two writers lose nothing."""
    row = commitment_here(fund, number)
    key = key_of("verplichting", fund, row)
    if request.method == "POST" and forgotten(request, key):
        return to_detail(row)
    if request.method != "POST" and row.state != CommitmentState.PROPOSED:
        messages.error(request, "Wat getekend of vervallen is, verandert niet meer.")
        return to_detail(row)
    draft = None if request.method == "POST" else draft_of(request.user, key)
    form = CommitmentForm(request.POST or None, fund=fund, commitment=row, draft=draft)
    if request.method == "POST" and form.is_valid() and _save(request, row, form, key):
        messages.success(request, f"Verplichting {row.number} is gewijzigd.")
        return to_detail(row)
    return form_page(
        request,
        fund,
        form,
        title="Verplichting wijzigen",
        lead=str(row),
        button="Opslaan",
        back=url_of("commitment-detail", fund, row.number),
        trail=[to_list(fund), _to_row(row)],
        draft_key=key,
        ways=_ways(fund, row) if form.errors else [],
        left=left_over(fund),
    )


def _to_row(row: Commitment) -> Crumb:
    return Crumb(row.number, url_of("commitment-detail", row.fund, row.number))


def _save(request: HttpRequest, row: Commitment, form: CommitmentForm, key: str) -> bool:
    user = user_of(request)

    def newest() -> dict[str, Any]:
        fresh = Commitment.objects.get(pk=row.pk)
        return {name: getattr(fresh, name) for name in form.based}

    with form.saving(user, key, newest):
        commitments.edit_commitment(
            row, form.values(), base=form.base(), base_revision=form.revision, by=user
        )
        committed(request, key)
        return True
    return False


# One of them --------------------------------------------------------------------------------------


@require_GET
@with_fund
def commitment_detail(request: HttpRequest, fund: Fund, number: str) -> HttpResponse:
    """Where it stands, what can be done now, its invoices, its bookings and its trail."""
    row, user = commitment_here(fund, number), user_of(request)
    asked = row.state == CommitmentState.PROPOSED
    short = asked and left(row.line, row.year) < row.amount
    context = {
        "region": fund.region,
        "fund": fund,
        "commitment": row,
        "crumbs": crumbs(fund, to_list(fund), Crumb(row.number)),
        "tone": page.TONES[row.state],
        "now": page.now_for(row, user),
        "ways": _ways(fund, row)[:2] if short else [],
        "figures": page.figures(row),
        "stops": page.stops(row),
        "invoices": page.invoice_rows(row),
        "invoice_columns": page.INVOICE_COLUMNS,
        "entries": entry_rows(row.entries.all()),
        "entry_columns": ENTRY_COLUMNS,
        "facts": page.facts(row),
        "trail": trail_of(StatusChange.of(row), page.ACTS),
    }
    return render(request, "budget/commitment_detail.html", context)


@dataclass(frozen=True)
class Work:
    """An act that asks for words: its form, the domain function, and what is said afterwards."""

    title: str
    lead: Callable[[Commitment], str]
    form: Callable[..., Any]
    do: Callable[..., Any]
    done: str


def _today(data: Any, row: Commitment) -> SignForm:
    return SignForm(data, row=row, initial={"on": clock.today()})


def _signing(row: Commitment) -> str:
    rest = left(row.line, row.year)
    return (
        f"U legt {euro(row.amount)} vast aan {row.supplier}. Op {row.line} is in {row.year} nog "
        f"{euro(rest)} over; daarna {euro(rest - row.amount)}."
    )


def _raising(row: Commitment) -> str:
    rest = left(row.line, row.year)
    return f"Nu {euro(row.amount)}. Op {row.line} is in {row.year} nog {euro(rest)} over."


WORK = {
    "tekenen": Work(
        "Verplichting tekenen", _signing, _today, commitments.sign_commitment, "is getekend"
    ),
    "verhogen": Work(
        "Verplichting verhogen",
        _raising,
        lambda data, row: AmountForm(data, initial={"amount": row.amount}),
        commitment_amounts.raise_commitment,
        "is verhoogd",
    ),
    "verlagen": Work(
        "Verplichting verlagen",
        lambda row: f"Nu {euro(row.amount)}. Wat u verlaagt, komt weer vrij op {row.line}.",
        lambda data, row: AmountForm(data, initial={"amount": row.amount}),
        commitment_amounts.lower_commitment,
        "is verlaagd",
    ),
    "voorbehoud": Work(
        "Aan het voorbehoud voldaan",
        lambda row: f"Voorbehoud: {row.condition}. Daarna kunnen facturen betaalbaar worden.",
        lambda data, row: ConditionForm(data, initial={"on": clock.today()}),
        commitments.meet_condition,
        "wacht niet meer op het voorbehoud",
    ),
    "afsluiten": Work(
        "Verplichting afsluiten",
        lambda row: f"Er komt geen factuur meer. Wat over is, komt vrij op {row.line}.",
        lambda data, row: WhyForm(data),
        commitments.close_commitment,
        "is afgesloten",
    ),
    "intrekken": Work(
        "Verplichting intrekken",
        lambda row: "Dat is niet terug te draaien. Wat vastlag, komt weer vrij.",
        lambda data, row: WhyForm(data),
        commitments.cancel_commitment,
        "is ingetrokken",
    ),
}


@with_fund
def commitment_act(request: HttpRequest, fund: Fund, number: str, act: str) -> HttpResponse:
    """One act with its form. What cannot be done now is said on the page of the commitment."""
    row, work = commitment_here(fund, number), WORK.get(act)
    if work is None:
        raise Http404
    step = page.step_of(page.STEPS, act, row)
    must(request.user, step.right, row)
    if request.method != "POST" and (reasons := page.why_not(step, row, user_of(request))):
        for reason in reasons:
            messages.error(request, reason)
        return to_detail(row)
    form = work.form(request.POST if request.method == "POST" else None, row)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            work.do(row, by=user_of(request), **form.cleaned_data)
            messages.success(request, f"Verplichting {row.number} {work.done}.")
            return to_detail(row)
        if isinstance(form, SeenForm):
            form.looks_at(row)
    moves = may(request.user, "budget.reallocate", row)
    return form_page(
        request,
        fund,
        form,
        title=work.title,
        lead=f"{row}. {work.lead(row)}",
        button=step.label,
        back=url_of("commitment-detail", fund, row.number),
        trail=[to_list(fund), _to_row(row)],
        ways=_ways(fund, row)[: 2 if moves else 1] if form.errors else [],
    )
