import pytest

from governance.importing.aliases import aliases_of
from governance.importing.bodies import find_body, match_body
from governance.models import Body, BodyAlias, Region, RuleSet

BODIES = {
    "ab platform jeugd": "ab",
    "stuurgroep transformatie": "stuurgroep",
    "aoj": "aoj",
    "ambtelijk overleg jeugd": "aoj",
    "pfo": "pho",
    "portefeuillehoudersoverleg": "pho",
    "ao": "ao",
}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("AB platform jeugd", "ab"),
        ("het AB platform jeugd", "ab"),
        ("STUURGROEP  Transformatie", "stuurgroep"),
        ("AOJ (ambtelijk overleg jeugd)", "aoj"),
        ("Ambtelijk overleg Jeugd (Rijnmond)", "aoj"),
        ("Stuurgroep transformatie Rijnmond", "stuurgroep"),
        ("Pfo / portefeuillehoudersoverleg", "pho"),
        ("AO jeugd", None),
        ("AOJ / Pfo", None),
        ("Stuurgroep wonen", None),
        ("", None),
    ],
)
def test_match(name, slug):
    assert match_body(name, BODIES) == slug


def test_the_body_in_a_sentence():
    told = (
        "Besproken in de bijeenkomst van de Stuurgroep Transformatie op 23 juni. Het advies luidde:"
    )
    assert find_body(told, BODIES) == ("Stuurgroep Transformatie", "stuurgroep")
    assert find_body("Het Pfo adviseert:", BODIES) == ("Pfo", "pho")
    unknown = "Besproken met de leden van de Cliëntenraad op 3 mei. Het advies was:"
    assert find_body(unknown, BODIES) == ("Cliëntenraad", None)
    assert find_body("Ons advies:", BODIES) is None


@pytest.mark.django_db
def test_the_names_of_a_region_come_from_its_data():
    region = Region.objects.create(name="Wijkstad", slug="wijkstad")
    rules = RuleSet.objects.create(region=region, name="eigen", basis="own")
    body = Body.objects.create(
        region=region,
        name="Portefeuillehoudersoverleg",
        short_name="PHO",
        slug="pho",
        kind="pho",
        legal_status="consultation",
        publication_ground="Woo 5.2",
        rules=rules,
    )
    BodyAlias.objects.create(body=body, name="Pfo")
    Region.objects.create(name="Elders", slug="elders")
    assert aliases_of(region) == {
        "pfo": "pho",
        "pho": "pho",
        "portefeuillehoudersoverleg": "pho",
    }
