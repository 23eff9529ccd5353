"""The named cast: who is who in one region, and a stranger from another."""

from dataclasses import dataclass

from accounts.models import User
from governance.enums import BodyKind, Circle, LegalStatus, MemberRole, MunicipalRoleKind
from governance.models import Body, Membership, Municipality, Region
from tests import factories
from tests.again import again


@dataclass
class Cast:
    """One region with four bodies on the route, an external one, and one person of each kind."""

    region: Region
    team: Body
    steering: Body
    aoj: Body
    board: Body
    core_group: Body
    municipality: Municipality
    author: User
    secretary: User
    aoj_secretary: User
    steering_secretary: User
    alderman: User
    official: User
    adviser: User
    coauthor: User
    provider: User
    admin: User
    reader: User
    stranger: User
    board_members: list[Membership]


def make_cast() -> Cast:
    return again(_make)


def _make() -> Cast:
    region = factories.region("Waterland", slug="waterland")
    team = factories.body(
        region, "Programmateam", kind=BodyKind.PROGRAMME, writes_proposals=True, slug="team"
    )
    steering = factories.body(region, "Stuurgroep", kind=BodyKind.STEERING, slug="stuurgroep")
    aoj = factories.body(region, "Ambtelijk overleg", kind=BodyKind.AOJ, slug="aoj")
    board = factories.body(
        region, "Bestuur", kind=BodyKind.AB, legal_status=LegalStatus.ORGAN, slug="bestuur"
    )
    core_group = factories.body(
        region, "Kerngroep", kind=BodyKind.CORE_GROUP, circle=Circle.EXTERNAL, slug="kerngroep"
    )
    homes = [
        factories.municipality(name, in_region=region) for name in ("Aardam", "Beekzicht", "Cotten")
    ]
    author = factories.user("programmateam")
    secretary = factories.user("secretaris van het bestuur")
    aoj_secretary = factories.user("secretaris van het AOJ")
    steering_secretary = factories.user("secretaris van de stuurgroep")
    alderman = factories.user("wethouder Aardam")
    official = factories.user("beleidsadviseur Beekzicht")
    adviser = factories.user("adviseur van de wethouder van Aardam")
    coauthor = factories.user("projectleider")
    provider = factories.user("bestuurder van een aanbieder")
    admin = factories.user("beheerder")
    reader = factories.user("lid van de stuurgroep")
    stranger = factories.user("programmateam van een andere regio")
    factories.member(team, author, role=MemberRole.SECRETARY)
    factories.member(board, secretary, role=MemberRole.SECRETARY)
    factories.member(aoj, aoj_secretary, role=MemberRole.SECRETARY)
    factories.member(steering, steering_secretary, role=MemberRole.SECRETARY)
    seats = [factories.seat(board, home, votes=1) for home in homes]
    board_members = [factories.member(board, alderman, seat=seats[0])]
    board_members += [factories.member(board, seat=other) for other in seats[1:]]
    factories.member(aoj, official)
    factories.member(steering, reader)
    factories.member(core_group, provider)
    factories.municipal_role(homes[0], adviser, MunicipalRoleKind.ADVISER)
    factories.region_role(region, admin)
    elsewhere = factories.region("Bergland", slug="bergland")
    other_team = factories.body(
        elsewhere, "Programmateam", kind=BodyKind.PROGRAMME, writes_proposals=True, slug="team"
    )
    factories.member(other_team, stranger, role=MemberRole.SECRETARY)
    return Cast(
        region=region,
        team=team,
        steering=steering,
        aoj=aoj,
        board=board,
        core_group=core_group,
        municipality=homes[0],
        author=author,
        secretary=secretary,
        aoj_secretary=aoj_secretary,
        steering_secretary=steering_secretary,
        alderman=alderman,
        official=official,
        adviser=adviser,
        coauthor=coauthor,
        provider=provider,
        admin=admin,
        reader=reader,
        stranger=stranger,
        board_members=board_members,
    )
