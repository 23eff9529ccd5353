"""The cycle of today in Rijnmond: dates count in working days from the day the demo is built.

Board: a while ago, yesterday, and again in twelve working days. In between lie the meetings of the
team, the steering group, the AOJ and the core group.
"""

from datetime import date, timedelta

from core import clock
from core.calendar import add_working_days
from governance.domain import decisions, layout, proposals, route, secrecy
from governance.enums import Purpose
from governance.models import AgendaTemplateItem, Proposal
from regiovisie.demo import preparing
from regiovisie.demo.papers import Paper
from regiovisie.demo.papers import rijnmond_now as papers
from regiovisie.demo.rijnmond import AB, AOJ, CORE_GROUP, ROUTE, STEERING, TABLE, TEAM
from regiovisie.demo.walk import Walker, at

EXAMPLE = "Voorbeeld, gemaakt voor de demo."


def day(n: int) -> date:
    """The n-th working day from today."""
    return add_working_days(clock.today(), n)


def walk(walker: Walker) -> None:
    for slug in (AB, AOJ):
        walker.cast.agenda(slug, *_fixed_points())
    _replaced_decision(walker)
    _held_over(walker)
    _last_list(walker)
    _yesterday(walker)
    _ready_to_freeze(walker)
    _advice_to_answer(walker)
    _advice_to_record(walker)
    _secret(walker)
    _concept(walker)
    _withdrawn(walker)
    for slug, n in ((TEAM, 2), (STEERING, 25), (AOJ, 26)):
        walker.meeting(slug, day(n))
    walker.publish_agenda(AB, day(12), day(-2), minutes=20, change=papers.AGENDA_CHANGE)
    walker.publish_agenda(AOJ, day(5), day(-1), minutes=30)
    preparing.prepare(walker, walker.meeting(AB, day(12)), day(-1))


def _fixed_points() -> list[AgendaTemplateItem]:
    return [
        AgendaTemplateItem(title="Opening en mededelingen", minutes=5),
        AgendaTemplateItem(title="Rondvraag en sluiting", minutes=5, closing=True),
    ]


def through_advice(walker: Walker, paper: Paper, stops: dict[str, int]) -> Proposal:
    """Along team, steering group and AOJ without a point of advice; papers to the board."""
    dates = {slug: day(n) for slug, n in stops.items()}
    written = day(stops[TEAM] - 6)
    proposal = walker.write(paper, written, route_name=ROUTE)
    walker.enter(proposal, written, dates)
    for slug in (TEAM, STEERING, AOJ):
        walker.send(proposal, slug, day(stops[slug] - 3))
        walker.treat(proposal, slug)
    walker.send(proposal, AB, day(stops[AOJ] + 1))
    return proposal


def _replaced_decision(walker: Walker) -> None:
    """A published decision that a later one took the place of."""
    old = through_advice(
        walker, papers.BRIDGING_OLD, {TEAM: -150, STEERING: -142, AOJ: -140, AB: -125}
    )
    walker.hold(walker.meeting(AB, day(-125)), absent=(2,))
    first = walker.decide(old, AB, note=EXAMPLE, until=day(-125) + timedelta(days=365))
    first = walker.publish(first, day(-123), day(-122))
    new = through_advice(walker, papers.BRIDGING_NEW, {TEAM: -62, STEERING: -56, AOJ: -54, AB: -40})
    walker.list(walker.meeting(AB, day(-125)), day(-118))
    walker.hold(walker.meeting(AB, day(-40)))
    second = walker.decide(new, AB, note=EXAMPLE)
    second = walker.publish(second, day(-38), day(-37))
    with clock.at(at(day(-37), 11)):
        decisions.replace_decision(first, second, by=walker.cast.secretaries[AB])


def _held_over(walker: Walker) -> None:
    """Held over by the board and now on the agenda of the coming meeting."""
    proposal = through_advice(
        walker, papers.MEASURING, {TEAM: -62, STEERING: -56, AOJ: -54, AB: -40}
    )
    with clock.at(at(day(-40), 13)):
        route.hold_over(
            walker.step(proposal, AB), by=walker.cast.secretaries[AB], why=papers.HELD_OVER
        )
    coming = day(12)  # counted from today, not from the day on which it was planned
    with clock.at(at(day(-30), 10)):
        walker.plan(proposal, AB, coming)
    walker.send(proposal, AB, day(-4))


def _last_list(walker: Walker) -> None:
    """The board of forty days ago: its list is published and waits to be adopted; one action point
    is late."""
    board = walker.meeting(AB, day(-40))
    walker.promise(
        board,
        "Voorbeeld: nagaan welke scholen willen meedoen met de brugfunctie.",
        "beleidsadviseurs van de gemeenten",
        day(-5),
    )
    walker.list(board, day(-30))


