"""What a file is, by its content: an allowlist, read in bounded memory.

Refused with a sentence: encrypted files, macros, zip bombs, files that are two things at once, and
everything that is not on the list. A file's own size claims are checked before anything is read.
"""

import codecs
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

import pikepdf
from defusedxml import DefusedXmlException, ElementTree

from core.models import StoredFile

Kind = StoredFile.Kind

HEAD = 1024
CHUNK = 65_536
END_OF_ZIP = struct.Struct("<4s4H2LH")
MAX_MEMBERS = 3_000
MAX_DIRECTORY = 1_000_000
MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1_000_000
MAX_XML = 2_000_000
MAX_PIXELS = 100_000_000
MAX_PNG_CHUNKS = 100_000

UNKNOWN = "Dit soort bestand kan hier niet."
TWO_THINGS = "Dit bestand is twee soorten tegelijk. Sla het opnieuw op in één soort."
DAMAGED = "Dit bestand is beschadigd. Open het, sla het opnieuw op en probeer het nog eens."
ENCRYPTED = "Dit bestand is beveiligd. Sla het op zonder wachtwoord of beperkingen."
MACROS = "Dit bestand bevat macro's. Sla het op zonder macro's."
TOO_BIG_INSIDE = "Dit bestand wordt uitgepakt veel te groot."
OLD_OFFICE = (
    "Dit is een beveiligd of oud Office-bestand. Sla het op zonder wachtwoord, als docx, xlsx of "
    "pptx."
)

_OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_MAIN = {
    _OFFICE + "wordprocessingml.document.main+xml": Kind.DOCX,
    _OFFICE + "spreadsheetml.sheet.main+xml": Kind.XLSX,
    _OFFICE + "presentationml.presentation.main+xml": Kind.PPTX,
}
_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(NotImplementedError, EOFError, ValueError, KeyError),
)
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


class NotAllowed(Exception):
    """The reason, as a Dutch sentence, why this content is not accepted."""


def sniff(file: BinaryIO) -> StoredFile.Kind | None:
    """The kind that the content shows, or None when it is not accepted."""
    try:
        return recognise(file)
    except NotAllowed:
        return None


def recognise(file: BinaryIO, *, sheets: bool = False) -> StoredFile.Kind:
    """The kind that the content shows; raises NotAllowed with the reason. Leaves the file at 0.

    A csv file shows by nothing that it is one. Where `sheets` are asked for, every text is taken
    for one, also as Excel saves it: in the letters of Windows, or in UTF-16.
    """
    try:
        file.seek(0)
        head = file.read(HEAD)
        reader = _reader(head)
        return (_sheet if sheets and reader is _text else reader)(file, head)
    finally:
        file.seek(0)


def _reader(head: bytes) -> Callable[[BinaryIO, bytes], StoredFile.Kind]:
    starts: list[tuple[bytes, Callable[[BinaryIO, bytes], StoredFile.Kind]]] = [
        (b"%PDF-", _pdf),
        (b"PK\x03\x04", _zip),
        (b"\x89PNG\r\n\x1a\n", _png),
        (b"\xff\xd8\xff", _jpeg),
        (b"\xd0\xcf\x11\xe0", _old_office),
    ]
    return next((reader for start, reader in starts if head.startswith(start)), _text)


def _old_office(_file: BinaryIO, _head: bytes) -> StoredFile.Kind:
    raise NotAllowed(OLD_OFFICE)


# --- PDF ---


def _pdf(file: BinaryIO, _head: bytes) -> StoredFile.Kind:
    if _end_of_zip(file):
        raise NotAllowed(TWO_THINGS)
    file.seek(0)
    try:
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise NotAllowed(ENCRYPTED)
    except pikepdf.PasswordError:
        raise NotAllowed(ENCRYPTED) from None
    except pikepdf.PdfError:
        raise NotAllowed(DAMAGED) from None
    return Kind.PDF


# --- zip: Office and OpenDocument ---


def _zip(file: BinaryIO, head: bytes) -> StoredFile.Kind:
    if b"%PDF-" in head:
        raise NotAllowed(TWO_THINGS)
    _check_end_of_zip(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive)
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return _office(archive)
            if names[0] == "mimetype":
                return _open_document(archive)
    except _BROKEN_ZIP:
        raise NotAllowed(DAMAGED) from None
    raise NotAllowed(UNKNOWN)


def _end_of_zip(file: BinaryIO) -> tuple[int, bytes] | None:
    """Where a zip's closing record starts, and its bytes; None when there is none."""
    size = file.seek(0, 2)
    start = max(0, size - 65_535 - END_OF_ZIP.size)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < END_OF_ZIP.size:
        return None
    return start + found, tail[found:]


def _check_end_of_zip(file: BinaryIO) -> None:
    """Before zipfile reads the directory: it is small, complete, and nothing follows it."""
    end = _end_of_zip(file)
    if end is None:
        raise NotAllowed(DAMAGED)
    place, record = end
    fields = END_OF_ZIP.unpack(record[: END_OF_ZIP.size])
    members, directory_size, directory_start, comment = fields[4:]
    if members > MAX_MEMBERS or directory_size > MAX_DIRECTORY:
        raise NotAllowed(TOO_BIG_INSIDE)
    if directory_start + directory_size != place or comment + END_OF_ZIP.size != len(record):
        raise NotAllowed(TWO_THINGS)


