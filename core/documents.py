"""Stored documents: frozen content in, one row and one file out. The row is the truth.

A room registers its kinds; `request_document` freezes, stores and enqueues; the task renders; the
sweep picks up what a broker or a killed worker lost.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from core import clock, leases
from core.files import keep_made
from core.models import Document, subject_key
from core.pdf import ForbiddenAddress, Pdf, render_pdf

FAILED = "Het document kon na drie pogingen niet worden gemaakt. Meld dit bij de regiobeheerder."
LOST = "Het maken van het document is te vaak afgebroken. Meld dit bij de regiobeheerder."
FORBIDDEN = (
    "Het document verwijst naar een afbeelding of bestand van buiten het portaal en is daarom niet"
    " gemaakt. Haal de verwijzing uit de tekst."
)

Report = Callable[[int], None]
Write = Callable[[dict[str, Any], BinaryIO, Report], int]


class NotYet(Exception):
    """Raised while writing: something else has to be made first. The document waits its turn."""


@dataclasses.dataclass(frozen=True)
class DocumentKind:
    """What one kind of document needs. `content` is what was frozen: plain JSON, nothing else.

    `may_read(user, document)` is asked on every request; `loader(pk)` finds the source row;
    `on_read(user, document)` is told of every download. A kind that is more than one template
    gives `write(frozen, file, report)`: it writes the PDF into the open file, tells how much is
    done in percent, and returns the number of pages.
    """

    name: str
    label: str
    template: str
    stylesheet: str
    build_context: Callable[[dict[str, Any]], dict[str, Any]]
    filename: Callable[[Document], str]
    may_read: Callable[[Any, Document], Any]
    loader: Callable[[int], models.Model | None]
    on_read: Callable[[Any, Document], None] = lambda user, document: None
    write: Write | None = None


_kinds: dict[str, DocumentKind] = {}


def register_kind(
    name: str,
    label: str,
    template: str,
    stylesheet: str,
    build_context: Callable[[dict[str, Any]], dict[str, Any]],
    filename: Callable[[Document], str],
    may_read: Callable[[Any, Document], Any],
    loader: Callable[[int], models.Model | None],
    on_read: Callable[[Any, Document], None] = lambda user, document: None,
    write: Write | None = None,
) -> DocumentKind:
    """Make a kind of document known; called once per kind, from the `ready` of a room."""
    kind = DocumentKind(
        name, label, template, stylesheet, build_context, filename, may_read, loader, on_read, write
    )
    _kinds[name] = kind
    return kind


def get_kind(name: str) -> DocumentKind:
    return _kinds[name]


# --- freezing -----------------------------------------------------------------------------------


def freeze(content: Any) -> dict[str, Any]:
    """A dataclass as plain JSON values; raises TypeError for what has no one way to be written."""
    plain = json.loads(json.dumps(dataclasses.asdict(content), default=_plain))
    assert isinstance(plain, dict)
    return plain


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be frozen")


def content_sha256(frozen: dict[str, Any]) -> str:
    """The 'inhoud' in the footer: sha256 of the frozen content as canonical JSON."""
    canonical = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def render_frozen(kind: DocumentKind, frozen: dict[str, Any]) -> Pdf:
    """The PDF of frozen content; the same bytes for the same content, here and in the worker."""
    created = parse_datetime(frozen["created"])
    if created is None:
        raise ValueError("Frozen content names in 'created' the moment it was made.")
    context = {"sha256": content_sha256(frozen), **kind.build_context(frozen)}
    page = render_to_string(kind.template, context)
    return render_pdf(page, stylesheet=kind.stylesheet, created=created)


# --- asking -------------------------------------------------------------------------------------


def request_document(kind: str, source: models.Model, content: Any, *, by: Any) -> Document:
    """Freeze `content` (a dataclass with a moment `created`) and see to it that its PDF is made.

    Content that was frozen before comes as the dict that it became.

    Asked twice with the same content it gives the same row. A row that failed for good is tried
    again. Never fails for a broker that is away: the row waits for the sweep.
    """
    get_kind(kind)
    frozen = content if isinstance(content, dict) else freeze(content)
    label, pk = subject_key(source)
    key = {
        "kind": kind,
        "source_label": label,
        "source_id": pk,
        "frozen_sha256": content_sha256(frozen),
    }
    document, new = Document.objects.get_or_create(
        **key, defaults={"frozen": frozen, "asked_by": by, "asked_at": clock.now()}
    )
    if not new and document.status == Document.Status.FAILED:
        leases.try_again(document)
    if document.status == Document.Status.QUEUED:
        transaction.on_commit(lambda: enqueue(document.pk), robust=True)
    return document


def document_of(kind: str, source: models.Model) -> Document | None:
    """The newest document of a kind about this source, or None."""
    label, pk = subject_key(source)
    rows = Document.objects.filter(kind=kind, source_label=label, source_id=pk)
    return rows.order_by("-asked_at", "-pk").first()


def enqueue(document_id: int) -> bool:
    """Hand a queued row to the broker; False when the broker is away."""
    from core.tasks import render_document

    document = Document.objects.filter(pk=document_id).first()
    return document is not None and leases.enqueue(document, render_document)


# --- making -------------------------------------------------------------------------------------


def claim(document_id: int) -> Document | None:
    """Take the lease on a row, or None when it is done, gone, or another worker holds it."""
    return leases.claim(Document, document_id, lost=LOST)


def make(document: Document) -> None:
    """Write a claimed row's PDF, put the file in its place at once and mark the row ready."""
    kind, frozen = get_kind(document.kind), document.frozen
    write = kind.write or partial(_write_rendered, kind)
    kept = keep_made("documents", lambda file: write(frozen, file, partial(_report, document)))
    leases.finish(
        document,
        leases.READY,
        file=kept.name,
        file_sha256=kept.sha256,
        pages=kept.pages,
        progress=None,
    )


def _write_rendered(
    kind: DocumentKind, frozen: dict[str, Any], file: BinaryIO, _report: Report
) -> int:
    pdf = render_frozen(kind, frozen)
    file.write(pdf.content)
    return pdf.pages


def _report(document: Document, percent: int) -> None:
    """Show how much is done. The lease stays as it was: it covers the whole task."""
    Document.objects.filter(pk=document.pk).update(progress=percent)


def record_failure(document: Document, error: Exception) -> None:
    """Count a failed attempt; the third is final, and so is a text with a forbidden address.

    A document that waits for something else did not fail: the sweep brings it back.
    """
    if isinstance(error, NotYet):
        leases.finish(document, leases.QUEUED)
        return
    known = FORBIDDEN if isinstance(error, ForbiddenAddress) else ""
    leases.record_failure(document, error, final=FAILED, known=known)


def sweep() -> int:
    """Hand over again what nobody is working on; see `leases.sweep`."""
    from core.tasks import render_document

    return leases.sweep(Document, render_document)


def may_read(user: Any, document: Document) -> bool:
    """Whether the kind lets this person read it; an unknown kind is read by nobody."""
    kind = _kinds.get(document.kind)
    return bool(kind and user.is_authenticated and kind.may_read(user, document))
