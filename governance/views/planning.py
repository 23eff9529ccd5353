"""Planning the route of a proposal in two clicks, and all proposals against the calendar."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import ListView

from core.components import Crumb
from core.formats import long_date
from governance.domain import planner as acts
from governance.domain.meetings import recess_periods
from governance.enums import ProposalState, StepState
from governance.marks import marks_of
from governance.models import Body, Proposal, Region, RouteStep
from governance.planning import PlannerPage, planner_page
from governance.planning_picture import picture_of
from governance.rules import must, visible_to
from governance.views.base import RegionPage, in_region, is_key, proposal_or_404, refusals_shown
from governance.views.meetings import tabs
from governance.views.proposals import crumbs

PER_PAGE = 100  # one picture of a whole region
STOP = "halte-"


@in_region
def planner(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """See the dates that are proposed; accept them all at once."""
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.lead", proposal)
    if request.method == "POST":
        with refusals_shown(request):
            acts.plan_route(proposal, _choices(request), by=request.user)  # type: ignore[arg-type]
            messages.success(request, "De route is gepland.")
            return redirect("governance:proposal-detail", region.slug, number)
        return redirect("governance:route-planner", region.slug, number)
    asked = request.GET.get("schuif", "")
    page = planner_page(proposal, int(asked) if is_key(asked) else None)
    context = {
        "region": region,
        "proposal": proposal,
        "page": page,
        "lead": _lead(page.after, page.before),
        "what": _what(page),
        "crumbs": crumbs(proposal, Crumb("Planning")),
    }
    return render(request, "governance/route_planner.html", context)


def _lead(after: Any, before: Any) -> str:
    if after:
        return f"Zo valt de laatste halte op {long_date(after, weekday=True)}."
    if before:
        return f"De laatste halte staat nu op {long_date(before, weekday=True)}."
    return "Er is nog geen datum voor de laatste halte."


def _what(page: PlannerPage) -> str:
    """What accepting does to the last day, in one line."""
    why = f"Als {page.slipped} opschuift: " if page.slipped else ""
    if page.changes and page.before == page.after and page.after:
        text = f"de laatste halte blijft op {long_date(page.after)}"
    elif page.before and page.after and page.changes:
        text = f"nu {long_date(page.before)}, dan {long_date(page.after)}: {page.difference}"
    elif page.after and not page.changes:
        text = "dit zijn de vroegste datums"
    elif page.after:
        text = f"de laatste halte valt op {long_date(page.after)}"
    else:
        text = "niet elke halte krijgt al een datum"
    return why + text if why else text[0].upper() + text[1:]


def _choices(request: HttpRequest) -> dict[int, int]:
    """Which stop goes into which meeting, as the page showed it. Nonsense is left out."""
    return {
        int(name.removeprefix(STOP)): int(str(value))
        for name, value in request.POST.items()
        if is_key(name.removeprefix(STOP)) and is_key(str(value)) and name.startswith(STOP)
    }


class PlanningPicture(RegionPage, ListView):  # type: ignore[type-arg]
    """The proposals under way that this person may read, drawn against the calendar. What ends
    first stands on top; what has no date at all comes last."""

    template_name = "governance/planning.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> QuerySet[Proposal]:
        planned = RouteStep.objects.filter(proposal=OuterRef("pk"), meeting__isnull=False)
        steps = RouteStep.objects.select_related("body", "meeting").order_by("order", "pk")
        last_day = (
            RouteStep.objects.filter(proposal=OuterRef("pk"))
            .exclude(state=StepState.SKIPPED)
            .order_by()
            .values("proposal")
            .values(day=Max("meeting__starts_at"))
        )
        return (
            visible_to(self.request.user, Proposal)
            .filter(
                Q(state=ProposalState.IN_ROUTE) | Q(Exists(planned), state=ProposalState.CONCEPT),
                region=self.region,
            )
            .select_related("region", "working")
            .prefetch_related(Prefetch("steps", steps))
            .annotate(last_day=Subquery(last_day))
            .order_by(F("last_day").asc(nulls_last=True), "number")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        marks = marks_of(Body.objects.filter(region=self.region))
        shown = list(context["object_list"])
        context["picture"] = picture_of(
            shown, marks, recess_periods(self.region), self.region.school_region
        )
        used = dict.fromkeys(
            marks[step.body_id] for proposal in shown for step in proposal.steps.all()
        )
        context["legend"] = sorted(used, key=lambda mark: mark.name)
        context["tabs"] = tabs(self.region.slug, "planning")
        return context


picture = PlanningPicture.as_view()
