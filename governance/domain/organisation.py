"""Keeping the organisation of a region: its bodies, seats, people and their rights.

One act for every governed row, because the rule is the same: the region's admin, a valid row, no
overlap in time, and a line in the trail of the region.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Refusal, Refused
from core.transitions import locked
from governance.models import (
    Body,
    BodyAlias,
    BodyRelation,
    Membership,
    Municipality,
    MunicipalRole,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
    RouteTemplate,
    RouteTemplateStep,
    RuleSet,
    Seat,
)
from governance.models.dated import Dated
from governance.rules import demand

Kept = (
    Region
    | RegionForm
    | RegionMunicipality
    | Municipality
    | Recess
    | RuleSet
    | Body
    | BodyAlias
    | BodyRelation
    | Seat
    | Membership
    | MunicipalRole
    | RegionRole
    | RouteTemplate
    | RouteTemplateStep
)
K = TypeVar("K", bound=models.Model)

# Rows that may not overlap in time, by the fields that make them the same.
ONE_AT_A_TIME: dict[type[Dated], tuple[tuple[str, ...], str]] = {
    RegionForm: (("region",), "Een regio heeft één rechtsvorm tegelijk."),
    RegionMunicipality: (("region", "municipality"), "Deze gemeente doet in die tijd al mee."),
    Seat: (
        ("body", "municipality", "organisation"),
        "Deze gemeente of organisatie heeft in die tijd al een zetel.",
    ),
    Membership: (("body", "user", "role"), "Deze persoon heeft die rol in die tijd al."),
    RegionRole: (("region", "user", "role"), "Deze persoon heeft die rol in die tijd al."),
    MunicipalRole: (("municipality", "user", "role"), "Deze persoon heeft die rol al."),
}


def overlap_refusal(row: models.Model) -> Refusal | None:
    """Why this row may not stand beside another at the same time.

    PostgreSQL holds the same rule as an exclusion constraint; here it gets its sentence.
    """
    rule = ONE_AT_A_TIME.get(type(row))  # type: ignore[arg-type]
    if rule is None or not isinstance(row, Dated):
        return None
    fields, sentence = rule
    others = type(row)._default_manager.filter(**{name: getattr(row, name) for name in fields})
    if row.valid_until:
        others = others.exclude(valid_from__gt=row.valid_until)
    if row.valid_from:
        others = others.exclude(valid_until__lt=row.valid_from)
    return Refusal(sentence, "valid_from") if others.exclude(pk=row.pk).exists() else None


@transaction.atomic
def keep(row: K, region: Region, *, by: User | None) -> K:
    """Add or change one row of the organisation. Refuses what is not valid, with its field."""
    locked(Region.objects.all(), region.pk)
    demand(by, "region.manage", region)
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(*_as_refusals(error)) from None
    wrong = [*_foreign(row, region), overlap_refusal(row), _seat_refusal(row)]
    if refusals := [refusal for refusal in wrong if refusal]:
        raise Refused(*refusals)
    new = row._state.adding
    if new and hasattr(row, "granted_by_id"):
        row.granted_by = by  # type: ignore[attr-defined]
    row.save()
    _log(region, "added" if new else "changed", row, by)
    return row


@transaction.atomic
def end(row: K, region: Region, *, on: date, by: User | None) -> K:
    """Let a dated row hold up to and including a day; it stays readable for its time."""
    if not isinstance(row, Dated):
        raise TypeError(row)
    row.valid_until = on
    kept: K = keep(row, region, by=by)
    return kept


@transaction.atomic
def remove(row: models.Model, region: Region, *, by: User | None) -> None:
    """Take away a row that nothing refers to; otherwise end it. History keeps what it was."""
    demand(by, "region.manage", region)
    if refusals := _foreign(row, region):
        raise Refused(*refusals)
    label = f"{row._meta.verbose_name}: {row}"
    try:
        row.delete()
    except models.ProtectedError:
        raise Refused(
            Refusal("Dit is al gebruikt en kan niet weg. Geef het een einddatum.")
        ) from None
    StatusChange.log(region, act="removed", by=by, why=label[:500])


@transaction.atomic
def merge_municipalities(
    old: Iterable[Municipality],
    new: Municipality,
    region: Region,
    *,
    last_day: date,
    by: User | None,
) -> None:
    """Municipalities become one: their validity, participation and seats end on `last_day`.

    The seats of the successor, with their weights, are entered by the region's admin.
    """
    demand(by, "region.manage", region)
    for municipality in old:
        municipality.successor = new
        municipality.valid_until = last_day
        keep(municipality, region, by=by)
        for participation in municipality.participations.filter(
            region=region, valid_until__isnull=True
        ):
            end(participation, region, on=last_day, by=by)
        for seat in municipality.seats.filter(body__region=region, valid_until__isnull=True):
            end(seat, region, on=last_day, by=by)
            for membership in seat.memberships.filter(valid_until__isnull=True):
                end(membership, region, on=last_day, by=by)


def _seat_refusal(row: models.Model) -> Refusal | None:
    if not isinstance(row, Membership):
        return None
    if row.seat and row.seat.body_id != row.body_id:
        return Refusal("Kies een zetel van ditzelfde gremium.", "seat")
    if row.deputy_of and row.deputy_of.body_id != row.body_id:
        return Refusal("Kies een lid van ditzelfde gremium.", "deputy_of")
    return None


def _foreign(row: models.Model, region: Region) -> list[Refusal]:
    """What the row refers to outside this region."""
    wrong = []
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        other: Any = getattr(row, field.name, None)
        theirs = getattr(other, "region_id", None)
        if isinstance(other, Region):
            theirs = other.pk
        if theirs is not None and theirs != region.pk:
            wrong.append(Refusal("Dit hoort bij een andere regio.", field.name))
    return wrong


def _as_refusals(error: ValidationError) -> list[Refusal]:
    if hasattr(error, "error_dict"):
        return [
            Refusal(message, "" if field == "__all__" else field)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return [Refusal(message) for message in error.messages]


def _log(region: Region, act: str, row: models.Model, by: User | None) -> None:
    StatusChange.log(region, act=act, by=by, why=f"{row._meta.verbose_name}: {row}"[:500])
