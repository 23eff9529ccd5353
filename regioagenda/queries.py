"""Reads that other rooms share."""

from governance.models import Proposal
from regioagenda.models import BuildingBlock


def blocks_touched(proposal: Proposal) -> list[BuildingBlock]:
    """The blocks that a proposal touches, in the order of its writer; one query."""
    rows = BuildingBlock.objects.filter(touched_by__proposal=proposal)
    return list(rows.order_by("touched_by__order", "touched_by__pk"))
