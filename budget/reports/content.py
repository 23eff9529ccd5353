"""The report of a fund, as plain values: frozen when it is asked for, drawn when it is made."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max

from budget import fund_page, fund_tables
from budget.domain.funds import granted
from budget.domain.versions import in_force
from budget.figures import Amounts, FundFigures
from budget.models import BudgetVersion, Commitment, Fund, LedgerEntry
from budget.queries import figures_of
from budget.version_page import difference_cards
from core import clock
from core.formats import local_day, long_date
from governance.models import Region
from governance.printing import Fact, address_of


@dataclass(frozen=True)
class BalanceLine:
    on: date
    kind: str
    planned: Decimal | None
    committed: Decimal | None
    invoiced: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True)
class BudgetLine:
    """A row of the budget per year."""

    name: str
    years: list[Decimal]
    total: Decimal


@dataclass(frozen=True)
class FigureLine:
    """A line of the fund with what stands on it, all years together."""

    name: str
    budget: Decimal
    committed: Decimal
    invoiced: Decimal
    paid: Decimal
    left: Decimal
    forecast: Decimal


@dataclass(frozen=True)
class Part:
    name: str
    note: str
    lines: list[FigureLine]
    total: FigureLine


@dataclass(frozen=True)
class ChangeLine:
    name: str
    year: int
    budget: Decimal
    committed: Decimal
    invoiced: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Remark:
    """Where the sheet that the budget came from contradicts itself, and what was thought of it."""

    title: str
    stated: Decimal
    computed: Decimal
    label: str
    difference: Decimal
    judgement: str


@dataclass(frozen=True)
class FundReport:
    """Everything the report holds. `since` is the day of the report before; empty for the first."""

    created: datetime
    basis: str
    title: str
    region: str
    legal_name: str
    address: list[str]
    example: bool
    stands: str
    lead: str
    facts: list[Fact]
    key: list[Fact]
    balances: list[BalanceLine]
    years: list[str]
    budget: list[BudgetLine]
    spare: str
    parts: list[Part]
    total: FigureLine
    since: str
    changes: list[ChangeLine]
    remarks: list[Remark]


def letterhead(region: Region) -> tuple[str, list[str]]:
    """The legal name and the lines of the address."""
    form = region.forms.current(clock.today()).first()
    return form.legal_name if form else region.name, address_of(region, form.host if form else "")


def basis_of(fund: Fund) -> str:
    """A digest of what a report rests on, so that the same state gives the same report; three
    queries."""
    entry = LedgerEntry.objects.filter(fund=fund).aggregate(last=Max("pk"))["last"]
    asked = Commitment.objects.filter(fund=fund).aggregate(number=Count("pk"), last=Max("revision"))
    whole = [str(granted(fund)), fund.revision, fund.pk, entry, asked["number"], asked["last"]]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def build_report(fund: Fund, since: datetime | None) -> FundReport:
    """As it stands now; `since` is the moment of the report before."""
    figures, whole = figures_of(fund), granted(fund)
    version = in_force(fund)
    legal_name, address = letterhead(fund.region)
    today = local_day(clock.now())
    return FundReport(
        created=clock.now(),
        basis=basis_of(fund),
        title=fund.name,
        region=fund.region.name,
        legal_name=legal_name,
        address=address,
        example=fund.example,
        stands=f"Stand op {long_date(today)}",
        lead=fund_page.lead_of(fund),
        facts=_facts(fund, version),
        key=[
            Fact(each.label, f"{each.value}{f' ({each.note})' if each.note else ''}")
            for each in fund_tables.key_figures(fund, whole, figures)
        ],
        balances=[
            BalanceLine(row.on, row.kind, row.planned, row.committed, row.invoiced, row.paid)
            for row in fund_tables.balance_rows(
                fund, whole, fund_tables.balances_of(fund, whole, figures)
            )
        ],
        years=fund_tables.year_labels(fund),
        budget=[
            BudgetLine(row.name, list(row.years), row.total)
            for row in fund_tables.budget_table(figures)[:-1]
        ],
        spare=figures.contingency.name if figures.contingency else "",
        parts=_parts(fund, figures),
        total=_figures("Totaal", figures.total),
        since=long_date(since) if since else "",
        changes=_changes(fund, figures, since),
        remarks=_remarks(fund, version),
    )


def _facts(fund: Fund, version: BudgetVersion | None) -> list[Fact]:
    adopted = "nog niet vastgesteld"
    if version is not None:
        adopted = f"{version}, vastgesteld op {long_date(version.adopted_on)}"
    return [
        Fact("Begroting", adopted),
        *(
            Fact(each.label, f"{each.value}{f', {each.note}' if each.note else ''}")
            for each in fund_page.facts_of(fund)
        ),
    ]


def _figures(name: str, of: Amounts) -> FigureLine:
    return FigureLine(name, of.budget, of.promised, of.invoiced, of.paid, of.left, of.forecast)


def _parts(fund: Fund, figures: FundFigures) -> list[Part]:
    return [
        Part(
            part.name,
            part.note,
            [_figures(line.name, line.amounts) for line in part.lines],
            _figures("Samen", part.amounts),
        )
        for part in fund_tables.parts_of(fund, figures, None)
    ]


def _changes(fund: Fund, figures: FundFigures, since: datetime | None) -> list[ChangeLine]:
    if since is None:
        return []
    return [
        ChangeLine(
            each.line,
            each.year,
            each.difference.budget,
            each.difference.promised,
            each.difference.invoiced,
            each.difference.paid,
        )
        for each in fund_tables.changed_after(fund, figures, since)
    ]


def _remarks(fund: Fund, version: BudgetVersion | None) -> list[Remark]:
    if version is None:
        return []
    version.fund = fund
    return [
        Remark(
            each.title,
            each.stated,
            each.computed,
            each.computed_label,
            each.difference,
            each.judgement,
        )
        for each in difference_cards(version)
    ]


def money(plain: dict[str, Any]) -> dict[str, Any]:
    """Frozen amounts back as Decimals: they were written as text."""
    names = (
        *("planned", "committed", "invoiced", "paid", "budget", "left", "forecast", "total"),
        *("stated", "computed", "difference"),
    )
    return {
        name: Decimal(value) if name in names and isinstance(value, str) else value
        for name, value in plain.items()
    }
