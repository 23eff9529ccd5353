"""A submission as a spreadsheet to fill in elsewhere, and the way back in.

The sheet carries what stood in the portal when it was made, on a hidden page: coming back, only
what was changed in the sheet counts, and what a colleague changed meanwhile in the same field is
shown, not overwritten. A cell with something wrong is named by its place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.db import transaction
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from core import guard
from core.refusal import Refusal, Refused
from core.versioning import Conflict
from nulmeting.domain import filling
from nulmeting.domain.content import KEPT, Earlier, earlier_answers, kept_answer
from nulmeting.enums import MAX_EXPLANATION, Given, Score
from nulmeting.models import Item, Submission
from nulmeting.queries import blocks_of
from regioagenda.models import BuildingBlock

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
PAGE, BASIS = "Invullen", "basis"
HEAD = ("Onderdeel", "Vraag", "Vorige ronde", "Uw antwoord")
ANSWER = 4  # the column in which is filled in
FIELDS = {
    "ambition": "Ambitie (1 tot en met 5)",
    "ambition_year": "Ambitie: in welk jaar",
    "explanation": "Toelichting (hoogstens 1.000 tekens)",
    "support": "Welke hulp van de regio is nodig?",
    "shared": "Wat werkt bij u, waar anderen iets aan hebben?",
    "may_share": "Mogen andere gemeenten dat lezen? (ja of nee)",
}
WORDS: dict[str, str] = {
    **{str(score): str(score) for score in Score.values},
    **{kind.value: str(kind.label) for kind in Given if kind != Given.SCORE},
    KEPT: "geldt nog",
}


@dataclass(frozen=True)
class Line:
    """One row of the sheet: a question, or something of the block as a whole."""

    block: BuildingBlock
    name: str
    label: str
    earlier: str


@dataclass
class Brought:
    """What came of a sheet: fields saved per block, and what a colleague changed as well."""

    saved: list[tuple[BuildingBlock, int]] = field(default_factory=list)
    clashes: list[tuple[BuildingBlock, str, str, str]] = field(default_factory=list)

    @property
    def fields(self) -> int:
        return sum(number for _, number in self.saved)


def lines_of(submission: Submission) -> list[Line]:
    """The rows in order: per block its questions, then what belongs to it as a whole."""
    earlier = earlier_answers(submission)
    items: dict[int, list[Item]] = {}
    for item in submission.round.instrument.items.all():
        items.setdefault(item.block_id, []).append(item)
    lines = []
    for block in blocks_of(submission.round):
        for item in items.get(block.pk, []):
            text = f"{item.number}. {item.text}"
            lines.append(Line(block, filling.name_of(item), text, _before(earlier, item)))
        lines += [Line(block, name, label, "") for name, label in FIELDS.items()]
    return lines


def _before(earlier: Mapping[int, list[Earlier]], item: Item) -> str:
    found = earlier.get(item.pk, [])
    kept = kept_answer(found)
    if kept:
        return f"{kept.label} ({kept.year})"
    return ", ".join(f"{each.municipality}: {each.label}" for each in found)


# Out --------------------------------------------------------------------------------------------


def write(submission: Submission) -> bytes:
    """The workbook, with what is filled in already."""
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = PAGE
    sheet.append(HEAD)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    values, basis = _now(submission)
    for line in lines_of(submission):
        sheet.append([str(line.block), line.label, line.earlier, None])
        row = sheet.max_row
        for cell in sheet[row]:
            cell.data_type = "s" if cell.value else cell.data_type  # '=' would run as a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        answer = sheet.cell(row, ANSWER)
        _put(answer, _shown(line.name, values[line.block.pk][line.name]))
        answer.protection = Protection(locked=False)
        answer.fill = PatternFill("solid", fgColor="FDF7EF")
    _help(sheet)
    hidden = book.create_sheet(BASIS)
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = json.dumps({"submission": submission.pk, "blocks": basis})
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _now(submission: Submission) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    values, basis = {}, {}
    for block in blocks_of(submission.round):
        found, revision = filling.values_of(submission, block)
        values[block.pk] = found
        basis[str(block.pk)] = {"revision": revision, "values": found}
    return values, basis


def _put(cell: Cell, text: str) -> None:
    if text.isdecimal() and len(text) <= 4:
        cell.value = int(text)
    elif text:
        cell.value = text
        cell.data_type = "s"


def _shown(name: str, value: Any) -> str:
    if name == "may_share":
        return "ja" if value else ""
    if name in FIELDS:
        return "" if value is None else str(value)
    return WORDS.get(str(value), "")


def _help(sheet: Worksheet) -> None:
    for letter, width in zip("ABCD", (30, 60, 16, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    choices = ",".join(WORDS.values())
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, 2).value)[:1].isdecimal():
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
            rule.error = "Kies 1 tot en met 5, weet niet, niet van toepassing of geldt nog."
            rule.showErrorMessage = True
            sheet.add_data_validation(rule)
            rule.add(sheet.cell(row, ANSWER))


# Back in ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """What a returned sheet holds: per block its fields as saved by the portal, and their base."""

    values: dict[int, dict[str, Any]]
    basis: dict[str, Any]


class AsksFirst(Refused):
    """Only personal data that its writer may confirm stands in the way (core.guard)."""


def read(file: BinaryIO, submission: Submission, *, confirmed: bool = False) -> Sheet:
    """The contents of a returned sheet. Raises Refused with every wrong cell, by its place.

    A text with an e-mail address, telephone number or date of birth raises AsksFirst, unless its
    writer `confirmed` it; a BSN never passes.
    """
    book = _opened(file)
    if PAGE not in book.sheetnames or BASIS not in book.sheetnames:
        raise _refused("Dit is niet het rekenblad van het portaal. Haal het opnieuw op.")
    try:
        basis = json.loads(str(book[BASIS]["A1"].value))
    except ValueError:
        raise _refused("Het rekenblad is beschadigd. Haal het opnieuw op.") from None
    if basis.get("submission") != submission.pk:
        raise _refused("Dit rekenblad hoort bij een andere gemeente of een andere ronde.")
    sheet, lines = book[PAGE], lines_of(submission)
    found: dict[int, dict[str, Any]] = {}
    wrong: list[Refusal] = []
    asked: list[Refusal] = []
    for number, line in enumerate(lines, 2):
        cell = sheet.cell(number, ANSWER)
        if sheet.cell(number, 2).value != line.label:
            raise _refused(
                f"Rij {number} hoort ‘{line.label}’ te zijn. Verplaats of verwijder geen rijen."
            )
        try:
            value = _value(line.name, cell)
        except ValueError as error:
            wrong.append(Refusal(f"Cel {cell.coordinate}: {error}", field="file"))
            continue
        found.setdefault(line.block.pk, {})[line.name] = value
        for hit in guard.findings(value) if line.name in filling.TEXTS else ():
            place = Refusal(f"Cel {cell.coordinate}: {hit.message}", field="file")
            (wrong if hit.blocks else asked).append(place)
    if wrong:
        raise Refused(*wrong)
    if asked and not confirmed:
        raise AsksFirst(*asked)
    return Sheet(found, basis["blocks"])


# What opening a broken file raises; SyntaxError is of the parsers of XML.
UNREADABLE = (
    *(BadZipFile, InvalidFileException, SyntaxError),
    *(KeyError, ValueError, OSError, TypeError),
)


def _opened(file: BinaryIO) -> Any:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _refused("Dit bestand is te groot voor het rekenblad van één gemeente.")
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise _refused("Dit bestand is te groot voor het rekenblad van één gemeente.")
        return load_workbook(BytesIO(data))
    except UNREADABLE:
        raise _refused("Dit bestand is geen rekenblad (xlsx), of het is beschadigd.") from None


def _value(name: str, cell: Cell) -> Any:
    """A cell as its field holds it. Raises ValueError with what is wrong and what to do."""
    if cell.data_type == "f":
        raise ValueError("hier staat een formule. Vul het antwoord zelf in.")
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    if name == "may_share":
        if text.lower() not in ("", "ja", "nee"):
            raise ValueError("vul ja of nee in.")
        return text.lower() == "ja"
    if name in ("ambition", "ambition_year"):
        return _number(name, text)
    if name in FIELDS:
        if len(text) > MAX_EXPLANATION:
            raise ValueError(f"deze tekst telt {len(text)} tekens; hoogstens 1.000 kan.")
        return text
    by_word = {word: key for key, word in WORDS.items()}
    if text and text.lower() not in by_word:
        raise ValueError(
            f"‘{text[:40]}’ is geen antwoord. Vul 1 tot en met 5, weet niet, niet van toepassing "
            "of geldt nog in."
        )
    return by_word.get(text.lower(), "")


def _number(name: str, text: str) -> int | None:
    if not text:
        return None
    low, high = (1, 5) if name == "ambition" else (2000, 2100)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(f"vul een getal van {low} tot en met {high} in.")
    return int(text)


def _refused(reason: str) -> Refused:
    return Refused(Refusal(reason, field="file"))


def bring_in(submission: Submission, sheet: Sheet, *, by: User | None) -> Brought:
    """Save what was changed in the sheet, block by block.

    A block in which a colleague changed the same field is left as it is, and told of with both.
    Raises Refused when the submission cannot be filled in, or a text may not be kept.
    """
    brought = Brought()
    with transaction.atomic():
        for block in blocks_of(submission.round):
            basis = sheet.basis.get(str(block.pk), {"revision": 0, "values": {}})
            try:
                fields = filling.save_block(
                    submission,
                    block,
                    sheet.values.get(block.pk, {}),
                    base=basis["values"],
                    base_revision=basis["revision"],
                    by=by,
                )
            except Conflict as conflict:
                brought.clashes += [
                    (block, _label(submission, clash.field), clash.mine, clash.theirs)
                    for clash in conflict.clashes
                ]
            except Refused as refused:
                raise Refused(
                    *(Refusal(f"{block}: {each.reason}", "file") for each in refused.refusals)
                ) from None
            else:
                if fields:
                    brought.saved.append((block, len(fields)))
    return brought


def _label(submission: Submission, name: str) -> str:
    if name in FIELDS:
        return FIELDS[name]
    rows = submission.round.instrument.items
    return next((str(item) for item in rows.all() if filling.name_of(item) == name), name)
