"""Writing, versions, attachments and import."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
