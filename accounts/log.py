"""One log line per event of signing in: who, from where, what; never what was typed."""

from typing import Any

import structlog
from allauth.account import signals as account_signals
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver

from accounts.models import User

log = structlog.get_logger("accounts")


def _origin(request: Any) -> str | None:
    return get_client_ip(request) if request is not None else None


@receiver(auth_signals.user_logged_in)
def signed_in(request: Any, user: Any, **_: Any) -> None:
    log.info("signed_in", user=user.pk, ip=_origin(request))


@receiver(auth_signals.user_logged_out)
def signed_out(request: Any, user: Any, **_: Any) -> None:
    log.info("signed_out", user=user.pk if user else None, ip=_origin(request))


@receiver(auth_signals.user_login_failed)
def sign_in_failed(credentials: Any, request: Any = None, **_: Any) -> None:
    """Names the person only when the address exists: else a mistyped password would be logged."""
    user = User.objects.filter(email=credentials.get("email", "")).values_list("pk", flat=True)
    log.warning("sign_in_failed", user=user.first(), ip=_origin(request))


@receiver(mfa_signals.authentication_failed)
def second_factor_failed(request: Any, user: Any, **_: Any) -> None:
    log.warning("second_factor_failed", user=user.pk, ip=_origin(request))


@receiver(mfa_signals.authenticator_used)
def second_factor_used(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    log.info("second_factor_used", user=user.pk, type=str(authenticator.type), ip=_origin(request))


@receiver(mfa_signals.authenticator_added)
def second_factor_added(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    log.info("second_factor_added", user=user.pk, type=str(authenticator.type), ip=_origin(request))


@receiver(mfa_signals.authenticator_removed)
def second_factor_removed(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    log.warning(
        "second_factor_removed", user=user.pk, type=str(authenticator.type), ip=_origin(request)
    )


@receiver(mfa_signals.authenticator_reset)
def recovery_codes_renewed(request: Any, user: Any, **_: Any) -> None:
    log.info("recovery_codes_renewed", user=user.pk, ip=_origin(request))


@receiver([account_signals.password_changed, account_signals.password_reset])
def password_changed(request: Any, user: Any, **_: Any) -> None:
    log.info("password_changed", user=user.pk, ip=_origin(request))
