"""The region IJsselland: bedrijfsvoeringsorganisatie, eleven municipalities, four themes.

The form before 2018, the split in BO and PHO and the offices come from a note of October 2017 and
a plan of January 2020. Who sits where is an example.
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
from regiovisie.demo.organisation import Cast, new_region, read_municipalities, slug_of
from regiovisie.demo.people import People

BO, PHO, MO, AO, TEAM, CORE_GROUP = "bo", "pho", "mo", "ao", "rsj", "kerngroep"
POLICY, OPERATIONS = "Beleid", "GR-route"
SINCE = date(2017, 1, 1)
RENEWAL = date(2018, 1, 1)
CORE_GROUP_SINCE = date(2020, 1, 29)
THEMES = [
    "Ambulantisering",
    "Verbinding jeugdhulp en onderwijs",
    "Transformatie gedwongen kader",
    "Doorontwikkeling inkoop",
]
# Four portfolio holders lead the transformation; which ones is an example.
LEADERS = ["zwolle", "deventer", "kampen", "hardenberg"]


def build_region(people: People) -> Cast:
    """The region as it was in 2017; the renewal of 2018 and the core group follow in their time."""
    with clock.at(datetime(2017, 1, 9, 9)):
        cast = new_region(
            people,
            since=SINCE,
            admin="regiobeheer@ijsselland.example",
            finance="financien@ijsselland.example",
            name="IJsselland",
            slug="ijsselland",
            block_label="thema",
            school_region="noord",
            address="Regionaal Serviceteam Jeugd IJsselland",
            website="www.rsj-ijsselland.nl",
        )
        cast.form(
            LegalForm.OPERATIONS,
            "Gemeenschappelijke Regeling Uitvoeringsorganisatie Jeugdzorg regio IJsselland",
        )
        for row in read_municipalities("ijsselland"):
            cast.municipality(row)
        cast.blocks(THEMES)
        _add_bodies(cast)
        _relate(cast)
        _fill_seats(cast)
        _fill_offices(cast)
    return cast


def _add_bodies(cast: Cast) -> None:
    board = cast.rules(
        "BO: eigen regels",
        RuleBasis.OWN,
        quorum=Quorum.MORE_THAN_HALF,
        allows_count=True,
        roll_call=True,
        source="voorbeeld: de regeling zelf is niet ingelezen",
    )
    consensus = cast.rules("Instemmen zonder stemming", RuleBasis.OWN, allows_count=False)
    inside = {
        "legal_status": LegalStatus.CONSULTATION,
        "rules": consensus,
        "publication": PublicationRegime.CLOSED,
        "publication_ground": "ambtelijk of bestuurlijk overleg vóór besluitvorming",
    }
    cast.body(
        TEAM,
        "Regionaal Serviceteam Jeugd",
        ["RSJ", "RSJ IJsselland", "programmamanagement", "projectgroep transformatie"],
        short_name="RSJ",
        kind=BodyKind.PROGRAMME,
        writes_proposals=True,
        **inside,
    )
    cast.body(
        AO, "Ambtelijk overleg", ["ambtelijke overleg"], short_name="AO", kind=BodyKind.AO, **inside
    )
    cast.body(
        MO,
        "Managersoverleg",
        ["managers overleg"],
        short_name="MO",
        kind=BodyKind.MO,
        **inside,
    )
    cast.body(
        PHO,
        "Portefeuillehoudersoverleg",
        ["Pfo", "portefeuillehouders overleg"],
        short_name="PHO",
        kind=BodyKind.PHO,
        **inside,
    )
    cast.body(
        BO,
        "Bestuur RSJ IJsselland",
        ["bestuurlijk overleg", "BO-uitvoeringsorganisatie", "bestuur", "bestuur van het RSJ"],
        short_name="BO",
        kind=BodyKind.BOARD,
        legal_status=LegalStatus.ORGAN,
        rules=board,
        publication=PublicationRegime.PUBLIC,
    )
    cast.body(
        CORE_GROUP,
        "Kerngroep transformatie",
        short_name="Kerngroep",
        kind=BodyKind.CORE_GROUP,
        legal_status=LegalStatus.CONSULTATION,
        circle=Circle.EXTERNAL,
        rules=consensus,
        publication=PublicationRegime.AFTER,
        valid_from=CORE_GROUP_SINCE,
    )
    cast.template(
        POLICY,
        (AO, Purpose.ADVISE),
        (MO, Purpose.ADVISE),
        (PHO, Purpose.CONSENT),
        local_decisions=True,
    )
    cast.template(OPERATIONS, (MO, Purpose.ADVISE), (BO, Purpose.DECIDE))


def _relate(cast: Cast) -> None:
    cast.relate(BO, RelationKind.STEERS, TEAM)
    cast.relate(TEAM, RelationKind.REPORTS_TO, AO)
    cast.relate(TEAM, RelationKind.REPORTS_TO, PHO)
    cast.relate(TEAM, RelationKind.REPORTS_TO, BO)
    cast.relate(MO, RelationKind.ADVISES, TEAM)
    cast.relate(MO, RelationKind.ADVISES, PHO)
    cast.relate(AO, RelationKind.ADVISES, PHO)
    cast.relate(CORE_GROUP, RelationKind.REPORTS_TO, PHO)


def _fill_seats(cast: Cast) -> None:
    for home, municipality in cast.municipalities.items():
        holder = cast.person(f"wethouder.{home}", f"portefeuillehouder jeugd {municipality}")
        manager = cast.person(f"manager.{home}", f"manager sociaal domein {municipality}")
        official = cast.person(f"beleid.{home}", f"beleidsadviseur jeugd {municipality}")
        for slug, user in ((BO, holder), (PHO, holder), (MO, manager), (AO, official)):
            chair = slug in (BO, PHO) and home == "zwolle"
            cast.member(
                slug,
                user,
                since=SINCE,
                seat=cast.seat(slug, home, since=SINCE),
                role=MemberRole.CHAIR if chair else MemberRole.MEMBER,
            )
        cast.municipal_role(home, official, MunicipalRoleKind.CONTACT, SINCE)


def _fill_offices(cast: Cast) -> None:
    manager = cast.person("regiomanager")
    cast.secretary(BO, manager, since=SINCE)
    cast.secretary(PHO, manager, since=SINCE)
    cast.secretary(MO, cast.person("secretaris.mo"), since=SINCE)
    cast.secretary(AO, cast.person("projectmanager"), since=SINCE)
    cast.secretary(TEAM, cast.person("programma"), since=SINCE)
    cast.member(TEAM, manager, since=SINCE, has_vote=False)
    cast.member(MO, cast.person("financien"), since=SINCE, role=MemberRole.ADVISER)
    cast.municipal_role(
        slug_of("Zwolle"), cast.person("adviseur.zwolle"), MunicipalRoleKind.ADVISER, SINCE
    )


def renew_form(cast: Cast) -> None:
    """From 2018 the purchasing office and the programme are one organisation, the RSJ."""
    with clock.at(datetime(2017, 12, 18, 9)):
        (old,) = cast.region.forms.all()
        organisation.end(old, cast.region, on=date(2017, 12, 31), by=cast.admin)
        cast.form(
            LegalForm.OPERATIONS,
            "Regionaal Serviceteam Jeugd IJsselland",
            valid_from=RENEWAL,
        )


def start_core_group(cast: Cast) -> None:
    """Directors from around the child and the four leaders, one of whom has the chair."""
    with clock.at(datetime(2020, 1, 29, 9)):
        since = CORE_GROUP_SINCE
        cast.secretary(CORE_GROUP, cast.person("programma"), since=since)
        for home in LEADERS:
            role = MemberRole.CHAIR if home == LEADERS[0] else MemberRole.MEMBER
            cast.member(
                CORE_GROUP,
                cast.person(f"wethouder.{home}"),
                since=since,
                has_vote=False,
                role=role,
            )
        directors = [
            ("aanbieder", "directeur jeugdhulpaanbieder"),
            ("onderwijs", "directeur samenwerkingsverband onderwijs"),
        ]
        for address, office in directors:
            cast.member(CORE_GROUP, cast.person(address, office), since=since, has_vote=False)
