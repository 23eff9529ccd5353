"""Route, advice and secrecy."""

from django.urls import path

from governance.views import advice, planning, route, secrecy

PROPOSAL = "voorstellen/<int:number>/"
STEP = f"{PROPOSAL}halte/<int:pk>/"

urlpatterns = [
    path(f"{PROPOSAL}route/", route.edit, name="route-edit"),
    path(f"{PROPOSAL}planning/", planning.planner, name="route-planner"),
    path(f"{PROPOSAL}route/sjabloon/", route.apply_template, name="route-template"),
    path(f"{PROPOSAL}route/halte/", route.add_step, name="step-add"),
    path(f"{STEP}plannen/", route.plan, name="step-plan"),
    path(f"{STEP}plaats/", route.move, name="step-move"),
    path(f"{STEP}weg/", route.remove, name="step-remove"),
    path(f"{STEP}overslaan/", route.skip, name="step-skip"),
    path(f"{STEP}toch-opnemen/", route.restore, name="step-restore"),
    path(f"{STEP}agenda/", route.put_on_agenda, name="step-agenda"),
    path(f"{STEP}definitief/", route.finalise, name="step-finalise"),
    path(f"{STEP}behandeld/", route.handle, name="step-handle"),
    path(f"{STEP}aanhouden/", route.hold_over, name="step-hold-over"),
    path(f"{STEP}advies/", advice.record, name="advice-record"),
    path(f"{PROPOSAL}advies/", advice.record_outside, name="advice-record-outside"),
    path(f"{PROPOSAL}advies/<int:pk>/antwoord/", advice.answer, name="advice-answer"),
    path(f"{PROPOSAL}geheimhouding/", secrecy.impose_on_proposal, name="secrecy-proposal"),
    path(
        f"{PROPOSAL}bijlagen/<int:pk>/geheimhouding/",
        secrecy.impose_on_attachment,
        name="secrecy-attachment",
    ),
    path(
        "besluiten/<str:number>/geheimhouding/",
        secrecy.impose_on_decision,
        name="secrecy-decision",
    ),
    path("geheimhouding/<int:pk>/opheffen/", secrecy.lift, name="secrecy-lift"),
    path("geheimhouding/<int:pk>/inzage/", secrecy.readings, name="secrecy-readings"),
]
