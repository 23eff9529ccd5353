"""What this room lends to pages of the rooms below."""

from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.components import Link
from core.panels import Panel, register
from governance.domain.texts import WRITABLE
from governance.models import Decision, Proposal, Region
from governance.rules import may
from regioagenda.models import BlockLead, BuildingBlock
from regioagenda.queries import blocks_touched
from regioagenda.words import blocks_of_region


@dataclass(frozen=True)
class OrganisationPart(Panel):
    """A part of the organisation that is kept in this room: links with their number."""

    links: tuple[Link, ...] = ()


def vision(region: Region, reader: Any) -> OrganisationPart | None:
    """The building blocks and who leads them, for who keeps the region."""
    if not may(reader, "region.manage", region):
        return None
    blocks = BuildingBlock.objects.filter(region=region).count()
    leads = BlockLead.objects.current().filter(block__region=region).count()
    links = (
        ("Onderdelen van de regiovisie", "row-list", blocks),
        ("Bestuurlijk trekkers", "lead-list", leads),
    )
    return OrganisationPart(
        "Regiovisie",
        tuple(
            Link(label, reverse(f"regioagenda:{name}", args=[region.slug]), note=str(number))
            for label, name, number in links
        ),
    )


@dataclass(frozen=True)
class BlocksPanel(Panel):
    """The blocks that a proposal touches, each with its page; who writes it can choose them."""

    blocks: tuple[Link, ...] = ()
    edit: Link | None = None


def of_proposal(proposal: Proposal, reader: Any) -> BlocksPanel | None:
    """For everybody who reads the proposal: which blocks there are is no secret of a region."""
    blocks = blocks_touched(proposal)
    edit = _edit(proposal, reader, known=bool(blocks))
    if not blocks and edit is None:
        return None
    slug = proposal.region.slug
    return BlocksPanel(
        capfirst(blocks_of_region(proposal.region)),
        tuple(
            Link(str(block), reverse("regioagenda:block", args=[slug, block.pk]))
            for block in blocks
        ),
        edit,
    )


def _edit(proposal: Proposal, reader: Any, *, known: bool) -> Link | None:
    """Nothing to choose in a region without blocks."""
    if proposal.state not in WRITABLE or not may(reader, "proposal.write", proposal):
        return None
    if not known and not BuildingBlock.objects.filter(region=proposal.region_id).exists():
        return None
    url = reverse("regioagenda:proposal-blocks", args=[proposal.region.slug, proposal.number])
    return Link(f"{capfirst(blocks_of_region(proposal.region))} kiezen", url)


def of_decision(decision: Decision, reader: Any) -> BlocksPanel | None:
    """Those of the decided proposal, to read alone."""
    panel = of_proposal(decision.proposal, None)
    return panel if panel and panel.blocks else None


def frozen(panel: Any) -> dict[str, Any]:
    """For a memo: number and name."""
    return {
        "title": panel.title,
        "caption": "Wat dit voorstel van de regiovisie raakt",
        "head": [panel.title],
        "rows": [[block.label] for block in panel.blocks],
    }


def register_panels() -> None:
    """Called once at start-up."""
    register("organisation", "vision", vision, "regioagenda/_organisation_part.html", asdict)
    template = "regioagenda/_blocks_panel.html"
    register("proposal", "blocks", of_proposal, template, frozen)
    register("decision_memo", "blocks", of_decision, template, frozen, for_all=True)
