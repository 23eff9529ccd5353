"""The cookie by which a trusted device is known again."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from accounts.models import TrustedDevice
from accounts.tokens import sha256_of
from core import clock

COOKIE = "vertrouwd_apparaat"
_signer = TimestampSigner(salt="accounts.trusted-device")
_BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "iPad": "een iPad",
    "iPhone": "een iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "een Mac",
    "Linux": "Linux",
}


def set_cookie(response: HttpResponse, token: str) -> None:
    """Lay the token in the browser: out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        _signer.sign(token),
        max_age=settings.TRUSTED_DEVICE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def trusted_device(request: HttpRequest, user: Any) -> TrustedDevice | None:
    """The row of this browser, if it belongs to this person and has not expired."""
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return None
    try:
        token = _signer.unsign(cookie)
    except BadSignature:
        return None
    return TrustedDevice.objects.filter(
        token_sha256=sha256_of(token), user_id=user.pk, expires_at__gt=clock.now()
    ).first()


def label_of(request: HttpRequest) -> str:
    """'Chrome op Windows', read from what the browser says about itself."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "Browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return f"{browser} op {system}" if system else browser
