"""The region Rijnmond: openbaar lichaam, fifteen municipalities until 2022 and thirteen since.

Bodies, relations and dates come from two papers of June 2021. Who sits where, the weights of the
seats and the start of the terms are examples.
"""

from datetime import date, datetime

from core import clock
from governance.domain import organisation
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
    RelationKind,
    RuleBasis,
)
from governance.models import Membership, Seat
from regiovisie.demo.organisation import (
    Cast,
    MunicipalityRow,
    new_region,
    read_municipalities,
    slug_of,
)
from regiovisie.demo.people import People

AB, STEERING, AOJ, TEAM = "ab", "stuurgroep", "aoj", "programmateam"
DIRECTORS, CORE_GROUP, TABLE = "directeurenoverleg", "kerngroep", "zorglandschapstafel"
ROUTE = "Regiovisie"
JEUGDWET = date(2015, 1, 1)
FIRST_TERM = date(2018, 6, 1)
SECOND_TERM = date(2022, 7, 1)
MERGER = date(2022, 12, 31)
BLOCKS = [
    "Opvoedkundig klimaat en preventie",
    "Investeren in vraagverheldering",
    "Verstevigen casusregie",
    "Ruimte voor hulp door lokale infrastructuur",
    "Inzet ambulante ondersteuning en specialistische hulp",
    "Afstemming onderwijs en jeugdhulp",
    "Ondersteunen huisarts in vraagverheldering en verwijzing",
    "Een brede benadering van veiligheid",
    "Betrokkenheid jongeren en gezinnen bij keuze en inzet hulp",
]
SHORT = [
    "Preventie",
    "Vraagverheldering",
    "Casusregie",
    "Hulp dichtbij",
    "Ambulante hulp",
    "Onderwijs",
    "Huisarts",
    "Veiligheid",
    "Jongeren, gezinnen",
]
STEERING_HOMES = ["schiedam", "rotterdam", "nissewaard", "barendrecht", "lansingerland"]
LEADS_SINCE = date(2022, 9, 1)
AMBASSADORS = ["nissewaard", "lansingerland"]
THREE = ["albrandswaard", "barendrecht", "ridderkerk"]


def build_region(people: People) -> Cast:
    """The region as it was in 2018, with its bodies and people; later changes follow apart."""
    with clock.at(datetime(2018, 6, 1, 9)):
        cast = new_region(
            people,
            since=JEUGDWET,
            admin="regiobeheer@rijnmond.example",
            finance="financien@rijnmond.example",
            name="Rijnmond",
            slug="rijnmond",
            block_label="bouwsteen",
            school_region="midden",
            address="p/a gemeente Rotterdam\nPostbus 70014\n3000 KS Rotterdam",
            website="www.jeugdhulprijnmond.nl",
        )
        cast.form(
            LegalForm.PUBLIC_BODY,
            "Gemeenschappelijke Regeling Jeugdhulp Rijnmond",
            "gemeente Rotterdam",
            valid_from=JEUGDWET,
        )
        rows = [row for row in read_municipalities("rijnmond") if row.valid_from is None]
        for row in rows:
            cast.municipality(row)
        cast.blocks(BLOCKS, SHORT)
        _add_bodies(cast)
        _relate(cast)
        _fill_seats(cast, rows)
        _fill_offices(cast)
        _fill_outside(cast)
    return cast


def _add_bodies(cast: Cast) -> None:
    law = cast.rules(
        "AB: wet",
        RuleBasis.LAW,
        quorum=Quorum.MORE_THAN_HALF,
        weighted=True,
        source="Gemeentewet 20, 28-32 via de Wgr; de stemgewichten zijn een voorbeeld",
    )
    talk = cast.rules("Overleg zonder stemming", RuleBasis.OWN, allows_count=False)
    inside = {
        "legal_status": LegalStatus.CONSULTATION,
        "rules": talk,
        "publication": PublicationRegime.CLOSED,
        "publication_ground": "ambtelijk of bestuurlijk overleg vóór besluitvorming",
    }
    outside = inside | {
        "circle": Circle.EXTERNAL,
        "publication": PublicationRegime.AFTER,
        "publication_ground": "",
    }
    cast.body(
        TEAM,
        "Programmateam regiovisie",
        ["programmateam", "programmteam", "programmteam regiovisie", "projectteam regiovisie"],
        short_name="Team",
        kind=BodyKind.PROGRAMME,
        writes_proposals=True,
        delivery_days=2,
        **inside,
    )
    cast.body(
        STEERING,
        "Stuurgroep transformatie",
        ["stuurgroep", "SG transformatie"],
        short_name="Stuurgroep",
        kind=BodyKind.STEERING,
        **inside,
    )
    cast.body(
        AOJ,
        "Ambtelijk overleg jeugd",
        ["AOJ", "ambtelijk overleg"],
        short_name="AOJ",
        kind=BodyKind.AOJ,
        **inside,
    )
    cast.body(
        AB,
        "AB platform jeugd",
        ["AB", "algemeen bestuur", "algemeen bestuur GR JR", "AB van de GR JR"],
        short_name="AB",
        kind=BodyKind.AB,
        legal_status=LegalStatus.ORGAN,
        rules=law,
        publication=PublicationRegime.PUBLIC,
    )
    cast.body(
        DIRECTORS,
        "Directeurenoverleg",
        ["directeuren", "DO"],
        kind=BodyKind.DIRECTORS,
        **inside,
    )
    cast.body(
        CORE_GROUP,
        "Kerngroep cliëntparticipatie",
        ["kerngroep"],
        short_name="Kerngroep",
        kind=BodyKind.CORE_GROUP,
        **outside,
    )
    cast.body(
        TABLE,
        "Zorglandschapstafel",
        ["zorglandschapstafels"],
        kind=BodyKind.TABLE,
        **outside,
    )
    cast.template(
        ROUTE,
        (TEAM, Purpose.DISCUSS),
        (STEERING, Purpose.ADVISE),
        (AOJ, Purpose.ADVISE),
        (AB, Purpose.DECIDE),
    )


