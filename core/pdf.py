"""The one door to WeasyPrint: HTML in, an accessible PDF out that can be kept for good.

Every file is PDF/A-2a (PDF/A-3a when data comes along) and PDF/UA-1. The same input gives the same
bytes in every process. The renderer opens nothing but `data:` and our own fonts and static files.
"""

import gc
import hashlib
import logging
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pydyf
import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from font_source_sans_pro import font_directory
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

log = logging.getLogger(__name__)

FAMILY = "Source Sans Pro"
FACES = [
    ("Regular", 400, "normal"),
    ("It", 400, "italic"),
    ("Semibold", 600, "normal"),
    ("SemiboldIt", 600, "italic"),
    ("Bold", 700, "normal"),
    ("BoldIt", 700, "italic"),
]
# What stands for a character that our typeface does not have. PDF/UA forbids a glyph that is not
# there, and a fallback font would differ per machine, so the bytes would differ too.
UNKNOWN = "\u25ca"
ALIKE = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2009": "\u00a0",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u25cf": "\u2022",
    "\u25cb": "\u2022",
    "\u25e6": "\u2022",
    "\u25aa": "\u2022",
}


class ForbiddenAddress(Exception):
    """The document asked for an address that the renderer may not open; nothing was opened."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(
            f"Het document verwijst naar een adres dat niet geopend mag worden: {address[:200]}"
        )


@dataclass(frozen=True)
class DataFile:
    """Data that comes along inside the PDF; makes it a PDF/A-3a."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class OwnFilesOnly(URLFetcher):
    """Opens `data:` and files under the given folders, after resolving links; nothing else.

    Only FatalURLFetchingError stops a render; WeasyPrint swallows every other exception.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allow_redirects=False, allowed_protocols=["data", "file"])
        self.folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = self.own_file(url)
        if path is None:
            raise FatalURLFetchingError(url)
        return super().fetch(path.as_uri(), headers)

    def own_file(self, url: str) -> Path | None:
        """The real path behind a file address, or None when it is not one of our files."""
        try:
            parts = urlsplit(url)
            if parts.scheme.lower() != "file" or parts.netloc:
                return None
            path = Path(url2pathname(parts.path)).resolve()
        except (ValueError, OSError):
            return None
        inside = any(path.is_relative_to(folder) for folder in self.folders)
        return path if inside and path.is_file() else None


def render_pdf(
    source: str,
    *,
    stylesheet: str | Path,
    created: datetime,
    attachments: Sequence[DataFile] = (),
) -> Pdf:
    """Make a PDF of an HTML page with a `lang`, a `title` and a stylesheet of our static folder.

    `created` is written into the file, never the present moment. Raises ForbiddenAddress when the
    page asks for anything but our own files. Characters our typeface lacks become a lozenge.
    """
    with _one_at_a_time, _without_collector():
        try:
            return _render(source, _stylesheet_path(stylesheet), created, attachments)
        except FatalURLFetchingError as error:
            raise ForbiddenAddress(str(error)) from None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python looks for garbage every so many objects. A page is a tree that is all in use until the
    file is written: looking meanwhile finds nothing and costs a fifth of the time. After it, does.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _render(
    source: str, stylesheet: Path, created: datetime, attachments: Sequence[DataFile]
) -> Pdf:
    page = weasyprint.HTML(string=source, base_url="about:blank", url_fetcher=_fetcher())
    _make_printable(page.etree_element)
    sheets = [_faces(), _parsed(stylesheet, stylesheet.stat().st_mtime_ns)]
    options = {"pdf_variant": "pdf/a-3a" if attachments else "pdf/a-2a"}
    document = page.render(font_config=_fonts(), stylesheets=sheets, **options)
    moment = created.astimezone(UTC).isoformat(timespec="seconds")
    document.metadata.created = document.metadata.modified = moment
    document.metadata.attachments = [_embedded(data, created) for data in attachments]
    content = document.write_pdf(finisher=_finish, **options)
    return Pdf(content=content, pages=len(document.pages))


def warm_up() -> None:
    """Load WeasyPrint's fonts before the first document, so that nobody waits for it."""
    _known_characters()
    with _one_at_a_time:
        page = weasyprint.HTML(string="<p>a <b>b</b> <i>c</i></p>", url_fetcher=_fetcher())
        page.write_pdf(font_config=_fonts(), stylesheets=[_faces()])


# Pango's font map is shared between documents and is not made for two threads at once.
_one_at_a_time = RLock()


@cache
def _fonts() -> Any:
    return FontConfiguration()


@cache
def _fetcher() -> OwnFilesOnly:
    static = [Path(folder) for folder in settings.STATICFILES_DIRS]
    return OwnFilesOnly([Path(font_directory), Path(settings.STATIC_ROOT), *static])


@cache
def _faces() -> Any:
    rules = [
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style};'
        f' src: url("{face(name).as_uri()}"); }}'
        for name, weight, style in FACES
    ]
    # The typeface has neither U+2010 nor the rings and squares of nested lists.
    rules.append(f'html {{ font-family: "{FAMILY}"; hyphenate-character: "-"; }}')
    rules.append("ul { list-style-type: disc; }")
    return weasyprint.CSS(
        string="\n".join(rules), font_config=_fonts(), url_fetcher=_fetcher(), base_url=None
    )


