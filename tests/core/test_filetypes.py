import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import filetypes
from core.filetypes import NotAllowed, recognise, sniff
from core.models import StoredFile
from tests.core import files_of_every_kind as made

Kind = StoredFile.Kind
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
HIDDEN = b"".join(made.pdf().partition(b"\n")[:2]) + made.zipped({"a": "b"})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.pdf(), Kind.PDF),
        (made.word(), Kind.DOCX),
        (made.office("docx"), Kind.DOCX),
        (made.office("xlsx"), Kind.XLSX),
        (made.office("pptx"), Kind.PPTX),
        (made.odt(), Kind.ODT),
        (made.png(), Kind.PNG),
        (made.jpeg(), Kind.JPEG),
        ("Eén voorstel\r\n".encode(), Kind.TEXT),
    ],
)
def test_each_kind_is_known_by_its_content(content, kind):
    file = io.BytesIO(content)
    assert recognise(file) == kind
    assert file.tell() == 0


SHEET = "post;2024\r\nDoorlopende kosten één;€ 5\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_a_table_where_sheets_are_asked_for(encoding):
    file = io.BytesIO(SHEET.encode(encoding))
    assert recognise(file, sheets=True) == Kind.CSV
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"post;1\0", b"MZ\x90\x00" + b"\0" * 200, b"caf\x81;1", b" " + made.pdf()),
        *(b"\xff\xfe\x01\x00", b"\xff\xfea", made.zipped({"a": "b"}), b"a;b\n" + made.word()),
    ],
)
def test_what_is_no_text_is_no_table_either(content):
    with pytest.raises(NotAllowed):
        recognise(io.BytesIO(content), sheets=True)


def test_a_workbook_stays_a_workbook_where_sheets_are_asked_for():
    assert recognise(io.BytesIO(made.office("xlsx")), sheets=True) == Kind.XLSX


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", filetypes.UNKNOWN),
        (b"\x00\x01\x02", filetypes.UNKNOWN),
        ("é".encode("latin-1"), filetypes.UNKNOWN),
        (b" " + made.pdf(), filetypes.UNKNOWN),
        (made.zipped({"a": "b"}), filetypes.UNKNOWN),
        (made.odt("application/vnd.oasis.opendocument.spreadsheet"), filetypes.UNKNOWN),
        (made.office("docx", content_type="text/xml"), filetypes.UNKNOWN),
        (made.encrypted_pdf(), filetypes.ENCRYPTED),
        (made.encrypted_pdf(user=""), filetypes.ENCRYPTED),
        (made.odt(manifest="<m><encryption-data/></m>"), filetypes.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, filetypes.OLD_OFFICE),
        (made.office("docx", content_type=MACRO_TYPE), filetypes.MACROS),
        (made.office("xlsx", extra={"xl/vbaProject.bin": "x"}), filetypes.MACROS),
        (made.odt(extra={"Basic/script.xml": "x"}), filetypes.MACROS),
        (HIDDEN, filetypes.TWO_THINGS),
        (made.pdf() + made.office("docx"), filetypes.TWO_THINGS),
        (made.office("docx") + made.pdf(), filetypes.TWO_THINGS),
        (made.zipped({"%PDF-1.4": made.pdf()}), filetypes.TWO_THINGS),
        (made.png() + b"<script>", filetypes.TWO_THINGS),
        (made.jpeg() + made.office("docx"), filetypes.TWO_THINGS),
        (b"%PDF-1.7\nniets", filetypes.DAMAGED),
        (made.png()[:-12], filetypes.DAMAGED),
        (made.jpeg()[:8], filetypes.DAMAGED),
        (b"PK\x03\x04" + b"x" * 100, filetypes.DAMAGED),
        (made.office("docx", extra={"../../weg": "x"}), filetypes.DAMAGED),
        (
            made.zipped({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            filetypes.DAMAGED,
        ),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_its_reason(content, reason):
    with pytest.raises(NotAllowed) as caught:
        recognise(io.BytesIO(content))
    assert str(caught.value) == reason
    assert sniff(io.BytesIO(content)) is None


@pytest.mark.parametrize(
    "extra",
    [
        {"word/bomb.xml": b"\0" * 20_000_000},
        {f"word/{n}.xml": "" for n in range(filetypes.MAX_MEMBERS + 1)},
    ],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(extra):
    members = {"[Content_Types].xml": "<Types/>", **extra}
    bomb = made.zipped(members, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(NotAllowed, match="uitgepakt"):
        recognise(io.BytesIO(bomb))


def test_a_picture_of_too_many_pixels_is_refused():
    for content in made.png(60_000, 60_000), made.jpeg(60_000, 60_000):
        with pytest.raises(NotAllowed, match="te groot"):
            recognise(io.BytesIO(content))


starts = st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
SAMPLES = {"word": made.word(), "pdf": made.pdf(), "png": made.png(), "odt": made.odt()}


@given(starts, st.binary(max_size=200))
def test_any_bytes_are_judged_without_failing(start, rest):
    assert sniff(io.BytesIO(start + rest)) in {None, *Kind}


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 40_000), st.binary(max_size=4))
@example("word", 60, b"\xff\xff")
def test_any_damage_is_judged_without_failing(name, place, junk):
    content = SAMPLES[name]
    damaged = content[: place % len(content)] + junk + content[place % len(content) + 4 :]
    assert sniff(io.BytesIO(damaged)) in {None, *Kind}
