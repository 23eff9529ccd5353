"""The front door and the home of a region: what waits for me, and until when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.components import Stop
from governance.coming import coming_agendas, coming_meetings, homes_of, recent_decisions
from governance.enums import ProposalState
from governance.models import Region
from governance.rules import may
from governance.standing import standing_of
from governance.views.base import in_region
from governance.waiting import jobs_for, open_proposals
from regiovisie import home as parts

UNDER_WAY = 10
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
    context = {
        "region": region,
        "tasks": parts.tasks_of([*jobs, *parts.reading_of(agendas)]) if jobs else [],
        "agendas": [
            parts.papers_of(agenda, now=not jobs and number == 0)
            for number, agenda in enumerate(agendas[:AGENDAS])
        ],
        "leads": leads,
        "under_way": [parts.way_of(proposal) for proposal in under_way[:UNDER_WAY]],
        "has_meetings": leads or bool(standing.reads_papers_of),
        "manages": bool(may(user, "region.manage", region)),
        "homes": homes_of(user, region),
        "meetings": [parts.meeting_link(region, row) for row in coming_meetings(user, region)],
        "decisions": [parts.decision_link(region, row) for row in recent_decisions(user, region)],
        **parts.page_head(user, jobs, agendas),
    }
    return render(request, "regiovisie/home_region.html", context)
