"""How allauth behaves here: nobody registers, mail goes through the outbox, secrets are sealed."""

import base64
import hashlib
import time
import uuid
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.urls import reverse

from accounts.domain import forget_all_devices, set_password
from core import clock, formats
from core.outbox import enqueue_mail

STOCK_STAGE = "allauth.mfa.stages.AuthenticateStage"
OUR_STAGE = "accounts.stages.SecondFactorStage"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is uitgeschakeld. Vraag uw regio om hulp.",
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. "
        "Probeer het opnieuw of kies 'Wachtwoord vergeten'.",
        "enter_current_password": "Dit is niet uw huidige wachtwoord.",
        "incorrect_code": "Deze code klopt niet of is al gebruikt. Wacht op de volgende code.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_login": "Aanmelden is niet gelukt. Probeer het opnieuw.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "rate_limited": f"Te veel pogingen. Wacht {settings.RATE_LIMIT_MINUTES} minuten "
        "en probeer het dan opnieuw.",
        "too_many_login_attempts": "Te vaak een verkeerde poging. Wacht "
        f"{settings.RATE_LIMIT_MINUTES} minuten en probeer het dan opnieuw.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [OUR_STAGE if s == STOCK_STAGE else s for s in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: Any) -> str:
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it: the password alone would be weaker."""
        methods = super().get_reauthentication_methods(user)
        return [m for m in methods if m["id"] == "mfa_reauthenticate"] or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago is proof enough; allauth would ask the password again."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if records and records[-1]["at"] > since:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def set_password(self, user: Any, password: str) -> None:
        set_password(user, password)
        forget_all_devices(user)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Not for who never accepted the invitation: a withdrawn one would open after all."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        now = clock.now()
        when = f"{formats.long_date(now)}, {formats.clock_time(now)}"
        message = self.render_mail(template_prefix, email, {"email": email, "when": when} | context)
        enqueue_mail(
            key=f"{template_prefix}:{uuid.uuid4()}",
            to=email,
            subject=str(message.subject),
            text=str(message.body),
        )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "U kunt de tweede factor niet uitzetten: wie in het "
        "portaal schrijft, heeft hem nodig.",
        "cannot_generate_recovery_codes": "Zet eerst de tweede factor aan.",
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unreadable": "Uw tweede factor kan niet meer worden gelezen. Vraag uw regio om hem "
        "opnieuw te laten instellen.",
        "unverified_email": "Uw e-mailadres is nog niet bevestigd. Vraag uw regio om hulp.",
    }

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Refuses what it cannot open: an empty secret would accept codes that anyone can make."""
        try:
            return _sealer().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise self.validation_error("unreadable") from None

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        from accounts.second_factor import can_write

        return not (settings.REQUIRE_SECOND_FACTOR and can_write(authenticator.user))


def _sealer() -> MultiFernet:
    """The first key seals, every key opens, so that a key can be replaced."""
    keys = settings.MFA_KEY or [settings.SECRET_KEY]
    digests = [hashlib.sha256(b"regiovisie.second-factor:" + key.encode()) for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(d.digest())) for d in digests])