def _check_members(archive: zipfile.ZipFile) -> None:
    """No encryption, no bomb, no member that hides in another, no path out of the archive."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    if not members or len({member.filename for member in members}) != len(members):
        raise NotAllowed(DAMAGED)
    if any(member.flag_bits & 1 for member in members):
        raise NotAllowed(ENCRYPTED)
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(
        member.file_size > RATIO_COUNTS_FROM
        and member.file_size > MAX_RATIO * max(1, member.compress_size)
        for member in members
    ):
        raise NotAllowed(TOO_BIG_INSIDE)
    ends = [member.header_offset + 30 + member.compress_size for member in members]
    starts = [member.header_offset for member in members[1:]] + [archive.start_dir]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        raise NotAllowed(TOO_BIG_INSIDE)
    for name in (member.filename for member in members):
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise NotAllowed(DAMAGED)


def _office(archive: zipfile.ZipFile) -> StoredFile.Kind:
    root = _xml(archive, "[Content_Types].xml")
    parts = {e.get("PartName", ""): e.get("ContentType", "") for e in root if e.get("PartName")}
    types = [*parts.values(), *(e.get("ContentType", "") for e in root)]
    if any("macro" in each.lower() or "vba" in each.lower() for each in types) or any(
        "vbaproject" in name.lower() for name in archive.namelist()
    ):
        raise NotAllowed(MACROS)
    mains = [(part, OFFICE_MAIN[each]) for part, each in parts.items() if each in OFFICE_MAIN]
    if len(mains) != 1:
        raise NotAllowed(UNKNOWN)
    part, kind = mains[0]
    if part.lstrip("/") not in archive.namelist():
        raise NotAllowed(DAMAGED)
    return kind


def _open_document(archive: zipfile.ZipFile) -> StoredFile.Kind:
    first = archive.infolist()[0]
    if first.compress_type != zipfile.ZIP_STORED or first.file_size > HEAD:
        raise NotAllowed(UNKNOWN)
    if archive.read(first) != ODT_TYPE:
        raise NotAllowed(UNKNOWN)
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise NotAllowed(MACROS)
    manifest = _xml(archive, "META-INF/manifest.xml")
    if any(e.tag.endswith("encryption-data") for e in manifest.iter()):
        raise NotAllowed(ENCRYPTED)
    return Kind.ODT


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MAX_XML:
        raise NotAllowed(TOO_BIG_INSIDE)
    try:
        return ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise NotAllowed(DAMAGED) from None


# --- images ---


def _check_picture(file: BinaryIO, head: bytes, width: int, height: int) -> None:
    if not 0 < width * height <= MAX_PIXELS:
        raise NotAllowed("Deze afbeelding is te groot. Maak haar kleiner en probeer het opnieuw.")
    if b"%PDF-" in head or _end_of_zip(file):
        raise NotAllowed(TWO_THINGS)


def _png(file: BinaryIO, head: bytes) -> StoredFile.Kind:
    if head[12:16] != b"IHDR" or len(head) < 24:
        raise NotAllowed(DAMAGED)
    _check_picture(file, head, *struct.unpack(">2L", head[16:24]))
    size = file.seek(0, 2)
    place = 8
    for _ in range(MAX_PNG_CHUNKS):
        file.seek(place)
        header = file.read(8)
        if len(header) < 8:
            break
        length, name = struct.unpack(">L4s", header)
        place += 12 + length
        if name == b"IEND":
            if place != size:
                raise NotAllowed(TWO_THINGS)
            return Kind.PNG
    raise NotAllowed(DAMAGED)


def _jpeg(file: BinaryIO, head: bytes) -> StoredFile.Kind:
    """Walks the segments to the frame header. Bytes after the picture stay: telephones add them."""
    place = 2
    for _ in range(1000):
        file.seek(place)
        header = file.read(9)
        if len(header) < 9 or header[0] != 0xFF:
            break
        marker = header[1]
        if marker == 0xFF:  # a fill byte
            place += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">2H", header[5:9])
            _check_picture(file, head, width, height)
            return Kind.JPEG
        else:
            place += 2 + int.from_bytes(header[2:4], "big")
    raise NotAllowed(DAMAGED)


# --- text ---


def _text(file: BinaryIO, head: bytes) -> StoredFile.Kind:
    """UTF-8 without control characters; whatever is not readable as such is no accepted kind."""
    _check_text(file, head, "utf-8")
    return Kind.TEXT


def _sheet(file: BinaryIO, head: bytes) -> StoredFile.Kind:
    """Text in one of the ways in which a spreadsheet saves it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_text(file, head, "utf-16")
        return Kind.CSV
    try:
        _check_text(file, head, "utf-8")
    except NotAllowed:
        _check_text(file, head, "cp1252")
    return Kind.CSV


def _check_text(file: BinaryIO, head: bytes, encoding: str) -> None:
    if not head or b"%PDF-" in head or _end_of_zip(file):
        raise NotAllowed(UNKNOWN)
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            _check_characters(decoder.decode(chunk))
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise NotAllowed(UNKNOWN) from None


def _check_characters(text: str) -> None:
    if any(char < " " and char not in "\t\n\r\f" for char in set(text)):
        raise NotAllowed(UNKNOWN)
