"""Takes out what stands between the text: letterheads, what belongs to footnotes, signatures."""

import re
from dataclasses import replace

from governance.importing.blocks import Block, Kind, NoteKind
from governance.importing.header import is_header

_ADDRESS = re.compile(
    r"^(?:postbus\s+\d+|p/a\b.*|(?:bezoek|post)adres\b.*|(?-i:\d{4}\s?[A-Z]{2})\b.*|www\.\S+"
    r"|https?://\S+|[\w.+-]+@[\w.-]+\.\w+|(?:tel|telefoon|t|e|e-mail|kvk|iban)\s?[.:]\s*\S.*)$",
    re.IGNORECASE,
)
_TYPED = re.compile(r"^[¹²³⁰⁴-⁹]+\s*\S")
_OPEN_END = re.compile(r"[\w,;–-]$")
_LABELLED = re.compile(r"^[^\W\d][^:.]{2,60}:\s+\S")


def take_aside(blocks: list[Block]) -> list[Block]:
    """The same blocks with letterheads, footnote lines and a signature marked as notes.

    What was broken in two by a page or a note is joined again.
    """
    marked = _signature(_letterheads(_footnote_lines(blocks)))
    text = [block for block in marked if block.kind is not Kind.NOTE]
    notes = [block for block in marked if block.kind is Kind.NOTE]
    return _join_broken(text) + notes


def is_short_line(block: Block) -> bool:
    """A line that could be a heading, an address or a name: short and without a full stop."""
    return (
        block.kind is Kind.PARAGRAPH
        and len(block.text) <= 80
        and "\n" not in block.text
        and not block.text.endswith((".", ",", ";", ":", "!", "?"))
    )


def _letterheads(blocks: list[Block]) -> list[Block]:
    """A run of short lines with at least two lines of an address becomes one note."""
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        until = at
        while until < len(blocks) and _may_be_letterhead(blocks[until]):
            until += 1
        run = blocks[at:until]
        hits = [n for n, block in enumerate(run) if _ADDRESS.match(block.text)]
        if len(hits) >= 2:
            start, end = max(0, hits[0] - 2), hits[-1] + 1
            lines = "\n".join(block.text for block in run[start:end])
            result += run[:start]
            result.append(Block(Kind.NOTE, lines, note=NoteKind.LETTERHEAD))
            result += run[end:]
        else:
            result += run
        result += blocks[until : until + 1]
        at = until + 1
    return result


def _may_be_letterhead(block: Block) -> bool:
    line = is_short_line(block) and len(block.text) <= 60
    return line and not is_header(block) and not block.text.isupper()


def _footnote_lines(blocks: list[Block]) -> list[Block]:
    """Lines that begin with a raised number are footnotes.

    Lines 'naam: waarde' between two footnotes belong to the first of them.
    """
    result: list[Block] = []
    pending: list[Block] = []
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and _TYPED.match(block.text):
            block = replace(block, kind=Kind.NOTE, note=NoteKind.FOOTNOTE)
        inside = bool(result) and result[-1].note == NoteKind.FOOTNOTE
        if inside and block.kind is Kind.PARAGRAPH and _LABELLED.match(block.text):
            pending.append(block)
            continue
        if pending and block.note == NoteKind.FOOTNOTE:
            result[-1].text = "\n".join([result[-1].text, *(b.text for b in pending)])
        else:
            result += pending
        pending = []
        result.append(block)
    return result + pending


def _signature(blocks: list[Block]) -> list[Block]:
    """At most three short lines at the end, after white space: who wrote it."""
    body = [n for n, block in enumerate(blocks) if block.kind is not Kind.NOTE]
    tail: list[int] = []
    for n in reversed(body):
        if not is_short_line(blocks[n]) or ":" in blocks[n].text or blocks[n].text.isupper():
            break
        tail.insert(0, n)
        if len(tail) > 3:
            break
    if not 1 <= len(tail) <= 3 or len(tail) == len(body) or not _is_name(blocks[tail[0]].text):
        return blocks
    note = Block(Kind.NOTE, "\n".join(blocks[n].text for n in tail), note=NoteKind.SIGNATURE)
    return [block for n, block in enumerate(blocks) if n not in tail] + [note]


def _is_name(text: str) -> bool:
    """Two to five words, the first and the last with a capital."""
    parts = text.split()
    return 2 <= len(parts) <= 5 and all(p[:1].isupper() for p in (parts[0], parts[-1]))


def _join_broken(blocks: list[Block]) -> list[Block]:
    """A paragraph or item without an end, and a next one that begins without a capital."""
    result: list[Block] = []
    tails: dict[int, list[str]] = {}
    text = ""
    for block in blocks:
        last = result[-1] if result else None
        if (
            last is not None
            and block.kind is Kind.PARAGRAPH
            and last.kind in (Kind.PARAGRAPH, Kind.ITEM)
            and block.text[:1].islower()
            and len(text) > 60
            and _OPEN_END.search(text)
            and not is_header(last)
        ):
            tails.setdefault(len(result) - 1, []).append(block.text)
        else:
            result.append(block)
        text = block.text
    for n, tail in tails.items():
        result[n] = replace(result[n], text=" ".join([result[n].text, *tail]))
    return result
