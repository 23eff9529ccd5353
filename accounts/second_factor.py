"""Who must prove a second factor, and whether this session has done so."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts import devices
from accounts.models import User


class SecondFactor(Enum):
    """How a request stands. Only the last two stop it; TRUSTED_DEVICE lets it read."""

    NOT_NEEDED = "not_needed"
    DONE = "done"
    TRUSTED_DEVICE = "trusted_device"
    TO_CONFIRM = "to_confirm"
    TO_ACTIVATE = "to_activate"


_writers: list[Callable[[User], bool]] = []


def register_writers(answer: Callable[[User], bool]) -> None:
    """An upper room tells who can write there; this room knows no domain."""
    if answer not in _writers:
        _writers.append(answer)


def can_write(user: Any) -> bool:
    """Whether any room lets this person write; who administers the installation always can."""
    return user.is_authenticated and (
        user.is_staff or user.is_superuser or any(answer(user) for answer in _writers)
    )


def has_totp(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def proved_in_session(request: HttpRequest) -> bool:
    """Whether this session holds the proof; the records of another person do not count."""
    return any(
        record.get("method") == "mfa"
        for record in get_authentication_records(request, request.user)
    )


def second_factor_state(request: HttpRequest, *, always: bool = False) -> SecondFactor:
    """How this request stands. `always` asks for the factor whatever the setting (the admin)."""
    user = request.user
    if not user.is_authenticated:
        return SecondFactor.NOT_NEEDED
    if proved_in_session(request):
        return SecondFactor.DONE
    if has_totp(user):
        trusted = devices.trusted_device(request, user) is not None
        return SecondFactor.TRUSTED_DEVICE if trusted else SecondFactor.TO_CONFIRM
    if always or (settings.REQUIRE_SECOND_FACTOR and can_write(user)):
        return SecondFactor.TO_ACTIVATE
    return SecondFactor.NOT_NEEDED


def second_factor_exempt(view: Any) -> Any:
    """Mark a view that asks for no second factor: signing out, public pages, health."""
    view.second_factor_exempt = True
    return view
