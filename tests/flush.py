"""Emptying the database after a test that really committed, on PostgreSQL.

TRUNCATE makes every table anew on the disk: some seconds for ours, after each such test. DELETE on
tables that hold a few rows takes a tenth of a second. Foreign keys are not asked meanwhile, which
only a superuser may say; another role keeps Django's own way.
"""

from typing import Any

from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

# Made by the migrations and by nobody else; making them again costs more than keeping them.
KEPT = frozenset({"django_content_type", "auth_permission"})

_truncate = DatabaseOperations.sql_flush


def sql_flush(self: DatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
    if options.get("reset_sequences") or not _is_superuser():
        return _truncate(self, style, tables, **options)
    names = sorted(set(tables) - KEPT)
    deletes = [f"DELETE FROM {self.quote_name(name)}" for name in names]
    return ["SET LOCAL session_replication_role = replica", *deletes]


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone()[0] == "on")


def use_deletes() -> None:
    """Called once, before the first test."""
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
