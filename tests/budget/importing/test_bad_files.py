"""Files that are refused: each with a Dutch sentence, on the field of the file."""

import re

import pytest

from budget.importing import opening, read_budget, workbook
from core.refusal import Refused
from tests.budget import sheets
from tests.core import files_of_every_kind as files

ROWS = [["post", 2020], ["a", 1], ["Totaal", 1]]
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SHEET = "xl/worksheets/sheet1.xml"


def _sheet(inner, **options):
    """A workbook of which the one sheet is this XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'{options.pop("head", "")}<worksheet xmlns="{space}">{inner}</worksheet>'
    return sheets.workbook(ROWS, parts={SHEET: xml, **options})


def _refusal(content, name="begroting.xlsx"):
    with pytest.raises(Refused) as caught:
        read_budget(content, name)
    (refusal,) = caught.value.refusals
    assert refusal.field == "file"
    return refusal.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Het bestand is leeg."),
        (b" \r\n\t", "Het bestand is leeg."),
        (sheets.workbook([[]]), "In het bestand staat niets."),
        (files.pdf(), "Dit is een pdf-bestand en geen rekenblad."),
        (files.png(), "Dit is een afbeelding en geen rekenblad."),
        (b"{\\rtf1 hallo}", "Dit is een RTF-bestand en geen rekenblad."),
        (b"MZ\x90\x00", "Dit is een programma en geen rekenblad."),
        (files.word(), "Dit is een Word-bestand en geen rekenblad."),
        (files.office("pptx"), "Dit is een PowerPoint-bestand en geen rekenblad."),
        (files.odt(), "Dit is een OpenDocument-bestand."),
        (files.zipped({"a.txt": "hallo"}), "Dit is een zip-bestand en geen rekenblad."),
        (files.office("xlsx"), "In het bestand staat geen rekenblad."),
        (files.office("xlsx", content_type=MACROS), "Dit bestand bevat macro's."),
        (files.office("xlsx", extra={"xl/vbaProject.bin": "x"}), "Dit bestand bevat macro's."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "een oude versie van Office (.xls of .doc)"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "Dit bestand is met een wachtwoord beveiligd. Sla het op zonder wachtwoord.",
        ),
        (b"PK\x03\x04 kapot", "Dit bestand is beschadigd."),
        (sheets.workbook(ROWS)[:-30], "Dit bestand is beschadigd."),
        (b"<html><table><tr><td>2020</td></tr></table>", "Dit is een webpagina of XML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "Dit is een webpagina of XML"),
        (_sheet("<sheetData><row>"), "het blad ‘Begroting’ is onleesbaar"),
        (_sheet("", head=BOMB), "het blad ‘Begroting’ is onleesbaar"),
        (_sheet('<sheetData><row><c t="s"><v>9</v></c></row></sheetData>'), "‘Begroting’ is"),
        (sheets.workbook(ROWS, parts={"xl/workbook.xml": "<a"}), "de inhoud is onleesbaar"),
        (sheets.workbook([["a", 1]] * 2_001), "Dit blad is te groot voor een begroting"),
        (
            sheets.workbook(ROWS, parts={"x.bin": b"\0" * 5_000_000}),
            "wordt uitgepakt veel te groot",
        ),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_refused(content, reason):
    assert reason in _refusal(content)


def test_a_name_that_does_not_fit_the_content_is_a_warning():
    text = b"post,2020\na,1\nTotaal,1\n"
    assert read_budget(text, "begroting.xls").warnings == [
        "De naam begroting.xls klopt niet met de inhoud: het is platte tekst (csv)."
    ]
    assert read_budget(sheets.workbook(ROWS), "begroting.csv").warnings == [
        "De naam begroting.csv klopt niet met de inhoud: het is een xlsx-bestand."
    ]
    assert read_budget(text, "begroting.txt").warnings == []


def test_too_large():
    assert _refusal(b"a" * (opening.MAX_BYTES + 1)).startswith(
        "Het bestand is 5,0\u00a0MB; groter dan 5,0\u00a0MB kan niet."
    )


@pytest.mark.parametrize(("limit", "most"), [("MAX_UNPACKED", 500), ("MAX_STRINGS", 2)])
def test_a_bomb_that_no_size_tells_of(monkeypatch, limit, most):
    monkeypatch.setattr(workbook, limit, most)
    strings = f"<sst>{'<si><t>a</t></si>' * 3}</sst>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relations = f'<r><Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></r>'
    parts = {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations}
    assert _refusal(sheets.workbook(ROWS, parts=parts)) == workbook.BOMB


def test_a_sheet_that_is_too_large_does_not_keep_the_budget_out():
    book = sheets.workbook({"Grootboek": [["a", 1]] * 2_001, "Begroting": ROWS})
    report = read_budget(book, "x.xlsx")
    assert report.sheet == "Begroting"
    assert report.warnings == ["Het blad ‘Grootboek’ is niet gelezen: het is te groot."]


def test_a_sheet_that_is_not_there_names_those_that_are():
    with pytest.raises(Refused, match=re.escape("Er is geen blad ‘X’. Kies uit: Begroting.")):
        read_budget(sheets.workbook(ROWS), "x.xlsx", sheet="X")


def test_a_cell_at_the_far_corner_costs_nothing():
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    report = read_budget(
        _sheet(
            '<sheetData><row><c t="inlineStr"><is><t>post</t></is></c><c><v>2020</v></c></row>'
            '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row>'
            f'{far}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "x.xlsx",
    )
    assert report.headings[0].lines[0].cells == {2020: "B2"}
    assert [each.cell for each in report.notes] == ["XFD1048576"]


def test_a_tree_that_is_too_deep_is_refused_or_read():
    deep = "<x>" * 20_000 + "</x>" * 20_000
    assert "geen jaren" in _refusal(
        _sheet(f"<sheetData><row><c>{deep}<v>1</v></c></row></sheetData>")
    )


def test_names_in_another_namespace_are_read():
    """As strict files have them, with a prefix, a shared formula and text in runs."""
    space = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    row = '<x:row r="{0}"><x:c r="A{0}" t="inlineStr"><x:is>{1}</x:is></x:c>{2}</x:row>'
    text = "<x:r><x:t>Hu</x:t></x:r><x:r><x:t>lp</x:t></x:r><x:rPh><x:t>uit</x:t></x:rPh>"
    first = '<x:c r="B2"><x:f t="shared" ref="B2:B3" si="0">B1-2000</x:f><x:v>20</x:v></x:c>'
    again = '<x:c r="B3"><x:f t="shared" si="0"/><x:v>-1980</x:v></x:c>'
    xml = (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData>'
        + row.format(1, "<x:t>post</x:t>", '<x:c r="B1"><x:v>2020</x:v></x:c>')
        + row.format(2, text, first)
        + row.format(3, "<x:t>Raad</x:t>", again)
        + "</x:sheetData></x:worksheet>"
    )
    report = read_budget(sheets.workbook(ROWS, parts={SHEET: xml}), "x.xlsx")
    assert {line.name: line.amounts for line in report.headings[0].lines} == {
        "Hulp": {2020: 20},
        "Raad": {2020: -1980},
    }
