"""Handing in, approving by another person, bound to the exact answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from core.transitions import TransitionTable
from nulmeting.domain import filling, rounds, submissions
from nulmeting.domain.content import sha256_of, without_evidence
from nulmeting.enums import SubmissionState
from nulmeting.models import Approval, Submission
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_what_is_not_answered_is_counted(submission, editor):
    part = submission.round.instrument.items.first().block
    baseline.fill(submission, editor, blocks=[part])
    with pytest.raises(Refused, match=r"2 vragen zijn nog niet beantwoord \(bouwsteen 2\)"):
        submissions.submit(submission, by=editor)


def test_a_score_asks_for_an_ambition(submission, editor):
    baseline.fill(submission, editor, ambition=None)
    with pytest.raises(Refused, match="ambitie met haar jaartal nog in bij bouwsteen 1, 2"):
        submissions.submit(submission, by=editor)


def test_without_evidence_there_is_a_warning_and_no_refusal(submission, editor):
    baseline.fill(submission, editor, score=3)
    items = list(submission.round.instrument.items.all())
    assert without_evidence(submission) == items
    filling.add_evidence(
        submission, title="Beleidsplan", dated_on=clock.today(), items=items[:3], by=editor
    )
    assert without_evidence(submission) == items[3:]
    assert submissions.submit(submission, by=editor).state == SubmissionState.SUBMITTED


def test_another_person_approves_exactly_what_she_saw(submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    seen = sha256_of(handed_in)
    approval = submissions.approve(handed_in, seen_sha256=seen, by=approver)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    assert (approval.by, approval.content_sha256) == (approver, seen)


def test_who_handed_in_does_not_approve(submission, editor):
    make.municipal_role(submission.municipality, editor, "approver")
    handed_in = baseline.submitted(submission, editor)
    with pytest.raises(Refused, match="U diende dit zelf in"):
        submissions.approve(handed_in, seen_sha256=sha256_of(handed_in), by=editor)


def test_answers_that_moved_since_are_read_again(submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    seen = sha256_of(handed_in)
    submissions.take_back(handed_in, by=editor)
    baseline.submitted(submission, editor, score=4)
    with pytest.raises(Refused, match="veranderd sinds u ze las"):
        submissions.approve(submission, seen_sha256=seen, by=approver)


def test_a_later_change_undoes_the_approval_and_shows_it(submission, editor, approver):
    approval = baseline.approved(submission, editor, approver)
    baseline.fill(submission, editor, score=5)
    approval.refresh_from_db()
    submission.refresh_from_db()
    assert approval.lapsed_at is not None
    assert submission.state == SubmissionState.IN_PROGRESS


def test_saving_without_a_change_leaves_the_approval(submission, editor, approver):
    baseline.approved(submission, editor, approver)
    baseline.fill(submission, editor)
    assert Approval.objects.get().lapsed_at is None


def test_the_approver_gives_it_back_with_remarks(submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    with pytest.raises(Refused, match="Schrijf op wat er anders moet"):
        submissions.give_back(handed_in, remarks=" ", by=approver)
    back = submissions.give_back(handed_in, remarks="Bouwsteen 2 is te hoog.", by=approver)
    assert (back.state, back.remarks) == (SubmissionState.RETURNED, "Bouwsteen 2 is te hoog.")
    assert submissions.submit(back, by=editor).remarks == ""


def test_the_team_gives_back_what_was_approved(cast, submission, editor, approver):
    baseline.approved(submission, editor, approver)
    with pytest.raises(PermissionDenied):
        submissions.give_back(submission, remarks="Kijk nog eens.", by=approver)
    submissions.give_back(submission, remarks="Kijk nog eens.", by=cast.author)
    assert Approval.objects.get().lapsed_at is not None


def test_on_paper_until_the_region_confirms(cast, submission, editor):
    handed_in = baseline.submitted(submission, editor)
    paper = make.stored_file("collegebesluit.pdf", uploaded_by=editor)
    with pytest.raises(Refused, match="ligt in de toekomst"):
        submissions.approve_on_paper(
            handed_in, paper=paper, paper_date=clock.today() + timedelta(days=1), by=editor
        )
    approval = submissions.approve_on_paper(
        handed_in, paper=paper, paper_date=clock.today(), by=editor
    )
    with pytest.raises(PermissionDenied):
        submissions.confirm_paper(approval, by=editor)
    assert submissions.confirm_paper(approval, by=cast.author).confirmed_by == cast.author
    with pytest.raises(Refused, match="al bevestigd"):
        submissions.confirm_paper(approval, by=cast.author)


def test_after_publication_nothing_is_approved(cast, submission, editor, approver):
    other = baseline.of(submission.round, "Beekzicht")
    baseline.approved(
        other, baseline.editor(other.municipality), baseline.approver(other.municipality)
    )
    handed_in = baseline.submitted(submission, editor)
    rounds.close_round(submission.round, by=cast.author)
    rounds.publish_round(submission.round, by=cast.author)
    with pytest.raises(Refused, match="al gepubliceerd"):
        submissions.approve(handed_in, seen_sha256=sha256_of(handed_in), by=approver)


ALLOWED = {
    ("not_started", "in_progress"),
    ("in_progress", "submitted"),
    ("returned", "submitted"),
    ("submitted", "in_progress"),
    ("submitted", "returned"),
    ("approved", "returned"),
    ("submitted", "approved"),
    ("approved", "in_progress"),
}


@pytest.mark.parametrize("source", SubmissionState.values)
@pytest.mark.parametrize("target", SubmissionState.values)
def test_the_full_matrix_of_states(source, target):
    table: TransitionTable[Submission] = submissions.STATES
    arrows = {(s, each.target) for each in table.by_name.values() for s in each.sources}
    assert ((source, target) in arrows) == ((source, target) in ALLOWED)
