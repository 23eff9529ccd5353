"""What people upload is refused by its content, or sent back so that nothing in it runs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import StoredFile
from governance.models import Attachment
from tests.core import files_of_every_kind as files
from tests.security.addresses import address

pytestmark = pytest.mark.django_db

WRONG_KIND = (
    "Dit soort bestand kan hier niet. Kies een bestand van de soort "
    "pdf, docx, xlsx, pptx, odt, png of jpg."
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
BOMB = files.office("docx", extra={"word/media/bom.bin": b"0" * 400_000_000})
MACRO = files.office("docx", extra={"word/vbaProject.bin": b"macro"})
REFUSED = {
    "a program under another name": ("rekenblad.pdf", b"MZ\x90\x00" + b"\0" * 200, WRONG_KIND),
    "nothing": ("leeg.pdf", b"", None),
    "svg": ("tekening.svg", SVG, WRONG_KIND),
    "svg as a picture": ("tekening.png", SVG, WRONG_KIND),
    "a page": ("pagina.html", b"<!doctype html><script>alert(1)</script>", WRONG_KIND),
    "a page as a pdf": ("pagina.pdf", b"<html><script>alert(1)</script></html>", WRONG_KIND),
    "a pdf as a page": ("stuk.html", files.pdf(), None),
    "a macro file": ("stuk.docx", MACRO, None),
    "a file that unpacks to 400 MB": ("stuk.docx", BOMB, None),
    "a page before a pdf": ("stuk.pdf", b"<script>alert(1)</script>" + files.pdf(), None),
    "a pdf before a zip": ("stuk.docx", files.pdf() + files.word(), None),
}


def send(world, name, content):
    url = address(world, "governance:attachment-add", "concept")
    upload = SimpleUploadedFile(name, content, content_type="application/pdf")
    return world.client("author").post(url, {"title": "Stuk", "file": upload})


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_not_kept(world, name, content, sentence):
    before = StoredFile.objects.count(), Attachment.objects.count()
    response = send(world, name, content)
    assert response.status_code == 200
    (shown,) = response.context["form"].errors["file"]
    assert shown[0].isupper()
    assert shown.endswith(".")
    if sentence:
        assert shown == sentence
    assert (StoredFile.objects.count(), Attachment.objects.count()) == before
    assert response.context["form"]["title"].value() == "Stuk"


def test_a_file_over_the_limit_is_refused_with_the_limit(world, settings):
    settings.MAX_UPLOAD_MB = 1
    response = send(world, "groot.pdf", files.pdf() + b"\0" * 1_000_001)
    assert response.context["form"].errors["file"] == [
        "Dit bestand is te groot. Kies een bestand van hoogstens 1 MB."
    ]


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("stuk.pdf", files.pdf(), 'inline; filename="stuk.pdf"'),
        ("foto.png", files.png(), 'inline; filename="foto.png"'),
        ("brief.docx", files.word(), 'attachment; filename="brief.docx"'),
        ("blad.xlsx", files.office("xlsx"), 'attachment; filename="blad.xlsx"'),
        ("..\\map\\stuk\u202e  1.PDF", files.pdf(), 'inline; filename="stuk 1.pdf"'),
    ],
)
def test_what_comes_back_runs_nowhere(world, name, content, disposition):
    assert send(world, name, content).status_code == 302
    attachment = Attachment.objects.latest("pk")
    url = reverse(
        "governance:attachment-download",
        args=[world.cast.region.slug, world.concept.number, attachment.pk],
    )
    response = world.client("author").get(url)
    assert b"".join(response.streaming_content) == content
    shown = {
        header: response.headers[header]
        for header in (
            "Content-Disposition",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Cache-Control",
        )
    }
    assert shown == {
        "Content-Disposition": disposition,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def test_the_folder_of_files_has_no_address(world):
    stored = world.concept.working.attachments.get().file.content
    for url in (f"/media/{stored.name}", f"/static/{stored.name}", f"/{stored.name}"):
        assert world.client("author").get(url).status_code == 404, url


def test_a_memo_is_downloaded_and_not_kept(world):
    response = world.client("author").get(address(world, "core:document-download", "published"))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
