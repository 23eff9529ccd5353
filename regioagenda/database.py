"""What PostgreSQL holds beside the constraints of the models: a proposal touches blocks of its own
region, whoever writes and from where. On SQLite, which is for the demo, the act holds the rule."""

from typing import Any

REFUSE = """
CREATE FUNCTION regioagenda_same_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT region_id FROM governance_proposal WHERE id = NEW.proposal_id)
        IS DISTINCT FROM
        (SELECT region_id FROM regioagenda_buildingblock WHERE id = NEW.block_id)
    THEN
        RAISE EXCEPTION 'a proposal touches blocks of its own region'
            USING ERRCODE = 'check_violation',
            CONSTRAINT = 'regioagenda_proposal_block_same_region';
    END IF;
    RETURN NEW;
END
$$
"""
WATCH = """
CREATE TRIGGER regioagenda_proposal_block_same_region
BEFORE INSERT OR UPDATE ON regioagenda_proposalblock
FOR EACH ROW EXECUTE FUNCTION regioagenda_same_region()
"""


def add_guard(apps: Any, schema_editor: Any) -> None:
    """For RunPython: on PostgreSQL the trigger, nothing elsewhere."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(REFUSE)
            cursor.execute(WATCH)


def drop_guard(apps: Any, schema_editor: Any) -> None:
    """The reverse."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER IF EXISTS regioagenda_proposal_block_same_region "
                "ON regioagenda_proposalblock"
            )
            cursor.execute("DROP FUNCTION IF EXISTS regioagenda_same_region()")
