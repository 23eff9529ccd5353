"""No series of acts, refused or not, leaves something that cannot be."""

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
from core.formats import local_day
from core.refusal import Refused
from governance.domain import (
    advice,
    attendance,
    decisions,
    layout,
    proposals,
    route,
    texts,
)
from governance.enums import Purpose
from governance.models import AdvicePoint, Decision, ProposalVersion, RouteStep
from tests import factories as make
from tests.cast import make_cast

PLACES = st.integers(min_value=0, max_value=3)
DAYS = st.integers(min_value=0, max_value=6)


def tried(act, *args, **kwargs) -> None:
    """An act may be refused; only what it leaves behind is judged."""
    with suppress(Refused, PermissionDenied):
        act(*args, **kwargs)


def content(version: ProposalVersion) -> tuple[object, ...]:
    return (
        version.subject,
        version.summary,
        version.frozen_at,
        tuple(version.points.values_list("pk", "text")),
        tuple(version.sections.values_list("pk", "heading", "body")),
    )


class Life(RuleBasedStateMachine):
    decided = 0

    def __init__(self) -> None:
        super().__init__()
        self.one_life = transaction.atomic()
        self.one_life.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.one_life.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.cast = make_cast()
        self.now = clock.now()
        self.frozen: dict[int, tuple[object, ...]] = {}
        self.proposal = make.routed(
            self.cast.author,
            self.cast.team,
            (self.cast.steering, Purpose.ADVISE),
            (self.cast.aoj, Purpose.DISCUSS),
            (self.cast.board, Purpose.DECIDE),
        )

    def step(self, place: int) -> RouteStep:
        steps = list(self.proposal.steps.select_related("body", "meeting", "version"))
        return steps[min(place, len(steps) - 1)]

    def secretary(self, step: RouteStep):
        slug = step.body.slug
        people = {"bestuur": self.cast.secretary, "aoj": self.cast.aoj_secretary}
        return people.get(slug, self.cast.steering_secretary)

    def do(self, act, *args, **kwargs) -> None:
        with clock.at(self.now):
            tried(act, *args, **kwargs)

    @rule(days=DAYS)
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(place=PLACES, days=DAYS)
    def plan(self, place: int, days: int) -> None:
        step, at = self.step(place), self.now + timedelta(days=days, hours=1)
        meeting = step.body.meetings.filter(starts_at=at).first() or make.meeting(
            step.body, starts_at=at
        )
        self.do(route.plan_step, step, meeting, by=self.cast.author)

    @rule(place=PLACES)
    def put_on_agenda(self, place: int) -> None:
        self.do(route.put_on_agenda, self.step(place), by=self.cast.author)

    @rule(place=PLACES)
    def handle(self, place: int) -> None:
        step = self.step(place)
        self.do(route.handle_step, step, by=self.secretary(step))

    @rule(place=PLACES)
    def hold_over(self, place: int) -> None:
        step = self.step(place)
        self.do(route.hold_over, step, by=self.secretary(step), why="Later.")

    @rule(place=PLACES, back=st.booleans())
    def skip_or_restore(self, place: int, back: bool) -> None:
        step = self.step(place)
        if back:
            self.do(layout.restore_step, step, by=self.cast.author)
        else:
            self.do(layout.skip_step, step, reason="Spoed.", by=self.cast.author)

    @rule(place=PLACES, to=PLACES)
    def move(self, place: int, to: int) -> None:
        self.do(layout.move_step, self.step(place), to=to, by=self.cast.author)

    @rule(place=PLACES)
    def add(self, place: int) -> None:
        before = self.step(place)
        self.do(
            layout.add_step,
            self.proposal,
            body=self.cast.aoj,
            purpose=Purpose.ADVISE,
            before=before,
            by=self.cast.author,
        )

    @rule()
    def advise(self) -> None:
        self.do(make.advised, self.step(0), by=self.secretary(self.step(0)), on=local_day(self.now))

    @rule(answer=st.sampled_from(["adopted", "partly", "not"]))
    def answer(self, answer: str) -> None:
        point = self.proposal.advice.first()
        if point:
            self.do(advice.answer_advice, point, answer=answer, reason="Zo.", by=self.cast.author)

    @rule(text=st.sampled_from(["Een.", "Twee."]))
    def write(self, text: str) -> None:
        def act() -> None:
            version = texts.working_version(self.proposal, by=self.cast.author)
            texts.add_point(version, text=text, by=self.cast.author)

        self.do(act)

    @rule()
    def finalise(self) -> None:
        last = self.proposal.steps.last()
        self.do(route.finalise_version, last, by=self.cast.author)

    @rule(act=st.sampled_from(["postpone", "resume", "withdraw", "resume"]))
    def change(self, act: str) -> None:
        self.do(proposals.change_state, self.proposal, act, by=self.cast.author, why="Zo.")

    @rule(present=PLACES)
    def decide(self, present: int) -> None:
        step = self.proposal.steps.select_related("meeting", "version").last()

        def act() -> None:
            if step.meeting is None or step.version is None:
                return
            there = self.cast.board_members[:present]
            attendance.record_attendance(step.meeting, present=there, by=self.cast.secretary)
            items = [
                decisions.PointOutcome(point, "adopted") for point in step.version.points.all()
            ]
            decisions.record_decision(
                step, items, validity=decisions.Validity(clock.today()), by=self.cast.secretary
            )

        self.do(act)

    @rule()
    def advance(self) -> None:
        """The next stop the ordinary way, so that lives get somewhere."""
        step = next(
            (s for s in self.proposal.steps.all() if s.state in ("planned", "on_agenda")), None
        )
        if step is None:
            return
        place = list(self.proposal.steps.all()).index(step)
        self.plan(place, 0)
        self.put_on_agenda(place)
        self.now += timedelta(hours=2)
        for point in self.proposal.advice.filter(answer=""):
            self.do(make.answered, point, self.cast.author)
        self.finalise()
        if step.purpose == Purpose.DECIDE:
            self.decide(3)
        else:
            self.handle(place)

    @invariant()
    def nothing_impossible(self) -> None:
        if not hasattr(self, "proposal"):
            return
        self.proposal.refresh_from_db()
        steps = list(self.proposal.steps.select_related("meeting", "version"))
        days = [local_day(s.meeting.starts_at) for s in steps if s.meeting and s.state != "skipped"]
        assert days == sorted(days), "dates out of order"
        for version in self.proposal.versions.filter(frozen_at__isnull=False):
            assert self.frozen.setdefault(version.pk, content(version)) == content(version)
        for step in steps:
            if step.state == "handled":
                assert step.meeting.starts_at <= self.now, "handled before its meeting"
            if step.state == "on_agenda":
                assert self.proposal.state == "in_route"
                assert step.version.frozen_at is not None
        for point in AdvicePoint.objects.exclude(answer=""):
            assert point.reason, "answered without a reason"
        for decision in Decision.objects.all():
            Life.decided += 1
            assert decision.members_present >= 2, "decided without a quorum"
            assert not self.proposal.advice.filter(answer="").exists()
            assert {s.state for s in steps} <= {"handled", "skipped"}
            assert self.proposal.state == "adopted"
        if self.proposal.state == "adopted":
            assert Decision.objects.count() == 1


@pytest.mark.django_db
def test_life():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Life.decided, "no life came as far as a decision"
