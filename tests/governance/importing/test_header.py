"""The header in other words, orders and forms."""

from datetime import UTC, datetime

import pytest

from core import clock
from governance.importing import read_proposal
from tests.governance.importing.documents import BODIES, package, paragraph, words_in, words_out

BODY = "\n\nAANLEIDING\n\nDe kinderen spelen buiten.\n"


def _read(head):
    return read_proposal((head + BODY).encode(), "stuk.txt", BODIES).as_json()


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Aan : het platform", "to", "het platform"),
        ("T.a.v.: de leden", "to", "de leden"),
        ("AFZENDER: het team", "from", "het team"),
        ("Betreft\tSpelen", "subject", "Spelen"),
        ("Titel: Spelen", "subject", "Spelen"),
        ("Versienummer: 0.3", "version", "0.3"),
        ("Opdrachtgever: AB", "commissioned_by", "AB"),
        ("Opsteller: adviseur", "drafted_by", "adviseur"),
        ("Ons kenmerk: 12/34", "case_number", "12/34"),
        ("Zaaknummer : 99-2024", "case_number", "99-2024"),
        ("Dagtekening: 1 mei 2024", "date", "2024-05-01"),
    ],
)
def test_labels_in_other_words(line, key, value):
    assert _read(f"Status: concept\n{line}")[key] == value


def test_any_order_and_a_label_without_its_colon():
    read = _read("Datum: 1 mei 2024\nOnderwerp: Spelen\nVan: het team\nAan Alle wethouders")
    assert [read[key] for key in ("to", "from", "subject", "date")] == [
        *("Alle wethouders", "het team", "Spelen", "2024-05-01"),
    ]
    read = _read("Aan Alle wethouders\nVan: het team\nDatum: 1 mei 2024")
    assert read["to"] == "Alle wethouders"


def test_a_value_on_the_line_below():
    read = _read("Aan:\n\nde leden\n\nVan: het team\n\nOnderwerp:\n\nEEN LANGE TITEL")
    assert (read["to"], read["from"], read["subject"]) == (
        "de leden",
        "het team",
        "EEN LANGE TITEL",
    )


def test_an_empty_label_leaves_its_key_empty():
    read = _read("Aan :\nVan : het team\nBetreft : Spelen")
    assert (read["to"], read["from"]) == ("", "het team")


def test_what_the_header_holds_besides_is_unread_and_named():
    read = _read("Aan: de leden\nPortefeuille: Jeugd en spel\nVan: het team\nVan: een ander")
    assert read["unread"] == ["Portefeuille: Jeugd en spel", "een ander"]
    assert any("Portefeuille: Jeugd en spel" in warning for warning in read["warnings"])


@pytest.mark.parametrize(
    "route",
    [
        "Bespreken in: Programmateam 4 maart; AOW 14 maart",
        "Route: Programmateam (4 maart) -> AOW (14 maart)",
        "Te behandelen in: Programmateam 4 maart, AOW 14 maart",
        "Te bespreken in:\n- Programmateam, 4 maart\n- AOW, maandag 14 maart",
        "| Te bespreken in: | Programmateam | 4 maart |\n| | AOW | 14 maart |",
        "| Overleg | Datum |\n|---|---|\n| Programmateam | 4-3-2022 |\n| AOW | 14-03-22 |",
    ],
)
def test_the_route_in_many_forms(route):
    read = _read(f"Aan: de leden\nDatum: 1 maart 2022\n\n{route}")
    assert [(stop["body_matched"], stop["date"]) for stop in read["route"]] == [
        ("programmateam", "2022-03-04"),
        ("aow", "2022-03-14"),
    ]
    assert read["unread"] == []


def test_a_route_without_dates():
    read = _read("Aan: de leden\nRoute: Programmateam → AOW → AB platform wijken")
    assert [(stop["body_matched"], stop["date"]) for stop in read["route"]] == [
        ("programmateam", None),
        ("aow", None),
        ("ab", None),
    ]


def test_a_table_with_labels_above_their_values_and_one_with_pairs():
    read = _read("| Datum | Status |\n|---|---|\n| 1 mei 2024 | Concept |")
    assert (read["date"], read["status"]) == ("2024-05-01", "Concept")
    read = _read("| Datum | 1 mei 2024 | Status | Concept |\n| Van | team | Aan | leden |")
    assert [read[key] for key in ("date", "status", "from", "to")] == [
        *("2024-05-01", "Concept", "team", "leden"),
    ]


def test_a_month_without_a_day_is_no_date_but_not_lost():
    read = _read("Aan: de leden\nDatum: juni")
    assert (read["date"], read["unread"]) == (None, ["juni"])
    assert any("‘juni’ is niet als dag te lezen" in warning for warning in read["warnings"])


def test_without_any_year_the_year_of_the_file_or_of_today_is_taken():
    head = paragraph("Datum: 3 april") + paragraph("Er is een plan.")
    core = (
        '<x xmlns:t="t"><t:created>2019-01-01T00:00:00Z</t:created>'
        "<t:modified>2020-02-02T00:00:00Z</t:modified></x>"
    )
    data = package(head, extra={"docProps/core.xml": core.encode()})
    read = read_proposal(data, "stuk.docx", {})
    assert read.date.isoformat() == "2020-04-03"
    assert any("het jaar waarin het bestand is opgeslagen" in w for w in read.warnings)
    with clock.at(datetime(2031, 1, 1, 12, tzinfo=UTC)):
        assert _read("Aan: de leden\nDatum: 3 april")["date"] == "2031-04-03"


def test_a_file_without_a_header_gives_its_title_and_says_what_is_missing():
    read = read_proposal(b"Plan voor spelen\n\n1. Inleiding\n\nEr is een plan.", "a.txt", {})
    assert read.subject == "Plan voor spelen"
    assert [(part.heading, part.level) for part in read.sections] == [("1. Inleiding", 1)]
    assert read.warnings == [
        "Er is geen datum gevonden. Vul de datum zelf in.",
        "Er zijn geen beslispunten gevonden.",
    ]


def test_words_of_an_odd_date_cell_are_kept():
    read = _read("Aan: de leden\nDatum: Stad, dinsdag 2 april 2024")
    assert (read["date"], read["unread"]) == ("2024-04-02", ["Stad"])
    assert words_out(read) == words_in("de leden Stad AANLEIDING De kinderen spelen buiten")
