"""Word files as people really make them: styles in the header, text between points, many points."""

from docx import Document

from governance.importing import read_proposal
from tests.governance.importing.documents import BODIES, package, paragraph, saved, words_out

ROUTE = [("Te bespreken in:", "Programmateam", "4 maart"), ("", "AOW", "14 maart")]


def _read(document):
    data = document if isinstance(document, bytes) else saved(document)
    return read_proposal(data, "stuk.docx", BODIES).as_json()


def test_a_subject_in_a_heading_style_does_not_end_the_header():
    document = Document()
    document.add_paragraph("Datum: 4 maart 2024")
    document.add_paragraph("Onderwerp:")
    document.add_heading("SPEELPLEKKEN IN ELKE WIJK", level=1)
    table = document.add_table(rows=0, cols=3)
    for row in ROUTE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Aanleiding", level=1)
    document.add_paragraph("Er is een plan.")
    read = _read(document)
    assert read["subject"] == "SPEELPLEKKEN IN ELKE WIJK"
    assert [stop["date"] for stop in read["route"]] == ["2024-03-04", "2024-03-14"]
    assert [part["heading"] for part in read["sections"]] == ["Aanleiding"]


def test_a_title_in_the_middle_of_the_header_stands_beside_the_text():
    document = Document()
    document.add_paragraph("Aan: de leden")
    document.add_heading("Concept voor het AOW", level=2)
    document.add_paragraph("Onderwerp: Spelen")
    document.add_paragraph("Er is een plan.")
    read = _read(document)
    assert (read["to"], read["subject"]) == ("de leden", "Spelen")
    assert {"kind": "title", "text": "Concept voor het AOW"} in read["notes"]


def test_text_between_two_points_belongs_to_the_one_above_it_and_is_said():
    document = Document()
    document.add_heading("Beslispunten", level=1)
    document.add_paragraph("Wij vragen u:")
    document.add_paragraph("Een telling te houden.", style="List Number")
    document.add_paragraph("Toelichting: in alle wijken tegelijk.")
    document.add_paragraph("Daarvoor geld vrij te maken.", style="List Number")
    document.add_paragraph("Daarna volgt een verslag.")
    read = _read(document)
    assert read["decision_points"] == [
        "Een telling te houden.\nToelichting: in alle wijken tegelijk.",
        "Daarvoor geld vrij te maken.",
    ]
    assert read["sections"][0]["text"] == "Daarna volgt een verslag."
    assert any("Tussen de beslispunten staat tekst" in text for text in read["warnings"])


def test_three_hundred_points_stay_three_hundred():
    lines = "\n".join(f"{number}. Punt {number} van de lijst." for number in range(1, 301))
    read = read_proposal(f"BESLISPUNTEN\n\n{lines}".encode(), "stuk.txt", BODIES).as_json()
    assert len(read["decision_points"]) == 300
    assert read["decision_points"][-1] == "Punt 300 van de lijst."


def test_links_are_one_warning_however_many_there_are():
    links = [("hyperlink", f"https://voorbeeld.test/{n}") for n in range(3)]
    read = _read(package(paragraph("Tekst."), external=links))
    named = [text for text in read["warnings"] if "koppeling" in text]
    assert named == [
        "De woorden met een koppeling staan in de tekst, de koppeling zelf niet: "
        "https://voorbeeld.test/0, https://voorbeeld.test/1, https://voorbeeld.test/2."
    ]


def test_a_second_document_is_one_piece_to_move():
    one = "Aan: de leden\nVan: het team\nOnderwerp: {}\n\nAANLEIDING\n\n" + "Er is een plan. " * 20
    text = one.format("Spelen") + "\n\n" + one.format("Fietsen")
    read = read_proposal(text.encode(), "stuk.txt", BODIES).as_json()
    assert len(read["unread"]) == 1
    assert words_out(read)["Fietsen"] == 1


def test_a_short_label_without_its_colon_is_no_stop_of_the_route():
    text = "Te bespreken in: Programmateam 4 maart 2024; AOW 14 maart 2024\nVersie 0.3\nAan: leden"
    read = read_proposal(f"{text}\n\nAANLEIDING\n\nTekst.".encode(), "a.txt", BODIES).as_json()
    assert (len(read["route"]), read["version"], read["to"]) == (2, "0.3", "leden")
