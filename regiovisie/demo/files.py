"""Attachments made on the spot: small, real files of the kinds that people send along."""

import io
import struct
import zlib

import docx
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.files import store_upload
from core.models import StoredFile
from regiovisie.demo.papers import File


def store(file: File, *, by: User) -> StoredFile:
    """Make the file and keep it through the same door as every upload."""
    make = {"pdf": pdf, "docx": word, "png": picture}[file.name.rpartition(".")[2]]
    return store_upload(SimpleUploadedFile(file.name, make(file)), by=by)


def word(file: File) -> bytes:
    document = docx.Document()
    document.core_properties.title = file.title
    document.core_properties.author = "Regiovisie (demo)"
    document.core_properties.language = "nl-NL"
    head, *rest = file.lines
    document.add_heading(head, level=1)
    for line in rest:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(file: File) -> bytes:
    """One page A4 in Helvetica, which every reader has."""
    made = pikepdf.new()
    made.Root.Lang = pikepdf.String("nl-NL")
    made.docinfo["/Title"] = file.title
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    size, text = 18, [b"BT 72 760 Td 24 TL"]
    for line in file.lines:
        shown = line.encode("cp1252", "replace")
        shown = shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        text.append(b"/F1 %d Tf (%s) Tj T*" % (size, shown))
        size = 11
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 595, 842],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
        Contents=made.make_stream(b"\n".join([*text, b"ET"])),
    )
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def picture(_: File, width: int = 480, height: int = 320) -> bytes:
    """Four coloured quarters: a stand-in for a drawing."""
    top = b"\x15\x42\x73" * (width // 2) + b"\xf9\xe1\x1e" * (width // 2)
    bottom = b"\x39\x87\x0c" * (width // 2) + b"\xca\x00\x5d" * (width // 2)
    rows = (b"\0" + top) * (height // 2) + (b"\0" + bottom) * (height // 2)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
