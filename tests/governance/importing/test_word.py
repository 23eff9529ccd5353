"""Word files: no word is lost, whatever element it stands in."""

from docx import Document

from governance.importing import read_proposal
from tests.governance.importing.documents import (
    BODIES,
    package,
    paragraph,
    saved,
    words_in,
    words_out,
)


def _read(data):
    return read_proposal(data, "stuk.docx", BODIES).as_json()


def _proposal():
    document = Document()
    document.add_paragraph("Procesvoorstel spelen", style="Title")
    table = document.add_table(rows=0, cols=3)
    for cells in (
        ("Afzender", "Programmateam wijken", ""),
        ("Betreft", "Speelplekken", ""),
        ("Datum", "23-6-2021", ""),
        ("Kenmerk", "77-2021", ""),
        ("Bespreken in", "Programmateam", "23-06-21"),
        ("", "Stuurgroep wijken", "2021-06-30"),
        ("", "AOW (ambtelijk overleg wijken)", "juli"),
        ("", "Raad van Spelen", "14 juli"),
    ):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("Aanleiding", 1)
    document.add_paragraph("Kinderen spelen minder buiten.")
    document.add_heading("Stand van zaken", 2)
    document.add_paragraph("Drie gemeenten hebben een plan.")
    document.add_heading("Gevraagd besluit", 1)
    document.add_paragraph("Stem in met:")
    document.add_paragraph("een telling", style="List Number")
    document.add_paragraph("een bedrag", style="List Number")
    document.sections[0].header.paragraphs[0].text = "Regio Wijken"
    document.sections[0].footer.paragraphs[0].text = "Bladzijde een"
    return saved(document)


def test_a_proposal_with_styles_and_a_header_table():
    read = _read(_proposal())
    assert (read["subject"], read["from"]) == ("Speelplekken", "Programmateam wijken")
    assert (read["date"], read["case_number"]) == ("2021-06-23", "77-2021")
    assert [
        (stop["body_matched"], stop["date"], stop["date_inferred"]) for stop in read["route"]
    ] == [
        ("programmateam", "2021-06-23", False),
        ("stuurgroep", "2021-06-30", False),
        ("aow", None, False),
        (None, "2021-07-14", True),
    ]
    assert any("‘Raad van Spelen’ is in deze regio niet bekend" in w for w in read["warnings"])
    assert any("‘juli’ bij AOW" in w for w in read["warnings"])
    assert [(part["heading"], part["level"]) for part in read["sections"]] == [
        ("Aanleiding", 1),
        ("Stand van zaken", 2),
        ("Gevraagd besluit", 1),
    ]
    assert read["decision_points"] == ["een telling", "een bedrag"]
    assert [(note["kind"], note["text"]) for note in read["notes"]] == [
        ("title", "Procesvoorstel spelen"),
        ("page_header", "Regio Wijken"),
        ("page_footer", "Bladzijde een"),
    ]
    assert read["unread"] == ["juli"]


def test_insertions_controls_text_boxes_and_notes_are_read_once():
    box = "<w:txbxContent>" + paragraph("woord9 in een vak") + "</w:txbxContent>"
    body = (
        paragraph("woord1 gewoon.")
        + "<w:p><w:r><w:t>voor </w:t></w:r><w:ins><w:r><w:t>woord2</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        + f"<w:sdt><w:sdtContent>{paragraph('woord3 in een veld.')}</w:sdtContent></w:sdt>"
        + f"<w:ins>{paragraph('woord4 als alinea.')}</w:ins>"
        + "<w:p><w:sdt><w:sdtContent><w:r><w:t>woord5</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t> woord6</w:t></w:r></w:hyperlink>"
        "<w:fldSimple><w:r><w:t> woord7</w:t></w:r></w:fldSimple></w:p>"
        + "<w:p><w:r><w:t>woord8 </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
        + "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>"
        + paragraph("woord10")
        + "</w:tc></w:sdtContent></w:sdt><w:tc>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('woord11')}</w:tc></w:tr></w:tbl>"
        + "</w:tc></w:tr></w:tbl>"
        + "<w:p><w:moveFrom><w:r><w:t>woord12</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>woord12</w:t></w:r></w:moveTo></w:p>"
    )
    read = _read(
        package(
            body,
            parts={
                "footnotes": f"<w:footnote w:id='2'>{paragraph('woord13')}</w:footnote>",
                "endnotes": f"<w:endnote w:id='2'>{paragraph('woord14')}</w:endnote>",
                "comments": f"<w:comment w:id='1'>{paragraph('woord15')}</w:comment>",
                "header1": paragraph("woord16"),
                "footer1": paragraph("woord17"),
                "footer2": paragraph("woord18"),
            },
        )
    )
    assert words_out(read) == words_in(
        "gewoon voor in een veld als alinea in een vak",
        " ".join(f"woord{n}" for n in range(1, 19)),
    )
    assert any("doorgehaalde tekst" in w and "‘weg’" in w for w in read["warnings"])
    assert {note["kind"] for note in read["notes"]} == {
        *("footnote", "endnote", "comment", "page_header", "page_footer", "text_box"),
    }
    assert read["unread"] == []


def test_a_nested_table_keeps_its_words_in_the_cell():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('binnen')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('buiten')}{inner}</w:tc></w:tr></w:tbl>"
    assert _read(package(body))["sections"][0]["text"] == "| buiten binnen |"


def test_the_strict_form_of_word_reads_the_same():
    data = package(paragraph("Strikt woord."))
    strict = package(
        paragraph("Strikt woord."),
        extra={
            "word/document.xml": (
                '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
                f"<w:body>{paragraph('Strikt woord.')}</w:body></w:document>"
            ).encode()
        },
    )
    assert _read(strict)["sections"] == _read(data)["sections"]


def test_typed_capitals_are_headings_without_styles():
    body = "".join(
        paragraph(text)
        for text in ("AANLEIDING", "Er is een plan.", "Wie doet wat", "Ieder doet mee.")
    )
    assert [(part["heading"], part["level"]) for part in _read(package(body))["sections"]] == [
        ("AANLEIDING", 1),
        ("Wie doet wat", 2),
    ]


def test_what_lies_outside_is_named_and_not_fetched():
    read = _read(
        package(
            paragraph("Tekst."),
            external=[
                ("hyperlink", "https://voorbeeld.test/stuk"),
                ("attachedTemplate", "http://voorbeeld.test/sjabloon.dotm"),
                ("image", "file:///etc/passwd"),
            ],
            extra={"word/embeddings/oleObject1.bin": b"\0\1"},
        )
    )
    assert [w for w in read["warnings"] if "niet opgehaald" in w or "niet gelezen" in w] == [
        "Een sjabloon van buiten is niet opgehaald: http://voorbeeld.test/sjabloon.dotm",
        "Een onderdeel van buiten is niet opgehaald: file:///etc/passwd",
        "Ingesloten objecten zijn niet gelezen: oleObject1.bin.",
    ]
    assert words_out(read) == words_in("Tekst")
