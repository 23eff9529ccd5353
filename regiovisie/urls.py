"""Addresses: root paths first, then everything of a region under its slug."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from core.views_health import health, robots_txt, security_txt
from regiovisie.views import home, static_pages

handler429 = "accounts.views.too_many_attempts"

urlpatterns = [
    path("", home.home, name="home"),
    path("beheer/", admin.site.urls),
    path("account/", include("accounts.urls")),
    path("health/", health, name="health"),
    path("robots.txt", robots_txt, name="robots-txt"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("toegankelijkheid/", static_pages.accessibility, name="accessibility"),
    path("privacy/", static_pages.privacy, name="privacy"),
    path("hulp/", static_pages.help_page, name="help"),
    path("", include("core.urls")),
]

if settings.DEBUG or settings.TESTING:
    from core import views_components

    urlpatterns += [path("componenten/", views_components.components_page, name="components")]

# Last: whatever is not a root path is the slug of a region.
urlpatterns += [
    path("<slug:region>/", include("regioagenda.urls")),
    path("<slug:region>/", include("nulmeting.urls")),
    path("<slug:region>/", include("budget.urls")),
    path("<slug:region>/", home.home_region, name="home-region"),
    path("<slug:region>/", include("governance.urls")),
]
