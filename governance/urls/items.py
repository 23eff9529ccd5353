"""One item of an agenda: read it, and prepare it."""

from django.urls import path

from governance.views import items

MEETING = "vergaderingen/<int:pk>/"
ITEM = f"{MEETING}<int:item>/"

urlpatterns = [
    path(f"{MEETING}standpunten/", items.deadline, name="meeting-deadline"),
    path(ITEM, items.detail, name="item-detail"),
    path(f"{ITEM}standpunt/", items.give_position, name="item-position"),
    path(f"{ITEM}behandeling/", items.treatment, name="item-treatment"),
    path(
        f"{ITEM}standpunten/<int:position>/adviespunt/",
        items.take_over_condition,
        name="item-condition",
    ),
    path(f"{ITEM}annotatie/<int:municipality>/", items.annotate, name="item-annotate"),
    path(f"{ITEM}vraag/", items.ask, name="item-ask"),
    path(f"{ITEM}vragen/<int:question>/", items.answer, name="item-answer"),
    path(f"{ITEM}notitie/", items.keep_note, name="item-note"),
]
