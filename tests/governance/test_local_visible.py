"""Who sees a question to the municipalities, its texts, and what is secret."""

import pytest

from core import clock
from governance.domain.secrecy import impose_secrecy
from governance.models import LocalRound, LocalStep, Proposal, ProposalVersion
from governance.rules import may, visible_to
from tests import factories as make
from tests import local as walk

REGION = (
    *("author", "secretary", "aoj_secretary", "steering_secretary", "alderman", "official"),
    *("adviser", "admin", "reader"),
)
OUTSIDE = ("provider", "coauthor")


def readers(cast, obj, act="local.read"):
    people = (*REGION, *OUTSIDE, "stranger")
    return {name for name in people if may(getattr(cast, name), act, obj)}


def test_a_concept_is_for_its_authors_and_what_was_asked_for_the_region(cast):
    prepared = walk.prepared(walk.to_board(cast), cast.author)
    assert readers(cast, prepared) == {"author"}
    asked = walk.asked(walk.to_board(cast, 70), cast.author)
    assert readers(cast, asked) == set(REGION)
    assert visible_to(cast.stranger, LocalStep).count() == 0
    assert visible_to(cast.reader, LocalStep).count() == 3


def test_texts_and_papers_are_for_who_may_read_the_proposal(cast):
    asked = walk.asked(walk.to_board(cast), cast.author)
    board = {"author", "secretary", "alderman", "adviser"}
    assert readers(cast, asked, "local.papers") == board


def test_who_serves_a_municipality_that_was_asked_reads_what_it_is_about(cast):
    clerk = walk.official(walk.home("Beekzicht"), "clerk")
    paper = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    assert not visible_to(clerk, Proposal).filter(pk=paper.pk).exists()
    walk.asked(paper.steps.get(), cast.author)
    assert visible_to(clerk, Proposal).get() == paper
    assert [v.number for v in visible_to(clerk, ProposalVersion)] == [1]


def test_secrecy_of_the_proposal_and_of_the_decision_takes_everything_away(cast):
    before = walk.asked(walk.to_board(cast), cast.author)
    after = walk.asked(walk.consented(cast), cast.author)
    for target in (before.proposal, after.decision):
        impose_secrecy(
            target,
            body=cast.team,
            ground="Bedrijfsgegevens.",
            imposed_on=clock.today(),
            circle_bodies=[cast.team],
            by=cast.author,
        )
    for asked in (before, after):
        assert readers(cast, asked) == {"author"}
        assert not may(cast.adviser, "local.report", walk.step_of(asked, "Aardam"))
    assert visible_to(cast.adviser, LocalRound).count() == 0


def test_who_sits_in_an_external_body_sees_only_questions_about_papers_she_may_read(cast):
    for name in OUTSIDE:
        assert not may(getattr(cast, name), "local.read", walk.asked(_own(cast), cast.author))
    theirs = make.routed(
        cast.author, cast.team, (cast.core_group, "advise"), (cast.board, "decide")
    )
    first = make.on_agenda(theirs.steps.first(), cast.author, make.meeting(cast.core_group, 3))
    asked = walk.asked(theirs.steps.last(), cast.author)
    assert may(cast.provider, "local.read", asked)
    assert list(visible_to(cast.provider, LocalRound)) == [asked]
    assert first.version is not None


def _own(cast):
    """A stop of a paper of the board alone."""
    return make.routed(cast.author, cast.team, (cast.board, make.DECIDE)).steps.get()


@pytest.mark.parametrize("name", [*REGION, *OUTSIDE])
def test_reading_one_and_listing_agree(cast, name):
    rounds = [
        walk.asked(walk.to_board(cast), cast.author),
        walk.prepared(walk.to_board(cast, 80), cast.author),
    ]
    person = getattr(cast, name)
    listed = set(visible_to(person, LocalRound))
    assert listed == {asked for asked in rounds if may(person, "local.read", asked)}
