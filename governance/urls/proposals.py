"""Lists and pages of proposals."""

from django.urls import path

from governance.views import proposals

urlpatterns = [
    path("voorstellen/", proposals.ProposalList.as_view(), name="proposal-list"),
    path("voorstellen/<int:number>/", proposals.proposal_detail, name="proposal-detail"),
    path("voorstellen/<int:number>/indienen/", proposals.submit, name="proposal-submit"),
    path("voorstellen/<int:number>/stand/<slug:act>/", proposals.change, name="proposal-change"),
    path(
        "voorstellen/<int:number>/versies/<int:version>/",
        proposals.version_detail,
        name="version-detail",
    ),
    path(
        "voorstellen/<int:number>/versies/<int:old>/vergelijk/<int:new>/",
        proposals.compare,
        name="version-compare",
    ),
]
