"""What the top of every page shows: the region, the other regions of this person, and the menus."""

from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from core.components import Link
from governance.models import Region
from governance.standing import standing_of

# Label, URL name, and who sees it: everybody, who belongs to the region, or who keeps it.
MENU = (
    ("Wat wacht", "home-region", "member"),
    ("Voorstellen", "governance:proposal-list", "member"),
    ("Vergaderingen", "governance:meeting-list", "member"),
    ("Actiepunten", "governance:action-list", "member"),
    ("Besluiten", "governance:decision-list", "public"),
    ("Gemeenten", "governance:local-table", "member"),
    ("Nulmeting", "nulmeting:round-list", "member"),
    ("Fonds", "budget:fund-list", "member"),
    ("Organisatie", "governance:organisation", "admin"),
)
# Addresses of their own that belong to a meeting all the same.
PART_OF_MEETINGS = ("stemmingen", "schriftelijk")
ACCOUNT = (
    ("Mijn gegevens", "mfa_index"),
    ("Wachtwoord wijzigen", "account_change_password"),
)


def _address(name: str, *args: str) -> str:
    """The address behind a URL name, or nothing when that room is not there yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class Portal:
    """Asked for by the template only where it is shown; costs one query beside the standing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)
        self.signed_in = bool(self.user and self.user.is_authenticated)

    @cached_property
    def _mine(self) -> list[Region]:
        return list(Region.objects.filter(pk__in=standing_of(self.user).regions))

    @cached_property
    def _here(self) -> Region | None:
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
        standing = standing_of(self.user)
        seen = {"public"} | ({"member"} if self._here.pk in standing.regions else set())
        if self._here.pk in standing.admin_regions:
            seen.add("admin")
        links = [
            (label, _address(name, self._here.slug)) for label, name, who in MENU if who in seen
        ]
        # The longest address that leads to this page is the present one: '/rijnmond/' leads to all.
        path = self.request.path
        for part in PART_OF_MEETINGS:
            path = path.replace(f"/{self._here.slug}/{part}/", f"/{self._here.slug}/vergaderingen/")
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


def portal(request: HttpRequest) -> dict[str, Portal]:
    return {"portal": Portal(request)}
