"""Advice, point by point; every point gets an answer (journey 5)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.formats import local_day, long_date
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from core.versioning import Clash, Conflict
from governance.domain.proposals import ALIVE
from governance.domain.route import reopen_final
from governance.domain.texts import refuse_personal_data, working_version
from governance.enums import AnswerKind
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

    Refuses a date to come, an empty point, and a proposal that is already decided or withdrawn.
    Advice that comes in opens the final version of a concluding stop again.
    """
    demand(by, "body.keep", body)
    demand(by, "proposal.read", proposal)
    return write_points(proposal, body=body, given_on=given_on, points=points, by=by, step=step)


@transaction.atomic
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
        if current.state in ALIVE
        else Refusal(
            f"Dit voorstel is {current.plain_state}; advies verandert daar niets meer aan."
        ),
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
    reopen_final(current)
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
    base_revision: int | None = None,
) -> AdvicePoint:
    """Say what was done with a point: overgenomen, deels or niet, with the reason.

    'Overgenomen' and 'deels' name the version in which; when none is given, the newest, or a new
    working version if the newest was fixed before the advice was given. An answer can be corrected
    until the decision; history keeps the former one. With `base_revision`, an answer that somebody
    else gave meanwhile raises Conflict instead of being overwritten.
    """
    locked(Proposal.objects.all(), point.proposal_id)
    current = locked(AdvicePoint.objects.select_related("proposal__working", "body"), point.pk)
    demand(by, "proposal.lead", current.proposal)
    refuse_personal_data({"reason": reason})
    if answer not in AnswerKind.values:
        raise Refused(Refusal("Kies overgenomen, deels of niet overgenomen.", field="answer"))
    if not reason.strip():
        raise Refused(Refusal("Geef de reden bij het antwoord.", field="reason"))
    if current.proposal.state not in ALIVE:
        state = current.proposal.plain_state
        raise Refused(Refusal(f"Dit voorstel is {state}; het antwoord ligt vast."))
    if base_revision is not None and base_revision != current.revision:
        raise Conflict([Clash("reason", reason, current.reason)], current.revision)
    version = None if answer == AnswerKind.NOT else _version_for(current, version, by)
    corrected = bool(current.answer)
    current.answer = answer
    current.reason = reason.strip()
    current.answered_in = version
    current.answered_by = by
    current.answered_at = clock.now()
    current.revision += 1
    current.save()
    if version is not None:
        reopen_final(current.proposal, version)
    StatusChange.log(
        current.proposal,
        act="advice_corrected" if corrected else "advice_answered",
        by=by,
        why=f"{current}: {current.get_answer_display()}",
    )
    return current


def _version_for(
    point: AdvicePoint, version: ProposalVersion | None, by: User | None
) -> ProposalVersion:
    """The version in which advice was taken over: never one that was fixed before the advice."""
    if version is None:
        newest = point.proposal.working
        if newest is None or _fixed_before(newest, point):
            newest = working_version(point.proposal, by=by)
        return newest
    chosen = point.proposal.versions.filter(pk=version.pk).first()
    if chosen is None:
        raise Refused(Refusal("Kies een versie van dit voorstel.", field="answered_in"))
    if _fixed_before(chosen, point):
        raise Refused(
            Refusal(
                f"Versie {chosen.number} lag al vast voor dit advies van "
                f"{long_date(point.given_on)}; kies een latere versie.",
                field="answered_in",
            )
        )
    return chosen


def _fixed_before(version: ProposalVersion, point: AdvicePoint) -> bool:
    return version.frozen_at is not None and local_day(version.frozen_at) < point.given_on
