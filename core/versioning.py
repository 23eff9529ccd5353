"""Optimistic versions: two people in one text lose nothing."""

from dataclasses import dataclass

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

    `base` holds the values the writer started from at `base_revision`. A field that somebody else
    changed meanwhile and the writer changed too raises Conflict; a field that only one of the two
    changed is merged, so different fields never clash.
    """
    clashes, changed = [], []
    for field, mine in values.items():
        theirs = getattr(instance, field)
        if mine == theirs:
            continue
        if base_revision == instance.revision:
            changed.append(field)
        elif base.get(field) == mine:
            continue
        elif base.get(field) == theirs:
            changed.append(field)
        else:
            clashes.append(Clash(field, str(mine), str(theirs)))
    if clashes:
        raise Conflict(clashes, instance.revision)
    if changed:
        for field in changed:
            setattr(instance, field, values[field])
        instance.revision += 1
        instance.save()
    return changed
