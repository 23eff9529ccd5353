"""Stored documents: frozen content in, one row and one file out. The row is the truth.

A room registers its kinds; `request_document` freezes, stores and enqueues; the task renders; the
sweep picks up what a broker or a killed worker lost.
"""

import dataclasses
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from core import clock
from core.models import Document, subject_key
from core.pdf import ForbiddenAddress, Pdf, render_pdf

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# A worker that dies (restart, power, memory) is not the document's fault, so a lost lease counts
# apart. The bound keeps a document that kills its worker from going round for ever.
MAX_LOST = 30
FAILED = "Het document kon na drie pogingen niet worden gemaakt. Meld dit bij de regiobeheerder."
LOST = "Het maken van het document is te vaak afgebroken. Meld dit bij de regiobeheerder."
FORBIDDEN = (
    "Het document verwijst naar een afbeelding of bestand van buiten het portaal en is daarom niet"
    " gemaakt. Haal de verwijzing uit de tekst."
)


@dataclasses.dataclass(frozen=True)
class DocumentKind:
    """What one kind of document needs. `content` is what was frozen: plain JSON, nothing else.

    `may_read(user, document)` is asked on every request; `loader(pk)` finds the source row;
    `on_read(user, document)` is told of every download.
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
) -> DocumentKind:
    """Make a kind of document known; called once per kind, from the `ready` of a room."""
    kind = DocumentKind(
        name, label, template, stylesheet, build_context, filename, may_read, loader, on_read
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
        _try_again(document)
    if document.status == Document.Status.QUEUED:
        transaction.on_commit(lambda: enqueue(document.pk), robust=True)
    return document


def _try_again(document: Document) -> None:
    fresh = {"status": Document.Status.QUEUED, "attempts": 0, "lost": 0, "error": ""}
    failed = Document.objects.filter(pk=document.pk, status=Document.Status.FAILED)
    failed.update(lease_until=None, **fresh)
    document.refresh_from_db()


def document_of(kind: str, source: models.Model) -> Document | None:
    """The newest document of a kind about this source, or None."""
    label, pk = subject_key(source)
    rows = Document.objects.filter(kind=kind, source_label=label, source_id=pk)
    return rows.order_by("-asked_at", "-pk").first()


def enqueue(document_id: int) -> bool:
    """Hand a queued row to the broker; False when the broker is away. Never raises for that.

    The lease on a queued row says 'handed over', so that the sweep does not hand it over again.
    """
    from core.tasks import render_document

    queued = Document.objects.filter(pk=document_id, status=Document.Status.QUEUED)
    queued.update(lease_until=_lease())
    try:
        render_document.apply_async((document_id,), retry=False)
    except Exception as error:
        log.warning("document %s waits for the sweep: %s", document_id, type(error).__name__)
        queued.update(lease_until=None)
        return False
    return True


# --- making -------------------------------------------------------------------------------------


def claim(document_id: int) -> Document | None:
    """Take the lease on a row, or None when it is done, gone, or another worker holds it."""
    with transaction.atomic():
        rows = Document.objects.select_for_update()
        document = rows.filter(pk=document_id, status__in=["queued", "rendering"]).first()
        if document is None:
            return None
        if document.status == Document.Status.RENDERING:
            if document.lease_until and document.lease_until > clock.now():
                return None
            document.lost += 1
        if document.lost >= MAX_LOST:
            _finish(document, Document.Status.FAILED, error=LOST)
            return None
        document.status = Document.Status.RENDERING
        document.lease_until = _lease()
        document.save(update_fields=["status", "lease_until", "lost"])
        return document


def make(document: Document) -> None:
    """Render a claimed row, put the file in its place at once and mark the row ready."""
    pdf = render_frozen(get_kind(document.kind), document.frozen)
    document.file.name = _store(pdf)
    document.file_sha256, document.pages = pdf.sha256, pdf.pages
    document.ready_at = clock.now()
    _finish(document, Document.Status.READY)


def record_failure(document: Document, error: Exception) -> None:
    """Count a failed attempt; the third is final, and so is a text with a forbidden address."""
    log.exception("document %s failed", document.pk, exc_info=error)
    document.attempts += 1
    if isinstance(error, ForbiddenAddress):
        _finish(document, Document.Status.FAILED, error=FORBIDDEN)
    elif document.attempts >= MAX_ATTEMPTS:
        _finish(document, Document.Status.FAILED, error=FAILED)
    else:
        _finish(document, Document.Status.QUEUED)


def sweep() -> int:
    """Hand over again what nobody is working on; stops at the first refusal of the broker.

    That is a queued row that the broker did not get or kept too long, and a lease that ran out.
    """
    over = models.Q(lease_until__isnull=True) | models.Q(lease_until__lte=clock.now())
    lost = Document.objects.filter(over, status=Document.Status.RENDERING)
    lost.update(status=Document.Status.QUEUED, lease_until=None, lost=models.F("lost") + 1)
    waiting = Document.objects.filter(over, status=Document.Status.QUEUED)
    count = 0
    for document_id in waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:200]:
        if not enqueue(document_id):
            break
        count += 1
    return count


def _finish(document: Document, status: Document.Status, *, error: str = "") -> None:
    """Write the outcome, unless another worker finished the row in the meantime."""
    document.status, document.error, document.lease_until = status, error, None
    open_rows = Document.objects.filter(pk=document.pk).exclude(status=Document.Status.READY)
    names = ["status", "error", "lease_until", "attempts", "lost", "pages", "ready_at"]
    values = {name: getattr(document, name) for name in [*names, "file", "file_sha256"]}
    open_rows.update(**values)


def _store(pdf: Pdf) -> str:
    """Write the file under its sha256: first beside its place, then moved there in one step."""
    name = f"documents/{pdf.sha256[:2]}/{pdf.sha256}.pdf"
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".making-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf.content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS)
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name


def _lease() -> datetime:
    return clock.now() + timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS)


def may_read(user: Any, document: Document) -> bool:
    """Whether the kind lets this person read it; an unknown kind is read by nobody."""
    kind = _kinds.get(document.kind)
    return bool(kind and user.is_authenticated and kind.may_read(user, document))
