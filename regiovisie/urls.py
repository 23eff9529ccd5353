"""Addresses: root paths first, then everything of a region under its slug."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("", include("core.urls")),
]
