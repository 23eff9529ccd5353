"""The papers of the demo, in our own words; what the real ones said in figures and dates stays."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class File:
    """An attachment that is made on the spot: title, kind by its name, and what is in it."""

    name: str
    title: str
    lines: tuple[str, ...]
    confidential: bool = False


@dataclass(frozen=True)
class Paper:
    """What is written in a proposal. Sections are (heading, plain text); `blocks` are numbers of
    what it touches of the regional vision."""

    kind: str
    subject: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    points: tuple[str, ...] = ()
    commissioned_by: str = ""
    addressed_to: str = ""
    drafted_by: str = ""
    case_number: str = ""
    dated: date | None = None
    cost: Decimal | None = None
    cost_note: str = ""
    decision_intro: str = ""
    files: tuple[File, ...] = ()
    blocks: tuple[int, ...] = ()
