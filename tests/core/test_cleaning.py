"""A cleaned PDF shows what it showed, on A4, and nothing in it acts."""

import subprocess
from pathlib import Path

import pikepdf
import pytest

from core.converting import Unprintable, sheet
from core.converting.cleaning import DAMAGED, EMPTY, ENCRYPTED, TOO_MANY, clean
from tests.core import hostile_pdfs as hostile

# What makes a PDF do something, as it stands in an uncompressed file.
ACTS = [
    *("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/SubmitForm", "/EmbeddedFile"),
    *("/EF", "/AF", "/Filespec", "/RichMedia", "/XFA", "/AcroForm", "/Widget", "/Names"),
    *("etc/passwd", "verborgen", "app.alert", "/Ref", "/Encrypt"),
]


@pytest.fixture
def cleaned(tmp_path):
    def make(content: bytes) -> Path:
        source = tmp_path / "source.pdf"
        source.write_bytes(content)
        clean(source, tmp_path / "clean.pdf")
        return tmp_path / "clean.pdf"

    return make


def bare(path: Path) -> str:
    """Everything in the file, uncompressed."""
    with pikepdf.open(path) as pdf:
        plain = path.with_name("plain.pdf")
        pdf.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    return plain.read_bytes().decode("latin-1")


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("text", hostile.ACTING)
def test_what_acts_is_gone_and_what_is_shown_stays(text, cleaned):
    path = cleaned(hostile.ACTING[text]())
    found = bare(path)
    assert [act for act in ACTS if act in found and act != "/JS"] == []
    assert hostile.SCRIPT not in found
    with pikepdf.open(path) as pdf:
        assert [sorted(pdf.Root.keys()), len(pdf.pages)] == [["/Pages", "/Type"], 1]
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages}
    assert sizes <= {(0, 0, 595, 842), (0, 0, 842, 595)}
    if text != "Heel groot":  # shown, but far too small to read
        assert text in text_of(path)


def test_a_filled_in_field_and_a_link_to_the_web_stay(cleaned):
    assert "ingevulde waarde" in text_of(cleaned(hostile.form()))
    with pikepdf.open(cleaned(hostile.launch())) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[0].Annots]
        rect = [round(float(side)) for side in pdf.pages[0].Annots[0].Rect]
    assert links == ["https://regio.example/verder"]
    # 72..300 by 690..730 on a sheet at 90,4%, a little to the right and above the foot
    assert rect == [94, 660, 300, 696]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_stays_turned(angle, cleaned):
    pdf = hostile.with_text("Gedraaid")
    pdf.pages[0].rotate(angle, relative=False)
    with pikepdf.open(cleaned(hostile.saved(pdf))) as made:
        box = made.pages[0].mediabox
        assert (float(box[2]) > float(box[3])) == (angle in (90, 270))
        assert "/Rotate" not in made.pages[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (hostile.encrypted(), ENCRYPTED),
        (hostile.without_printing(), ENCRYPTED),
        (hostile.broken(), DAMAGED),
        (hostile.no_pages(), EMPTY),
    ],
)
def test_what_cannot_be_printed_says_why(content, reason, cleaned):
    with pytest.raises(Unprintable) as refused:
        cleaned(content)
    assert str(refused.value) == reason


def test_too_many_pages_are_refused(cleaned, monkeypatch):
    monkeypatch.setattr("core.converting.cleaning.MAX_PAGES", 1)
    with pytest.raises(Unprintable) as refused:
        cleaned(hostile.saved(hostile.with_text("een", "twee")))
    assert str(refused.value) == TOO_MANY


def test_the_same_file_gives_the_same_bytes_and_leaves_head_and_foot_free(cleaned):
    content = hostile.saved(hostile.with_text("een"))
    first = cleaned(content).read_bytes()
    assert cleaned(content).read_bytes() == first
    with pikepdf.open(cleaned(content)) as pdf:
        scale, *_, bottom = (
            float(each) for each in pdf.pages[0].Contents.read_bytes().split()[1:7]
        )
    assert bottom >= sheet.FOOT
    assert bottom + 842 * scale <= sheet.LONG - sheet.HEAD + 0.01
