"""Tables as comma-separated text, in two forms: for a Dutch Excel and for a machine.

Dutch Excel wants a mark at the beginning to know UTF-8, and semicolons. What people typed stays
text in both: a value that begins like a formula gets an apostrophe before it (OWASP).
"""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO

from core.sheets import Table, Value

CSV = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def dutch_csv(table: Table) -> bytes:
    """With semicolons, decimal commas and days as 22-11-2026; opens right by a double click."""
    text = _written(table, delimiter=";", write=_dutch)
    return (BYTE_ORDER_MARK + text).encode()


def machine_csv(table: Table) -> bytes:
    """As RFC 4180: commas, decimal points, days as 2026-11-22."""
    return _written(table, delimiter=",", write=_plain).encode()


def _written(table: Table, *, delimiter: str, write: Callable[[Value], str]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([_harmless(label) for label in table.head])
    for row in table.rows:
        writer.writerow([write(value) for value in row])
    return out.getvalue()


def _dutch(value: Value) -> str:
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return _plain(value)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    """Text that a spreadsheet will not run; without control characters that no sheet can hold."""
    clean = "".join(char for char in text if char >= " " or char in "\r\n\t")
    return f"'{clean}" if clean.lstrip(" ").startswith(BEGINS_A_FORMULA) else clean
