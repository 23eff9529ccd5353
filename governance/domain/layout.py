"""Laying the route out: a template, stops added, moved, taken off, skipped and taken up again."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.domain import proposals, route
from governance.domain.texts import refuse_personal_data
from governance.enums import ProposalState, Purpose, StepState
from governance.models import Body, Proposal, RouteStep, RouteTemplate
from governance.rules import demand


@transaction.atomic
def apply_template(proposal: Proposal, template: RouteTemplate, *, by: User | None) -> None:
    """Lay the stops of a template out for a concept; replaces what was laid out before."""
    current = _for_layout(proposal, by)
    if template.region_id != current.region_id:
        raise Refused(Refusal("Kies een route van deze regio.", field="template"))
    if current.state != ProposalState.CONCEPT:
        raise Refused(Refusal("Dit voorstel is al in route; pas de haltes zelf aan."))
    if current.advice.filter(step__isnull=False).exists():
        raise Refused(Refusal("Bij een halte hoort al advies; pas de haltes zelf aan."))
    stops = list(template.steps.select_related("body"))
    require(*[_still_meets(stop.body) for stop in stops])
    current.steps.all().delete()
    for order, stop in enumerate(stops, start=1):
        RouteStep.objects.create(
            proposal=current, order=order, body=stop.body, purpose=stop.purpose
        )
    if current.local_decisions != template.local_decisions:
        current.local_decisions = template.local_decisions
        current.save()
    StatusChange.log(current, act="route_laid_out", by=by, why=template.name)


@transaction.atomic
def add_step(
    proposal: Proposal,
    *,
    body: Body,
    purpose: str,
    by: User | None,
    before: RouteStep | None = None,
) -> RouteStep:
    """Add a stop, at the end or before another. Refuses a place before a stop already handled."""
    current = _for_layout(proposal, by)
    if body.region_id != current.region_id:
        raise Refused(Refusal("Kies een gremium van deze regio.", field="body"))
    if purpose not in Purpose.values:
        raise Refused(Refusal("Kies wat dit gremium wordt gevraagd.", field="purpose"))
    require(_still_meets(body))
    place = _place_before(current, before)
    order = (current.steps.aggregate(last=Max("order"))["last"] or 0) + 1
    step = RouteStep.objects.create(proposal=current, order=order, body=body, purpose=purpose)
    if place is not None:
        _renumber(current, step, place)
    _still_ends_well(current)
    StatusChange.log(current, act="step_added", by=by, why=str(step))
    return step


def _still_meets(body: Body) -> Answer:
    if body.is_current():
        return True
    return Refusal(f"{body} bestaat niet meer; kies een ander gremium.", field="body")


def _place_before(proposal: Proposal, before: RouteStep | None) -> int | None:
    """The place (1 is first) that a stop gets before another one; None for the end."""
    if before is None:
        return None
    steps = list(proposal.steps.all())
    if before not in steps:
        raise Refused(Refusal("Deze halte is er niet meer; kies een andere plaats.", "before"))
    place = steps.index(before) + 1
    if place < _first_free(steps):
        raise Refused(Refusal("Een halte komt niet voor een halte die al is behandeld."))
    return place


def _first_free(steps: list[RouteStep]) -> int:
    """The first place that lies after every stop already handled."""
    handled = [n for n, step in enumerate(steps, start=1) if step.state == StepState.HANDLED]
    return handled[-1] + 1 if handled else 1


@transaction.atomic
def move_step(step: RouteStep, *, to: int, by: User | None) -> None:
    """Put a stop at place `to` (1 is first). Refuses when dates would then run out of order."""
    current = _for_layout(step.proposal, by)
    moved = locked(RouteStep.objects.select_related("meeting"), step.pk)
    if moved.state != StepState.PLANNED:
        raise Refused(Refusal("Alleen een halte die nog moet komen kan van plaats veranderen."))
    others = [step for step in current.steps.all() if step.pk != moved.pk]
    if to < _first_free(others):
        raise Refused(Refusal("Een halte komt niet voor een halte die al is behandeld."))
    _renumber(current, moved, to)
    _still_ends_well(current)
    for other in current.steps.filter(state__in=route.OPEN, meeting__isnull=False):
        meeting = other.meeting
        if meeting is not None:
            require(route.order_answer(other, meeting))
    StatusChange.log(current, act="step_moved", by=by, why=str(moved))


@transaction.atomic
def remove_step(step: RouteStep, *, by: User | None) -> None:
    """Take a stop off that nothing has happened to yet; otherwise skip it with its reason."""
    current = _for_layout(step.proposal, by)
    removed = locked(RouteStep.objects.all(), step.pk)
    used = removed.items.exists() or removed.advice.exists() or removed.local_rounds.exists()
    if removed.state != StepState.PLANNED or used:
        raise Refused(Refusal("Deze halte heeft al een geschiedenis. Sla haar over, met de reden."))
    StatusChange.log(current, act="step_removed", by=by, why=str(removed))
    removed.delete()
    _still_ends_well(current)
    route.finish_noted(current, by)


@transaction.atomic
def skip_step(step: RouteStep, *, reason: str, by: User | None) -> RouteStep:
    """Pass a stop by, with the reason. The last stop stays: there the decision falls."""
    _for_layout(step.proposal, by)
    current = locked(RouteStep.objects.select_related("proposal", "body"), step.pk)
    refuse_personal_data({"reason": reason})
    if not reason.strip():
        raise Refused(Refusal("Geef de reden waarom deze halte wordt overgeslagen.", "reason"))
    current.skip_reason = reason.strip()
    require(route.STATES.answer(current, "skip"))
    current.meeting = None
    route.STATES.carry_out(current, "skip", by=by, why=reason.strip())
    StatusChange.log(
        current.proposal, act="step_skipped", by=by, why=f"{current.body}: {reason.strip()}"
    )
    route.finish_noted(current.proposal, by)
    return current


@transaction.atomic
def restore_step(step: RouteStep, *, by: User | None) -> RouteStep:
    """Take a skipped stop up again, as long as no later stop is handled."""
    _for_layout(step.proposal, by)
    current = locked(RouteStep.objects.select_related("proposal", "body"), step.pk)
    current.urgent = False
    route.STATES.carry_out(current, "restore", by=by)
    StatusChange.log(current.proposal, act="step_restored", by=by, why=str(current))
    return current


def _for_layout(proposal: Proposal, by: User | None) -> Proposal:
    current = locked(Proposal.objects.select_related("region"), proposal.pk)
    demand(by, "proposal.lead", current)
    if current.state not in (ProposalState.CONCEPT, ProposalState.IN_ROUTE):
        raise Refused(Refusal(f"Dit voorstel is {current.plain_state}; de route ligt vast."))
    return current


def _still_ends_well(proposal: Proposal) -> None:
    if proposal.state == ProposalState.IN_ROUTE:
        require(*proposals.route_faults(proposal))


def _renumber(proposal: Proposal, moved: RouteStep, to: int) -> None:
    steps = [s for s in proposal.steps.all() if s.pk != moved.pk]
    steps.insert(max(0, min(to - 1, len(steps))), moved)
    for order, step in enumerate(steps, start=1):
        if step.order != order:
            step.order = order
            step.save()
