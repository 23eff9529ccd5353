"""What file it is, by its content; then its sheets. Everything else is refused with what to do."""

from io import BytesIO
from pathlib import PurePath

from budget.importing.cells import Sheet
from budget.importing.context import refuse
from budget.importing.separated import read_separated
from budget.importing.workbook import read_workbook
from core.filetypes import ENCRYPTED, MACROS, UNKNOWN, NotAllowed, recognise
from core.formats import file_size
from core.models import StoredFile

MAX_BYTES = 5_000_000
SAVE_AS = "Sla de begroting op als xlsx of csv en kies dat bestand."
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_SIGNS = [
    (b"%PDF", f"Dit is een pdf-bestand en geen rekenblad. {SAVE_AS}"),
    (b"{\\rtf", f"Dit is een RTF-bestand en geen rekenblad. {SAVE_AS}"),
    (b"\x89PNG", f"Dit is een afbeelding en geen rekenblad. {SAVE_AS}"),
    (b"\xff\xd8\xff", f"Dit is een afbeelding en geen rekenblad. {SAVE_AS}"),
    (b"MZ", "Dit is een programma en geen rekenblad. Het bestand is niet geopend."),
    (b"\x7fELF", "Dit is een programma en geen rekenblad. Het bestand is niet geopend."),
]
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<workbook")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_OFFICE = {
    StoredFile.Kind.DOCX: "Word",
    StoredFile.Kind.PPTX: "PowerPoint",
    StoredFile.Kind.ODT: "OpenDocument",
}


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of an xlsx or csv file, in order. Raises Refused when it is neither."""
    if not content.strip():
        refuse("Het bestand is leeg. Kies een bestand met een begroting.")
    if len(content) > MAX_BYTES:
        refuse(
            f"Het bestand is {file_size(len(content))}; groter dan {file_size(MAX_BYTES)} kan "
            "niet. Haal afbeeldingen en andere bladen eruit."
        )
    for sign, reason in _SIGNS:
        if content.startswith(sign):
            refuse(reason)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_old_office(content)
    if content.startswith(b"PK"):
        _check_package(content)
        return read_workbook(content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        refuse(f"Dit is een webpagina of XML en geen rekenblad. {SAVE_AS}")
    return [read_separated(content)]


def about_name(content: bytes, name: str) -> list[str]:
    """A warning when the name says another kind of file than it is."""
    suffix = PurePath(name).suffix.lower()
    packed = content.startswith(b"PK")
    if not suffix or suffix in ((".xlsx",) if packed else (".csv", ".txt", ".tsv", ".tab")):
        return []
    kind = "een xlsx-bestand" if packed else "platte tekst (csv)"
    return [f"De naam {name} klopt niet met de inhoud: het is {kind}."]


def _refuse_old_office(content: bytes) -> None:
    if _ENCRYPTED_PART in content:
        refuse("Dit bestand is met een wachtwoord beveiligd. Sla het op zonder wachtwoord.")
    refuse(f"Dit is een bestand van een oude versie van Office (.xls of .doc). {SAVE_AS}")


def _check_package(content: bytes) -> None:
    """What every upload is checked on: bombs, macros, encryption, two files in one."""
    if _OPEN_DOCUMENT in content[:200]:
        refuse(f"Dit is een OpenDocument-bestand. {SAVE_AS}")
    try:
        kind = recognise(BytesIO(content))
    except NotAllowed as refusal:
        reason = str(refusal)
        if reason == UNKNOWN:
            refuse(f"Dit is een zip-bestand en geen rekenblad. {SAVE_AS}")
        if reason in (MACROS, ENCRYPTED):
            refuse(f"{reason} Kies daarvoor ‘Opslaan als’ en dan xlsx.")
        refuse(f"{reason} {SAVE_AS}")
    if kind is not StoredFile.Kind.XLSX:
        refuse(f"Dit is een {_OFFICE.get(kind, kind.label)}-bestand en geen rekenblad. {SAVE_AS}")
