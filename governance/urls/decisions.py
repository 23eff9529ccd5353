"""Decisions and their memo."""

from django.urls import path

from governance.views import decisions

DECISION = "besluiten/<str:number>/"

urlpatterns = [
    path(
        "voorstellen/<int:number>/halte/<int:pk>/besluit/",
        decisions.record,
        name="decision-record",
    ),
    path("besluiten/", decisions.DecisionList.as_view(), name="decision-list"),
    path(DECISION, decisions.decision_detail, name="decision-detail"),
    path(f"{DECISION}definitief/", decisions.finalise, name="decision-finalise"),
    path(f"{DECISION}publiceren/", decisions.publish, name="decision-publish"),
    path(f"{DECISION}vervangen/", decisions.replace, name="decision-replace"),
    path(f"{DECISION}memo/", decisions.memo, name="decision-memo"),
]
