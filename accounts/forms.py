"""The sign-in forms of allauth with our labels: label above the field, no placeholder as label."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.conf import settings
from django.core.cache import cache

from accounts.models import MailPace
from accounts.tokens import sha256_of

LENGTH_HELP = "Minstens 12 tekens. Een zin van een paar woorden is sterk en makkelijk te onthouden."
CODE_HELP = "De zes cijfers uit de app op uw telefoon, of een van uw herstelcodes."
NOT_THE_SAME = "De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."


class OurWords:
    """Gives the fields of a stock form our label and help, and takes their placeholders away."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class TwiceTheSame:
    """The stock check of the second password, with a sentence of our own."""

    def clean(self) -> dict[str, Any]:
        cleaned = super(account_forms.PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)
        return cleaned


class LoginForm(OurWords, account_forms.LoginForm):
    words = {"login": ("E-mailadres", ""), "password": ("Wachtwoord", "")}


class ResetPasswordForm(OurWords, account_forms.ResetPasswordForm):
    words = {"email": ("E-mailadres", "Het adres waarmee u zich aanmeldt.")}


class ResetPasswordKeyForm(OurWords, TwiceTheSame, account_forms.ResetPasswordKeyForm):
    words = {
        "password1": ("Nieuw wachtwoord", LENGTH_HELP),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class ChangePasswordForm(OurWords, TwiceTheSame, account_forms.ChangePasswordForm):
    words = {
        "oldpassword": ("Huidig wachtwoord", ""),
        "password1": ("Nieuw wachtwoord", LENGTH_HELP),
        "password2": ("Nieuw wachtwoord, nog een keer", ""),
    }


class ReauthenticateForm(OurWords, account_forms.ReauthenticateForm):
    words = {"password": ("Wachtwoord", "")}


class OnceOnly:
    """A code works once. allauth forgets a used code after one period, while it accepts more."""

    def clean_code(self) -> str:
        code = super().clean_code()
        periods = 2 * mfa_settings.TOTP_TOLERANCE + 1
        key = f"accounts.used-code:{self.user.pk}:{sha256_of(code)}"
        if not cache.add(key, True, timeout=mfa_settings.TOTP_PERIOD * periods):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OurWords, OnceOnly, mfa_forms.AuthenticateForm):
    """The code while signing in, with the choice to trust this device for reading."""

    words = {"code": ("Code", CODE_HELP)}
    trust = forms.BooleanField(label="Vertrouw dit apparaat om te lezen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = settings.TRUSTED_DEVICE_DAYS
        self.fields["trust"].help_text = (
            f"U leest op dit apparaat dan {days} dagen met alleen uw wachtwoord. Zodra u iets "
            "verandert, vragen wij toch de code. Kies dit niet op een computer van een ander."
        )


class ConfirmSecondFactorForm(OurWords, OnceOnly, mfa_forms.ReauthenticateForm):
    words = {"code": ("Code", CODE_HELP)}


class ActivateTOTPForm(OurWords, totp_forms.ActivateTOTPForm):
    """Keeps the secret of a set-up in progress sealed, also in the session."""

    words = {"code": ("Code uit de app", "De zes cijfers die de app nu laat zien.")}
    session_key = "accounts.totp_in_progress"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = context.request.session
        session.pop(totp.SECRET_SESSION_KEY, None)
        sealed = session.get(self.session_key)
        if sealed and self.is_bound:
            self.secret = get_mfa_adapter().decrypt(sealed)
        else:
            session[self.session_key] = get_mfa_adapter().encrypt(self.secret)


class AcceptInvitationForm(forms.Form):
    """The first password, typed twice; the rules are those of the domain function."""

    password = forms.CharField(
        label="Wachtwoord",
        help_text=LENGTH_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Wachtwoord, nog een keer",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", NOT_THE_SAME)
        return cleaned


class MailPaceForm(forms.Form):
    """How soon to be told what happened in meetings."""

    mail_pace = forms.ChoiceField(
        label="Hoe wilt u mail krijgen?",
        choices=MailPace.choices,
        widget=forms.RadioSelect,
        help_text="Mail over uw account, zoals een nieuw wachtwoord, komt altijd meteen.",
    )
