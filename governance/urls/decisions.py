"""Decisions and their memo."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
