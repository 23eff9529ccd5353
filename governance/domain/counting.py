"""What a vote comes to, by the rules of the body. Plain numbers in, a result out.

Votes and persons are two counts: a majority is of votes, which can have weight (Wgr 13, lid 4);
whether enough took part is counted by persons (Gemeentewet 29).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.enums import Outcome, TieRule, VoteResult
from governance.models import RuleSet, VoteOption

DECISIVE = (VoteResult.ADOPTED, VoteResult.REJECTED, VoteResult.CHOSEN)


@dataclass(frozen=True)
class Turnout:
    """Who took part, by persons, of those who need not abstain.

    `free`: no share is asked, because an earlier vote on the same was not valid or because this is
    a second meeting (29, lid 2). `vacant`: seats that nobody holds; then a meeting is not complete.
    """

    took_part: int
    entitled: int
    free: bool = False
    vacant: int = 0

    @property
    def complete(self) -> bool:
        """Every member of the body voted, but for who had to abstain (32, lid 6)."""
        return self.took_part == self.entitled and not self.vacant

    def enough(self, rules: RuleSet) -> bool:
        """More than half by law (29, lid 1); own rules ask one."""
        if self.took_part == 0:
            return False
        return not rules.by_law or self.free or self.took_part * 2 > self.entitled


def result_of(rules: RuleSet, votes_for: int, against: int, turnout: Turnout) -> VoteResult:
    """Adopted with the absolute majority of the votes cast (30); equal numbers are a tie."""
    if not turnout.enough(rules) or votes_for + against == 0:
        return VoteResult.INVALID
    if votes_for == against:
        return VoteResult.TIE
    return VoteResult.ADOPTED if votes_for > against else VoteResult.REJECTED


def result_on_persons(
    rules: RuleSet, options: Sequence[VoteOption], turnout: Turnout
) -> VoteResult:
    """Chosen is who has more than half of the votes on names; blank ballots take part and do not
    count for that (30, lid 2). Two names with equal votes are a tie (31, lid 2 en 3)."""
    named = [option.votes for option in options if not option.blank]
    cast = sum(named)
    if not turnout.enough(rules):
        return VoteResult.INVALID
    if cast and max(named) * 2 > cast:
        return VoteResult.CHOSEN
    return VoteResult.TIE if cast and len(named) == 2 else VoteResult.NOBODY


def outcomes_after(
    rules: RuleSet, result: str, *, complete: bool = False, tied_before: bool | None = False
) -> set[str]:
    """What may be decided on a point after a vote with this result.

    A tie never adopts. By law it waits for the next meeting (32, lid 4), or rejects when everybody
    voted or when it is the second (lid 5); `tied_before` is None when that cannot be known.
    """
    waits, rejects = str(Outcome.POSTPONED), str(Outcome.REJECTED)
    if result in (VoteResult.ADOPTED, VoteResult.CHOSEN):
        return {str(Outcome.ADOPTED), str(Outcome.AMENDED)}
    if result == VoteResult.REJECTED:
        return {rejects}
    if result != VoteResult.TIE:
        return {waits}
    if rules.by_law:
        if complete or tied_before:
            return {rejects}
        return {waits, rejects} if tied_before is None else {waits}
    by_own = {TieRule.NEXT_MEETING: {waits}, TieRule.REJECTED: {rejects}}
    return by_own.get(TieRule(rules.tie), {waits, rejects})
