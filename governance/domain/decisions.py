"""Deciding, point by point, by the rules of the body; and what becomes of the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.formats import local_day
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import attendance, local, meetings, proposals, route
from governance.domain.electorate import electorate_of
from governance.domain.secrecy import secret_now
from governance.domain.texts import refuse_personal_data
from governance.domain.voting import PointOutcome, outcome_refusals, voted, weighed
from governance.enums import (
    DecisionState,
    ItemResult,
    LegalStatus,
    Method,
    Outcome,
    ProposalState,
    Purpose,
    StepState,
)
from governance.models import (
    Decision,
    Meeting,
    PointDecision,
    Proposal,
    ProposalVersion,
    Region,
    RouteStep,
)
from governance.rules import demand

__all__ = [
    "STATES",
    "PointOutcome",
    "Validity",
    "can_decide",
    "finalise_decision",
    "publish_decision",
    "record_decision",
    "replace_decision",
    "request_memo",
]


NUMBERED = (Method.COUNT, Method.ROLL_CALL, Method.WRITTEN)


def _not_secret(decision: Decision) -> Answer:
    if secret_now(decision):
        return Refusal("Op dit besluit rust geheimhouding; hef die eerst op.")
    return True


STATES: TransitionTable[Decision] = TransitionTable(
    [
        Transition("finalise", ("recorded",), "final", "Definitief maken"),
        Transition("publish", ("final",), "published", "Publiceren", _not_secret),
        Transition("replace", ("final", "published"), "replaced", "Vervangen"),
    ]
)


@dataclass(frozen=True)
class Validity:
    """From when and until when a decision holds, and until when it may be extended."""

    valid_from: date
    valid_until: date | None = None
    extendable_until: date | None = None


def can_decide(step: RouteStep) -> list[Refusal]:
    """Every reason why no decision can be recorded on this stop now."""
    answers: list[Answer] = []
    meeting = step.meeting
    if step.purpose not in route.CONCLUDING:
        return [Refusal("Deze halte besluit niet; leg hier advies vast.")]
    if step.proposal.state != ProposalState.IN_ROUTE:
        return [Refusal("Het voorstel is niet (meer) in route.")]
    if step.state != StepState.ON_AGENDA or meeting is None:
        return [Refusal(f"Zet het stuk eerst op de agenda van {step.body}.")]
    if step.purpose == Purpose.DECIDE and step.body.legal_status != LegalStatus.ORGAN:
        answers.append(Refusal(f"{step.body} is geen bestuursorgaan en kan niet besluiten."))
    # Asked again although the version was final: a stop can have been added since.
    waiting = route.final_version_answer(step)
    answers.append(waiting)
    if waiting and not step.version_final:
        answers.append(Refusal("Zet eerst de definitieve versie vast waarover wordt besloten."))
    answers += local.waits_for(step)
    begun = meetings.has_begun(meeting)
    if not begun:
        answers.append(begun)
    elif not meeting.attendances.exists():
        answers.append(Refusal("Leg eerst vast wie er waren.", field="present"))
    else:
        quorum = attendance.count_quorum(meeting, step)
        if not quorum.reached:
            answers.append(
                Refusal(
                    f"Het quorum is niet gehaald: {quorum.present} van {quorum.total} leden waren "
                    f"er, {quorum.needed} zijn nodig. Houd het stuk aan.",
                    field="quorum",
                )
            )
        elif step.recusals.exists() and not electorate_of(step, meeting).voters:
            answers.append(
                Refusal(
                    "Geen van de aanwezige leden mag over dit stuk meestemmen. Houd het stuk aan.",
                    field="quorum",
                )
            )
    return [answer for answer in answers if isinstance(answer, Refusal)]


@transaction.atomic
def record_decision(
    step: RouteStep,
    outcomes: Sequence[PointOutcome],
    *,
    validity: Validity,
    by: User | None,
    note: str = "",
    example: bool = False,
) -> Decision:
    """Record what the body decided on every point; closes the stop and, at the end, the route.

    Refuses with every reason at once: no final version, no quorum, a vote that still runs, an
    outcome that does not follow from the vote, a count that cannot be, a point left out. On a point
    that was voted on, the confirmed round is the truth. Gemeentewet 20, 28-32.
    """
    current = route.locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    if current.meeting_id is not None:
        # The attendance that the quorum is counted from may not change meanwhile.
        current.meeting = locked(Meeting.objects.all(), current.meeting_id)
    require(*can_decide(current))
    meeting, version = current.meeting, current.version
    if meeting is None or version is None:
        raise ValueError("can_decide holds that both are there")
    require(route.no_vote_running(current))
    quorum = attendance.count_quorum(meeting, current)
    refuse_personal_data(
        {"note": note} | {f"point-{o.point.pk}": f"{o.amended_text} {o.note}" for o in outcomes}
    )
    asked = list(version.points.all())
    given = {outcome.point.pk for outcome in outcomes}
    place = {point.pk: n for n, point in enumerate(asked, start=1)}
    missing = [
        Refusal(f"Kies wat er over beslispunt {n} is besloten.", f"point-{pk}")
        for pk, n in place.items()
        if pk not in given
    ]
    strangers = given - {point.pk for point in asked}
    if strangers:
        raise Refused(Refusal("Een van de beslispunten hoort niet bij deze versie."))
    if len(outcomes) != len(given):
        raise Refused(Refusal("Over een van de beslispunten is tweemaal een besluit ingevuld."))
    outcomes = [voted(current, outcome) for outcome in outcomes]
    wrong = [
        refusal
        for outcome in outcomes
        for refusal in outcome_refusals(current, outcome, place[outcome.point.pk])
    ]
    dates = _date_refusals(validity)
    if all(o.outcome == Outcome.POSTPONED for o in outcomes) and not missing:
        wrong.append(
            Refusal("Alle punten zijn aangehouden: houd het stuk aan in plaats van te besluiten.")
        )
    require(*missing, *wrong, *dates)
    decision = _create(current, meeting, version, quorum, validity, note, example, by)
    for outcome in [weighed(current, each) for each in outcomes]:
        PointDecision.objects.create(
            decision=decision,
            point=outcome.point,
            outcome=outcome.outcome,
            amended_text=outcome.amended_text.strip() if outcome.outcome == Outcome.AMENDED else "",
            method=outcome.method,
            round=outcome.round,
            votes_for=outcome.votes_for if outcome.method in NUMBERED else None,
            votes_against=outcome.votes_against if outcome.method in NUMBERED else None,
            note=outcome.note.strip(),
        )
    route.close_item(current, ItemResult.HANDLED, "")
    local.close_before(current, by=by)
    route.STATES.carry_out(current, "handle", by=by)
    StatusChange.log(decision, act="recorded", by=by, after=decision.state)
    # Without the number: the decision may become secret, and its trail is open to more.
    StatusChange.log(current.proposal, act="decided", by=by, why=str(current.body))
    _close_route(current.proposal, [o.outcome for o in outcomes], by)
    return decision


def _create(
    step: RouteStep,
    meeting: Meeting,
    version: ProposalVersion,
    quorum: attendance.QuorumCount,
    validity: Validity,
    note: str,
    example: bool,
    by: User | None,
) -> Decision:
    # The region is locked, so that two decisions recorded at once get two numbers.
    region = locked(Region.objects.all(), step.proposal.region_id)
    day = local_day(meeting.starts_at)
    year = day.year
    last = region.decisions.filter(year=year).aggregate(last=Max("sequence"))["last"] or 0
    return Decision.objects.create(
        region=region,
        year=year,
        sequence=last + 1,
        proposal=step.proposal,
        step=step,
        body=step.body,
        meeting=meeting,
        version=version,
        decided_on=day,
        members_present=quorum.present,
        members_total=quorum.total,
        valid_from=validity.valid_from,
        valid_until=validity.valid_until,
        extendable_until=validity.extendable_until,
        note=note.strip(),
        example=example,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _date_refusals(validity: Validity) -> list[Refusal]:
    wrong = []
    until = validity.valid_until
    if until and until < validity.valid_from:
        wrong.append(Refusal("Het besluit eindigt voor het begint.", field="valid_until"))
    if validity.extendable_until and (until is None or validity.extendable_until < until):
        wrong.append(
            Refusal(
                "Verlengen kan alleen tot na de einddatum; vul ook een einddatum in.",
                field="extendable_until",
            )
        )
    return wrong


def _close_route(proposal: Proposal, outcomes: Sequence[str], by: User | None) -> None:
    """At the last stop the proposal gets the state that follows from its points.

    'Deels' asks that something was adopted: rejected beside postponed is not adopted.
    """
    if proposals.next_step(proposal) is not None:
        return
    current = locked(Proposal.objects.all(), proposal.pk)
    kinds = set(outcomes)
    if kinds == {Outcome.ADOPTED}:
        act = "adopt"
    elif kinds <= {Outcome.REJECTED, Outcome.POSTPONED}:
        act = "reject"
    elif kinds <= {Outcome.ADOPTED, Outcome.AMENDED}:
        act = "amend"
    else:
        act = "adopt_partly"
    proposals.STATES.carry_out(current, act, by=by)


@transaction.atomic
def finalise_decision(decision: Decision, *, by: User | None) -> Decision:
    """Make a recorded decision final; its memo is made from the content of this moment."""
    current = _kept(decision, by)
    STATES.carry_out(current, "finalise", by=by)
    request_memo(current, by=by)
    return current


@transaction.atomic
def publish_decision(decision: Decision, *, by: User | None) -> Decision:
    """Let everybody with a role in the region read it. Refuses while secrecy rests on it."""
    current = _kept(decision, by)
    current.published_at = clock.now()
    STATES.carry_out(current, "publish", by=by)
    return current


def _kept(decision: Decision, by: User | None) -> Decision:
    """The decision again under a lock, for the secretary of its body inside the circle."""
    current = locked(Decision.objects.select_related("body", "proposal"), decision.pk)
    demand(by, "body.keep", current.body)
    demand(by, "decision.read", current)
    return current


@transaction.atomic
def replace_decision(old: Decision, new: Decision, *, by: User | None) -> Decision:
    """Say that a later final decision takes the place of an earlier one.

    The proposal that ended in the earlier one is replaced with it.
    """
    locked(Proposal.objects.all(), old.proposal_id)
    current = _kept(old, by)
    new = Decision.objects.select_related("proposal").get(pk=new.pk)
    demand(by, "decision.read", new)
    if new.region_id != current.region_id or new.pk == current.pk:
        raise Refused(Refusal("Kies een ander besluit van deze regio.", field="replaced_by"))
    if new.decided_on < current.decided_on:
        raise Refused(Refusal("Een ouder besluit vervangt geen nieuwer.", field="replaced_by"))
    if new.state not in (DecisionState.FINAL, DecisionState.PUBLISHED):
        raise Refused(Refusal("Kies een besluit dat definitief is en geldt.", field="replaced_by"))
    require(_may_show(new, beside=current))
    current.replaced_by = new
    STATES.carry_out(current, "replace", by=by)
    _replace_proposal(current, new, by)
    return current


def _replace_proposal(old: Decision, new: Decision, by: User | None) -> None:
    proposal = locked(Proposal.objects.all(), old.proposal_id)
    ended_in = proposal.decisions.order_by("step__order").last()
    if ended_in == old and proposal.state in proposals.CLOSED and new.proposal_id != proposal.pk:
        proposal.replaced_by = new.proposal
        proposals.STATES.carry_out(proposal, "replace", by=by)


def _may_show(new: Decision, *, beside: Decision) -> Answer:
    """Whoever sees that a decision was replaced knows that there is another one."""
    if secret_now(new) and not secret_now(beside):
        return Refusal(
            f"Op besluit {new.number} rust geheimhouding. Aan het besluit dat het vervangt, zou "
            "iedereen zien dat het er is; hef de geheimhouding eerst op.",
            field="replaced_by",
        )
    return True


def request_memo(decision: Decision, *, by: User | None) -> object:
    """Ask for the memo of a final decision; asked twice gives one file."""
    from governance import documents

    return documents.request_memo(decision, by=by)
