"""Which blocks of the regional vision a proposal touches."""

from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from governance.domain.texts import WRITABLE
from governance.models import Proposal
from governance.rules import demand
from regioagenda.models import BuildingBlock, ProposalBlock
from regioagenda.words import blocks_of_region


@transaction.atomic
def link_blocks(
    proposal: Proposal,
    blocks: Iterable[BuildingBlock],
    *,
    base: Collection[int] | None = None,
    by: User | None,
) -> list[BuildingBlock]:
    """Say which blocks a proposal touches, in this order; gives what stands there now.

    For who may write the proposal. `base` are the keys of the blocks that the writer started from:
    what a colleague chose or took away meanwhile stays so. Without it only `blocks` remain. Refuses
    a block of another region, and a proposal that is decided or withdrawn.
    """
    current = locked(Proposal.objects.select_related("region"), proposal.pk)
    demand(by, "proposal.write", current)
    wanted = list(dict.fromkeys(blocks))
    require(writable_answer(current), _own(current, wanted))
    rows = {row.block_id: row for row in current.touched_blocks.select_related("block")}
    wanted = _merged(wanted, rows, base)
    keys = [block.pk for block in wanted]
    if keys == list(rows):
        return wanted
    for key, row in rows.items():
        if key not in keys:
            row.delete()
    for order, block in enumerate(wanted, 1):
        row = rows.get(block.pk) or ProposalBlock(proposal=current, block=block)
        if row.order != order:
            row.order = order
            row.save()
    why = "; ".join(map(str, wanted)) or "Geen"
    StatusChange.log(current, act="blocks_linked", by=by, why=why)
    return wanted


def writable_answer(proposal: Proposal) -> Answer:
    """Whether the blocks of this proposal can still change."""
    if proposal.state in WRITABLE:
        return True
    called = blocks_of_region(proposal.region)
    return Refusal(f"Dit voorstel is {proposal.plain_state}; de {called} veranderen niet meer.")


def _own(proposal: Proposal, wanted: Iterable[BuildingBlock]) -> Answer:
    if all(block.region_id == proposal.region_id for block in wanted):
        return True
    return Refusal("Kies alleen onderdelen van de visie van deze regio.", "blocks")


def _merged(
    wanted: list[BuildingBlock],
    rows: dict[int, ProposalBlock],
    base: Collection[int] | None,
) -> list[BuildingBlock]:
    """What this writer wants, with what changed meanwhile and she never saw."""
    if base is None:
        return wanted
    kept = [block for block in wanted if block.pk in rows or block.pk not in base]
    chosen = {block.pk for block in kept}
    return kept + [row.block for key, row in rows.items() if key not in base and key not in chosen]
