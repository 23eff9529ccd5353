"""Votes by the rules of the body, both sets. Every case is counted by hand."""

import pytest

from core.refusal import Refused
from governance.domain import ballots
from governance.domain.round_count import count_round
from tests.votes import Table

F, A, O, W = "for", "against", "abstain", "away"  # noqa: E741

# rules, weights of the seats, how many came, what they said, result, outcomes that fit
BY_LAW = [
    ((1, 1, 1), 3, (F, F, A), "adopted", {"adopted", "amended"}),
    ((1, 1, 1), 3, (F, A, A), "rejected", {"rejected"}),
    ((1, 1, 1, 1, 1), 3, (F, F, A), "adopted", {"adopted", "amended"}),  # 3 of 5 take part
    ((1, 1, 1, 1, 1), 3, (F, F, W), "invalid", {"postponed"}),  # 2 of 5: art. 29
    ((1, 1, 1, 1), 3, (F, F, W), "invalid", {"postponed"}),  # half is not more than half
    ((1, 1, 1, 1, 1), 4, (F, F, A, A), "tie", {"postponed"}),  # art. 32 lid 4
    ((1, 1, 1, 1), 4, (F, F, A, A), "tie", {"rejected"}),  # complete: lid 5
    ((1, 1, 1, 1, 1), 5, (F, F, A, A, W), "tie", {"postponed"}),  # there, but did not vote
]
WEIGHED = [
    ((5, 1, 1), 3, (F, A, A), 5, 2, "adopted"),  # one person outweighs two
    ((5, 3, 2), 3, (F, A, A), 5, 5, "tie"),
    ((5, 3, 3), 3, (F, A, A), 5, 6, "rejected"),
    ((9, 1, 1, 1, 1), 3, (F, F, A), 10, 1, "adopted"),
    ((9, 1, 1, 1, 1), 3, (F, A, W), 9, 1, "invalid"),  # heavy, but 2 persons of 5
]
OWN = [
    ({}, (1, 1, 1, 1, 1), 1, (F,), "adopted", {"adopted", "amended"}),  # no share is asked
    ({}, (1, 1, 1), 2, (F, A), "tie", {"postponed", "rejected"}),
    ({"tie": "next_meeting"}, (1, 1, 1), 2, (F, A), "tie", {"postponed"}),
    ({"tie": "rejected"}, (1, 1, 1), 2, (F, A), "tie", {"rejected"}),
    ({"abstaining": True}, (1, 1, 1), 3, (F, O, O), "adopted", {"adopted", "amended"}),
    ({"abstaining": True}, (1, 1, 1), 3, (O, O, O), "invalid", {"postponed"}),
    ({"weighted": True}, (4, 2, 1), 3, (A, F, F), "rejected", {"rejected"}),
    ({"quorum": "more_than_half"}, (1, 1, 1), 2, (F, F), "adopted", {"adopted", "amended"}),
]


@pytest.mark.parametrize(("weights", "present", "said", "result", "fitting"), BY_LAW)
def test_by_law(cast, weights, present, said, result, fitting):
    table = Table(cast, weights=weights, present=present)
    done = table.roll_call(*said)
    assert (done.result, count_round(done).outcomes) == (result, fitting)


@pytest.mark.parametrize(("weights", "present", "said", "votes_for", "against", "result"), WEIGHED)
def test_votes_weigh_and_persons_make_it_valid(
    cast, weights, present, said, votes_for, against, result
):
    done = Table(cast, weights=weights, present=present, weighted=True).roll_call(*said)
    count = count_round(done)
    assert (count.votes_for, count.votes_against, done.result) == (votes_for, against, result)


@pytest.mark.parametrize(("rules", "weights", "present", "said", "result", "fitting"), OWN)
def test_by_own_rules(cast, rules, weights, present, said, result, fitting):
    done = Table(cast, "own", weights=weights, present=present, **rules).roll_call(*said)
    assert (done.result, count_round(done).outcomes) == (result, fitting)


@pytest.mark.parametrize(
    ("basis", "rules", "kind", "sentence"),
    [
        ("own", {"allows_count": False}, "roll_call", "Raad stemt niet"),
        ("own", {"roll_call": False}, "roll_call", "Raad kent geen hoofdelijke stemming."),
        ("own", {"secret": False}, "secret", "Raad kent geen geheime stemming."),
        ("own", {}, "loten", "Kies hoe er wordt gestemd."),
        ("law", {}, "secret", "Noem op wie kan worden gestemd."),
    ],
)
def test_a_way_of_voting_that_the_body_does_not_know(cast, basis, rules, kind, sentence):
    with pytest.raises(Refused, match=sentence):
        Table(cast, basis, **rules).open(kind)


def test_the_law_knows_every_way_whatever_is_set(cast):
    table = Table(cast, allows_count=False, roll_call=False, secret=False)
    assert table.roll_call(F, F, F).result == "adopted"


def test_at_a_roll_call_by_law_everybody_present_says_for_or_against(cast):
    table = Table(cast)
    vote_round = table.open()
    with pytest.raises(Refused, match="Kies voor of tegen"):
        table.vote(vote_round, O)
    table.vote(vote_round, F, F)
    with pytest.raises(Refused) as refused:
        ballots.close_round(vote_round, by=table.by)
    assert str(refused.value) == (
        "Nog niet gestemd: lid 3. Wie aanwezig is, stemt voor of tegen (Gemeentewet, artikel 32). "
        "Is iemand weg? Kies dan 'niet in de zaal'."
    )


def test_without_a_quorum_nothing_is_voted_on(cast):
    with pytest.raises(Refused, match="Het quorum is niet gehaald: 1 van 3 leden waren er, 2"):
        Table(cast, present=1).open()
