"""What a municipality answered, and what the region says to that.

An official reports for her own municipality. The author body can write down what came in on paper,
and then names that paper.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import long_date
from core.models import StatusChange, StoredFile
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from core.versioning import Clash, Conflict, save_revision
from governance import news_local
from governance.domain import proposals, route
from governance.domain.local import STEP_STATES, locked_round
from governance.domain.texts import refuse_personal_data
from governance.enums import (
    AnswerKind,
    LocalKind,
    LocalOutcome,
    LocalRoundState,
    LocalStepState,
    StepState,
)
from governance.models import LocalRound, LocalStep
from governance.models.local import WITH_TEXT
from governance.rules import demand
from governance.standing import standing_of

Kind = StoredFile.Kind
PAPER_KINDS = (Kind.PDF, Kind.DOCX, Kind.ODT)
BOTH = "Samengevoegd met wat een collega tegelijk meldde."
FIELDS = ("outcome", "decided_on", "text", "source")
OUTCOMES: dict[str, tuple[LocalOutcome, ...]] = {
    LocalKind.ZIENSWIJZE: (
        LocalOutcome.NONE,
        LocalOutcome.POSITIVE,
        LocalOutcome.REMARKS,
        LocalOutcome.NEGATIVE,
    ),
    LocalKind.DECISION: (
        LocalOutcome.AGREED,
        LocalOutcome.AMENDED,
        LocalOutcome.REFUSED,
        LocalOutcome.NOT_TREATED,
    ),
}


def serves(by: User | None, step: LocalStep) -> bool:
    """Whether this person reports for this municipality of itself, without naming a source."""
    return by is not None and step.municipality_id in standing_of(by).reports_for


def can_report(step: LocalStep) -> Answer:
    """Whether an outcome can be written down or put right now: after the term too, and after the
    round was closed, as long as the board has not decided."""
    asked = step.round
    if step.state == LocalStepState.MERGED:
        return Refusal("Deze gemeente is opgegaan in een andere; die reageert nu.")
    if step.state == LocalStepState.LEFT:
        return Refusal("Deze gemeente doet niet meer mee aan de regio en hoeft niet te reageren.")
    if asked.state == LocalRoundState.CLOSED and asked.asks_view:
        if asked.step is not None and asked.step.state == StepState.HANDLED:
            return Refusal("Het besluit is al genomen; een uitkomst melden kan niet meer.")
    elif asked.state not in (LocalRoundState.ASKED, LocalRoundState.CLOSED):
        state = asked.get_state_display()
        return Refusal(f"Deze vraag is {state}; een uitkomst melden kan niet meer.")
    if asked.asks_view and asked.proposal.state not in proposals.ALIVE:
        state = asked.proposal.get_state_display()
        return Refusal(f"Het voorstel is {state}; u hoeft niet meer te reageren.")
    return True


@transaction.atomic
def report_outcome(
    step: LocalStep,
    values: Mapping[str, Any],
    *,
    by: User | None,
    paper: StoredFile | None = None,
    base: Mapping[str, Any] | None = None,
    base_revision: int = 1,
) -> LocalStep:
    """Write down what the college or council of a municipality decided: `FIELDS`, and its paper.

    When somebody else reported meanwhile, Conflict carries both texts and nothing is written.
    """
    current = _writable(step, by)
    _refuse_values(current, values, by=by, paper=paper)
    if current.state == LocalStepState.REPORTED:
        # Stale of necessity: the writer began before there was an outcome.
        begun = base if base is not None else dict.fromkeys(FIELDS, "")
        changed = save_revision(current, _clean(values), base=_clean(begun), base_revision=0)
        return _corrected(current, changed, paper=paper, by=by, why=BOTH) if changed else current
    return _report(current, values, paper=paper, by=by, act="report", why="")


@transaction.atomic
def correct_outcome(
    step: LocalStep,
    values: Mapping[str, Any],
    *,
    why: str,
    by: User | None,
    paper: StoredFile | None = None,
    base: Mapping[str, Any],
    base_revision: int,
) -> LocalStep:
    """Mend a reported outcome, with the reason. An answer to what changed lapses: the region has
    to look at it again; its words stay at hand."""
    current = _writable(step, by)
    refuse_personal_data({"why": why})
    require(STEP_STATES.answer(current, "correct"))
    if not why.strip():
        raise Refused(Refusal("Geef de reden van de verbetering.", field="why"))
    _refuse_values(current, values, by=by, paper=paper)
    changed = save_revision(current, _clean(values), base=_clean(base), base_revision=base_revision)
    if not changed and paper is None:
        return current
    return _corrected(current, changed, paper=paper, by=by, why=why.strip())


def _corrected(
    current: LocalStep, changed: list[str], *, paper: StoredFile | None, by: User | None, why: str
) -> LocalStep:
    if {"outcome", "text"} & set(changed):
        current.answer = ""
    return _report(current, {}, paper=paper, by=by, act="correct", why=why)


def _report(
    current: LocalStep,
    values: Mapping[str, Any],
    *,
    paper: StoredFile | None,
    by: User | None,
    act: str,
    why: str,
) -> LocalStep:
    for name, value in _clean(values).items():
        setattr(current, name, value)
    if paper is not None:
        current.paper = paper
    if values:
        current.revision += 1
    current.reported_by, current.reported_at = by, clock.now()
    STEP_STATES.carry_out(current, act, by=by, why=why or current.get_outcome_display())
    StatusChange.log(current.round, act=f"local_{act}", by=by, why=_line(current, why))
    return current


def _line(step: LocalStep, why: str) -> str:
    text = f"{step.municipality}: {step.get_outcome_display()}"
    return f"{text}. {why}" if why else text


@transaction.atomic
def take_back_outcome(step: LocalStep, *, why: str, by: User | None) -> LocalStep:
    """Take a reported outcome back, as if it was not there yet; history keeps it. Needs a reason.

    Refuses one to which the region gave its answer: that is corrected, not taken back.
    """
    current = _writable(step, by)
    refuse_personal_data({"why": why})
    require(
        STEP_STATES.answer(current, "take_back"),
        True if why.strip() else Refusal("Geef de reden van het terugnemen.", "why"),
        Refusal("De regio heeft hierop al geantwoord. Verbeter de uitkomst in plaats daarvan.")
        if current.answer
        else True,
    )
    before = str(current)
    current.outcome, current.decided_on, current.text, current.source = "", None, "", ""
    current.paper, current.reported_by, current.reported_at = None, None, None
    current.revision += 1
    STEP_STATES.carry_out(current, "take_back", by=by, why=why.strip())
    StatusChange.log(current.round, act="local_take_back", by=by, why=f"{before}. {why.strip()}")
    return current


@transaction.atomic
def answer_step(
    step: LocalStep, *, answer: str, reason: str, by: User | None, base_revision: int | None = None
) -> LocalStep:
    """Say what the region does with a zienswijze or a local decision, with the reason.

    What is taken over changes the text, so a version that was fixed for the board is so no longer.
    With `base_revision`, what changed meanwhile raises Conflict instead of being overwritten.
    """
    asked = locked_round(step.round_id, step.round.proposal_id)
    demand(by, "local.lead", asked)
    current = _locked_step(step, asked)
    refuse_personal_data({"reason": reason})
    late = asked.asks_view and asked.proposal.state not in proposals.ALIVE
    require(
        True
        if answer in AnswerKind.values
        else Refusal("Kies overgenomen, deels of niet overgenomen.", "answer"),
        True if reason.strip() else Refusal("Geef de reden bij het antwoord.", "reason"),
        True
        if current.outcome in WITH_TEXT
        else Refusal("Deze gemeente heeft niets opgemerkt waarop een antwoord past."),
        Refusal("Het besluit is al genomen; het antwoord ligt vast.") if late else True,
    )
    if base_revision is not None and base_revision != current.revision:
        raise Conflict([Clash("reason", reason, current.reason)], current.revision)
    corrected = bool(current.answer)
    current.answer, current.reason = answer, reason.strip()
    current.answered_by, current.answered_at = by, clock.now()
    current.revision += 1
    current.save()
    if asked.asks_view and answer != AnswerKind.NOT:
        route.reopen_final(asked.proposal)
    act = "local_answer_corrected" if corrected else "local_answered"
    why = f"{current.municipality}: {current.get_answer_display()}"
    StatusChange.log(current, act=act, by=by, why=why)
    StatusChange.log(asked, act=act, by=by, why=why)
    news_local.region_answered(current)
    return current


# Guards -----------------------------------------------------------------------------------------


def _writable(step: LocalStep, by: User | None) -> LocalStep:
    """The step again under a lock, if this person may report for it and the round takes it."""
    asked = locked_round(step.round_id, step.round.proposal_id)
    current = _locked_step(step, asked)
    demand(by, "local.report", current)
    require(can_report(current))
    return current


def _locked_step(step: LocalStep, asked: LocalRound) -> LocalStep:
    current = locked(LocalStep.objects.select_related("municipality"), step.pk)
    current.round = asked
    return current


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"not a field of an outcome: {sorted(unknown)}")
    cleaned = {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}
    if cleaned.get("decided_on") == "":
        cleaned["decided_on"] = None
    return cleaned


def _refuse_values(
    step: LocalStep, values: Mapping[str, Any], *, by: User | None, paper: StoredFile | None
) -> None:
    refuse_personal_data({"text": values.get("text"), "source": values.get("source")})
    outcome, day = values.get("outcome"), values.get("decided_on")
    source = str(values.get("source") or "").strip()
    answers: list[Answer] = [
        True
        if outcome in OUTCOMES[step.round.kind]
        else Refusal("Kies de uitkomst van deze gemeente.", "outcome"),
        _day_answer(step, day),
        Refusal("Schrijf op wat de gemeente opmerkt of waarom.", "text")
        if outcome in WITH_TEXT and not str(values.get("text") or "").strip()
        else True,
        Refusal("De bron telt hoogstens 200 tekens.", "source") if len(source) > 200 else True,
        True
        if source or by is None or serves(by, step)
        else Refusal("Noem het stuk waaruit u dit overneemt, zoals een brief met datum.", "source"),
    ]
    if paper is not None:
        answers.append(_paper_answer(paper))
    require(*answers)


def _day_answer(step: LocalStep, day: date | None) -> Answer:
    asked_on = step.round.asked_on
    if day is None:
        return Refusal("Vul de datum in waarop dit is besloten.", "decided_on")
    if day > clock.today():
        return Refusal("Deze datum ligt in de toekomst.", "decided_on")
    if asked_on is not None and day < asked_on:
        return Refusal(
            f"De vraag is gesteld op {long_date(asked_on)}; een uitkomst komt daarna.", "decided_on"
        )
    return True


def _paper_answer(paper: StoredFile) -> Answer:
    if paper.kind not in PAPER_KINDS:
        return Refusal("Kies een PDF, een Word-bestand of een OpenDocument-tekst.", "file")
    if paper.scan == StoredFile.Scan.INFECTED:
        return Refusal("In dit bestand is een virus gevonden.", "file")
    return True
