"""What a reader of the document should be told: odd dates, attachments, a second document."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from core.formats import long_date
from governance.importing.aside import is_short_line
from governance.importing.blocks import Block, Kind
from governance.importing.dates import Anchor, mentions, resolve
from governance.importing.header import labels_in

_ATTACHMENT = re.compile(r"\bbijlagen?\b(?!\s*:)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘'\"])|\n+")
_PAST = re.compile(
    r"\b(?:is|zijn|werd|werden|heeft|hebben|was|waren)\b(?:\W+\w+){0,12}?\W+"
    r"(?:besproken|vastgesteld|geadviseerd|behandeld|besloten|ingestemd|gehouden|plaatsgevonden)\b"
    r"|\b(?:luidde|vond|adviseerde|besloot|stemde)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?:1\.?\s+\S|(?:aanleiding|inleiding)$)", re.IGNORECASE)
_PASSIVE_FUTURE = re.compile(r"\b(?:wordt|worden|zal|zullen)\b", re.IGNORECASE)


def later_than_itself(texts: Iterable[str], written: date | None, anchor: Anchor) -> list[str]:
    """Warns of a day after that of the document that the text tells of in the past tense."""
    if written is None:
        return []
    warnings = []
    for text in texts:
        for mention in mentions(text):
            day = resolve(mention, anchor)
            if day is None or not written < day <= written + timedelta(days=366):
                continue
            before = text[max(0, mention.start - 160) : mention.start]
            around = _SENTENCE.split(before)[-1] + text[mention.start : mention.end]
            told = _PAST.search(around) and not _PASSIVE_FUTURE.search(around)
            if (mention.past or told) and not mention.future:
                quote = " ".join(around.split())
                warnings.append(
                    f"Het stuk is van {long_date(written)}, maar vertelt over "
                    f"{long_date(day)} alsof dat al is geweest: ‘{quote}’."
                )
    return list(dict.fromkeys(warnings))


def attachments_in(texts: Iterable[str]) -> list[str]:
    """The sentences that mention an attachment, each once."""
    found = []
    for text in texts:
        for sentence in _SENTENCE.split(text):
            if _ATTACHMENT.search(sentence):
                found.append(" ".join(sentence.split()).removeprefix("- "))
    return list(dict.fromkeys(found))


def split_documents(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The first document, and what follows from a second header on (usually nothing).

    A second header is at least three different labels close together, after body text.
    """
    seen_header, text_between = False, 0
    for n, block in enumerate(blocks):
        if labels_in(block):
            if seen_header and text_between > 200 and _begins_anew(blocks, n):
                start = n - 1 if _is_title(blocks[n - 1]) else n
                return blocks[:start], blocks[start:]
            seen_header = True
        elif seen_header and block.kind is not Kind.TABLE:
            text_between += len(block.text)
    return blocks, []


def _begins_anew(blocks: list[Block], start: int) -> bool:
    """Three labels with a sender, a receiver or a subject; or a title, two labels, a chapter 1."""
    ahead = blocks[start : start + 8]
    found = set().union(*(labels_in(block) for block in ahead))
    if len(found) >= 3 and found & {"to", "from_", "subject"}:
        return True
    titled = start > 0 and _is_title(blocks[start - 1])
    return titled and len(found) >= 2 and any(_FIRST.match(b.text) for b in ahead[1:4])


def _is_title(block: Block) -> bool:
    return block.kind is Kind.TITLE or (is_short_line(block) and ": " not in block.text)
