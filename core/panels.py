"""The one road upward: an upper room lends a page of a lower room a panel.

A slot is a place on a page ('governance.proposal'). A page shows the panels of its slot with the
rights of its reader; a document freezes those that are the same for all its readers.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """What a panel shows. A room extends this with fields of its own."""

    title: str


@dataclass(frozen=True)
class ShownPanel:
    """A panel on a page: `template` draws `data`."""

    name: str
    template: str
    data: Panel


@dataclass(frozen=True)
class FrozenPanel:
    """A panel in a document, as plain data."""

    name: str
    template: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A registered panel. `load` gives None when there is nothing for this reader. One `for_all`
    shows what the public may know: to whoever reads the page or document it is the same."""

    name: str
    load: Callable[[Any, Any], Panel | None]
    template: str
    freeze: Callable[[Any], dict[str, Any]]
    for_all: bool = False


_slots: dict[str, dict[str, Entry]] = {}


def register(
    slot: str,
    name: str,
    load: Callable[[Any, Any], Panel | None],
    template: str,
    freeze: Callable[[Any], dict[str, Any]],
    *,
    for_all: bool = False,
) -> None:
    """Lend a panel to a slot, under a name that is used there once; shown in this order."""
    entries = _slots.setdefault(slot, {})
    if name in entries:
        raise ValueError(f"panel registered twice: {slot} {name}")
    entries[name] = Entry(name, load, template, freeze, for_all)


def unregister(slot: str, name: str) -> None:
    del _slots[slot][name]


def panels(slot: str, obj: Any, reader: Any) -> list[ShownPanel]:
    """The panels of a slot that this reader may see; `reader` is None for the public."""
    loaded = ((entry, entry.load(obj, reader)) for entry in _slots.get(slot, {}).values())
    return [ShownPanel(entry.name, entry.template, data) for entry, data in loaded if data]


def frozen_panels(slot: str, obj: Any, readers: Iterable[Any]) -> list[FrozenPanel]:
    """The panels that each of the readers may see, and that show each of them the same.

    A panel that one of them may not see, or sees differently, stays out. Without readers: none. One
    that is the same for all is loaded once, however many readers there are.
    """
    left = list(_slots.get(slot, {}).values())
    seen: dict[str, dict[str, Any]] = {}
    for reader in readers:
        left = [entry for entry in left if _sees_the_same(entry, obj, reader, seen)]
        if all(entry.for_all for entry in left):  # who comes next need not be looked up
            break
    return [
        FrozenPanel(entry.name, entry.template, seen[entry.name])
        for entry in left
        if entry.name in seen
    ]


def _sees_the_same(entry: Entry, obj: Any, reader: Any, seen: dict[str, dict[str, Any]]) -> bool:
    """Whether this reader sees the panel as the first one did; her own sight is the first."""
    if entry.for_all and entry.name in seen:
        return True
    panel = entry.load(obj, None if entry.for_all else reader)
    if panel is None:
        return False
    plain = _plain(entry.freeze(panel))
    return seen.setdefault(entry.name, plain) == plain


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data as it comes back from JSON; raises TypeError for what JSON cannot hold."""
    plain: dict[str, Any] = json.loads(json.dumps(data, allow_nan=False))
    return plain
