"""The front door and the home of a region: what waits for me, and until when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.components import Stop, Task
from governance.coming import Agenda, coming_agendas, coming_meetings, homes_of, recent_decisions
from governance.domain.secrecy import log_listed
from governance.enums import ProposalState
from governance.models import Decision, Proposal, Region
from governance.rules import may
from governance.standing import standing_of
from governance.views.base import in_region
from governance.waiting import Job, jobs_for, open_proposals
from governance.waiting_reading import reading_of
from regiovisie import home as parts

UNDER_WAY = 10
TASKS = 10  # in sight; the later ones fold
AGENDAS = 3  # drawn with their papers; later ones stand beside the content

# What the portal is about, for who has not signed in.
WAY = (
    Stop("Voorstel", "Schrijven", "done", "Begin met een Word-bestand of een leeg blad"),
    Stop("Overleg", "Adviseren", "done", "Elk adviespunt krijgt een antwoord"),
    Stop("Bestuur", "Besluiten", "now", "Punt voor punt, met een besluitmemo", end=True),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: to the one region somebody has, or a choice of regions."""
    if not request.user.is_authenticated:
        return render(request, "regiovisie/home.html", {"way": WAY})
    regions = list(Region.objects.filter(pk__in=standing_of(request.user).regions))
    if len(regions) == 1:
        return redirect("home-region", regions[0].slug)
    if not regions:
        return render(request, "regiovisie/home_none.html")
    jobs = jobs_for(request.user, regions)
    agendas = coming_agendas(request.user, regions)
    choices = [parts.choice_of(region, jobs, agendas) for region in regions]
    return render(request, "regiovisie/home_choose.html", {"choices": choices})


@require_safe
@in_region
def home_region(request: HttpRequest, region: Region) -> HttpResponse:
    """One page for whoever somebody is; who is several gets all of it, by date."""
    user = request.user
    found = open_proposals(user, [region])
    jobs = jobs_for(user, [region], found)
    agendas = coming_agendas(user, [region])
    standing = standing_of(user)
    leads = region.pk in standing.author_regions
    under_way = [p for p in found if leads and p.state == ProposalState.IN_ROUTE]
    decisions = recent_decisions(user, region)
    _log_named(user, jobs, agendas, under_way[:UNDER_WAY], decisions)
    context = {
        "region": region,
        **_tasks([*jobs, *reading_of(agendas)] if jobs else []),
        "agendas": _agendas(user, agendas[:AGENDAS], now=not jobs),
        "leads": leads,
        "under_way": [parts.way_of(proposal) for proposal in under_way[:UNDER_WAY]],
        "has_meetings": leads or bool(standing.reads_papers_of),
        "manages": bool(may(user, "region.manage", region)),
        "homes": homes_of(user, region),
        "meetings": [
            parts.meeting_link(region, row, delivers=leads or row.body_id in standing.secretary_of)
            for row in coming_meetings(user, region)
        ],
        "decisions": [parts.decision_link(region, row) for row in decisions],
        **parts.page_head(user, jobs, agendas),
    }
    return render(request, "regiovisie/home_region.html", context)


def _tasks(jobs: list[Job]) -> dict[str, list[Task]]:
    """The nearest ones in sight, the rest folded; one alone is never folded."""
    tasks = parts.tasks_of(jobs)
    in_sight = TASKS if len(tasks) > TASKS + 1 else len(tasks)
    return {"tasks": tasks[:in_sight], "later": tasks[in_sight:]}


def _agendas(user: Any, agendas: list[Agenda], *, now: bool) -> list[parts.Papers]:
    """The first one with its papers as one file; it is marked as now when no task waits."""
    book = parts.book_link(user, agendas)
    rest = [parts.papers_of(agenda, now=False) for agenda in agendas[1:]]
    return [*(parts.papers_of(agenda, now=now, book=book) for agenda in agendas[:1]), *rest]


def _log_named(
    user: Any,
    jobs: list[Job],
    agendas: list[Agenda],
    under_way: list[Proposal],
    decisions: list[Decision],
) -> None:
    """Whatever is secret and named on the page was read by who opened it."""
    papers = [paper.proposal for agenda in agendas for paper in agenda.papers]
    log_listed(
        user,
        proposals=[job.proposal_id for job in jobs if job.proposal_id]
        + [proposal.pk for proposal in [*papers, *under_way]],
        decisions=[job.subject[1] for job in jobs if job.subject[0] == "decision"]
        + [decision.pk for decision in decisions],
    )
