"""Spreadsheets as people keep them, made here: csv, and xlsx with the results of its formulas.

openpyxl computes nothing, so a formula would have no result. `Formula` carries the one that Excel
would have kept, and it is put into the file afterwards.
"""

import csv
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.comments import Comment

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Formula:
    """A formula and its kept result; None: none was kept. A text that begins with # is an error."""

    text: str
    kept: Any = None


@dataclass(frozen=True)
class Shown:
    """A value with the number format in which it is shown."""

    value: Any
    format: str


def separated(rows: Rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A csv file as a spreadsheet saves it."""
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def piped(text: str) -> bytes:
    """A csv file of lines with a bar between their cells."""
    lines = text.strip("\n").split("\n")
    return separated([[cell.strip() for cell in line.split("|")] for line in lines], ";")


def workbook(
    rows: Rows | Mapping[str, Rows],
    *,
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[str] = (),
    hidden_sheets: Collection[str] = (),
    merged: Collection[str] = (),
    comments: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An xlsx file with one sheet, or several by name. What is hidden is so on the first.

    `parts` are put into the package as they are, in the place of its own of that name.
    """
    sheets = rows if isinstance(rows, Mapping) else {"Begroting": rows}
    book = Workbook()
    kept: list[dict[str, Any]] = []
    for number, (title, lines) in enumerate(sheets.items()):
        sheet = book.create_sheet(title)
        kept.append(_fill(sheet, lines))
        if title in hidden_sheets:
            sheet.sheet_state = "hidden"
        if number:
            continue
        for span in merged:
            sheet.merge_cells(span)
        for each in hidden_rows:
            sheet.row_dimensions[each].hidden = True
        for letter in hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        for place, text in (comments or {}).items():
            sheet[place].comment = Comment(text, "iemand")
    book.remove(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return _with_parts(out.getvalue(), kept, parts or {})


def _fill(sheet: Any, lines: Rows) -> dict[str, Any]:
    kept = {}
    for at, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(at, column)
            if isinstance(value, Shown):
                cell.value, cell.number_format = value.value, value.format
            elif isinstance(value, Formula):
                cell.value = f"={value.text}"
                kept[cell.coordinate] = value.kept
            else:
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    return kept


def _with_parts(
    content: bytes, kept: list[dict[str, Any]], parts: Mapping[str, str | bytes]
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if found:
                data = _with_results(data.decode(), kept[int(found[1]) - 1]).encode()
            if name not in parts:
                new.writestr(name, data)
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def _with_results(xml: str, kept: Mapping[str, Any]) -> str:
    """Puts the kept result of each formula where Excel would have."""
    for place, value in kept.items():
        if value is None:
            continue
        kind = "n" if isinstance(value, int | float | Decimal) else "str"
        kind = "e" if str(value).startswith("#") else kind
        pattern = rf'<c r="{place}"([^>]*?)(?: t="\w+")?><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
        xml, number = re.subn(
            pattern,
            lambda m, place=place, kind=kind, value=value: (
                f'<c r="{place}"{m[1]} t="{kind}"><f>{m[2]}</f><v>{escape(str(value))}</v></c>'
            ),
            xml,
        )
        assert number == 1, f"no formula in {place}"
    return xml
