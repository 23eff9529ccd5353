"""The entrance: one upload in, its printable form out."""

import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.html import escape

from core.converting import Unprintable, office, sandbox
from core.models import StoredFile
from core.pdf import render_pdf

Kind = StoredFile.Kind
OFFICE = {Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT}
MEMORY_MB = 1_500
FIT_SECONDS = 10


def convert(stored: StoredFile, target: BinaryIO) -> int:
    """Write the printable form of an upload and give its pages.

    Raises Unprintable with the reason for people; any other exception is worth another try.
    """
    kind = Kind(stored.kind)
    with tempfile.TemporaryDirectory(prefix="omzetten-") as name:
        folder = Path(name)
        source = folder / f"source.{kind.value}"
        with stored.content.open("rb") as content, source.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        if kind in OFFICE:
            source = office.to_pdf(_prepared(kind, source, folder), folder)
        elif kind in (Kind.TEXT, Kind.CSV):
            source = _text(stored, source)
        clean = folder / "clean.pdf"
        pages = _in_child("picture" if kind in (Kind.PNG, Kind.JPEG) else "pdf", source, clean)
        with clean.open("rb") as made:
            shutil.copyfileobj(made, target)
    return pages


def _prepared(kind: Kind, source: Path, folder: Path) -> Path:
    """A spreadsheet with its columns on one page; anything else, or an odd one, as it is."""
    fitted = folder / "fitted.xlsx"
    if kind == Kind.XLSX:
        with suppress(Unprintable, sandbox.Crashed):
            _in_child("sheets", source, fitted, seconds=FIT_SECONDS)
            return fitted
    return source


def _in_child(kind: str, source: Path, target: Path, *, seconds: int | None = None) -> int:
    said = sandbox.run(
        [sys.executable, "-m", "core.converting.child", kind, str(source), str(target)],
        folder=target.parent,
        seconds=seconds or settings.CONVERT_SECONDS,
        memory_mb=MEMORY_MB,
        path=str(settings.BASE_DIR),
    )
    return int(said)


def _text(stored: StoredFile, source: Path) -> Path:
    """Plain text through our own door: a paragraph, with its lines as they are."""
    text = escape(source.read_text(encoding="utf-8-sig"))
    page = f'<html lang="nl"><title>{escape(stored.name)}</title><p class="lines">{text}</p></html>'
    made = render_pdf(page, stylesheet="css/book.css", created=stored.uploaded_at)
    printed = source.with_suffix(".pdf")
    printed.write_bytes(made.content)
    return printed
