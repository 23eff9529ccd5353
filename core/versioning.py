"""Optimistic versions: two people in one text lose nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Clash:
    """One field that somebody else changed since the writer began: both texts, side by side."""

    field: str
    mine: str
    theirs: str


class Conflict(Exception):
    """A stale save: nothing was written. Carries both texts per field and the newest revision."""

    def __init__(self, clashes: list[Clash], revision: int) -> None:
        self.clashes = clashes
        self.revision = revision
        super().__init__(
            "Iemand anders heeft dit intussen gewijzigd. Kies per veld welke tekst blijft."
        )


class Revisioned(models.Model):
    """Carries a revision that goes up with every save through `save_revision`."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def save_revision(
    instance: Revisioned, values: dict[str, object], *, base: dict[str, object], base_revision: int
) -> list[str]:
    """Set `values` on a locked, freshly read instance and save it; returns the fields that changed.

    See `changed_fields` for what merges and what clashes.
    """
    now = {field: getattr(instance, field) for field in values}
    changed = changed_fields(
        now, values, base=base, base_revision=base_revision, revision=instance.revision
    )
    if changed:
        for field in changed:
            setattr(instance, field, values[field])
        instance.revision += 1
        instance.save()
    return changed


def changed_fields(
    now: Mapping[str, object],
    values: Mapping[str, object],
    *,
    base: Mapping[str, object],
    base_revision: int,
    revision: int,
) -> list[str]:
    """The fields in which `values` should replace what there is `now`.

    `base` holds the values the writer started from at `base_revision`. A field that somebody else
    changed meanwhile and the writer changed too raises Conflict; a field that only one of the two
    changed is merged, so different fields never clash.
    """
    clashes, changed = [], []
    for field, mine in values.items():
        theirs = now[field]
        if mine == theirs:
            continue
        if base_revision == revision:
            changed.append(field)
        elif base.get(field) == mine:
            continue
        elif base.get(field) == theirs:
            changed.append(field)
        else:
            clashes.append(Clash(field, str(mine), str(theirs)))
    if clashes:
        raise Conflict(clashes, revision)
    return changed


def merge(
    now: Mapping[str, Any], wanted: Mapping[str, Any], seen: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What should stand there: `now`, with what this writer changed since she saw `seen`.

    For rows without a revision: the values themselves are compared. What only another changed stays
    as it is now; what both changed raises Conflict. `seen` None: nobody had a page open.
    """
    if seen is None:
        return {**now, **wanted}
    changed = changed_fields(now, wanted, base=seen, base_revision=0, revision=1)
    return {**now, **{name: wanted[name] for name in changed}}


def joined(base: str, mine: str, theirs: str) -> str:
    """Their text with mine below it. Of a text that I only added to, just what I added: the rest
    stands in theirs already. Spaces at the ends are no part of a text."""
    base, mine = base.strip(), mine.strip()
    start = 0
    while start < min(len(base), len(mine)) and base[start] == mine[start]:
        start += 1
    end = 0
    while end < min(len(base), len(mine)) - start and base[-1 - end] == mine[-1 - end]:
        end += 1
    only_added = start + end == len(base)
    added = mine[start : len(mine) - end] if only_added else mine
    return f"{theirs}\n{added.strip()}".strip()
