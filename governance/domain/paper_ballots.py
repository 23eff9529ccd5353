"""A secret vote on paper (Gemeentewet 30, lid 2 and 31), entered by who counted the ballots."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core.refusal import Answer, Refusal, Refused, require
from governance.domain.ballots import is_open, locked_round, note_vote, voter_of
from governance.domain.electorate import electorate_of, equal_weight
from governance.models import Membership, VoteOption, VoteRound
from governance.rules import demand


@transaction.atomic
def enter_ballots(
    vote_round: VoteRound,
    counts: Mapping[VoteOption, int],
    *,
    handed_in: Collection[Membership],
    by: User | None,
) -> VoteRound:
    """The secretary writes down a vote on paper: who handed in a ballot, and what the ballots said.

    Refuses numbers that do not agree, a vote that is partly on paper, and votes of unequal weight:
    a ballot does not tell whose it is. Gemeentewet 30, lid 2 and 31.
    """
    current = locked_round(vote_round)
    demand(by, "body.keep", current.meeting.body)
    require(is_open(current), _on_paper(current))
    electorate = electorate_of(current.step, current.meeting)
    weight = equal_weight(electorate.voters)
    if weight is None:
        raise Refused(
            Refusal(
                "De stemmen wegen niet even zwaar, en een stembriefje zegt niet van wie het is. "
                "Laat ieder lid op een eigen apparaat stemmen."
            )
        )
    if sum(counts.values()) != len(handed_in) or min(counts.values(), default=0) < 0:
        raise Refused(
            Refusal(
                f"U telde {sum(counts.values())} stembriefjes, en {len(handed_in)} leden leverden "
                "er een in. Tel opnieuw."
            )
        )
    for member in handed_in:
        voter = voter_of(current, electorate, member)
        note_vote(current, voter, "")
    for option, count in counts.items():
        current.options.filter(pk=option.pk).update(
            ballots=F("ballots") + count, votes=F("votes") + count * weight
        )
    return current


def _on_paper(vote_round: VoteRound) -> Answer:
    if not vote_round.secret:
        return Refusal("Op briefjes wordt alleen over personen gestemd.")
    if vote_round.votes.exists():
        return Refusal(
            "Er is al op een apparaat gestemd. Stem allemaal daar, of allemaal op papier."
        )
    return True
