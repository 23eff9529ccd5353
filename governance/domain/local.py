"""Asking the municipalities: their zienswijze before a decision, or their own decision after it.

The board waits for a zienswijze: see `waits_for`. What a municipality answers, and what the region
says to that, is in `local_reports`.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance import news_local
from governance.domain import proposals, route
from governance.domain.local_terms import Term, legal_term
from governance.domain.texts import refuse_personal_data
from governance.enums import (
    Addressee,
    DecisionState,
    LocalKind,
    LocalRoundState,
    LocalStepState,
    StepState,
    TermSource,
)
from governance.models import (
    Decision,
    LocalRound,
    LocalStep,
    Municipality,
    Proposal,
    Region,
    RegionMunicipality,
    RouteStep,
)
from governance.models.local import WITH_TEXT
from governance.rules import demand

RUNNING = (LocalRoundState.CONCEPT, LocalRoundState.ASKED)


def _may_close(asked: LocalRound) -> Answer:
    """A round ends when everybody answered or the term is over, and every remark has its answer."""
    waiting = asked.steps.filter(state=LocalStepState.OPEN).count()
    if waiting and not asked.term_over():
        return Refusal(
            f"{waiting} {'gemeente heeft' if waiting == 1 else 'gemeenten hebben'} nog niet "
            f"gereageerd; de termijn loopt tot en met {long_date(asked.due_on)}."
        )
    owed = unanswered(asked)
    if asked.asks_view and owed:
        return Refusal(f"Beantwoord eerst elke zienswijze: {_waiting_for_answer(owed)}.")
    return True


STATES: TransitionTable[LocalRound] = TransitionTable(
    [
        Transition("ask", ("concept",), "asked", "De vraag versturen"),
        Transition("close", ("asked",), "closed", "Sluiten", _may_close),
        Transition("withdraw", RUNNING, "withdrawn", "Intrekken"),
    ]
)
STEP_STATES: TransitionTable[LocalStep] = TransitionTable(
    [
        Transition("report", ("open", "silent"), "reported", "Uitkomst melden"),
        Transition("correct", ("reported",), "reported", "Uitkomst verbeteren"),
        Transition("take_back", ("reported",), "open", "Uitkomst terugnemen"),
        Transition("lapse", ("open",), "silent", "Geen reactie vastleggen"),
        Transition("hand_over", ("open",), "merged", "Overdragen aan de opvolger"),
        Transition("leave", ("open",), "left", "Doet niet meer mee"),
        Transition("return", ("left",), "open", "Doet weer mee"),
    ]
)


# Asking -----------------------------------------------------------------------------------------


@transaction.atomic
def prepare_round(
    hangs_on: RouteStep | Decision, *, addressee: str, question: str, term: Term, by: User | None
) -> LocalRound:
    """Write down a question to the municipalities in concept; nobody else sees it yet.

    Refuses a stop that does not conclude or was handled, a decision that is not final or that no
    municipality decides on, and a question that runs already.
    """
    proposal = locked(Proposal.objects.select_related("region"), hangs_on.proposal_id)
    demand(by, "proposal.lead", proposal)
    before = isinstance(hangs_on, RouteStep)
    fresh = LocalRound(
        region=proposal.region,
        proposal=proposal,
        step=hangs_on if isinstance(hangs_on, RouteStep) else None,
        decision=hangs_on if isinstance(hangs_on, Decision) else None,
        kind=LocalKind.ZIENSWIJZE if before else LocalKind.DECISION,
        created_by=by,
        created_at=clock.now(),
    )
    _write(fresh, addressee=addressee, question=question, term=term)
    StatusChange.log(fresh, act="local_prepared", by=by, after=fresh.state)
    return fresh


@transaction.atomic
def edit_round(
    asked: LocalRound, *, addressee: str, question: str, term: Term, by: User | None
) -> LocalRound:
    """Change a question that nobody was asked yet."""
    current = _led(asked, by)
    if current.state != LocalRoundState.CONCEPT:
        raise Refused(Refusal("Deze vraag is al gesteld en verandert niet meer."))
    _write(current, addressee=addressee, question=question, term=term)
    return current


def _write(current: LocalRound, *, addressee: str, question: str, term: Term) -> None:
    refuse_personal_data({"question": question, "term_note": term.note})
    wrong = [*term.refusals(current.kind, addressee), *_cannot_ask(current)]
    if addressee not in Addressee.values:
        wrong.append(Refusal("Kies het college of de raad.", "addressee"))
    if not question.strip():
        wrong.append(Refusal("Schrijf op wat u de gemeenten vraagt.", "question"))
    if len(term.note.strip()) > 200:
        wrong.append(Refusal("De bron telt hoogstens 200 tekens.", "term_note"))
    others = LocalRound.objects.filter(
        step=current.step_id, decision=current.decision_id, addressee=addressee, state__in=RUNNING
    )
    if others.exclude(pk=current.pk).exists():
        wrong.append(Refusal("Deze vraag loopt al, of staat al in concept.", "addressee"))
    require(*wrong)
    if term.source != TermSource.OWN:
        term = legal_term(term.source, clock.today(), _form_of(current.region, clock.today()))
    current.addressee = addressee
    current.question = question.strip()
    current.term_source, current.term_note = term.source, term.note.strip()
    current.term_length, current.term_unit = term.length, term.unit
    current.save()


def _cannot_ask(asked: LocalRound) -> list[Refusal]:
    """Why municipalities cannot be asked about this stop or this decision now."""
    if asked.step is not None:
        if asked.step.purpose not in route.CONCLUDING:
            return [Refusal("Vraag een zienswijze bij de halte die besluit of instemt.")]
        if asked.step.state not in (StepState.PLANNED, StepState.ON_AGENDA):
            return [Refusal("Deze halte is al behandeld; een zienswijze komt daarvoor.")]
        if asked.proposal.state not in proposals.ALIVE:
            return [_not_alive(asked.proposal)]
    elif asked.decision is not None:
        if not asked.proposal.local_decisions:
            return [Refusal("Na dit besluit hoeft geen gemeente zelf te besluiten.")]
        if asked.decision.state not in (DecisionState.FINAL, DecisionState.PUBLISHED):
            return [Refusal("Maak het besluit eerst definitief; vraag het daarna de gemeenten.")]
    return []


def _not_alive(proposal: Proposal) -> Refusal:
    return Refusal(f"Dit voorstel is {proposal.get_state_display()}; vragen heeft geen zin meer.")


@transaction.atomic
def ask_round(asked: LocalRound, *, by: User | None, asked_on: date | None = None) -> LocalRound:
    """Put the question to every municipality that takes part in the region on that day.

    Freezes the text that they get. Refuses a day to come, and one so long ago that the term would
    be over.
    """
    current = _led(asked, by)
    require(STATES.answer(current, "ask"), *_cannot_ask(current))
    day = asked_on or clock.today()
    term = term_of(current)
    if term.source != TermSource.OWN:
        term = legal_term(term.source, day, _form_of(current.region, day))
    due_on = term.last_day(day)
    taking_part = RegionMunicipality.objects.current(day).filter(region=current.region)
    homes = list(Municipality.objects.filter(pk__in=taking_part.values("municipality")))
    require(
        Refusal("De vraag kan niet in de toekomst zijn gesteld.", "asked_on")
        if day > clock.today()
        else True,
        Refusal(f"De termijn liep al af op {long_date(due_on)}.", "asked_on")
        if due_on < clock.today()
        else True,
        True if homes else Refusal("Aan deze regio doet op die dag geen gemeente mee."),
    )
    current.asked_on, current.due_on, current.term_length = day, due_on, term.length
    current.version = (
        proposals.freeze_text(current.proposal, by=by)
        if current.decision is None
        else current.decision.version
    )
    STATES.carry_out(current, "ask", by=by, why=f"reageren tot en met {long_date(due_on)}")
    for home in homes:
        LocalStep.objects.create(round=current, municipality=home)
    StatusChange.log(current.proposal, act="local_asked", by=by, why=_named(current))
    news_local.round_asked(current)
    return current


def _form_of(region: Region, day: date) -> str:
    """The legal form of the region on a day; empty where nobody entered one."""
    form = region.forms.current(day).first()
    return form.legal_form if form else ""


def term_of(asked: LocalRound) -> Term:
    return Term(asked.term_source, asked.term_length, asked.term_unit, asked.term_note)


@transaction.atomic
def extend_term(asked: LocalRound, *, until: date, why: str, by: User | None) -> LocalRound:
    """Give the municipalities longer, with the reason. A term is never made shorter."""
    current = _led(asked, by)
    refuse_personal_data({"why": why})
    if current.state != LocalRoundState.ASKED or current.due_on is None:
        raise Refused(Refusal("De termijn verlengen kan zolang de vraag loopt."))
    before = current.due_on
    require(
        Refusal(f"De termijn loopt tot en met {long_date(before)}; kies een latere dag.", "until")
        if until <= before
        else True,
        Refusal("Deze dag is al voorbij; kies een latere dag.", "until")
        if before < until < clock.today()
        else True,
        True if why.strip() else Refusal("Geef de reden van het verlengen.", "why"),
    )
    current.due_on, current.extended_because = until, why.strip()
    current.save()
    StatusChange.log(
        current,
        act="local_extended",
        by=by,
        why=f"van {long_date(before)} naar {long_date(until)}: {why.strip()}",
    )
    news_local.term_extended(current, before)
    return current


@transaction.atomic
def withdraw_round(asked: LocalRound, *, why: str, by: User | None) -> LocalRound:
    """Take the question back, with the reason. What municipalities answered stays readable."""
    current = _led(asked, by)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden van het intrekken.", field="why"))
    _withdraw(current, why=why.strip(), by=by)
    return current


def _withdraw(current: LocalRound, *, why: str, by: User | None) -> None:
    STATES.carry_out(current, "withdraw", by=by, why=why)
    if current.asked_on:
        StatusChange.log(current.proposal, act="local_withdrawn", by=by, why=_named(current))
        news_local.round_withdrawn(current, why)


def withdraw_with(proposal: Proposal, *, why: str, by: User | None) -> None:
    """The paper is withdrawn, so nobody has to say anything about it. On a locked proposal."""
    rows = LocalRound.objects.filter(
        proposal=proposal, kind=LocalKind.ZIENSWIJZE, state__in=RUNNING
    ).select_related("region", "proposal")
    for asked in rows:
        _withdraw(asked, why=f"Het voorstel is ingetrokken. {why}", by=by)


@transaction.atomic
def close_round(asked: LocalRound, *, by: User | None) -> LocalRound:
    """End a round: who did not react is marked so. Refuses while the term runs or an answer of
    the region to a zienswijze is missing."""
    current = _led(asked, by)
    _close(current, by)
    return current


def _close(current: LocalRound, by: User | None) -> None:
    STATES.carry_out(current, "close", by=by)
    _lapse(current, by)
    StatusChange.log(current.proposal, act="local_closed", by=by, why=_named(current))


def _lapse(current: LocalRound, by: User | None) -> None:
    for step in current.steps.filter(state=LocalStepState.OPEN):
        STEP_STATES.carry_out(step, "lapse", by=by)


def _named(asked: LocalRound) -> str:
    many = "de colleges" if asked.addressee == Addressee.COLLEGE else "de raden"
    return f"{asked.get_kind_display()} van {many}"


def _led(asked: LocalRound, by: User | None) -> LocalRound:
    current = locked_round(asked.pk, asked.proposal_id)
    demand(by, "local.lead", current)
    return current


def locked_round(pk: int, proposal: int) -> LocalRound:
    """The round again, with its proposal under a lock first: all acts on one proposal queue up."""
    locked(Proposal.objects.all(), proposal)
    return locked(
        LocalRound.objects.select_related("region", "proposal", "step__body", "decision__version"),
        pk,
    )


# What the board waits for -----------------------------------------------------------------------


def unanswered(asked: LocalRound) -> list[LocalStep]:
    """Municipalities to which the region still owes a reasoned answer."""
    rows = asked.steps.filter(outcome__in=WITH_TEXT, answer="").select_related("municipality")
    return list(rows.order_by("municipality__sort_name"))


def _waiting_for_answer(owed: list[LocalStep]) -> str:
    names = [str(step.municipality) for step in owed]
    shown = ", ".join(names[:3]) + (f" en nog {len(names) - 3}" if len(names) > 3 else "")
    return f"{shown} {'wacht' if len(names) == 1 else 'wachten'} nog"


def _before(step: RouteStep) -> Iterable[LocalRound]:
    """Zienswijzen that belong before the outcome of this stop; also of a round that was closed, for
    what comes in late still gets its answer."""
    return LocalRound.objects.filter(
        proposal=step.proposal_id,
        step__order__lte=step.order,
        state__in=(LocalRoundState.ASKED, LocalRoundState.CLOSED),
    ).order_by("due_on", "pk")


def waits_for(step: RouteStep) -> list[Refusal]:
    """Why this stop cannot conclude yet: a zienswijze is still within its term, or has no answer.

    After the term the board waits no longer for who did not react (Wgr art. 35 lid 3).
    """
    found = []
    for asked in _before(step):
        many = "colleges" if asked.addressee == Addressee.COLLEGE else "raden"
        waiting = asked.steps.filter(state=LocalStepState.OPEN).count()
        if waiting and not asked.term_over():
            found.append(
                Refusal(
                    f"{waiting} van de {many} {'kan' if waiting == 1 else 'kunnen'} nog tot en "
                    f"met {long_date(asked.due_on)} een zienswijze geven. Wacht daarop, of trek "
                    "de vraag in.",
                    field=f"local-{asked.pk}",
                )
            )
        owed = unanswered(asked)
        if owed:
            found.append(
                Refusal(
                    "Beantwoord eerst elke zienswijze: " + _waiting_for_answer(owed) + ".",
                    field=f"local-{asked.pk}",
                )
            )
    return found


def close_before(step: RouteStep, *, by: User | None) -> None:
    """The stop concludes: its zienswijzen end, and who was silent within the term is marked so.

    Asked on a locked proposal, after `waits_for` had nothing left.
    """
    for asked in _before(step):
        if asked.state == LocalRoundState.ASKED:
            _close(asked, by)
        else:
            _lapse(asked, by)
