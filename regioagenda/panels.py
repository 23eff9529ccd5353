"""What this room lends to pages of the rooms below."""

from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from core.components import Link
from core.panels import Panel, register
from governance.models import Region
from governance.rules import may
from regioagenda.models import BlockLead, BuildingBlock


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


def register_panels() -> None:
    register("organisation", "vision", vision, "regioagenda/_organisation_part.html", asdict)
