"""What a person is at this moment: the memberships and roles that all rights come from.

Read once per person and request. The cache sits on the user object and is dropped as soon as any
membership, role, seat or secrecy changes in this process; another process reads it afresh anyway.
A new membership or role is of one person, and drops only hers.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.models import User
from core import clock
from governance.enums import Circle, MemberRole, MunicipalRoleKind, RegionRoleKind
from governance.models import (
    Body,
    CoAuthor,
    Membership,
    MunicipalRole,
    RegionMunicipality,
    RegionRole,
    Seat,
    Secrecy,
)
from governance.models.dated import valid_on

Person = User | AnonymousUser

# Who tells the region what college or council of a municipality decided.
REPORTERS = (
    MunicipalRoleKind.CONTACT,
    MunicipalRoleKind.EDITOR,
    MunicipalRoleKind.ADVISER,
    MunicipalRoleKind.CLERK,
)

_generation = 0
_generations: Counter[int] = Counter()  # of one person, by key

# Upper rooms that let somebody into a region by rows of their own: keys of regions per person.
Door = Callable[[User], Iterable[int]]
_doors: list[Door] = []


def let_enter(door: Door) -> None:
    """An upper room lets people into a region. Called once at start-up."""
    if door in _doors:
        raise ValueError(f"door registered twice: {door}")
    _doors.append(door)


def enters(user: Person, region: int) -> bool:
    """Whether somebody belongs to a region. Upper rooms are asked only about who would stay out, so
    for everybody else this costs nothing."""
    return region in standing_of(user).regions or region in _through_doors(user)


def _through_doors(user: Person) -> frozenset[int]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(region for door in _doors for region in door(user))


@dataclass(frozen=True)
class Standing:
    """Ids only, so that querysets can use them without another query."""

    bodies: frozenset[int] = frozenset()
    secretary_of: frozenset[int] = frozenset()
    chair_of: frozenset[int] = frozenset()
    votes_in: frozenset[int] = frozenset()
    author_regions: frozenset[int] = frozenset()
    admin_regions: frozenset[int] = frozenset()
    adviser_bodies: frozenset[int] = frozenset()
    adviser_of: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()
    reports_for: frozenset[int] = frozenset()
    edits_for: frozenset[int] = frozenset()
    approves_for: frozenset[int] = frozenset()
    coauthor_of: frozenset[int] = frozenset()
    circles: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()
    inside: frozenset[int] = frozenset()  # regions where she is more than an outside member

    @property
    def reads_papers_of(self) -> frozenset[int]:
        """Bodies whose papers this person gets: as a member, or as adviser of a municipality."""
        return self.bodies | self.adviser_bodies


def standing_of(user: Person | None) -> Standing:
    """The standing of a person today; nothing for nobody and for who is not active."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Standing()
    key = (_generation, _generations[user.pk], clock.today())
    cached: tuple[tuple[int, int, date], Standing] | None = getattr(user, "_standing", None)
    if cached is None or cached[0] != key:
        cached = (key, _read(user))
        user._standing = cached  # type: ignore[attr-defined]
    return cached[1]


def _read(user: User) -> Standing:
    memberships = list(
        Membership.objects.current()
        .filter(valid_on(prefix="body__"), valid_on(prefix="seat__"), user=user)
        .select_related("body")
    )
    roles = list(RegionRole.objects.current().filter(user=user))
    municipal = list(MunicipalRole.objects.current().filter(user=user))
    municipalities = {role.municipality_id for role in municipal}
    adviser_of = _for(municipal, MunicipalRoleKind.ADVISER)
    adviser_bodies: dict[int, int] = {}
    if adviser_of:
        adviser_bodies = dict(
            Seat.objects.current()
            .filter(valid_on(prefix="body__"), municipality__in=adviser_of)
            .values_list("body_id", "body__region_id")
        )
    bodies = {membership.body_id for membership in memberships}
    inside = {m.body.region_id for m in memberships if m.body.circle == Circle.INTERNAL}
    inside |= {role.region_id for role in roles} | set(adviser_bodies.values())
    if municipalities:
        inside |= set(
            RegionMunicipality.objects.current()
            .filter(municipality__in=municipalities)
            .values_list("region_id", flat=True)
        )
    coauthor = dict(
        CoAuthor.objects.filter(valid_on(), user=user).values_list(
            "proposal_id", "proposal__region_id"
        )
    )
    circles = set(Secrecy.objects.filter(circle_people=user).values_list("pk", flat=True))
    if bodies:
        circles |= set(
            Secrecy.objects.filter(circle_bodies__in=bodies).values_list("pk", flat=True)
        )
    known = inside | {m.body.region_id for m in memberships} | set(coauthor.values())
    return Standing(
        bodies=frozenset(bodies),
        secretary_of=_with_role(memberships, MemberRole.SECRETARY),
        chair_of=_with_role(memberships, MemberRole.CHAIR),
        votes_in=frozenset(m.body_id for m in memberships if m.has_vote),
        author_regions=frozenset(m.body.region_id for m in memberships if m.body.writes_proposals),
        admin_regions=frozenset(r.region_id for r in roles if r.role == RegionRoleKind.ADMIN),
        adviser_bodies=frozenset(adviser_bodies),
        adviser_of=adviser_of,
        municipalities=frozenset(municipalities),
        reports_for=_for(municipal, *REPORTERS),
        edits_for=_for(municipal, MunicipalRoleKind.EDITOR),
        approves_for=_for(municipal, MunicipalRoleKind.APPROVER),
        coauthor_of=frozenset(coauthor),
        circles=frozenset(circles),
        regions=frozenset(known) or _through_doors(user),
        inside=frozenset(inside),
    )


def _with_role(memberships: list[Membership], role: MemberRole) -> frozenset[int]:
    return frozenset(m.body_id for m in memberships if m.role == role)


def _for(roles: list[MunicipalRole], *kinds: MunicipalRoleKind) -> frozenset[int]:
    """The municipalities for which somebody has one of these roles."""
    return frozenset(role.municipality_id for role in roles if role.role in kinds)


def forget(**_: Any) -> None:
    """Read every standing afresh: something that it is made of changed."""
    global _generation
    _generation += 1


def _forget_one(instance: Any, created: bool = False, **_: Any) -> None:
    """What is new is of one person. A row that changes may have been of somebody else before."""
    if created:
        _generations[instance.user_id] += 1
    else:
        forget()


def _forget_changed(created: bool = False, **_: Any) -> None:
    """Nobody is in a new body yet."""
    if not created:
        forget()


def watch() -> None:
    """Drop the cached standings when what they are made of changes (called at start-up)."""
    made_of: dict[type[Model], Callable[..., None]] = {
        **dict.fromkeys((Seat, Secrecy, RegionMunicipality), forget),
        **dict.fromkeys((Membership, CoAuthor, RegionRole, MunicipalRole), _forget_one),
        Body: _forget_changed,
    }
    for model, drop in made_of.items():
        for signal in (post_save, post_delete):
            signal.connect(drop, sender=model, dispatch_uid=f"standing {model.__name__}")
    for through in (Secrecy.circle_bodies.through, Secrecy.circle_people.through):
        m2m_changed.connect(forget, sender=through, dispatch_uid=f"standing {through.__name__}")
