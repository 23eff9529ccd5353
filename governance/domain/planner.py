"""Planning a whole route: the earliest meetings in turn, what a slip costs, and what goes wrong.

The rules are pure and know days, not rows. A body that consents or decides gets its papers after
the advice of the bodies before it was answered; the others may have theirs while earlier stops are
open (journey 5 of the route). `plan_route` puts all stops in their meetings at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from django.db import transaction

from accounts.models import User
from core.calendar import ONE_DAY, add_working_days
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from governance.domain.route import alive_answer, meeting_answer, order_answer
from governance.models import Meeting, Proposal, RouteStep
from governance.rules import demand

ANSWER_DAYS = 1  # working days to answer advice before papers go to a body that concludes


@dataclass(frozen=True)
class Sitting:
    """A meeting a stop can sit in. `odd` says why nobody proposes it: recess or a holiday."""

    key: int
    day: date
    delivery: date
    odd: str = ""


@dataclass(frozen=True)
class Leg:
    """One stop: where it sits now, and the coming meetings of its body in order.

    `open` can move; `sent` has its papers and stays; `done` was treated. `after` is the day on
    which it was held over: it comes back later than that.
    """

    key: int
    body: str
    concludes: bool
    delivery_days: int
    sittings: tuple[Sitting, ...] = ()
    now: Sitting | None = None
    state: Literal["open", "sent", "done"] = "open"
    after: date | None = None

    def sits_in(self, sitting: Sitting) -> bool:
        return self.now is not None and self.now.key == sitting.key


@dataclass(frozen=True)
class Placing:
    """A stop in a meeting, or the sentence that says why there is none. `wanted` is the first day
    from which a meeting would do, where the body has to plan one."""

    leg: Leg
    sitting: Sitting | None = None
    reason: str = ""
    wanted: date | None = None

    @property
    def moves(self) -> bool:
        """Whether accepting this would change the present planning."""
        return self.sitting is not None and not self.leg.sits_in(self.sitting)


@dataclass(frozen=True)
class Plan:
    """A route with its dates."""

    placings: tuple[Placing, ...]

    @property
    def end(self) -> date | None:
        """The day of the last stop: there the decision falls. None while a stop has no date."""
        if not self.placings or any(p.sitting is None for p in self.placings):
            return None
        last = self.placings[-1].sitting
        return last.day if last else None

    def of(self, key: int) -> Placing:
        return next(placing for placing in self.placings if placing.leg.key == key)


def present(legs: Sequence[Leg]) -> Plan:
    """The planning as it stands."""
    return Plan(tuple(Placing(leg, leg.now) for leg in legs))


# The earliest meetings ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Room:
    """Between which days a stop has to sit, and from when its papers can be delivered."""

    first: date
    papers: date
    last: date | None = None
    blocked_by: str = ""

    def holds(self, leg: Leg, sitting: Sitting) -> bool:
        return (
            sitting.day >= self.first
            and sitting.delivery >= self.papers
            and (self.last is None or sitting.day <= self.last)
            and (not sitting.odd or leg.sits_in(sitting))
        )


def propose(legs: Sequence[Leg], today: date, not_before: Mapping[int, date] | None = None) -> Plan:
    """Each open stop in the earliest meeting that holds: not before the stops in front of it, with
    papers delivered in time, and for a body that concludes with time to answer the advice.

    `not_before` gives stops a first day of their own. Once a stop finds no meeting, those behind it
    wait for its date.
    """
    placings: list[Placing] = []
    previous: date | None = None
    missing: Leg | None = None
    for index, leg in enumerate(legs):
        if leg.state != "open":
            placing = Placing(leg, leg.now)
        elif missing is not None:
            placing = Placing(leg, reason=f"Wacht op een datum voor {missing.body}.")
        else:
            floor = (not_before or {}).get(leg.key)
            placing = _placed(leg, _room(legs, index, today, previous, floor))
            missing = None if placing.sitting else leg
        placings.append(placing)
        if placing.sitting:
            previous = max(filter(None, (previous, placing.sitting.day)))
    return Plan(tuple(placings))


def _room(
    legs: Sequence[Leg], index: int, today: date, previous: date | None, floor: date | None
) -> _Room:
    leg = legs[index]
    later_than = leg.after + ONE_DAY if leg.after else None
    papers = today
    if leg.concludes and previous is not None:
        papers = max(papers, add_working_days(previous, ANSWER_DAYS))
    ahead = [other for other in legs[index + 1 :] if other.state != "open" and other.now]
    nearest = min(ahead, key=lambda other: other.now.day if other.now else today, default=None)
    return _Room(
        first=max(filter(None, (today, previous, later_than, floor))),
        papers=papers,
        last=nearest.now.day if nearest and nearest.now else None,
        blocked_by=nearest.body if nearest else "",
    )


def _placed(leg: Leg, room: _Room) -> Placing:
    for sitting in leg.sittings:
        if room.holds(leg, sitting):
            return Placing(leg, sitting)
    wanted = max(room.first, add_working_days(room.papers, leg.delivery_days))
    if room.last is not None and wanted > room.last:
        return Placing(
            leg,
            reason=f"{leg.body} past niet meer voor {room.blocked_by} op {long_date(room.last)}. "
            "Sla deze halte over, of houd de latere halte aan.",
        )
    until = f", uiterlijk op {long_date(room.last)}" if room.last else ""
    reason = f"Plan eerst een vergadering van {leg.body} vanaf {long_date(wanted)}{until}."
    return Placing(leg, reason=reason, wanted=wanted)


# What a slip costs -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """What happens to the end of the route when one stop goes to its next meeting."""

    leg: Leg
    plan: Plan
    before: date
    to: Sitting | None = field(default=None)

    @property
    def days(self) -> int | None:
        """How many days later the decision falls; None when it has no day any more."""
        return (self.plan.end - self.before).days if self.plan.end else None

    @property
    def reason(self) -> str:
        """Why there is no day any more."""
        return next((p.reason for p in self.plan.placings if p.reason), "")


def slip(plan: Plan, key: int, today: date) -> Slip | None:
    """Put one open stop of a complete plan in a later meeting; stops behind it follow only as far
    as they have to, those in front of it stay. None when there is no end to compare with."""
    if plan.end is None or plan.of(key).leg.state != "open":
        return None
    legs, floors, reached = [], {}, False
    for placing in plan.placings:
        leg, sitting = placing.leg, placing.sitting
        if sitting is None:
            return None
        if leg.key == key:
            reached = True
            floors[leg.key] = sitting.day + ONE_DAY
        elif reached:
            floors[leg.key] = sitting.day
        elif leg.state == "open":
            leg = replace(leg, state="sent", now=sitting)
        legs.append(leg)
    after = propose(legs, today, floors)
    return Slip(plan.of(key).leg, after, plan.end, after.of(key).sitting)


# What goes wrong ---------------------------------------------------------------------------------

Kind = Literal["unplanned", "gone", "missed", "order", "tight"]


@dataclass(frozen=True)
class Risk:
    """Something in the present planning that will hurt, as a Dutch sentence."""

    kind: Kind
    leg: Leg
    sentence: str


def risks(legs: Sequence[Leg], today: date) -> list[Risk]:
    """A stop without a meeting, one that was not treated, a delivery day that passed, an order that
    is broken, and no time between advice and the papers of who concludes. In order of the route."""
    found: list[Risk] = []
    before: Leg | None = None
    for leg in legs:
        if leg.now is None:
            if leg.state == "open":
                found.append(Risk("unplanned", leg, f"{leg.body} heeft nog geen vergadering."))
            continue
        if leg.state == "open":
            found += _late(leg, leg.now, today)
        if before is not None and before.now is not None:
            found += _too_close(before, before.now, leg, leg.now)
        if before is None or before.now is None or leg.now.day >= before.now.day:
            before = leg
    return found


def _late(leg: Leg, now: Sitting, today: date) -> list[Risk]:
    if now.day < today:
        text = f"{leg.body} heeft dit stuk op {long_date(now.day)} niet behandeld."
        return [Risk("gone", leg, text)]
    if now.delivery < today:
        text = f"De leverdatum voor {leg.body} was {long_date(now.delivery)}."
        return [Risk("missed", leg, text)]
    return []


def _too_close(before: Leg, earlier: Sitting, leg: Leg, now: Sitting) -> list[Risk]:
    if leg.state == "done":
        return []
    if now.day < earlier.day:
        text = (
            f"{leg.body} op {long_date(now.day)} komt voor {before.body} op "
            f"{long_date(earlier.day)}, maar ligt later op de route."
        )
        return [Risk("order", leg, text)]
    waits = leg.concludes and leg.state == "open" and before.state != "done"
    if waits and now.delivery < add_working_days(earlier.day, ANSWER_DAYS):
        text = (
            f"Er is geen tijd om advies van {before.body} op {long_date(earlier.day)} te "
            f"verwerken: de leverdatum voor {leg.body} is {long_date(now.delivery)}."
        )
        return [Risk("tight", leg, text)]
    return []


# Planning ----------------------------------------------------------------------------------------


@transaction.atomic
def plan_route(
    proposal: Proposal, choices: Mapping[int, int], *, by: User | None
) -> list[RouteStep]:
    """Put stops in meetings all at once: keys are those of steps and of meetings.

    Refuses, and then changes nothing: a stop that went on an agenda since, a meeting of another
    body or one that lapsed, and dates that would run out of order.
    """
    current = locked(Proposal.objects.all(), proposal.pk)
    demand(by, "proposal.lead", current)
    require(alive_answer(current), _something(choices))
    steps = current.steps.filter(pk__in=choices).select_for_update(of=("self",))
    chosen = Meeting.objects.filter(pk__in=choices.values()).order_by("pk").select_for_update()
    meetings = {meeting.pk: meeting for meeting in chosen}
    pairs = [
        (step, meetings.get(choices[step.pk])) for step in steps.select_related("body", "proposal")
    ]
    require(_as_shown(choices, pairs))
    planned = [(step, meeting) for step, meeting in pairs if meeting is not None]
    require(*[meeting_answer(step, meeting) for step, meeting in planned])
    for step, meeting in planned:
        step.meeting = meeting
        step.save()
        StatusChange.log(step, act="planned", by=by, why=str(meeting))
    require(*[order_answer(step, meeting) for step, meeting in planned])
    days = ", ".join(f"{step.body} {long_date(meeting.starts_at)}" for step, meeting in planned)
    StatusChange.log(current, act="route_planned", by=by, why=days)
    return [step for step, _ in planned]


def _something(choices: Mapping[int, int]) -> Answer:
    return True if choices else Refusal("Er is geen halte om te plannen.")


def _as_shown(
    choices: Mapping[int, int], pairs: Sequence[tuple[RouteStep, Meeting | None]]
) -> Answer:
    if len(pairs) == len(choices) and all(meeting for _, meeting in pairs):
        return True
    return Refusal("De route is intussen veranderd. Bekijk de planning opnieuw.")
