"""A new region: an act of the installation, for it gives the first right in the region."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Refusal, Refused
from governance.domain.organisation import as_refusals, keep
from governance.domain.people import invite_person
from governance.enums import RegionRoleKind
from governance.models import Region, RegionForm, RegionRole

FIRST_OFFICE = "regiobeheerder"


@transaction.atomic
def new_region(
    *,
    name: str,
    slug: str,
    school_region: str,
    legal_form: str,
    admin: str,
    legal_name: str = "",
    host: str = "",
    office: str = FIRST_OFFICE,
) -> RegionRole:
    """Begin a region with its legal form; returns the role of its first admin.

    `admin` is an e-mail address. Without an account it gets an invitation. Refuses an address of
    the portal or of a region that is taken, and what is not valid.
    """
    if not name.strip():
        raise Refused(Refusal("Vul de naam van de regio in.", field="name"))
    if Region.objects.filter(slug=slug.strip()).exists():
        raise Refused(Refusal(f"Het korte adres '{slug.strip()}' is al van een regio.", "slug"))
    region = Region(name=name.strip(), slug=slug.strip(), school_region=school_region)
    try:
        region.full_clean()
    except ValidationError as error:
        raise Refused(*as_refusals(error)) from None
    region.save()
    StatusChange.log(region, act="created", by=None)
    form = RegionForm(
        region=region,
        legal_form=legal_form,
        legal_name=legal_name.strip() or region.name,
        host=host.strip(),
    )
    keep(form, region, by=None)
    person = User.objects.filter(email=admin.strip().lower(), is_active=True).first()
    if person is None or not person.has_usable_password():
        person = invite_person(region, email=admin, name="", office=office, by=None).user
    role = RegionRole(
        region=region, user=person, role=RegionRoleKind.ADMIN, valid_from=clock.today()
    )
    return keep(role, region, by=None)
