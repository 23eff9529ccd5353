"""What PostgreSQL holds beside the constraints of the models, whoever writes and from where.

No two mandates for the same step at one time, and a ledger that is only added to. The trigger is an
ordinary one, so `session_replication_role = replica` passes it by: only a superuser can say that,
who could drop the trigger as well. TRUNCATE stays possible for the owner of the tables, who empties
a whole installation with it. On SQLite, which is for the demo, only the models hold the rule.
"""

from typing import Any

from governance.exclusion import Rule, add, drop

RULES: tuple[Rule, ...] = (
    (
        "budget_mandate",
        ("fund_id", "user_id", "act", "coalesce(line_id, 0)"),
        "budget_mandate_one_at_a_time",
    ),
)
ONLY_ADDED = ("budget_ledgerentry", "budget_reallocation")

REFUSE = """
CREATE FUNCTION budget_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to: post a counter-entry', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""


def add_guards(apps: Any, schema_editor: Any) -> None:
    """For RunPython: on PostgreSQL the exclusion and the triggers, nothing elsewhere."""
    add(RULES, schema_editor)
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(REFUSE)
        for table in ONLY_ADDED:
            cursor.execute(
                f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION budget_only_added()"
            )


def drop_guards(apps: Any, schema_editor: Any) -> None:
    """The reverse."""
    drop(RULES, schema_editor)
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in ONLY_ADDED:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_only_added ON {table}")
        cursor.execute("DROP FUNCTION IF EXISTS budget_only_added()")
