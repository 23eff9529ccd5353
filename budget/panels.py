"""What this room lends to pages of the rooms below."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q

from budget.addresses import url_of
from budget.models import Fund
from core import clock
from core.components import Link
from core.panels import Panel, register
from governance.models import Region
from governance.rules import may


@dataclass(frozen=True)
class OrganisationPart(Panel):
    """What the region's admin keeps of the funds: links with their number."""

    links: tuple[Link, ...] = ()


def mandates(region: Region, reader: Any) -> OrganisationPart | None:
    """Per fund the mandates in force, for who keeps the region; nothing without a fund."""
    if not may(reader, "region.manage", region):
        return None
    today = clock.today()
    in_force = Q(mandates__valid_from__isnull=True) | Q(mandates__valid_from__lte=today)
    in_force &= Q(mandates__valid_until__isnull=True) | Q(mandates__valid_until__gte=today)
    funds = list(
        Fund.objects.filter(region=region).annotate(number=Count("mandates", filter=in_force))
    )
    for fund in funds:
        fund.region = region
    links = tuple(
        Link(f"Mandaten van {fund}", url_of("mandate-list", fund), note=str(fund.number))
        for fund in funds
    )
    return OrganisationPart("Fondsen", links) if links else None


def register_panels() -> None:
    """Called once at start-up."""
    register("organisation", "funds", mandates, "budget/_organisation_part.html", asdict)
