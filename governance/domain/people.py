"""People of a region: inviting them, helping them in, and the yearly review of who may what.

The acts on the account itself are those of accounts; here is who may do them, and the line in the
trail of the region.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import domain as accounts
from accounts.models import Invitation, User
from core.models import StatusChange
from core.refusal import Refusal, Refused
from governance.models import Membership, Municipality, MunicipalRole, Region, RegionRole
from governance.rules import demand

INVITED = "person_invited"
REVIEWED = "rights_reviewed"


def municipalities_of(region: Region) -> QuerySet[Municipality]:
    """Every municipality that takes part, took part or will take part in the region."""
    return Municipality.objects.filter(participations__region=region).distinct()


def people_of(region: Region) -> QuerySet[User]:
    """Who has or had a membership or role in the region, or was invited for it."""
    members = Membership.objects.filter(body__region=region)
    roles = RegionRole.objects.filter(region=region)
    municipal = MunicipalRole.objects.filter(municipality__in=municipalities_of(region))
    # The trail of the region keeps who was invited: an account belongs to no region by itself.
    invited = StatusChange.of(region).filter(act=INVITED).values_list("after", flat=True)
    return User.objects.filter(
        Q(pk__in=members.values("user"))
        | Q(pk__in=roles.values("user"))
        | Q(pk__in=municipal.values("user"))
        | Q(pk__in=[int(pk) for pk in invited if pk])
    ).order_by("office", "name", "email")


@transaction.atomic
def invite_person(
    region: Region, *, email: str, name: str, office: str, by: User | None
) -> Invitation:
    """Invite somebody for this region; gives no right yet. Refuses who has an account already."""
    demand(by, "region.manage", region)
    invitation, _ = accounts.invite(email, name, office, by=by)
    user = invitation.user
    StatusChange.log(region, act=INVITED, by=by, after=str(user.pk), why=_named(user))
    return invitation


@transaction.atomic
def correct_person(
    region: Region, person: User, *, name: str, office: str, by: User | None
) -> User:
    """Correct the name and the office of somebody of this region.

    Refuses who administers the installation: that account reaches further than one region.
    """
    demand(by, "region.manage", region)
    _of_region(region, person)
    _no_installation(person)
    corrected = accounts.correct_person(person, name=name, office=office, by=by)
    StatusChange.log(region, act="person_corrected", by=by, why=_named(corrected))
    return corrected


@transaction.atomic
def resend_invitation(region: Region, person: User, *, by: User) -> Invitation:
    """Send a new link; the old one stops working."""
    demand(by, "region.manage", region)
    invitation, _ = accounts.resend_invitation(_last_invitation(region, person), by=by)
    StatusChange.log(region, act="invitation_resent", by=by, why=_named(person))
    return invitation


@transaction.atomic
def withdraw_invitation(region: Region, person: User, *, by: User) -> None:
    """Close the link of an invitation that was not used yet."""
    demand(by, "region.manage", region)
    accounts.withdraw_invitation(_last_invitation(region, person), by=by)
    StatusChange.log(region, act="invitation_withdrawn", by=by, why=_named(person))


@transaction.atomic
def reset_second_factor(region: Region, person: User, *, by: User) -> None:
    """Let somebody of this region set the second factor anew.

    Refuses who administers the installation: that account reaches further than one region.
    """
    demand(by, "region.manage", region)
    _of_region(region, person)
    _no_installation(person)
    accounts.reset_second_factor(person, by=by)
    StatusChange.log(region, act="second_factor_reset", by=by, why=_named(person))


@transaction.atomic
def record_review(region: Region, *, by: User) -> None:
    """Say that the list of rights was gone through (BIO2 asks for it every year)."""
    demand(by, "region.manage", region)
    StatusChange.log(region, act=REVIEWED, by=by)


def last_review(region: Region) -> StatusChange | None:
    return StatusChange.of(region).filter(act=REVIEWED).first()


def _named(person: User) -> str:
    """The trail names an office; who is shielded somewhere is named nowhere."""
    shielded = Membership.objects.filter(user=person, shielded=True).exists()
    return "een afgeschermd lid" if shielded else str(person)


def _of_region(region: Region, person: User) -> None:
    if not people_of(region).filter(pk=person.pk).exists():
        raise Refused(Refusal("Deze persoon heeft geen rol in deze regio."))


def _no_installation(person: User) -> None:
    if person.is_superuser or person.is_staff:
        raise Refused(
            Refusal("Deze persoon beheert de installatie. Vraag een andere beheerder daarvan.")
        )


def _last_invitation(region: Region, person: User) -> Invitation:
    _of_region(region, person)
    invitation = person.invitations.order_by("-created_at", "-pk").first()
    if invitation is None:
        raise Refused(Refusal("Deze persoon is niet uitgenodigd."))
    return invitation
