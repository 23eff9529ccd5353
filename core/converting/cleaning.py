"""A PDF that can do nothing: every page drawn anew on an empty sheet.

What is not drawn stays behind by itself: scripts, actions, forms, embedded files, media, layers,
comments that do not print. Of the annotations only links to the web come back. What hangs on the
drawn parts themselves is taken off by name.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Rectangle, String

from core.converting import Unprintable, sheet

ENCRYPTED = "Deze PDF is beveiligd. Sla hem op zonder wachtwoord en voeg hem opnieuw toe."
DAMAGED = "Deze PDF is beschadigd. Open hem, sla hem opnieuw op en voeg hem opnieuw toe."
EMPTY = "Deze PDF heeft geen pagina's."
TOO_MANY = "Dit bestand heeft meer dan 1.000 pagina's. Dat is te veel voor een bundel."
MAX_PAGES = 1_000
WEB = ("http://", "https://", "mailto:")
A4 = (0.0, 0.0, sheet.SHORT, sheet.LONG)
OTHER_BOXES = ("/TrimBox", "/ArtBox", "/BleedBox")

# Doors out of a drawn part: outside files, what replaces it elsewhere, layers, notes of programs.
DOORS = {
    *("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Alternates", "/AF", "/OC"),
    *("/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/AA", "/A", "/Annots"),
}
DRAWN = {
    *("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"),
    "/Properties",
}

WebLink = tuple[list[float], str]


def clean(source: Path, target: Path) -> int:
    """Write the cleaned PDF to `target` and give its pages; raises Unprintable with the reason."""
    try:
        with pikepdf.open(source, suppress_warnings=True) as old, pikepdf.new() as new:
            if old.is_encrypted:
                raise Unprintable(ENCRYPTED)
            _refuse_number(len(old.pages))
            links = [list(_web_links(page)) for page in old.pages]
            _flatten(old)
            for page, of_page in zip(old.pages, links, strict=True):
                _redraw(page, of_page, new)
            _scrub(new)
            return sheet.save(new, target)
    except pikepdf.PasswordError:
        raise Unprintable(ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise Unprintable(DAMAGED) from None


def _refuse_number(pages: int) -> None:
    if not pages:
        raise Unprintable(EMPTY)
    if pages > MAX_PAGES:
        raise Unprintable(TOO_MANY)


def _flatten(old: pikepdf.Pdf) -> None:
    """Make part of the page what stands in form fields and in comments that print."""
    if "/AcroForm" in old.Root:
        with suppress(pikepdf.PdfError, RuntimeError):
            old.generate_appearance_streams()
    old.flatten_annotations("print")


def _web_links(page: pikepdf.Page) -> Iterator[WebLink]:
    annotations = page.obj.get("/Annots", Array())
    for each in annotations if isinstance(annotations, Array) else ():
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            address = str(each.A.URI)
            is_link = each.Subtype == Name.Link and each.A.S == Name.URI
            if is_link and address.lower().startswith(WEB):
                yield [float(side) for side in each.Rect], address


def _redraw(page: pikepdf.Page, links: list[WebLink], new: pikepdf.Pdf) -> None:
    _mend_boxes(page)
    form = new.copy_foreign(page.as_form_xobject())
    own = Matrix(form.Matrix) if "/Matrix" in form else Matrix()
    shown = sheet.moved(form.BBox, own)
    # Do applies the form's own matrix, so the sheet only brings its corner to the origin.
    corner = Matrix(1, 0, 0, 1, -shown.llx, -shown.lly)
    place = sheet.draw(new, form, shown.width, shown.height, corner)
    found = [_link(sheet.moved(rect, own @ place), address) for rect, address in links]
    if found:
        new.pages[-1].obj.Annots = Array(found)


def _mend_boxes(page: pikepdf.Page) -> None:
    """Show what a reader shows (the crop box); a page without a sensible size becomes A4."""
    for name in OTHER_BOXES:
        if name in page.obj:
            del page.obj[name]
    try:
        box = Rectangle(*(float(side) for side in page.cropbox))
        sensible = box.width >= 1 and box.height >= 1
    except (ValueError, TypeError, AttributeError, pikepdf.PdfError):
        sensible = False
    if not sensible:
        page.obj.MediaBox = page.obj.CropBox = Array(A4)


def _link(box: Rectangle, address: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[box.llx, box.lly, box.urx, box.ury],
        Border=[0, 0, 0],
        A=Dictionary(S=Name.URI, URI=String(address)),
    )


def _scrub(new: pikepdf.Pdf) -> None:
    """Close the doors of what was drawn. Sheets and links are our own and stay as they are."""
    for found in list(new.objects):
        if isinstance(found, pikepdf.Stream):
            if found.get("/Subtype") == Name.PS:
                found.write(b"")
            _drop(found, DOORS)
        if isinstance(found, pikepdf.Stream | Dictionary):
            resources = found.get("/Resources")
            if isinstance(resources, Dictionary):
                _drop(resources, set(resources.keys()) - DRAWN)
                if "/Properties" in resources:
                    names = resources.Properties.keys()
                    resources.Properties = Dictionary({name: Dictionary() for name in names})


def _drop(thing: Any, names: set[str]) -> None:
    for name in names & set(thing.keys()):
        del thing[name]
