"""What changed between two texts, word by word, for versions and conflicts."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MAX_TOKENS = 20_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both, only in the new, or only in the old text."""

    kind: Literal["same", "added", "removed"]
    text: str


def compare(old_text: str, new_text: str) -> list[Piece]:
    """The pieces in reading order: same and removed give the old text, same and added the new.

    Texts that are too long to compare word by word are compared line by line.
    """
    old, new = _TOKENS.findall(old_text), _TOKENS.findall(new_text)
    if len(old) + len(new) > MAX_TOKENS:
        old, new = old_text.splitlines(keepends=True), new_text.splitlines(keepends=True)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return pieces
