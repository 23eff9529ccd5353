"""Filling in a block: what is kept, what is refused, and two people at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from core.versioning import Conflict
from nulmeting.domain import filling, rounds
from nulmeting.models import Answer, BlockAnswer
from tests import baseline

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(submission):
    return submission.round.instrument.items.first().block


@pytest.fixture
def names(submission, part):
    return [filling.name_of(item) for item in submission.round.instrument.items.filter(block=part)]


def save(submission, part, by, values, base=None, revision=None):
    now, number = filling.values_of(submission, part)
    return filling.save_block(
        submission,
        part,
        values,
        base=now if base is None else base,
        base_revision=number if revision is None else revision,
        by=by,
    )


def test_every_kind_of_answer_is_kept(submission, part, names, editor):
    given = {names[0]: "5", names[1]: "unknown", "explanation": "Er is een plan.", "ambition": 4}
    assert sorted(save(submission, part, editor, given)) == sorted(given)
    values, revision = filling.values_of(submission, part)
    assert {name: values[name] for name in given} == given
    assert revision == 1
    submission.refresh_from_db()
    assert submission.state == "in_progress"


def test_an_answer_can_be_taken_away_again(submission, part, names, editor):
    save(submission, part, editor, {names[0]: "5"})
    save(submission, part, editor, {names[0]: ""})
    assert not Answer.objects.exists()


@pytest.mark.parametrize("wrong", ["0", "6", "3,5", "drie", "-1", " 3"])
def test_a_score_outside_the_scale_is_refused_at_its_question(
    submission, part, names, editor, wrong
):
    with pytest.raises(Refused) as refused:
        save(submission, part, editor, {names[1]: wrong, "explanation": "Blijft bewaard."})
    assert [refusal.field for refusal in refused.value.refusals] == [names[1]]
    assert not BlockAnswer.objects.exists()


def test_a_number_of_a_citizen_is_refused_at_its_field(submission, part, editor):
    for field in ("explanation", "shared", "support"):
        with pytest.raises(Refused) as refused:
            save(submission, part, editor, {field: "Het gezin met bsn 111222333."})
        assert [refusal.field for refusal in refused.value.refusals] == [field]


def test_limits_of_text_year_and_sharing(submission, part, editor):
    for values, field in (
        ({"explanation": "x" * 1001}, "explanation"),
        ({"ambition": 6}, "ambition"),
        ({"ambition_year": 1999}, "ambition_year"),
        ({"may_share": True, "shared": " "}, "shared"),
    ):
        with pytest.raises(Refused) as refused:
            save(submission, part, editor, values)
        assert [refusal.field for refusal in refused.value.refusals] == [field]
    save(submission, part, editor, {"explanation": "x" * 1000})


def test_two_people_in_different_fields_both_stay(submission, part, names, editor):
    start, _ = filling.values_of(submission, part)
    save(submission, part, editor, {**start, names[0]: "2"}, base=start, revision=0)
    save(submission, part, editor, {**start, "support": "Geld."}, base=start, revision=0)
    values, revision = filling.values_of(submission, part)
    assert (values[names[0]], values["support"], revision) == ("2", "Geld.", 2)


def test_two_people_in_one_field_see_both(submission, part, names, editor):
    start, _ = filling.values_of(submission, part)
    save(submission, part, editor, {**start, names[0]: "2"}, base=start, revision=0)
    with pytest.raises(Conflict) as conflict:
        save(submission, part, editor, {**start, names[0]: "4"}, base=start, revision=0)
    clash = conflict.value.clashes[0]
    assert (clash.field, clash.mine, clash.theirs) == (names[0], "4", "2")
    assert filling.values_of(submission, part)[0][names[0]] == "2"


def test_who_does_not_fill_in_for_this_municipality_cannot(cast, submission, part, approver):
    other = baseline.editor(baseline.of(submission.round, "Beekzicht").municipality)
    for person in (cast.author, cast.adviser, approver, other, cast.stranger):
        with pytest.raises(PermissionDenied):
            save(submission, part, person, {"explanation": "Tekst."})


def test_a_closed_round_takes_nothing_unless_it_was_reopened(cast, submission, part, editor):
    rounds.close_round(submission.round, by=cast.author)
    with pytest.raises(Refused, match="gesloten"):
        save(submission, part, editor, {"explanation": "Te laat."})
    until = clock.today() + timedelta(days=3)
    rounds.reopen_for(submission, until=until, why="Ziekte.", by=cast.author)
    save(submission, part, editor, {"explanation": "Op tijd."})
    with clock.at(clock.now() + timedelta(days=4)), pytest.raises(Refused, match="gesloten"):
        save(submission, part, editor, {"explanation": "Te laat."})


def test_a_block_of_another_list_is_refused(cast, submission, editor):
    other = baseline.block(cast.region, number=9, title="Nieuw")
    with pytest.raises(Refused, match="staat niet in deze nulmeting"):
        save(submission, other, editor, {"explanation": "Tekst."})
