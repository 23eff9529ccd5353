"""Walking a paper along its route through the domain, on the days that people did so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from core import clock, richtext
from core.formats import local_day
from governance.domain import (
    action_points,
    advice,
    agenda,
    agenda_versions,
    attendance,
    ballots,
    decision_lists,
    decisions,
    layout,
    meetings,
    minutes,
    proposals,
    route,
    texts,
)
from governance.domain.agenda_places import items_on
from governance.domain.electorate import electorate_of
from governance.enums import AnswerKind, Choice, ItemKind, ItemResult, ListState, Outcome, VoteKind
from governance.models import (
    AdvicePoint,
    Decision,
    DecisionList,
    DecisionPoint,
    Meeting,
    Proposal,
    RouteStep,
)
from regioagenda.domain.proposal_blocks import link_blocks
from regiovisie.demo import files
from regiovisie.demo.organisation import Cast
from regiovisie.demo.papers import Paper

Answers = Sequence[tuple[str, str]]


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment on a day, in Dutch time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@dataclass
class Walker:
    """The people of one region at work: the team leads, each secretary keeps her own body."""

    cast: Cast
    team: str

    @property
    def lead(self) -> User:
        return self.cast.secretaries[self.team]

    def meeting(self, slug: str, day: date, hour: int = 9, minute: int = 30) -> Meeting:
        """A planned meeting of a body, made by its secretary the first time it is asked for."""
        body, starts_at = self.cast.bodies[slug], at(day, hour, minute)
        found = body.meetings.filter(starts_at=starts_at).first()
        if found:
            return found
        planned_on = min(starts_at - timedelta(days=60), clock.now())
        with clock.at(planned_on):
            return meetings.plan_meeting(body, starts_at=starts_at, by=self.cast.secretaries[slug])

    def write(self, paper: Paper, on: date, *, route_name: str = "") -> Proposal:
        """A concept with its text, attachments and route."""
        with clock.at(at(on, 10)):
            by = self.lead
            proposal = proposals.create_proposal(
                self.cast.region,
                by=by,
                kind=paper.kind,
                subject=paper.subject,
                author_body=self.cast.bodies[self.team],
                commissioned_by=self.cast.bodies.get(paper.commissioned_by),
                example=True,
                summary=paper.summary,
                addressed_to=paper.addressed_to,
                drafted_by=paper.drafted_by,
                case_number=paper.case_number,
                dated=paper.dated or on,
                cost=paper.cost,
                cost_note=paper.cost_note,
                decision_intro=paper.decision_intro,
            )
            version = texts.working_version(proposal, by=by)
            for heading, body in paper.sections:
                texts.add_section(
                    version, heading=heading, body=richtext.from_plain_text(body), by=by
                )
            for point in paper.points:
                texts.add_point(version, text=point, by=by)
            for file in paper.files:
                texts.add_attachment(
                    version,
                    files.store(file, by=by),
                    title=file.title,
                    confidential=file.confidential,
                    by=by,
                )
            numbered = {b.number: b for b in self.cast.region.building_blocks.all()}
            link_blocks(proposal, [numbered[number] for number in paper.blocks], by=by)
            if route_name:
                layout.apply_template(proposal, self.cast.templates[route_name], by=by)
        return proposal

    def enter(self, proposal: Proposal, on: date, dates: dict[str, date]) -> None:
        """Into the route, with its stops planned in the meetings of these days."""
        with clock.at(at(on, 11)):
            proposals.enter_route(proposal, by=self.lead)
            for slug, day in dates.items():
                self.plan(proposal, slug, day)

    def plan(self, proposal: Proposal, slug: str, day: date) -> None:
        meeting = self.meeting(slug, day)
        route.plan_step(self.step(proposal, slug), meeting, by=self.lead)

    @staticmethod
    def step(proposal: Proposal, slug: str) -> RouteStep:
        """The stop at a body, read again."""
        return RouteStep.objects.get(proposal=proposal, body__slug=slug)

    def send(self, proposal: Proposal, slug: str, on: date, change_note: str = "") -> None:
        """Papers to a body: the text is frozen and stands on the agenda of its meeting."""
        with clock.at(at(on, 12)):
            route.put_on_agenda(self.step(proposal, slug), by=self.lead, change_note=change_note)

    def publish_agenda(
        self,
        slug: str,
        day: date,
        on: date,
        *,
        minutes: int,
        change: tuple[str, str] | None = None,
    ) -> None:
        """The secretary gives each paper its time and publishes the agenda; an hour later she
        perhaps adds a point of her own, which makes version 2."""
        meeting, by = self.meeting(slug, day), self.cast.secretaries[slug]
        with clock.at(at(on, 13)):
            agenda.start_agenda(meeting, by=by)
            handling = {
                item.pk: agenda.Handling(minutes, item.treatment)
                for item in items_on(meeting).filter(kind=ItemKind.PAPER)
            }
            agenda.set_handling(meeting, handling, by=by)
            agenda_versions.publish_agenda(meeting, by=by)
        if change:
            title, text = change
            with clock.at(at(on, 14)):
                agenda.add_item(meeting, title=title, text=text, minutes=10, by=by)
                agenda_versions.publish_change(meeting, by=by)

    def treat(self, proposal: Proposal, slug: str, points: Sequence[str] = ()) -> None:
        """The meeting of a body that discusses or advises: its advice recorded, the stop closed."""
        step = self.step(proposal, slug)
        if step.meeting is None:
            raise ValueError(f"{step} has no meeting")
        secretary = self.cast.secretaries[slug]
        with clock.at(step.meeting.starts_at + timedelta(hours=3)):
            if points:
                advice.record_advice(
                    proposal,
                    body=step.body,
                    given_on=clock.today(),
                    points=points,
                    by=secretary,
                    step=step,
                )
            route.handle_step(self.step(proposal, slug), by=secretary)

    def answer(
        self, proposal: Proposal, answers: Answers, on: date, added: tuple[str, str]
    ) -> None:
        """A new version with what was done with the advice, and an answer to every open point."""
        with clock.at(at(on, 14)):
            version = texts.working_version(proposal, by=self.lead)
            heading, body = added
            texts.add_section(
                version, heading=heading, body=richtext.from_plain_text(body), by=self.lead
            )
            open_points = AdvicePoint.objects.filter(proposal=proposal, answer="")
            for point, (kind, reason) in zip(open_points, answers, strict=True):
                advice.answer_advice(
                    point,
                    answer=kind,
                    reason=reason,
                    by=self.lead,
                    version=None if kind == AnswerKind.NOT else version,
                )

    def finalise(self, proposal: Proposal, slug: str, on: date, change_note: str = "") -> None:
        with clock.at(at(on, 16)):
            route.finalise_version(self.step(proposal, slug), by=self.lead, change_note=change_note)

    def hold(self, meeting: Meeting, *, absent: Collection[int] = ()) -> None:
        """The meeting takes place and adopts the lists on its agenda; `absent` numbers those who
        are not there."""
        with clock.at(meeting.starts_at + timedelta(hours=2)):
            members = attendance.sitting_members(meeting.body, meeting)
            attendance.record_attendance(
                meeting,
                present=[m for n, m in enumerate(members, start=1) if n not in absent],
                by=self.cast.secretaries[meeting.body.slug],
            )
        self._adopt_lists(meeting)

    def decide(
        self,
        proposal: Proposal,
        slug: str,
        *,
        note: str,
        counts: dict[int, tuple[int, int]] | None = None,
        until: date | None = None,
        extendable: date | None = None,
    ) -> Decision:
        """Every point adopted; `counts` gives, for points that were voted on, how many members said
        for and against at a roll call."""
        step = self.step(proposal, slug)
        if step.meeting is None or step.version is None:
            raise ValueError(f"{step} is not on an agenda")
        points = list(step.version.points.all())
        outcomes = [decisions.PointOutcome(point, Outcome.ADOPTED) for point in points]
        with clock.at(step.meeting.starts_at + timedelta(hours=4)):
            for point in points:
                if votes := (counts or {}).get(point.order):
                    self._roll_call(step, point, *votes)
            return decisions.record_decision(
                step,
                outcomes,
                validity=decisions.Validity(clock.today(), until, extendable),
                by=self.cast.secretaries[slug],
                note=note,
                example=True,
            )

    def _roll_call(
        self, step: RouteStep, point: DecisionPoint, votes_for: int, against: int
    ) -> None:
        """The first members say for, the last ones against."""
        by = self.cast.secretaries[step.body.slug]
        vote_round = ballots.open_round(step, point, kind=VoteKind.ROLL_CALL, by=by)
        voters = electorate_of(vote_round.step, vote_round.meeting).voters
        if len(voters) != votes_for + against:
            raise ValueError(f"{len(voters)} voters for {votes_for} and {against} votes")
        said = [Choice.FOR] * votes_for + [Choice.AGAINST] * against
        members = [voter.member for voter in voters]
        ballots.enter_votes(vote_round, dict(zip(members, said, strict=True)), by=by)
        ballots.close_round(vote_round, by=by)
        ballots.confirm_round(vote_round, by=by)

    def publish(self, decision: Decision, final_on: date, published_on: date) -> Decision:
        """Make a decision final and publish it; returns it as it then is."""
        by = self.cast.secretaries[decision.body.slug]
        with clock.at(at(final_on, 10)):
            decisions.finalise_decision(decision, by=by)
        with clock.at(at(published_on, 10)):
            return decisions.publish_decision(decision, by=by)

    def finish_past_meetings(self) -> None:
        """Every meeting that is past was held. Long enough ago it has its list, published after a
        week; for the last two weeks the secretary still has to make it."""
        past = Meeting.objects.filter(
            body__region=self.cast.region, starts_at__lt=clock.now(), decision_list__isnull=True
        )
        for meeting in past.select_related("body").order_by("starts_at"):
            if meeting.state in meetings.COMING:
                self.hold(meeting)
            if decision_lists.due_on(meeting) < clock.today():
                self.list(meeting, local_day(meeting.starts_at) + timedelta(days=7))

    def _adopt_lists(self, meeting: Meeting) -> None:
        """The lists of earlier meetings that were on this agenda, without corrections."""
        by = self.cast.secretaries[meeting.body.slug]
        with clock.at(meeting.starts_at + timedelta(hours=3)):
            for row in DecisionList.objects.filter(
                report__meeting=meeting, state=ListState.PUBLISHED
            ):
                decision_lists.adopt_list(row, meeting, by=by)

    def promise(self, meeting: Meeting, text: str, office: str, due: date) -> None:
        """An action point that fell in a meeting, on its first item."""
        with clock.at(meeting.starts_at + timedelta(hours=2)):
            action_points.add_action(
                meeting.body,
                text=text,
                office=office,
                due=due,
                item=meeting.items.first(),
                by=self.cast.secretaries[meeting.body.slug],
            )

    def list(self, meeting: Meeting, published_on: date | None) -> None:
        """The decision list of a meeting, made the same day; published later, or not yet."""
        by = self.cast.secretaries[meeting.body.slug]
        with clock.at(meeting.starts_at + timedelta(hours=6)):
            for item in meeting.items.filter(result=ItemResult.OPEN, step__isnull=True):
                minutes.settle_item(item, ItemResult.HANDLED, by=by)
            row = decision_lists.make_list(Meeting.objects.get(pk=meeting.pk), by=by, example=True)
        if published_on is None:
            return
        with clock.at(at(published_on, 10)):
            decision_lists.publish_list(row, by=by)
            minutes.conclude_meeting(meeting, by=by)
