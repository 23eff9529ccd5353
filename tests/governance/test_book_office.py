"""Office files through the real LibreOffice into the book: their words on its pages."""

import os

import pytest

from governance.domain import agenda_versions
from tests import factories as make
from tests.core import files_of_every_kind as kinds
from tests.core import office_files as files
from tests.governance.books import attach, made, text_of, to_board

pytestmark = pytest.mark.skipif(
    not os.path.exists("/usr/bin/soffice"), reason="LibreOffice is not installed"
)
OFFICE = [
    ("Brief", "brief.docx", files.word("De wachttijd is vier maanden.")),
    ("Raming", "raming.xlsx", files.sheet([["Post", "Bedrag"], ["Wijkteams", 125_000]])),
    ("Presentatie", "presentatie.pptx", files.slides("Eerste dia", "Tweede dia")),
    ("Notitie", "notitie.odt", files.open_document("<text:p>Uit OpenDocument.</text:p>")),
]
BROKEN = "Dit bestand kon niet worden omgezet naar PDF. Sla het zelf op als PDF."


@pytest.fixture
def book(cast, settings, media):
    """The pages of a book of one paper with these attachments."""
    settings.OFFICE_CONVERTER = ""

    def pages(*attachments):
        proposal = make.proposal(cast.author, cast.team, subject="Hulp in de buurt")
        for attachment in attachments:
            attach(proposal, cast.author, *attachment)
        meeting = make.meeting(cast.board, 14)
        to_board(proposal, cast, meeting)
        agenda_versions.publish_agenda(meeting, by=cast.secretary)
        meeting.refresh_from_db()
        return text_of(made(meeting, cast.secretary))

    return pages


def test_every_kind_is_in_the_book_in_its_own_words(book):
    text = book(*OFFICE)
    for words in (
        "De wachttijd is vier maanden.",
        "Wijkteams",
        "125000",
        "Eerste dia",
        "Tweede dia",
        "Uit OpenDocument.",
    ):
        assert len([page for page in text if words in page]) == 1, words
    assert len(text) == 7


def test_a_wide_sheet_keeps_each_amount_beside_its_name_in_dutch(book):
    rows = [["Post", *range(2026, 2042)], ["Wijkteams", *[12_500.5] * 16]]
    wide = files.sheet(rows, style="#,##0.00")
    (page,) = [page for page in book(("Raming", "raming.xlsx", wide)) if "Wijkteams" in page]
    (line,) = [line for line in page.splitlines() if "Wijkteams" in line]
    assert line.split() == ["Wijkteams", *["12.500,50"] * 16]


def test_a_broken_one_has_a_sheet_that_says_so_and_holds_up_no_other(book):
    text = book(OFFICE[0], ("Kapot", "kapot.docx", kinds.office("docx")))
    assert any("De wachttijd is vier maanden." in page for page in text)
    (sheet,) = [page for page in text if BROKEN in " ".join(page.split())]
    assert "kapot.docx" in sheet
