"""What becomes of an open question when a municipality merges, or leaves the region.

Run after every change of who takes part, and every day: such a change can be entered before its
day.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.transitions import locked
from governance.domain.local import STEP_STATES, locked_round
from governance.enums import LocalRoundState, LocalStepState
from governance.models import LocalRound, LocalStep, Municipality, Region, RegionMunicipality


def hand_over(region: Region | None = None) -> int:
    """Open steps of municipalities that no longer take part: those that merged hand theirs to the
    successor, of those that left nobody expects anything. Returns how many steps changed.

    Three municipalities that become one are asked once. What was reported stays. Who takes part
    again, because an end was entered by mistake, is asked again.
    """
    takes_part = RegionMunicipality.objects.current().filter(
        region=OuterRef("round__region"), municipality=OuterRef("municipality")
    )
    running = LocalStep.objects.filter(round__state=LocalRoundState.ASKED)
    running = running.annotate(stays=Exists(takes_part))
    moved = running.filter(
        Q(state=LocalStepState.OPEN, stays=False)
        | Q(state=LocalStepState.OPEN, municipality__valid_until__lt=clock.today())
        | Q(state=LocalStepState.LEFT, stays=True)
    )
    if region is not None:
        moved = moved.filter(round__region=region)
    pks = list(moved.order_by("round__proposal", "pk").values_list("pk", flat=True))
    return sum(_settle(pk) for pk in pks)


@transaction.atomic
def _settle(pk: int) -> bool:
    found = LocalStep.objects.select_related("round").get(pk=pk)
    asked = locked_round(found.round_id, found.round.proposal_id)
    step = locked(LocalStep.objects.select_related("municipality__successor"), pk)
    if asked.state != LocalRoundState.ASKED:
        return False
    if step.state == LocalStepState.LEFT:
        STEP_STATES.carry_out(step, "return", by=None, why="doet weer mee aan de regio")
        return True
    if step.state != LocalStepState.OPEN:
        return False
    heir = _heir(step.municipality, asked)
    if heir is not None:
        step.successor_step, _ = LocalStep.objects.get_or_create(round=asked, municipality=heir)
        STEP_STATES.carry_out(step, "hand_over", by=None, why=f"opgegaan in {heir}")
    elif _takes_part(step.municipality, asked):
        return False
    else:
        STEP_STATES.carry_out(step, "leave", by=None, why="doet niet meer mee aan de regio")
    return True


def _heir(home: Municipality, asked: LocalRound) -> Municipality | None:
    """Who a municipality that ended went into, if that one takes part in the region."""
    if home.is_current():
        return None
    heir = home.successor
    while heir is not None and heir.successor is not None and not heir.is_current():
        heir = heir.successor
    return heir if heir is not None and _takes_part(heir, asked) else None


def _takes_part(home: Municipality, asked: LocalRound) -> bool:
    return (
        RegionMunicipality.objects.current().filter(region=asked.region, municipality=home).exists()
    )
