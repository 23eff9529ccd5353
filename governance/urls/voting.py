"""Votes in a meeting, who takes part in them, and the second meeting."""

from django.urls import path

from governance.views import voting, voting_member, voting_roll

STOP = "voorstellen/<int:number>/halte/<int:pk>/"
ROUND = "stemmingen/<int:pk>/"
MEETING = "vergaderingen/<int:pk>/"

urlpatterns = [
    path(f"{STOP}stemming/<int:point>/", voting.open_round, name="vote-open"),
    path(ROUND, voting.vote_round, name="vote-round"),
    path(f"{ROUND}sluiten/", voting.close, name="vote-close"),
    path(f"{ROUND}bevestigen/", voting.confirm, name="vote-confirm"),
    path(f"{ROUND}vervallen/", voting.discard, name="vote-discard"),
    path(f"{MEETING}stemmen/", voting_member.vote, name="vote-member"),
    path(f"{STOP}onthouding/", voting_roll.recuse, name="vote-recuse"),
    path("onthoudingen/<int:pk>/", voting_roll.undo_recusal, name="vote-recusal-undo"),
    path(f"{MEETING}volmacht/", voting_roll.proxy, name="meeting-proxy"),
    path(f"{MEETING}opnieuw/", voting_roll.second_call, name="meeting-second"),
]
