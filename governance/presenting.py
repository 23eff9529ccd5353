"""What the page of a proposal says first: where it stands, and what this reader can do now."""

from dataclasses import dataclass, field

from django.urls import reverse

from core import clock
from core.components import NotYet, Tone
from core.formats import long_date
from core.refusal import Refusal
from governance.domain import decisions, proposals, route
from governance.domain.agenda_places import paper_answer
from governance.enums import ProposalKind, ProposalState, StepState
from governance.models import Proposal, ProposalVersion, RouteStep
from governance.queries import day_of
from governance.rules import may
from governance.standing import Person, standing_of

TONES: dict[str, Tone] = {
    ProposalState.CONCEPT: "inactive",
    ProposalState.IN_ROUTE: "neutral",
    ProposalState.ADOPTED: "success",
    ProposalState.AMENDED: "success",
    ProposalState.PARTLY: "success",
    ProposalState.NOTED: "success",
    ProposalState.REJECTED: "error",
    ProposalState.POSTPONED: "warning",
    ProposalState.WITHDRAWN: "inactive",
    ProposalState.REPLACED: "inactive",
}


@dataclass(frozen=True)
class Act:
    """One thing to do: a link to a page, or a button that posts."""

    label: str
    url: str
    posts: bool = False


@dataclass
class Now:
    """The now box: whose turn it is, the one primary act, others, and what cannot be done yet."""

    head: str
    what: str = ""
    primary: Act | None = None
    others: list[Act] = field(default_factory=list)
    not_yet: list[NotYet] = field(default_factory=list)

    @property
    def quiet(self) -> bool:
        return self.primary is None


def where_it_stands(proposal: Proposal, steps: list[RouteStep]) -> str:
    """One sentence beside the badge: the last stop behind it and the expected end."""
    open_steps = [s for s in steps if s.state in route.OPEN]
    if proposal.state != ProposalState.IN_ROUTE or not open_steps:
        return ""
    handled = [s for s in steps if s.state == StepState.HANDLED]
    text = f"Behandeld in {handled[-1].body}. " if handled else ""
    end = day_of(open_steps[-1])
    if end:
        purpose = open_steps[-1].get_purpose_display()
        word = "Besluit" if purpose == "besluiten" else purpose.capitalize()
        return f"{text}{word} verwacht op {long_date(end, weekday=True)}."
    return f"{text}De datum van het besluit is nog niet gekozen."


def now_for(user: Person, proposal: Proposal, steps: list[RouteStep]) -> Now:
    """What this reader can do with this proposal now; one primary act in sight."""
    leads = bool(may(user, "proposal.lead", proposal))
    if proposal.state == ProposalState.CONCEPT and leads:
        return _concept(proposal)
    if proposal.state == ProposalState.IN_ROUTE:
        current = next((s for s in steps if s.state in route.OPEN), None)
        keeps = standing_of(user).secretary_of
        mine = [s for s in steps if s.state == StepState.ON_AGENDA and s.body_id in keeps]
        begun = [s for s in mine if s.meeting and s.meeting.starts_at <= clock.now()]
        if begun:
            return _for_secretary(proposal, begun[0])
        if leads and current:
            return _for_author(user, proposal, steps, current)
        if mine:
            return _for_secretary(proposal, mine[0])
        if current and current.body_id in keeps and current.state == StepState.PLANNED:
            return _to_agenda(user, proposal, current)
        if current:
            day = day_of(current)
            when = f" op {long_date(day)}" if day else ""
            return Now("Nu aan zet", f"{current.body}{when}")
    if proposal.state == ProposalState.POSTPONED and leads:
        url = _url("proposal-change", proposal, act="resume")
        return Now("U kunt verder", "Dit voorstel is uitgesteld", Act("Verder met de route", url))
    return Now("Er wacht niets", f"Dit voorstel is {proposal.shown_state_label}.")


def _url(name: str, proposal: Proposal, **kwargs: object) -> str:
    return reverse(
        f"governance:{name}",
        kwargs={"region": proposal.region.slug, "number": proposal.number, **kwargs},
    )


def _concept(proposal: Proposal) -> Now:
    refusals = proposals.route_refusals(proposal)
    write = Act("Verder schrijven", _url("proposal-write", proposal))
    lay_out = Act("Route kiezen", _url("route-edit", proposal))
    if refusals:
        needs_route = not proposal.steps.exists()
        return Now(
            "U bent aan zet",
            "Maak het voorstel klaar voor de route",
            write,
            [lay_out] if needs_route else [],
            [NotYet("De route in", refusal.reason) for refusal in refusals],
        )
    submit = Act("De route in", _url("proposal-submit", proposal), posts=True)
    return Now("U bent aan zet", "Dit voorstel is klaar voor de route", submit, [write, lay_out])


