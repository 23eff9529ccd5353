import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.files import clean_name, send_file, store_upload
from core.models import StoredFile
from core.refusal import Refused
from tests.core import files_of_every_kind as made

Kind = StoredFile.Kind
TEXT = frozenset({Kind.TEXT})


def eicar_scanner(file):
    return made.EICAR.encode() not in file.read()


def absent_scanner(file):
    raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


def reason(*args, **kwargs):
    with pytest.raises(Refused) as caught:
        store_upload(*args, by=None, **kwargs)
    (refusal,) = caught.value.refusals
    assert refusal.field == "file"
    assert not StoredFile.objects.exists()
    return refusal.reason


@pytest.mark.django_db
def test_an_upload_is_kept_with_what_its_content_says(media):
    user = User.objects.create_user("team@voorbeeld.nl")
    stored = store_upload(upload("..\\..\\Voorstel\u202e  1.PDF", made.pdf()), by=user)
    stored.refresh_from_db()
    assert (stored.name, stored.kind, stored.scan) == ("Voorstel 1.pdf", "pdf", "not_scanned")
    assert (stored.size, stored.uploaded_by) == (len(made.pdf()), user)
    assert len(stored.sha256) == 64
    assert stored.content.read() == made.pdf()
    assert "Voorstel" not in stored.content.name
    stored.content.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"", "Dit bestand is leeg. Kies een ander bestand."),
        (
            "a.txt",
            b"tekst",
            "Dit soort bestand kan hier niet. Kies een bestand van de soort "
            "pdf, docx, xlsx, pptx, odt, png of jpg.",
        ),
        (
            "a.docx",
            made.pdf(),
            "De inhoud is van de soort PDF, maar de naam eindigt op .docx. "
            "Geef het bestand de goede naam.",
        ),
        (
            "voorstel",
            made.pdf(),
            "De inhoud is van de soort PDF, maar de naam heeft geen extensie. "
            "Geef het bestand de goede naam.",
        ),
        (
            "a.pdf",
            made.encrypted_pdf(),
            "Dit bestand is beveiligd. Sla het op zonder wachtwoord of beperkingen.",
        ),
    ],
)
def test_a_refused_upload_says_what_to_do(name, content, expected):
    assert reason(upload(name, content)) == expected


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1
    assert reason(upload("a.txt", b"a" * 1_000_001)) == (
        "Dit bestand is te groot. Kies een bestand van hoogstens 1 MB."
    )


@pytest.mark.django_db
def test_the_scanner_decides(settings):
    settings.FILE_SCANNER = "tests.core.test_files.eicar_scanner"
    infected = upload("a.txt", made.EICAR.encode())
    assert reason(infected, kinds=TEXT) == (
        "De virusscan keurt dit bestand af. Het is niet bewaard."
    )
    stored = store_upload(upload("a.txt", b"schoon"), by=None, kinds=TEXT)
    assert stored.scan == StoredFile.Scan.CLEAN


@pytest.mark.django_db
def test_a_scanner_that_is_away_refuses(settings):
    settings.FILE_SCANNER = "tests.core.test_files.absent_scanner"
    assert reason(upload("a.pdf", made.pdf())) == (
        "De virusscan is nu niet bereikbaar. Probeer het straks nog eens."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "inline_ok", "shown"),
    [
        ("a.pdf", made.pdf(), True, 'inline; filename="a.pdf"'),
        ("a.pdf", made.pdf(), False, 'attachment; filename="a.pdf"'),
        ("Eén.png", made.png(), True, "inline; filename*=utf-8''E%C3%A9n.png"),
        ("a.docx", made.word(), True, 'attachment; filename="a.docx"'),
    ],
)
def test_a_file_is_sent_so_that_it_cannot_act_as_a_page(name, content, inline_ok, shown):
    response = send_file(store_upload(upload(name, content), by=None), inline_ok=inline_ok)
    assert b"".join(response) == content
    response.close()
    assert response["Content-Disposition"] == shown
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\map\\Voorstel.DOCX", "Voorstel.docx"),
        ('a"b\r\n\x00<c>.pdf', "abc.pdf"),
        ("...", "bestand"),
        ("", "bestand"),
        (".pdf", "pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, cleaned):
    assert clean_name(name) == cleaned


@given(st.text())
def test_any_name_becomes_a_short_harmless_one(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set('/\\<>:"|?*\r\n\0')
    assert clean_name(cleaned) == cleaned


@pytest.mark.django_db
def test_a_table_is_kept_as_it_came_and_sent_as_a_download(media):
    content = "post;2024\r\nÉén;5\r\n".encode("cp1252")
    kinds = {Kind.CSV, Kind.XLSX}
    stored = store_upload(upload("Begroting.CSV", content), by=None, kinds=kinds)
    response = send_file(stored, inline_ok=True)
    assert (stored.kind, b"".join(response.streaming_content)) == (Kind.CSV, content)
    response.close()
    assert response.headers["Content-Type"] == "text/csv"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Begroting.csv"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "begroting.xlsx",
            b"post;2024",
            "De inhoud is van de soort tabel (csv), maar de naam eindigt op .xlsx. Geef het "
            "bestand de goede naam.",
        ),
        (
            "begroting.csv",
            b"MZ\x90\x00" + b"\0" * 200,
            "Dit soort bestand kan hier niet. Kies een bestand van de soort xlsx of csv.",
        ),
    ],
)
def test_a_table_is_text_and_nothing_else(name, content, expected):
    assert reason(upload(name, content), kinds={Kind.CSV, Kind.XLSX}) == expected
