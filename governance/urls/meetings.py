"""Meetings, the calendar and attendance."""

from django.urls import path

from governance.views import agenda, book, calendar, meetings, planning

MEETING = "vergaderingen/<int:pk>/"
AGENDA = f"{MEETING}agenda/"
ITEM = f"{AGENDA}<int:item>/"

urlpatterns = [
    path("vergaderingen/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("vergaderingen/maand/", calendar.month, name="meeting-month"),
    path("vergaderingen/reeks/", calendar.series, name="meeting-series"),
    path("vergaderingen/planning/", planning.picture, name="planning"),
    path("vergaderingen/nieuw/", meetings.new, name="meeting-new"),
    path(MEETING, meetings.meeting_detail, name="meeting-detail"),
    path(f"{MEETING}verzetten/", meetings.move, name="meeting-move"),
    path(f"{MEETING}vervallen/", meetings.cancel, name="meeting-cancel"),
    path(f"{MEETING}bundel/", book.ask, name="meeting-book"),
    path(f"{MEETING}geheime-bijlage/", book.annex, name="meeting-annex"),
    path(f"{MEETING}aanwezig/", meetings.attendance, name="meeting-attendance"),
    path(AGENDA, agenda.edit, name="meeting-agenda"),
    path(f"{AGENDA}volgorde/", agenda.order, name="meeting-agenda-order"),
    path(f"{AGENDA}tijd/", agenda.until, name="meeting-agenda-until"),
    path(f"{AGENDA}nieuw/", agenda.new, name="meeting-agenda-new"),
    path(f"{AGENDA}voorbeeld/", agenda.preview, name="meeting-agenda-preview"),
    path(f"{AGENDA}publiceren/", agenda.publish, name="meeting-agenda-publish"),
    path(f"{AGENDA}stuk/<int:step>/", agenda.paper, name="meeting-agenda-paper"),
    path(f"{AGENDA}versie/<int:number>/", agenda.version, name="meeting-agenda-version"),
    path(f"{ITEM}wijzigen/", agenda.item, name="meeting-agenda-item"),
    path(f"{ITEM}weghalen/", agenda.remove, name="meeting-agenda-remove"),
]
