"""No municipality leads a block twice at the same time (governance.exclusion).

The sentence for people is given by the domain: see apps.py, `one_at_a_time`.
"""

from typing import Any

from governance.exclusion import Rule, add, drop

RULES: tuple[Rule, ...] = (
    ("regioagenda_blocklead", ("block_id", "municipality_id"), "regioagenda_lead_one_at_a_time"),
)


def add_exclusions(apps: Any, schema_editor: Any) -> None:
    """For RunPython."""
    add(RULES, schema_editor)


def drop_exclusions(apps: Any, schema_editor: Any) -> None:
    """For RunPython."""
    drop(RULES, schema_editor)
