"""Sections, decision points and advice, out of blocks that know their headings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.importing.blocks import ITEM, Block, Kind, render
from governance.importing.bodies import find_body
from governance.importing.dates import Anchor, mentions, resolve
from governance.importing.result import Advice, Section

_DECISION = re.compile(
    r"^(?:[\dIVX]+[.)]*(?:\d+\.?)*\s+)?(?:beslispunt(?:en)?|(?:gevraagde?|voorgestelde?|te nemen)"
    r" (?:besluit(?:en)?|beslissing(?:en)?)|ontwerpbesluit(?:en)?|gevraagd wordt)\s*:?$",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"\badvies\b|\badvise|\bgeadviseerd\b|\badviezen\b", re.IGNORECASE)
_ADVICE_HEADING = re.compile(r"^(?:\d+[.\d]*\s+)?advies\b", re.IGNORECASE)


@dataclass
class Parts:
    """What the body of the document holds. `structure` are the numbers before points."""

    sections: list[Section] = field(default_factory=list)
    decision_intro: str = ""
    decision_points: list[str] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
    has_decision_heading: bool = False
    text_between_points: bool = False


@dataclass
class _Chapter:
    heading: str
    level: int
    blocks: list[Block] = field(default_factory=list)


def read_parts(blocks: list[Block], bodies: Mapping[str, str], anchor: Anchor) -> Parts:
    """Divide the blocks; text before the first heading is a section without a heading."""
    chapters: list[_Chapter] = []
    for block in blocks:
        if block.kind in (Kind.HEADING, Kind.TITLE):
            chapters.append(_Chapter(block.text, max(1, block.level)))
        else:
            if not chapters:
                chapters.append(_Chapter("", 1))
            chapters[-1].blocks.append(block)
    parts = Parts()
    for chapter in chapters:
        if _DECISION.match(chapter.heading):
            parts.has_decision_heading = True
            if not parts.decision_points:
                chapter.blocks = _take_decision(parts, chapter.blocks)
        else:
            chapter.blocks = _take_advice(parts, chapter, bodies, anchor)
        parts.sections.append(Section(chapter.heading, chapter.level, render(chapter.blocks)))
    return parts


def _take_decision(parts: Parts, blocks: list[Block]) -> list[Block]:
    """Intro and points; gives back what follows them, which stays in the section.

    The points are the list items; text between two of them belongs to the one above it. Without a
    list every paragraph is a point, but for a first one that ends in a colon.
    """
    first = next((n for n, block in enumerate(blocks) if block.kind is Kind.ITEM), None)
    if first is None:
        texts = [n for n, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH]
        led = texts and blocks[texts[0]].text.endswith(":")
        if led:
            parts.decision_intro = blocks[texts.pop(0)].text
        for n in texts:
            parts.decision_points.append(_without_number(parts, blocks[n].text))
        return [block for block in blocks if block.kind is not Kind.PARAGRAPH]
    parts.decision_intro = render(blocks[:first])
    last = 1 + max(n for n, block in enumerate(blocks) if block.kind is Kind.ITEM)
    parts.text_between_points = any(b.kind is not Kind.ITEM for b in blocks[first:last])
    parts.decision_points = _points(parts, blocks[first:last])
    return blocks[last:]


def _points(parts: Parts, items: list[Block]) -> list[str]:
    """One text per outermost item; what stands below it stays with it, a line each."""
    points: list[str] = []
    top = min(item.level for item in items if item.kind is Kind.ITEM)
    for item in items:
        if item.kind is Kind.ITEM and (item.level == top or not points):
            parts.structure.append(item.marker)
            points.append(item.text)
        else:
            points[-1] += "\n" + render([item]).strip()
    return points


def _without_number(parts: Parts, text: str) -> str:
    match = ITEM.match(text)
    if match is None:
        return text
    parts.structure.append(match["marker"])
    return match["text"]


def _take_advice(
    parts: Parts, chapter: _Chapter, bodies: Mapping[str, str], anchor: Anchor
) -> list[Block]:
    """Take lists that a sentence about advice leads in; the sentence itself stays in the text."""
    kept: list[Block] = []
    blocks = chapter.blocks
    at = 0
    while at < len(blocks):
        lead = kept[-1].text if kept else ""
        by_heading = not kept and _ADVICE_HEADING.match(chapter.heading)
        if blocks[at].kind is Kind.ITEM and (by_heading or _leads_in(lead)):
            until = at
            while until < len(blocks) and blocks[until].kind is Kind.ITEM:
                until += 1
            advice = _advice(f"{chapter.heading}\n{lead}" if by_heading else lead, bodies, anchor)
            if advice:
                advice.points = _points(parts, blocks[at:until])
                parts.advice.append(advice)
                at = until
                continue
        kept.append(blocks[at])
        at += 1
    return kept


def _leads_in(text: str) -> bool:
    return text.rstrip().endswith(":") and bool(_ADVISES.search(text[-300:]))


def _advice(lead: str, bodies: Mapping[str, str], anchor: Anchor) -> Advice | None:
    """Whose advice it is and of which day; None when the sentence names neither."""
    body = find_body(lead, bodies)
    days = [day for mention in mentions(lead) if (day := resolve(mention, anchor))]
    if body is None and not days:
        return None
    name, slug = body or ("", None)
    return Advice(body=name, body_matched=slug, date=days[-1] if days else None)
