"""What the top of every page shows: the region, the other regions of this person, and the menus."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from core.components import Link
from governance.enums import RegionRoleKind
from governance.models import Membership, MunicipalRole, Region, RegionMunicipality, RegionRole

# Label, URL name, and who sees it: everybody, who belongs to the region, or who keeps it.
MENU = (
    ("Wat wacht", "home-region", "member"),
    ("Voorstellen", "governance:proposal-list", "member"),
    ("Vergaderingen", "governance:meeting-list", "member"),
    ("Besluiten", "governance:decision-list", "public"),
    ("Organisatie", "governance:organisation", "admin"),
)
ACCOUNT = (
    ("Mijn gegevens", "accounts:profile"),
    ("Wachtwoord wijzigen", "account_change_password"),
    ("Tweede stap bij aanmelden", "mfa_index"),
)


def _address(name: str, *args: str) -> str:
    """The address behind a URL name, or nothing when that room is not there yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class Portal:
    """Asked for by the template only where it is shown; costs one query when signed in."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)
        self.signed_in = bool(self.user and self.user.is_authenticated)

    @cached_property
    def _mine(self) -> list[Any]:
        return list(regions_of(self.user)) if self.signed_in else []

    @cached_property
    def _here(self) -> Any:
        """The region of this page; outside a region, the only one this person has."""
        here = getattr(self.request, "region", None)
        return here or (self._mine[0] if len(self._mine) == 1 else None)

    @cached_property
    def region(self) -> Link | None:
        here = self._here
        return Link(here.name, f"/{here.slug}/", current=True) if here else None

    @cached_property
    def regions(self) -> list[Link]:
        here = self._here.pk if self._here else None
        return [Link(r.name, f"/{r.slug}/", current=r.pk == here) for r in self._mine]

    @cached_property
    def nav(self) -> list[Link]:
        if not self._here:
            return []
        mine = next((r for r in self._mine if r.pk == self._here.pk), None)
        seen = {"public"} | ({"member"} if mine else set())
        if mine and mine.keeps:
            seen.add("admin")
        links = [
            (label, _address(name, self._here.slug)) for label, name, who in MENU if who in seen
        ]
        # The longest address that leads to this page is the present one: '/rijnmond/' leads to all.
        path = self.request.path
        current = max(
            (url for _, url in links if url and path.startswith(url)), key=len, default=""
        )
        return [Link(label, url, current=url == current) for label, url in links if url]

    @cached_property
    def account(self) -> list[Link]:
        links = [(label, _address(name)) for label, name in ACCOUNT]
        return [Link(label, url) for label, url in links if url]

    @property
    def who(self) -> str:
        return str(self.user) if self.signed_in else ""


def regions_of(user: Any) -> Any:
    """Where this person has a role, a membership or a municipality; `keeps`: administers it."""
    roles = RegionRole.objects.current().filter(user=user)
    memberships = Membership.objects.current().filter(user=user)
    serves = MunicipalRole.objects.current().filter(user=user).values("municipality")
    takes_part = RegionMunicipality.objects.current().filter(municipality__in=serves)
    return Region.objects.filter(
        Q(pk__in=roles.values("region"))
        | Q(pk__in=memberships.values("body__region"))
        | Q(pk__in=takes_part.values("region"))
    ).annotate(keeps=Exists(roles.filter(region=OuterRef("pk"), role=RegionRoleKind.ADMIN)))


def portal(request: HttpRequest) -> dict[str, Portal]:
    return {"portal": Portal(request)}
