from governance.importing import read_proposal
from tests.governance.importing.documents import BODIES, PROPOSAL, words_in, words_out


def _read(text, name="stuk.txt"):
    data = text if isinstance(text, bytes) else text.encode()
    return read_proposal(data, name, BODIES).as_json()


def test_a_whole_proposal():
    read = _read(PROPOSAL)
    assert read["subject"] == "Speelplekken in elke wijk"
    assert read["to"] == "Alle wethouders in het AB platform wijken"
    assert read["date"] == "2024-03-04"
    assert [(stop["body_matched"], stop["date"]) for stop in read["route"]] == [
        ("programmateam", "2024-03-04"),
        ("stuurgroep", "2024-03-11"),
        ("aow", "2024-03-14"),
        ("ab", "2024-03-28"),
    ]
    assert [(part["heading"], part["level"], part["text"][:12]) for part in read["sections"]] == [
        ("AANLEIDING", 1, "Kinderen spe"),
        ("Wat er al is", 2, "Drie gemeent"),
        ("BESLISPUNTEN", 1, ""),
        ("ORGANISATIE", 1, "De stuurgroe"),
    ]
    assert read["decision_intro"] == "Wij vragen u in te stemmen met:"
    assert read["decision_points"] == [
        "Een telling van alle speelplekken (zie bijlage 1).",
        "Een bedrag van € 12.500 voor de telling.",
    ]
    assert read["advice"] == [
        {
            "body": "stuurgroep wijken",
            "body_matched": "stuurgroep",
            "date": "2024-02-19",
            "points": ["Begin bij de scholen.", "Vraag het de kinderen zelf.", "Houd het klein."],
        }
    ]
    assert read["sections"][-1]["text"].endswith("Het advies luidde:\n\nDaarna volgt een verslag.")
    assert read["attachments_mentioned"] == ["Een telling van alle speelplekken (zie bijlage 1)."]
    assert read["unread"] == []


def test_its_words_are_counted():
    structure = (
        "Aan Van Datum Onderwerp Status Versie In opdracht van Opgesteld door Te bespreken in "
        "4 maart 2024 4 maart 11 maart 14 maart 28 maart"
    )
    assert words_out(_read(PROPOSAL)) == words_in(PROPOSAL) - words_in(structure)


def test_markdown_tables_headings_and_marks():
    read = _read(
        "# Plan\n\n**Vet** begin.\n\n| Post | Euro |\n|------|-----:|\n| Bal | 1 \\| 2 |\n"
    )
    assert read["sections"] == [
        {
            "heading": "Plan",
            "level": 1,
            "text": "Vet begin.\n\n| Post | Euro |\n| Bal | 1 \\| 2 |",
        }
    ]


def test_code_and_markup_in_the_text_stay_text():
    text = "{{7*7}} en <script>alert(1)</script> en file:///etc/passwd staan hier."
    assert _read(text)["sections"][0]["text"] == text


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    line = "Dit is een regel die precies zo lang is als een getypte regel"
    assert _read(f"AANHEF\n\n{line}\n{line}\nen klaar.")["sections"][0]["text"] == (
        f"{line} {line} en klaar."
    )


def test_windows_text_is_read_with_a_warning():
    read = _read("Cliënten krijgen meer hulp.".encode("cp1252"))
    assert read["sections"][0]["text"] == "Cliënten krijgen meer hulp."
    assert "niet in UTF-8" in read["warnings"][0]


def test_utf16_and_a_byte_order_mark_are_read():
    assert _read("Één plan.".encode("utf-16"))["sections"][0]["text"] == "Één plan."
    assert _read("Één plan.".encode("utf-8-sig"))["sections"][0]["text"] == "Één plan."


def test_a_second_document_in_the_file_is_set_apart():
    second = PROPOSAL.replace("Speelplekken", "Fietsroutes")
    read = _read(f"{PROPOSAL}\n\n{second}")
    assert read["subject"] == "Speelplekken in elke wijk"
    assert len(read["decision_points"]) == 2
    warning = next(text for text in read["warnings"] if "twee stukken" in text)
    assert "‘Aan: Alle wethouders in het AB platform wijken’" in warning
    assert any("Fietsroutes in elke wijk" in text for text in read["unread"])
    structure = (
        "Aan Van Datum Onderwerp Status Versie In opdracht van Opgesteld door Te bespreken in "
        "4 maart 2024 4 maart 11 maart 14 maart 28 maart"
    )
    assert words_out(read) == words_in(PROPOSAL, second) - words_in(structure)


def test_a_letterhead_a_footnote_and_a_signature_are_notes():
    read = _read(
        "AANLEIDING\n\nHet plan begint hier en gaat verder op de volgende bladzijde, want het\n\n"
        "Regio Wijken\n\nPostbus 12\n\n1234 AB Stad\n\n¹ Zie het verslag.\n\n"
        "papier was vol¹.\n\nAnna van Voorbeeld\n\nBeleidsadviseur\n"
    )
    assert [(note["kind"], note["text"]) for note in read["notes"]] == [
        ("letterhead", "Regio Wijken\nPostbus 12\n1234 AB Stad"),
        ("footnote", "¹ Zie het verslag."),
        ("signature", "Anna van Voorbeeld\nBeleidsadviseur"),
    ]
    assert [part["text"] for part in read["sections"]] == [
        "Het plan begint hier en gaat verder op de volgende bladzijde, want het papier was vol¹."
    ]
