"""The meeting book as a kind of document: asked for when an agenda is published."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from accounts.models import User
from core.book import Insert, Numbers, write_book
from core.documents import (
    DocumentKind,
    NotYet,
    content_sha256,
    document_of,
    get_kind,
    register_kind,
    request_document,
)
from core.models import Document, Rendition, StoredFile
from core.refusal import Refusal, Refused
from core.renditions import renditions_of, request_rendition
from governance import rules
from governance.book import build_book, secret_among
from governance.models import Meeting

BOOK = "meeting_book"
TEMPLATE = "governance/documents/meeting_book.html"
STYLESHEET = "css/book.css"
FIRST = Refusal("Publiceer eerst de agenda; dan komt de vergaderbundel.")
CANCELLED = Refusal("Deze vergadering gaat niet door; er is geen vergaderbundel.")


def request_book(meeting: Meeting, *, by: User | None) -> Document:
    """See to it that the book of the newest published agenda is made, by the secrecy of now.

    Asked again with nothing changed it is the same document. Refuses before an agenda is published
    and when the meeting does not take place.
    """
    version = meeting.agenda_versions.select_related("meeting__body__region").first()
    if version is None:
        raise Refused(FIRST)
    if version.frozen["cancelled"]:
        raise Refused(CANCELLED)
    book = build_book(version)
    papers = [item.paper for item in book.items if item.paper]
    keys = [file.file for paper in papers for file in paper.files]
    for stored in StoredFile.objects.filter(pk__in=keys, rendition__isnull=True):
        request_rendition(stored)
    return request_document(BOOK, meeting, book, by=by)


@dataclass(frozen=True)
class BookShown:
    """What the page of a meeting shows of its book to one reader."""

    document: Document | None
    kind: DocumentKind
    may_ask: bool
    annex: bool


def book_of(meeting: Meeting, user: Any, *, annex: bool) -> BookShown | None:
    """The newest book this reader may have; nothing before there was one to make.

    A book that holds what became secret later is shown to nobody any more.
    """
    if not meeting.agenda_versions.exists():
        return None
    document = document_of(BOOK, meeting)
    if document is not None and not _may_read(user, document):
        document = None
    may_ask = bool(rules.may(user, "body.keep", meeting.body)) and (
        document is None or document.status == Document.Status.FAILED
    )
    return BookShown(document, get_kind(BOOK), may_ask, annex)


# --- making -------------------------------------------------------------------------------------


def write(frozen: dict[str, Any], file: BinaryIO, report: Callable[[int], None]) -> int:
    """Write the book into an open file and give its pages; waits while a file is converted."""
    rows = renditions_of(each["file"] for each in files_of(frozen))
    if any(row.is_busy for row in rows.values()):
        raise NotYet
    return write_parts(frozen, rows, file, report=report)


def write_parts(
    frozen: dict[str, Any], rows: Mapping[int, Rendition], file: BinaryIO, **options: Any
) -> int:
    """A book or an annex from frozen content and the printable forms of its files."""
    created = parse_datetime(frozen["created"])
    assert created is not None
    book = deepcopy(frozen)
    inserts = []
    for each in files_of(book):
        row = rows.get(each["file"])
        each["drawn"] = bool(row and row.file_sha256 and not each["why"])
        if row and each["drawn"]:
            path = Path(default_storage.path(row.file.name))
            inserts.append(Insert(each["anchor"], path, row.pages or 0))
        elif row:
            each["why"] = each["why"] or row.error
    context = {"book": book, "sha256": content_sha256(frozen)}

    def render(numbers: Numbers) -> str:
        return render_to_string(TEMPLATE, {**context, "numbers": numbers})

    return write_book(file, render, inserts, stylesheet=STYLESHEET, created=created, **options)


def files_of(frozen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The attachments in frozen content, in the order of the book."""
    for item in frozen["items"]:
        yield from item["paper"]["files"] if item["paper"] else ()


# --- the kind of document -----------------------------------------------------------------------


def _filename(document: Document) -> str:
    frozen = document.frozen
    return f"vergaderbundel-{frozen['slug']}-{frozen['day']}-versie-{frozen['version']}.pdf"


def _load(pk: int) -> Meeting | None:
    return Meeting.objects.select_related("body").filter(pk=pk).first()


def _may_read(user: Any, document: Document) -> bool:
    """Who may read the meeting, as long as nothing in this book became secret since."""
    meeting = _load(document.source_id)
    if meeting is None or not rules.may(user, "meeting.read", meeting):
        return False
    frozen = document.frozen
    proposals = [item["paper"]["proposal"] for item in frozen["items"] if item["paper"]]
    return not any(secret_among(proposals, [each["file"] for each in files_of(frozen)]))


def register() -> None:
    """Make the kind known; called once at start-up."""
    register_kind(
        BOOK,
        label="Vergaderbundel",
        template=TEMPLATE,
        stylesheet=STYLESHEET,
        build_context=lambda frozen: {"book": frozen, "numbers": {}},
        filename=_filename,
        may_read=_may_read,
        loader=_load,
        write=write,
    )
