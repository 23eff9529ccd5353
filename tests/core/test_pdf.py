import gc
import hashlib
import logging
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pikepdf
import pytest

from core.pdf import DataFile, ForbiddenAddress, Pdf, printable, render_pdf
from tests.verapdf import assert_valid

CREATED = datetime(2021, 7, 2, 12, tzinfo=UTC)
BODY = "<p>Tekst <b>vet</b> <i>schuin</i> € 1.234,56</p><ul><li><p>een</p></li><li>twee</li></ul>"


def make(body: str = BODY, **options) -> Pdf:
    page = f"<!doctype html><html lang=nl><title>Stuk</title><h1>Stuk</h1>{body}</html>"
    return render_pdf(page, stylesheet="css/memo.css", created=CREATED, **options)


@contextmanager
def web_server():
    """A web server on this machine that counts who comes."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_port, seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_file_is_pdf_a_2a_and_pdf_ua_1_with_its_title_language_and_moment():
    pdf = make()
    assert_valid(pdf.content)
    with pikepdf.open(BytesIO(pdf.content)) as file:
        assert str(file.Root.Lang) == "nl"
        assert str(file.docinfo["/Title"]) == "Stuk"
        assert str(file.docinfo["/CreationDate"]) == "D:20210702120000+00'00"
    assert pdf.pages == 1


def test_data_that_comes_along_makes_it_pdf_a_3a():
    data = DataFile("stemmen.csv", b"gemeente;stem\n", "Stemmen per gemeente")
    assert_valid(make(attachments=[data]).content, ("3a", "ua1"))


def test_the_same_input_gives_the_same_bytes_in_another_process():
    program = (
        "import django, hashlib; django.setup(); from tests.core.test_pdf import make;"
        "make('<p>iets anders Ω</p>'); print(make().sha256)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == make().sha256 == hashlib.sha256(make().content).hexdigest()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{url}" alt="x">',
        '<img src="plaatje.png" alt="x">',
        '<style>p {{ background: url("{url}") }}</style><p>x</p>',
        '<style>@import "{url}";</style>',
        '<style>@font-face {{ font-family: x; src: url("{url}") }}</style>',
        '<link rel="stylesheet" href="{url}">',
        '<object data="{url}">x</object>',
        '<embed src="{url}">',
        '<a rel="attachment" href="{url}">x</a>',
        '<base href="{url}"><img src="b.png" alt="x">',
    ],
)
@pytest.mark.parametrize("target", ["web", "file:///etc/passwd", "file://localhost/etc/passwd"])
def test_a_page_that_asks_for_another_address_is_stopped_and_nothing_is_opened(body, target):
    with web_server() as (port, seen):
        url = f"http://127.0.0.1:{port}/x" if target == "web" else target
        with pytest.raises(ForbiddenAddress, match="mag worden"):
            make(body.format(url=url))
    assert seen == []


@pytest.mark.parametrize(
    "body",
    [
        '<link rel="attachment" href="{url}">',
        '<iframe src="{url}"></iframe>',
        '<svg role="img" aria-label="x" width="9" height="9"><image href="{url}" width="9"'
        ' height="9"/></svg>',
        '<svg role="img" aria-label="x"><use href="{url}#a"/></svg>',
        '<input type="image" src="{url}" alt="x">',
    ],
)
@pytest.mark.parametrize("target", ["web", "file:///etc/passwd"])
def test_an_address_that_is_not_fetched_is_not_fetched(body, target):
    with web_server() as (port, seen):
        url = f"http://127.0.0.1:{port}/x" if target == "web" else target
        try:
            content = make(body.format(url=url)).content
        except ForbiddenAddress:
            content = b""
    assert seen == []
    with pikepdf.open(BytesIO(content or make().content)) as file:
        assert not file.attachments


def test_a_link_in_the_static_folder_does_not_lead_out_of_it(tmp_path, settings):
    from core.pdf import OwnFilesOnly

    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "eigen.css").write_text("")
    (tmp_path / "geheim.txt").write_text("geheim")
    (folder / "weg.css").symlink_to(tmp_path / "geheim.txt")
    fetcher = OwnFilesOnly([folder])
    assert fetcher.own_file((folder / "eigen.css").as_uri()) == folder / "eigen.css"
    assert fetcher.own_file((folder / "weg.css").as_uri()) is None
    assert fetcher.own_file(f"file://{folder}/../geheim.txt") is None
    assert fetcher.own_file(f"file://{folder}/%2e%2e/geheim.txt") is None


def test_characters_without_a_glyph_become_one_lozenge_and_the_file_stays_valid():
    assert printable("Ja 😀👨‍👩‍👧 漢字!") == "Ja ◊ ◊!"
    assert printable("e\u0301 \u2011 \uff21 \u202eom") == "é - A om"
    assert_valid(make("<p title='😀'>😀 &#128512; <i>Ωмир</i> <b><i>→ ✓</i></b> 漢字</p>").content)


def test_weasyprint_has_nothing_to_complain_about(caplog):
    with caplog.at_level(logging.WARNING):
        make()
    assert caplog.messages == []


def test_python_looks_for_garbage_after_a_page_was_drawn_and_not_meanwhile():
    looked = []
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    try:
        make(BODY * 100)
    finally:
        gc.callbacks.pop()
    assert looked.count("start") <= 3
    with pytest.raises(ForbiddenAddress):
        make('<img alt="x" src="file:///etc/hostname">')
    assert gc.isenabled()
