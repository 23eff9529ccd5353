"""No two rows at the same time: exclusion constraints for PostgreSQL.

The domain refuses an overlap with a sentence (`domain.organisation.overlap_refusal`); PostgreSQL
holds the same rule for what two people enter at the same moment. SQLite writes one at a time.

A room above names its own rules and adds them by a migration of its own (regioagenda/exclusion.py).
"""

from collections.abc import Iterable
from typing import Any

from django.db import ProgrammingError, transaction

# Table, the expressions that make rows the same, name of the constraint.
Rule = tuple[str, tuple[str, ...], str]

RULES: tuple[Rule, ...] = (
    ("governance_regionform", ("region_id",), "governance_regionform_one_at_a_time"),
    (
        "governance_regionmunicipality",
        ("region_id", "municipality_id"),
        "governance_participation_one_at_a_time",
    ),
    (
        "governance_seat",
        ("body_id", "coalesce(municipality_id, 0)", "organisation"),
        "governance_seat_one_at_a_time",
    ),
    (
        "governance_membership",
        ("body_id", "user_id", "role", "coalesce(deputy_of_id, 0)"),
        "governance_membership_one_at_a_time",
    ),
    (
        "governance_regionrole",
        ("region_id", "user_id", "role"),
        "governance_regionrole_one_at_a_time",
    ),
    (
        "governance_municipalrole",
        ("municipality_id", "user_id", "role"),
        "governance_municipalrole_one_at_a_time",
    ),
)
EXTENSION = "CREATE EXTENSION IF NOT EXISTS btree_gist"
NO_EXTENSION = (
    "De databasegebruiker mag de extensie btree_gist niet aanmaken. Laat een beheerder van "
    "PostgreSQL eenmalig in deze database uitvoeren: CREATE EXTENSION btree_gist; en start daarna "
    "opnieuw."
)


def statements(rules: Iterable[Rule]) -> list[str]:
    """The SQL that adds the constraints; the extension must be there."""
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ("
        + "".join(f"({expression}) WITH =, " for expression in same)
        + "daterange(valid_from, valid_until, '[]') WITH &&)"
        for table, same, name in rules
    ]


def add(rules: Iterable[Rule], schema_editor: Any) -> None:
    """Add the constraints on PostgreSQL, nothing elsewhere.

    Raises ProgrammingError with what to do when the role may not create the extension.
    """
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'")
        if cursor.fetchone() is None:
            try:
                with transaction.atomic(using=connection.alias):
                    cursor.execute(EXTENSION)
            except ProgrammingError as error:
                raise ProgrammingError(NO_EXTENSION) from error
        # A table with checks put off to the end of the transaction cannot be altered.
        connection.check_constraints()
        for statement in statements(rules):
            cursor.execute(statement)


def drop(rules: Iterable[Rule], schema_editor: Any) -> None:
    """The reverse; the extension stays, for others may use it."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        connection.check_constraints()
        for table, _, name in rules:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")


def add_exclusions(apps: Any, schema_editor: Any) -> None:
    """For RunPython."""
    add(RULES, schema_editor)


def drop_exclusions(apps: Any, schema_editor: Any) -> None:
    """For RunPython."""
    drop(RULES, schema_editor)
