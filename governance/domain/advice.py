"""Advice, point by point; every point gets an answer (journey 5)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from governance.domain.proposals import CLOSED
from governance.domain.route import CONCLUDING
from governance.domain.texts import refuse_personal_data
from governance.enums import AnswerKind, StepState
from governance.models import AdvicePoint, Body, Proposal, ProposalVersion, RouteStep
from governance.rules import demand


@transaction.atomic
def record_advice(
    proposal: Proposal,
    *,
    body: Body,
    given_on: date,
    points: Sequence[str],
    by: User | None,
    step: RouteStep | None = None,
) -> list[AdvicePoint]:
    """Record what a body advised on a date; without a step when it precedes the route.

    Refuses a date to come, an empty point, and a proposal that is already decided. Advice that
    comes in opens the final version of a concluding stop again.
    """
    demand(by, "body.keep", body)
    return write_points(proposal, body=body, given_on=given_on, points=points, by=by, step=step)


def write_points(
    proposal: Proposal,
    *,
    body: Body,
    given_on: date,
    points: Sequence[str],
    by: User | None,
    step: RouteStep | None = None,
) -> list[AdvicePoint]:
    """The act of `record_advice` for who has the right already: an import by the author body."""
    current = locked(Proposal.objects.all(), proposal.pk)
    refuse_personal_data({f"point-{n}": text for n, text in enumerate(points, start=1)})
    texts = [text.strip() for text in points if text.strip()]
    require(
        True if texts else Refusal("Vul minstens één adviespunt in.", field="points"),
        True
        if given_on <= clock.today()
        else Refusal("Een advies kan niet in de toekomst liggen.", field="given_on"),
        True
        if body.region_id == current.region_id
        else Refusal("Kies een gremium van deze regio.", field="body"),
        True
        if current.state not in CLOSED
        else Refusal("Over dit voorstel is al besloten; advies verandert daar niets meer aan."),
    )
    if step is not None and (step.proposal_id != current.pk or step.body_id != body.pk):
        raise Refused(Refusal("Deze halte hoort niet bij dit gremium.", field="step"))
    last = (
        current.advice.filter(body=body, given_on=given_on).aggregate(last=Max("number"))["last"]
        or 0
    )
    recorded = [
        AdvicePoint.objects.create(
            proposal=current,
            body=body,
            step=step,
            given_on=given_on,
            number=number,
            text=text,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for number, text in enumerate(texts, start=last + 1)
    ]
    for open_step in current.steps.filter(purpose__in=CONCLUDING, state=StepState.ON_AGENDA):
        if open_step.version_final:
            open_step.version_final = False
            open_step.save()
    count = len(recorded)
    StatusChange.log(
        current,
        act="advice_recorded",
        by=by,
        why=f"{body}, {count} punt{'' if count == 1 else 'en'}",
    )
    return recorded


@transaction.atomic
def answer_advice(
    point: AdvicePoint,
    *,
    answer: str,
    reason: str,
    by: User | None,
    version: ProposalVersion | None = None,
) -> AdvicePoint:
    """Say what was done with a point: overgenomen, deels or niet, with the reason.

    'Overgenomen' and 'deels' name the version in which; the working version when none is given.
    An answer can be corrected until the decision; history keeps the former one.
    """
    current = locked(AdvicePoint.objects.select_related("proposal__working", "body"), point.pk)
    demand(by, "proposal.lead", current.proposal)
    refuse_personal_data({"reason": reason})
    if answer not in AnswerKind.values:
        raise Refused(Refusal("Kies overgenomen, deels of niet overgenomen.", field="answer"))
    if not reason.strip():
        raise Refused(Refusal("Geef de reden bij het antwoord.", field="reason"))
    if current.proposal.state in CLOSED:
        raise Refused(Refusal("Over dit voorstel is al besloten; het antwoord ligt vast."))
    if answer == AnswerKind.NOT:
        version = None
    else:
        version = version or current.proposal.working
        if version is None or version.proposal_id != current.proposal_id:
            raise Refused(Refusal("Kies een versie van dit voorstel.", field="answered_in"))
    corrected = bool(current.answer)
    current.answer = answer
    current.reason = reason.strip()
    current.answered_in = version
    current.answered_by = by
    current.answered_at = clock.now()
    current.revision += 1
    current.save()
    StatusChange.log(
        current.proposal,
        act="advice_corrected" if corrected else "advice_answered",
        by=by,
        why=f"{current}: {current.get_answer_display()}",
    )
    return current
