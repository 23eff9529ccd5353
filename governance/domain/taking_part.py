"""Which municipality takes part where, as a guard on rights: who has a role in a municipality reads
the papers of every body that it sits in."""

from django.db import models

from core import clock
from core.refusal import Refusal
from governance.models import MunicipalRole, Region, RegionMunicipality, Seat
from governance.models.dated import Dated


def elsewhere(row: models.Model) -> Refusal | None:
    """Why a municipality cannot take part in this region: it takes part in another one then.

    The admin of one region cannot take it from another, and with it a way in to papers there.
    """
    if not isinstance(row, RegionMunicipality):
        return None
    others = row.municipality.participations.exclude(region=row.region_id)
    if row.valid_until:
        others = others.exclude(valid_from__gt=row.valid_until)
    if row.valid_from:
        others = others.exclude(valid_until__lt=row.valid_from)
    other = others.select_related("region").first()
    if other is None:
        return None
    return Refusal(
        f"{row.municipality} doet in die tijd mee aan {other.region}. Laat die regio dat eerst "
        "beëindigen.",
        "municipality",
    )


def role_answer(row: models.Model, before: models.Model | None, region: Region) -> Refusal | None:
    """Why a seat or a role cannot be there: the municipality does not take part in this region.

    Of one that left, what there was can be put right and end, but nothing new begins.
    """
    if not isinstance(row, Seat | MunicipalRole) or row.municipality is None:
        return None
    ours = row.municipality.participations.filter(region=region)
    if _begins(before, row):
        ours = ours.exclude(valid_until__lt=clock.today())
    if ours.exists():
        return None
    return Refusal(f"{row.municipality} doet niet mee aan deze regio.", "municipality")


def _begins(before: models.Model | None, row: Seat | MunicipalRole) -> bool:
    """Whether the row holds, now or later, what it did not hold before."""
    if _is_over(row):
        return False
    if not isinstance(before, Seat | MunicipalRole) or _is_over(before):
        return True
    return before.municipality_id != row.municipality_id


def _is_over(row: Dated) -> bool:
    return row.valid_until is not None and row.valid_until < clock.today()
