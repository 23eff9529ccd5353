"""What changed between two texts, word by word, for versions and conflicts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

# Lines first, then sentences, then words: the matcher is quadratic in what repeats, such as spaces.
_LEVELS = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r".+?[.!?]\s+|.+", re.S),
    re.compile(r"\s+|\w+|[^\w\s]"),
)
MAX_PAIRS = 1_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both, only in the new, or only in the old text."""

    kind: Literal["same", "added", "removed"]
    text: str


def compare(old_text: str, new_text: str) -> list[Piece]:
    """The pieces in reading order: same and removed give the old text, same and added the new.

    Stretches that repeat so much that comparing would take long are shown as replaced whole.
    """
    return list(_joined([piece for piece in _compare(old_text, new_text, 0) if piece.text]))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Each change as one stretch removed and one added; a space between two changes joins them."""
    stays = [piece.kind == "same" for piece in pieces]
    for n, piece in enumerate(pieces[1:-1], start=1):
        blank = piece.text.isspace() and "\n" not in piece.text
        stays[n] = stays[n] and not (blank and not stays[n - 1] and not stays[n + 1])
    for same, run in groupby(zip(stays, pieces, strict=True), key=lambda pair: pair[0]):
        group = [piece for _, piece in run]
        if same:
            yield Piece("same", "".join(piece.text for piece in group))
            continue
        removed = "".join(piece.text for piece in group if piece.kind != "added")
        added = "".join(piece.text for piece in group if piece.kind != "removed")
        changes = [Piece("removed", removed), Piece("added", added)]
        yield from (piece for piece in changes if piece.text)


def _compare(old_text: str, new_text: str, level: int) -> Iterator[Piece]:
    if level == len(_LEVELS) or not (old_text and new_text):
        yield Piece("removed", old_text)
        yield Piece("added", new_text)
        return
    old, new = _LEVELS[level].findall(old_text), _LEVELS[level].findall(new_text)
    start = _equal_from_start(old, new)
    end = _equal_from_start(old[start:][::-1], new[start:][::-1])
    yield Piece("same", "".join(old[:start]))
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], level)
    yield Piece("same", "".join(old[len(old) - end :]))


def _equal_from_start(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))


def _middle(old: list[str], new: list[str], level: int) -> Iterator[Piece]:
    if _pairs(old, new) > MAX_PAIRS:
        yield from _compare("".join(old), "".join(new), level + 1)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield Piece("same", before)
        else:
            yield from _compare(before, after, level + 1)


def _pairs(old: list[str], new: list[str]) -> int:
    """How many equal pairs the matcher would have to look at."""
    there = Counter(new)
    return sum(count * there[token] for token, count in Counter(old).items())
