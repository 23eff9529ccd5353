"""What this room lends to pages of the rooms below."""

from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from core.components import Link
from core.panels import Panel, register
from governance.models import Region
from governance.rules import may
from regioagenda.models import BuildingBlock


@dataclass(frozen=True)
class OrganisationPart(Panel):
    """A part of the organisation that is kept in this room: links with their number."""

    links: tuple[Link, ...] = ()


def vision(region: Region, reader: Any) -> OrganisationPart | None:
    """The building blocks, for who keeps the region."""
    if not may(reader, "region.manage", region):
        return None
    number = BuildingBlock.objects.filter(region=region).count()
    url = reverse("regioagenda:row-list", args=[region.slug])
    return OrganisationPart(
        "Regiovisie", (Link("Onderdelen van de regiovisie", url, note=str(number)),)
    )


def register_panels() -> None:
    register("organisation", "vision", vision, "regioagenda/_organisation_part.html", asdict)
