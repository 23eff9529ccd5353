"""The urgent route (spoedroute): a stop that cannot be waited for is passed by.

Where the rules of the body that decides know it, its chair or secretary does so, with the reason.
The body that was passed by hears it at its next meeting.
"""

from django.db import transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from governance.domain import route
from governance.domain.next_agenda import place_waiting
from governance.domain.texts import refuse_personal_data
from governance.enums import ProposalState, StepState
from governance.models import Body, RouteStep
from governance.rules import demand


def deciding_body(step: RouteStep) -> Body | None:
    """The body at the end of the route, when it consents or decides there."""
    last = (
        step.proposal.steps.exclude(state=StepState.SKIPPED)
        .select_related("body__rules")
        .order_by("order", "pk")
        .last()
    )
    return last.body if last is not None and last.purpose in route.CONCLUDING else None


def urgent_answer(step: RouteStep) -> list[Refusal]:
    """Every reason why this stop cannot be passed by with urgency, with the way out."""
    body = deciding_body(step)
    if step.proposal.state != ProposalState.IN_ROUTE:
        return [Refusal("Het voorstel is niet in route. Haal de halte dan gewoon van de route.")]
    if body is None:
        return [Refusal("Aan het einde van deze route wordt niet besloten; spoed kent zij niet.")]
    if not body.rules.urgent_route:
        return [
            Refusal(
                f"De besluitregels van {body} kennen geen spoedroute. Plan deze halte, of laat "
                "de regiobeheerder de regels aanpassen."
            )
        ]
    answer = route.STATES.answer(step, "skip")
    return [answer] if isinstance(answer, Refusal) else []


@transaction.atomic
def skip_urgently(step: RouteStep, *, reason: str, by: User | None) -> RouteStep:
    """Pass a stop by because the decision cannot wait; it comes as a report on the next agenda of
    the body that was passed by."""
    current = route.locked_step(step)
    body = deciding_body(current)
    if body is not None:
        demand(by, "body.minute", body)
    demand(by, "proposal.read", current.proposal)
    refuse_personal_data({"reason": reason})
    require(
        *urgent_answer(current),
        True if reason.strip() else Refusal("Geef de reden van de spoed.", "reason"),
    )
    if body is None:
        raise Refused(Refusal("Aan het einde van deze route wordt niet besloten."))
    current.skip_reason, current.urgent = reason.strip(), True
    current.skip_right = f"Met spoed, door {by or 'het portaal'}, volgens {body.rules.name}" + (
        f" ({body.rules.source})." if body.rules.source else "."
    )
    current.meeting = None
    route.STATES.carry_out(current, "skip", by=by, why=reason.strip())
    StatusChange.log(
        current.proposal, act="step_urgent", by=by, why=f"{current.body}: {reason.strip()}"
    )
    route.finish_noted(current.proposal, by)
    place_waiting(current.body)
    return current
