"""The cycle of today in IJsselland: policy along AO, MO and PHO, operations along MO to the BO."""

from datetime import date

from core import clock
from core.calendar import add_working_days
from governance.domain import layout, proposals
from governance.enums import Purpose
from regiovisie.demo.ijsselland import AO, BO, CORE_GROUP, MO, OPERATIONS, PHO, POLICY, TEAM
from regiovisie.demo.papers import ijsselland_now as papers
from regiovisie.demo.walk import Walker, at

EXAMPLE = "Voorbeeld, gemaakt voor de demo."


def day(n: int) -> date:
    """The n-th working day from today."""
    return add_working_days(clock.today(), n)


def walk(walker: Walker) -> None:
    _consent_to_record(walker)
    _decision_not_final(walker)
    _ready_to_freeze(walker)
    _advice_to_answer(walker)
    _advice_to_record(walker)
    _coming(walker)
    _concept(walker)
    walker.meeting(TEAM, day(2))


def _consent_to_record(walker: Walker) -> None:
    """The PHO met yesterday; its consent is not recorded yet."""
    proposal = walker.write(papers.ONE_PLAN, day(-32), route_name=POLICY)
    walker.enter(proposal, day(-32), {AO: day(-26), MO: day(-20), PHO: day(-1)})
    for slug, sent in ((AO, -30), (MO, -25)):
        walker.send(proposal, slug, day(sent))
        walker.treat(proposal, slug)
    walker.send(proposal, PHO, day(-10))
    walker.hold(walker.meeting(PHO, day(-1)), absent=(2,))


def _decision_not_final(walker: Walker) -> None:
    """The board decided two days ago; the decision is recorded and not final."""
    proposal = walker.write(papers.TRANSPORT, day(-28), route_name=OPERATIONS)
    walker.enter(proposal, day(-28), {MO: day(-20), BO: day(-2)})
    walker.send(proposal, MO, day(-25))
    walker.treat(proposal, MO)
    walker.send(proposal, BO, day(-10))
    walker.hold(walker.meeting(BO, day(-2)), absent=(5, 7))
    walker.decide(proposal, BO, note=EXAMPLE)


def _ready_to_freeze(walker: Walker) -> None:
    """Papers went to the PHO while the MO was still to advise; now all advice is answered."""
    proposal = walker.write(papers.ANALYSIS, day(-22), route_name=POLICY)
    walker.enter(proposal, day(-22), {AO: day(-16), MO: day(-11), PHO: day(9)})
    walker.send(proposal, AO, day(-20))
    walker.treat(proposal, AO)
    walker.send(proposal, MO, day(-15))
    walker.send(proposal, PHO, day(-12))
    walker.treat(proposal, MO, papers.ANALYSIS_ADVICE)
    walker.answer(proposal, papers.ANALYSIS_ANSWERS, day(-3), papers.ANALYSIS_ADDED)


def _advice_to_answer(walker: Walker) -> None:
    """The MO advised on the rates; the board is planned."""
    proposal = walker.write(papers.RATES, day(-12), route_name=OPERATIONS)
    walker.enter(proposal, day(-12), {MO: day(-4), BO: day(14)})
    walker.send(proposal, MO, day(-10))
    walker.treat(proposal, MO, papers.RATES_ADVICE)


def _advice_to_record(walker: Walker) -> None:
    """The AO met two days ago; its advice is not recorded, the stops after it not planned."""
    proposal = walker.write(papers.MENTOR, day(-10), route_name=POLICY)
    walker.enter(proposal, day(-10), {AO: day(-2)})
    walker.send(proposal, AO, day(-7))
    walker.hold(walker.meeting(AO, day(-2)), absent=(1,))


def _coming(walker: Walker) -> None:
    """On the agenda of the coming AO, and of the coming MO and core group."""
    living = walker.write(papers.LIVING, day(-6), route_name=POLICY)
    walker.enter(living, day(-6), {AO: day(10)})
    walker.send(living, AO, day(-2))
    proposal = walker.write(papers.AGENDA, day(-22), route_name=POLICY)
    with clock.at(at(day(-22), 10, 30)):
        layout.add_step(
            proposal,
            body=walker.cast.bodies[CORE_GROUP],
            purpose=Purpose.DISCUSS,
            by=walker.lead,
            before=walker.step(proposal, PHO),
        )
    stops = {AO: -16, MO: 6, CORE_GROUP: 8, PHO: 30}
    walker.enter(proposal, day(-22), {slug: day(n) for slug, n in stops.items()})
    walker.send(proposal, AO, day(-20))
    walker.treat(proposal, AO)
    walker.send(proposal, MO, day(-3))
    walker.send(proposal, CORE_GROUP, day(-2))


def _concept(walker: Walker) -> None:
    proposal = walker.write(papers.DROP_OUT, day(-3), route_name=POLICY)
    with clock.at(at(day(-2), 15)):
        proposals.add_coauthor(proposal, walker.cast.person("onderwijs"), by=walker.lead)
