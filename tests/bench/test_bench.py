"""The measurements run, and their data never comes into a database that is in use."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from budget.domain.ledger import total
from budget.enums import BUDGETED, COMMITTED, EntryKind
from budget.models import Invoice, LedgerEntry
from budget.queries import figures_of
from core.money import CENT
from governance.models import Decision, Proposal, Region
from regiovisie.bench_data import build
from regiovisie.bench_data.fund import BUDGET, PROMISED, WAITING, build_funds
from tests import factories
from tests.bench import fund, pages, results
from tests.bench.__main__ import KEYS, table


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="copies a database of PostgreSQL")
def test_the_main_pages_are_measured():
    found = list(pages.rows(small=(1, 1), large=(2, 1), rounds=1))
    assert {tuple(row) for row in found} == {tuple(KEYS)}
    assert len({row["name"] for row in found}) == len(found) == 3 * 21
    counted = [row for row in found if "zoekvragen" in row["name"]]
    assert [row["name"] for row in counted if not row["holds"]] == []
    assert table(found).count("\n") == len(found) + 1
    assert not Region.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="copies a database of PostgreSQL")
def test_a_nulmeting_of_the_country_is_measured():
    found = list(results.rows(regions=2, municipalities=4, rounds=2, turns=1))
    assert {tuple(row) for row in found} == {tuple(KEYS)}
    assert len({row["name"] for row in found}) == len(found) == 1 + 3 * 3 + 2
    assert found[0]["value"] == 4 * 2 * 36
    counted = [row for row in found if "zoekvragen" in row["name"]]
    assert [row["name"] for row in counted if not row["holds"]] == []
    assert not Region.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="copies a database of PostgreSQL")
def test_funds_of_the_country_are_measured():
    found = list(
        fund.rows(funds=2, invoices=300, read=200, few=100, lines=6, years=2, rounds=1, drawings=1)
    )
    assert {tuple(row) for row in found} == {tuple(KEYS)}
    assert len({row["name"] for row in found}) == len(found) == 1 + 3 * 9 + 3
    assert found[0]["value"] == 300
    counted = [row for row in found if "zoekvragen" in row["name"]]
    assert [row["name"] for row in counted if not row["holds"]] == []
    assert not Region.objects.exists()


def test_the_sums_of_a_fund_in_bulk_are_right(db):
    one, other = build_funds([150, 70], lines=5, years=2)
    for found, invoices in ((one, 150), (other, 70)):
        assert Invoice.objects.filter(commitment__fund=found).count() == invoices
        assert total(*BUDGETED, fund=found) == BUDGET * 5 * 2
        assert total(*COMMITTED, fund=found) == PROMISED * 4 * 2
        paid = total(EntryKind.PAYMENT, fund=found)
        assert paid == total(EntryKind.INVOICE, fund=found)
        assert paid == (PROMISED * 8 / invoices / 2).quantize(CENT) * (invoices - WAITING)
        figures = figures_of(found)
        assert figures.total.left == (BUDGET - PROMISED) * 8 + BUDGET * 2
        assert figures.total.beyond == 0
    assert LedgerEntry.objects.filter(recorded_at__isnull=True).count() == 0


def test_what_is_open_is_alike_however_long_the_history(db):
    build(regions=2, years=2, papers=9)
    assert Proposal.objects.count() == 2 * (9 + 9)
    states = [
        list(
            Proposal.objects.filter(region=region, state__in=["concept", "in_route", "postponed"])
            .order_by("number")
            .values_list("state", flat=True)
        )
        for region in Region.objects.all()
    ]
    assert states == [["concept", "concept", "postponed", *["in_route"] * 3]] * 2
    assert not Proposal.objects.filter(working=None).exists()


def test_a_database_in_use_is_refused(db):
    factories.user("iemand die hier werkt")
    with pytest.raises(CommandError) as refused:
        call_command("bench_data")
    assert str(refused.value) == "De database is niet leeg. Meetgegevens beginnen met een lege."
    assert not Region.objects.exists()


def test_production_asks_twice(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError) as refused:
        call_command("bench_data")
    assert str(refused.value) == (
        "Dit is productie, en meetgegevens zijn verzonnen. Geef --in-production mee als deze "
        "database alleen voor het meten is."
    )
    call_command("bench_data", "--in-production", "--papers=8")
    assert Decision.objects.count() == 2