def _relate(cast: Cast) -> None:
    cast.relate(STEERING, RelationKind.STEERS, TEAM)
    cast.relate(STEERING, RelationKind.REPORTS_TO, AB)
    cast.relate(DIRECTORS, RelationKind.ADVISES, TEAM)
    cast.relate(AOJ, RelationKind.ADVISES, AB)
    cast.relate(STEERING, RelationKind.ADVISES, AB)
    cast.relate(TEAM, RelationKind.REPORTS_TO, AB)
    cast.relate(TEAM, RelationKind.REPORTS_TO, AOJ)
    cast.relate(CORE_GROUP, RelationKind.RINGS, STEERING)
    cast.relate(TABLE, RelationKind.ADVISES, TEAM)


def votes_of(row: MunicipalityRow) -> int:
    """An example of weights: one vote, and one more for every 50,000 inhabitants."""
    return 1 + row.inhabitants // 50_000


def _seat_in_board(cast: Cast, row: MunicipalityRow, since: date) -> Seat:
    return cast.seat(AB, slug_of(row.name), votes=votes_of(row), since=since)


def _fill_seats(cast: Cast, rows: list[MunicipalityRow]) -> None:
    for row in rows:
        home = slug_of(row.name)
        alderman = cast.person(f"wethouder.{home}", f"wethouder jeugd {row.name}")
        official = cast.person(f"beleid.{home}", f"beleidsadviseur jeugd {row.name}")
        _seat_in_board(cast, row, FIRST_TERM)
        _term(cast, home, alderman, since=FIRST_TERM, until=date(2022, 6, 30))
        seat = cast.seat(AOJ, home, since=FIRST_TERM)
        cast.member(AOJ, official, since=FIRST_TERM, seat=seat)
        cast.municipal_role(home, official, MunicipalRoleKind.CONTACT, FIRST_TERM)
        cast.municipal_role(home, official, MunicipalRoleKind.EDITOR, FIRST_TERM)
    for home in STEERING_HOMES:
        role = MemberRole.CHAIR if home == "schiedam" else MemberRole.MEMBER
        seat = cast.seat(STEERING, home, since=FIRST_TERM)
        cast.member(
            STEERING, cast.person(f"wethouder.{home}"), since=FIRST_TERM, seat=seat, role=role
        )


def _term(cast: Cast, home: str, alderman: object, *, since: date, until: date | None) -> None:
    """A term in the board; Rotterdam has the chair and a deputy."""
    chair = home == "rotterdam"
    seat = cast.seats[AB, home]
    membership = cast.member(
        AB,
        alderman,  # type: ignore[arg-type]
        since=since,
        valid_until=until,
        seat=seat,
        role=MemberRole.CHAIR if chair else MemberRole.MEMBER,
    )
    if chair:
        cast.member(
            AB,
            cast.person("plaatsvervanger.rotterdam", "plaatsvervangend wethouder Rotterdam"),
            since=since,
            valid_until=until,
            seat=seat,
            role=MemberRole.DEPUTY,
            has_vote=False,
            deputy_of=membership,
        )


