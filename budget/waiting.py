"""What waits about the money of a fund: to sign, to check, to make payable, to register as paid.

A fixed number of queries, whatever lies behind. Registered at start-up. A title names a number and
nothing else: it goes into mails.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q

from accounts.models import User
from budget.addresses import url_of
from budget.enums import (
    OPEN_INVOICES,
    CommitmentState,
    EntryKind,
    InvoiceState,
    MandateAct,
)
from budget.eyes import STEP_AFTER
from budget.models import Commitment, Fund, Invoice, LedgerEntry
from budget.standing import Purse, purse_of
from core import clock
from core.formats import local_day, long_date
from governance.standing import Person, Standing
from governance.waiting_job import Job, let_wait

PAY_WITHIN = timedelta(days=30)
SHOWN_APART = 3  # more of one kind are counted in one line
UNPAID = (*OPEN_INVOICES, InvoiceState.PAYABLE)
TITLES = {
    MandateAct.SIGN: ("Teken verplichting {}", "Teken {} verplichtingen"),
    MandateAct.CHECK: ("Controleer factuur {}", "Controleer {} facturen"),
    MandateAct.MAKE_PAYABLE: ("Stel factuur {} betaalbaar", "Stel {} facturen betaalbaar"),
    MandateAct.REGISTER_PAYMENT: (
        "Registreer de betaling van factuur {}",
        "Registreer de betaling van {} facturen",
    ),
}


def register() -> None:
    """Called once at start-up."""
    let_wait(jobs)


# What one person can do now -----------------------------------------------------------------------


def _covers(purse: Purse, act: MandateAct, commitment: Commitment, amount: Decimal) -> bool:
    fitting = purse.covering(act, commitment.fund, commitment.line)
    return purse.pays_as_finance(act, commitment.fund) or any(
        mandate.amount is None or amount <= mandate.amount for mandate in fitting
    )


def to_sign(user: Person, **of: object) -> list[Commitment]:
    """What this person can sign: within her mandate, and neither proposed by her nor her own firm.

    Two queries at most; `of` narrows, as in `fund=...`.
    """
    purse = purse_of(user)
    funds = {each.fund_id for each in purse.mandates if each.act == MandateAct.SIGN}
    if not funds:
        return []
    rows = (
        Commitment.objects.filter(fund__in=funds, state=CommitmentState.PROPOSED, **of)
        .exclude(proposed_by=user.pk)
        .exclude(supplier__interests__user=user.pk)
        .select_related("fund__region", "line", "supplier")
        .order_by("proposed_at", "pk")
    )
    return [row for row in rows if _covers(purse, MandateAct.SIGN, row, row.amount)]


def to_handle(user: Person, **of: object) -> list[tuple[Invoice, MandateAct]]:
    """The invoices of which this person can do the next step, the oldest first; two queries.

    One that waits for a signature or a condition is not there yet.
    """
    purse = purse_of(user)
    funds = {each.fund_id for each in purse.mandates if each.act in STEP_AFTER.values()}
    if not funds and not purse.finance_regions:
        return []
    known = Fund.objects.filter(pk__in=funds) | Fund.objects.filter(
        region__in=purse.finance_regions, finance_pays=True
    )
    rows = (
        Invoice.objects.filter(
            commitment__fund__in=known.values("pk"), state__in=list(STEP_AFTER), **of
        )
        .exclude(supplier__interests__user=user.pk)
        .select_related("commitment__fund__region", "commitment__line", "supplier")
        .order_by("received_on", "pk")
    )
    signed = set(
        LedgerEntry.objects.filter(kind=EntryKind.COMMIT, by=user.pk).values_list(
            "commitment", flat=True
        )
    )
    steps = ((row, STEP_AFTER[row.state]) for row in rows)
    return [(row, act) for row, act in steps if _is_hers(row, act, user, purse, signed)]


def _is_hers(
    row: Invoice, act: MandateAct, user: Person, purse: Purse, signed: set[int | None]
) -> bool:
    commitment = row.commitment
    if not _covers(purse, act, commitment, abs(row.amount)):
        return False
    if act == MandateAct.CHECK:
        return True
    if commitment.pk in signed:
        return False
    if act == MandateAct.REGISTER_PAYMENT:
        return row.payable_by_id != user.pk
    ready = commitment.state != CommitmentState.PROPOSED and not commitment.waits_on_condition
    return ready and (commitment.fund.checker_makes_payable or row.checked_by_id != user.pk)


# As jobs ------------------------------------------------------------------------------------------


def jobs(user: User, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    purse = purse_of(user)
    if purse.mandates or purse.finance_regions:
        yield from _signing(to_sign(user, fund__region__in=slugs))
        yield from _steps(to_handle(user, commitment__fund__region__in=slugs))
    mine = standing.author_regions & slugs.keys()
    if mine:
        yield from _late(mine)


def _signing(rows: Iterable[Commitment]) -> Iterator[Job]:
    by_fund: dict[Fund, list[Commitment]] = defaultdict(list)
    for row in rows:
        by_fund[row.fund].append(row)
    for fund, found in by_fund.items():
        if len(found) > SHOWN_APART:
            url = url_of("commitment-list", fund) + "?state=proposed"
            first = min(_sign_by(row) for row in found)
            yield _counted(fund, MandateAct.SIGN, len(found), url, first)
            continue
        for row in found:
            yield Job(
                fund.region_id,
                TITLES[MandateAct.SIGN][0].format(row.number),
                url_of("commitment-detail", fund, row.number),
                note=f"{fund}. Voorgesteld op {long_date(row.proposed_at)}.",
                due=_sign_by(row),
                subject=("commitment", row.pk),
            )


def _sign_by(row: Commitment) -> date:
    """The day the work begins; of what has begun already, the day it was asked."""
    return max(row.starts_on, local_day(row.proposed_at))


def _steps(rows: Iterable[tuple[Invoice, MandateAct]]) -> Iterator[Job]:
    found: dict[tuple[Fund, MandateAct], list[Invoice]] = defaultdict(list)
    for row, act in rows:
        found[row.commitment.fund, act].append(row)
    for (fund, act), invoices in found.items():
        if len(invoices) > SHOWN_APART:
            url = f"{url_of('invoice-list', fund)}?state={invoices[0].state}"
            yield _counted(fund, act, len(invoices), url, _due(invoices))
            continue
        for row in invoices:
            yield Job(
                fund.region_id,
                TITLES[act][0].format(row.number),
                url_of("invoice-detail", fund, row.pk),
                note=f"{fund}. Ontvangen op {long_date(row.received_on)}.",
                due=row.received_on + PAY_WITHIN,
                subject=("invoice", row.pk),
            )


def _due(invoices: Sequence[Invoice]) -> date:
    return min(row.received_on for row in invoices) + PAY_WITHIN


def _counted(fund: Fund, act: MandateAct, number: int, url: str, due: date | None) -> Job:
    title = TITLES[act][1].format(number)
    return Job(fund.region_id, title, url, note=f"{fund}.", due=due, subject=(act, fund.pk))


def _late(regions: Iterable[int]) -> Iterator[Job]:
    """Per fund how many invoices lie longer than 30 days without being paid, for the team."""
    waits = Q(
        commitments__invoices__state__in=UNPAID,
        commitments__invoices__received_on__lt=clock.today() - PAY_WITHIN,
    )
    funds = Fund.objects.filter(waits, region__in=regions).select_related("region")
    counted = funds.annotate(
        number=Count("commitments__invoices"), first=Min("commitments__invoices__received_on")
    )
    for fund in counted:
        what = "1 factuur wacht" if fund.number == 1 else f"{fund.number} facturen wachten"
        yield Job(
            fund.region_id,
            f"{what} langer dan 30 dagen",
            f"{url_of('invoice-list', fund)}?state=late",
            note=f"{fund}. Een overheid betaalt binnen 30 dagen.",
            due=fund.first + PAY_WITHIN,
            subject=("late invoices", fund.pk),
        )
