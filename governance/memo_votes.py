"""What a decision memo prints of votes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.enums import Method
from governance.models import PointDecision
from governance.vote_page import many, roll_of, vote_sentence


@dataclass(frozen=True)
class MemoVote:
    """How was voted on one point; `roll` names who said what, and is empty in a secret vote."""

    point: int
    votes_for: int
    votes_against: int
    result: str
    secret: bool = False
    how: str = ""
    roll: list[str] = field(default_factory=list)


def memo_votes(points: Iterable[PointDecision]) -> list[MemoVote]:
    """One for every point that was voted on, numbered as the points are."""
    return [
        _vote(number, point)
        for number, point in enumerate(points, start=1)
        if point.method != Method.CONSENSUS
    ]


def _vote(number: int, point: PointDecision) -> MemoVote:
    weighted = point.round is not None and point.round.weighted
    return MemoVote(
        point=number,
        votes_for=point.votes_for or 0,
        votes_against=point.votes_against or 0,
        result=point.get_outcome_display().capitalize(),
        secret=point.method == Method.SECRET,
        how=vote_sentence(point) if point.round else "",
        roll=[
            f"{line.name}: {line.said}{f' ({many(line.weight or 0)})' if weighted else ''}"
            for line in roll_of(point)
        ],
    )
