"""Which lines are headings, and at which level, in a file without heading styles.

Capitals and chapter numbers are strong signs. A plain short line with white space around it is a
heading when text follows; followed by another heading it is the heading of a group. A group
heading that comes back within its chapter ('Thema's' in every quarter) stands below one that
does not.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from governance.importing.aside import is_short_line
from governance.importing.blocks import ITEM, NUMBERED, Block, Kind

_ANNEX = re.compile(r"^bijlage\s*(?:\d{1,2}|[A-Z])?\b[.:]?(?:\s|$)", re.IGNORECASE)
_INNER_COLON = re.compile(r":\s")
_NAMED = re.compile(r"^(?:hoofdstuk|deel|thema|fase|stap|bijlage|spoor)\s+\w{1,4}\b", re.I)
# Words that no heading ends in, unlike 'op' or 'uit' ('Zo groeien kinderen op').
_LEAD_IN = {
    *("waar", "dat", "die", "van", "met", "om", "te", "en", "of", "de", "het", "een", "als"),
    *("voor", "bij", "naar", "tot"),
}


def with_headings(blocks: list[Block]) -> list[Block]:
    """The same blocks with headings marked and levelled.

    A file that uses heading styles (or #) is believed; in any other file lines are judged.
    """
    blocks = _numbered_items(blocks)
    styled = {n: block.level for n, block in enumerate(blocks) if block.kind is Kind.HEADING}
    if styled:
        return _with_bold_lines(blocks, styled)
    strong = {n: kind for n, block in enumerate(blocks) if (kind := _strong(block))}
    plain = _plain_headings(blocks, strong)
    return _levelled(blocks, strong, plain)


def _with_bold_lines(blocks: list[Block], styled: dict[int, int]) -> list[Block]:
    """Between real headings a bold short line that leads to text is a heading below them."""
    plain = _plain_headings(blocks, dict.fromkeys(styled, "styled"))
    result, level = [], 0
    for n, block in enumerate(blocks):
        level = styled.get(n, level)
        bold = n in plain and block.bold and level > 0
        result.append(replace(block, kind=Kind.HEADING, level=level + 1) if bold else block)
    return result


def _numbered_items(blocks: list[Block]) -> list[Block]:
    """Single lines '1.', '2.' one after the other are a list; a lone '1. Aanleiding' is not.

    Between them may stand what hangs below a point: a lettered list, or any list below a question.
    """
    result = list(blocks)
    lines = [n for n, block in enumerate(blocks) if not _hangs_below(blocks, n)]
    for before, n, after in zip([-1, *lines], lines, [*lines[1:], -1], strict=False):
        own = _number(blocks[n])
        match = ITEM.match(blocks[n].text)
        if own is None or match is None:
            continue
        next_one = after >= 0 and _number(blocks[after]) == own + 1
        if next_one or (before >= 0 and _number(blocks[before]) == own - 1):
            text, marker = match["text"], match["marker"]
            result[n] = replace(blocks[n], kind=Kind.ITEM, text=text, marker=marker)
    return result


def _hangs_below(blocks: list[Block], n: int) -> bool:
    if blocks[n].kind is not Kind.ITEM:
        return False
    if blocks[n].marker[:1].isalpha():
        return True
    while n > 0 and blocks[n].kind is Kind.ITEM:
        n -= 1
    return _number(blocks[n]) is not None and blocks[n].text.endswith("?")


def _number(block: Block) -> int | None:
    match = ITEM.match(block.text) if block.kind is Kind.PARAGRAPH else None
    digits = match["marker"][:-1] if match else ""
    return int(digits) if digits.isdigit() else None


def _strong(block: Block) -> str:
    """'annex', 'caps', or the number of a chapter; empty when the line is none of these."""
    text = block.text
    if block.kind is not Kind.PARAGRAPH or "\n" in text or len(text) > 110:
        return ""
    if text.endswith((",", ";", ":", ".")) or "€" in text:
        return ""
    if _ANNEX.match(text) and (block.alone or block.bold) and len(text) <= 80:
        return "annex"
    match = NUMBERED.match(text)
    if match and match["text"][:1].isupper() and (match["dot"] or "." in match["number"]):
        return match["number"]
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= 4 and text == text.upper() and len(text.split()) <= 12:
        return "caps"
    return ""


def _plain_headings(blocks: list[Block], strong: dict[int, str]) -> set[int]:
    """Short lines that lead to text; those at the end, or right above a chapter, do not."""
    found: set[int] = set()
    leads = False
    for n in reversed(range(len(blocks))):
        block = blocks[n]
        lead_in = n > 0 and n - 1 not in strong and blocks[n - 1].text.endswith(":")
        if n in strong:
            leads = False
        elif leads and not lead_in and _is_plain(block):
            found.add(n)
        elif not is_short_line(block):
            leads = True
    return found


def _is_plain(block: Block) -> bool:
    text = block.text
    return (
        is_short_line(block)
        and (block.alone or block.bold)
        and (text[:1].isupper() or text[:1] in "'‘\"“")
        and len(text.split()) <= 12
        and not any(sign in text for sign in "€=@|\t")
        and (not _INNER_COLON.search(text) or bool(_NAMED.match(text)))
        and text.split()[-1].lower() not in _LEAD_IN
    )


def _levelled(blocks: list[Block], strong: dict[int, str], plain: set[int]) -> list[Block]:
    offset = 1 if "caps" in strong.values() else 0
    base, group, nested = 0, 0, 0
    repeated = _repeated_groups(blocks, strong, plain)
    result = []
    for n, block in enumerate(blocks):
        level = 0
        if n in strong:
            sign = strong[n]
            offset = 1 if sign in ("annex", "caps") else offset
            level = 1 if sign in ("annex", "caps") else offset + sign.count(".") + 1
            base, group, nested = level, 0, 0
        elif n in plain:
            is_group = n + 1 in plain
            if is_group and n in repeated:
                nested = 1
                level = base + group + 1
            elif is_group:
                group, nested = 1, 0
                level = base + 1
            else:
                level = base + group + nested + 1
        result.append(replace(block, kind=Kind.HEADING, level=level) if level else block)
    return result


def _repeated_groups(blocks: list[Block], strong: dict[int, str], plain: set[int]) -> set[int]:
    """Group headings whose words come back within the chapter, where others do not."""
    repeated: set[int] = set()
    bounds = [0, *sorted(strong), len(blocks)]
    for start, end in pairwise(bounds):
        groups = [n for n in range(start, end) if n in plain and n + 1 in plain]
        count = Counter(blocks[n].text for n in groups)
        if min(count.values(), default=0) == 1:
            repeated |= {n for n in groups if count[blocks[n].text] > 1}
    return repeated
