"""Addresses: root paths first, then everything of a region under its slug."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("account/", include("accounts.urls")),
]

handler429 = "accounts.views.too_many_attempts"
