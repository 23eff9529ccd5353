"""Papers of a region: years of closed ones, and what is open now, alike in every region."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.models import StoredFile
from governance.agenda_frozen import freeze
from governance.enums import (
    AnswerKind,
    DecisionState,
    ItemResult,
    MeetingState,
    Outcome,
    PositionChoice,
    ProposalKind,
    ProposalState,
    StepState,
)
from governance.models import (
    AdvicePoint,
    AgendaItem,
    AgendaVersion,
    Attachment,
    Attendance,
    Decision,
    DecisionPoint,
    Meeting,
    PointDecision,
    Position,
    Proposal,
    ProposalVersion,
    Question,
    RouteStep,
    Secrecy,
    Section,
)
from regiovisie.bench_data.organisation import BODIES, ROUTE, Cast
from regiovisie.bench_data.sheaf import Sheaf, at

CYCLES = 10  # times a year that every body meets
# Days between the bodies within one cycle, in the order of the route.
OFFSETS = {"team": 0, "aoj": 2, "ao": 3, "stuurgroep": 9, "pho": 16, "bestuur": 23}
TEXT = (
    "<p>De gemeenten in de regio willen dat jeugdigen en gezinnen dichtbij hulp vinden. Dit "
    "voorstel beschrijft wat daarvoor nodig is, wat het kost en wie het doet. De aanbieders zijn "
    "gehoord, en hun opmerkingen staan in de bijlage.</p>"
) * 4
KINDS = [kind for kind in ProposalKind if kind != ProposalKind.INFORMATION]
DONE, AGENDA, PLANNED = StepState.HANDLED, StepState.ON_AGENDA, StepState.PLANNED
PUBLISHED = DecisionState.PUBLISHED


@dataclass(frozen=True)
class Shape:
    """Where a paper stands: of each stop its state, whether advice has answers, what became."""

    state: ProposalState = ProposalState.ADOPTED
    stops: tuple[StepState, ...] = (DONE, DONE, DONE, DONE)
    answered: bool = True
    decision: DecisionState | None = PUBLISHED


CLOSED = Shape()
WITHDRAWN = Shape(ProposalState.WITHDRAWN, (DONE, PLANNED, PLANNED, PLANNED), decision=None)
UNDER_WAY = Shape(ProposalState.IN_ROUTE, decision=None)
CONCEPT = Shape(ProposalState.CONCEPT, (PLANNED,) * 4, decision=None)
OPEN = (
    CONCEPT,
    CONCEPT,
    replace(CONCEPT, state=ProposalState.POSTPONED),
    replace(UNDER_WAY, stops=(DONE, AGENDA, PLANNED, PLANNED), answered=False),
    replace(UNDER_WAY, stops=(DONE, DONE, AGENDA, PLANNED), answered=False),
    replace(UNDER_WAY, stops=(DONE, DONE, DONE, AGENDA)),
    replace(CLOSED, decision=DecisionState.RECORDED),
    replace(CLOSED, decision=DecisionState.FINAL),
)
OPEN_PAPERS = len(OPEN)


def build_year(cast: Cast, first_day: date, papers: int) -> None:
    """A year of meetings that were held and papers that were closed."""
    sheaf = Sheaf()
    cycles = [
        _meetings(sheaf, cast, first_day + timedelta(days=33 * n), held=True) for n in range(CYCLES)
    ]
    for n in range(papers):
        shape = WITHDRAWN if n % 12 == 11 else CLOSED
        proposal = _paper(sheaf, cast, shape, cycles[n * CYCLES // papers])
        if n == 3:
            _secrecy(sheaf, cast, proposal, first_day)
    sheaf.save()


def build_open(cast: Cast, today: date) -> None:
    """What waits: papers in every stage, between the last meetings and the coming ones."""
    sheaf = Sheaf()
    past = _meetings(sheaf, cast, today - timedelta(days=33), held=True)
    # Of one meeting nobody wrote down yet who was there.
    yesterday = at(today - timedelta(days=1), 14)
    sheaf.add(Meeting(body=cast.bodies["bestuur"], starts_at=yesterday, positions_until=yesterday))
    coming = _meetings(sheaf, cast, today + timedelta(days=10), held=False)
    _meetings(sheaf, cast, today + timedelta(days=43), held=False)
    for shape in OPEN:
        where = {
            slug: (past if state == DONE else coming)[slug]
            for (slug, _), state in zip(ROUTE, shape.stops, strict=True)
        }
        _paper(sheaf, cast, shape, where)
    sheaf.save()
    _publish(cast, coming["bestuur"])


def _meetings(sheaf: Sheaf, cast: Cast, day: date, *, held: bool) -> dict[str, Meeting]:
    found = {}
    for slug, *_ in BODIES:
        moment = at(day + timedelta(days=OFFSETS[slug]), 9)
        state = MeetingState.HELD if held else MeetingState.PLANNED
        meeting = sheaf.add(
            Meeting(
                body=cast.bodies[slug],
                starts_at=moment,
                positions_until=moment - timedelta(days=1),
                place="Stadhuis",
                state=state,
            )
        )
        if held:
            sheaf.tell(meeting, "attendance", moment, cast.secretaries[slug])
            for number, member in enumerate(cast.members.get(slug, [])):
                sheaf.add(Attendance(meeting=meeting, membership=member, present=number != 3))
        found[slug] = meeting
    return found


def _paper(sheaf: Sheaf, cast: Cast, shape: Shape, where: dict[str, Meeting]) -> Proposal:
    number = cast.next_number()
    begun = where["aoj"].starts_at - timedelta(days=28)
    proposal: Proposal = sheaf.add(
        Proposal(
            region=cast.region,
            number=number,
            kind=KINDS[number % len(KINDS)],
            state=shape.state,
            author_body=cast.bodies["team"],
            commissioned_by=cast.bodies["stuurgroep"],
            created_by=cast.team,
            created_at=begun,
        )
    )
    sheaf.tell(proposal, "created", begun, cast.team)
    stopped = sum(state in (DONE, AGENDA) for state in shape.stops)
    versions = _versions(sheaf, cast, proposal, where, frozen=min(stopped, 2))
    steps = _steps(sheaf, cast, proposal, shape, where, versions)
    if shape.state != ProposalState.CONCEPT:
        sheaf.tell(proposal, "enter_route", begun + timedelta(days=14), cast.team)
        _advice(sheaf, cast, steps, shape, versions)
    if shape.decision:
        _decision(sheaf, cast, steps[-1], shape.decision)
    return proposal


def _versions(
    sheaf: Sheaf, cast: Cast, proposal: Proposal, where: dict[str, Meeting], *, frozen: int
) -> list[ProposalVersion]:
    """The first goes to the advisers, the second to who decides."""
    file = sheaf.add(
        StoredFile(
            name="bijlage.txt",
            kind=StoredFile.Kind.TEXT,
            size=1200,
            sha256=f"{proposal.number:064x}",
            content="files/meten/bijlage.txt",
            uploaded_by=cast.team,
        )
    )
    versions = []
    for number, slug in ((1, "aoj"), (2, "bestuur")):
        moment = where[slug].starts_at - timedelta(days=9)
        version = sheaf.add(
            ProposalVersion(
                proposal=proposal,
                number=number,
                subject=f"Samen werken aan hulp dichtbij, deel {proposal.number}",
                summary="Gemeenten kopen hulp voor gezinnen samen in, en wijkteams werken mee.",
                addressed_to="Algemeen bestuur",
                drafted_by="programmateam",
                dated=moment.date(),
                cost=25_000,
                decision_intro="<p>Het bestuur besluit:</p>",
                frozen_at=moment if number <= frozen else None,
                frozen_by=cast.team if number <= frozen else None,
            )
        )
        for order in range(1, 4):
            sheaf.add(Section(version=version, order=order, heading=f"Deel {order}", body=TEXT))
            sheaf.add(
                DecisionPoint(version=version, order=order, text=f"Onderdeel {order} vaststellen.")
            )
        sheaf.add(Attachment(version=version, order=1, title="Bijlage", file=file))
        versions.append(version)
        if number <= frozen:
            sheaf.tell(proposal, "frozen", moment, cast.team)
        else:
            break
    return versions


def _steps(
    sheaf: Sheaf,
    cast: Cast,
    proposal: Proposal,
    shape: Shape,
    where: dict[str, Meeting],
    versions: list[ProposalVersion],
) -> list[RouteStep]:
    steps = []
    for order, ((slug, purpose), state) in enumerate(zip(ROUTE, shape.stops, strict=True), start=1):
        arrived = state in (DONE, AGENDA)
        meeting = where[slug]
        version = versions[-1] if slug == "bestuur" else versions[0]
        step = sheaf.add(
            RouteStep(
                proposal=proposal,
                order=order,
                body=cast.bodies[slug],
                purpose=purpose,
                state=state,
                meeting=meeting,
                version=version if arrived else None,
                version_final=arrived and slug == "bestuur",
            )
        )
        steps.append(step)
        if arrived:
            result = ItemResult.HANDLED if state == DONE else ItemResult.OPEN
            item = sheaf.add(AgendaItem(step=step, meeting=meeting, version=version, result=result))
            if slug == "bestuur":
                _prepared(sheaf, cast, item)
            moment = meeting.starts_at - timedelta(days=7)
            sheaf.tell(proposal, "papers_sent", moment, cast.team)
        if state == DONE:
            sheaf.tell(proposal, "step_handled", meeting.starts_at, cast.secretaries[slug])
    return steps


def _prepared(sheaf: Sheaf, cast: Cast, item: AgendaItem) -> None:
    """What members let know before a meeting: three positions of four, and an answered question."""
    members = cast.members["bestuur"]
    moment = item.meeting.starts_at - timedelta(days=2)
    for member in members[1:]:
        sheaf.add(
            Position(
                item=item,
                membership=member,
                choice=PositionChoice.AGREE,
                given_by=member.user,
                given_at=moment,
            )
        )
    sheaf.add(
        Question(
            item=item,
            membership=members[1],
            asked_by=members[1].user,
            asked_at=moment,
            text="Wat vraagt dit van de wijkteams?",
            answer="Dat staat in deel 2.",
            answered_by=cast.team,
            answered_at=moment,
        )
    )


def _publish(cast: Cast, meeting: Meeting) -> None:
    """The agenda of the board is out, so that its members can prepare."""
    meeting.state = MeetingState.PUBLISHED
    meeting.save()
    AgendaVersion.objects.create(
        meeting=meeting,
        number=1,
        frozen=freeze(meeting).as_json(),
        published_by=cast.secretaries["bestuur"],
    )


def _advice(
    sheaf: Sheaf, cast: Cast, steps: list[RouteStep], shape: Shape, versions: list[ProposalVersion]
) -> None:
    """Two points of the AOJ and two of the PHO, answered in the version that follows."""
    for step in (steps[0], steps[2]):
        if step.state != DONE or step.meeting is None:
            continue
        given = step.meeting.starts_at
        sheaf.tell(step.proposal, "advice_recorded", given, None)
        for number in (1, 2):
            fields = {
                "answer": AnswerKind.ADOPTED,
                "reason": "Staat nu in de tekst.",
                "answered_in": versions[-1],
                "answered_by": cast.team,
                "answered_at": given,
            }
            sheaf.add(
                AdvicePoint(
                    proposal=step.proposal,
                    body=step.body,
                    step=step,
                    given_on=given.date(),
                    number=number,
                    text="Zeg preciezer wat dit van de wijkteams vraagt.",
                    recorded_at=given,
                    **(fields if shape.answered else {}),
                )
            )


def _decision(sheaf: Sheaf, cast: Cast, step: RouteStep, state: DecisionState) -> None:
    assert step.meeting is not None
    assert step.version is not None
    moment = step.meeting.starts_at
    keeper = cast.secretaries["bestuur"]
    decision = sheaf.add(
        Decision(
            region=cast.region,
            year=moment.year,
            sequence=cast.next_sequence(moment.year),
            proposal=step.proposal,
            step=step,
            body=step.body,
            meeting=step.meeting,
            version=step.version,
            state=state,
            decided_on=moment.date(),
            members_present=9,
            members_total=10,
            valid_from=moment.date(),
            published_at=moment + timedelta(days=7) if state == PUBLISHED else None,
            recorded_by=keeper,
            recorded_at=moment,
        )
    )
    for point in (row for row in sheaf.rows[DecisionPoint] if row.version is step.version):
        sheaf.add(PointDecision(decision=decision, point=point, outcome=Outcome.ADOPTED))
    sheaf.tell(step.proposal, "adopt", moment, keeper)
    for act in ("recorded", "finalise", "publish"):
        sheaf.tell(decision, act, moment, keeper)


def _secrecy(sheaf: Sheaf, cast: Cast, proposal: Proposal, day: date) -> None:
    """One paper a year that stays secret to the programme team and the board."""
    secrecy = sheaf.add(
        Secrecy(
            region=cast.region,
            proposal=proposal,
            imposed_by=cast.bodies["bestuur"],
            imposed_on=day,
            ground="Bedrijfsgegevens van aanbieders.",
            recorded_by=cast.secretaries["bestuur"],
        )
    )
    sheaf.circles.append((secrecy, [cast.bodies["team"], cast.bodies["bestuur"]]))
