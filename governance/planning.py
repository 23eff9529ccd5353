"""Reading a route as the planner knows it, and what the page of the planner shows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.urls import reverse

from core import clock
from core.calendar import Period, why_no_meeting
from core.formats import local_day, near_date
from governance.domain import planner
from governance.domain.meetings import COMING, delivery_day, recess_periods
from governance.domain.planner import Leg, Plan, Sitting
from governance.domain.route import CONCLUDING
from governance.enums import ItemResult, ProposalState, StepState
from governance.models import Meeting, Proposal, Region, RouteStep

OF_STEP: dict[str, Literal["open", "sent", "done"]] = {
    StepState.PLANNED: "open",
    StepState.ON_AGENDA: "sent",
    StepState.HANDLED: "done",
}

Sittings = Mapping[int, tuple[Sitting, ...]]


def coming_sittings(region: Region, bodies: Collection[int]) -> Sittings:
    """The coming meetings of these bodies, by body and in order. Two queries."""
    periods = recess_periods(region)
    rows = Meeting.objects.filter(body__in=bodies, state__in=COMING, starts_at__gt=clock.now())
    found: dict[int, list[Sitting]] = {}
    for meeting in rows.select_related("body").order_by("starts_at", "pk"):
        sitting = _sitting(meeting, periods, region.school_region)
        found.setdefault(meeting.body_id, []).append(sitting)
    return {body: tuple(sittings) for body, sittings in found.items()}


def _sitting(meeting: Meeting, periods: list[Period], school_region: str) -> Sitting:
    day = local_day(meeting.starts_at)
    odd = why_no_meeting(day, periods, school_region)
    return Sitting(meeting.pk, day, delivery_day(meeting), odd)


def legs_of(
    steps: Iterable[RouteStep],
    sittings: Sittings | None = None,
    held_over: Mapping[int, date] | None = None,
) -> list[Leg]:
    """The stops that count, from rows in order with body and meeting. What is skipped is left out.

    Without `sittings` and `held_over` the legs tell what is wrong, and nothing can be proposed.
    """
    return [
        Leg(
            key=step.pk,
            body=step.body.name,
            concludes=step.purpose in CONCLUDING,
            delivery_days=step.body.delivery_days,
            sittings=(sittings or {}).get(step.body_id, ()),
            now=_now(step),
            state=OF_STEP[step.state],
            after=(held_over or {}).get(step.pk),
        )
        for step in steps
        if step.state != StepState.SKIPPED
    ]


def _now(step: RouteStep) -> Sitting | None:
    if step.meeting is None:
        return None
    step.meeting.body = step.body
    return Sitting(step.meeting.pk, local_day(step.meeting.starts_at), delivery_day(step.meeting))


def risks_of(proposal: Proposal, steps: Iterable[RouteStep]) -> list[planner.Risk]:
    """What will hurt in the present planning. A concept may still have stops without a meeting."""
    if proposal.state not in (ProposalState.CONCEPT, ProposalState.IN_ROUTE):
        return []
    found = planner.risks(legs_of(steps), clock.today())
    if proposal.state == ProposalState.CONCEPT:
        return [risk for risk in found if risk.kind != "unplanned"]
    return found


# The page of the planner -------------------------------------------------------------------------


@dataclass(frozen=True)
class PlannerRow:
    """One stop: where it sits, where it would sit, and what it costs when it slips."""

    step: RouteStep
    now: date | None
    proposed: Sitting | None
    reason: str = ""
    plan_url: str = ""
    slip: str = ""
    slip_url: str = ""
    risks: list[str] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        if self.proposed is None or self.step.state != StepState.PLANNED:
            return False
        return self.proposed.key != self.step.meeting_id

    @property
    def fixed(self) -> bool:
        return self.step.state != StepState.PLANNED


@dataclass(frozen=True)
class PlannerPage:
    """A proposal of dates beside the present ones."""

    rows: list[PlannerRow]
    before: date | None
    after: date | None
    slipped: str = ""

    @property
    def changes(self) -> list[PlannerRow]:
        return [row for row in self.rows if row.moves]

    @property
    def standing(self) -> str:
        """What there is to say when nothing can be accepted."""
        return "Er valt niets te verschuiven" if self.after else "De planning is nog niet rond"

    @property
    def difference(self) -> str:
        """'12 dagen later', '1 dag eerder', or nothing to compare."""
        if self.before is None or self.after is None:
            return ""
        return days_apart((self.after - self.before).days)


def days_apart(days: int) -> str:
    if not days:
        return "op dezelfde dag"
    return f"{abs(days)} dag{'' if abs(days) == 1 else 'en'} {'later' if days > 0 else 'eerder'}"


def planner_page(proposal: Proposal, slipping: int | None = None) -> PlannerPage:
    """The earliest dates for a route; or, for a stop that slips, what the others have to do."""
    steps = list(
        proposal.steps.exclude(state=StepState.SKIPPED)
        .select_related("body", "meeting")
        .order_by("order", "pk")
    )
    today = clock.today()
    sittings = coming_sittings(proposal.region, {step.body_id for step in steps})
    legs = legs_of(steps, sittings, _held_over(proposal))
    present, earliest = planner.present(legs), planner.propose(legs, today)
    base = present if present.end else earliest
    slip = planner.slip(base, slipping, today) if _can_slip(legs, slipping) else None
    shown = slip.plan if slip else earliest
    risks = planner.risks(legs, today)
    rows = [
        _row(proposal, step, shown, base, [r.sentence for r in risks if r.leg.key == step.pk])
        for step in steps
    ]
    return PlannerPage(rows, present.end, shown.end, slip.leg.body if slip else "")


def _held_over(proposal: Proposal) -> dict[int, date]:
    rows = RouteStep.objects.filter(
        proposal=proposal, items__result=ItemResult.HELD_OVER
    ).values_list("pk", "items__meeting__starts_at")
    return {pk: local_day(moment) for pk, moment in rows.order_by("items__meeting__starts_at")}


def _can_slip(legs: list[Leg], slipping: int | None) -> bool:
    return slipping in {leg.key for leg in legs}


def _row(
    proposal: Proposal, step: RouteStep, shown: Plan, base: Plan, risks: list[str]
) -> PlannerRow:
    placing, leg = shown.of(step.pk), base.of(step.pk).leg
    slip = None if placing.reason else planner.slip(base, step.pk, clock.today())
    slug = proposal.region.slug
    here = reverse("governance:route-planner", args=[slug, proposal.number])
    new = reverse("governance:meeting-new", args=[slug])
    return PlannerRow(
        step=step,
        now=leg.now.day if leg.now else None,
        proposed=placing.sitting,
        reason=placing.reason,
        plan_url=f"{new}?body={step.body.slug}" if placing.wanted else "",
        slip=_slip_sentence(slip) if slip else "",
        slip_url=f"{here}?schuif={step.pk}" if slip and slip.to else "",
        risks=risks,
    )


def _slip_sentence(slip: planner.Slip) -> str:
    """What a slip costs: the new day of this stop, and what it does to the end."""
    if slip.to is None:
        return f"Een latere vergadering past er niet. {slip.reason}"
    to = f"Schuift deze halte op naar {near_date(slip.to.day)}, dan"
    ends = "het besluit" if slip.plan.placings[-1].leg.concludes else "de laatste halte"
    if slip.days is None or slip.plan.end is None:
        return f"{to} is er geen datum meer voor {ends}. {slip.reason}"
    if not slip.days:
        return f"{to} blijft de einddatum {near_date(slip.before)}."
    end = near_date(slip.plan.end)
    return f"{to} valt {ends} op {end}: {days_apart(slip.days)}."
