"""Keeping the organisation of a region: its bodies, seats, people and their rights.

One act for every governed row, because the rule is the same: the region's admin, a valid row, no
overlap in time, and a line in the trail of the region.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from governance.domain import local_homes, notes, taking_part
from governance.domain.stale import join_changes
from governance.enums import MemberRole, RegionRoleKind
from governance.models import (
    AgendaTemplateItem,
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
from governance.models.dated import Dated, valid_on
from governance.models.organisation import Granted
from governance.rules import demand
from governance.slugs import is_reserved, reserved_slugs

__all__ = [
    "ONE_AT_A_TIME",
    "end",
    "is_reserved",
    "keep",
    "merge_municipalities",
    "one_at_a_time",
    "overlap_refusal",
    "remove",
    "reserved_slugs",
]

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
    | AgendaTemplateItem
)
K = TypeVar("K", bound=models.Model)

FOREIGN = Refusal("Dit hoort bij een andere regio.")

# Rows that may not overlap in time, by the fields that make them the same.
ONE_AT_A_TIME: dict[type[Dated], tuple[tuple[str, ...], str]] = {
    RegionForm: (("region",), "Een regio heeft één rechtsvorm tegelijk."),
    RegionMunicipality: (("region", "municipality"), "Deze gemeente doet in die tijd al mee."),
    Seat: (
        ("body", "municipality", "organisation"),
        "Deze gemeente of organisatie heeft in die tijd al een zetel.",
    ),
    Membership: (
        ("body", "user", "role", "deputy_of"),
        "Deze persoon heeft die rol in die tijd al.",
    ),
    RegionRole: (("region", "user", "role"), "Deze persoon heeft die rol in die tijd al."),
    MunicipalRole: (("municipality", "user", "role"), "Deze persoon heeft die rol al."),
}


def one_at_a_time(model: type[Dated], fields: tuple[str, ...], sentence: str) -> None:
    """An upper room names rows of its own that may not overlap. Called once at start-up."""
    ONE_AT_A_TIME[model] = (fields, sentence)


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
def keep(row: K, region: Region, *, by: User | None, seen: int | None = None) -> K:
    """Add or change one row of the organisation. Refuses what is not valid, with its field.

    `seen` is the last change that the writer saw (`stale.last_change`): what somebody else changed
    since then is not overwritten unseen.
    """
    locked(Region.objects.all(), region.pk)
    demand(by, "region.manage", region)
    _refuse_foreign(row, region)
    before = _stored(row)
    if before is not None and seen is not None:
        join_changes(row, before, seen)
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(*as_refusals(error)) from None
    wrong = [
        overlap_refusal(row),
        _seat_refusal(row),
        taking_part.role_answer(row, before, region),
        taking_part.elsewhere(row) if by else None,
        _last_admin(before, row) if by else None,
    ]
    require(*[refusal for refusal in wrong if refusal is not None])
    if isinstance(row, Granted) and _is_other_right(before, row):
        row.granted_by = by
    row.save()
    if isinstance(row, Membership | Seat | Body):
        notes.forget_ended()
    if isinstance(row, RegionMunicipality):
        local_homes.hand_over(region)
    _log(region, "changed" if before else "added", row, by)
    return row


def _stored(row: K) -> K | None:
    """The row as the database has it, or None for a new one."""
    return type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None


def _is_other_right(before: models.Model | None, row: Granted) -> bool:
    """Whether this gives a right that was not there: who, what and where, not until when."""
    return before is None or any(
        getattr(before, field.attname) != getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("granted_by", "valid_until", "shielded")
    )


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
    locked(Region.objects.all(), region.pk)
    demand(by, "region.manage", region)
    _refuse_foreign(row, region)
    if isinstance(row, Region):
        raise Refused(Refusal("Een regio kan niet weg; zij houdt haar geschiedenis."))
    if isinstance(row, Body) and (row.seats.exists() or row.memberships.exists()):
        raise Refused(
            Refusal("Dit gremium heeft zetels of leden en kan niet weg. Geef het een einddatum.")
        )
    last = _last_admin(row, None) if by else None
    if last is not None:
        raise Refused(last)
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
    """Municipalities become one: their validity, participation, seats and roles end on `last_day`.

    Refuses a successor that does not take part in the region, or is one of them. The successor gets
    a seat in the same bodies, without a weight: the region's admin enters it, and until then a
    weighted vote is refused. Its predecessors' open local steps become its own.
    """
    demand(by, "region.manage", region)
    merged = list(old)
    if new in merged:
        raise Refused(Refusal("Een gemeente kan niet in zichzelf opgaan.", field="successor"))
    if not new.participations.filter(region=region).exists():
        raise Refused(Refusal(f"{new} doet niet mee aan deze regio.", field="successor"))
    still = models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=last_day)
    for municipality in merged:
        municipality.successor = new
        municipality.valid_until = last_day
        keep(municipality, region, by=by)
        for seat in municipality.seats.filter(still, body__region=region):
            in_seat = models.Q(seat=seat) | models.Q(deputy_of__seat=seat)
            for membership in Membership.objects.filter(in_seat, still):
                end(membership, region, on=last_day, by=by)
            end(seat, region, on=last_day, by=by)
            _seat_without_weight(seat.body, new, region, since=last_day + timedelta(days=1), by=by)
        for role in municipality.roles.filter(still):
            end(role, region, on=last_day, by=by)
        for participation in municipality.participations.filter(still, region=region):
            end(participation, region, on=last_day, by=by)
    local_homes.hand_over(region)


def _seat_without_weight(
    body: Body, new: Municipality, region: Region, *, since: date, by: User | None
) -> None:
    """The seat of a merged municipality. One that had a seat keeps its people in a new seat: what
    the old one weighed was for the smaller municipality."""
    seats = body.seats.filter(municipality=new)
    if seats.filter(valid_from__gte=since).exists():
        return
    running = seats.filter(valid_on(since)).first()
    until = running.valid_until if running else None
    staying: list[tuple[Membership, date | None]] = []
    if running is not None:
        of_seat = models.Q(seat=running) | models.Q(deputy_of__seat=running)
        found = Membership.objects.filter(of_seat, valid_on(since)).order_by("pk")
        # Members before their deputies, who point at them.
        members_first = sorted(found, key=lambda each: each.deputy_of_id is not None)
        staying = [(membership, membership.valid_until) for membership in members_first]
        for membership in members_first:
            end(membership, region, on=since - timedelta(days=1), by=by)
        end(running, region, on=since - timedelta(days=1), by=by)
    seat = Seat(body=body, municipality=new, votes=None, valid_from=since, valid_until=until)
    _carry_over(staying, keep(seat, region, by=by), region, since=since, by=by)


def _carry_over(
    staying: Iterable[tuple[Membership, date | None]],
    seat: Seat,
    region: Region,
    *,
    since: date,
    by: User | None,
) -> None:
    """The same people in the new seat, from a day; a deputy goes along with her member."""
    renewed: dict[int, Membership] = {}
    for old, until in staying:
        again = Membership(
            body=old.body,
            user=old.user,
            seat=seat if old.seat_id else None,
            role=old.role,
            has_vote=old.has_vote,
            deputy_of=renewed.get(old.deputy_of_id) if old.deputy_of_id else None,
            shielded=old.shielded,
            valid_from=since,
            valid_until=until,
        )
        renewed[old.pk] = keep(again, region, by=by)


def _seat_refusal(row: models.Model) -> Refusal | None:
    if not isinstance(row, Membership):
        return None
    if row.seat and row.seat.body_id != row.body_id:
        return Refusal("Kies een zetel van ditzelfde gremium.", "seat")
    replaced = row.deputy_of
    if replaced is None:
        return None
    if replaced.body_id != row.body_id:
        return Refusal("Kies een lid van ditzelfde gremium.", "deputy_of")
    if replaced.role == MemberRole.DEPUTY:
        return Refusal("Een plaatsvervanger vervangt een lid, geen plaatsvervanger.", "deputy_of")
    if replaced.user_id == row.user_id:
        return Refusal("Niemand vervangt zichzelf.", "deputy_of")
    return None


def _last_admin(before: models.Model | None, after: models.Model | None) -> Refusal | None:
    """A region that loses its last admin could only be helped by the installation."""
    if not isinstance(before, RegionRole) or before.role != RegionRoleKind.ADMIN:
        return None
    others = RegionRole.objects.current().filter(region=before.region_id, role=before.role)
    lasting = models.Q(valid_until__isnull=True)
    if isinstance(after, RegionRole) and after.role == before.role:
        if after.valid_until is None or not before.is_current():
            return None
        lasting |= models.Q(valid_until__gt=after.valid_until)
    if not before.is_current() or others.filter(lasting).exclude(pk=before.pk).exists():
        return None
    reason = "Dit is de laatste beheerder van de regio. Maak eerst iemand anders beheerder."
    return Refusal(reason, "valid_until")


def _refuse_foreign(row: models.Model, region: Region) -> None:
    """Refuse a row that is, was, or would be of another region: as it comes and as it is stored."""
    stored = _stored(row)
    wrong = _foreign(row, region) + (_foreign(stored, region) if stored else [])
    require(*dict.fromkeys(wrong))


def _foreign(row: models.Model, region: Region) -> list[Refusal]:
    """What the row refers to outside this region."""
    if isinstance(row, Region):
        return [] if row.pk == region.pk else [FOREIGN]
    if isinstance(row, Municipality):
        # A new one, or one that takes part nowhere yet, is free for the first region that asks.
        everywhere = row.participations.all() if row.pk else RegionMunicipality.objects.none()
        ours = everywhere.filter(region=region)
        return [FOREIGN] if everywhere.exists() and not ours.exists() else []
    if isinstance(row, MunicipalRole) and row.pk:
        others = row.municipality.participations
        return [] if others.filter(region=region).exists() else [FOREIGN]
    wrong = []
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        other: Any = getattr(row, field.name, None)
        theirs = other.pk if isinstance(other, Region) else getattr(other, "region_id", None)
        if theirs is not None and theirs != region.pk:
            wrong.append(Refusal(FOREIGN.reason, field.name))
    return wrong


def as_refusals(error: ValidationError) -> list[Refusal]:
    if hasattr(error, "error_dict"):
        return [
            Refusal(message, "" if field == "__all__" else field)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return [Refusal(message) for message in error.messages]


def _log(region: Region, act: str, row: models.Model, by: User | None) -> None:
    StatusChange.log(region, act=act, by=by, why=f"{row._meta.verbose_name}: {row}"[:500])
