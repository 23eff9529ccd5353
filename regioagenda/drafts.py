"""Who may keep a draft of a building block (core.drafts): 'building-block:BLOCK', ':new-REGION'."""

from typing import Any

from core.drafts import register_key
from governance.models import Region
from governance.rules import may
from governance.views.base import is_key
from regioagenda.models import BuildingBlock

PREFIX = "building-block"


def _block(user: Any, rest: str) -> bool:
    region: Region | None
    if rest.startswith("new-"):
        key = rest.removeprefix("new-")
        region = Region.objects.filter(pk=int(key) if is_key(key) else 0).first()
    else:
        found = BuildingBlock.objects.select_related("region")
        block = found.filter(pk=int(rest) if is_key(rest) else 0).first()
        region = block.region if block else None
    return region is not None and bool(may(user, "region.manage", region))


def register() -> None:
    """Called once at start-up."""
    register_key(PREFIX, _block)
