"""No series of acts, refused or not, breaks quorum, weights, order or one person one vote."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core import clock
from core.refusal import Refused
from governance.domain import ballots, recusals
from governance.domain.decisions import PointOutcome, Validity, record_decision
from governance.models import Decision, Vote, VoteRound
from tests.cast import make_cast
from tests.votes import Table

WHO = st.integers(min_value=0, max_value=4)
PLACE = st.integers(min_value=0, max_value=1)
OUTCOMES = st.sampled_from(["adopted", "adopted", "rejected", "postponed"])
SAYS = st.sampled_from(["for", "against", "abstain", "away"])
WEIGHTS = (5, 3, 2, 1, 1)


class Sitting(RuleBasedStateMachine):
    confirmed = decided = on_a_vote = 0

    def __init__(self) -> None:
        super().__init__()
        self.one_life = transaction.atomic()
        self.one_life.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.one_life.__exit__(None, None, None)

    @initialize(basis=st.sampled_from(["law", "own"]), weighted=st.booleans())
    def begin(self, basis: str, weighted: bool) -> None:
        self.table = Table(
            make_cast(), basis, weights=WEIGHTS, points=("Een?", "Twee?"), weighted=weighted
        )
        self.weighted = weighted
        self.cast: dict[int, int] = {}
        self.weighed: dict[int, int] = {}

    def do(self, act, *args, **kwargs) -> None:
        with suppress(Refused, PermissionDenied), transaction.atomic():
            act(*args, **kwargs)

    def point(self, place: int):
        return list(self.table.step.version.points.all())[place]

    def last(self) -> VoteRound | None:
        return VoteRound.objects.order_by("pk").last()

    @rule(present=st.sets(WHO))
    def attend(self, present) -> None:
        self.do(self.table.attend, [self.table.members[n] for n in present])

    @rule(who=WHO, back=st.sampled_from([True, True, False]))
    def leave(self, who: int, back: bool) -> None:
        """A member whose term ends, or who turns out to sit after all."""
        member = self.table.members[who]
        member.valid_until = None if back else clock.today() - timedelta(days=2)
        member.save()

    @rule(who=WHO, votes=st.sampled_from([1, 2, 7]))
    def weigh(self, who: int, votes: int) -> None:
        """The admin changes the weight of a seat; what was cast keeps the weight it had."""
        seat = self.table.members[who].seat
        seat.votes = votes
        seat.save()

    @rule(who=WHO)
    def recuse(self, who: int) -> None:
        member = self.table.members[who]
        self.do(recusals.recuse, self.table.step, member, reason="Zo.", by=self.table.by)

    @rule(place=PLACE, kind=st.sampled_from(["roll_call", "roll_call", "secret"]))
    def open(self, place: int, kind: str) -> None:
        self.do(lambda: self.table.open(kind, point=self.point(place), names=("Ans", "Bea")))

    @rule(who=WHO, says=SAYS, option=st.integers(min_value=0, max_value=2))
    def vote(self, who: int, says: str, option: int) -> None:
        if vote_round := self.last():
            options = list(vote_round.options.all())
            choice = str(options[option].pk) if options else says
            self.do(ballots.cast_vote, vote_round, choice, by=self.table.members[who].user)

    @rule(said=st.lists(st.sampled_from(["for", "against", "away"]), min_size=5, max_size=5))
    def call_the_roll(self, said) -> None:
        if vote_round := self.last():
            voted = set(vote_round.votes.values_list("member_id", flat=True))
            rest = [
                "" if member.pk in voted else word
                for member, word in zip(self.table.members, said, strict=True)
            ]
            self.do(self.table.vote, vote_round, *rest)

    @rule(act=st.sampled_from(["close", "confirm", "close", "confirm", "discard"]))
    def carry_on(self, act: str) -> None:
        if vote_round := self.last():
            extra = {"why": "Zo."} if act == "discard" else {}
            self.do(getattr(ballots, f"{act}_round"), vote_round, by=self.table.by, **extra)

    @rule(place=PLACE, said=st.lists(st.sampled_from(["for", "against"]), min_size=5, max_size=5))
    def whole_vote(self, place: int, said) -> None:
        """Opened, said by everybody, closed and confirmed, as far as it gets."""
        self.open(place, "roll_call")
        vote_round = self.last()
        for member, word in zip(self.table.members, said, strict=True) if vote_round else ():
            self.do(ballots.enter_votes, vote_round, {member: word}, by=self.table.by)
        for act in ("close", "confirm"):
            self.carry_on(act)

    @rule(outcomes=st.lists(OUTCOMES, min_size=2, max_size=2))
    def decide(self, outcomes) -> None:
        items = [PointOutcome(self.point(n), each) for n, each in enumerate(outcomes)]
        validity = Validity(clock.today())
        self.do(record_decision, self.table.step, items, validity=validity, by=self.table.by)

    @invariant()
    def nothing_impossible(self) -> None:
        if not hasattr(self, "table"):
            return
        self.weights = {m.pk: m.seat.votes for m in self.table.members}
        law = self.table.rules.by_law
        running = 0
        for vote_round in VoteRound.objects.all():
            votes = list(vote_round.votes.all())
            running += vote_round.running
            assert len({vote.person_id for vote in votes}) == len(votes)
            for vote in votes:
                # Of the moment it was cast: a seat that changes later changes no vote.
                now = self.weights[vote.member_id] if self.weighted else 1
                assert vote.weight == self.weighed.setdefault(vote.pk, now)
                assert (vote.choice == "") == vote_round.secret
                assert vote.choice != "abstain", "neither set of rules allowed it"
            if vote_round.secret:
                options = list(vote_round.options.all())
                assert sum(o.ballots for o in options) == len(votes)
                assert sum(o.votes for o in options) == sum(v.weight for v in votes)
            if vote_round.state == "confirmed":
                Sitting.confirmed += 1
                took = [v for v in votes if vote_round.secret or v.choice in ("for", "against")]
                if law and vote_round.result != "invalid":
                    assert len(took) * 2 > vote_round.entitled, "valid without enough"
                self.right(vote_round, took)
            # What was counted once never changes.
            assert self.cast.setdefault(vote_round.pk, len(votes)) <= len(votes)
            self.cast[vote_round.pk] = len(votes)
        assert running <= 1
        for decision in Decision.objects.all():
            Sitting.decided += 1
            assert not running
            assert decision.members_present * 2 > decision.members_total or not law
            self.follows(decision)

    def right(self, vote_round: VoteRound, took: list[Vote]) -> None:
        said = {c: sum(v.weight for v in took if v.choice == c) for c in ("for", "against")}
        if vote_round.result == "adopted":
            assert said["for"] > said["against"]
        if vote_round.result == "rejected":
            assert said["against"] > said["for"]
        if vote_round.result == "chosen":
            named = vote_round.options.filter(blank=False)
            chosen = named.get(chosen=True)
            total = sum(option.votes for option in named)
            assert chosen.votes * 2 > total or vote_round.by_lot

    def follows(self, decision: Decision) -> None:
        """A point on which a vote was confirmed bears its result; a tie never adopts, and what
        was not valid or chose nobody only waits."""
        fits = {
            "adopted": {"adopted"},
            "chosen": {"adopted"},
            "rejected": {"rejected"},
            "tie": {"rejected", "postponed"},
            "invalid": {"postponed"},
            "nobody": {"postponed"},
        }
        for row in decision.points.all():
            if row.round:
                assert row.outcome in fits[row.round.result]
                Sitting.on_a_vote += 1


@pytest.mark.django_db
def test_a_sitting():
    run_state_machine_as_test(
        Sitting,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Sitting.confirmed, "no vote came as far as its result"
    assert Sitting.decided, "nothing was decided"
    assert Sitting.on_a_vote, "no decision followed from a vote"
