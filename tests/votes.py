"""A paper before a body whose votes are counted by hand, an hour into its meeting."""

from datetime import timedelta

from core import clock
from governance.domain import attendance, ballots
from governance.enums import LegalStatus, RuleBasis
from governance.models import Meeting, Membership, RouteStep, RuleSet, VoteRound
from tests import factories as make
from tests.cast import Cast

REGELING = "Regeling, artikel 9"


class Table:
    """Members around a table: `weights` gives each a seat; `present` of them came."""

    def __init__(
        self,
        cast: Cast,
        basis: str = RuleBasis.LAW,
        weights: tuple[int | None, ...] = (1, 1, 1),
        present: int | None = None,  # all of them
        points: tuple[str, ...] = ("Ja?",),
        **rules: object,
    ) -> None:
        self.cast, self.by = cast, cast.secretary
        if rules.get("weighted") or rules.get("deputies"):
            rules.setdefault("source", REGELING)
        rules.setdefault("roll_call", True)
        rules.setdefault("secret", True)
        self.rules: RuleSet = make.rules(cast.region, basis, **rules)
        self.body = make.body(
            cast.region, "Raad", legal_status=LegalStatus.ORGAN, rules=self.rules, slug="raad"
        )
        make.member(self.body, self.by, role="secretary")
        self.members: list[Membership] = [
            make.member(
                self.body,
                make.user(f"lid {n}"),
                seat=make.seat(self.body, organisation=f"Zetel {n}", votes=weight),
            )
            for n, weight in enumerate(weights, start=1)
        ]
        proposal = make.routed(
            cast.author, cast.team, (self.body, make.DECIDE), points=list(points)
        )
        self.meeting: Meeting = make.meeting(self.body, starts_at=clock.now() - timedelta(hours=1))
        self._step = make.on_agenda(proposal.steps.get(), cast.author, self.meeting)
        self.attend(self.members[: len(weights) if present is None else present])

    @property
    def step(self) -> RouteStep:
        """As it is now."""
        rows = RouteStep.objects.select_related("body__rules", "meeting", "version", "proposal")
        return rows.get(pk=self._step.pk)

    @property
    def point(self):
        return self.step.version.points.first()

    def attend(self, present) -> None:
        attendance.record_attendance(self.meeting, present=present, by=self.by)

    def open(self, kind: str = "roll_call", **fields: object) -> VoteRound:
        point = fields.pop("point", None) or self.point
        return ballots.open_round(self.step, point, kind=kind, by=self.by, **fields)

    def vote(self, vote_round: VoteRound, *choices: str) -> None:
        """The members say, in order, 'for', 'against', 'abstain' or 'away'; '' says nothing."""
        said = {m: c for m, c in zip(self.members, choices, strict=False) if c}
        ballots.enter_votes(vote_round, said, by=self.by)

    def write(self, vote_round: VoteRound, *labels: str) -> None:
        """The members hand in their ballots, in order; '' hands in none."""
        keys = {option.label: str(option.pk) for option in vote_round.options.all()}
        for member, label in zip(self.members, labels, strict=False):
            if label:
                ballots.cast_vote(vote_round, keys[label], by=member.user)

    def confirmed(self, vote_round: VoteRound, lot=None) -> VoteRound:
        ballots.close_round(vote_round, by=self.by)
        return ballots.confirm_round(vote_round, by=self.by, lot=lot)

    def roll_call(self, *choices: str, **fields: object) -> VoteRound:
        vote_round = self.open(**fields)
        self.vote(vote_round, *choices)
        return self.confirmed(vote_round)
