"""Steps that tests of books share: adding a file, converting, making, reading."""

import subprocess
import tempfile

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core import clock
from core.files import store_upload
from core.models import Document, Rendition
from core.tasks import convert_file, render_document
from governance.documents_book import request_book
from governance.domain import layout, proposals, texts
from governance.domain.secrecy import impose_secrecy
from governance.models import Attachment, Meeting, Proposal
from tests import factories as make
from tests.cast import Cast


def attach(proposal: Proposal, by: User, title: str, name: str, content: bytes) -> Attachment:
    stored = store_upload(SimpleUploadedFile(name, content), by=by)
    version = texts.working_version(proposal, by=by)
    return texts.add_attachment(version, stored, title=title, by=by)


def to_board(proposal: Proposal, cast: Cast, at: Meeting) -> None:
    """The proposal in route to the board, on the agenda of this meeting."""
    layout.add_step(proposal, body=cast.board, purpose=make.DECIDE, by=cast.author)
    proposals.enter_route(proposal, by=cast.author)
    make.on_agenda(proposal.steps.get(), cast.author, at)


def keep_secret(target: Proposal | Attachment, cast: Cast, *people: User) -> None:
    """Secret for the team, and for the board unless people are named."""
    impose_secrecy(
        target,
        body=cast.team,
        ground="Bedrijfsgegevens van derden.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team] if people else [cast.team, cast.board],
        circle_people=people,
        by=cast.author,
    )


def convert_all() -> None:
    for pk in Rendition.objects.filter(status="queued").values_list("pk", flat=True):
        convert_file(pk)


def made(meeting: Meeting, by: User) -> Document:
    """The book, made as the worker does."""
    convert_all()
    document = request_book(meeting, by=by)
    render_document(document.pk)
    document.refresh_from_db()
    assert document.status == "ready", document.error
    return document


def text_of(document: Document) -> list[str]:
    """The text of each page."""
    with document.file.open() as file:
        return text_of_pdf(file.read())


def text_of_pdf(content: bytes) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        command = ["pdftotext", "-layout", file.name, "-"]
        done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]
