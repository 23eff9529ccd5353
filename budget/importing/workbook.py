"""An xlsx file as sheets.

Read here and not by openpyxl, which gives formulas or their kept results but not both, opens
drawings and charts along with the cells, and refuses files over a style that it does not know.
The package was checked by `core.filetypes` before; parts are read in pieces all the same, since
what a zip says of its own sizes can be a lie.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from budget.importing.cells import Sheet
from budget.importing.context import refuse
from budget.importing.worksheet import Format, Strings, local, read_worksheet, text_of

MAX_UNPACKED = 20_000_000
MAX_STRINGS = 300_000
MAX_SHEETS = 50
DAMAGED = (
    "Het rekenblad is beschadigd: {} is onleesbaar. Open het bestand, sla het opnieuw op als xlsx "
    "en probeer het nog eens."
)
BOMB = "Het bestand wordt uitgepakt veel te groot. Zet de begroting in een eigen bestand."
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ParseError, DefusedXmlException, ValueError, LookupError, TypeError, ArithmeticError),
)
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}
_IN_QUOTES = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_OTHER = re.compile(r"[$£¥]|USD|GBP|CHF|SEK|DKK|NOK|PLN|JPY", re.IGNORECASE)


class _Package:
    """The parts of the file, read in pieces within one budget of bytes."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(content))
        self._left = MAX_UNPACKED
        self.names = set(self._zip.namelist())

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with self._zip.open(name) as stream:
            yield _Bounded(stream, self)  # type: ignore[misc]

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            refuse(BOMB)

    def parts(self, name: str) -> Iterator[Element]:
        """Every element of a part as it closes; a DTD or entity is refused."""
        with self.open(name) as stream:
            for _, element in iterparse(stream, forbid_dtd=True):
                yield element

    def relations(self, name: str) -> list[dict[str, str]]:
        """What a part points to, with its target as a path in the package."""
        folder, base = posixpath.split(name)
        path = f"{folder}/_rels/{base}.rels".lstrip("/")
        if path not in self.names:
            return []
        found = []
        for each in self.parts(path):
            if local(each) == "Relationship" and each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                found.append(
                    {
                        "id": each.get("Id", ""),
                        "kind": posixpath.basename(each.get("Type", "")),
                        "target": target.lstrip("/"),
                    }
                )
        return found


class _Bounded:
    """A stream that counts what is read of it."""

    def __init__(self, stream: IO[bytes], package: _Package) -> None:
        self._stream, self._package = stream, package

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(65_536 if size < 0 else size)
        self._package.spend(len(piece))
        return piece

    def close(self) -> None:
        self._stream.close()


def read_workbook(content: bytes) -> list[Sheet]:
    """The sheets with something in them, in order. Raises Refused when the file is damaged."""
    try:
        package = _Package(content)
        return _sheets(package)
    except _BROKEN:
        refuse(DAMAGED.format("de inhoud"))


def _sheets(package: _Package) -> list[Sheet]:
    book = next(
        (each["target"] for each in package.relations("") if each["kind"] == "officeDocument"),
        "xl/workbook.xml",
    )
    relations = {each["id"]: each for each in package.relations(book)}
    by_kind = {each["kind"]: each["target"] for each in relations.values()}
    strings = _strings(package, by_kind.get("sharedStrings"))
    formats = _formats(package, by_kind.get("styles"))
    named, dates_from_1904 = _named(package, book)
    found = []
    for name, state, key in named[:MAX_SHEETS]:
        relation = relations.get(key)
        if relation is None or relation["kind"] != "worksheet":
            continue
        sheet = _one(package, name, relation["target"], strings, formats, dates_from_1904)
        sheet.hidden = state != "visible"
        found.append(sheet)
    if not found:
        refuse("In het bestand staat geen rekenblad. Kies een ander bestand.")
    return found


def _named(package: _Package, book: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Name, state and relation of each sheet; and whether days count from 1904."""
    named, from_1904 = [], False
    for each in package.parts(book):
        if local(each) == "sheet":
            key = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
            named.append((each.get("name", ""), each.get("state", "visible"), key))
        elif local(each) == "workbookPr":
            from_1904 = each.get("date1904") in ("1", "true")
    return named, from_1904


def _one(
    package: _Package,
    name: str,
    target: str,
    strings: Strings,
    formats: list[Format],
    from_1904: bool,
) -> Sheet:
    try:
        with package.open(target) as stream:
            sheet = read_worksheet(stream, name, strings, formats, from_1904=from_1904)
        for relation in package.relations(target):
            if relation["kind"] == "comments":
                sheet.comments += _comments(package, relation["target"])
            elif relation["kind"] == "drawing":
                sheet.warnings.append(
                    "Op het blad staan afbeeldingen, grafieken of tekstvakken. Die zijn niet "
                    "gelezen."
                )
    except _BROKEN:
        refuse(DAMAGED.format(f"het blad ‘{name}’"))
    return sheet


def _strings(package: _Package, target: str | None) -> Strings:
    if target is None:
        return []
    found = []
    for each in package.parts(target):
        if local(each) == "si":
            found.append(text_of(each))
            each.clear()
            if len(found) > MAX_STRINGS:
                refuse(BOMB)
    return found


def _comments(package: _Package, target: str) -> list[tuple[str, str]]:
    return [
        (each.get("ref", ""), text_of(each).strip())
        for each in package.parts(target)
        if local(each) == "comment"
    ]


def _formats(package: _Package, target: str | None) -> list[Format]:
    """How the cells of each style are shown: a percentage, a day, another currency."""
    if target is None:
        return []
    codes: dict[int, str] = {}
    found: list[Format] = []
    for each in package.parts(target):
        if local(each) == "numFmt":
            codes[int(each.get("numFmtId", "0"))] = each.get("formatCode", "")
        elif local(each) == "cellXfs":
            found = [_format(int(xf.get("numFmtId", "0")), codes) for xf in each]
    return found


def _format(number: int, codes: dict[int, str]) -> Format:
    code = codes.get(number)
    if code is None:
        return Format(percent=number in _PERCENTS, date=number in _DATES)
    first = code.split(";")[0]
    currencies = [each.strip() for each in _CURRENCY.findall(first) if each.strip()]
    plain = _BRACKETS.sub("", _IN_QUOTES.sub("", first))
    shown = " ".join(
        [*currencies, *(a or b for a, b in _IN_QUOTES.findall(first)), plain.replace("\\", "")]
    )
    other = _OTHER.search(shown)
    days = re.search(r"[yjd]", plain, re.IGNORECASE) is not None and "0" not in plain
    return Format(
        percent="%" in plain,
        date=days,
        year_only=days and re.fullmatch(r"[yj]+", plain.strip(), re.IGNORECASE) is not None,
        currency=other[0] if other else "",
    )
