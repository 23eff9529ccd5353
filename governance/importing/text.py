"""Reads a plain text file, markdown or tabs included, into neutral blocks."""

import re

from governance.importing.blocks import ITEM, Block, Kind, NoteKind, Source
from governance.importing.labels import split_label
from governance.importing.package import MAX_CHARACTERS, refuse

_FORMATTING = re.compile(r"</?(?:u|b|i|em|strong|sub|sup)>|<br\s*/?>")
_STRONG = re.compile(r"\*\*(.+?)\*\*|__(?=\S)(.+?)__")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])")
_RULER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_FOOTNOTE = re.compile(r"^(?:[¹²³⁰⁴-⁹]+\s*\S|\[\^?\d{1,3}\]:?\s+\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read_text(data: bytes) -> Source:
    """Blocks of a text file. Refuses what is no text; a cp1252 file is read with a warning."""
    source = Source()
    text = _decode(data, source.warnings)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\v", "\n")
    chunk: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            source.blocks += _blocks_of(chunk)
            chunk = []
    return source


def _decode(data: bytes, warnings: list[str]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        refuse("Dit is geen tekst en geen Word-bestand. Kies een .docx of een .txt.")
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        warnings.append(
            "Het tekstbestand is niet in UTF-8 opgeslagen; het is gelezen als Windows-tekst. "
            "Controleer letters met een accent."
        )
    strange = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if strange > len(text) / 100:
        refuse("Dit is geen tekst en geen Word-bestand. Kies een .docx of een .txt.")
    if len(text) > MAX_CHARACTERS:
        refuse("De tekst is langer dan 800 bladzijden. Kies het voorstel zelf, zonder bijlagen.")
    return _CONTROL.sub(" ", text)


def _blocks_of(chunk: list[str]) -> list[Block]:
    """The blocks of a run of lines without white lines between them."""
    blocks: list[Block] = []
    at = 0
    while at < len(chunk):
        until = at
        while until < len(chunk) and _is_row(chunk[until], inside=until > at):
            until += 1
        if until - at >= 2 or (until > at and chunk[at].lstrip().startswith("|")):
            rows = [_cells(line) for line in chunk[at:until] if not _RULER.match(line)]
            blocks.append(Block(Kind.TABLE, rows=rows))
            at = until
            continue
        until = max(until, at + 1)
        while until < len(chunk) and not _is_row(chunk[until], inside=False):
            until += 1
        blocks += _lines_of(chunk[at:until], alone=until - at == 1 == len(chunk))
        at = until
    return blocks


def _is_row(line: str, *, inside: bool) -> bool:
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return True
    # The lines under a first row may begin with an empty cell.
    return "\t" in line.lstrip().rstrip("\n") or (inside and line.startswith("\t"))


def _cells(line: str) -> list[str]:
    if line.lstrip().startswith("|"):
        inner = line.strip().strip("|") if line.rstrip().endswith("|") else line.strip()[1:]
        cells = re.split(r"(?<!\\)\|", inner)
        return [_plain(cell.replace("\\|", "|").strip()) for cell in cells]
    return [_plain(cell.strip()) for cell in line.split("\t")]


def _lines_of(lines: list[str], *, alone: bool) -> list[Block]:
    if _FOOTNOTE.match(lines[0].strip()):
        return _footnotes(lines)
    items = [ITEM.match(line) for line in lines]
    single = len(lines) == 1
    is_list = items[0] is not None and (
        sum(item is not None for item in items) > 1
        or not items[0]["marker"][:-1].isdigit()
        or (not single and (len(lines[0]) > 60 or lines[1].startswith((" ", "\t"))))
    )
    labelled = [split_label(_plain(line)) is not None for line in lines]
    if not is_list and not any(labelled) and _is_wrapped(lines):
        return [Block(Kind.PARAGRAPH, _plain(" ".join(line.strip() for line in lines)))]
    depth = min((_depth(item["indent"]) for item in items if item), default=0)
    blocks: list[Block] = []
    tail: list[str] = []
    for number, (line, item) in enumerate(zip(lines, items, strict=True)):
        heading = _HEADING.match(line)
        is_item = item is not None and (is_list or not item["marker"][:-1].isdigit())
        if not heading and not is_item and blocks and blocks[-1].kind is Kind.ITEM:
            tail.append(_plain(line.strip()))
            continue
        _extend(blocks, tail)
        if heading:
            blocks.append(Block(Kind.HEADING, _plain(heading[2]), level=len(heading[1])))
        elif item and is_item:
            level = int(_depth(item["indent"]) > depth)
            text = _plain(item["text"].strip())
            blocks.append(Block(Kind.ITEM, text, level=level, marker=item["marker"]))
        else:
            text = _plain(line.strip())
            blocks.append(Block(Kind.PARAGRAPH, text, alone=alone, follows=number > 0))
    _extend(blocks, tail)
    return blocks


def _extend(blocks: list[Block], tail: list[str]) -> None:
    """Add the further lines of a list item in one go."""
    if tail:
        blocks[-1].text = " ".join([blocks[-1].text, *tail])
        tail.clear()


def _footnotes(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    tail: list[str] = []
    for line in lines:
        if _FOOTNOTE.match(line.strip()):
            _extend(blocks, tail)
            blocks.append(Block(Kind.NOTE, line.strip(), note=NoteKind.FOOTNOTE))
        else:
            tail.append(line.strip())
    _extend(blocks, tail)
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Lines broken at a fixed width: all but the last about as long as a printed line."""
    return len(lines) > 1 and all(45 <= len(line.strip()) <= 110 for line in lines[:-1])


def _depth(indent: str) -> int:
    return len(indent.expandtabs(4))


def _plain(text: str) -> str:
    """Without the marks of markdown and the few tags for formatting; other tags are text."""
    text = _FORMATTING.sub("", text)
    text = _STRONG.sub(lambda match: match[1] or match[2], text)
    return _EMPHASIS.sub(r"\1", text)
