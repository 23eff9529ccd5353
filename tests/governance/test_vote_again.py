"""Voted on again: after an invalid vote, a tie, and a tie on persons (Gemeentewet 29, 31, 32)."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import ballots
from governance.domain.round_count import count_round
from tests.governance.test_vote_faults import decide, sentence
from tests.governance.test_vote_round import the_next_meeting
from tests.votes import Table

F, A, W = "for", "against", "away"


def test_hands_after_an_invalid_vote_ask_no_share_in_the_next_meeting(cast):
    """3 of 5 came and one left the room: invalid. A week later 2 hands of 5 are enough (29, 2a)."""
    table = Table(cast, weights=(1,) * 5, present=3)
    assert table.roll_call(F, F, W).result == "invalid"
    hands = {"method": "count", "votes_for": 2, "votes_against": 0}
    with pytest.raises(Refused, match="de uitslag van de stemming is"):
        decide(table, "adopted", **hands)
    the_next_meeting(table)
    with clock.at(table.meeting.starts_at + timedelta(hours=1)):
        table.attend(table.members[:3])
        assert decide(table, "adopted", **hands).points.get().votes_for == 2


def test_hands_that_tie_after_a_tied_roll_call_reject(cast):
    table = Table(cast, weights=(1,) * 5, present=4)
    table.roll_call(F, F, A, A)
    the_next_meeting(table)
    hands = {"method": "count", "votes_for": 2, "votes_against": 2}
    with clock.at(table.meeting.starts_at + timedelta(hours=1)):
        table.attend(table.members[:4])
        with pytest.raises(Refused, match="Kies 'verworpen'"):
            decide(table, "postponed", **hands)
        assert decide(table, "rejected", **hands).points.get().outcome == "rejected"


def test_after_a_tie_on_persons_the_same_two_names_are_voted_on(cast):
    table = Table(cast, weights=(1,) * 4)
    vote_round = table.open("secret", names=("Ans", "Bea"))
    table.write(vote_round, "Ans", "Ans", "Bea", "Bea")
    assert table.confirmed(vote_round).result == "tie"
    with pytest.raises(Refused) as refused:
        table.open("secret", names=("Ans", "Cas"))
    assert sentence(refused) == (
        "De stemmen staakten. Stem opnieuw over dezelfde namen: Ans en Bea "
        "(Gemeentewet, artikel 31)."
    )
    assert table.open("secret", names=("bea", "ans")).state == "open"


def test_the_lot_waits_for_a_second_tie_on_the_same_names(cast):
    """Three names, nobody has more than half; then two of them tie for the first time."""
    table = Table(cast, weights=(1,) * 4)
    first = table.open("secret", names=("Ans", "Bea", "Cas"))
    table.write(first, "Ans", "Ans", "Bea", "Cas")
    assert table.confirmed(first).result == "nobody"
    second = table.open("secret", names=("Ans", "Bea"))
    table.write(second, "Ans", "Ans", "Bea", "Bea")
    ballots.close_round(second, by=table.by)
    assert not count_round(second).needs_lot
