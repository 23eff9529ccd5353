"""The book of a meeting: one for all, without what is secret, made from the published agenda."""

import io

import docx
import pytest
from django.urls import reverse

from core.models import Document
from core.refusal import Refused
from core.tasks import render_document
from governance.documents_book import BOOK, book_of, request_book
from governance.domain import agenda, agenda_versions
from governance.models import AgendaItem, Meeting, Proposal
from tests import factories as make
from tests.core import hostile_pdfs as hostile
from tests.governance.books import attach, convert_all, keep_secret, made, text_of, to_board

SECRET_TITLE = "Koop van een gebouw"
TAXATION = hostile.saved(hostile.with_text("euro"))


@pytest.fixture(autouse=True)
def _without_office(settings, media):
    settings.OFFICE_CONVERTER = "none"


@pytest.fixture
def paper(cast) -> Proposal:
    """An open paper with a PDF and a Word file."""
    proposal = make.proposal(cast.author, cast.team, subject="Hulp in de buurt")
    attach(proposal, cast.author, "Raming", "raming.pdf", hostile.script_on_open())
    word = io.BytesIO()
    docx.Document().save(word)
    attach(proposal, cast.author, "Brief", "brief.docx", word.getvalue())
    return proposal


@pytest.fixture
def secret(cast) -> Proposal:
    """A paper that is secret for the board and its authors."""
    proposal = make.proposal(cast.author, cast.team, subject=SECRET_TITLE)
    attach(proposal, cast.author, "Taxatie", "taxatie.pdf", TAXATION)
    return proposal


@pytest.fixture
def meeting(cast, paper, secret) -> Meeting:
    """A published agenda with an opening, an open paper and a secret one."""
    at = make.meeting(cast.board, 14, place="Raadzaal")
    agenda.add_item(at, title="Opening", minutes=5, by=cast.secretary)
    for proposal in (paper, secret):
        to_board(proposal, cast, at)
    keep_secret(secret, cast)
    agenda_versions.publish_agenda(at, by=cast.secretary)
    at.refresh_from_db()
    return at


def test_there_is_no_book_before_the_agenda_is_published(cast):
    at = make.meeting(cast.board)
    with pytest.raises(Refused) as refused:
        request_book(at, by=cast.secretary)
    assert str(refused.value) == "Publiceer eerst de agenda; dan komt de vergaderbundel."
    assert book_of(at, cast.secretary, annex=False) is None


def test_the_book_waits_until_its_attachments_are_converted(cast, meeting):
    document = request_book(meeting, by=cast.secretary)
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.attempts) == ("queued", 0)
    convert_all()
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.pages) == ("ready", 4)


def test_the_book_holds_agenda_papers_and_files_and_nothing_secret(cast, meeting):
    pages = text_of(made(meeting, cast.secretary))
    whole = "\n".join(pages)
    assert "Opening" in pages[0]
    assert "Hulp in de buurt" in pages[0]
    assert "Gezinnen wachten te lang." in pages[1]
    assert "Het plan vast te stellen." in pages[1]
    assert "Bijlage 1 bij punt 2: Raming" in pages[2]
    assert "Script bij openen" in pages[2]
    assert "brief.docx" in pages[3]
    assert "Deze bijlage staat niet in de bundel." in pages[3]
    assert "kunnen in dit portaal niet worden omgezet naar PDF." in " ".join(pages[3].split())
    assert "bladzijde 4 van 4" in pages[3]
    assert SECRET_TITLE not in whole
    assert "Taxatie" not in whole


def test_a_secret_paper_that_is_announced_has_a_number_and_no_title(cast, meeting, secret):
    item = AgendaItem.objects.get(step__proposal=secret)
    agenda.edit_item(item, announced=True, by=cast.secretary)
    agenda_versions.publish_change(meeting, by=cast.secretary)
    first = text_of(made(meeting, cast.secretary))[0]
    assert "B1. Geheim: zie uw eigen bijlage" in first
    assert SECRET_TITLE not in first


def test_asked_again_it_is_the_same_document(cast, meeting):
    document = made(meeting, cast.secretary)
    assert request_book(meeting, by=cast.author).pk == document.pk


def test_who_may_read_the_meeting_downloads_the_book(cast, meeting, client):
    document = made(meeting, cast.secretary)
    url = reverse("core:document-download", args=[document.pk])
    seen = {}
    for name in ("secretary", "alderman", "author", "reader", "stranger"):
        client.force_login(getattr(cast, name))
        response = client.get(url)
        seen[name] = response.status_code
        b"".join(response)  # read to the end, the file closes
    assert seen == {
        "secretary": 200,
        "alderman": 200,
        "author": 200,
        "reader": 404,
        "stranger": 404,
    }
    client.force_login(cast.alderman)
    day = f"{meeting.starts_at:%Y-%m-%d}"
    response = client.get(url)
    b"".join(response)
    assert response["Content-Disposition"] == (
        f'attachment; filename="vergaderbundel-bestuur-{day}-versie-1.pdf"'
    )


def test_a_book_with_what_became_secret_is_shown_to_nobody_and_made_anew(cast, meeting, paper):
    document = made(meeting, cast.secretary)
    keep_secret(paper, cast)
    assert book_of(meeting, cast.secretary, annex=False).document is None
    assert book_of(meeting, cast.secretary, annex=False).may_ask
    assert not book_of(meeting, cast.alderman, annex=False).may_ask
    again = made(meeting, cast.secretary)
    assert again.pk != document.pk
    assert "Hulp in de buurt" not in "\n".join(text_of(again))


def test_a_secret_file_of_an_open_paper_stays_out(cast, meeting, paper):
    keep_secret(paper.working.attachments.get(title="Raming"), cast)
    pages = text_of(made(meeting, cast.secretary))
    assert "1 bijlage is geheim: zie uw eigen bijlage." in pages[1]
    assert "Raming" not in "\n".join(pages)


def test_only_the_secretary_asks_for_the_book(cast, meeting, client):
    url = reverse("governance:meeting-book", args=[cast.region.slug, meeting.pk])
    client.force_login(cast.alderman)
    assert client.post(url).status_code == 403
    client.force_login(cast.secretary)
    done = client.post(url, follow=True)
    assert "De vergaderbundel wordt gemaakt." in done.text
    assert Document.objects.filter(kind=BOOK).latest("pk").asked_by == cast.secretary
