"""One region: its municipalities, bodies, seats and the people in them."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Model

from accounts.models import User
from core.formats import sort_key
from governance.enums import (
    BodyKind,
    Circle,
    LegalForm,
    LegalStatus,
    MemberRole,
    MunicipalRoleKind,
    PublicationRegime,
    Purpose,
    Quorum,
    RegionRoleKind,
    RuleBasis,
)
from governance.models import (
    Body,
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
from regioagenda.models import BuildingBlock

MUNICIPALITIES = 10
BATCH = 2000

# Slug, name, kind, legal status, publication, whether municipalities hold its seats.
BODIES = (
    ("team", "Programmateam", BodyKind.PROGRAMME, LegalStatus.CONSULTATION, "closed", False),
    ("aoj", "Ambtelijk overleg jeugd", BodyKind.AOJ, LegalStatus.CONSULTATION, "closed", True),
    ("ao", "Ambtelijk overleg", BodyKind.AO, LegalStatus.CONSULTATION, "closed", False),
    ("stuurgroep", "Stuurgroep", BodyKind.STEERING, LegalStatus.CONSULTATION, "closed", False),
    ("pho", "Portefeuillehoudersoverleg", BodyKind.PHO, LegalStatus.COMMITTEE, "after", True),
    ("bestuur", "Algemeen bestuur", BodyKind.AB, LegalStatus.ORGAN, "public", True),
)
ROUTE = (
    ("aoj", Purpose.ADVISE),
    ("stuurgroep", Purpose.DISCUSS),
    ("pho", Purpose.ADVISE),
    ("bestuur", Purpose.DECIDE),
)
BEFORE = (
    *("Aar", "Beek", "Dijk", "Eem", "Gouw", "Haar", "Kolk", "Lis", "Meer", "Noord", "Oost"),
    *("Polder", "Rijs", "Sloot", "Terp", "Veen", "Water", "Zand", "Zuid", "West", "Zwaan"),
)
AFTER = (
    *("burg", "dam", "dijk", "drecht", "haven", "hoek", "horst", "huizen", "kerk", "land"),
    *("meer", "oord", "rode", "stede", "terp", "um", "veld", "voort", "werd", "wijk"),
)
PLACES = [f"{before}{after}" for after, before in product(AFTER, BEFORE)]


@dataclass
class Cast:
    """A region with what its papers need: bodies, their secretaries and who votes in them."""

    region: Region
    team: User
    bodies: dict[str, Body] = field(default_factory=dict)
    secretaries: dict[str, User] = field(default_factory=dict)
    members: dict[str, list[Membership]] = field(default_factory=dict)
    papers: int = 0
    decisions: dict[int, int] = field(default_factory=dict)

    def next_number(self) -> int:
        self.papers += 1
        return self.papers

    def next_sequence(self, year: int) -> int:
        self.decisions[year] = self.decisions.get(year, 0) + 1
        return self.decisions[year]


def save_all(rows: list[Any]) -> list[Any]:
    """Insert rows of one model; they have their keys afterwards."""
    model: type[Model] = type(rows[0]) if rows else User
    return list(model._default_manager.bulk_create(rows, batch_size=BATCH)) if rows else []


def build_region(number: int) -> Cast:
    region = Region(name=f"Regio {number:02d}", slug=f"regio-{number:02d}")
    save_all([region])
    save_all([RegionForm(region=region, legal_form=LegalForm.PUBLIC_BODY, legal_name=region.name)])
    save_all([BuildingBlock(region=region, number=n, title=f"Bouwsteen {n}") for n in range(1, 8)])
    homes = _municipalities(region, number)
    people = _people(region)
    cast = Cast(region, people["programma"])
    _bodies(cast, people)
    _members(cast, homes, people)
    save_all([RegionRole(region=region, user=people["beheer"], role=RegionRoleKind.ADMIN)])
    adviser = people["adviseur-1"]
    save_all([MunicipalRole(municipality=homes[0], user=adviser, role=MunicipalRoleKind.ADVISER)])
    _template(cast)
    return cast


def _municipalities(region: Region, number: int) -> list[Municipality]:
    first = (number - 1) * MUNICIPALITIES
    rows = []
    for n in range(first, first + MUNICIPALITIES):
        again = f" {n // len(PLACES) + 1}" if n >= len(PLACES) else ""
        name = f"{PLACES[n % len(PLACES)]}{again}"
        rows.append(Municipality(name=name, sort_name=sort_key(name), cbs_code=f"{n + 1:04d}"))
    save_all(rows)
    save_all([RegionMunicipality(region=region, municipality=row) for row in rows])
    return rows


def _people(region: Region) -> dict[str, User]:
    """Nobody of them has a password: the data is there to be measured, not to be signed in to."""
    names = ["programma", "beheer", "adviseur-1"]
    names += [f"secretaris-{slug}" for slug in ("aoj", "ao", "stuurgroep", "bestuur")]
    names += [f"{office}-{n}" for office in ("wethouder", "beleid") for n in range(1, 11)]
    people = {
        name: User(email=f"{name}@{region.slug}.example", office=name.replace("-", " "))
        for name in names
    }
    for user in people.values():
        user.set_unusable_password()
    save_all(list(people.values()))
    save_all(
        [
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for user in people.values()
        ]
    )
    return people


def _bodies(cast: Cast, people: dict[str, User]) -> None:
    own = RuleSet(region=cast.region, name="eigen afspraken", basis=RuleBasis.OWN)
    law = RuleSet(
        region=cast.region, name="de wet", basis=RuleBasis.LAW, quorum=Quorum.MORE_THAN_HALF
    )
    save_all([own, law])
    rows = [
        Body(
            region=cast.region,
            slug=slug,
            name=name,
            short_name=name.split()[0],
            kind=kind,
            legal_status=status,
            circle=Circle.INTERNAL,
            writes_proposals=kind == BodyKind.PROGRAMME,
            publication=regime,
            publication_ground="Overleg." if regime == PublicationRegime.CLOSED else "",
            rules=law if kind == BodyKind.AB else own,
            order=order,
        )
        for order, (slug, name, kind, status, regime, _) in enumerate(BODIES, start=1)
    ]
    cast.bodies = {body.slug: body for body in save_all(rows)}
    cast.secretaries = {
        "team": people["programma"],
        "pho": people["secretaris-bestuur"],
        **{slug: people[f"secretaris-{slug}"] for slug in ("aoj", "ao", "stuurgroep", "bestuur")},
    }
    save_all(
        [
            Membership(body=cast.bodies[slug], user=user, role=MemberRole.SECRETARY)
            for slug, user in cast.secretaries.items()
        ]
    )


def _members(cast: Cast, homes: list[Municipality], people: dict[str, User]) -> None:
    """Aldermen sit in PHO and board, officials in the AOJ; four of them in the smaller bodies."""
    for slug, *_, seated in BODIES:
        body = cast.bodies[slug]
        office = "wethouder" if slug in ("pho", "bestuur", "stuurgroep") else "beleid"
        if slug == "team":
            continue
        seats: list[Seat | None] = [None] * 4
        if seated:
            seats = save_all([Seat(body=body, municipality=home) for home in homes])
        rows = [
            Membership(body=body, seat=seat, user=people[f"{office}-{n}"], has_vote=True)
            for n, seat in enumerate(seats, start=1)
        ]
        cast.members[slug] = save_all(rows)


def _template(cast: Cast) -> None:
    template = RouteTemplate(region=cast.region, name="Gebruikelijke route")
    save_all([template])
    save_all(
        [
            RouteTemplateStep(
                template=template, order=order, body=cast.bodies[slug], purpose=purpose
            )
            for order, (slug, purpose) in enumerate(ROUTE, start=1)
        ]
    )
