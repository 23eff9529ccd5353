"""In and after the meeting: record, action points, decision list, written round, urgent route."""

from django.urls import path

from governance.views import actions, lists, minutes, written

MEETING = "vergaderingen/<int:pk>/"
ITEM = f"{MEETING}verslag/<int:item>/"
STEP = "voorstellen/<int:number>/halte/<int:pk>/"

urlpatterns = [
    path(f"{MEETING}verslag/", minutes.start, name="meeting-minutes"),
    path(ITEM, minutes.item, name="minutes-item"),
    path(f"{ITEM}advies/", minutes.add_advice, name="minutes-advice"),
    path(f"{ITEM}actiepunt/", minutes.add_action, name="minutes-action"),
    path(f"{ITEM}uitkomst/", minutes.settle, name="minutes-settle"),
    path(f"{MEETING}afronden/", minutes.conclude, name="meeting-conclude"),
    path(f"{MEETING}besluitenlijst/", lists.detail, name="list-detail"),
    path(f"{MEETING}besluitenlijst/maken/", lists.make, name="list-make"),
    path(f"{MEETING}besluitenlijst/publiceren/", lists.publish, name="list-publish"),
    path(f"{MEETING}besluitenlijst/vaststellen/", lists.adopt, name="list-adopt"),
    path("actiepunten/", actions.ActionList.as_view(), name="action-list"),
    path("actiepunten/nieuw/", actions.new, name="action-new"),
    path("actiepunten/<int:pk>/", actions.detail, name="action-detail"),
    path("actiepunten/<int:pk>/<slug:act>/", actions.change, name="action-change"),
    path(f"{STEP}schriftelijk/", written.new, name="round-new"),
    path(f"{STEP}spoed/", written.skip_urgently, name="step-urgent"),
    path("schriftelijk/<int:pk>/", written.detail, name="round-detail"),
    path("schriftelijk/<int:pk>/sluiten/", written.close, name="round-close"),
    path("schriftelijk/<int:pk>/vergadering/", written.stop, name="round-stop"),
]
