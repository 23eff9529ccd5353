"""The fund itself: what was granted, for how long, by which rules, and what the public sees."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from budget.domain.ledger import total
from budget.domain.rows import amount_answer, fit, hold, one_line, save_changes, still
from budget.enums import BUDGETED
from budget.figures import ZERO
from budget.models import Fund, Instalment, LedgerEntry, LineYear
from core import clock
from core.formats import euro, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from governance.domain.texts import refuse_personal_data
from governance.models import Region
from governance.rules import demand

FIELDS = (
    *("name", "grantor", "starts_on", "ends_on", "includes_vat", "contingency_rate"),
    *("realised_before", "realised_year", "realised_label"),
)
TEXTS = ("name", "grantor", "realised_label")


def granted(fund: Fund) -> Decimal:
    """The sum of the instalments, received or not: what was granted may be promised."""
    found: Decimal | None = fund.instalments.aggregate(found=Sum("amount"))["found"]
    return found or ZERO


def holdings(fund: Fund) -> Decimal:
    """What the fund holds when its budget begins: granted, less what was realised before."""
    spent: Decimal = fund.realised_before
    return granted(fund) - spent


@transaction.atomic
def open_fund(
    region: Region,
    *,
    slug: str,
    name: str,
    grantor: str,
    starts_on: date,
    ends_on: date,
    realised_before: Decimal = ZERO,
    realised_year: int | None = None,
    realised_label: str = "",
    contingency_rate: Decimal | None = None,
    includes_vat: bool = True,
    by: User | None,
) -> Fund:
    """A new fund of a region, still without money: instalments come apart."""
    demand(by, "budget.prepare", region)
    texts = {"name": name, "grantor": grantor, "realised_label": realised_label}
    refuse_personal_data(texts)
    fund = Fund(
        region=region,
        slug=slug.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        realised_before=realised_before,
        realised_year=realised_year,
        contingency_rate=contingency_rate,
        includes_vat=includes_vat,
        **{field: one_line(text) for field, text in texts.items()},
    )
    require(amount_answer(realised_before, "realised_before", zero=True), _years_answer(fund))
    fit(fund)
    StatusChange.log(fund, act="fund_opened", by=by)
    return fund


@transaction.atomic
def edit_fund(
    fund: Fund,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Change what the fund is (`FIELDS`); returns the fields that changed, merged per field.

    Refuses what would leave budgeted money outside the fund: a period that a year falls out of, or
    more realised before than the budget leaves.
    """
    current = hold(fund.pk)
    demand(by, "budget.lead", current)
    wanted = dict(values)
    for name in TEXTS:
        if name in wanted:
            wanted[name] = one_line(wanted[name])
    if "realised_before" in wanted:
        require(amount_answer(wanted["realised_before"], "realised_before", zero=True))
    changed = save_changes(current, wanted, base=base, base_revision=base_revision, allowed=FIELDS)
    require(_years_answer(current), _outside_answer(current), enough_answer(current))
    if changed:
        StatusChange.log(current, act="fund_edited", by=by)
    return changed


@transaction.atomic
def set_rules(
    fund: Fund, *, checker_makes_payable: bool, finance_pays: bool, by: User | None
) -> Fund:
    """Who may do two steps, and who registers payments. Set by the region's admin, who has no
    hand in the money."""
    current = hold(fund.pk)
    demand(by, "budget.organise", current)
    current.checker_makes_payable = checker_makes_payable
    current.finance_pays = finance_pays
    current.revision += 1
    fit(current)
    StatusChange.log(current, act="fund_rules_set", by=by)
    return current


@transaction.atomic
def publish_totals(fund: Fund, *, by: User | None) -> Fund:
    """Show everybody the totals of the fund from now on; never its suppliers or invoices."""
    return _show_totals(fund, shown=True, by=by)


@transaction.atomic
def withdraw_totals(fund: Fund, *, by: User | None) -> Fund:
    """Show the totals to nobody outside the region any more."""
    return _show_totals(fund, shown=False, by=by)


