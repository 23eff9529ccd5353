"""The consultation route: planned in meetings, put on agendas, treated, held over."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import local_day, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import agenda_places, meetings, proposals
from governance.domain.agenda_places import next_order
from governance.domain.texts import refuse_personal_data
from governance.enums import (
    ItemResult,
    MeetingState,
    ProposalKind,
    ProposalState,
    Purpose,
    RoundState,
    StepState,
    Treatment,
)
from governance.models import (
    AgendaItem,
    Meeting,
    Proposal,
    ProposalVersion,
    RouteStep,
)
from governance.rules import demand

CONCLUDING = (Purpose.CONSENT, Purpose.DECIDE)
OPEN = (StepState.PLANNED, StepState.ON_AGENDA)


def _in_meeting(step: RouteStep) -> Answer:
    if step.meeting is None:
        return Refusal("Kies eerst de vergadering waarin dit stuk komt.", field="meeting")
    return _in_route(step)


def _in_route(step: RouteStep) -> Answer:
    if step.proposal.state != ProposalState.IN_ROUTE:
        return Refusal("Het voorstel is niet (meer) in route.")
    return True


def no_vote_running(step: RouteStep) -> Answer:
    """What is being voted on stays where it is."""
    if step.rounds.filter(state__in=[RoundState.OPEN, RoundState.CLOSED]).exists():
        return Refusal("Over dit stuk loopt een stemming. Bevestig die, of laat haar vervallen.")
    return True


def _comes_next(step: RouteStep) -> Answer:
    """A stop comes back only where the route has not passed yet."""
    if step.proposal.steps.filter(state=StepState.HANDLED, order__gt=step.order).exists():
        return Refusal("Een latere halte is al behandeld; deze komt niet meer terug.")
    return True


def _off_route_end(step: RouteStep) -> Answer:
    last = step.proposal.steps.exclude(state=StepState.SKIPPED).last()
    if last is not None and last.pk == step.pk:
        return Refusal("De laatste halte kan niet worden overgeslagen: daar valt het besluit.")
    return True


STATES: TransitionTable[RouteStep] = TransitionTable(
    [
        Transition("put_on_agenda", ("planned",), "on_agenda", "Op de agenda zetten", _in_meeting),
        Transition("hold_over", ("on_agenda",), "planned", "Aanhouden", no_vote_running),
        Transition("handle", ("on_agenda",), "handled", "Behandeld", _in_route),
        Transition("skip", ("planned",), "skipped", "Overslaan", _off_route_end),
        Transition("restore", ("skipped",), "planned", "Toch weer opnemen", _comes_next),
    ]
)


# Planning -----------------------------------------------------------------------------------------


def order_answer(step: RouteStep, meeting: Meeting) -> Answer:
    """Whether this meeting keeps the order of the route; the same day is allowed."""
    day = local_day(meeting.starts_at)
    for other in step.proposal.steps.select_related("body", "meeting"):
        if other.pk == step.pk or other.meeting is None or other.state == StepState.SKIPPED:
            continue
        other_day = local_day(other.meeting.starts_at)
        if other.order < step.order and day < other_day:
            return Refusal(
                f"{step.body} op {long_date(day)} komt voor {other.body} op "
                f"{long_date(other_day)}, maar die halte ligt eerder op de route.",
                field="meeting",
            )
        if other.order > step.order and day > other_day:
            return Refusal(
                f"{step.body} op {long_date(day)} komt na {other.body} op "
                f"{long_date(other_day)}, maar die halte ligt later op de route.",
                field="meeting",
            )
    return True


def meeting_answer(step: RouteStep, meeting: Meeting) -> Answer:
    """Whether a stop can sit in this meeting, whatever the other stops do."""
    if step.state != StepState.PLANNED:
        return Refusal(f"{step.body} heeft dit stuk al; deze halte verschuift niet meer.")
    if meeting.body_id != step.body_id:
        return Refusal(f"Kies een vergadering van {step.body}.", field="meeting")
    if meeting.state == MeetingState.CANCELLED:
        return Refusal("Die vergadering is vervallen.", field="meeting")
    held_over = step.items.select_related("meeting").last()
    if held_over is not None and held_over.meeting.starts_at >= meeting.starts_at:
        return Refusal(
            f"Dit stuk is op {long_date(held_over.meeting.starts_at)} aangehouden; "
            "kies een latere vergadering.",
            field="meeting",
        )
    return True


@transaction.atomic
def plan_step(step: RouteStep, meeting: Meeting | None, *, by: User | None) -> RouteStep:
    """Put a stop in a meeting of its body, or take it out (None). Holds the order of dates."""
    current = locked_step(step)
    demand(by, "step.plan", current)
    require(alive_answer(current.proposal))
    if current.state != StepState.PLANNED:
        raise Refused(Refusal("Deze halte staat al op de agenda. Houd haar eerst aan."))
    if meeting is not None:
        meeting = locked(Meeting.objects.select_related("body"), meeting.pk)
        require(meeting_answer(current, meeting))
        require(order_answer(current, meeting))
    current.meeting = meeting
    current.save()
    StatusChange.log(
        current, act="planned", by=by, why=str(meeting) if meeting else "zonder vergadering"
    )
    return current


# On the agenda and in the meeting ---------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """What a concluding stop still waits for."""

    open_steps: tuple[RouteStep, ...]
    unanswered: int

    @property
    def done(self) -> bool:
        return not self.open_steps and not self.unanswered

    @property
    def sentence(self) -> str:
        """In words, for page and papers: empty when nothing is awaited."""
        parts = []
        if self.open_steps:
            parts.append("advies volgt van " + " en ".join(str(s.body) for s in self.open_steps))
        if self.unanswered:
            many = "adviespunten hebben" if self.unanswered > 1 else "adviespunt heeft"
            parts.append(f"{self.unanswered} {many} nog geen antwoord")
        return "; ".join(parts)


def waits_for(step: RouteStep) -> Waiting:
    """Earlier stops that are still open, and points of advice without an answer (journey 5)."""
    proposal = step.proposal
    unanswered = proposal.advice.filter(answer="").count()
    return waiting(step, proposal.steps.select_related("body"), unanswered)


def waiting(step: RouteStep, steps: Iterable[RouteStep], unanswered: int) -> Waiting:
    """The same from rows at hand, for pages that show many stops."""
    earlier = [other for other in steps if other.order < step.order and other.state in OPEN]
    return Waiting(tuple(earlier), unanswered)


@transaction.atomic
def put_on_agenda(step: RouteStep, *, by: User | None, change_note: str = "") -> RouteStep:
    """Freeze the text for this body and put the stop on the agenda of its meeting.

    Allowed while earlier stops are open: the papers then say that advice follows, and a
    concluding body gets its final version later (`finalise_version`). Once the agenda is published
    only the secretary puts papers on it, and they are marked late.
    """
    current = locked_step(step)
    demand(by, "step.plan", current)
    require(STATES.answer(current, "put_on_agenda"))
    meeting = locked(Meeting.objects.select_related("body"), current.meeting_id)
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(Refusal("Kies een vergadering die doorgaat.", field="meeting"))
    require(order_answer(current, meeting), agenda_places.paper_answer(meeting, by))
    current.version = proposals.freeze_text(current.proposal, by=by, change_note=change_note)
    require(_something_to_decide(current, current.version))
    current.version_final = waits_for(current).done
    STATES.carry_out(current, "put_on_agenda", by=by, why=str(meeting))
    agenda_places.lay_down_fixed(meeting, by=by)
    AgendaItem.objects.create(
        meeting=meeting,
        order=next_order(meeting),
        step=current,
        version=current.version,
        late=agenda_places.is_late(meeting),
        treatment=Treatment.NOTE if current.purpose == Purpose.NOTE else Treatment.DISCUSSION,
    )
    StatusChange.log(
        current.proposal,
        act="papers_sent",
        by=by,
        why=f"{current.body}, versie {current.version.number}",
    )
    return current


def final_version_answer(step: RouteStep) -> Answer:
    """Whether the final version can be frozen for a concluding body now."""
    waiting = waits_for(step)
    if waiting.unanswered:
        return Refusal(
            f"Beantwoord eerst elk adviespunt: {waiting.unanswered} wacht"
            f"{'' if waiting.unanswered == 1 else 'en'} nog op antwoord."
        )
    if waiting.open_steps:
        bodies = " en ".join(str(other.body) for other in waiting.open_steps)
        return Refusal(f"{bodies} heeft dit stuk nog niet behandeld.")
    return True


@transaction.atomic
def finalise_version(step: RouteStep, *, by: User | None, change_note: str = "") -> RouteStep:
    """Freeze the text on which a concluding body decides; waits for an answer to all advice."""
    current = locked_step(step)
    demand(by, "proposal.lead", current.proposal)
    if current.state != StepState.ON_AGENDA or current.purpose not in CONCLUDING:
        raise Refused(Refusal("Dit kan als het stuk op de agenda staat om te besluiten."))
    require(_in_route(current), no_vote_running(current), final_version_answer(current))
    version = proposals.freeze_text(current.proposal, by=by, change_note=change_note)
    require(_something_to_decide(current, version))
    current.version = version
    current.version_final = True
    current.save()
    item = current.items.get(meeting=current.meeting)
    item.version = version
    item.save()
    StatusChange.log(current.proposal, act="final_version", by=by, why=f"versie {version.number}")
    return current


def _something_to_decide(step: RouteStep, version: ProposalVersion) -> Answer:
    """A body that decides needs points; they can have been taken out since the route began."""
    if step.purpose not in CONCLUDING or version.points.exists():
        return True
    if step.proposal.kind == ProposalKind.INFORMATION:
        return Refusal(f"Over een informatienota besluit niemand; wijzig {step.body}.")
    return Refusal(f"Voeg minstens één beslispunt toe: {step.body} besluit daarover.")


def reopen_final(proposal: Proposal, newest: ProposalVersion | None = None) -> None:
    """What a body would decide on is no longer the last word: advice came in, or its answer names
    a version (`newest`) later than the one fixed for that body."""
    for step in proposal.steps.filter(
        purpose__in=CONCLUDING, state=StepState.ON_AGENDA, version_final=True
    ).select_related("version"):
        fixed = step.version
        if newest is None or fixed is None or newest.number > fixed.number:
            step.version_final = False
            step.save()


@transaction.atomic
def handle_step(step: RouteStep, *, by: User | None, note: str = "") -> RouteStep:
    """Close a stop that discusses, advises or takes note. The last one that notes ends the route.

    Refuses a stop that consents or decides: that is closed by the decision itself.
    """
    current = locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    refuse_personal_data({"note": note})
    if current.purpose in CONCLUDING:
        raise Refused(Refusal("Leg hier het besluit vast; daarmee is de halte behandeld."))
    require(STATES.answer(current, "handle"))
    require(meetings.has_begun(locked(Meeting.objects.all(), current.meeting_id)))
    close_item(current, ItemResult.HANDLED, note)
    current.outcome_note = note.strip()
    STATES.carry_out(current, "handle", by=by, why=note.strip())
    StatusChange.log(current.proposal, act="step_handled", by=by, why=str(current))
    finish_noted(current.proposal, by)
    return current


def finish_noted(proposal: Proposal, by: User | None) -> None:
    """A route that ends in taking note ends when its last open stop is closed, whichever that is:
    stops may be handled out of order."""
    current = locked(Proposal.objects.all(), proposal.pk)
    if current.state != ProposalState.IN_ROUTE or proposals.next_step(current) is not None:
        return
    last = current.steps.exclude(state=StepState.SKIPPED).last()
    if last is not None and last.purpose == Purpose.NOTE:
        proposals.STATES.carry_out(current, "note", by=by)


@transaction.atomic
def hold_over(step: RouteStep, *, by: User | None, why: str) -> RouteStep:
    """Take a stop off the agenda to a later meeting (aanhouden). Its history stays."""
    current = locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden van het aanhouden.", field="why"))
    return take_off_agenda(current, by=by, why=why)


def take_off_agenda(current: RouteStep, *, by: User | None, why: str) -> RouteStep:
    """The act of `hold_over` for who has the right already: withdrawing takes papers off too."""
    require(STATES.answer(current, "hold_over"))
    close_item(current, ItemResult.HELD_OVER, why)
    current.meeting = None
    current.version_final = False
    STATES.carry_out(current, "hold_over", by=by, why=why.strip())
    StatusChange.log(current.proposal, act="held_over", by=by, why=f"{current.body}: {why.strip()}")
    return current


def close_item(step: RouteStep, result: ItemResult, note: str) -> None:
    """Write down what came of the step in its present meeting. Held over before the meeting began,
    its item is off the agenda."""
    item = step.items.filter(meeting=step.meeting).select_related("meeting").first()
    if item is not None:
        item.result = result
        item.note = note.strip()
        item.off = result == ItemResult.HELD_OVER and item.meeting.starts_at > clock.now()
        item.save()
        if item.off:
            agenda_places.renumber(agenda_places.items_on(item.meeting))


def locked_step(step: RouteStep) -> RouteStep:
    """The step again, with its proposal under a lock first: all acts on one proposal queue up."""
    locked(Proposal.objects.all(), step.proposal_id)
    return locked(
        RouteStep.objects.select_related("proposal__region", "body__rules", "meeting", "version"),
        step.pk,
    )


def alive_answer(proposal: Proposal) -> Answer:
    """Whether the route of a proposal can still be planned."""
    if proposal.state in proposals.ALIVE:
        return True
    state = proposal.plain_state
    return Refusal(f"Dit voorstel is {state}; de route ligt vast.")
