"""Pages about the portal itself, for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Claims a status only when the owner of the installation has set one."""
    context = {
        "status": settings.ACCESSIBILITY_STATUS,
        "audit_date": settings.ACCESSIBILITY_AUDIT_DATE,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "regiovisie/accessibility.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "contact": settings.CONTACT_EMAIL,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "device_days": settings.TRUSTED_DEVICE_DAYS,
    }
    return render(request, "regiovisie/privacy.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "regiovisie/help.html", {"contact": settings.CONTACT_EMAIL})
