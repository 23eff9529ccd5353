"""The secret annex: of one reader, stamped while she downloads it, logged, and never stored."""

import pytest
from django.urls import reverse

from core.models import Document
from governance import annex
from governance.domain import agenda_versions
from governance.models import Meeting, Proposal, ReadingLog
from tests import factories as make
from tests.core import hostile_pdfs as hostile
from tests.governance.books import attach, convert_all, keep_secret, text_of_pdf, to_board


@pytest.fixture(autouse=True)
def _media(media):
    """Before anything is uploaded."""


@pytest.fixture
def paper(cast) -> Proposal:
    proposal = make.proposal(cast.author, cast.team, subject="Hulp in de buurt")
    content = hostile.saved(hostile.with_text("Prijs per uur", "Prijs per jaar"))
    attach(proposal, cast.author, "Offerte", "offerte.pdf", content)
    return proposal


@pytest.fixture
def secret(cast) -> Proposal:
    return make.proposal(cast.author, cast.team, subject="Koop van een gebouw")


@pytest.fixture
def meeting(cast, paper, secret) -> Meeting:
    """An open paper with a secret file, and a secret paper; the alderman reads both."""
    at = make.meeting(cast.board, 14)
    for proposal in (paper, secret):
        to_board(proposal, cast, at)
    keep_secret(paper.working.attachments.get(), cast, cast.alderman)
    keep_secret(secret, cast, cast.alderman)
    agenda_versions.publish_agenda(at, by=cast.secretary)
    convert_all()
    return at


@pytest.fixture
def url(cast, meeting) -> str:
    return reverse("governance:meeting-annex", args=[cast.region.slug, meeting.pk])


def test_every_page_bears_the_name_of_the_reader(cast, url, client):
    client.force_login(cast.alderman)
    response = client.get(url)
    pages = text_of_pdf(response.content)
    assert len(pages) == 5
    for number, text in enumerate(pages, start=1):
        assert "Geheim. Voor wethouder Aardam, " in text
        assert f"bladzijde {number} van 5" in text
    whole = "\n".join(pages)
    assert "Prijs per jaar" in whole
    assert "Koop van een gebouw" in whole
    assert "Gezinnen wachten te lang." in pages[4]
    assert "Gezinnen wachten te lang." not in "\n".join(pages[:4])


def test_it_is_kept_by_nobody(cast, url, client, media):
    before = sorted(media.rglob("*"))
    client.force_login(cast.alderman)
    response = client.get(url)
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith('attachment; filename="geheime-bijlage-')
    assert sorted(media.rglob("*")) == before
    assert (
        Document.objects.count() == 1
    )  # the book for all, asked for when the agenda was published
    assert Document.objects.get().frozen["annex"] is False


def test_each_secret_in_it_is_written_down_as_read(cast, meeting, secret, paper, url, client):
    client.force_login(cast.alderman)
    client.get(url)
    rows = ReadingLog.objects.values_list("secrecy__proposal", "secrecy__attachment", "user")
    assert set(rows) == {
        (secret.pk, None, cast.alderman.pk),
        (None, paper.working.attachments.get().pk, cast.alderman.pk),
    }


def test_who_is_outside_every_circle_has_no_annex(cast, meeting, url, client):
    assert annex.has_annex(meeting, cast.alderman)
    for name in ("secretary", "reader", "stranger"):
        person = getattr(cast, name)
        client.force_login(person)
        assert client.get(url).status_code == 404
        assert not annex.has_annex(meeting, person)
    assert not ReadingLog.objects.exists()


def test_too_many_pages_are_read_on_screen(cast, url, client, monkeypatch):
    monkeypatch.setattr(annex, "MAX_PAGES", 1)
    client.force_login(cast.alderman)
    page = client.get(url, follow=True).text
    assert "Uw geheime bijlage heeft 2 bladzijden. Dat is te veel voor één download." in page


def test_a_meeting_without_an_agenda_has_no_annex(cast, client):
    at = make.meeting(cast.board)
    client.force_login(cast.alderman)
    url = reverse("governance:meeting-annex", args=[cast.region.slug, at.pk])
    assert client.get(url).status_code == 404
