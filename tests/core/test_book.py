"""A book of own pages and six attachments: bookmarks, links, numbers, text, nothing that acts."""

import hashlib
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from core.book import Insert, anchors, render_own_pages, render_stamp, write_book
from core.converting.cleaning import clean
from tests.core import hostile_pdfs as hostile
from tests.verapdf import assert_valid

CREATED = datetime(2026, 11, 22, 9, tzinfo=UTC)
SHEETS = [1, 3, 2, 1, 4, 2]  # pages of the attachments


def html(numbers) -> str:
    """Two items of a page, each followed by three attachments."""
    lines, parts = [], []
    for item in (1, 2):
        names = [f"b{number}" for number in range(3 * item - 2, 3 * item + 1)]
        lines += [line(f"i{item}", f"Punt {item}", numbers)]
        lines += [line(name, f"Bijlage {name[1:]}", numbers) for name in names]
        parts += [f'<section class="item" id="i{item}"><h2>Punt {item}</h2><p>Eigen tekst.</p>']
        parts += [
            f'<section class="slot" id="{n}"><h3>Bijlage {n[1:]}</h3></section>' for n in names
        ]
        parts += ["</section>"]
    return (
        '<!doctype html><html lang="nl"><head><title>Vergaderbundel</title></head><body><main>'
        f'<h1>Inhoud</h1><ol class="contents">{"".join(lines)}</ol>{"".join(parts)}</main></body>'
        "</html>"
    )


def line(anchor, title, numbers) -> str:
    return (
        f'<li><a href="#{anchor}">{title}</a>'
        f'<span class="contents__page">{numbers.get(anchor, 0)}</span></li>'
    )


@pytest.fixture
def inserts(tmp_path) -> list[Insert]:
    made = []
    for number, pages in enumerate(SHEETS, start=1):
        texts = [f"Bijlage {number} blad {page}" for page in range(1, pages + 1)]
        box = (0, 0, 842, 595) if number == 5 else (0, 0, 595, 842)
        source = hostile.with_text(*texts, box=box)
        source.Root.OpenAction = hostile.script()
        path, target = tmp_path / "source.pdf", tmp_path / f"{number}.pdf"
        source.save(path)
        made.append(Insert(f"b{number}", target, clean(path, target)))
    return made


@pytest.fixture
def book(inserts, tmp_path) -> Path:
    path = tmp_path / "book.pdf"
    with path.open("wb") as file:
        write_book(file, html, inserts, stylesheet="css/book.css", created=CREATED)
    return path


def texts_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_every_page_of_every_attachment_is_there_in_order_with_one_numbering(book):
    pages = texts_of(book)
    assert len(pages) == 3 + sum(SHEETS) == 16
    for number, text in enumerate(pages, start=1):
        assert f"bladzijde {number} van 16" in text
    drawn = [
        f"Bijlage {n} blad {page}"
        for n, most in enumerate(SHEETS, 1)
        for page in range(1, most + 1)
    ]
    own = {0: "Inhoud", 1: "Punt 1", 8: "Punt 2"}
    for place, text in enumerate(pages):
        assert (own.get(place) or drawn.pop(0)) in text
    assert drawn == []


def test_contents_bookmarks_and_links_name_the_same_pages(book):
    starts = {"i1": 2, "b1": 3, "b2": 4, "b3": 7, "i2": 9, "b4": 10, "b5": 11, "b6": 15}
    rows = [row.split() for row in texts_of(book)[0].splitlines() if row.strip()]
    shown = [int(row[2]) for row in rows if row[0] in ("Punt", "Bijlage")]
    with pikepdf.open(book) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        assert {name: place + 1 for name, place in anchors(pdf).items()} == starts
        links = [str(link.Dest) for link in pdf.pages[0].Annots]
        with pdf.open_outline() as outline:
            marks = [
                (
                    mark.title,
                    pages[mark.destination[0].objgen],
                    [(below.title, pages[below.destination[0].objgen]) for below in mark.children],
                )
                for mark in outline.root
            ]
    assert links == list(starts)
    assert shown == list(starts.values())
    assert marks == [
        ("Inhoud", 1, []),
        ("Punt 1", 2, [("Bijlage 1", 3), ("Bijlage 2", 4), ("Bijlage 3", 7)]),
        ("Punt 2", 9, [("Bijlage 4", 10), ("Bijlage 5", 11), ("Bijlage 6", 15)]),
    ]


def test_a_lying_attachment_lies_with_its_title_above_it(book):
    with pikepdf.open(book) as pdf:
        sizes = [round(float(page.mediabox[2])) for page in pdf.pages]
    assert sizes == [595] * 10 + [842] * 4 + [595] * 2
    top = texts_of(book)[10].strip().splitlines()
    assert (top[0].strip(), top[-1].strip()) == ("Bijlage 5", "bladzijde 11 van 16")


def test_nothing_in_it_acts_and_it_claims_no_standard(book):
    with pikepdf.open(book) as pdf:
        assert set(pdf.Root.keys()) == {
            *("/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Names", "/ViewerPreferences"),
            *("/Outlines", "/Lang", "/PageMode"),
        }
        assert list(pdf.Root.Names.keys()) == ["/Dests"]
        assert str(pdf.docinfo["/Title"]) == "Vergaderbundel"
    assert hostile.SCRIPT.encode() not in book.read_bytes()


def test_the_tags_follow_the_pages(book):
    with pikepdf.open(book) as pdf:
        parts = pdf.Root.StructTreeRoot.K[0].K
        assert [part.Pg.objgen for part in parts] == [page.objgen for page in pdf.pages]
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(key) for key in list(numbers)[::2]]
        assert keys == sorted(set(keys))
        slot = pdf.pages[2].obj
        last = list(numbers)[1::2][keys.index(int(slot.StructParents))][-1]
        assert (
            str(last.S),
            f"/MCID {int(last.K[0])}".encode() in slot.Contents[-2].read_bytes(),
        ) == (
            "/P",
            True,
        )


def test_the_same_book_has_the_same_bytes_and_progress_only_grows(inserts):
    told: list[int] = []
    sums = set()
    for _ in range(2):
        out = io.BytesIO()
        write_book(
            out, html, inserts, stylesheet="css/book.css", created=CREATED, report=told.append
        )
        sums.add(hashlib.sha256(out.getvalue()).hexdigest())
    assert len(sums) == 1
    assert told == [25, 35, 46, 57, 68, 79, 90] * 2


def test_our_own_pages_pass_verapdf(inserts):
    own = render_own_pages(html, inserts, stylesheet="css/book.css", created=CREATED)
    assert own.pages == 9
    assert_valid(own.content)


def test_a_slot_that_is_not_there_is_an_error(inserts):
    lost = [*inserts, Insert("weg", inserts[0].path, 1)]
    with pytest.raises(ValueError, match="no place in the book for weg"):
        write_book(io.BytesIO(), html, lost, stylesheet="css/book.css", created=CREATED)


def test_a_stamp_lies_over_every_page(inserts, tmp_path):
    stamp = render_stamp("Geheim. Voor Ğüler", created=CREATED)
    out = io.BytesIO()
    write_book(out, html, inserts, stylesheet="css/book.css", created=CREATED, stamp=stamp)
    (tmp_path / "annex.pdf").write_bytes(out.getvalue())
    pages = texts_of(tmp_path / "annex.pdf")
    assert [text.count("Geheim. Voor Ğüler") >= 1 for text in pages] == [True] * 16
    assert "Bijlage 5 blad 1" in pages[10]