def _yesterday(walker: Walker) -> None:
    """The board met: one decision recorded and not final, one still to be recorded."""
    stops = {TEAM: -26, STEERING: -19, AOJ: -17, AB: -1}
    recorded = through_advice(walker, papers.FOSTER, stops)
    through_advice(walker, papers.EIGHTEEN, stops)
    walker.hold(walker.meeting(AB, day(-1)), absent=(4, 9))
    walker.decide(recorded, AB, note=EXAMPLE, counts={2: (9, 2)})
    walker.promise(
        walker.meeting(AB, day(-1)),
        "Voorbeeld: de cijfers over pleegzorg per gemeente sturen aan het bestuur.",
        "programmateam",
        day(10),
    )


def _ready_to_freeze(walker: Walker) -> None:
    """On the agenda of the coming board; all advice is answered, the final version is not fixed."""
    stops = {TEAM: day(-14), STEERING: day(-9), AOJ: day(-7), AB: day(12)}
    proposal = walker.write(papers.WAITING, day(-20), route_name=ROUTE)
    walker.enter(proposal, day(-20), stops)
    for slug, sent in ((TEAM, -16), (STEERING, -13), (AOJ, -12)):
        walker.send(proposal, slug, day(sent))
    walker.treat(proposal, TEAM)
    walker.treat(proposal, STEERING, papers.WAITING_ADVICE)
    walker.send(proposal, AB, day(-8))
    walker.treat(proposal, AOJ)
    walker.answer(proposal, papers.WAITING_ANSWERS, day(-3), papers.WAITING_ADDED)


def _advice_to_answer(walker: Walker) -> None:
    """The steering group advised; the core group and the AOJ come, the board is planned."""
    proposal = walker.write(papers.SCHOOL, day(-20), route_name=ROUTE)
    with clock.at(at(day(-20), 10, 30)):
        layout.add_step(
            proposal,
            body=walker.cast.bodies[CORE_GROUP],
            purpose=Purpose.DISCUSS,
            by=walker.lead,
            before=walker.step(proposal, AOJ),
        )
    stops = {TEAM: -14, STEERING: -9, CORE_GROUP: 3, AOJ: 5, AB: 12}
    walker.enter(proposal, day(-20), {slug: day(n) for slug, n in stops.items()})
    walker.send(proposal, TEAM, day(-16))
    walker.treat(proposal, TEAM)
    walker.send(proposal, STEERING, day(-13))
    walker.treat(proposal, STEERING, papers.SCHOOL_ADVICE)
    walker.send(proposal, CORE_GROUP, day(-5))
    walker.send(proposal, AOJ, day(-3))


def _advice_to_record(walker: Walker) -> None:
    """The steering group met two days ago and its advice is not recorded; the providers get the
    paper next week, later stops are not planned."""
    proposal = walker.write(papers.GENERAL_PRACTICE, day(-11), route_name=ROUTE)
    with clock.at(at(day(-11), 10, 30)):
        layout.add_step(
            proposal,
            body=walker.cast.bodies[TABLE],
            purpose=Purpose.DISCUSS,
            by=walker.lead,
            before=walker.step(proposal, AOJ),
        )
    walker.enter(proposal, day(-11), {TEAM: day(-7), STEERING: day(-2), TABLE: day(8)})
    walker.send(proposal, TEAM, day(-9))
    walker.treat(proposal, TEAM)
    walker.send(proposal, STEERING, day(-6))
    walker.send(proposal, TABLE, day(-3))
    walker.hold(walker.meeting(STEERING, day(-2)), absent=(5,))


def _secret(walker: Walker) -> None:
    """Secrecy by the board, with a circle; the AOJ lies outside it and is passed by."""
    proposal = walker.write(papers.PURCHASING, day(-11), route_name=ROUTE)
    board = walker.cast.bodies[AB]
    circle = [walker.cast.bodies[slug] for slug in (AB, STEERING, TEAM)]
    with clock.at(at(day(-10), 10)):
        layout.skip_step(walker.step(proposal, AOJ), reason=papers.SKIP_REASON, by=walker.lead)
    walker.enter(proposal, day(-9), {TEAM: day(-7), STEERING: day(4), AB: day(40)})
    # The secretary can read the paper from here; secrecy lies on it before it is sent to anybody.
    with clock.at(at(day(-9), 11, 30)):
        secrecy.impose_secrecy(
            proposal,
            body=board,
            ground=papers.SECRECY_GROUND,
            imposed_on=day(-9),
            circle_bodies=circle,
            by=walker.cast.secretaries[AB],
        )
    walker.send(proposal, TEAM, day(-9))
    walker.treat(proposal, TEAM)


def _concept(walker: Walker) -> None:
    """A concept, written together with somebody from outside the team."""
    proposal = walker.write(papers.SUMMER, day(-3), route_name=ROUTE)
    with clock.at(at(day(-2), 15)):
        proposals.add_coauthor(proposal, walker.cast.person("medeauteur"), by=walker.lead)


def _withdrawn(walker: Walker) -> None:
    proposal = walker.write(papers.EVENING, day(-50), route_name=ROUTE)
    walker.enter(proposal, day(-49), {TEAM: day(-44)})
    walker.send(proposal, TEAM, day(-47))
    walker.treat(proposal, TEAM)
    with clock.at(at(day(-30), 11)):
        proposals.change_state(proposal, "withdraw", by=walker.lead, why=papers.WITHDRAWN)
