"""Files that are refused: each with a Dutch sentence, and on the field of the file."""

import io
import os
import zipfile

import pytest

from core.refusal import Refused
from governance.importing import package as limits
from governance.importing import read_proposal
from tests.governance.importing.documents import TYPES, package, paragraph

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
MACRO_TYPES = TYPES.replace(
    "application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
)


def zipped(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _refusal(data, name="stuk.docx"):
    with pytest.raises(Refused) as caught:
        read_proposal(data, name, {})
    (refusal,) = caught.value.refusals
    assert refusal.field == "file"
    return refusal.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Het bestand is leeg."),
        (b" \n\t\n", "In het bestand staat geen tekst."),
        (package(paragraph(" ")), "In het bestand staat geen tekst."),
        (b"%PDF-1.7 ...", "Dit is een pdf-bestand."),
        (b"{\\rtf1 hallo}", "Dit is een RTF-bestand."),
        (b"MZ\x90\x00\x03", "Dit is een programma"),
        (b"\x7fELF\x02", "Dit is een programma"),
        (b"#!/bin/sh\necho", "Dit is een script"),
        (bytes(range(256)) * 4, "Dit is geen tekst en geen Word-bestand."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "oude versie van Office (.doc)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "met een wachtwoord versleuteld",
        ),
        (b"PK\x03\x04 kapot", "Het Word-bestand is beschadigd"),
        (package(paragraph("x"))[:-40], "Het Word-bestand is beschadigd"),
        (package("<w:p>"), "word/document.xml is onleesbaar"),
        (zipped({"brief.txt": "hallo"}), "een zip-bestand en geen Word-bestand"),
        (zipped({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument"),
        (zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), "geen Word-bestand"),
        (package(paragraph("x"), head=BOMB), "verboden constructie (DTD of entiteit)"),
        (package(paragraph("x"), extra={"word/vbaProject.bin": b"x"}), "bevat macro's"),
        (package(paragraph("x"), types=MACRO_TYPES), "bevat macro's"),
        (package(paragraph("x"), extra={"word/DOCUMENT.xml": b"<x/>"}), "een onderdeel dubbel"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_refused(data, reason):
    assert reason in _refusal(data)


def test_too_large():
    assert _refusal(b"a" * (limits.MAX_FILE + 1)).startswith(
        "Het bestand is 50,0\u00a0MB; groter dan"
    )


def test_too_large_is_seen_before_reading(tmp_path):
    path = tmp_path / "groot.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)
    assert _refusal(path).startswith("Het bestand is 100,0\u00a0MB")


def test_a_bomb_by_its_ratio():
    data = package(paragraph("x"), extra={"word/media/a.bin": b"\0" * 5_000_000})
    assert "onwaarschijnlijk groot" in _refusal(data)


def test_a_bomb_by_its_number_of_members():
    data = package(paragraph("x"), extra={f"word/{n}.bin": b"" for n in range(2_001)})
    assert "onwaarschijnlijk groot" in _refusal(data)


def test_a_bomb_that_lies_about_its_size(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PART", 1_000)
    assert "onwaarschijnlijk groot" in _refusal(package(paragraph("woord " * 500)))


def test_a_tree_that_is_too_deep():
    deep = "<w:ins>" * 20_000 + "</w:ins>" * 20_000
    assert "te ingewikkeld opgebouwd" in _refusal(package(deep + paragraph("x")))


def test_a_missing_file(tmp_path):
    assert _refusal(tmp_path / "weg.docx") == (
        "Het bestand weg.docx is niet gevonden. Controleer de naam."
    )


def test_a_name_that_does_not_fit_the_content_is_a_warning():
    read = read_proposal(package(paragraph("Tekst.")), "stuk.txt", {})
    assert "De naam stuk.txt klopt niet met de inhoud: het is een Word-bestand." in read.warnings
