"""Rows of the ledger are only added: our code refuses the rest, and PostgreSQL does too."""

import pytest
from django.db import IntegrityError, connection, transaction

from budget import database
from budget.domain import reallocations
from budget.models import LedgerEntry, Reallocation
from budget.models.ledger import AppendOnlyError
from tests import fund as funds
from tests.fund import eur


@pytest.fixture
def entry(house):
    return funds.signed(house, 600).entries.get()


def test_our_code_cannot_change_or_delete_a_row(entry):
    entry.amount = eur(1)
    rows = LedgerEntry.objects.filter(pk=entry.pk)
    for act in (
        entry.save,
        entry.delete,
        rows.delete,
        lambda: rows.update(amount=1),
        lambda: rows.bulk_update([entry], ["amount"]),
        Reallocation.objects.all().delete,
    ):
        with pytest.raises(AppendOnlyError, match="only added"):
            act()
    assert LedgerEntry.objects.get(pk=entry.pk).amount == eur(600)


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="triggers")


def raw(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@on_postgresql
@pytest.mark.parametrize("table", database.ONLY_ADDED)
def test_postgresql_refuses_whoever_asks(house, entry, table):
    move = {"amount": eur(1), "why": "x", "by": house.holder}
    reallocations.reallocate(house.spare, 2021, house.leading, 2021, **move)
    for statement in (f"UPDATE {table} SET amount = 1", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match=f"{table} is only added to"):
            raw(statement)


@on_postgresql
def test_the_guards_can_be_taken_away_and_put_back(entry):
    with connection.schema_editor() as editor:
        database.drop_guards(None, editor)
    raw("UPDATE budget_ledgerentry SET amount = 1")
    with connection.schema_editor() as editor:
        database.add_guards(None, editor)
    for statement in ("UPDATE budget_ledgerentry SET amount = 2", "DELETE FROM budget_ledgerentry"):
        with pytest.raises(IntegrityError):
            raw(statement)


@on_postgresql
def test_emptying_a_test_database_passes_by_as_only_a_superuser_can(entry):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM budget_ledgerentry")
        assert not LedgerEntry.objects.exists()
        transaction.set_rollback(True)
