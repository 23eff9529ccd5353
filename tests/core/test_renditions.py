"""From upload to printable form: rows, and every kind of file."""

import io
import subprocess

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import leases, renditions
from core.files import store_upload
from core.models import Rendition, StoredFile
from core.tasks import convert_file
from tests.core import files_of_every_kind as made
from tests.core import hostile_pdfs as hostile
from tests.worker import use_broker

pytestmark = pytest.mark.django_db
NOWHERE = "redis://127.0.0.1:1/0"
KINDS = list(StoredFile.Kind)

# Stands for LibreOffice: answers as it does, with the words of its call in the PDF it makes.
FAKE = """#!{python}
import os, sys, pathlib
sys.path.insert(0, {root!r})
from tests.core.hostile_pdfs import with_text
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
profile = next(each for each in sys.argv if each.startswith("-env:UserInstallation=file://"))
settings = pathlib.Path(profile.partition("file://")[2], "user/registrymodifications.xcu")
safe = "DisableMacrosExecution" in settings.read_text()
with_text(f"veilig {{safe}}").save(out / (pathlib.Path(sys.argv[-1]).stem + ".pdf"))
"""


def stored(name: str, content: bytes) -> StoredFile:
    return store_upload(SimpleUploadedFile(name, content), by=None, kinds=KINDS)


def converted(name: str, content: bytes) -> Rendition:
    row = renditions.request_rendition(stored(name, content))
    convert_file(row.pk)
    row.refresh_from_db()
    return row


def text_of(row: Rendition) -> str:
    done = subprocess.run(["pdftotext", row.file.path, "-"], capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def fake_office(tmp_path, settings):
    import sys

    program = tmp_path / "soffice"
    program.write_text(FAKE.format(python=sys.executable, root=str(settings.BASE_DIR)))
    program.chmod(0o755)
    settings.OFFICE_CONVERTER = str(program)


def test_a_pdf_is_converted_once_and_kept_under_its_sha256(media):
    row = converted("plan.pdf", hostile.script_on_open())
    assert (row.status, row.pages, row.error) == ("ready", 1, "")
    assert row.file.name == f"renditions/{row.file_sha256[:2]}/{row.file_sha256}.pdf"
    assert text_of(row) == "Script bij openen"
    before = row.ready_at
    assert renditions.request_rendition(row.source).pk == row.pk
    convert_file(row.pk)
    row.refresh_from_db()
    assert row.ready_at == before


def test_a_picture_becomes_one_page_without_what_the_camera_wrote(media):
    photo = Image.new("RGB", (3000, 1500), "teal")
    exif = Image.Exif()
    exif[0x010E] = "thuis bij het gezin"
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif)
    row = converted("foto.jpg", out.getvalue())
    assert (row.status, row.pages) == ("ready", 1)
    with pikepdf.open(row.file.path) as pdf:
        image = pdf.pages[0].Resources.XObject.P
        assert float(pdf.pages[0].mediabox[2]) > float(pdf.pages[0].mediabox[3])
        assert (int(image.Width), str(image.Filter)) == (3000, "/DCTDecode")
        assert b"thuis bij" not in image.read_raw_bytes()


def test_a_drawing_keeps_its_colours_on_white(media):
    drawing = Image.new("RGBA", (40, 80), (0, 0, 0, 0))
    drawing.putpixel((0, 0), (200, 10, 20, 255))
    out = io.BytesIO()
    drawing.save(out, "PNG")
    row = converted("schema.png", out.getvalue())
    with pikepdf.open(row.file.path) as pdf:
        pixels = pdf.pages[0].Resources.XObject.P.read_bytes()
    assert (pixels[:3], pixels[3:6]) == (bytes([200, 10, 20]), b"\xff\xff\xff")


def test_a_text_is_printed_as_it_stands(media):
    row = converted("uitleg.txt", b"Eerste regel\n<script>alert(1)</script>")
    assert text_of(row) == "Eerste regel\n<script>alert(1)</script>"


@pytest.mark.parametrize(("name", "content"), [("a.docx", made.word()), ("a.odt", made.odt())])
def test_office_files_go_through_the_converter_with_a_safe_profile(
    name, content, fake_office, media
):
    assert text_of(converted(name, content)) == "veilig True"


def test_without_a_converter_the_file_waits_and_the_sentence_says_so(settings, media, fake_office):
    program, settings.OFFICE_CONVERTER = settings.OFFICE_CONVERTER, "none"
    row = converted("a.docx", made.word())
    assert (row.status, row.error) == (
        "failed",
        "Bestanden van deze soort kunnen in dit portaal niet worden omgezet naar PDF.",
    )
    with use_broker(NOWHERE):
        renditions.sweep()
        row.refresh_from_db()
        assert row.status == "failed"
        settings.OFFICE_CONVERTER = program
        renditions.sweep()
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("queued", 0)


def test_a_file_that_cannot_be_printed_fails_at_once_with_the_reason(media):
    row = converted("leeg.pdf", hostile.no_pages())
    assert (row.status, row.attempts) == ("failed", 1)
    assert row.error == "Deze PDF heeft geen pagina's."


def test_a_crash_is_tried_three_times(settings, media, tmp_path):
    program = tmp_path / "stuk"
    program.write_text("#!/bin/sh\nexit 77\n")
    program.chmod(0o755)
    settings.OFFICE_CONVERTER = str(program)
    row = converted("a.docx", made.word())
    assert (row.status, row.attempts) == ("queued", 1)
    for _ in range(2):
        convert_file(row.pk)
    row.refresh_from_db()
    assert (row.status, row.error) == ("failed", renditions.GIVEN_UP)


def test_a_lost_worker_is_found_by_the_sweep(media):
    row = renditions.request_rendition(stored("plan.pdf", made.pdf()))
    assert renditions.claim(row.pk) is not None
    assert renditions.claim(row.pk) is None
    Rendition.objects.update(lease_until=None)
    with use_broker(NOWHERE):
        assert renditions.sweep() == 0
    row.refresh_from_db()
    assert (row.status, row.lost, row.status in leases.QUEUED) == ("queued", 1, True)
