"""What happened: the route of June and July 2021 in Rijnmond, and IJsselland in 2017 and 2020.

The days of Rijnmond are those of the papers. What no paper tells (who was there, the votes, the
outcome, the answers, and the meeting days of IJsselland) is an example and says so.
"""

from datetime import date

from core import clock
from governance.domain import advice, layout
from governance.enums import Purpose
from regiovisie.demo import ijsselland as ij
from regiovisie.demo import rijnmond as rm
from regiovisie.demo.papers import ijsselland_past as past
from regiovisie.demo.papers import rijnmond_2021 as papers
from regiovisie.demo.walk import Walker, at

UNKNOWN = "Voorbeeld: aanwezigheid, stemming en uitkomst staan niet in de bron."
STOPS_2021 = {
    rm.TEAM: date(2021, 6, 14),
    rm.STEERING: date(2021, 6, 23),
    rm.AOJ: date(2021, 6, 24),
    rm.AB: date(2021, 7, 2),
}
EARLY_ADVICE_ON = date(2021, 4, 21)
UNTIL, EXTENDABLE = date(2022, 12, 31), date(2025, 12, 31)


def walk_2021(walker: Walker) -> None:
    """Two proposals along four bodies: papers of 10 June, decisions of 2 July 2021."""
    local = walker.write(papers.LOCAL_BLOCKS, date(2021, 6, 10), route_name=rm.ROUTE)
    participation = walker.write(papers.PARTICIPATION, date(2021, 6, 10), route_name=rm.ROUTE)
    both = (local, participation)
    for proposal in both:
        walker.enter(proposal, date(2021, 6, 10), STOPS_2021)
        walker.send(proposal, rm.TEAM, date(2021, 6, 10))
        walker.treat(proposal, rm.TEAM)
    with clock.at(at(date(2021, 6, 15))):
        advice.record_advice(
            participation,
            body=walker.cast.bodies[rm.STEERING],
            given_on=EARLY_ADVICE_ON,
            points=papers.EARLY_ADVICE,
            by=walker.cast.secretaries[rm.STEERING],
        )
    walker.answer(
        participation,
        papers.PARTICIPATION_ANSWERS,
        date(2021, 6, 15),
        papers.PARTICIPATION_ADDED,
    )
    walker.send(participation, rm.STEERING, date(2021, 6, 16), papers.PARTICIPATION_CHANGE)
    walker.send(local, rm.STEERING, date(2021, 6, 16))
    for proposal in both:
        # The AOJ meets a day after the steering group, the board gets its papers before either:
        # those papers say that advice follows.
        walker.send(proposal, rm.AOJ, date(2021, 6, 17))
        walker.send(proposal, rm.AB, date(2021, 6, 22))
    walker.treat(local, rm.STEERING, papers.LOCAL_BLOCKS_ADVICE)
    walker.treat(participation, rm.STEERING)
    for proposal in both:
        walker.treat(proposal, rm.AOJ)
    walker.answer(local, papers.LOCAL_BLOCKS_ANSWERS, date(2021, 6, 25), papers.LOCAL_BLOCKS_ADDED)
    walker.finalise(local, rm.AB, date(2021, 6, 25), papers.LOCAL_BLOCKS_CHANGE)
    walker.finalise(participation, rm.AB, date(2021, 6, 25))
    walker.hold(walker.meeting(rm.AB, STOPS_2021[rm.AB]), absent=(3, 11))
    for proposal, counts in ((local, None), (participation, {2: (12, 1)})):
        decision = walker.decide(
            proposal, rm.AB, note=UNKNOWN, counts=counts, until=UNTIL, extendable=EXTENDABLE
        )
        walker.publish(decision, date(2021, 7, 5), date(2021, 7, 6))
    board = walker.meeting(rm.AB, STOPS_2021[rm.AB])
    walker.promise(
        board,
        "Voorbeeld: de gemeenten laten weten wie de nulmeting invult.",
        "beleidsadviseurs van de gemeenten",
        date(2021, 9, 15),
    )
    walker.list(board, date(2021, 7, 8))


def note_2017(walker: Walker) -> None:
    """The note on the governance goes along AO and MO to the PHO, which takes note of it."""
    written = date(2017, 10, 18)
    proposal = walker.write(past.GOVERNANCE, written)
    stops = [
        (ij.AO, Purpose.DISCUSS, date(2017, 10, 26)),
        (ij.MO, Purpose.DISCUSS, date(2017, 11, 2)),
        (ij.PHO, Purpose.NOTE, date(2017, 11, 23)),
    ]
    with clock.at(at(written, 10, 30)):
        for slug, purpose, _ in stops:
            layout.add_step(
                proposal, body=walker.cast.bodies[slug], purpose=purpose, by=walker.lead
            )
    walker.enter(proposal, written, {slug: day for slug, _, day in stops})
    sent = [written, date(2017, 10, 27), date(2017, 11, 15)]
    for (slug, _, _), on in zip(stops, sent, strict=True):
        walker.send(proposal, slug, on)
        walker.treat(proposal, slug)


def plan_2020(walker: Walker) -> None:
    """The plan of action, advised on by AO and MO; the PHO consents, then each municipality."""
    stops = {
        ij.AO: date(2020, 2, 6),
        ij.MO: date(2020, 2, 13),
        ij.PHO: date(2020, 3, 5),
    }
    proposal = walker.write(past.ACTION_PLAN, date(2020, 1, 29), route_name=ij.POLICY)
    walker.enter(proposal, date(2020, 1, 29), stops)
    walker.send(proposal, ij.AO, date(2020, 1, 30))
    walker.treat(proposal, ij.AO)
    walker.send(proposal, ij.MO, date(2020, 2, 7))
    walker.treat(proposal, ij.MO, past.ACTION_PLAN_ADVICE)
    walker.answer(proposal, past.ACTION_PLAN_ANSWERS, date(2020, 2, 20), past.ACTION_PLAN_ADDED)
    walker.send(proposal, ij.PHO, date(2020, 2, 26), past.ACTION_PLAN_CHANGE)
    walker.hold(walker.meeting(ij.PHO, stops[ij.PHO]))
    decision = walker.decide(proposal, ij.PHO, note=UNKNOWN)
    walker.publish(decision, date(2020, 3, 9), date(2020, 3, 10))
