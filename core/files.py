"""Storing an upload and sending it back.

A file is what its content shows (`core.filetypes`). `FILE_SCANNER` may name a function, by dotted
path, that takes the open file and answers True when it is clean; without one a file is marked
'niet gescand'. The stored path holds nothing that a person chose.
"""

import hashlib
import os
import tempfile
import unicodedata
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string

from core import clock
from core.filetypes import CHUNK, UNKNOWN, NotAllowed, recognise
from core.models import StoredFile
from core.refusal import Refusal, Refused

Kind = StoredFile.Kind

DEFAULT_KINDS = frozenset(set(Kind) - {Kind.TEXT, Kind.CSV})
MAX_NAME = 120
EXTENSIONS = {kind: {f".{kind.value}"} for kind in Kind}
EXTENSIONS[Kind.JPEG] = {".jpg", ".jpeg"}
EXTENSIONS[Kind.TEXT] = {".txt", ".md"}
EXTENSIONS[Kind.CSV] = {".csv", ".tsv", ".tab", ".txt"}
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.CSV: "text/csv",  # in whatever letters it was saved
}
INLINE_KINDS = {Kind.PDF, Kind.PNG, Kind.JPEG}


def store_upload(
    upload: "UploadedFile[bytes]", *, by: Any, kinds: Collection[StoredFile.Kind] = DEFAULT_KINDS
) -> StoredFile:
    """Keep an upload whose content is one of `kinds`; raises Refused with the reason."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise _refused("Dit bestand is leeg. Kies een ander bestand.")
    if upload.size > settings.MAX_UPLOAD_MB * 1_000_000:
        raise _refused(
            f"Dit bestand is te groot. Kies een bestand van hoogstens {settings.MAX_UPLOAD_MB} MB."
        )
    kind = _accepted_kind(upload, name, kinds)
    scan = scan_file(upload)
    if scan is StoredFile.Scan.INFECTED:
        raise _refused("De virusscan keurt dit bestand af. Het is niet bewaard.")
    stored = StoredFile(
        name=name,
        kind=kind,
        size=upload.size,
        sha256=sha256_of(upload),
        scan=scan,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    stored.content.save(f"{uuid.uuid4().hex}.{kind.value}", File(upload), save=False)
    try:
        stored.save()
    except Exception:
        stored.content.delete(save=False)
        raise
    return stored


def drop_upload(stored: StoredFile) -> None:
    """Take away a file that nothing points to."""
    stored.content.delete(save=False)
    stored.delete()


def clean_name(name: str) -> str:
    """The last part of a name, without control, direction and path characters, of decent length."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    name = " ".join(name.split()).strip(". ") or "bestand"
    path = PurePosixPath(name)
    suffix = path.suffix[:10].lower()
    return path.stem[: MAX_NAME - len(suffix)].strip(". ") + suffix


def scan_file(file: "BinaryIO | UploadedFile[bytes]") -> StoredFile.Scan:
    """Ask the scanner of FILE_SCANNER. A scanner that cannot be reached refuses the file."""
    scanner = getattr(settings, "FILE_SCANNER", "")
    if not scanner:
        return StoredFile.Scan.NOT_SCANNED
    try:
        file.seek(0)
        clean = import_string(scanner)(file)
    except OSError:
        raise _refused("De virusscan is nu niet bereikbaar. Probeer het straks nog eens.") from None
    finally:
        file.seek(0)
    return StoredFile.Scan.CLEAN if clean is True else StoredFile.Scan.INFECTED


def sha256_of(file: "BinaryIO | UploadedFile[bytes]") -> str:
    """The sha256 of an open file, which is left at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def send_file(stored: StoredFile, *, inline_ok: bool) -> FileResponse:
    """The file as an answer that a browser cannot take for a page.

    Only pictures and PDFs are shown inside the browser; the rest is downloaded. Who may have it is
    decided by the caller.
    """
    kind = Kind(stored.kind)
    response = FileResponse(stored.content.open("rb"), content_type=CONTENT_TYPES[kind])
    inline = inline_ok and kind in INLINE_KINDS
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=not inline, filename=stored.name
    ) or ("inline" if inline else "attachment")
    response.headers["Content-Length"] = str(stored.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True)
class Made:
    """A PDF that the portal made, in its place: its name in the storage, sha256 and pages."""

    name: str
    sha256: str
    pages: int


def keep_made(folder: str, write: Callable[[BinaryIO], int]) -> Made:
    """Keep a PDF under its sha256: written beside its place, then moved there in one step.

    `write` gets the open file and returns the number of pages.
    """
    root = Path(default_storage.path(folder))
    root.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".making-", dir=root)
    try:
        with os.fdopen(handle, "w+b") as file:
            pages = write(file)
            sha256 = sha256_of(file)
            file.flush()
            os.fsync(file.fileno())
        name = f"{folder}/{sha256[:2]}/{sha256}.pdf"
        place = Path(default_storage.path(name))
        place.parent.mkdir(exist_ok=True)
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS)
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Made(name, sha256, pages)


def _accepted_kind(
    upload: "UploadedFile[bytes]", name: str, kinds: Collection[StoredFile.Kind]
) -> StoredFile.Kind:
    wanted = f"Kies een bestand van de soort {_listed(kinds)}."
    try:
        kind = recognise(upload, sheets=Kind.CSV in kinds)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise _refused(f"{refusal} {wanted}" if str(refusal) == UNKNOWN else str(refusal)) from None
    if kind not in kinds:
        raise _refused(f"{UNKNOWN} {wanted}")
    suffix = PurePosixPath(name).suffix
    if suffix not in EXTENSIONS[kind]:
        shown = f"de naam eindigt op {suffix}" if suffix else "de naam heeft geen extensie"
        raise _refused(
            f"De inhoud is van de soort {kind.label}, maar {shown}. Geef het bestand de goede naam."
        )
    return kind


def _listed(kinds: Collection[StoredFile.Kind]) -> str:
    names = [kind.value for kind in Kind if kind in kinds]
    return " of ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _refused(reason: str) -> Refused:
    return Refused(Refusal(reason, field="file"))
