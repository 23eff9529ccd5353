"""A region begins with its legal form and a first admin, who does the rest on screen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from core.models import OutboxMail, StatusChange
from governance.enums import LegalForm, RegionRoleKind
from governance.models import Region, RegionForm, RegionRole
from tests import factories as make

pytestmark = pytest.mark.django_db


def new_region(**changed):
    options = {
        "name": "Veluwe",
        "slug": "veluwe",
        "school_region": "midden",
        "legal_form": "public_body",
        "admin": "beheer@veluwe.example",
    }
    out = StringIO()
    given = options | changed
    call_command("new_region", given.pop("name"), stdout=out, **given)
    return out.getvalue()


def test_a_region_with_its_form_and_its_admin():
    said = new_region()
    region = Region.objects.get()
    assert (region.name, region.slug, region.school_region) == ("Veluwe", "veluwe", "midden")
    form = RegionForm.objects.get(region=region)
    assert (form.legal_form, form.legal_name) == (LegalForm.PUBLIC_BODY, "Veluwe")
    role = RegionRole.objects.get(region=region)
    assert (role.user.email, role.role) == ("beheer@veluwe.example", RegionRoleKind.ADMIN)
    assert role.user.office == "regiobeheerder"
    assert [line.act for line in StatusChange.of(region)] == [
        *("added", "person_invited", "added", "created"),
    ]
    assert OutboxMail.objects.get().to == "beheer@veluwe.example"
    assert said == (
        "De regio Veluwe staat op /veluwe/. De uitnodiging is verstuurd naar "
        "beheer@veluwe.example.\n"
    )


def test_somebody_with_an_account_needs_no_invitation():
    person = make.user("regiomanager", email="manager@veluwe.example", password="een lange zin")
    said = new_region(admin="Manager@Veluwe.example")
    assert RegionRole.objects.get().user == person
    assert not OutboxMail.objects.exists()
    assert said == "De regio Veluwe staat op /veluwe/. Beheerder: regiomanager.\n"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"slug": "account"}, "'account' is al een adres van het portaal; kies een ander."),
        ({"slug": "bestaat"}, "Het korte adres 'bestaat' is al van een regio."),
        ({"name": " "}, "Vul de naam van de regio in."),
        (
            {"admin": "geen adres"},
            "Vul een geldig e-mailadres in, zoals naam@gemeente.nl.",
        ),
    ],
)
def test_what_is_refused_leaves_nothing_behind(changed, reason):
    make.region("Bestaat", slug="bestaat")
    with pytest.raises(CommandError) as refused:
        new_region(**changed)
    assert str(refused.value) == reason
    assert Region.objects.count() == 1
    assert not User.objects.exists()


def test_a_legal_form_that_is_none_is_refused():
    with pytest.raises(CommandError, match="public_body"):
        call_command("new_region", "Veluwe", slug="veluwe", legal_form="bv", admin="a@b.example")
