"""A file that was read in and never became a proposal goes after thirty days."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.drafts import save_draft
from core.files import store_upload
from core.models import StoredFile
from governance.domain import texts
from governance.domain.importing import IMPORTED_KINDS
from governance.tasks import sweep_uploads
from tests import factories as make
from tests.core import files_of_every_kind as files


@pytest.fixture
def upload(cast):
    """A text that was read in, with its bytes."""
    text = SimpleUploadedFile("stuk.txt", b"Onderwerp\n\nEen stuk.")
    return store_upload(text, by=cast.author, kinds=IMPORTED_KINDS)


def swept_after(days):
    with clock.at(clock.now() + timedelta(days=days)):
        sweep_uploads()
    return set(StoredFile.objects.values_list("name", flat=True))


def test_row_and_bytes_go_after_thirty_days(upload):
    storage, path = upload.content.storage, upload.content.name
    assert swept_after(29) == {"stuk.txt"}
    assert storage.exists(path)
    assert swept_after(31) == set()
    assert not storage.exists(path)


def test_what_became_a_proposal_stays(cast, upload):
    make.proposal(cast.author, cast.team, source_file=upload)
    assert swept_after(31) == {"stuk.txt"}


def test_what_is_still_being_reviewed_stays(cast, upload):
    with clock.at(clock.now() + timedelta(days=20)):
        save_draft(
            user=cast.author,
            key=f"import:{upload.pk}",
            data={"subject": "Een stuk"},
            base={},
            base_revision=0,
            serial=1,
        )
    assert swept_after(31) == {"stuk.txt"}


def test_an_attachment_stays_also_when_it_was_taken_out(cast):
    version = make.proposal(cast.author, cast.team).working
    for name, keep in [("blijft.docx", True), ("was.docx", False), ("nooit.pdf", False)]:
        content = files.pdf() if name.endswith("pdf") else files.word()
        stored = store_upload(SimpleUploadedFile(name, content), by=cast.author)
        if name != "nooit.pdf":
            part = texts.add_attachment(version, stored, title=name, by=cast.author)
            if not keep:
                texts.remove_part(part, by=cast.author)
    assert swept_after(31) == {"blijft.docx", "was.docx", "nooit.pdf"}
