"""The page and the command say the same about a file that cannot be read, and keep nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import StoredFile
from governance.models import Proposal
from tests.governance.importing.documents import TYPES, package, paragraph
from tests.governance.importing.test_bad_files import BOMB, MACRO_TYPES, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = package(paragraph("x"))
CASES = {
    "leeg.docx": (b"", "bestand is leeg"),
    "wit.txt": (b" \n\t\n", "In het bestand staat geen tekst."),
    "zonder-tekst.docx": (package(paragraph(" ")), "In het bestand staat geen tekst."),
    "stuk.pdf": (b"%PDF-1.7\n%%EOF", "Dit is een pdf-bestand."),
    "brief.rtf": (b"{\\rtf1 hallo}", "Dit is een RTF-bestand."),
    "programma.docx": (b"MZ\x90\x00\x03", "Dit is een programma"),
    "programma.txt": (b"\x7fELF\x02", "Dit is een programma"),
    "script.txt": (b"#!/bin/sh\necho", "Dit is een script"),
    "plaatje.docx": (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "Dit is een afbeelding"),
    "oud.doc": (OLE + b"\0" * 512, "oude versie van Office (.doc)"),
    "slot.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "met een wachtwoord versleuteld"),
    "kapot.docx": (WORD[:-40], "Het Word-bestand is beschadigd"),
    "half.docx": (package("<w:p>"), "word/document.xml is onleesbaar"),
    "brief.zip": (zipped({"brief.txt": "hallo"}), "een zip-bestand en geen Word-bestand"),
    "stuk.odt": (zipped({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument"),
    "cijfers.docx": (
        zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}),
        "geen Word-bestand",
    ),
    "lach.docx": (package(paragraph("x"), head=BOMB), "verboden constructie"),
    "macro.docx": (package(paragraph("x"), extra={"word/vbaProject.bin": b"x"}), "macro's"),
    "macro2.docm": (package(paragraph("x"), types=MACRO_TYPES), "bevat macro's"),
    "bom.docx": (
        package(paragraph("x"), extra={"word/a.bin": b"\0" * 5_000_000}),
        "onwaarschijnlijk groot",
    ),
}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def nothing_kept(cast):
    yield
    assert (StoredFile.objects.count(), Proposal.objects.count()) == (0, 0)


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize("name", CASES)
def test_the_page_says_why(client, cast, name):
    content, sentence = CASES[name]
    client.force_login(cast.author)
    address = reverse("governance:proposal-import", args=[cast.region.slug])
    form = client.post(address, {"file": SimpleUploadedFile(name, content)}).context["form"]
    ((field, errors),) = form.errors.items()
    assert (field, len(errors)) == ("file", 1)
    assert sentence in errors[0]


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize("name", CASES)
def test_the_command_says_why(cast, tmp_path, name):
    content, sentence = CASES[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as caught:
        call_command("import_proposal", tmp_path / name, region=cast.region.slug)
    assert sentence in str(caught.value)


@pytest.mark.usefixtures("nothing_kept")
def test_a_hundred_megabytes_at_both(client, cast, tmp_path):
    content = b"x" * 100_000_000
    (tmp_path / "groot.txt").write_bytes(content)
    with pytest.raises(CommandError, match="groter dan 50,0"):
        call_command("import_proposal", tmp_path / "groot.txt", region=cast.region.slug)
    client.force_login(cast.author)
    address = reverse("governance:proposal-import", args=[cast.region.slug])
    response = client.post(address, {"file": SimpleUploadedFile("groot.txt", content)})
    assert "groter dan 50,0" in str(response.context["form"].errors["file"])


@pytest.mark.usefixtures("nothing_kept")
def test_a_refusal_after_reading_keeps_no_file_either(cast, tmp_path):
    path = tmp_path / "stuk.txt"
    path.write_text("Zomaar een regel. En nog een.")
    with pytest.raises(CommandError, match="staat geen onderwerp"):
        call_command("import_proposal", path, region=cast.region.slug)
    path.write_text("Onderwerp: Spelen\nAan: leden\n\nTEKST\n\nZomaar.")
    with pytest.raises(CommandError, match=cast.reader.email):
        call_command("import_proposal", path, region=cast.region.slug, by=cast.reader.email)
