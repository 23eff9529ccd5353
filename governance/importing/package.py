"""Opening an untrusted file: what it is, and reading XML out of a Word package with limits.

Nothing is ever fetched, run or written to disk; only the parts with text are unpacked.
"""

import io
import zipfile
import zlib
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from core.formats import file_size
from core.refusal import Refusal, Refused

MAX_FILE = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_PART = 20_000_000
MAX_CHARACTERS = 2_000_000
MAX_RATIO = 200
MAX_MEMBERS = 2_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ADVICE = "Sla het stuk in Word op als .docx en probeer het opnieuw."

_SIGNS = [
    (
        b"%PDF",
        f"Dit is een pdf-bestand. Alleen Word (.docx) en tekst (.txt) zijn leesbaar. {_ADVICE}",
    ),
    (b"{\\rtf", f"Dit is een RTF-bestand. {_ADVICE}"),
    (b"MZ", "Dit is een programma en geen stuk. Het bestand is niet geopend."),
    (b"\x7fELF", "Dit is een programma en geen stuk. Het bestand is niet geopend."),
    (b"\xcf\xfa\xed\xfe", "Dit is een programma en geen stuk. Het bestand is niet geopend."),
    (b"#!", "Dit is een script en geen stuk. Het bestand is niet geopend."),
    (b"\x89PNG", f"Dit is een afbeelding en geen stuk. {_ADVICE}"),
    (b"\xff\xd8\xff", f"Dit is een afbeelding en geen stuk. {_ADVICE}"),
    (b"Rar!", "Dit is een ingepakt archief. Pak het uit en kies het stuk zelf."),
    (b"7z\xbc\xaf", "Dit is een ingepakt archief. Pak het uit en kies het stuk zelf."),
    (b"\x1f\x8b", "Dit is een ingepakt archief. Pak het uit en kies het stuk zelf."),
]


def refuse(reason: str) -> NoReturn:
    raise Refused(Refusal(reason, field="file"))


def check_size(size: int) -> None:
    """Refuse what is empty or too large, before anything is read."""
    if size == 0:
        refuse("Het bestand is leeg. Kies een bestand met tekst.")
    if size > MAX_FILE:
        refuse(
            f"Het bestand is {file_size(size)}; groter dan {file_size(MAX_FILE)} kan niet. "
            "Verklein de afbeeldingen in het stuk of haal bijlagen eruit."
        )


def is_package(data: bytes) -> bool:
    """Whether the content is a zip; refuses content that can be neither Word nor text."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            refuse(
                "Het Word-bestand is met een wachtwoord versleuteld. "
                "Haal het wachtwoord eraf en probeer het opnieuw."
            )
        refuse(f"Dit is een bestand van een oude versie van Office (.doc). {_ADVICE}")
    for sign, reason in _SIGNS:
        if data.startswith(sign):
            refuse(reason)
    return data.startswith(b"PK")


class Package:
    """A .docx with its limits checked. Refuses bombs, broken archives, macros and other formats."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            refuse(f"Het Word-bestand is beschadigd en kan niet worden geopend. {_ADVICE}")
        _check_members(members)
        self.names = [member.filename for member in members]
        self._budget = MAX_UNPACKED
        lowered = [name.lower() for name in self.names]
        if "[content_types].xml" not in lowered:
            if "content.xml" in lowered or "mimetype" in lowered:
                refuse(f"Dit is een OpenDocument-bestand. {_ADVICE}")
            refuse(
                "Dit is een zip-bestand en geen Word-bestand. Pak het uit en kies het stuk zelf."
            )
        if len(set(lowered)) != len(lowered):
            refuse(
                f"Het Word-bestand bevat een onderdeel dubbel en is niet te vertrouwen. {_ADVICE}"
            )
        types = self.read(self.names[lowered.index("[content_types].xml")])
        if any("vbaproject" in name for name in lowered) or b"macroenabled" in types.lower():
            refuse(
                "Het Word-bestand bevat macro's. Sla het op als .docx zonder macro's "
                "en probeer het opnieuw."
            )
        if not any(name.startswith("word/") for name in lowered):
            refuse(f"Dit is een Office-bestand, maar geen Word-bestand. {_ADVICE}")

    def read(self, name: str) -> bytes:
        """One part, read in pieces so that a lying header cannot fill the memory."""
        pieces, left = [], min(MAX_PART, self._budget)
        try:
            with self._zip.open(name) as stream:
                while piece := stream.read(65_536):
                    left -= len(piece)
                    if left < 0:
                        _refuse_bomb()
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ):
            refuse(f"Het Word-bestand is beschadigd: {name} is onleesbaar. {_ADVICE}")
        part = b"".join(pieces)
        self._budget -= len(part)
        return part

    def xml(self, name: str) -> Element:
        """One part as XML. A DTD or an entity has no place in Word and is refused."""
        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except DefusedXmlException:
            refuse(
                "Het Word-bestand bevat een verboden constructie (DTD of entiteit) en is niet "
                f"gelezen. {_ADVICE}"
            )
        except (ParseError, ValueError, LookupError):
            refuse(f"Het Word-bestand is beschadigd: {name} is onleesbaar. {_ADVICE}")
        return root


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        _refuse_bomb()
    if any(member.flag_bits & 1 for member in members):
        refuse("Het bestand is met een wachtwoord versleuteld. Haal het wachtwoord eraf.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        _refuse_bomb()
    for member in members:
        large = member.file_size > 1_000_000
        if large and member.file_size > MAX_RATIO * max(1, member.compress_size):
            _refuse_bomb()


def _refuse_bomb() -> NoReturn:
    refuse(
        "Het bestand wordt bij het uitpakken onwaarschijnlijk groot en is niet gelezen. "
        "Kopieer de tekst naar een nieuw Word-bestand en probeer het opnieuw."
    )
