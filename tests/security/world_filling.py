"""The running round of the world: Aardam approved on paper, Beekzicht sent its alderman a link."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core import clock
from core.files import store_upload
from core.models import StoredFile
from nulmeting.domain import filling, invites, submissions
from nulmeting.models import Evidence, Instrument, Submission
from tests import baseline
from tests.cast import Cast
from tests.core import files_of_every_kind as files


@dataclass
class Filling:
    """A submission with evidence and a paper, and the token of a link for another."""

    submission: Submission
    piece: Evidence
    token: str

    def arguments(self, on: str) -> dict[str, Any]:
        """What an address is about: the submission, one block or one piece of it, or the link."""
        _, _, part = on.partition(".")
        item = self.submission.round.instrument.items.first()
        assert item is not None
        if part == "link":
            return {"token": self.token}
        year = {"year": self.submission.round.year}
        if part == "round":
            return year
        own = {"": {}, "block": {"block": item.block_id}, "piece": {"piece": self.piece.pk}}
        return year | {"pk": self.submission.pk} | own[part]


def make_filling(cast: Cast, questions: Instrument) -> Filling:
    """The round of this year, with the questions that were fixed."""
    asked = baseline.opened(cast, questions)
    submission, other = (baseline.of(asked, name) for name in ("Aardam", "Beekzicht"))
    person = baseline.editor(submission.municipality)
    baseline.fill(submission, person)
    piece = filling.add_evidence(
        submission,
        title="Plan",
        dated_on=clock.today(),
        file=_pdf("plan.pdf", person),
        items=list(asked.instrument.items.all()),
        by=person,
    )
    handed_in = submissions.submit(submission, by=person)
    paper = _pdf("collegebesluit.pdf", person)
    submissions.approve_on_paper(handed_in, paper=paper, paper_date=clock.today(), by=person)
    writer = baseline.editor(other.municipality)
    waiting = baseline.submitted(other, writer)
    _, token, _ = invites.send_invite(
        waiting, email="w@beekzicht.example", office="wethouder jeugd", by=writer
    )
    return Filling(submission, piece, token)


def _pdf(name: str, by: User) -> StoredFile:
    return store_upload(SimpleUploadedFile(name, files.pdf()), by=by, kinds={StoredFile.Kind.PDF})