def _show_totals(fund: Fund, *, shown: bool, by: User | None) -> Fund:
    current = hold(fund.pk)
    demand(by, "budget.lead", current)
    if shown == (current.totals_published_at is not None):
        now = "zijn al openbaar" if shown else "zijn niet openbaar"
        raise Refused(Refusal(f"De totalen van dit fonds {now}."))
    current.totals_published_at = clock.now() if shown else None
    current.save()
    act = "totals_published" if shown else "totals_withdrawn"
    StatusChange.log(current, act=act, by=by)
    return current


# Instalments --------------------------------------------------------------------------------------


@transaction.atomic
def add_instalment(
    fund: Fund,
    *,
    year: int,
    amount: Decimal,
    received_on: date | None = None,
    label: str = "",
    by: User | None,
) -> Instalment:
    """A part of the grant, received already or not. More granted is more to budget."""
    current = hold(fund.pk)
    demand(by, "budget.lead", current)
    require(amount_answer(amount), _received_answer(received_on))
    refuse_personal_data({"label": label})
    row = Instalment(
        fund=current, year=year, amount=amount, received_on=received_on, label=one_line(label)
    )
    fit(row)
    StatusChange.log(current, act="instalment_added", by=by, why=_described(row))
    return row


@transaction.atomic
def change_instalment(
    instalment: Instalment, *, amount: Decimal, received_on: date | None, by: User | None
) -> Instalment:
    """Correct an instalment, or record that it came in. Refuses less than what is budgeted."""
    fund, row = _instalment(instalment, by)
    require(amount_answer(amount), _received_answer(received_on))
    row.amount, row.received_on = amount, received_on
    fit(row)
    require(enough_answer(fund))
    StatusChange.log(fund, act="instalment_changed", by=by, why=_described(row))
    return row


@transaction.atomic
def remove_instalment(instalment: Instalment, *, by: User | None) -> None:
    """Take away an instalment that does not come. Refuses when it is budgeted already."""
    fund, row = _instalment(instalment, by)
    why = _described(row)
    row.delete()
    require(enough_answer(fund))
    StatusChange.log(fund, act="instalment_removed", by=by, why=why)


def _instalment(instalment: Instalment, by: User | None) -> tuple[Fund, Instalment]:
    fund = hold(instalment.fund_id)
    demand(by, "budget.lead", fund)
    return fund, still(Instalment.objects.all(), instalment.pk)


def _described(row: Instalment) -> str:
    came = f", ontvangen op {long_date(row.received_on)}" if row.received_on else ""
    return f"{row}: {euro(row.amount)}{came}"


def _received_answer(day: date | None) -> Answer:
    if day is not None and day > clock.today():
        return Refusal(
            f"{long_date(day)} moet nog komen. Laat de datum leeg tot het geld er is.",
            "received_on",
        )
    return True


# What has to stay true ----------------------------------------------------------------------------


def enough_answer(fund: Fund) -> Answer:
    """Whether what is budgeted in the ledger is no more than what the fund holds."""
    budgeted, there = total(*BUDGETED, fund=fund), holdings(fund)
    if budgeted <= there:
        return True
    return Refusal(
        f"In het fonds is dan {euro(there)}, en begroot is {euro(budgeted)}: "
        f"{euro(budgeted - there)} te veel. Verlaag eerst de begroting."
    )


def _years_answer(fund: Fund) -> Answer:
    if fund.ends_on >= fund.starts_on and not fund.years:
        return Refusal(
            "Er blijft geen jaar over om te begroten: eerder besteed is tot en met het laatste "
            "jaar van het fonds.",
            "realised_year",
        )
    return True


def _outside_answer(fund: Fund) -> Answer:
    """Whether every year with money, or with an amount in a concept, is within the period."""
    years = set(LedgerEntry.objects.filter(fund=fund).values_list("year", flat=True))
    years |= set(LineYear.objects.filter(line__version__fund=fund).values_list("year", flat=True))
    outside = sorted(years - set(fund.years))
    if not outside:
        return True
    named = " en ".join(map(str, outside))
    return Refusal(f"In {named} is al begroot. Houd dat jaar binnen het fonds.", "ends_on")
