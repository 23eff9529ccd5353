"""What is coming for a reader: meetings, the papers on their agendas, and recent decisions.

Every function is a fixed number of queries, bounded by coming dates or by a limit.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from core import clock
from core.formats import local_day
from governance.domain.route import CONCLUDING, waiting
from governance.enums import DecisionState, MeetingState, StepState
from governance.models import (
    AdvicePoint,
    Decision,
    Meeting,
    Membership,
    MunicipalRole,
    Proposal,
    Region,
    RegionMunicipality,
    RouteStep,
    Seat,
)
from governance.models.dated import valid_on
from governance.rules import visible_to
from governance.standing import Person, standing_of


@dataclass(frozen=True)
class Paper:
    """One proposal on an agenda, in the version that was frozen for the body."""

    step: RouteStep
    awaits: str = ""  # 'advies volgt van ...': the papers went out before it was there

    @property
    def proposal(self) -> Proposal:
        return self.step.proposal

    @property
    def title(self) -> str:
        return self.step.version.subject if self.step.version else str(self.proposal)

    @property
    def summary(self) -> str:
        return self.step.version.summary if self.step.version else ""


@dataclass(frozen=True)
class Agenda:
    """A coming meeting with the papers this person may read."""

    meeting: Meeting
    papers: list[Paper] = field(default_factory=list)

    @property
    def day(self) -> date:
        return local_day(self.meeting.starts_at)

    @property
    def count(self) -> str:
        return "1 stuk" if len(self.papers) == 1 else f"{len(self.papers)} stukken"


def coming_agendas(user: Person, regions: Collection[Region]) -> list[Agenda]:
    """Coming meetings for which this person has papers to read, the first one first.

    As a member or as adviser of a municipality; not what she keeps as secretary or writes herself.
    A meeting that is being held today stays: the papers lie on the table.
    """
    standing = standing_of(user)
    reads = standing.reads_papers_of - standing.secretary_of
    if not reads:
        return []
    start_of_day = timezone.localtime(clock.now()).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    route = RouteStep.objects.select_related("body").order_by("order", "pk")
    unanswered = AdvicePoint.objects.filter(answer="")
    steps = (
        RouteStep.objects.filter(
            state=StepState.ON_AGENDA,
            body__in=reads,
            body__region__in=regions,
            body__writes_proposals=False,
            meeting__starts_at__gte=start_of_day,
            proposal__in=visible_to(user, Proposal),
        )
        .select_related("meeting__body__region", "version", "proposal__region")
        .prefetch_related(
            Prefetch("proposal__steps", route),
            Prefetch("proposal__advice", unanswered, to_attr="unanswered"),
        )
        .order_by("meeting__starts_at", "meeting_id", "proposal__number")
    )
    agendas: dict[int, Agenda] = {}
    for step in steps:
        if step.meeting is not None:
            agenda = agendas.setdefault(step.meeting.pk, Agenda(step.meeting))
            agenda.papers.append(Paper(step, _awaits(step)))
    return list(agendas.values())


def _awaits(step: RouteStep) -> str:
    if step.version_final:
        return ""
    points: list[AdvicePoint] = step.proposal.unanswered  # type: ignore[attr-defined]
    awaited = waiting(step, step.proposal.steps.all(), len(points))
    if awaited.done and step.purpose in CONCLUDING:
        return "de definitieve versie volgt"
    return awaited.sentence


def coming_meetings(user: Person, region: Region, limit: int = 6) -> list[Meeting]:
    """The next meetings of the bodies whose papers this person gets."""
    rows = visible_to(user, Meeting).filter(
        body__region=region, state=MeetingState.PLANNED, starts_at__gte=clock.now()
    )
    return list(rows.select_related("body").order_by("starts_at", "pk")[:limit])


def recent_decisions(user: Person, region: Region, limit: int = 4) -> list[Decision]:
    """What was decided last in the region, as far as it is final and this person may read it."""
    rows = visible_to(user, Decision).filter(
        region=region, state__in=(DecisionState.FINAL, DecisionState.PUBLISHED)
    )
    return list(rows.select_related("body", "version")[:limit])


@dataclass(frozen=True)
class Home:
    """A municipality behind this person, and in words what she is there."""

    name: str
    roles: list[str]


def homes_of(user: Person, region: Region) -> list[Home]:
    """The municipalities behind this person: from the own seats, and from municipal roles."""
    standing = standing_of(user)
    found: dict[str, list[str]] = {}
    if standing.bodies:
        seats = Membership.objects.current().filter(
            user=user.pk, body__region=region, seat__municipality__isnull=False
        )
        for member in seats.select_related("body", "seat__municipality").order_by("body__order"):
            role = f"{member.get_role_display()} van {member.body}"
            found.setdefault(str(member.seat), []).append(role)
    if standing.municipalities:
        part = RegionMunicipality.objects.current().filter(region=region)
        roles = MunicipalRole.objects.current().filter(
            user=user.pk, municipality__in=part.values("municipality")
        )
        for held in roles.select_related("municipality").order_by("municipality__sort_name"):
            found.setdefault(held.municipality.name, []).append(held.get_role_display())
    if standing.adviser_of:
        advised = Seat.objects.current().filter(
            valid_on(prefix="body__"), body__region=region, municipality__in=standing.adviser_of
        )
        for seat in advised.select_related("body", "municipality").order_by("body__order"):
            found.setdefault(str(seat), []).append(f"leest de stukken van {seat.body}")
    return [Home(name, list(dict.fromkeys(roles))) for name, roles in found.items()]
