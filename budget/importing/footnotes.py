"""Names with a star, and the note below the table that begins with the same star."""

import re

from budget.importing.result import Remark, SheetHeading, SheetLine

_MARK = re.compile(r"(\*+|[¹²³])\s*")
_ENDING = re.compile(r"(\*+|[¹²³])\s*$")
Starred = list[tuple[str, SheetHeading | SheetLine]]


def mark_of(name: str) -> str:
    """The star behind a name, or nothing."""
    found = _ENDING.search(name.strip())
    return found[1] if found else ""


def explain(starred: Starred, notes: list[Remark]) -> None:
    """Put each note with what it is about; it stays among the notes as well."""
    texts: dict[str, list[str]] = {}
    for note in notes:
        if found := _MARK.match(note.text):
            texts.setdefault(found[1], []).append(note.text[found.end() :])
    for mark, row in starred:
        said = texts.get(mark, [])
        row.explanation = "\n".join(filter(None, [row.explanation, *said]))
