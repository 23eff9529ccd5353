"""Every point gets an answer with a reason, in a version that could hold it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import advice, proposals, texts
from tests import factories as make


@pytest.fixture
def point(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    make.advised(proposal.steps.first(), by=cast.steering_secretary)
    return proposal.advice.get()


def test_adopted_names_the_version_and_not_does_not(cast, point):
    assert make.answered(point, cast.author).answered_in.number == 1
    assert make.answered(point, cast.author, answer="not").answered_in is None


@pytest.mark.parametrize(
    ("answer", "reason", "sentence"),
    [
        ("misschien", "Daarom.", "Kies overgenomen, deels of niet overgenomen."),
        ("adopted", "  ", "Geef de reden bij het antwoord."),
    ],
)
def test_what_is_refused(cast, point, answer, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        advice.answer_advice(point, answer=answer, reason=reason, by=cast.author)


def test_a_text_fixed_before_the_advice_cannot_hold_it(cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    first = proposal.working
    with clock.at(clock.now() + timedelta(days=3)):
        (point,) = make.advised(proposal.steps.first(), by=cast.steering_secretary)
        with pytest.raises(Refused, match="Versie 1 lag al vast voor dit advies"):
            advice.answer_advice(
                point, answer="adopted", reason="Ja.", version=first, by=cast.author
            )
        assert make.answered(point, cast.author).answered_in.number == 2


def test_a_version_of_another_proposal_is_refused(cast, point):
    other = make.proposal(cast.author, cast.team)
    with pytest.raises(Refused, match="Kies een versie van dit voorstel"):
        advice.answer_advice(
            point, answer="partly", reason="Ja.", version=other.working, by=cast.author
        )


def test_who_read_an_older_answer_overwrites_nothing(cast, point):
    revision = point.revision
    make.answered(point, cast.author)
    with pytest.raises(Conflict) as conflict:
        advice.answer_advice(
            point, answer="not", reason="Nee.", by=cast.author, base_revision=revision
        )
    assert [(c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("Nee.", "Verwerkt in de tekst.")
    ]


def test_only_the_author_body_answers(cast, point):
    proposals.add_coauthor(point.proposal, cast.coauthor, by=cast.author)
    for person in (cast.coauthor, cast.steering_secretary, cast.secretary, cast.admin):
        with pytest.raises(PermissionDenied):
            make.answered(point, person)


def test_after_withdrawal_the_answer_stands(cast, point):
    proposals.change_state(point.proposal, "withdraw", by=cast.author, why="Niet nodig.")
    with pytest.raises(Refused, match="Dit voorstel is ingetrokken; het antwoord ligt vast"):
        make.answered(point, cast.author)
    with pytest.raises(Refused, match="ingetrokken"):
        texts.working_version(point.proposal, by=cast.author)
