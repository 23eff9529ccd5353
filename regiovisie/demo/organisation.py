"""Laying out a region through the domain: one place, so that both regions are data alone."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from accounts.models import User
from core.models import StatusChange
from governance.domain import organisation
from governance.enums import MemberRole, MunicipalRoleKind, RegionRoleKind
from governance.models import (
    AgendaTemplateItem,
    Body,
    BodyAlias,
    BodyRelation,
    Membership,
    Municipality,
    MunicipalRole,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
    RouteTemplate,
    RouteTemplateStep,
    RuleSet,
    Seat,
)
from regioagenda.models import BlockLead, BuildingBlock
from regiovisie.demo.people import People


@dataclass(frozen=True)
class MunicipalityRow:
    """One line of data/gemeenten.csv. Inhabitants are rounded; only seats are weighed by them."""

    region: str
    cbs_code: str
    name: str
    valid_from: date | None
    valid_until: date | None
    successor: str
    inhabitants: int


def read_municipalities(region: str) -> list[MunicipalityRow]:
    text = files("regiovisie.demo").joinpath("data/gemeenten.csv").read_text("utf-8")
    return [
        MunicipalityRow(
            region=row["regio"],
            cbs_code=row["cbs_code"],
            name=row["gemeente"],
            valid_from=_day(row["geldig_van"]),
            valid_until=_day(row["geldig_tot"]),
            successor=row["opvolger_cbs"],
            inhabitants=int(row["inwoners_afgerond"]),
        )
        for row in csv.DictReader(text.splitlines())
        if row["regio"] == region
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def slug_of(name: str) -> str:
    """The short name of a municipality in addresses: 'Capelle aan den IJssel' is 'capelle'."""
    return name.split()[0].casefold()


@dataclass
class Cast:
    """A region under construction, with what the papers need: its bodies, routes and people."""

    region: Region
    admin: User
    people: People
    bodies: dict[str, Body] = field(default_factory=dict)
    templates: dict[str, RouteTemplate] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    secretaries: dict[str, User] = field(default_factory=dict)
    seats: dict[tuple[str, str], Seat] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        return f"{self.region.slug}.example"

    def person(self, local_part: str, office: str = "") -> User:
        return self.people.make(f"{local_part}@{self.domain}", office or local_part)

    def keep(self, row: Any) -> Any:
        return organisation.keep(row, self.region, by=self.admin)

    # The region itself ---------------------------------------------------------------------------

    def form(self, legal_form: str, name: str, host: str = "", **dates: Any) -> None:
        self.keep(
            RegionForm(
                region=self.region, legal_form=legal_form, legal_name=name, host=host, **dates
            )
        )

    def municipality(self, row: MunicipalityRow) -> Municipality:
        """A municipality that takes part in the region from its first day, or always."""
        made = Municipality(name=row.name, cbs_code=row.cbs_code, valid_from=row.valid_from)
        self.municipalities[slug_of(row.name)] = self.keep(made)
        self.keep(
            RegionMunicipality(region=self.region, municipality=made, valid_from=row.valid_from)
        )
        return made

    def blocks(self, titles: Iterable[str], shorts: Iterable[str] = ()) -> None:
        for number, (title, short) in enumerate(zip_longest(titles, shorts, fillvalue=""), 1):
            self.keep(BuildingBlock(region=self.region, number=number, title=title, short=short))

    def lead(self, number: int, municipality: str, *, valid_from: date) -> None:
        """The alderman of one municipality leads a block from a day on."""
        block = self.region.building_blocks.get(number=number)
        home = self.municipalities[municipality]
        self.keep(BlockLead(block=block, municipality=home, valid_from=valid_from))

    def rules(self, name: str, basis: str, **fields: Any) -> RuleSet:
        made: RuleSet = self.keep(RuleSet(region=self.region, name=name, basis=basis, **fields))
        return made

    # Bodies --------------------------------------------------------------------------------------

    def body(self, slug: str, name: str, aliases: Sequence[str] = (), **fields: Any) -> Body:
        short = fields.pop("short_name", name)
        body = Body(
            region=self.region,
            slug=slug,
            name=name,
            short_name=short,
            order=len(self.bodies) + 1,
            **fields,
        )
        self.bodies[slug] = self.keep(body)
        for alias in aliases:
            self.keep(BodyAlias(body=body, region=self.region, name=alias))
        return body

    def relate(self, source: str, kind: str, target: str) -> None:
        self.keep(BodyRelation(source=self.bodies[source], kind=kind, target=self.bodies[target]))

    def template(
        self, name: str, *stops: tuple[str, str], local_decisions: bool = False
    ) -> RouteTemplate:
        template: RouteTemplate = self.keep(
            RouteTemplate(region=self.region, name=name, local_decisions=local_decisions)
        )
        for order, (slug, purpose) in enumerate(stops, start=1):
            self.keep(
                RouteTemplateStep(
                    template=template, order=order, body=self.bodies[slug], purpose=purpose
                )
            )
        self.templates[name] = template
        return template

    def agenda(self, slug: str, *items: AgendaTemplateItem) -> None:
        """The fixed points of the meetings of a body."""
        for order, item in enumerate(items, start=1):
            item.body, item.order = self.bodies[slug], order
            self.keep(item)

    # People --------------------------------------------------------------------------------------

    def seat(self, slug: str, home: str, votes: int = 1, since: date | None = None) -> Seat:
        """The seat of a municipality in a body; that of a merged one is there, without a weight."""
        where = {"body": self.bodies[slug], "municipality": self.municipalities[home]}
        found = Seat.objects.filter(valid_from=since, votes__isnull=True, **where).first()
        seat: Seat = found or Seat(valid_from=since, **where)
        seat.votes = votes
        self.keep(seat)
        self.seats[slug, home] = seat
        return seat

    def member(self, slug: str, user: User, *, since: date | None, **fields: Any) -> Membership:
        """A membership; members and chairs vote unless said otherwise."""
        fields.setdefault("role", MemberRole.MEMBER)
        fields.setdefault("has_vote", fields["role"] in (MemberRole.MEMBER, MemberRole.CHAIR))
        membership: Membership = self.keep(
            Membership(body=self.bodies[slug], user=user, valid_from=since, **fields)
        )
        return membership

    def secretary(self, slug: str, user: User, *, since: date | None) -> None:
        self.member(slug, user, since=since, role=MemberRole.SECRETARY, has_vote=False)
        self.secretaries[slug] = user

    def municipal_role(
        self, home: str, user: User, role: MunicipalRoleKind, since: date | None
    ) -> None:
        self.keep(
            MunicipalRole(
                municipality=self.municipalities[home], user=user, role=role, valid_from=since
            )
        )


def new_region(people: People, *, since: date, admin: str, finance: str, **fields: Any) -> Cast:
    """A region with its administrator, who keeps all the rest of it."""
    region = Region(**fields)
    region.full_clean()
    region.save()
    StatusChange.log(region, act="added", by=None, why=region.name)
    keeper = people[admin]
    for user, role in ((keeper, RegionRoleKind.ADMIN), (people[finance], RegionRoleKind.FINANCE)):
        organisation.keep(
            RegionRole(region=region, user=user, role=role, valid_from=since), region, by=None
        )
    return Cast(region, keeper, people)
