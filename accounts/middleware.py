"""Asks for the second factor where it is compulsory; allauth has no setting for that."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.second_factor import SecondFactor, second_factor_state

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# What the way to the second factor itself needs, and signing out.
ALWAYS_OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "accounts:second-factor",
    "admin:logout",
    "admin:jsi18n",
}
OPEN_WHILE_ACTIVATING = {"mfa_activate_totp"}
# Reading on a trusted device does not open what could take the second factor away.
NEEDS_PROOF = {
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "account_change_password",
}


class SecondFactorMiddleware:
    """Stands after the CSRF check, so that only a form of our own is ever carried over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in ALWAYS_OPEN or getattr(view, "second_factor_exempt", False):
            return None
        in_admin = bool(match and "admin" in match.app_names)
        state = second_factor_state(request, always=in_admin)
        if state in {SecondFactor.NOT_NEEDED, SecondFactor.DONE}:
            return None
        if state is SecondFactor.TO_ACTIVATE:
            return None if name in OPEN_WHILE_ACTIVATING else _to_activate(request)
        reading = request.method in SAFE and not in_admin and name not in NEEDS_PROOF
        if state is SecondFactor.TRUSTED_DEVICE and reading:
            return None
        return _ask(request)


def _to_activate(request: HttpRequest) -> HttpResponse:
    """Who can write sets the second factor up first, then goes on to where she was going."""
    if request.method in SAFE:
        request.session["accounts.after_activation"] = request.get_full_path()
    return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code. A refused form is carried on in the page, so that nothing typed is lost.

    A background request (htmx) gets a 403 and leaves the page, with what was typed, as it is; the
    form that is sent in the end asks for the code.
    """
    from accounts.views import carry_on

    target = request.get_full_path()
    if request.method in SAFE:
        query = urlencode({"next": target})
        return HttpResponseRedirect(f"{reverse('accounts:second-factor')}?{query}")
    background = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    if background or request.method != "POST" or not _is_form(request):
        return HttpResponse(
            "Bevestig eerst met de code uit uw app dat u het bent.",
            status=403,
            content_type="text/plain; charset=utf-8",
            headers={"HX-Trigger": "second-factor-needed"},
        )
    return carry_on(request, target)


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}