def _fill_offices(cast: Cast) -> None:
    since = FIRST_TERM
    cast.secretary(AB, cast.person("secretaris.ab"), since=since)
    cast.secretary(STEERING, cast.person("secretaris.stuurgroep"), since=since)
    cast.secretary(AOJ, cast.person("secretaris.aoj"), since=since)
    cast.secretary(TEAM, cast.person("programmateam"), since=since)
    cast.member(TEAM, cast.person("medewerker", "medewerker programmateam Rijnmond"), since=since)
    cast.secretary(DIRECTORS, cast.person("programmateam"), since=since)
    for home in ("rotterdam", "vlaardingen", "capelle"):
        name = cast.municipalities[home].name
        cast.member(
            DIRECTORS, cast.person(f"directeur.{home}", f"directeur jeugd {name}"), since=since
        )
    cast.municipal_role(
        "schiedam", cast.person("adviseur.schiedam"), MunicipalRoleKind.ADVISER, since
    )
    cast.municipal_role(
        "schiedam", cast.person("vaststeller.schiedam"), MunicipalRoleKind.APPROVER, since
    )
    cast.municipal_role(
        "schiedam", cast.person("griffier.schiedam"), MunicipalRoleKind.CLERK, since
    )
    # Both read along in the AOJ: the head of an official's department, and a controller.
    (official,) = Membership.objects.filter(
        body=cast.bodies[AOJ], user=cast.person("beleid.schiedam")
    )
    cast.member(
        AOJ,
        cast.person("vaststeller.schiedam"),
        since=since,
        seat=official.seat,
        role=MemberRole.DEPUTY,
        deputy_of=official,
    )
    cast.member(AOJ, cast.person("financien"), since=since, role=MemberRole.ADVISER)
    three = cast.person("driegemeenten")
    for home in THREE:
        cast.municipal_role(home, three, MunicipalRoleKind.ADVISER, since)
        cast.municipal_role(home, three, MunicipalRoleKind.EDITOR, since)


def _fill_outside(cast: Cast) -> None:
    """The core group with two ambassadors, shielded young people, a parent and two officials."""
    since = date(2021, 1, 1)
    with clock.at(datetime(2021, 1, 4, 9)):
        cast.secretary(CORE_GROUP, cast.person("programmateam"), since=since)
        for home in AMBASSADORS:
            alderman = cast.person(f"wethouder.{home}")
            cast.member(CORE_GROUP, alderman, since=since, has_vote=False)
        young = [("jongere", "ervaringsdeskundige jongere")]
        young += [(f"jongere{n}", f"ervaringsdeskundige jongere {n}") for n in (2, 3)]
        for address, office in young:
            cast.member(
                CORE_GROUP,
                cast.person(address, office),
                since=since,
                has_vote=False,
                shielded=True,
            )
        for address in ("kerngroep", "beleid.rotterdam", "beleid.maassluis"):
            cast.member(CORE_GROUP, cast.person(address), since=since, has_vote=False)
        cast.secretary(TABLE, cast.person("programmateam"), since=since)
        for address in ("aanbieder", "aanbieder2"):
            office = "bestuurder jeugdhulpaanbieder"
            seat = cast.keep(
                Seat(
                    body=cast.bodies[TABLE],
                    organisation=f"{address} (voorbeeld)",
                    valid_from=since,
                )
            )
            cast.member(TABLE, cast.person(address, office), since=since, has_vote=False, seat=seat)


def start_second_term(cast: Cast) -> None:
    """After the elections of 2022 the same offices sit in the board for a new term."""
    with clock.at(datetime(2022, 7, 1, 9)):
        for home in cast.municipalities:
            _term(cast, home, cast.person(f"wethouder.{home}"), since=SECOND_TERM, until=None)


def name_leads(cast: Cast) -> None:
    """Aldermen of the steering group each lead a block since the new term (an example)."""
    with clock.at(datetime(2022, 9, 1, 9)):
        for number, home in enumerate(STEERING_HOMES, start=1):
            cast.lead(number, home, valid_from=LEADS_SINCE)


def merge_voorne(cast: Cast) -> None:
    """Brielle, Hellevoetsluis and Westvoorne become Voorne aan Zee on 1 January 2023."""
    rows = read_municipalities("rijnmond")
    (row,) = [row for row in rows if row.name == "Voorne aan Zee"]
    old = [cast.municipalities[slug_of(gone.name)] for gone in rows if gone.successor]
    first_day = row.valid_from or MERGER
    with clock.at(datetime(2022, 12, 30, 9)):
        new = cast.municipality(row)
        organisation.merge_municipalities(old, new, cast.region, last_day=MERGER, by=cast.admin)
        for municipality in old:
            for role in municipality.roles.filter(valid_until__isnull=True):
                organisation.end(role, cast.region, on=MERGER, by=cast.admin)
    with clock.at(datetime(2023, 1, 2, 9)):
        _seat_in_board(cast, row, first_day)
        alderman = cast.person("wethouder.voorne", "wethouder jeugd Voorne aan Zee")
        _term(cast, "voorne", alderman, since=first_day, until=None)
        official = cast.person("beleid.voorne", "beleidsadviseur jeugd Voorne aan Zee")
        seat = cast.seat(AOJ, "voorne", since=first_day)
        cast.member(AOJ, official, since=first_day, seat=seat)
        cast.municipal_role("voorne", official, MunicipalRoleKind.CONTACT, first_day)
        cast.municipal_role("voorne", official, MunicipalRoleKind.EDITOR, first_day)