def face(name: str) -> Path:
    return Path(font_directory, f"SourceSansPro-{name}.ttf")


def _stylesheet_path(name: str | Path) -> Path:
    found = finders.find(str(name)) if not Path(name).is_absolute() else name
    if not found:
        raise FileNotFoundError(f"Het opmaakblad {name} staat niet in de map static.")
    return Path(str(found))


@lru_cache(maxsize=16)
def _parsed(path: Path, _modified: int) -> Any:
    return weasyprint.CSS(filename=path, font_config=_fonts(), url_fetcher=_fetcher())


def _embedded(data: DataFile, moment: datetime) -> Any:
    return weasyprint.Attachment(
        string=data.content,
        name=data.name,
        description=data.description,
        relationship="Data",
        created=moment,
        modified=moment,
    )


# --- characters ---------------------------------------------------------------------------------


@cache
def _known_characters() -> frozenset[int]:
    """What every upright face has; italics fall back on these within the same family."""
    from fontTools.ttLib import TTFont

    shared = None
    for name in ("Regular", "Semibold", "Bold"):
        with TTFont(face(name)) as font:
            has = frozenset(font.getBestCmap())
        shared = has if shared is None else shared & has
    assert shared is not None
    return shared | frozenset(map(ord, "\t\n\r\f"))


def printable(text: str) -> str:
    """The text with each character our typeface lacks written another way, or as one lozenge.

    Joiners, marks of direction and variation selectors are dropped, so an emoji is one lozenge.
    """
    if text.isascii() and text.isprintable():
        return text
    known, shown = _known_characters(), list[str]()
    for char in unicodedata.normalize("NFC", text):
        if ord(char) in known:
            shown.append(char)
        elif char in ALIKE:
            shown.append(ALIKE[char])
        elif all(ord(part) in known for part in unicodedata.normalize("NFKC", char)):
            shown.append(unicodedata.normalize("NFKC", char))
        elif unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me"):
            continue
        elif shown[-1:] != [UNKNOWN]:
            shown.append(UNKNOWN)
    return "".join(shown)


def _make_printable(root: Any) -> None:
    for element in root.iter():
        if element.text:
            element.text = printable(element.text)
        if element.tail:
            element.tail = printable(element.tail)
        for name, value in element.attrib.items():
            if not (value.isascii() and value.isprintable()):
                element.attrib[name] = printable(value)
        start = element.get("start", "") if element.tag == "ol" else ""
        if start.isdecimal():
            # WeasyPrint reads `start` only together with every other attribute about looks.
            element.set("style", f"counter-reset: list-item {int(start) - 1}")


# --- structure ----------------------------------------------------------------------------------


def _finish(_: Any, pdf: Any) -> None:
    """The last hand, before the file is written."""
    _add_pdfua_identifier(pdf)
    _wrap_list_bodies(pdf)
    pdf.objects[:] = [each if each.free == "f" else _Written(each) for each in pdf.objects]


class _Written(pydyf.Object):
    """An object as the bytes that it is. pydyf makes and compresses those twice: to write them, and
    for the identifier of the file."""

    data = b""
    compressible = False

    def __init__(self, source: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = source.number, source.generation
        self.data, self.compressible = source.data, source.compressible


def _wrap_list_bodies(pdf: Any) -> None:
    """Put what stands in a list item beside its number in an LBody, as PDF/UA asks.

    WeasyPrint does so for bare text only; the editor writes a paragraph in every item.
    """
    by_reference: dict[bytes, Any] = {
        item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary)
    }
    for item in list(by_reference.values()):
        if item.get("S") != "/LI":
            continue
        kids = [by_reference[kid] for kid in item["K"]]
        loose = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
        if not loose:
            continue
        body = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/LBody",
                "K": pydyf.Array([kid.reference for kid in loose]),
                "Pg": item["Pg"],
                "P": item.reference,
            }
        )
        pdf.add_object(body)
        for kid in loose:
            kid["P"] = body.reference
        kept = [kid.reference for kid in kids if kid not in loose]
        item["K"] = pydyf.Array([*kept, body.reference])


# --- PDF/UA identifier --------------------------------------------------------------------------

# WeasyPrint writes one variant; its xmp_metadata option would add a second rdf:RDF, which PDF/A
# forbids. PDF/A also wants the schema of the identifier described.
PDFUA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def _add_pdfua_identifier(pdf: Any) -> None:
    end = b"</rdf:RDF>"
    metadata = next(
        item
        for item in pdf.objects
        if getattr(item, "extra", None) and item.extra.get("Type") == "/Metadata"
    )
    head, found, tail = b"".join(metadata.stream).rpartition(end)
    if not found:
        raise ValueError("The metadata stream has no rdf:RDF to add the PDF/UA identifier to.")
    metadata.stream = [head + PDFUA + found + tail]
