"""What the page components take: plain values, no models. See docs/componenten.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["neutral", "inactive", "success", "warning", "error"]
StopState = Literal["done", "now", "coming", "skipped"]


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumbs; the page itself has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Link:
    """A link in a menu, tabs or a list of papers. `note` is side information: type and size."""

    label: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Stop:
    """One stop of the metro line. `text` says the state in words, because colour never does alone.

    `short` is the name on the mini line.
    """

    body: str
    purpose: str
    state: StopState
    text: str
    day: date | None = None
    end: bool = False
    url: str = ""
    short: str = ""


@dataclass(frozen=True)
class Task:
    """What waits for somebody: `due` in large ('Vandaag'), `due_note` beside it ('17.00 uur')."""

    due: str
    due_note: str
    title: str
    url: str
    note: str = ""
    now: bool = False


@dataclass(frozen=True)
class Fact:
    """A label with its value, and perhaps an address behind the value."""

    label: str
    value: object
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class TrailLine:
    """What happened, by which office and when (`who_when`), and the reason if one was given."""

    what: str
    who_when: str
    why: str = ""


@dataclass(frozen=True)
class NotYet:
    """An act that is refused now, with the sentence that says why and what to do."""

    label: str
    reason: str


@dataclass(frozen=True)
class Column:
    """Head of a column; `sort` is the query string that sorts by it, `sorted` how it is now."""

    label: str
    number: bool = False
    sort: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Cell:
    """A table cell: text, perhaps with an address or as a badge."""

    value: object
    url: str = ""
    tone: Tone | Literal[""] = ""


@dataclass(frozen=True)
class Row:
    """A table row: its first cell is the row's head."""

    cells: Sequence[Cell | str]
    kind: Literal["", "group", "total"] = ""
