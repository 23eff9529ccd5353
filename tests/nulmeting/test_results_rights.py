"""Who gets which page, file and table of the results, before and after publication: the table of
design.md, 'Who may what', by hand."""

import pytest
from django.urls import reverse

from core.documents import make
from core.models import Document
from nulmeting.domain import submissions
from nulmeting.reports import documents
from tests import baseline, factories, results

pytestmark = pytest.mark.django_db

# Answers per address: team, Aardam, Beekzicht, member inside, member outside, stranger.
BEFORE = """
    round               200  302  302  404  404  404
    block               200  403  403  404  404  404
    own                 200  200  404  404  404  404
    scores.xlsx         200  403  403  404  404  404
    scores-machine.csv  200  403  403  404  404  404
    antwoorden.xlsx     200  200  200  404  404  404
    bewijs.csv          200  200  200  404  404  404
    niets.csv           404  404  404  404  404  404
    region-report       302  403  403  404  404  404
    own-report          302  302  404  404  404  404
"""
AFTER = """
    round               200  200  200  200  404  404
    block               200  200  200  200  404  404
    own                 200  200  200  200  404  404
    scores.xlsx         200  200  200  200  404  404
    scores-machine.csv  200  200  200  200  404  404
    antwoorden.xlsx     200  200  200  403  404  404
    bewijs.csv          200  200  200  403  404  404
    niets.csv           404  404  404  404  404  404
    region-report       302  302  302  302  404  404
    own-report          302  302  403  403  404  404
"""
REPORTS = ("region-report", "own-report")


@pytest.fixture
def asked(cast):
    return results.ready(cast)


@pytest.fixture
def people(cast, asked):
    """In the order of the columns."""
    outside = factories.user("ouder in de kerngroep")
    factories.member(cast.core_group, outside)
    neighbour = baseline.editor(baseline.of(asked, "Beekzicht").municipality)
    return [cast.author, cast.adviser, neighbour, cast.official, outside, cast.stranger]


def address(asked, name):
    own = baseline.of(asked, "Aardam")
    args = [asked.region.slug, asked.year]
    if "." in name:
        return reverse("nulmeting:download", args=[*args, *name.split(".")])
    names = {
        "round": ("round-detail", ()),
        "block": ("round-block", (results.first_block(asked).pk,)),
        "own": ("submission-results", (own.pk,)),
        "region-report": ("round-report", ()),
        "own-report": ("submission-report", (own.pk,)),
    }
    view, more = names[name]
    return reverse(f"nulmeting:{view}", args=[*args, *more])


def answers(client, people, asked, table):
    found = {}
    for name in table:
        codes = []
        for person in people:
            client.force_login(person)
            url = address(asked, name)
            got = client.post(url) if name in REPORTS else client.get(url)
            codes.append(str(got.status_code))
        found[name] = codes
    return found


def wanted(text):
    rows = [line.split() for line in text.strip().splitlines()]
    return {name: codes for name, *codes in rows}


def test_before_publication(client, people, asked):
    table = wanted(BEFORE)
    assert answers(client, people, asked, table) == table


def test_after_publication(client, cast, people, asked):
    asked = results.published(cast, asked)
    table = wanted(AFTER)
    assert answers(client, people, asked, table) == table


def test_a_file_is_given_by_right_on_every_request(client, cast, people, asked):
    draft = documents.request_region_report(asked, by=cast.author)
    own = documents.request_own_report(results.row_of(asked, "Aardam"), by=cast.author)
    asked = results.published(cast, asked)
    final = documents.request_region_report(asked, by=cast.author)
    for document in (draft, own, final):
        make(document)

    def readers(document):
        url = reverse("core:document-status", args=[document.pk])
        codes = []
        for person in people:
            client.force_login(person)
            codes.append(client.get(url).status_code)
        return codes

    assert readers(draft) == [200, 404, 404, 404, 404, 404]
    assert readers(own) == [200, 200, 404, 404, 404, 404]
    assert readers(final) == [200, 200, 200, 200, 404, 404]


def test_what_is_taken_back_shows_no_results_to_anybody(client, cast, people, asked):
    submissions.give_back(baseline.of(asked, "Aardam"), remarks="Kijk nog eens.", by=cast.author)
    for name in ("own", "own-report"):
        codes = answers(client, people[:2], asked, [name])[name]
        assert codes == {"own": ["404", "404"], "own-report": ["404", "302"]}[name]
    assert not Document.objects.filter(kind=documents.OWN).exists()
