"""Acts on accounts: inviting people, trusting a device, setting the second factor anew."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, TrustedDevice, User
from accounts.tokens import new_token, sha256_of
from core import clock, formats
from core.models import StatusChange
from core.outbox import enqueue_mail
from core.refusal import Answer, Refusal, Refused, require

ASK_AGAIN = "Vraag degene die u uitnodigde om een nieuwe uitnodiging."
UNKNOWN_INVITATION = Refusal(
    f"Deze link klopt niet. Kijk of u de hele link uit de mail hebt gebruikt. {ASK_AGAIN}"
)


@transaction.atomic
def invite(email: str, name: str, office: str, *, by: User | None) -> tuple[Invitation, str]:
    """Invite somebody: a person without a password, a link that lives some days, and the mail.

    Refuses an address that has an account or an open invitation. Somebody whose earlier invitation
    expired or was withdrawn is invited anew. `by` is None for the installation itself.
    """
    email, name, office = email.strip().lower(), name.strip(), office.strip()
    require(_valid_address(email), _fits("name", name), _fits("office", office))
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        user = _new_user(email, name, office)
    else:
        require(_may_be_invited(user))
        user.name, user.office = name, office
        user.save()
    return _send(user, by=by)


@transaction.atomic
def correct_person(user: User, *, name: str, office: str, by: User | None) -> User:
    """Correct how somebody is called; the address to sign in with stays what it is."""
    name, office = name.strip(), office.strip()
    filled: Answer = True if office else Refusal("Vul de functie in.", field="office")
    require(filled, _fits("name", name), _fits("office", office))
    current = User.objects.select_for_update().get(pk=user.pk)
    current.name, current.office = name, office
    current.save()
    StatusChange.log(current, act="corrected", by=by)
    return current


def _new_user(email: str, name: str, office: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name, office=office)
    except IntegrityError:
        reason = "Iemand anders nodigt dit e-mailadres op dit moment ook uit."
        raise Refused(Refusal(reason, field="email")) from None


def _fits(field: str, value: str) -> Answer:
    column: Any = User._meta.get_field(field)
    longest = column.max_length
    if len(value) > longest:
        return Refusal(
            f"Maak de {column.verbose_name} korter: hoogstens {longest} tekens.", field=field
        )
    return True


def _valid_address(email: str) -> Answer:
    if not _fits("email", email):
        return Refusal("Dit e-mailadres is te lang.", field="email")
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("Vul een geldig e-mailadres in, zoals naam@gemeente.nl.", field="email")
    return True


def _may_be_invited(user: User) -> Answer:
    if user.has_usable_password():
        return Refusal("Dit e-mailadres heeft al een account.", field="email")
    if not user.is_active:
        return Refusal("Het account met dit e-mailadres is uitgeschakeld.", field="email")
    if any(invitation_state(invitation) for invitation in user.invitations.all()):
        return Refusal(
            "Dit e-mailadres heeft al een uitnodiging. Stuur die opnieuw of trek hem in.",
            field="email",
        )
    return True


def _send(user: User, *, by: User | None) -> tuple[Invitation, str]:
    token = new_token()
    now = clock.now()
    invitation = Invitation.objects.create(
        user=user,
        token_sha256=sha256_of(token),
        invited_by=by,
        created_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    StatusChange.log(user, act="invite", by=by)
    link = settings.SITE_URL.rstrip("/") + reverse("accounts:invitation", args=[token])
    text = render_to_string(
        "accounts/mail/invitation.txt",
        {"user": user, "by": by, "link": link, "until": formats.long_date(invitation.expires_at)},
    )
    enqueue_mail(
        key=f"invitation:{invitation.pk}",
        to=user.email,
        subject="Uw uitnodiging voor Regiovisie",
        text=text.strip(),
    )
    return invitation, token


def invitation_state(invitation: Invitation) -> Answer:
    """Whether the link still works, or why not and what to do."""
    if invitation.accepted_at:
        return Refusal("Deze uitnodiging is al gebruikt. Meld u aan met uw wachtwoord.")
    if invitation.withdrawn_at:
        return Refusal(f"Deze uitnodiging is ingetrokken. {ASK_AGAIN}")
    if not invitation.user.is_active:
        return Refusal("Dit account is uitgeschakeld. Vraag uw regio om hulp.")
    if clock.now() >= invitation.expires_at:
        until = formats.long_date(invitation.expires_at)
        return Refusal(f"Deze uitnodiging was geldig tot {until}. {ASK_AGAIN}")
    return True


def find_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises Refused when it is unknown, used, withdrawn or expired."""
    invitation = (
        Invitation.objects.filter(token_sha256=sha256_of(token)).select_related("user").first()
    )
    if invitation is None:
        raise Refused(UNKNOWN_INVITATION)
    require(invitation_state(invitation))
    return invitation


