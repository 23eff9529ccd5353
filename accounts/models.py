"""People and how they sign in."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from core import clock


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in with an e-mail address. Without a password: by invitation only.

        Whoever makes the account vouches for the address, so sign-in knows it as verified.
        """
        from allauth.account.models import EmailAddress

        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Administers the installation; gets no right over governed papers from it."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class MailPace(models.TextChoices):
    """How soon somebody is told what happened. Mail about the account itself never waits."""

    AT_ONCE = "at_once", "meteen, een mail per bericht"
    DAILY = "daily", "op werkdagen één mail, om 7.00 uur"


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. `office` is what the screens show: the office, then the name."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=100, blank=True)
    office = models.CharField("functie", max_length=120, blank=True)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("beheert de installatie", default=False)
    date_joined = models.DateTimeField("sinds", default=clock.now)
    mail_pace = models.CharField(
        "mail over vergaderingen", max_length=7, choices=MailPace, default=MailPace.AT_ONCE
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        return self.office or self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.office or self.email

    def get_short_name(self) -> str:
        return str(self)


class Invitation(models.Model):
    """The only way in: a link that lives for some days and sets the first password.

    Only the sha256 of the token is kept, so that a reader of the database cannot use it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self) -> str:
        return f"uitnodiging {self.user_id}"


class TrustedDevice(models.Model):
    """A device on which its owner may read, never write, without the second factor."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="trusted_devices"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField("apparaat", max_length=100)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "vertrouwd apparaat"
        verbose_name_plural = "vertrouwde apparaten"

    def __str__(self) -> str:
        return self.label


class Notice(models.Model):
    """News for somebody, in a mail of its own or in the mail of the day.

    `key` names the reason, so that the same news is told once, also after a change of pace.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=100)
    subject = models.CharField("onderwerp", max_length=200)
    text = models.TextField("bericht")
    created_at = models.DateTimeField(default=clock.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="accounts_notice_once",
                violation_error_message="Dit bericht staat al klaar.",
            )
        ]

    def __str__(self) -> str:
        return self.subject
