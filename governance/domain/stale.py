"""Two people in one row of the organisation: what the other changed stays, or both values show."""

from typing import Any

from django.db import models

from core.formats import long_date
from core.refusal import Refusal, Refused

OWN = ("id", "granted_by_id")


class Stale(Refused):
    """Somebody else changed the same fields; `newest` is the row as the writer now sees it."""

    def __init__(self, *refusals: Refusal, newest: int) -> None:
        self.newest = newest
        super().__init__(*refusals)


def last_change(row: models.Model) -> int | None:
    """The key of the newest line in the history of a row: what somebody who opens it has seen."""
    changes: Any = getattr(row, "history", None)
    if changes is None or not row.pk:
        return None
    newest: int | None = changes.order_by("-history_id").values_list("pk", flat=True).first()
    return newest


def join_changes(row: models.Model, stored: models.Model, seen: int) -> None:
    """Bring in what somebody else changed since `seen`, on a row that is about to be saved.

    A field that only the other changed takes that value. Raises Stale where both changed it.
    """
    newest = last_change(row)
    if newest is None or newest == seen:
        return
    start = row.history.filter(pk=seen).first()  # type: ignore[attr-defined]
    clashes = []
    for field in row._meta.concrete_fields:
        name = field.attname
        if name in OWN:
            continue
        mine, theirs = getattr(row, name), getattr(stored, name)
        before = getattr(start, name, None)
        if start is not None and mine == before:
            setattr(row, name, theirs)
        elif mine != theirs and (start is None or theirs != before):
            clashes.append(Refusal(_both(stored, field), field.name))
    if clashes:
        raise Stale(*clashes, newest=newest)


def _both(stored: models.Model, field: Any) -> str:
    return (
        f"Iemand anders wijzigde dit intussen; nu staat er ‘{_shown(stored, field)}’. "
        "Wat u invulde staat hier nog. Sla opnieuw op om dat te laten gelden."
    )


def _shown(row: models.Model, field: Any) -> str:
    value = getattr(row, field.name)
    if value in (None, ""):
        return "niets"
    if field.choices:
        return str(dict(field.flatchoices)[value])
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return long_date(value) if isinstance(field, models.DateField) else str(value)
