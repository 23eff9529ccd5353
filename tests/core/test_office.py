"""The real LibreOffice in its sandbox: it reaches nobody, brings nothing in, and leaves nothing."""

import os
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.converting import Unprintable, office, sandbox
from tests.core import files_of_every_kind as made
from tests.core import office_files as files
from tests.worker import wait_until

pytestmark = pytest.mark.skipif(
    not os.path.exists("/usr/bin/soffice"), reason="LibreOffice is not installed"
)


@pytest.fixture(autouse=True)
def _real(settings):
    settings.OFFICE_CONVERTER = ""


def to_pdf(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    source = folder / name
    source.write_bytes(content)
    return office.to_pdf(source, folder)


def words(pdf: Path) -> str:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return " ".join(said.split())


@pytest.fixture
def listener():
    """A server that counts who comes by; gives its address and the list of first lines."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    caller = server.accept()[0]
                except OSError:
                    return
                with caller:
                    asked.append(caller.recv(500).split(b"\r\n")[0].decode())
                    caller.sendall(b"HTTP/1.1 404 Nee\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


REACHING = [
    pytest.param("a.docx", files.reaching_word, id="docx"),
    pytest.param("a.odt", files.reaching_open_document, id="odt"),
]


@pytest.mark.parametrize(("name", "reaching"), REACHING)
@pytest.mark.parametrize("wall", [True, False], ids=["unshare", "container"])
def test_what_reaches_out_reaches_nobody(tmp_path, listener, monkeypatch, name, reaching, wall):
    address, asked = listener
    if not wall:
        monkeypatch.setattr(sandbox, "without_network", lambda: ())
    pdf = to_pdf(tmp_path, name, reaching("Brief van de gemeente", address))
    assert "Brief van de gemeente" in words(pdf)
    assert asked == []


def test_without_sandbox_and_profile_the_same_letter_does_reach_out(
    tmp_path, listener, monkeypatch
):
    address, asked = listener
    monkeypatch.setattr(sandbox, "without_network", lambda: ())
    monkeypatch.setattr(sandbox, "NOWHERE", "")
    monkeypatch.setattr(office, "PROFILE", [])
    to_pdf(tmp_path, "a.docx", files.reaching_word("Brief", address))
    assert "GET /logo.png HTTP/1.1" in asked


def test_no_file_of_this_machine_is_brought_in(tmp_path):
    secret = tmp_path / "wachtwoorden.txt"
    secret.write_text("zeer geheim woord")
    body = (
        "<text:p>Gewone tekst</text:p><text:section text:name='s'>"
        f'<text:section-source xlink:href="{secret.as_uri()}" text:filter-name="Text"/>'
        "<text:p>plaats</text:p></text:section>"
    )
    found = words(to_pdf(tmp_path / "werk", "haalt.odt", files.open_document(body)))
    assert "Gewone tekst" in found
    assert "zeer geheim woord" not in found


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_a_broken_file_is_told_in_a_sentence(tmp_path, kind):
    with pytest.raises(Unprintable) as refused:
        to_pdf(tmp_path, f"kapot.{kind}", made.office(kind))
    assert str(refused.value) == office.NOTHING_MADE


def test_one_that_takes_too_long_is_killed_with_its_children(tmp_path, settings):
    settings.CONVERT_SECONDS = 1
    with pytest.raises(Unprintable) as refused:
        to_pdf(tmp_path, "a.docx", files.word(*["Een regel van een brief. " * 20] * 10_000))
    assert str(refused.value) == sandbox.TOO_LONG
    # A killed process that was reading from the disk ends when that is done.
    wait_until(lambda: not running(tmp_path), what="the end of every process")


def running(folder: Path) -> list[str]:
    """The programs that have this folder in their command line."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = each.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command:
            found.append(command)
    return found


def test_two_at_once_each_have_their_own_profile(tmp_path):
    with ThreadPoolExecutor(2) as both:
        first = both.submit(to_pdf, tmp_path / "een", "a.docx", files.word("Eerste brief"))
        second = both.submit(to_pdf, tmp_path / "twee", "a.docx", files.word("Tweede brief"))
        assert (words(first.result()), words(second.result())) == ("Eerste brief", "Tweede brief")
    assert [(tmp_path / name / "profile/user").is_dir() for name in ("een", "twee")] == [True, True]
