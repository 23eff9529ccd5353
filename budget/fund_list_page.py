"""The list of funds of a region."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from budget.addresses import url_of
from budget.domain.ledger import amounts_in
from budget.figures import ZERO, Amounts
from budget.models import Fund, Instalment, LedgerEntry
from core.components import Link
from governance.models import Region


@dataclass(frozen=True)
class FundRow:
    fund: Fund
    url: str
    granted: Decimal
    amounts: Amounts

    @property
    def free(self) -> Decimal:
        """What nobody was promised yet."""
        spent: Decimal = self.fund.realised_before
        return self.granted - spent - self.amounts.promised


def rows_of(region: Region, funds: list[Fund]) -> list[FundRow]:
    """Three queries, whatever the number of funds."""
    keys = [fund.pk for fund in funds]
    whole = dict(
        Instalment.objects.filter(fund__in=keys)
        .order_by()
        .values_list("fund")
        .annotate(Sum("amount"))
    )
    lines = dict(LedgerEntry.objects.filter(fund__in=keys).values_list("line", "fund").distinct())
    amounts: dict[int, Amounts] = defaultdict(Amounts)
    for (line, _), each in amounts_in(LedgerEntry.objects.filter(fund__in=keys)).items():
        amounts[lines[line]] += each
    for fund in funds:
        fund.region = region
    return [
        FundRow(fund, url_of("fund", fund), whole.get(fund.pk, ZERO), amounts[fund.pk])
        for fund in funds
    ]


def public_links(region: Region) -> list[Link]:
    """The public pages, for who reads no figures."""
    funds = Fund.objects.filter(region=region, totals_published_at__isnull=False)
    found = []
    for fund in funds:
        fund.region = region
        found.append(Link(fund.name, url_of("fund-public", fund)))
    return found
