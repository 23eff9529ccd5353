"""Tables as a spreadsheet. What people typed stays text: no cell ever becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
MONEY = "#,##0.00"


@dataclass(frozen=True)
class Formula:
    """What a cell reckons, without the '=': ours alone, never what somebody typed."""

    text: str


Value = str | int | Decimal | date | Formula | None


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook: its name, its head and its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    # Decimals and formulas are amounts in euro.
    money: bool = False
    # Rows in bold, counted from 0: totals.
    bold: frozenset[int] = frozenset()


def sheet_response(
    filename: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """A download of one table with its head in bold; never kept by a cache in between."""
    return book_response(filename, [Table(title, head, rows)])


def book_response(filename: str, tables: Iterable[Table]) -> HttpResponse:
    """A download of a workbook with a sheet per table; never kept by a cache in between."""
    return as_download(make_book(tables), filename, XLSX)


def as_download(content: bytes, filename: str, content_type: str) -> HttpResponse:
    """`filename` is ours: plain letters, digits, dots and dashes."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def make_sheet(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The bytes of a workbook with one sheet."""
    return make_book([Table(title, head, rows)])


def make_book(tables: Iterable[Table]) -> bytes:
    """The bytes of a workbook with a sheet per table."""
    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(table.title))
    listed = [list(row) for row in table.rows]
    for number, label in enumerate(table.head):
        longest = max([len(label), *(len(_shown(row[number])) for row in listed)])
        letter = get_column_letter(number + 1)
        sheet.column_dimensions[letter].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, label, bold=True) for label in table.head])
    for number, row in enumerate(listed):
        bold = number in table.bold
        sheet.append([_cell(sheet, value, bold=bold, money=table.money) for value in row])


def _cell(
    sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False, money: bool = False
) -> WriteOnlyCell:
    if isinstance(value, Formula):
        cell = WriteOnlyCell(sheet, value=f"={value.text}")
    else:
        cell = WriteOnlyCell(sheet, value=_printable(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that begins with '=' would run as a formula
    if money and isinstance(value, Decimal | Formula):
        cell.number_format = MONEY
    if isinstance(value, date):
        cell.number_format = "dd-mm-yyyy"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _printable(text: str) -> str:
    """Without control characters, which a sheet cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return "9.999.999,99" if isinstance(value, Formula) else str(value)


def _sheet_name(title: str) -> str:
    """At most 31 characters and none that a sheet name forbids."""
    return "".join(" " if char in "[]:*?/\\" else char for char in title)[:31].strip() or "Tabel"
