"""Who reads what of a nulmeting, before and after publication: the table of design.md by hand."""

import pytest

from governance.enums import MunicipalRoleKind
from governance.rules import may, visible_to
from nulmeting.domain import rounds
from nulmeting.models import Round, Submission
from nulmeting.rules import scored_submissions
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast, submission, editor, approver):
    contact = make.user("contactpersoon Aardam")
    make.municipal_role(submission.municipality, contact, MunicipalRoleKind.CONTACT)
    neighbour = baseline.editor(baseline.of(submission.round, "Beekzicht").municipality)
    return {
        "editor": editor,
        "approver": approver,
        "contact": contact,
        "adviser": cast.adviser,
        "neighbour": neighbour,
        "team": cast.author,
        "board": cast.alderman,
        "official": cast.official,
        "provider": cast.provider,
        "admin": cast.admin,
        "stranger": cast.stranger,
    }


OWN = {"editor", "approver", "contact", "adviser"}
INSIDE = OWN | {"neighbour", "team", "board", "official", "admin"}


def who(people, rows, row):
    return {name for name, person in people.items() if rows(person).filter(pk=row.pk).exists()}


def test_before_handing_in_only_the_municipality_reads(people, submission, editor):
    baseline.fill(submission, editor)
    assert who(people, lambda user: visible_to(user, Submission), submission) == OWN
    assert who(people, scored_submissions, submission) == OWN
    follow = {name for name, one in people.items() if may(one, "nulmeting.follow", submission)}
    assert follow == OWN | {"team"}


def test_what_is_approved_the_team_reads(people, submission, editor, approver):
    baseline.approved(submission, editor, approver)
    assert who(people, lambda user: visible_to(user, Submission), submission) == OWN | {"team"}
    assert who(people, scored_submissions, submission) == OWN | {"team"}


def test_after_publication_everybody_inside_reads_scores(
    cast, people, submission, editor, approver
):
    baseline.approved(submission, editor, approver)
    asked = rounds.close_round(submission.round, by=cast.author)
    rounds.publish_round(asked, by=cast.author)
    assert who(people, lambda user: visible_to(user, Submission), submission) == OWN | {"team"}
    assert who(people, scored_submissions, submission) == INSIDE


def test_the_round_itself(cast, people, submission, editor, approver):
    rows = lambda user: visible_to(user, Round)  # noqa: E731
    assert who(people, rows, submission.round) == OWN | {"neighbour", "team"}
    draft = baseline.prepared(cast, submission.round.instrument, year=submission.round.year + 1)
    assert who(people, rows, draft) == {"team"}
    baseline.approved(submission, editor, approver)
    asked = rounds.close_round(submission.round, by=cast.author)
    rounds.publish_round(asked, by=cast.author)
    assert who(people, rows, asked) == INSIDE


def test_who_may_do_what(people, submission):
    acts = {
        "nulmeting.edit": {"editor"},
        "nulmeting.approve": {"approver"},
        "nulmeting.lead": {"team"},
    }
    for act, wanted in acts.items():
        assert {name for name, one in people.items() if may(one, act, submission)} == wanted


def test_results_are_for_the_team_until_they_are_published(
    cast, people, submission, editor, approver
):
    def readers():
        asked = Round.objects.get(pk=submission.round_id)
        return {name for name, one in people.items() if may(one, "nulmeting.results", asked)}

    baseline.approved(submission, editor, approver)
    assert readers() == {"team"}
    rounds.publish_round(rounds.close_round(submission.round, by=cast.author), by=cast.author)
    assert readers() == INSIDE
