"""The printable forms of uploads: asked for when a file comes in, made once by the worker."""

from collections.abc import Iterable

from django.db import transaction

from core import leases
from core.converting import Unprintable, office
from core.converting.convert import convert
from core.files import keep_made
from core.models import Rendition, StoredFile

LOST = "Het omzetten van dit bestand is te vaak afgebroken."
GIVEN_UP = "Dit bestand kon na drie pogingen niet worden omgezet naar PDF."


def request_rendition(stored: StoredFile) -> Rendition:
    """See to it that the printable form of a file is made, after the commit. Asked twice: once."""
    row = Rendition.objects.get_or_create(source=stored)[0]
    if row.status == leases.QUEUED:
        transaction.on_commit(lambda: enqueue(row), robust=True)
    return row


def enqueue(row: Rendition) -> bool:
    from core.tasks import convert_file

    return leases.enqueue(row, convert_file)


def renditions_of(files: Iterable[int]) -> dict[int, Rendition]:
    """The printable forms by key of the file; one query."""
    return {row.source_id: row for row in Rendition.objects.filter(source__in=set(files))}


def claim(rendition_id: int) -> Rendition | None:
    """Take the lease on a row, or None when it is done, gone, or another worker holds it."""
    return leases.claim(Rendition, rendition_id, lost=LOST)


def make(row: Rendition) -> None:
    """Convert a claimed row's file and keep the PDF under its sha256."""
    made = keep_made("renditions", lambda file: convert(row.source, file))
    leases.finish(row, leases.READY, file=made.name, file_sha256=made.sha256, pages=made.pages)


def record_failure(row: Rendition, error: Exception) -> None:
    """What a file itself is in the way of is final at once; the rest after three attempts."""
    known = str(error) if isinstance(error, Unprintable) else ""
    leases.record_failure(row, error, final=GIVEN_UP, known=known)


def sweep() -> int:
    """Hand over again what was lost; and what waited for a converter that is there now."""
    from core.tasks import convert_file

    if office.program():
        for row in Rendition.objects.filter(status=leases.FAILED, error=office.NO_CONVERTER):
            leases.try_again(row)
    return leases.sweep(Rendition, convert_file)
