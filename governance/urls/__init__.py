"""Addresses inside a region: Dutch paths, English names. One module per part of the room."""

from governance.urls import (
    decisions,
    items,
    local,
    meetings,
    minutes,
    organisation,
    proposals,
    route,
    voting,
    writing,
)

app_name = "governance"

urlpatterns = [
    *proposals.urlpatterns,
    *writing.urlpatterns,
    *route.urlpatterns,
    *meetings.urlpatterns,
    *minutes.urlpatterns,
    *items.urlpatterns,
    *decisions.urlpatterns,
    *voting.urlpatterns,
    *local.urlpatterns,
    *organisation.urlpatterns,
]
