"""What a secretary or chair can do with a stop that cannot wait for its meeting."""

from collections.abc import Sequence

from django.urls import reverse

from governance.enums import ProposalState, StepState
from governance.models import Body, Proposal, RouteStep
from governance.presenting import Act
from governance.standing import Person, standing_of


def other_ways(proposal: Proposal, steps: Sequence[RouteStep], user: Person) -> list[Act]:
    """A written round of the own body, and passing a stop by with urgency for who keeps the body
    at the end of the route; each only where the rules of that body know it. One query."""
    standing = standing_of(user)
    mine = standing.secretary_of | standing.chair_of
    planned = [step for step in steps if step.state == StepState.PLANNED]
    here = mine & {step.body_id for step in steps}
    if proposal.state != ProposalState.IN_ROUTE or not planned or not here:
        return []
    bodies = Body.objects.filter(pk__in=here).select_related("rules")
    rules = {body.pk: body.rules for body in bodies}
    last = steps[-1]
    ways = [
        Act(f"Schriftelijke ronde: {step.body}", _url("round-new", proposal, step))
        for step in planned
        if step.body_id in standing.secretary_of and rules[step.body_id].written_round
    ]
    if last.body_id in rules and rules[last.body_id].urgent_route:
        ways += [
            Act(f"Met spoed overslaan: {step.body}", _url("step-urgent", proposal, step))
            for step in planned
            if step.pk != last.pk
        ]
    return ways


def _url(name: str, proposal: Proposal, step: RouteStep) -> str:
    where = {"region": proposal.region.slug, "number": proposal.number, "pk": step.pk}
    return reverse(f"governance:{name}", kwargs=where)
