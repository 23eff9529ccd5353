"""A spreadsheet that nobody set up for paper gets all its columns on one page, lying down.

As it comes from a spreadsheet program it prints its columns page after page, and in a meeting book
no amount stands beside its name any more. A sheet with a setup of its own (a scale, page breaks, a
print area) stays as it is. The text of the file is changed in two places and nothing is read into a
tree: what else is in it stays as its maker wrote it, and what looks odd is left alone.
"""

import math
import re
import zipfile
from pathlib import Path

STANDING, LYING = 92, 155  # characters of the usual letter that fit across A4
SMALLEST = 0.5  # of the size it has; wider than that goes on beside it
USUAL_WIDTH = 9.14

WORKBOOK = "xl/workbook.xml"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
PARTS = re.compile(rb"(?s)(.*?)(<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>)(.*)")
OWN_SETUP = re.compile(
    rb"""<(?:\w+:)?(?:pageSetUpPr\b[^>]*\bfitToPage=["'](?:1|true)"""
    rb"""|pageSetup\b[^>]*\bscale=["'](?!100["'])|(?:row|col)Breaks\b)"""
)
ROOT = re.compile(rb"<(\w+:)?worksheet\b[^>]*>")
PROPERTIES = re.compile(rb"<(?:\w+:)?sheetPr\b[^>]*?(/?)>")
PAGE_PROPERTIES = re.compile(rb"<(?:\w+:)?pageSetUpPr\b[^>]*/>")
SETUP = re.compile(rb"<(?:\w+:)?page(?:Margins|Setup)\b[^>]*/>")
COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
DEFAULT = re.compile(rb"""<(?:\w+:)?sheetFormatPr\b[^>]*\bdefaultColWidth=["']([\d.]+)""")
CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})\d""")
ATTRIBUTE = re.compile(rb"""\b(min|max|width|hidden)=["']([\w.]+)["']""")


def fit(source: Path, target: Path) -> int:
    """Write the workbook with its wide sheets set up for A4; gives how many those were."""
    fitted = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        own = b"_xlnm.Print_Area" in old.read(WORKBOOK)
        for name in old.namelist():
            content = old.read(name)
            made = _fitted(content) if SHEET.fullmatch(name) and not own else None
            fitted += made is not None
            new.writestr(name, content if made is None else made)
    return fitted


def _fitted(content: bytes) -> bytes | None:
    """The text of a sheet with its columns on a page; None when it stays as it is."""
    parts, root = PARTS.fullmatch(content), ROOT.search(content)
    if parts is None or root is None or OWN_SETUP.search(parts[1] + parts[3]):
        return None
    wide = _width(parts[1], parts[2])
    if wide <= STANDING:
        return None
    pages = math.ceil(wide * SMALLEST / LYING)
    prefix = root[1] or b""
    head = _with_fit(parts[1], root.end(), prefix)
    # The sheet of the book has margins of its own.
    setup = (
        b'<%spageMargins left="0.2" right="0.2" top="0.4" bottom="0.4" header="0.2" footer="0.2"/>'
        b'<%spageSetup paperSize="9" orientation="landscape" pageOrder="overThenDown" '
        b'fitToWidth="%d" fitToHeight="0"/>' % (prefix, prefix, pages)
    )
    return head + parts[2] + _with_setup(parts[3], setup)


def _width(head: bytes, body: bytes) -> float:
    """How many characters the used columns take across."""
    used = max((_number(cell[1]) for cell in CELL.finditer(body)), default=0)
    usual = DEFAULT.search(head)
    widths = dict.fromkeys(range(1, used + 1), float(usual[1]) if usual else USUAL_WIDTH)
    for column in COLUMN.finditer(head):
        told = {name: value.decode() for name, value in ATTRIBUTE.findall(column[1])}
        first, last = int(told.get(b"min", 1)), min(int(told.get(b"max", 0)), used)
        wide = 0.0 if told.get(b"hidden") in ("1", "true") else told.get(b"width", USUAL_WIDTH)
        widths |= dict.fromkeys(range(first, last + 1), float(wide))
    return sum(widths.values())


def _number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _with_fit(head: bytes, after_root: int, prefix: bytes) -> bytes:
    fits = b'<%spageSetUpPr fitToPage="1"/>' % prefix
    head = PAGE_PROPERTIES.sub(b"", head)
    found = PROPERTIES.search(head)
    if found is None:
        properties = b"<%ssheetPr>%s</%ssheetPr>" % (prefix, fits, prefix)
        return head[:after_root] + properties + head[after_root:]
    if found[1]:
        opened = found[0][:-2] + b">" + fits + b"</%ssheetPr>" % prefix
        return head[: found.start()] + opened + head[found.end() :]
    return head.replace(b"</%ssheetPr>" % prefix, fits + b"</%ssheetPr>" % prefix, 1)


def _with_setup(tail: bytes, setup: bytes) -> bytes:
    """In the place of the setup there was, or else before anything."""
    found = SETUP.search(tail)
    place = found.start() if found else 0
    return tail[:place] + setup + SETUP.sub(b"", tail[place:])
