"""Which body of the region a name in a document means."""

import re
from collections.abc import Mapping

from core.formats import sort_key

_EDGE = " .,;:()[]–-*"


def match_body(name: str, bodies: Mapping[str, str]) -> str | None:
    """The slug of the body, by its whole name or by a part of it; None when it is unknown.

    'AOJ (ambtelijk overleg jeugd)' matches on either part, 'Stuurgroep transformatie Rijnmond'
    on an alias of at least two words at its start. Parts that name two bodies match neither.
    """
    key = _key(name)
    if key in bodies:
        return bodies[key]
    parts = [_key(part) for part in re.split(r"[()\[\]/;,]|\s[-–]\s|:", name)]
    found = {bodies[part] for part in parts if part in bodies}
    if len(found) == 1:
        return found.pop()
    if not found:
        starts = [a for a in bodies if " " in a and key.startswith(a + " ")]
        if starts:
            return bodies[max(starts, key=len)]
    return None


def find_body(text: str, bodies: Mapping[str, str]) -> tuple[str, str | None] | None:
    """The body that a sentence names: as written, and its slug; None when it names none.

    Knows the aliases of the region first; an unknown body is found by the words around it.
    """
    for alias in sorted(bodies, key=len, reverse=True):
        pattern = r"\s+".join(re.escape(word) for word in alias.split())
        match = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
        if match:
            return match[0], bodies[alias]
    match = re.search(
        r"(?:van|door|in)\s+(?:de|het)\s+(?!bijeenkomst|vergadering)(\w[\w ]{1,60}?)"
        r"(?=\s+(?:op|van|d\.d\.|heeft|is|van)\b|\s*[,.:;(]|$)",
        text,
    )
    if match is None:
        match = re.search(
            r"^(?:De|Het)\s+(\w[\w ]{1,40}?)\s+(?:adviseert|heeft|adviseerde)\b", text
        )
    return (match[1], None) if match else None


def _key(name: str) -> str:
    key = sort_key(name).strip(_EDGE)
    return re.sub(r"^(?:de|het)\s+", "", key)
