"""Route, advice and secrecy."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
