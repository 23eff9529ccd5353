"""Addresses: root paths first, then everything of a region under its slug."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("account/", include("allauth.urls")),
    # Last: whatever is not a root path is the slug of a region.
    path("<slug:region>/", include("governance.urls")),
]
