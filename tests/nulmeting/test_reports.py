"""What a report holds when it is asked for: frozen figures, the same file twice, a new one after a
change, and nothing of the region before publication."""

import pytest
from django.urls import reverse

from core.documents import make
from core.models import Document
from core.refusal import Refused
from nulmeting.domain import filling
from nulmeting.reports import documents
from nulmeting.reports.own import build_own
from nulmeting.reports.region import build_region
from tests import baseline, results

pytestmark = pytest.mark.django_db


def test_the_region_as_it_stands(cast):
    asked = results.ready(cast, {"Aardam": 2, "Beekzicht": 4}, shared="Bel.", may_share=True)
    report = build_region(asked)
    assert [(line.state, line.names) for line in report.coverage] == [
        ("Vastgesteld", ["Aardam", "Beekzicht"]),
        ("Nog niet begonnen", ["Cotten"]),
    ]
    part = report.blocks[0]
    assert (part.spread.median, part.spread.number, part.ambition.median) == (3, 2, 4)
    assert [line.spread.median for line in part.questions] == [3, 3]
    assert (part.shared, report.published) == ([], False)
    after = build_region(results.published(cast, asked))
    assert [each.name for each in after.blocks[0].shared] == ["Aardam", "Beekzicht"]
    assert after.coverage[1].state == "Heeft niet vastgesteld"
    assert after.rows[2].instead == "Heeft niet vastgesteld"


def test_a_municipality_stands_beside_the_region_after_publication(cast):
    asked = results.ready(cast, explanation="Ons verhaal.")
    report = build_own(results.row_of(asked, "Aardam"))
    part = report.blocks[0]
    assert (part.score, part.ambition, part.explanation) == (2, 3, "Ons verhaal.")
    assert (report.compares, part.region.number, part.questions[0].median) == (False, 0, "")
    asked = results.published(cast, asked)
    part = build_own(results.row_of(asked, "Aardam")).blocks[0]
    assert (part.region.median, part.questions[0].median) == (4, "4,0")


def test_evidence_comes_along(cast):
    asked = baseline.opened(cast)
    one = baseline.of(asked, "Aardam")
    by = baseline.editor(one.municipality)
    items = list(asked.instrument.items.all())
    filling.add_evidence(
        one,
        title="Preventieplan",
        dated_on=asked.opens_on,
        url="https://voorbeeld.example/plan",
        items=[items[0], items[3]],
        by=by,
    )
    baseline.approved(one, by, baseline.approver(one.municipality), score=3)
    report = build_own(results.row_of(asked, "Aardam"))
    assert [(each.title, each.questions, each.where) for each in report.evidence] == [
        ("Preventieplan", "1.1, 2.2", "https://voorbeeld.example/plan")
    ]


def test_asked_twice_it_is_one_file_and_after_a_change_a_new_one(cast):
    asked = results.ready(cast, {"Aardam": 2})
    first = documents.request_region_report(asked, by=cast.author)
    assert documents.request_region_report(asked, by=cast.author) == first
    assert not documents.of_round(asked, cast.author).outdated
    results.approve(asked, {"Beekzicht": 4})
    assert documents.of_round(asked, cast.author).outdated
    second = documents.request_region_report(asked, by=cast.author)
    assert second != first
    assert documents.of_round(asked, cast.author).document == second
    assert documents.of_round(asked, cast.adviser).document is None


def test_without_an_approval_there_is_no_report(cast):
    asked = baseline.opened(cast)
    with pytest.raises(Refused, match="er is niets te tonen"):
        documents.request_region_report(asked, by=cast.author)
    one = results.row_of(asked, "Aardam")
    with pytest.raises(Refused, match="als de nulmeting van de gemeente is vastgesteld"):
        documents.request_own_report(one, by=cast.adviser)
    assert not Document.objects.exists()


def test_the_page_asks_for_it_and_tells_how_far_it_is(client, cast, media):
    asked = results.ready(cast)
    client.force_login(cast.author)
    args = [asked.region.slug, asked.year]
    here = reverse("nulmeting:round-detail", args=args)
    assert "Maak het rapport" in client.get(here).content.decode()
    url = reverse("nulmeting:round-report", args=args)
    assert client.post(url).headers["Location"] == f"{here}#rapport"
    assert "Bekijk de stand" in client.get(here).content.decode()
    make(Document.objects.get())
    text = client.get(here).content.decode()
    assert "Rapport van de regio downloaden (PDF)" in text
    download = client.get(reverse("core:document-download", args=[Document.objects.get().pk]))
    assert 'filename="nulmeting-' in download.headers["Content-Disposition"]
    assert b"".join(download.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("more", [0, 10])
def test_the_same_number_of_queries(cast, django_assert_num_queries, more):
    added = results.more_municipalities(cast, more)
    asked = results.ready(cast, results.SCORES | {each.name: 3 for each in added})
    results.year_before(cast, asked, 1)
    with django_assert_num_queries(18):
        assert len(build_region(asked).rows) == 3 + more
