"""One PDF out of many: pages of our own, and the printable forms of files between them.

Our own pages are one HTML page, so bookmarks, links and tags are WeasyPrint's. Where a file comes,
that HTML has a slot: an element with an id on a page of its own, with the title in its head
margin. The first page of the file is drawn under that title and the others follow. Because the
contents name page numbers of the whole, our own pages are rendered twice.

A file that others made is drawn, not read: its pages are tagged as one paragraph each, so the book
claims no PDF/A or PDF/UA; our own pages pass both.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Array, Dictionary, Name

from core.booktags import Tags
from core.pagenumbers import FONT, add_font, number_line
from core.pdf import Pdf, render_pdf

DRAWN, STAMP = "/Bijlage", "/Stempel"
ROUNDS = 4
HALFWAY, WRITING = 25, 90  # percent done when our own pages are there, and when files are in


@dataclass(frozen=True)
class Insert:
    """The printable form of a file, and the id of the element whose page it comes on."""

    anchor: str
    path: Path
    pages: int


Numbers = Mapping[str, int]
Render = Callable[[Numbers], str]


def write_book(
    file: BinaryIO,
    render: Render,
    inserts: Sequence[Insert],
    *,
    stylesheet: str,
    created: datetime,
    report: Callable[[int], None] = lambda percent: None,
    stamp: Pdf | None = None,
) -> int:
    """Write the book into an open file and give its pages; the same bytes for the same input.

    `render(numbers)` makes the HTML of our own pages, where `numbers` are the page of each id in
    the whole. `stamp` (an upright and a lying sheet) is laid over every page.
    """
    own = render_own_pages(render, inserts, stylesheet=stylesheet, created=created)
    report(HALFWAY)
    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.open(io.BytesIO(own.content)))
        tags = Tags(book)
        places = anchors(book)
        # From the back, so that places in front stay as they are.
        ordered = sorted(inserts, key=lambda insert: places[insert.anchor], reverse=True)
        for done, insert in enumerate(ordered, start=1):
            # Streams are read when the book is written: each file stays open until then.
            source = opened.enter_context(
                pikepdf.open(insert.path, access_mode=pikepdf.AccessMode.stream)
            )
            _put_in(book, places[insert.anchor], source, tags)
            report(HALFWAY + (WRITING - HALFWAY) * done // len(ordered))
        tags.finish()
        _lay_over(
            book, opened.enter_context(pikepdf.open(io.BytesIO(stamp.content))) if stamp else None
        )
        _tidy(book)
        book.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(book.pages)


def render_own_pages(
    render: Render, inserts: Sequence[Insert], *, stylesheet: str, created: datetime
) -> Pdf:
    """Our own pages, with the page numbers of the whole in them. Raises ValueError when a number
    moves what it counts, or a slot is not there."""
    numbers: Numbers = {}
    for _ in range(ROUNDS):
        made = render_pdf(render(numbers), stylesheet=stylesheet, created=created)
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            found = _numbers(anchors(pdf), inserts)
        if found == numbers:
            return made
        numbers = found
    raise ValueError("the page numbers of the book do not come to rest")


def render_stamp(text: str, *, created: datetime) -> Pdf:
    """A line of text to lay over every page: an upright sheet and a lying one."""
    page = render_to_string("core/book_stamp.html", {"text": text})
    return render_pdf(page, stylesheet="css/stamp.css", created=created)


def anchors(pdf: pikepdf.Pdf) -> dict[str, int]:
    """On which page, from 0, each element with an id begins."""
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    return {str(name): pages[target[0].objgen] for name, target in names.items()}


def _numbers(places: dict[str, int], inserts: Sequence[Insert]) -> dict[str, int]:
    missing = [insert.anchor for insert in inserts if insert.anchor not in places]
    if missing:
        raise ValueError(f"no place in the book for {', '.join(missing)}")
    extra = [(places[insert.anchor], insert.pages - 1) for insert in inserts]
    return {
        anchor: place + 1 + sum(pages for slot, pages in extra if slot < place)
        for anchor, place in places.items()
    }


# --- pages ---------------------------------------------------------------------------------------


def _put_in(book: pikepdf.Pdf, place: int, source: pikepdf.Pdf, tags: Tags) -> None:
    """Draw the first page of a file on its slot, under the title, and add the others behind it."""
    slot = book.pages[place]
    _draw_under_title(book, slot, source.pages[0], tags.add_text(slot.obj))
    before, after = book.make_stream(b"/P <</MCID 0>> BDC"), book.make_stream(b"EMC")
    for offset, page in enumerate(list(source.pages)[1:], start=1):
        book.pages.insert(place + offset, page)
        added = book.pages[place + offset].obj
        added.Contents = Array([before, added.Contents, after])
        tags.add_page(added, behind=book.pages[place + offset - 1].obj)


def _draw_under_title(book: pikepdf.Pdf, slot: pikepdf.Page, first: pikepdf.Page, tag: int) -> None:
    """The sheet lies when the page of the file does; its title then comes down with it."""
    upright, box = float(slot.mediabox[3]), [float(side) for side in first.mediabox]
    title = book.make_stream(b"q 1 0 0 1 0 %.3f cm" % (box[3] - upright))
    slot.obj.MediaBox = Array(box)
    _drop(slot.obj, "/BleedBox", "/TrimBox")
    # A sheet of a printable form is 'q <matrix> cm /P Do Q', and no more: converting/sheet.py.
    draws = first.obj.Contents.read_bytes().replace(b"/P Do", DRAWN.encode() + b" Do")
    drawn = book.make_stream(b"Q /P <</MCID %d>> BDC %s EMC" % (tag, draws))
    slot.obj.Contents = Array([title, *_contents(slot), drawn])
    _own(slot, "/XObject")[DRAWN] = book.copy_foreign(first.obj.Resources.XObject.P)
    if "/Annots" in first.obj:
        slot.obj.Annots = Array([_web_link(link) for link in first.obj.Annots])


def _lay_over(book: pikepdf.Pdf, stamp: pikepdf.Pdf | None) -> None:
    """The number in the foot of every page, and over it the stamp of the reader."""
    font, total, start = add_font(book), len(book.pages), book.make_stream(b"q")
    sheets = [book.copy_foreign(page.as_form_xobject()) for page in stamp.pages] if stamp else []
    for number, page in enumerate(book.pages, start=1):
        width, height = float(page.mediabox[2]), float(page.mediabox[3])
        over = b"Q " + number_line(number, total, width)
        _own(page, "/Font")[FONT] = font
        if sheets:
            _own(page, "/XObject")[STAMP] = sheets[width > height]
            over += b" /Artifact BMC q %s Do Q EMC" % STAMP.encode()
        page.obj.Contents = Array([start, *_contents(page), book.make_stream(over)])


def _own(page: pikepdf.Page, kind: str) -> Any:
    """The fonts or drawings of one page: pages share them, so each gets its own list to add to."""
    resources: Any = page.obj.Resources
    page.obj.Resources = Dictionary(resources)
    shared: Any = page.obj.Resources.get(kind, Dictionary())
    page.obj.Resources[kind] = Dictionary(shared)
    return page.obj.Resources[kind]


def _web_link(link: Any) -> Any:
    """A link of another PDF as one of this PDF."""
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([float(side) for side in link.Rect]),
        Border=Array([0, 0, 0]),
        A=Dictionary(S=Name.URI, URI=pikepdf.String(str(link.A.URI))),
    )


def _contents(page: pikepdf.Page) -> list[Any]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, Array) else [contents]


def _tidy(book: pikepdf.Pdf) -> None:
    """Open with the bookmarks; claim no standard that the pages of others do not keep."""
    _drop(book.Root, "/Metadata", "/OutputIntents")
    book.Root.PageMode = Name.UseOutlines


def _drop(thing: Any, *names: str) -> None:
    for name in names:
        if name in thing:
            del thing[name]
