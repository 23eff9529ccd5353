"""Reads a Word file (.docx) into neutral blocks, straight from its XML.

python-docx leaves out tracked insertions, content controls, text boxes and notes; here every
element that holds text is walked. Elements are known by their local name, so that the strict and
the transitional namespace read alike.
"""

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from xml.etree.ElementTree import Element

from governance.importing.blocks import ITEM, Block, Kind, NoteKind, Source
from governance.importing.package import Package, refuse
from governance.importing.styles import Styles, local

_NOTE_PARTS = {
    "footnotes": NoteKind.FOOTNOTE,
    "endnotes": NoteKind.ENDNOTE,
    "comments": NoteKind.COMMENT,
    "header": NoteKind.PAGE_HEADER,
    "footer": NoteKind.PAGE_FOOTER,
}
_NO_TEXT = {"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "instrText"}
_DELETED = {"del", "moveFrom", "delText"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_EMBEDDED = ("word/embeddings/", "word/activex/", "word/afchunk")


def read_docx(data: bytes) -> Source:
    """Blocks of a .docx: the body in order, then notes, page headers and text boxes as notes."""
    package = Package(data)
    main = _main_part(package)
    relations = _relations(package, main)
    source = Source(warnings=_warnings(package, main), file_year=_file_year(package))
    styles = Styles.of(package, relations.get("styles", []))
    walker = _Walker(styles)
    root = package.xml(main)
    for top in root:
        if local(top) == "body":
            source.blocks += walker.blocks(top)
    for kind, note in _NOTE_PARTS.items():
        for name in relations.get(kind, []):
            source.blocks += _notes_of(package.xml(name), note, walker)
    for name in _drawing_parts(package):
        text = "\n".join(part for part in _loose_text(package.xml(name)) if part.strip())
        if text:
            source.blocks.append(Block(Kind.UNREAD, text))
            source.warnings.append(
                "Tekst uit een grafiek of diagram staat bij wat niet gelezen is."
            )
    source.blocks += walker.beside
    if walker.deleted:
        gone = " ".join(" ".join(walker.deleted).split())
        source.warnings.append(
            f"Het bestand bevat doorgehaalde tekst (bijgehouden wijzigingen) die niet is "
            f"overgenomen: ‘{gone}’."
        )
    if walker.embedded:
        source.warnings.append("Een ingevoegd document in het bestand is niet gelezen (altChunk).")
    return source


class _Walker:
    """Walks one document; gathers on the way what stands beside the text."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.beside: list[Block] = []
        self.deleted: list[str] = []
        self.embedded = False

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of a body, cell, note, content control or insertion, in order."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield Block(Kind.TABLE, rows=list(self._rows(element)))
            elif name in _DELETED:
                self._delete(element)
            elif name == "altChunk":
                self.embedded = True
            elif name == "AlternateContent":
                yield from self.blocks(_choice(element))
            elif name in ("r", "t", "hyperlink", "oMathPara", "oMath"):
                text = self.text(element).strip()
                if text:
                    yield Block(Kind.PARAGRAPH, text)
            elif name not in _NO_TEXT:
                yield from self.blocks(element)

    def _rows(self, element: Element) -> Iterator[list[str]]:
        for part in element:
            name = local(part)
            if name == "tr":
                yield list(self._cells(part))
            elif name not in _NO_TEXT and name not in _DELETED:
                yield from self._rows(part)

    def _cells(self, element: Element) -> Iterator[str]:
        for part in element:
            name = local(part)
            if name == "tc":
                inner = (block.all_text().strip() for block in self.blocks(part))
                yield "\n".join(text for text in inner if text)
            elif name not in _NO_TEXT and name not in _DELETED:
                yield from self._cells(part)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        text = re.sub(r"[ \u00a0]+", " ", self.text(element)).strip()
        if not text:
            return
        look = self.styles.look(element)
        if look.title:
            yield Block(Kind.TITLE, text)
        elif look.heading:
            yield Block(Kind.HEADING, text, level=look.heading)
        elif look.item is not None:
            yield Block(Kind.ITEM, text, level=look.item, marker="-")
        else:
            typed = ITEM.match(text)
            if typed and not typed["marker"][:-1].isdigit():
                yield Block(Kind.ITEM, typed["text"], marker=typed["marker"])
            else:
                yield Block(Kind.PARAGRAPH, text, bold=look.bold)

    def text(self, element: Element) -> str:
        """The words inside an element; text boxes go beside, deletions are set apart."""
        name = local(element)
        if name == "t":
            return element.text or ""
        if name in _DELETED:
            self._delete(element)
            return ""
        if name in _BREAKS:
            return _BREAKS[name]
        if name == "txbxContent":
            box = "\n".join(block.all_text().strip() for block in self.blocks(element))
            if box.strip():
                self.beside.append(Block(Kind.NOTE, box, note=NoteKind.TEXT_BOX))
            return ""
        if name == "AlternateContent":
            return self.text(_choice(element))
        if name in _NO_TEXT:
            return ""
        if name == "p" and element.tag.endswith("drawingml/2006/main}p"):
            return "".join(self.text(part) for part in element) + "\n"
        return "".join(self.text(part) for part in element)

    def _delete(self, element: Element) -> None:
        texts = (part.text or "" for part in element.iter() if local(part) in ("t", "delText"))
        text = "".join(texts)
        if local(element) != "moveFrom" and text.strip():
            self.deleted.append(text)


def _choice(element: Element) -> Element:
    """One of the alternatives of a drawing; the others say the same in an older form."""
    options = [part for part in element if local(part) in ("Choice", "Fallback")]
    return options[0] if options else element


def _notes_of(root: Element, kind: NoteKind, walker: _Walker) -> Iterator[Block]:
    """One note for each footnote or comment; a page header or footer is one note whole."""
    parts = [root] if kind in (NoteKind.PAGE_HEADER, NoteKind.PAGE_FOOTER) else list(root)
    for part in parts:
        text = "\n".join(block.all_text().strip() for block in walker.blocks(part))
        if text.strip():
            yield Block(Kind.NOTE, text.strip(), note=kind)


def _loose_text(root: Element) -> Iterator[str]:
    for element in root.iter():
        if local(element) in ("t", "v") and element.text:
            yield element.text


def _drawing_parts(package: Package) -> list[str]:
    """Charts and diagrams hold text of their own."""
    pattern = re.compile(r"^word/(charts/chart[^/]*|diagrams/data[^/]*)\.xml$", re.IGNORECASE)
    return [name for name in package.names if pattern.match(name)]


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            target = normpath(relation.get("Target", "").lstrip("/"))
            if relation.get("Type", "").endswith("/officeDocument") and target in package.names:
                return target
    if "word/document.xml" not in package.names:
        refuse("Het Word-bestand heeft geen tekst (word/document.xml ontbreekt).")
    return "word/document.xml"


def _relations(package: Package, main: str) -> dict[str, list[str]]:
    """The internal parts that the document points to, by the last word of their kind."""
    found: dict[str, list[str]] = {}
    for relation in _relation_elements(package, main):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else join(dirname(main), target)
        name = normpath(path)
        kind = basename(relation.get("Type", ""))
        if name in package.names and name not in found.setdefault(kind, []):
            found[kind].append(name)
    return found


def _relation_elements(package: Package, main: str) -> list[Element]:
    name = f"{dirname(main)}/_rels/{basename(main)}.rels"
    return list(package.xml(name)) if name in package.names else []


def _warnings(package: Package, main: str) -> list[str]:
    """Names what the file points to or carries along; none of it is fetched or opened."""
    warnings, links = [], []
    for name in package.names:
        if not name.lower().startswith("word/") or not name.lower().endswith(".rels"):
            continue
        for relation in package.xml(name):
            if relation.get("TargetMode") != "External":
                continue
            kind, target = basename(relation.get("Type", "")), relation.get("Target", "")
            if kind == "hyperlink":
                links.append(target)
                continue
            template = kind == "attachedTemplate"
            what = "Een sjabloon van buiten" if template else "Een onderdeel van buiten"
            warnings.append(f"{what} is niet opgehaald: {target}")
    if links := list(dict.fromkeys(links)):
        warnings.append(
            "De woorden met een koppeling staan in de tekst, de koppeling zelf niet: "
            f"{', '.join(links)}."
        )
    objects = [basename(name) for name in package.names if name.lower().startswith(_EMBEDDED)]
    if objects:
        warnings.append(f"Ingesloten objecten zijn niet gelezen: {', '.join(objects)}.")
    return list(dict.fromkeys(warnings))


def _file_year(package: Package) -> int | None:
    if "docProps/core.xml" not in package.names:
        return None
    root = package.xml("docProps/core.xml")
    years = {
        local(part): (part.text or "")[:4]
        for part in root
        if local(part) in ("modified", "created")
    }
    year = years.get("modified") or years.get("created") or ""
    return int(year) if year.isdigit() else None
