"""A vote as the secretary sees it: opened, followed, closed, looked at again and confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.components import Crumb
from core.formats import long_date
from governance.domain import ballots
from governance.domain.electorate import Electorate, Voter, electorate_of, equal_weight
from governance.domain.paper_ballots import enter_ballots
from governance.domain.round_count import count_round
from governance.domain.secrecy import log_reading
from governance.enums import RoundState
from governance.forms.proposals import ReasonForm
from governance.forms.voting import (
    BallotsForm,
    LotForm,
    OpenRoundForm,
    RollForm,
    waiting_voters,
)
from governance.models import Meeting, Proposal, Region, VoteRound
from governance.presenting_rules import rules_of
from governance.rules import must, visible_to
from governance.views.base import in_region, refusals_shown
from governance.views.meetings import crumbs
from governance.views.route import form_page, step_or_404
from governance.vote_page import (
    ROUND_TONES,
    count_facts,
    counted_sentence,
    result_sentence,
    roll_lines,
)

# Of a vote that lapsed no numbers are shown: what was voted on comes back.
COUNTED = (RoundState.CLOSED, RoundState.CONFIRMED)


def round_or_404(request: HttpRequest, region: Region, pk: int) -> VoteRound:
    """A vote on a paper that this person may read, in a meeting that she may see."""
    rows = VoteRound.objects.filter(
        meeting__in=visible_to(request.user, Meeting),
        step__proposal__in=visible_to(request.user, Proposal),
    ).select_related("meeting__body__rules", "step__proposal__region", "step__body", "point")
    found = get_object_or_404(rows, meeting__body__region=region, pk=pk)
    found.meeting.body.region = region
    return found


def _kept(request: HttpRequest, region: Region, pk: int) -> VoteRound:
    found = round_or_404(request, region, pk)
    must(request.user, "body.keep", found.meeting.body)
    return found


def _here(vote_round: VoteRound) -> HttpResponse:
    slug = vote_round.meeting.body.region.slug
    return redirect("governance:vote-round", slug, vote_round.pk)


def _to_record(vote_round: VoteRound) -> str:
    step = vote_round.step
    args = [vote_round.meeting.body.region.slug, step.proposal.number, step.pk]
    return reverse("governance:decision-record", args=args)


@in_region
def open_round(
    request: HttpRequest, region: Region, number: int, pk: int, point: int
) -> HttpResponse:
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.keep", step.body)
    asked = get_object_or_404(step.version.points if step.version else [], pk=point)
    log_reading(proposal, request.user, f"beslispunten van voorstel {number}")  # type: ignore[arg-type]
    form = OpenRoundForm(request.POST or None, step=step, point=asked)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = ballots.open_round(
                step,
                asked,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                names=form.candidates(),
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "De stemming is open.")
            return _here(made)
    back = reverse("governance:decision-record", args=[region.slug, number, pk])
    return form_page(
        request,
        proposal,
        title="Stemming openen",
        lead=asked.text,
        form=form,
        button="Stemming openen",
        back=back,
    )


@in_region
def vote_round(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Who voted and who may still; a POST writes down what was said at a roll call."""
    found = _kept(request, region, pk)
    if not request.headers.get("HX-Request"):
        log_reading(found.step.proposal, request.user, f"stemming over {found.step}")  # type: ignore[arg-type]
    electorate = electorate_of(found.step, found.meeting)
    waiting = waiting_voters(found, electorate) if found.state == RoundState.OPEN else []
    sent = request.POST if request.method == "POST" else None
    form = _entry_form(found, waiting, sent)
    if sent is not None and form is not None and form.is_valid() and _entered(request, found, form):
        return _here(found)
    context = _round_context(found, electorate, waiting, form)
    return render(request, "governance/vote_round.html", context)


def _round_context(
    found: VoteRound,
    electorate: Electorate,
    waiting: list[Voter],
    form: RollForm | BallotsForm | None,
) -> dict[str, Any]:
    count = count_round(found)
    return {
        "region": found.meeting.body.region,
        "round": found,
        "crumbs": crumbs(found.meeting, Crumb("Stemming")),
        "pre": f"{found.meeting.body}, {long_date(found.meeting.starts_at)}",
        "place": list(found.point.version.points.values_list("pk", flat=True)).index(found.point_id)
        + 1,
        "tone": ROUND_TONES[found.state],
        # Who did not vote yet stands in the form below, where there is one.
        "lines": roll_lines(count.votes, [] if waiting and not found.secret else waiting),
        "expected": len(count.votes) + len(waiting),
        "voted": len(count.votes),
        "waiting": waiting,
        "form": form,
        "close": ballots.STATES.answer(found, "close"),
        "count": count,
        "facts": count_facts(found, count) if found.state in COUNTED else [],
        "result": counted_sentence(found, count),
        "lot": LotForm(vote_round=found) if count.needs_lot and not found.result else None,
        "recused": electorate.recused,
        "rules": rules_of(found.meeting.body.rules),
        "to_record": _to_record(found),
    }


def _entry_form(
    found: VoteRound, waiting: list[Voter], sent: QueryDict | None
) -> RollForm | BallotsForm | None:
    """What the secretary can write down: the roll as it is called, or ballots of paper. A secret
    vote on devices leaves her nothing to enter."""
    if not waiting:
        return None
    if not found.secret:
        return RollForm(sent, vote_round=found, waiting=waiting)
    if found.votes.exists() or equal_weight(waiting) is None:
        return None
    return BallotsForm(sent, vote_round=found, waiting=waiting)


def _entered(request: HttpRequest, found: VoteRound, form: RollForm | BallotsForm) -> bool:
    user: Any = request.user
    if isinstance(form, RollForm):
        with refusals_shown(request):
            ballots.enter_votes(found, form.choices(), by=user)
        return True
    with form.refusals():
        enter_ballots(found, form.counts(), handed_in=form.who(), by=user)
        return True
    return False


@require_POST
@in_region
def close(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    found = _kept(request, region, pk)
    with refusals_shown(request):
        ballots.close_round(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "De stemming is gesloten. Kijk de telling na en bevestig haar.")
    return _here(found)


@require_POST
@in_region
def confirm(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    found = _kept(request, region, pk)
    form = LotForm(request.POST, vote_round=found)
    lot = form.cleaned_data["lot"] if form.is_valid() else None
    with refusals_shown(request):
        done = ballots.confirm_round(found, by=request.user, lot=lot)  # type: ignore[arg-type]
        messages.success(request, f"De uitslag is bevestigd. {result_sentence(done)}.")
        return redirect(_to_record(found))
    return _here(found)


@in_region
def discard(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    found = _kept(request, region, pk)
    form = ReasonForm(request.POST or None)
    form.fields["why"].help_text = "De stemming telt niet mee. De reden blijft bij de stemming."
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            ballots.discard_round(found, why=form.cleaned_data["why"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, "De stemming is vervallen. U kunt een nieuwe openen.")
            return redirect(_to_record(found))
    return form_page(
        request,
        found.step.proposal,
        title="Stemming laten vervallen",
        form=form,
        button="Laten vervallen",
        back=reverse("governance:vote-round", args=[region.slug, pk]),
    )
