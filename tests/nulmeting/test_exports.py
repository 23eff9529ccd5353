"""All answers and scores as tables: what is in them, for whom, in Dutch and for machines."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from nulmeting.domain import filling
from tests import baseline, results

pytestmark = pytest.mark.django_db

TOLD = {
    "explanation": "=1+1",
    "support": "Geld.",
    "shared": "Bel elke school.",
    "may_share": True,
}


@pytest.fixture
def asked(cast):
    return results.ready(cast, {"Aardam": 2, "Beekzicht": 4}, **TOLD)


def download(client, person, asked, name):
    client.force_login(person)
    args = [asked.region.slug, asked.year, *name.split(".")]
    return client.get(reverse("nulmeting:download", args=args)).content


def rows(content, delimiter=","):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def test_the_team_gets_every_approved_answer(client, cast, asked):
    one = baseline.of(asked, "Cotten")
    baseline.fill(one, baseline.editor(one.municipality))
    found = rows(download(client, cast.author, asked, "antwoorden-machine.csv"))
    assert len(found) == 2 * 4
    assert {row["municipality"] for row in found} == {"Aardam", "Beekzicht"}
    first = found[0]
    assert (first["state"], first["item"], first["given"], first["score"], first["kept"]) == (
        "approved",
        "1.1",
        "score",
        "2",
        "0",
    )
    item = asked.instrument.items.first()
    assert (first["item_identity"], first["item_text"]) == (str(item.identity), item.text)


def test_in_dutch_with_names_and_commas(client, cast, asked):
    content = download(client, cast.author, asked, "onderdelen.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    first = rows(content, ";")[0]
    assert (first["Gemeente"], first["Stand"], first["Score"]) == ("Aardam", "vastgesteld", "2,00")
    assert (first["Toelichting"], first["Delen met andere gemeenten"]) == ("'=1+1", "ja")


def test_a_municipality_gets_its_own_alone(client, cast, asked):
    found = rows(download(client, cast.adviser, asked, "onderdelen-machine.csv"))
    assert {row["municipality"] for row in found} == {"Aardam"}
    assert found[0]["explanation"] == "'=1+1"


def test_a_workbook_holds_three_sheets_and_no_formula(client, cast, asked):
    content = download(client, cast.author, asked, "antwoorden.xlsx")
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["Antwoorden", "Onderdelen", "Bewijs"]
    cells = {cell.value: cell.data_type for row in book["Onderdelen"].rows for cell in row}
    assert cells["=1+1"] == "s"


def test_evidence_names_the_questions_it_serves(client, cast):
    asked = baseline.opened(cast)
    one = baseline.of(asked, "Aardam")
    by = baseline.editor(one.municipality)
    baseline.fill(one, by, score=3)
    items = list(asked.instrument.items.all())
    filling.add_evidence(
        one, title="Preventieplan", dated_on=clock.today(), items=[items[0], items[3]], by=by
    )
    found = rows(download(client, by, asked, "bewijs-machine.csv"))
    assert [(row["title"], row["items"], row["dated_on"]) for row in found] == [
        ("Preventieplan", "1.1, 2.2", clock.today().isoformat())
    ]


def test_scores_hold_no_words_of_others_but_what_is_shared(client, cast, asked):
    before = rows(download(client, cast.author, asked, "scores-onderdelen-machine.csv"))
    assert "shared" not in before[0]
    asked = results.published(cast, asked)
    found = rows(download(client, cast.official, asked, "scores-onderdelen-machine.csv"))
    assert {row["shared"] for row in found} == {"Bel elke school."}
    assert set(found[0]) == {
        "municipality",
        "cbs_code",
        "year",
        "block",
        "block_title",
        "score",
        "scored_items",
        "ambition",
        "ambition_year",
        "shared",
    }
    everything = download(client, cast.official, asked, "scores.xlsx")
    words = {
        cell.value
        for sheet in load_workbook(BytesIO(everything))
        for row in sheet.rows
        for cell in row
    }
    assert not words & {"=1+1", "Geld."}


@pytest.mark.parametrize("more", [0, 10])
def test_the_same_number_of_queries(client, cast, django_assert_num_queries, more):
    added = results.more_municipalities(cast, more)
    asked = results.ready(cast, results.SCORES | {each.name: 3 for each in added})
    client.force_login(cast.author)
    args = [asked.region.slug, asked.year, "antwoorden", "xlsx"]
    url = reverse("nulmeting:download", args=args)
    with django_assert_num_queries(17):
        assert client.get(url).status_code == 200