@transaction.atomic
def accept_invitation(token: str, password: str) -> User:
    """Set the first password. The link works once; a weak password is refused with the reason."""
    pk = find_invitation(token).pk
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=pk)
    require(invitation_state(invitation))
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(*(Refusal(message, field="password") for message in error.messages)) from None
    set_password(user, password)
    invitation.accepted_at = clock.now()
    invitation.save()
    StatusChange.log(user, act="accept_invitation", by=user)
    return user


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Close the link. Refuses when it was used, withdrawn or expired already."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    require(invitation_state(invitation))
    invitation.withdrawn_at = clock.now()
    invitation.save()
    StatusChange.log(invitation.user, act="withdraw_invitation", by=by)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> tuple[Invitation, str]:
    """Send a new link; the old one stops working. Refuses once the person has a password."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    user = invitation.user
    if user.has_usable_password():
        raise Refused(Refusal("Deze persoon heeft al een account en kan zich aanmelden."))
    if not user.is_active:
        raise Refused(Refusal("Dit account is uitgeschakeld."))
    for older in Invitation.objects.filter(
        user=user, accepted_at__isnull=True, withdrawn_at__isnull=True
    ):
        older.withdrawn_at = clock.now()
        older.save()
    return _send(user, by=by)


def set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save()


def trust_device(user: User, label: str) -> str:
    """Let this person read on this device without the second factor; returns the token for it."""
    token = new_token()
    now = clock.now()
    user.trusted_devices.filter(expires_at__lte=now).delete()
    TrustedDevice.objects.create(
        user=user,
        token_sha256=sha256_of(token),
        label=label[:100] or "Onbekend apparaat",
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=settings.TRUSTED_DEVICE_DAYS),
    )
    return token


def use_device(device: TrustedDevice) -> None:
    device.last_used_at = clock.now()
    device.save(update_fields=["last_used_at"])


def forget_device(device: TrustedDevice, *, by: User) -> None:
    """The device asks for the second factor again. Only its owner forgets it."""
    if device.user_id != by.pk:
        raise Refused(Refusal("Dit apparaat is niet van u."))
    device.delete()


def forget_all_devices(user: User) -> None:
    """After a new password or a new second factor no device is trusted any more."""
    user.trusted_devices.all().delete()


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere: a session may hold the proof of a factor that is gone.

    The table of sessions knows no person, so every live session is opened; this act is rare.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """Take the second factor away from somebody who lost it, and tell that person by mail.

    Who may do this the caller asks (a region's admin, or who administers the installation).
    Refuses your own (there is a page for that) and a person without a second factor.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise Refused(Refusal("U kunt uw eigen tweede factor niet zo weghalen. Vraag een collega."))
    authenticators = Authenticator.objects.filter(user_id=user.pk)
    if not authenticators.exists():
        raise Refused(Refusal("Deze persoon heeft geen tweede factor ingesteld."))
    authenticators.delete()
    forget_all_devices(user)
    end_sessions(user)
    change = StatusChange.log(user, act="reset_second_factor", by=by)
    enqueue_mail(
        key=f"second-factor-reset:{change.pk}",
        to=user.email,
        subject="Uw tweede factor is weggehaald",
        text=render_to_string("accounts/mail/second_factor_reset.txt", {"by": by}).strip(),
    )
