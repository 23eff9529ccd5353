"""Voting on one's own device: what is asked now, and one vote."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Crumb
from core.formats import long_date
from core.refusal import Refused
from governance.domain import ballots
from governance.domain.electorate import Voter, electorate_of
from governance.domain.round_count import running_round
from governance.domain.secrecy import log_reading
from governance.enums import RoundState
from governance.forms.voting import VoteForm
from governance.models import Meeting, Region, VoteRound
from governance.rules import can_read, must
from governance.views.base import in_region, is_key, meeting_or_404
from governance.views.meetings import crumbs
from governance.visible import hidden_decisions
from governance.vote_page import result_sentence


@in_region
def vote(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The vote of this moment, with a form for every vote this person may still cast."""
    meeting = meeting_or_404(request, region, pk)
    must(request.user, "body.vote", meeting.body)
    current = running_round(meeting)
    if current is not None and not can_read(request.user, current.step.proposal):
        current = None
    if request.method == "POST":
        return _cast(request, meeting)
    if current is not None and not request.headers.get("HX-Request"):
        log_reading(current.step.proposal, request.user, f"stemming over {current.step}")  # type: ignore[arg-type]
    context = {
        "region": region,
        "meeting": meeting,
        "crumbs": crumbs(meeting, Crumb("Stemmen")),
        "pre": f"{meeting.body}, {long_date(meeting.starts_at)}",
        **_now(request, meeting, current),
    }
    return render(request, "governance/vote_member.html", context)


def _now(request: HttpRequest, meeting: Meeting, current: VoteRound | None) -> dict[str, Any]:
    if current is None or current.state != RoundState.OPEN:
        return {"round": current, "last": None if current else _last(request, meeting)}
    forms, voted = [], False
    for voter in _mine(request, current):
        if current.votes.filter(member=voter.member).exists():
            voted = True
        else:
            form = VoteForm(vote_round=current, voter=voter)
            forms.append((voter, form))
    return {"round": current, "forms": forms, "voted": voted, "why_not": _why_not(request, current)}


def _mine(request: HttpRequest, current: VoteRound) -> list[Voter]:
    voters = electorate_of(current.step, current.meeting).voters
    return [voter for voter in voters if voter.hand == request.user.pk]


def _why_not(request: HttpRequest, current: VoteRound) -> str:
    """Why this member has no vote now; empty when she has or had one."""
    if _mine(request, current):
        return ""
    return ballots.why_not(current, request.user).reason  # type: ignore[arg-type]


def _last(request: HttpRequest, meeting: Meeting) -> dict[str, Any] | None:
    """The last result of this meeting, on a paper this person may read; none of a decision that
    became secret outside her circle."""
    done = meeting.rounds.filter(state=RoundState.CONFIRMED).select_related("step__proposal").last()
    if done is None or not can_read(request.user, done.step.proposal):
        return None
    if hidden_decisions(request.user).filter(step=done.step_id).exists():
        return None
    return {"text": done.text, "result": result_sentence(done)}


def _cast(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The vote goes to the round of the page it was cast on, also when that is over by now."""
    here = redirect("governance:vote-member", meeting.body.region.slug, meeting.pk)
    key = request.POST.get("round", "")
    asked = meeting.rounds.filter(pk=int(key)).first() if is_key(key) else None
    if asked is None or not can_read(request.user, asked.step.proposal):
        messages.error(request, "Deze stemming is er niet.")
        return here
    mine = {str(voter.member.pk): voter for voter in _mine(request, asked)}
    voter = mine.get(request.POST.get("member", ""))
    choice = request.POST.get(f"stem-{voter.member.pk}-choice", "") if voter else ""
    try:
        ballots.cast_vote(
            asked,
            choice,
            by=request.user,  # type: ignore[arg-type]
            member=voter.member if voter else None,
        )
        messages.success(request, "Uw stem is geteld.")
    except Refused as refused:
        for refusal in refused.refusals:
            messages.error(request, refusal.reason)
    return here
