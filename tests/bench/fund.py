"""(f) A fund of 60 lines and ten years: its pages and its report, with few invoices and with many.

Two databases beside each other, measured in turn as in `pages`: one region with one fund that has
a hundred invoices, and 42 regions with a fund each, together 50,000 invoices, of which the fund
that is read has 10,000 by itself. Both have the same lines, years and promises, so that a page is
as long in both.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from budget.addresses import url_of
from budget.models import Fund, Invoice
from budget.reports.content import build_report
from budget.reports.documents import FUND
from core import pdf
from core.documents import freeze, get_kind, render_frozen
from regiovisie.bench_data.fund import LINES, YEARS, build_funds
from tests.bench.pages import (
    SLUG,
    TEAM,
    TIMES,
    Page,
    Site,
    copy_of_database,
    measured,
    row,
    using,
)

FUNDS, INVOICES = 42, 50_000
READ = 10_000  # of the fund that is read; the others share the rest
FEW = 100
ROUNDS = 25
SECONDS = 10.0


@dataclass(frozen=True)
class FundSite(Site):
    fund: Fund
    invoices: int


def rows(
    funds: int = FUNDS,
    invoices: int = INVOICES,
    read: int = READ,
    few: int = FEW,
    lines: int = LINES,
    years: int = YEARS,
    rounds: int = ROUNDS,
    drawings: int = 3,
) -> Iterator[dict[str, Any]]:
    """Builds both databases as copies of the one at hand, which must be empty; needs PostgreSQL."""
    others = [(invoices - read) // (funds - 1)] * (funds - 1)
    others[-1] += (invoices - read) % (funds - 1)
    with (
        override_settings(ROOT_URLCONF="tests.bench._urls", ALLOWED_HOSTS=["testserver"]),
        copy_of_database("onefund") as one,
        copy_of_database("funds") as other,
    ):
        sites = [_filled(one, [few], lines, years), _filled(other, [read, *others], lines, years)]
        yield row("facturen in de grote installatie", sites[1].invoices, "")
        for pair in zip(*(site.pages for site in sites), strict=True):
            yield from measured(pair, sites, rounds)
        yield from _report(sites, drawings)


def _filled(copy: Any, invoices: Sequence[int], lines: int, years: int) -> FundSite:
    """The first fund is read, by the programme team of its region."""
    with using(copy):
        fund = build_funds(invoices, lines=lines, years=years)[0]
        with copy.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client = Client()
        client.force_login(User.objects.get(email=f"{TEAM}@{SLUG}.example"))
        return FundSite(copy, {TEAM: client}, _pages(fund), fund, Invoice.objects.count())


def _pages(fund: Fund) -> list[Page]:
    line = fund.lines.first()
    invoice = Invoice.objects.filter(commitment__fund=fund).order_by("pk").first()
    assert line is not None
    assert invoice is not None
    return [
        Page("fonds", TEAM, url_of("fund", fund)),
        Page("fonds, alle jaren", TEAM, f"{url_of('fund', fund)}?jaar=alle"),
        Page("post", TEAM, url_of("line", fund, line.pk)),
        Page("begroting", TEAM, url_of("version", fund, 1)),
        Page("verplichtingen", TEAM, url_of("commitment-list", fund)),
        Page("facturen", TEAM, url_of("invoice-list", fund)),
        Page("factuur", TEAM, url_of("invoice-detail", fund, invoice.pk)),
        Page("boekingen", TEAM, url_of("ledger", fund)),
        Page("leveranciers", TEAM, url_of("supplier-list", fund)),
    ]


def _report(sites: Sequence[FundSite], drawings: int) -> Iterator[dict[str, Any]]:
    """From the ledger to the file, drawn in turns; the least of a few, as whatever else runs on the
    machine only adds."""
    few, many = (_queries(site) for site in sites)
    yield row(
        "fondsrapport: zoekvragen, veel data", many, "", f"{few}, als bij weinig", many == few
    )
    pdf.warm_up()
    turns = [[_seconds(site) for site in sites] for _ in range(drawings)]
    quick, slow = (min(times) for times in zip(*turns, strict=True))
    most = min(SECONDS, TIMES * quick)
    yield row("fondsrapport: van boekingen tot pdf, weinig data", round(quick, 2), "s")
    yield row(
        "fondsrapport: van boekingen tot pdf, veel data",
        round(slow, 2),
        "s",
        f"hoogstens {most:.2f} s",
        slow <= most,
    )


def _queries(site: FundSite) -> int:
    with using(site.connection), CaptureQueriesContext(site.connection) as seen:
        build_report(_read(site), None)
    return len(seen)


def _seconds(site: FundSite) -> float:
    began = time.perf_counter()
    with using(site.connection):
        frozen = freeze(build_report(_read(site), None))
    render_frozen(get_kind(FUND), frozen)
    return time.perf_counter() - began


def _read(site: FundSite) -> Fund:
    return Fund.objects.select_related("region").get(pk=site.fund.pk)
