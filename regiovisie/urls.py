"""Addresses: root paths first, then everything of a region under its slug."""

from django.contrib import admin
from django.urls import include, path

from core.views_health import health, robots_txt, security_txt

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("health/", health, name="health"),
    path("robots.txt", robots_txt, name="robots-txt"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
