"""Small real files, made here, so that no third-party file is needed."""

import io
import struct
import zipfile
import zlib

import docx
import pikepdf

OFFICE = "application/vnd.openxmlformats-officedocument."
PARTS = {
    "docx": ("word/document.xml", OFFICE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", OFFICE + "presentationml.presentation.main+xml"),
}
ODT = "application/vnd.oasis.opendocument.text"
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(**save_options):
    document = pikepdf.new()
    document.add_blank_page()
    target = io.BytesIO()
    document.save(target, **save_options)
    return target.getvalue()


def encrypted_pdf(user="geheim"):
    return pdf(encryption=pikepdf.Encryption(owner="baas", user=user))


def zipped(members, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def office(kind, *, content_type="", extra=None):
    part, main = PARTS[kind]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{content_type or main}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, part: "<a/>", **(extra or {})})


def word():
    """As python-docx writes it."""
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def odt(mimetype=ODT, manifest="<manifest/>", extra=None):
    return zipped(
        {
            "mimetype": mimetype,
            "META-INF/manifest.xml": manifest,
            "content.xml": "",
            **(extra or {}),
        }
    )


def png(width=1, height=1):
    def chunk(name, data):
        return (
            struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        )

    size = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + size + pixels + chunk(b"IEND", b"")


def jpeg(width=1, height=1):
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">2H", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 9 + frame + b"\xff\xda\xff\xd9"
