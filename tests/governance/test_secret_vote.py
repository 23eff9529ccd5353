"""Votes on persons: secret, by ballots that nothing leads back from (Gemeentewet 31)."""

import pytest
from django.db import models

from core.refusal import Refused
from governance.domain import ballots
from governance.domain.round_count import count_round
from governance.models import Vote, VoteOption
from tests.votes import Table

A, B, C = "Ans", "Bea", "Cas"


def secretly(table, names, *labels, lot=None):
    vote_round = table.open("secret", names=names)
    table.write(vote_round, *labels)
    return table.confirmed(vote_round, lot)


# basis, seats, names, ballots, result, who
CASES = [
    ("law", (1,) * 3, (A, B), (A, A, B), "chosen", A),
    ("law", (1,) * 3, (A,), (A, "Blanco", "Blanco"), "chosen", A),  # blank is no vote cast: 30
    ("law", (1,) * 5, (A, B), (A, "Blanco", "Blanco"), "chosen", A),  # but it takes part: 28
    ("law", (1,) * 5, (A, B), (A, A), "invalid", None),  # 2 of 5 handed one in: 29
    ("law", (1,) * 4, (A, B), (A, A, B, B), "tie", None),
    ("law", (1,) * 5, (A, B, C), (A, A, B, B, C), "nobody", None),
    ("law", (1,) * 3, (A, B), ("Blanco",) * 3, "nobody", None),
    ("own", (1,) * 5, (A, B), (B,), "chosen", B),
]


@pytest.mark.parametrize(("basis", "weights", "names", "labels", "result", "who"), CASES)
def test_counted(cast, basis, weights, names, labels, result, who):
    done = secretly(Table(cast, basis, weights=weights), names, *labels)
    assert done.result == result
    assert [option.label for option in done.options.filter(chosen=True)] == ([who] if who else [])


def test_two_names_that_tie_are_voted_on_again_and_then_the_lot_decides(cast):
    table = Table(cast, weights=(1,) * 4)
    assert secretly(table, (A, B), A, A, B, B).result == "tie"
    with pytest.raises(Refused, match="al gestemd"):
        table.open("roll_call")
    again = table.open("secret", names=(A, B))
    table.write(again, A, B, A, B)
    ballots.close_round(again, by=table.by)
    assert count_round(again).needs_lot
    with pytest.raises(Refused, match=r"De stemmen staken weer\. Kies wie het lot aanwees"):
        ballots.confirm_round(again, by=table.by)
    done = ballots.confirm_round(again, by=table.by, lot=again.options.get(label=B))
    assert (done.result, done.by_lot) == ("chosen", True)
    assert done.options.get(chosen=True).label == B


def test_who_voted_is_known_and_what_is_nowhere(cast):
    """No row bears a ballot: only counters, and no field of a vote tells when or what."""
    table = Table(cast)
    vote_round = table.open("secret", names=(A, B))
    table.write(vote_round, A, B)
    assert {vote.choice for vote in Vote.objects.all()} == {""}
    assert sorted(option.ballots for option in VoteOption.objects.all()) == [0, 1, 1]
    assert {field.name for field in Vote._meta.concrete_fields} == {
        *("id", "round", "member", "membership", "person", "weight", "choice")
    }
    moments = (models.DateTimeField, models.DateField)
    assert not [f for m in (Vote, VoteOption) for f in m._meta.fields if isinstance(f, moments)]
    assert not hasattr(VoteOption, "history")
    assert not hasattr(Vote, "history")
    assert not [f for f in VoteOption._meta.fields if f.related_model and f.name != "round"]


def test_the_secretary_casts_no_secret_vote_for_anybody(cast):
    table = Table(cast)
    vote_round = table.open("secret", names=(A, B))
    with pytest.raises(Refused, match="Een geheime stem brengt ieder lid zelf uit"):
        table.vote(vote_round, "for")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ((A, "ans"), "Noem elke naam één keer."),
        ((A, "Blanco"), "Blanco hoeft er niet bij."),
        (tuple(f"Naam {n}" for n in range(13)), "hoogstens 12 namen"),
        ((" ",), "Noem op wie kan worden gestemd."),
    ],
)
def test_names(cast, names, sentence):
    with pytest.raises(Refused, match=sentence):
        Table(cast).open("secret", names=names)


def test_a_ballot_for_another_vote_is_refused(cast):
    table = Table(cast)
    vote_round = table.open("secret", names=(A, B))
    for choice in ("", "999999", "for"):
        with pytest.raises(Refused, match="Kies een naam, of blanco"):
            ballots.cast_vote(vote_round, choice, by=table.members[0].user)
    assert not Vote.objects.exists()
