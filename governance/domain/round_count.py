"""The count of one round, for the second look and for everything that shows it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from governance.domain.attendance import asks_no_quorum, was_held_over
from governance.domain.counting import Turnout, outcomes_after, result_of, result_on_persons
from governance.enums import Choice, RoundState, VoteResult
from governance.models import (
    DecisionPoint,
    Meeting,
    RouteStep,
    RuleSet,
    Vote,
    VoteOption,
    VoteRound,
)


@dataclass(frozen=True)
class RoundCount:
    """Persons and votes of a round, and what they come to by the rules of the body."""

    votes: list[Vote]
    options: list[VoteOption]
    turnout: Turnout
    result: VoteResult
    rules: RuleSet
    tied_before: bool | None
    needs_lot: bool

    def outcomes_of(self, result: str) -> set[str]:
        """What may be decided after this result: that of the count, or of the lot."""
        return outcomes_after(
            self.rules, result, complete=self.turnout.complete, tied_before=self.tied_before
        )

    @property
    def outcomes(self) -> set[str]:
        return self.outcomes_of(self.result)

    def persons(self, choice: str) -> int:
        return sum(1 for vote in self.votes if vote.choice == choice)

    def weight(self, choice: str) -> int:
        return sum(vote.weight for vote in self.votes if vote.choice == choice)

    @property
    def votes_for(self) -> int:
        return self.weight(Choice.FOR)

    @property
    def votes_against(self) -> int:
        return self.weight(Choice.AGAINST)

    @property
    def cast(self) -> int:
        """Votes that count for the majority: blank ballots and abstentions do not."""
        if self.options:
            return sum(option.votes for option in self.options if not option.blank)
        return self.votes_for + self.votes_against

    @property
    def majority(self) -> int:
        """The smallest number of votes that is more than half of those cast."""
        return self.cast // 2 + 1

    @property
    def leading(self) -> VoteOption | None:
        named = [option for option in self.options if not option.blank]
        return max(named, key=lambda option: option.votes, default=None)


def count_round(vote_round: VoteRound) -> RoundCount:
    """Count a round. Reads the rows as they are: frozen weights, counters of a secret vote."""
    rules = vote_round.meeting.body.rules
    votes = list(vote_round.votes.select_related("member__user", "member__seat__municipality"))
    options = list(vote_round.options.all())
    turnout = Turnout(
        took_part=_took_part(votes, vote_round.secret),
        entitled=vote_round.entitled,
        free=is_free(vote_round),
        vacant=vote_round.vacant,
    )
    if vote_round.secret:
        result = result_on_persons(rules, options, turnout)
    else:
        weigh = {choice: sum(v.weight for v in votes if v.choice == choice) for choice in Choice}
        result = result_of(rules, weigh[Choice.FOR], weigh[Choice.AGAINST], turnout)
    return RoundCount(
        votes=votes,
        options=options,
        turnout=turnout,
        result=result,
        rules=rules,
        tied_before=tied_before(vote_round),
        needs_lot=vote_round.secret and result == VoteResult.TIE and _tied_just_now(vote_round),
    )


def _took_part(votes: list[Vote], secret: bool) -> int:
    """Persons who cast a vote: handing in a ballot is enough, blank as well (28, lid 2)."""
    if secret:
        return len(votes)
    return sum(1 for vote in votes if vote.choice in (Choice.FOR, Choice.AGAINST))


def tied_before(vote_round: VoteRound) -> bool | None:
    """Whether the same text tied in an earlier meeting (32, lid 5)."""
    return tied_earlier(vote_round.step, vote_round.meeting, vote_round.text)


def tied_earlier(step: RouteStep, meeting: Meeting, text: str) -> bool | None:
    """Whether this text tied in an earlier meeting; None when the paper was held over for a reason
    that was not written down as a vote."""
    earlier = _confirmed_earlier(step, meeting, text)
    if earlier.filter(result=VoteResult.TIE).exists():
        return True
    return None if was_held_over(step) and not earlier.exists() else False


def is_free(vote_round: VoteRound) -> bool:
    return asks_no_share(vote_round.step, vote_round.meeting, vote_round.text)


def asks_no_share(step: RouteStep, meeting: Meeting, text: str) -> bool:
    """Whether no share of the members is asked (29, lid 2): the same was voted on invalidly in an
    earlier meeting, or this is a second meeting on the same papers."""
    return (
        asks_no_quorum(meeting, step)
        or _confirmed_earlier(step, meeting, text).filter(result=VoteResult.INVALID).exists()
    )


def _confirmed_earlier(step: RouteStep, meeting: Meeting, text: str) -> QuerySet[VoteRound]:
    return VoteRound.objects.filter(step=step, text=text, state=RoundState.CONFIRMED).exclude(
        meeting=meeting
    )


def _tied_just_now(vote_round: VoteRound) -> bool:
    """Whether the vote before this one, in the same meeting and on the same names, was a tie."""
    tied = tied_names(
        vote_round.step, vote_round.meeting, vote_round.point, other_than=vote_round.pk
    )
    named = vote_round.options.filter(blank=False).values_list("label", flat=True)
    return bool(tied) and {name.casefold() for name in tied} == {n.casefold() for n in named}


def tied_names(
    step: RouteStep, meeting: Meeting | None, point: DecisionPoint, other_than: int = 0
) -> list[str]:
    """The two names that tied in the last vote on this point in this meeting: those, and no others,
    are voted on again at once (31, lid 2). Empty when that was no tie on persons."""
    last = confirmed_rounds(step, meeting, point).exclude(pk=other_than).last()
    if last is None or not last.secret or last.result != VoteResult.TIE:
        return []
    return list(last.options.filter(blank=False).values_list("label", flat=True))


def confirmed_rounds(
    step: RouteStep, meeting: Meeting | None, point: DecisionPoint
) -> QuerySet[VoteRound]:
    """The votes on a point that count, in one meeting."""
    return VoteRound.objects.filter(
        step=step, meeting=meeting, point=point, state=RoundState.CONFIRMED
    )


def governing_round(step: RouteStep, point: DecisionPoint) -> VoteRound | None:
    """The last confirmed vote on a point in the present meeting of its stop."""
    return confirmed_rounds(step, step.meeting, point).last()


def running_round(meeting: Meeting) -> VoteRound | None:
    """The vote that is open, or waits for the second look."""
    rounds = meeting.rounds.filter(state__in=[RoundState.OPEN, RoundState.CLOSED])
    return rounds.select_related("step__proposal", "point").first()
