"""Questions to the municipalities that run today; all of it invented and marked as example.

Rijnmond asks its councils a zienswijze before the board decides. In IJsselland the PHO consented,
and now each college decides.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from accounts.models import User
from core import clock
from core.calendar import add_working_days
from governance.domain import local, local_reports
from governance.domain.local_terms import Term
from governance.enums import Addressee, TermSource, TermUnit
from governance.models import Decision, LocalRound, LocalStep, RouteStep
from regiovisie.demo import ijsselland as ij
from regiovisie.demo import rijnmond as rm
from regiovisie.demo.papers import local_rounds as papers
from regiovisie.demo.walk import Walker, at

Outcomes = Mapping[str, tuple[str, str]]


def day(n: int) -> date:
    """The n-th working day from today."""
    return add_working_days(clock.today(), n)


def ask_councils(walker: Walker) -> None:
    """Five councils reacted, one of them has its answer; the others have eleven days left."""
    stops = {rm.TEAM: day(-34), rm.STEERING: day(-28), rm.AOJ: day(-26), rm.AB: day(25)}
    proposal = walker.write(papers.SCHOOL, day(-38), route_name=rm.ROUTE)
    walker.enter(proposal, day(-38), stops)
    for slug in (rm.TEAM, rm.STEERING, rm.AOJ):
        walker.send(proposal, slug, stops[slug] - timedelta(days=4))
        walker.treat(proposal, slug)
    asked = _ask(
        walker,
        walker.step(proposal, rm.AB),
        on=clock.today() - timedelta(days=38),
        addressee=Addressee.COUNCIL,
        question=papers.SCHOOL_QUESTION,
        term=Term(TermSource.OWN, 7, TermUnit.WEEKS, "Voorbeeld: afspraak van het bestuur"),
    )
    _report(walker, asked, papers.SCHOOL_VIEWS)
    for home, (answer, reason) in papers.SCHOOL_ANSWERS.items():
        with clock.at(at(day(-2), 15)):
            local_reports.answer_step(
                _step(walker, asked, home), answer=answer, reason=reason, by=walker.lead
            )


def ask_colleges(walker: Walker) -> None:
    """The PHO consented a month ago; four colleges decided, the others have sixteen days left."""
    stops = {ij.AO: day(-40), ij.MO: day(-33), ij.PHO: day(-21)}
    proposal = walker.write(papers.NEIGHBOURHOOD, day(-46), route_name=ij.POLICY)
    walker.enter(proposal, day(-46), stops)
    for slug in (ij.AO, ij.MO):
        walker.send(proposal, slug, stops[slug] - timedelta(days=5))
        walker.treat(proposal, slug)
    walker.send(proposal, ij.PHO, stops[ij.PHO] - timedelta(days=8))
    walker.hold(walker.meeting(ij.PHO, stops[ij.PHO]))
    decision = walker.decide(proposal, ij.PHO, note="Voorbeeld, gemaakt voor de demo.")
    decision = walker.publish(decision, day(-19), day(-19))
    asked = _ask(
        walker,
        decision,
        on=clock.today() - timedelta(days=26),
        addressee=Addressee.COLLEGE,
        question=papers.NEIGHBOURHOOD_QUESTION,
        term=Term(TermSource.OWN, 6, TermUnit.WEEKS, "Voorbeeld: afspraak van het PHO"),
    )
    _report(walker, asked, papers.NEIGHBOURHOOD_DECISIONS)


def _ask(
    walker: Walker,
    hangs_on: RouteStep | Decision,
    *,
    on: date,
    addressee: str,
    question: str,
    term: Term,
) -> LocalRound:
    with clock.at(at(on, 10)):
        prepared = local.prepare_round(
            hangs_on, addressee=addressee, question=question, term=term, by=walker.lead
        )
        return local.ask_round(prepared, by=walker.lead)


def _report(walker: Walker, asked: LocalRound, outcomes: Outcomes) -> None:
    """Each official for her own municipality, a working day apart."""
    for number, (home, (outcome, text)) in enumerate(outcomes.items()):
        reported_on = day(-4 - number)
        with clock.at(at(reported_on, 11)):
            local_reports.report_outcome(
                _step(walker, asked, home),
                {
                    "outcome": outcome,
                    "decided_on": add_working_days(reported_on, -1),
                    "text": text,
                    "source": "",
                },
                by=_official(walker, home),
            )


def _official(walker: Walker, home: str) -> User:
    return walker.cast.person(f"beleid.{home}")


def _step(walker: Walker, asked: LocalRound, home: str) -> LocalStep:
    return asked.steps.get(municipality=walker.cast.municipalities[home])
