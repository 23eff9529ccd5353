"""What is coming for a reader: meetings, the papers on their agendas, and recent decisions.

Every function is a fixed number of queries, bounded by coming dates or by a limit.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from core import clock
from core.formats import local_day
from governance.domain.meetings import COMING
from governance.domain.route import CONCLUDING, waiting
from governance.enums import DecisionState, StepState
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
from governance.preparing import Progress, progress_of
from governance.rules import visible_to
from governance.standing import Person, standing_of

RECENT = timedelta(days=365)


@dataclass(frozen=True)
class Paper:
    """One proposal on an agenda, in the version that was frozen for the body."""

    step: RouteStep
    awaits: str = ""  # 'advies volgt van ...': the papers went out before it was there
    item: int = 0
    asked: bool = False  # a position or an annotation of this reader is still to be given

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
    progress: Progress | None = None

    @property
    def day(self) -> date:
        return local_day(self.meeting.starts_at)

    @property
    def count(self) -> str:
        return "1 stuk" if len(self.papers) == 1 else f"{len(self.papers)} stukken"


def coming_agendas(user: Person, regions: Collection[Region]) -> list[Agenda]:
    """Coming meetings for which this person has papers to read: first those that still ask a
    position or an annotation of her, each group by date; their papers as on the agenda.

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
    on_agenda: dict[int, list[RouteStep]] = {}
    coming: dict[int, Meeting] = {}
    for step in steps:
        if step.meeting is not None:
            coming.setdefault(step.meeting.pk, step.meeting)
            on_agenda.setdefault(step.meeting.pk, []).append(step)
    found = progress_of(user, coming.values()) if coming else {}
    agendas = [
        Agenda(meeting, _papers(on_agenda[pk], found[pk]), found[pk])
        for pk, meeting in coming.items()
    ]
    return sorted(agendas, key=lambda agenda: not found[agenda.meeting.pk].asked_of)


def _papers(steps: Collection[RouteStep], progress: Progress) -> list[Paper]:
    place = {step: n for n, step in enumerate(progress.items)}
    listed = sorted(steps, key=lambda step: place.get(step.pk, len(place)))
    return [_paper(step, progress) for step in listed]


def _paper(step: RouteStep, progress: Progress) -> Paper:
    item = progress.items.get(step.pk, 0)
    return Paper(step, _awaits(step), item, item in progress.to_give | progress.to_annotate)


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
        body__region=region, state__in=COMING, starts_at__gte=clock.now()
    )
    return list(rows.select_related("body").order_by("starts_at", "pk")[:limit])


def recent_decisions(user: Person, region: Region, limit: int = 4) -> list[Decision]:
    """What was decided in the region in the past year, the last first, as far as it is final and
    this person may read it."""
    rows = visible_to(user, Decision).filter(
        region=region,
        state__in=(DecisionState.FINAL, DecisionState.PUBLISHED),
        decided_on__gte=clock.today() - RECENT,
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
