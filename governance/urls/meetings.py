"""Meetings and attendance."""

from django.urls import path

from governance.views import meetings

MEETING = "vergaderingen/<int:pk>/"

urlpatterns = [
    path("vergaderingen/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("vergaderingen/nieuw/", meetings.new, name="meeting-new"),
    path(MEETING, meetings.meeting_detail, name="meeting-detail"),
    path(f"{MEETING}verzetten/", meetings.move, name="meeting-move"),
    path(f"{MEETING}vervallen/", meetings.cancel, name="meeting-cancel"),
    path(f"{MEETING}aanwezig/", meetings.attendance, name="meeting-attendance"),
]