def now_in_writing(
    proposal: Proposal, version: ProposalVersion, *, has_points: bool, leads: bool
) -> Now | None:
    """What the text of a concept still lacks for its route, and the place where that is put right.

    None once the proposal is on its way, and where this version is no longer written.
    """
    if proposal.state != ProposalState.CONCEPT or version.frozen_at:
        return None
    refusals = proposals.route_refusals(proposal)
    if not refusals:
        back = Act("Naar het voorstel", _url("proposal-detail", proposal))
        return Now("U kunt verder", "De tekst is klaar voor de route", back)
    not_yet = [NotYet("De route in", refusal.reason) for refusal in refusals]
    return Now(
        "U bent aan zet",
        "Maak het voorstel klaar voor de route",
        _what_lacks(proposal, version, has_points, leads),
        not_yet=not_yet,
    )


def _what_lacks(
    proposal: Proposal, version: ProposalVersion, has_points: bool, leads: bool
) -> Act | None:
    """The first thing to write; the route itself is for who leads the proposal."""
    if not version.subject.strip() or not version.summary.strip():
        return Act("Schrijf de samenvatting", _url("header-edit", proposal))
    if proposal.kind != ProposalKind.INFORMATION and not has_points:
        return Act("Schrijf beslispunten", _url("points-edit", proposal))
    return Act("Kies de route", _url("route-edit", proposal)) if leads else None


def _for_author(
    user: Person, proposal: Proposal, steps: list[RouteStep], current: RouteStep
) -> Now:
    write = Act("Tekst bijwerken", _url("proposal-write", proposal))
    replan = Act("Route aanpassen", _url("route-edit", proposal))
    concluding = next(
        (s for s in steps if s.state == StepState.ON_AGENDA and s.purpose in route.CONCLUDING), None
    )
    unanswered = (
        proposal.advice.filter(answer="").select_related("body").order_by("given_on", "number")
    )
    not_yet = []
    if concluding and not concluding.version_final:
        answer = route.final_version_answer(concluding)
        if isinstance(answer, Refusal):
            not_yet.append(NotYet("De definitieve versie vastzetten", answer.reason))
    first = unanswered.first()
    if first is not None:
        count = unanswered.count()
        what = (
            f"Beantwoord het laatste adviespunt van {first.body}"
            if count == 1
            else f"Beantwoord {count} adviespunten"
        )
        primary = Act("Antwoord geven", _url("advice-answer", proposal, pk=first.pk))
        return Now("U bent aan zet", what, primary, [write, replan], not_yet)
    if concluding and not concluding.version_final and not not_yet:
        url = _url("step-finalise", proposal, pk=concluding.pk)
        return Now(
            "U bent aan zet",
            f"Zet de definitieve versie vast voor {concluding.body}",
            Act("Definitieve versie vastzetten", url, posts=True),
            [write, replan],
        )
    if current.state == StepState.PLANNED and current.meeting is None:
        return Now(
            "U bent aan zet",
            f"Kies de vergadering van {current.body}",
            Act("Route plannen", _url("route-edit", proposal)),
            [write],
            not_yet,
        )
    if current.state == StepState.PLANNED:
        return _to_agenda(user, proposal, current, [write, replan])
    day = day_of(current)
    when = f" op {long_date(day)}" if day else ""
    return Now("Nu aan zet", f"{current.body}{when}", None, [write, replan], not_yet)


def _to_agenda(
    user: Person, proposal: Proposal, step: RouteStep, others: list[Act] | None = None
) -> Now:
    answer = route.STATES.answer(step, "put_on_agenda")
    if answer and step.meeting is not None:
        answer = paper_answer(step.meeting, user)
    if isinstance(answer, Refusal):
        return Now(
            "U bent aan zet",
            f"Plan {step.body}" if step.meeting is None else f"{step.body} krijgt dit stuk nog",
            None,
            others or [],
            [NotYet(f"Op de agenda van {step.body}", answer.reason)],
        )
    day = day_of(step)
    when = f" van {long_date(day)}" if day else ""
    url = _url("step-agenda", proposal, pk=step.pk)
    return Now(
        "U bent aan zet",
        f"Zet het stuk op de agenda van {step.body}{when}",
        Act("Op de agenda zetten", url, posts=True),
        others or [],
    )


def _for_secretary(proposal: Proposal, step: RouteStep) -> Now:
    hold = Act("Aanhouden", _url("step-hold-over", proposal, pk=step.pk))
    if step.purpose in route.CONCLUDING:
        refusals = decisions.can_decide(step)
        decide = Act("Besluit vastleggen", _url("decision-record", proposal, pk=step.pk))
        if refusals:
            return Now(
                "Uw vergadering",
                f"{step.body} besluit op {long_date(day_of(step))}",
                None,
                [hold],
                [NotYet("Besluit vastleggen", refusal.reason) for refusal in refusals],
            )
        return Now("U bent aan zet", f"Leg het besluit van {step.body} vast", decide, [hold])
    record = Act("Advies vastleggen", _url("advice-record", proposal, pk=step.pk))
    close = Act("Behandeld", _url("step-handle", proposal, pk=step.pk))
    return Now("U bent aan zet", f"{step.body} behandelt dit stuk", record, [close, hold])
