"""What machines ask: whether the portal is well, whom to tell of a leak, what not to index."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong with it, it does not answer
        return False
    return True


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers. Without the broker pages work and documents wait."""
    database = answers(lambda: connection.cursor().execute("SELECT 1"))
    broker = answers(lambda: cache.get("health"))
    return JsonResponse({"database": database, "broker": broker}, status=200 if database else 503)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it exists once CONTACT_EMAIL and SECURITY_TXT_EXPIRES are set."""
    if not (settings.CONTACT_EMAIL and settings.SECURITY_TXT_EXPIRES):
        raise Http404
    expires = datetime.combine(settings.SECURITY_TXT_EXPIRES, time(), ZoneInfo("UTC"))
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /account/\nDisallow: /beheer/\n", "text/plain")
