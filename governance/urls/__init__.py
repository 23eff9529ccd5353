"""Addresses inside a region: Dutch paths, English names. One module per part of the room."""

from governance.urls import decisions, meetings, organisation, proposals, route, writing

app_name = "governance"

urlpatterns = [
    *proposals.urlpatterns,
    *writing.urlpatterns,
    *route.urlpatterns,
    *meetings.urlpatterns,
    *decisions.urlpatterns,
    *organisation.urlpatterns,
]
