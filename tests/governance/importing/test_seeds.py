"""The real documents, when their folder is there; what is counted is counted apart."""

import os
from collections import Counter
from pathlib import Path

import pytest

from governance.importing import read_proposal
from tests.governance.importing.documents import words_in, words_out

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("REGIOVISIE_SEEDS") or ROOT.parent / "shared" / "seeds")
BODIES = {
    "programmateam": "programmateam",
    "programmteam": "programmateam",
    "stuurgroep transformatie": "stuurgroep",
    "aoj": "aoj",
    "ab platform jeugd": "ab",
}
ROUTE_DAYS = "14 juni 23 juni 24 juni 2 juli"
HEADER = "Aan Van Datum Onderwerp Status Versie In opdracht van Opgesteld door Te bespreken in"
STRUCTURE = {
    "000": f"{HEADER} 14 juni {ROUTE_DAYS}",
    "001": f"{HEADER} 14 juni 2021 {ROUTE_DAYS}",
    "003": "Door Datum 29 januari 2020",
    "004": "Aan Van Datum Betreft Zaaknummer 18 oktober 2017",
}

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the source documents are not here"),
]


def _read(number):
    path = next(FOLDER.glob(f"{number}_*.txt"))
    raw = path.read_text(encoding="utf-8").replace("<u>", "").replace("</u>", "")
    return raw, read_proposal(path, path.name, BODIES).as_json()


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_every_word_is_in_exactly_one_key_and_nothing_is_invented(number):
    raw, read = _read(number)
    assert words_out(read) == words_in(raw) - words_in(STRUCTURE[number])
    assert words_in(STRUCTURE[number]) <= words_in(raw)


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_at_most_one_word_in_twenty_is_unread(number):
    raw, read = _read(number)
    assert words_in(*read["unread"]).total() <= words_in(raw).total() / 20


@pytest.mark.parametrize("number", ["000", "001"])
def test_the_header_and_the_route_come_out_whole(number):
    _, read = _read(number)
    assert read["date"] == "2021-06-14"
    assert read["subject"].startswith("PROCESVOORSTEL ")
    assert (read["from"], read["status"], read["version"]) == (
        *("Programmteam regiovisie", "Concept", "14 juni"),
    )
    assert [
        (stop["body"], stop["body_matched"], stop["date"], stop["date_inferred"])
        for stop in read["route"]
    ] == [
        ("Programmteam", "programmateam", "2021-06-14", True),
        ("Stuurgroep transformatie", "stuurgroep", "2021-06-23", True),
        ("AOJ", "aoj", "2021-06-24", True),
        ("AB platform jeugd", "ab", "2021-07-02", True),
    ]


@pytest.mark.parametrize("number", ["000", "001"])
def test_every_section_has_its_level(number):
    _, read = _read(number)
    assert [(part["heading"], part["level"]) for part in read["sections"]] == [
        ("AANLEIDING", 1),
        ("Nieuwe rol programmteam", 2),
        ("BESLISPUNTEN", 1),
        ("INHOUD", 1),
        ("Ontwikkelopgave", 2),
        ("ORGANISATIE", 1),
        ("Stuurgroep transformatie", 2),
        ("Rol van maatschappelijke partners", 2),
        ("Ambtelijke inzet", 2),
        ("PLANNING", 1),
        ("BESLUITVORMINGSPROCES", 1),
    ]


@pytest.mark.parametrize(
    ("number", "day", "points"), [("000", "2021-06-23", 2), ("001", "2021-04-21", 3)]
)
def test_the_points_for_decision_and_of_advice(number, day, points):
    _, read = _read(number)
    assert read["decision_intro"].endswith(":")
    assert len(read["decision_points"]) == 2
    (advice,) = read["advice"]
    assert (advice["body_matched"], advice["date"]) == ("stuurgroep", day)
    assert len(advice["points"]) == points


def test_000_tells_of_a_day_after_its_version():
    _, read = _read("000")
    told = [text for text in read["warnings"] if "alsof dat al is geweest" in text]
    assert len(told) == 1
    assert "14 juni 2021" in told[0]
    assert "23 juni 2021" in told[0]
    assert any("‘14 juni’ ontbreekt het jaar" in text for text in read["warnings"])


def test_001_keeps_letterhead_and_footnote_out_of_the_text():
    _, read = _read("001")
    assert [note["kind"] for note in read["notes"]] == ["letterhead", "footnote"]
    assert "Postbus" in read["notes"][0]["text"]
    assert not any("Postbus" in part["text"] for part in read["sections"])


def test_004_is_a_note_without_points_or_route():
    _, read = _read("004")
    assert (read["date"], read["case_number"]) == ("2017-10-18", "4028-2017")
    assert read["subject"].startswith("Bouwstenen voor een Regionale samenwerking")
    assert read["from"] != ""
    assert (read["decision_points"], read["route"]) == ([], [])
    levels = {part["heading"]: part["level"] for part in read["sections"]}
    assert [levels[name] for name in ("1. Aanleiding", "2. Bouwstenen")] == [1, 1]
    assert [levels[name] for name in ("Inhoudelijk", "Organisatorisch", "Bestuurlijk")] == [2] * 3
    assert [levels[name] for name in ("Regiomanager", "Flexibele schil", "Regioagenda")] == [3] * 3


def test_003_is_a_plan_with_chapters_annexes_a_table_and_footnotes():
    _, read = _read("003")
    levels = [(part["heading"], part["level"]) for part in read["sections"]]
    assert [heading for heading, level in levels if level == 1] == [
        "1. Inleiding",
        "2. Uitgangspunten transformatie",
        "3. Uitvoering opdracht transformatie",
        "4. Transformatiethema's",
        "5. Communicatie",
        "6. Risico's / extra uitdagingen",
        "Bijlage 1. Begroting (concept)",
        "Bijlage 2. Jaarplanning 2020",
    ]
    assert ("1.2.1 Landelijk", 3) in levels
    assert ("4.2 Uitwerking vier transformatiethema's", 2) in levels
    budget = next(part["text"] for part in read["sections"] if "Begroting" in part["heading"])
    rows = [line for line in budget.splitlines() if line.startswith("| ")]
    assert rows[0] == "|  | 2020 | 2021 | 2022 (t/m 1-7) |"
    assert rows[-1] == "| Totaal | € 1.569.758 | € 761.100 | € 457.013 |"
    assert Counter(note["kind"] for note in read["notes"]) == {"footnote": 12}
