"""One sheet of an xlsx file: its cells with their kept results, and what is hidden or merged."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from budget.importing.cells import (
    MAX_CELLS,
    MAX_ROWS,
    Cell,
    Kind,
    Sheet,
    Span,
    column_number,
    tidy,
)
from budget.importing.circles import Formula, Place, circular

Strings = list[str]
MAX_SPANS = 1_000
MAX_TEXT = 32_767  # what a cell holds at most
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Format:
    """How a style shows a number."""

    percent: bool = False
    date: bool = False
    year_only: bool = False
    currency: str = ""


def read_worksheet(
    stream: IO[bytes], name: str, strings: Strings, formats: list[Format], *, from_1904: bool
) -> Sheet:
    """The filled cells of a sheet; of one far beyond a budget only that it is too large."""
    reader = _Worksheet(Sheet(name), strings, formats, from_1904)
    for _, element in iterparse(stream, forbid_dtd=True):
        kind = local(element)
        if kind == "row":
            reader.row(element)
            element.clear()
            if reader.filled > MAX_ROWS or len(reader.sheet.cells) > MAX_CELLS:
                return Sheet(name, too_large=True)
        elif kind == "col":
            reader.column(element)
        elif kind == "mergeCell":
            reader.merge(element)
    return reader.finish()


class _Worksheet:
    def __init__(
        self, sheet: Sheet, strings: Strings, formats: list[Format], from_1904: bool
    ) -> None:
        self.sheet, self.strings, self.formats = sheet, strings, formats
        self.begin = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.at = self.filled = 0
        self.hidden: list[tuple[int, int]] = []
        self.formulas: dict[Place, Formula] = {}
        self.shared: dict[str, Formula] = {}

    def row(self, element: Element) -> None:
        self.at = _bounded(element.get("r"), self.at + 1, LAST_ROW)
        before = len(self.sheet.cells)
        column = 0
        for child in element:
            if local(child) == "c":
                place = _PLACE.fullmatch(child.get("r", ""))
                column = min(column_number(place[1]) if place else column + 1, LAST_COLUMN)
                if cell := self._cell(child, column):
                    self.sheet.cells.append(cell)
        if len(self.sheet.cells) > before:
            self.filled += 1
            if element.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.append(self.at)

    def column(self, element: Element) -> None:
        if element.get("hidden") in ("1", "true"):
            first = _bounded(element.get("min"), 1, LAST_COLUMN)
            self.hidden.append((first, _bounded(element.get("max"), first, LAST_COLUMN)))

    def merge(self, element: Element) -> None:
        corners = _PLACE.findall(element.get("ref", ""))
        if len(corners) == 2 and len(self.sheet.merged) < MAX_SPANS:
            (left, top), (right, bottom) = corners
            self.sheet.merged.append(
                Span(int(top), column_number(left), int(bottom), column_number(right))
            )

    def finish(self) -> Sheet:
        """What is only known at the end: hidden columns with something in them, and circles."""
        filled = {cell.column for cell in self.sheet.cells}
        self.sheet.hidden_columns = sorted(
            column for column in filled if any(a <= column <= b for a, b in self.hidden)
        )
        circle = circular(self.formulas)
        if circle is None:
            self.sheet.warnings.append(
                "Er zijn te veel formules om na te gaan of ze in een kring naar zichzelf verwijzen."
            )
        elif circle:
            self.sheet.cells = [
                Cell(cell.row, cell.column, cell.text, Kind.CIRCULAR, formula=True)
                if (cell.row, cell.column) in circle
                else cell
                for cell in self.sheet.cells
            ]
        return self.sheet

    # One cell -----------------------------------------------------------------------------------

    def _cell(self, element: Element, column: int) -> Cell | None:
        kind = element.get("t", "n")
        parts = {local(child): child for child in element}
        formula = self._formula(parts.get("f"), column)
        value = parts["v"].text if "v" in parts else None
        if kind == "inlineStr":
            value, kind = text_of(parts["is"]) if "is" in parts else "", "str"
        elif kind == "s" and value:
            value, kind = self.strings[int(value)], "str"
        if not value:
            if formula and kind != "str":
                text = self.formulas.get((self.at, column), ("", ()))[0]
                return self._made(column, f"={text}", Kind.NO_RESULT, formula=True)
            return None
        if kind in ("str", "d"):
            return self._text(column, value, formula=formula)
        if kind == "e":
            return self._made(column, value, Kind.ERROR, formula=formula)
        if kind == "b":
            return self._made(column, "WAAR" if value == "1" else "ONWAAR", Kind.TRUTH)
        return self._number(column, value, self._look(element.get("s", "0")), formula=formula)

    def _look(self, style: str) -> Format:
        number = int(style) if style.isdecimal() else 0
        return self.formats[number] if number < len(self.formats) else Format()

    def _formula(self, element: Element | None, column: int) -> bool:
        """Whether there is a formula; one that cells share is written at the first of them."""
        if element is None:
            return False
        formula = (element.text or "", (self.at, column))
        key = element.get("si") if element.get("t") == "shared" else None
        if key is not None:
            formula = self.shared.setdefault(key, formula)
        if formula[0]:
            self.formulas[self.at, column] = formula
        return True

    def _made(self, column: int, text: str, kind: Kind, *, formula: bool = False) -> Cell:
        return Cell(self.at, column, text[:MAX_TEXT], kind, formula=formula)

    def _text(self, column: int, value: str, *, formula: bool) -> Cell | None:
        text = tidy(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
        return self._made(column, text, Kind.TEXT, formula=formula) if text else None

    def _number(self, column: int, value: str, look: Format, *, formula: bool) -> Cell | None:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return self._text(column, value, formula=formula)
        if not number.is_finite():
            return self._made(column, value, Kind.ERROR, formula=formula)
        if look.date and (day := self._day(number)):
            text = str(day.year) if look.year_only else f"{day.day}-{day.month}-{day.year}"
            return Cell(self.at, column, text, Kind.DATE, formula=formula)
        if look.percent:
            return Cell(
                self.at, column, f"{_shown(number * 100)}%", Kind.PERCENT, number, formula=formula
            )
        return Cell(
            *(self.at, column, _shown(number), Kind.NUMBER, number),
            currency=look.currency,
            formula=formula,
        )

    def _day(self, number: Decimal) -> date | None:
        if not 0 < number < 200_000:
            return None
        return self.begin + timedelta(days=int(number))


def local(element: Element) -> str:
    """The name of an element without its namespace, so that strict files read as well."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element) -> str:
    """The text of a string in its runs, without how it is pronounced."""
    texts: list[str] = []
    for child in element:
        if local(child) == "t":
            texts.append(child.text or "")
        elif local(child) in ("r", "text"):
            texts.append(text_of(child))
    return "".join(texts)


def _bounded(text: str | None, default: int, most: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 8 else default
    return min(max(number, 1), most)


def _shown(number: Decimal) -> str:
    """As a person reads it: '1234,5'; without what floating point leaves behind."""
    rounded = round(number, 6)
    text = f"{rounded:f}" if abs(number) < 10**15 else f"{number:E}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
