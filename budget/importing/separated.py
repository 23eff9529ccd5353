"""A csv file as a sheet: with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows' own."""

import csv
import re
from collections import Counter
from io import StringIO

from budget.importing.cells import MAX_CELLS, MAX_ROWS, TOO_LARGE, Cell, Sheet, tidy
from budget.importing.context import refuse

SEPARATORS = (";", "\t", ",")
MAX_LINES = 50_000  # empty ones too
SAMPLE = 200  # lines by which the separator is chosen
NOT_TEXT = "Dit is geen rekenblad en geen tekst. Kies een xlsx- of csv-bestand."
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_HINT = re.compile(r"\s*sep=(.)\s*\Z", re.IGNORECASE)


def read_separated(content: bytes) -> Sheet:
    """The cells with something in them; their rows count as a spreadsheet shows them."""
    sheet = Sheet()
    text = _decoded(content, sheet)
    first = text.split("\n", 1)[0]
    hint = _HINT.match(first)
    if hint:  # for Excel, which does not show this line either
        text = text.partition("\n")[2]
    rows = _rows(text, hint[1] if hint else _separator(text))
    filled = 0
    for number, row in enumerate(rows, 1):
        texts = enumerate(map(tidy, row), 1)
        cells = [Cell(number, column, text) for column, text in texts if text]
        filled += bool(cells)
        sheet.cells += cells
        if filled > MAX_ROWS or len(sheet.cells) > MAX_CELLS:
            refuse(TOO_LARGE)
    return sheet


def _decoded(content: bytes, sheet: Sheet) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        refuse(NOT_TEXT)
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        sheet.warnings.append(
            "Het bestand is niet in UTF-8 opgeslagen; het is gelezen als Windows-tekst. Controleer "
            "letters met een accent."
        )
    if len(_STRANGE.findall(text)) > len(text) / 100:
        refuse(NOT_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> str:
    """The one that gives most lines the same number of cells, more than one."""
    lines = [line for line in text.split("\n") if line.strip()][:SAMPLE]
    sample = "\n".join(lines)
    best, most = SEPARATORS[0], (0, 0)
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(StringIO(sample), delimiter=separator))
        except csv.Error:
            continue
        sizes = Counter(len(row) for row in rows if len(row) > 1)
        usual = max(sizes.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if (usual[1], usual[0]) > most:
            best, most = separator, (usual[1], usual[0])
    return best


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_LINES:
                refuse(TOO_LARGE)
    except csv.Error:
        refuse(
            f"Regel {reader.line_num} is niet te lezen: een aanhalingsteken wordt niet gesloten. "
            "Verbeter de regel, of sla de begroting op als xlsx."
        )
    return rows
