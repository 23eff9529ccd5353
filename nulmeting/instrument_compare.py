"""What changed between two versions of the questions: the same, mended, another, new, moved, gone.

A question is the same when its identity is; answers to it can be compared over the years.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nulmeting.models import Instrument, Item, Level
from regioagenda.models import BuildingBlock


class Fate(StrEnum):
    """What became of a question, in the words of the page."""

    SAME = "gelijk gebleven"
    MENDED = "anders verwoord"
    OTHER = "een andere vraag"
    NEW = "nieuw"
    GONE = "vervallen"


@dataclass(frozen=True)
class Change:
    """One question: what became of it, how it reads now, and how it read before."""

    fate: Fate
    now: Item | None
    before: Item | None

    @property
    def comparable(self) -> bool:
        return self.fate in (Fate.SAME, Fate.MENDED)


@dataclass(frozen=True)
class Part:
    """One block: its questions, and the scores whose description reads otherwise now."""

    block: BuildingBlock
    changes: tuple[Change, ...]
    levels: tuple[int, ...]

    @property
    def changed(self) -> bool:
        """Whether anything befell this block; of one that stayed the same a line is enough."""
        return bool(self.levels) or any(each.fate != Fate.SAME for each in self.changes)


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side, by block."""

    before: Instrument
    now: Instrument
    parts: tuple[Part, ...]
    scale: tuple[int, ...]

    def number(self, *fates: Fate) -> int:
        return sum(change.fate in fates for part in self.parts for change in part.changes)

    @property
    def summary(self) -> list[tuple[str, int]]:
        """How many questions had which fate; without those that nothing befell."""
        return [(fate.value, self.number(fate)) for fate in Fate if self.number(fate)]


def version_before(instrument: Instrument) -> Instrument | None:
    """The version that was in use before this one."""
    rows = Instrument.objects.filter(region=instrument.region_id, state="fixed")
    return rows.filter(version__lt=instrument.version).order_by("-version").first()


def compare(before: Instrument, now: Instrument) -> Comparison:
    """Both versions, in four queries."""
    old, new = _items(before), _items(now)
    changes: dict[int, list[Change]] = {}
    blocks: dict[int, BuildingBlock] = {}
    by_identity = {item.identity: item for item in old}
    by_key = {item.pk: item for item in old}
    met = set()
    for item in new:
        source = by_identity.get(item.identity)
        fate = Fate.NEW
        if source is not None:
            fate = Fate.SAME if source.text == item.text else Fate.MENDED
        elif item.replaces_id in by_key:
            source, fate = by_key[item.replaces_id], Fate.OTHER
        if source is not None:
            met.add(source.pk)
        _add(changes, blocks, item, Change(fate, item, source))
    for item in old:
        if item.pk not in met:
            _add(changes, blocks, item, Change(Fate.GONE, None, item))
    levels = _levels_changed(before, now)
    parts = tuple(
        Part(
            each,
            tuple(changes[each.pk]),
            levels.get(each.pk, ()) if _both(changes[each.pk]) else (),
        )
        for each in sorted(blocks.values(), key=lambda each: each.number)
    )
    return Comparison(before, now, parts, levels.get(None, ()))


def _both(changes: list[Change]) -> bool:
    """Whether the block is in both versions: of a new one every level is new."""
    return any(change.now for change in changes) and any(change.before for change in changes)


def _add(
    changes: dict[int, list[Change]], blocks: dict[int, BuildingBlock], item: Item, change: Change
) -> None:
    blocks[item.block_id] = item.block
    changes.setdefault(item.block_id, []).append(change)


def _items(instrument: Instrument) -> list[Item]:
    return list(instrument.items.select_related("block").order_by("block__number", "number"))


def _levels_changed(before: Instrument, now: Instrument) -> dict[int | None, tuple[int, ...]]:
    """Per block (None: the scale) the scores that are described otherwise."""
    old, new = _texts(before), _texts(now)
    found: dict[int | None, list[int]] = {}
    for key in sorted(old.keys() | new.keys(), key=lambda each: (each[0] or 0, each[1])):
        if old.get(key) != new.get(key):
            found.setdefault(key[0], []).append(key[1])
    return {block: tuple(scores) for block, scores in found.items()}


def _texts(instrument: Instrument) -> dict[tuple[int | None, int], Any]:
    rows: list[Level] = list(instrument.levels.all())
    return {(row.block_id, row.score): (row.name, row.text) for row in rows}
