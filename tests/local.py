"""Rounds of questions to the municipalities, reached through the domain."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from core import clock
from governance.domain import decisions, local, local_reports
from governance.domain.local_terms import Term
from governance.enums import Addressee, MunicipalRoleKind, TermSource, TermUnit
from governance.models import Decision, LocalRound, LocalStep, Municipality, RouteStep
from tests import factories as make
from tests.cast import Cast

OWN = Term(TermSource.OWN, 6, TermUnit.WEEKS, "Afspraak in het bestuur")
BUDGET = Term(TermSource.BUDGET, 0)


def to_board(cast: Cast, days: int = 60, **fields: Any) -> RouteStep:
    """A stop of the board on the agenda of a meeting some days ahead."""
    paper = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), **fields)
    return make.on_agenda(paper.steps.get(), cast.author, make.meeting(cast.board, days))


def prepared(hangs_on: RouteStep | Decision, by: User, **fields: Any) -> LocalRound:
    return local.prepare_round(
        hangs_on,
        addressee=fields.pop("addressee", Addressee.COUNCIL),
        question=fields.pop("question", "Wat vindt uw raad van dit plan?"),
        term=fields.pop("term", OWN),
        by=by,
    )


def asked(hangs_on: RouteStep | Decision, by: User, **fields: Any) -> LocalRound:
    return local.ask_round(prepared(hangs_on, by, **fields), by=by)


def consented(cast: Cast, days: int = 2) -> Decision:
    """A final decision of the steering group to consent, after which each municipality decides."""
    paper = make.routed(
        cast.author, cast.team, (cast.steering, make.Purpose.CONSENT), local_decisions=True
    )
    make.member(cast.steering, seat=make.seat(cast.steering, cast.municipality))
    step = make.on_agenda(paper.steps.get(), cast.author, make.meeting(cast.steering, days))
    made = make.decided(step, cast.steering_secretary)
    return decisions.finalise_decision(made, by=cast.steering_secretary)


def step_of(round_: LocalRound, name: str) -> LocalStep:
    return LocalStep.objects.get(round=round_, municipality__name=name)


def values(
    outcome: str = "remarks", text: str = "Let op de kosten.", **more: Any
) -> dict[str, Any]:
    return {"outcome": outcome, "decided_on": clock.today(), "text": text, "source": "", **more}


def reported(step: LocalStep, by: User | None, **fields: Any) -> LocalStep:
    return local_reports.report_outcome(step, values(**fields), by=by)


def answered(step: LocalStep, by: User, answer: str = "not") -> LocalStep:
    return local_reports.answer_step(step, answer=answer, reason="Het geld is er.", by=by)


def official(of: Municipality, role: str = MunicipalRoleKind.EDITOR) -> User:
    person = make.user(f"beleidsadviseur {of}")
    make.municipal_role(of, person, role)
    return person


def home(name: str) -> Municipality:
    return Municipality.objects.get(name=name)


def days_later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))
