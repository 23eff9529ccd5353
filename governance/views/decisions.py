"""Decisions: recorded point by point, found, read, made final, published, replaced."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import ListView

from core.components import Crumb, Link
from core.documents import document_of, get_kind
from core.drafts import committed, draft_of
from core.formats import long_date
from core.models import Document, StatusChange
from core.panels import panels
from core.refusal import Refusal
from governance.agenda import outcome_summary
from governance.decision_page import (
    DECISION_TONES,
    decided_points,
    decision_facts,
    how_long,
    now_for_decision,
)
from governance.documents import MEMO
from governance.domain import attendance, decisions, meetings
from governance.domain.round_count import running_round
from governance.domain.second_meeting import can_call_second
from governance.domain.secrecy import log_listed, log_reading, secrecies_over
from governance.enums import DecisionState, Outcome
from governance.forms.decisions import DecisionFilterForm, RecordForm, ReplaceForm
from governance.minutes_live import back_to_meeting
from governance.models import Decision, Proposal, Region, RouteStep
from governance.queries import trail_of
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import RegionPage, decision_or_404, in_region, refusals_shown
from governance.views.proposals import crumbs as proposal_crumbs
from governance.views.route import step_or_404

PER_PAGE = 20
NEWEST_FIRST = ("-decided_on", "-year", "-sequence")


# Recording --------------------------------------------------------------------------------------


@in_region
def record(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    """Point by point. What cannot be recorded yet says why, and where to go."""
    proposal, step = step_or_404(request, region, number, pk)
    must(request.user, "body.keep", step.body)
    if made := visible_to(request.user, Decision).filter(step=step).first():
        return redirect("governance:decision-detail", region.slug, made.number)
    log_reading(proposal, request.user, f"beslispunten van voorstel {number}")  # type: ignore[arg-type]
    key = f"decision:{step.pk}"
    draft = draft_of(request.user, key)
    initial = {"valid_from": timezone.localdate(step.meeting.starts_at)} if step.meeting else {}
    initial |= draft.data if draft else {}
    if asks_all_adopted(request):
        initial |= RecordForm.all_adopted(step)
    form = RecordForm(request.POST or None, step=step, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            decision = decisions.record_decision(
                step,
                form.outcomes(),
                validity=form.validity(),
                note=form.cleaned_data["note"],
                by=request.user,  # type: ignore[arg-type]
            )
            committed(request, key)
            messages.success(
                request, "Het besluit is vastgelegd. Lees het na en maak het dan definitief."
            )
            there = back_to_meeting(step.meeting, step)
            detail = reverse("governance:decision-detail", args=[region.slug, decision.number])
            return redirect(there or detail)
    return _record_page(request, proposal, step, form=form, draft=draft, draft_key=key)


def asks_all_adopted(request: HttpRequest) -> bool:
    return request.GET.get("alles") == Outcome.ADOPTED.label


def _record_page(
    request: HttpRequest, proposal: Proposal, step: RouteStep, *, form: RecordForm, **extra: Any
) -> HttpResponse:
    refusals = decisions.can_decide(step)
    slug = proposal.region.slug
    meeting_url = back_to_meeting(step.meeting, step)
    context = {
        "region": proposal.region,
        "proposal": proposal,
        "step": step,
        "form": form,
        "refusals": [(refusal.reason, _way_out(step, refusal)) for refusal in refusals],
        # What was typed stays in sight, also when it can no longer be recorded.
        "shows_form": form.is_bound or not refusals,
        "can_adopt_all": not form.is_bound and list(form.rounds.values()).count(None) > 1,
        "all_adopted": not form.is_bound
        and asks_all_adopted(request)
        and set(form.rounds.values()) == {None},
        **_who_takes_part(step),
        "crumbs": proposal_crumbs(proposal, Crumb("Besluit vastleggen")),
        "back": meeting_url or reverse("governance:proposal-detail", args=[slug, proposal.number]),
        "in_meeting": bool(meeting_url),
        **extra,
    }
    return render(request, "governance/decision_record.html", context)


def _who_takes_part(step: RouteStep) -> dict[str, Any]:
    """Attendance, quorum and recusals, and whether a vote runs or can be opened."""
    if step.meeting is None:
        return {"present": 0}
    rules, running = step.body.rules, running_round(step.meeting)
    return {
        "present": step.meeting.attendances.filter(present=True).count(),
        "quorum": attendance.count_quorum(step.meeting, step),
        "can_correct": bool(attendance.attendance_answer(step.meeting)),
        "second_call": attendance.asks_no_quorum(step.meeting, step),
        "recusals": step.recusals.select_related("membership__user"),
        "running": running,
        "can_open_rounds": running is None and (rules.may_call_roll or rules.may_vote_secretly),
    }


def _way_out(step: RouteStep, refusal: Refusal) -> Link:
    """Where the reason can be taken away."""
    slug = step.proposal.region.slug
    if refusal.field == "present" and step.meeting_id:
        url = reverse("governance:meeting-attendance", args=[slug, step.meeting_id])
        return Link("Aanwezigheid vastleggen", url)
    if refusal.field == "quorum" and step.meeting and can_call_second(step.meeting):
        url = reverse("governance:meeting-second", args=[slug, step.meeting_id])
        return Link("Tweede vergadering uitschrijven", url)
    if refusal.field == "quorum":
        url = reverse("governance:step-hold-over", args=[slug, step.proposal.number, step.pk])
        return Link("Aanhouden", url)
    if step.meeting and refusal == meetings.has_begun(step.meeting):
        url = reverse("governance:meeting-detail", args=[slug, step.meeting.pk])
        return Link("Naar de vergadering", url)
    url = reverse("governance:proposal-detail", args=[slug, step.proposal.number])
    return Link("Naar het voorstel", url)


# Finding ----------------------------------------------------------------------------------------


class DecisionList(RegionPage, ListView):  # type: ignore[type-arg]
    """Decisions this person may read, newest first; filtered by words, year and body."""

    template_name = "governance/decision_list.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> list[int]:  # type: ignore[override]
        # Who may read what is asked once; years, bodies, count and page all come from the answer,
        # and only the twenty rows of the page are read with what belongs to them.
        readable = visible_to(self.request.user, Decision).filter(region=self.region)
        found = list(readable.order_by(*NEWEST_FIRST).values_list("pk", "year", "body"))
        self.form = DecisionFilterForm(
            self.request.GET or None,
            years={year for _, year, _ in found},
            bodies={body for _, _, body in found},
        )
        return self.form.narrow(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = Decision.objects.filter(pk__in=context["object_list"]).order_by(*NEWEST_FIRST)
        shown = list(rows.select_related("version", "body", "proposal").prefetch_related("points"))
        secret = _secret(self.request.user, shown)
        context["rows"] = [
            {
                "decision": decision,
                "tone": DECISION_TONES[decision.state],
                "outcome": outcome_summary(decision.points.all()),
                "how_long": how_long(decision),
                "secret": decision.pk in secret,
                "example": decision.example or decision.proposal.example,
            }
            for decision in shown
        ]
        context["form"] = self.form
        return context


def _secret(user: Any, rows: list[Decision]) -> set[int]:
    """Which of the decisions are secret now, of themselves or by their proposal; that this person
    saw them is written down."""
    found = log_listed(user, decisions=[row.pk for row in rows])
    own = {secrecy.decision_id for secrecy in found}
    by_proposal = {secrecy.proposal_id for secrecy in found} - {None}
    return {row.pk for row in rows if row.pk in own or row.proposal_id in by_proposal}


# Reading ----------------------------------------------------------------------------------------


def _decision(request: HttpRequest, region: Region, number: str) -> Decision:
    decision = decision_or_404(request, region, number)
    rows = Decision.objects.select_related(
        "region", "body__rules", "meeting", "version", "proposal__author_body", "replaced_by"
    )
    return rows.get(pk=decision.pk)


def _keeper(request: HttpRequest, region: Region, number: str) -> Decision:
    """The decision, for the secretary of the body; 403 for another reader."""
    decision = _decision(request, region, number)
    must(request.user, "body.keep", decision.body)
    return decision


def crumbs(decision: Decision, *more: Crumb) -> list[Crumb]:
    slug = decision.region.slug
    here = reverse("governance:decision-detail", args=[slug, decision.number])
    return [
        Crumb("Besluiten", reverse("governance:decision-list", args=[slug])),
        Crumb(f"Besluit {decision.number}", here if more else ""),
        *more,
    ]


@require_GET
@in_region
def decision_detail(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    decision = _decision(request, region, number)
    log_reading(decision, request.user, f"besluit {decision.number}")  # type: ignore[arg-type]
    keeps = bool(may(request.user, "body.keep", decision.body))
    readable = visible_to(request.user, Decision)
    document = document_of(MEMO, decision)
    secrecies = list(secrecies_over(decision).select_related("imposed_by"))
    for secrecy in secrecies:
        secrecy.kept = secrecy.imposed_by_id in standing_of(request.user).secretary_of  # type: ignore[attr-defined]
    context = {
        "region": region,
        "decision": decision,
        "crumbs": crumbs(decision),
        "pre": f"Besluit {decision.number} · {decision.body}, {long_date(decision.decided_on)}",
        "tone": DECISION_TONES[decision.state],
        "example": decision.example or decision.proposal.example,
        "how_long": how_long(decision),
        "now": now_for_decision(decision) if keeps else None,
        "points": decided_points(decision),
        "facts": decision_facts(decision, request.user),
        "replaced_by": readable.filter(pk=decision.replaced_by_id).first(),
        "replaces": readable.filter(replaced_by=decision).order_by("year", "sequence"),
        "secrecies": secrecies,
        "keeps": keeps,
        "document": document,
        "kind": get_kind(MEMO),
        "can_make_memo": keeps
        and decision.state != DecisionState.RECORDED
        and (document is None or document.status == Document.Status.FAILED),
        "can_replace": keeps and bool(decisions.STATES.answer(decision, "replace")),
        "trail": trail_of(StatusChange.of(decision)[:50]),
        "panels": panels("decision", decision, request.user),
    }
    return render(request, "governance/decision_detail.html", context)


# Acts of the secretary --------------------------------------------------------------------------


def _confirmed(
    request: HttpRequest,
    decision: Decision,
    act: Callable[..., Decision],
    *,
    done: str,
    **page: str,
) -> HttpResponse:
    """Ask once, then carry out an act that cannot be undone."""
    slug = decision.region.slug
    if request.method == "POST":
        with refusals_shown(request):
            act(decision, by=request.user)
            messages.success(request, done)
        return redirect("governance:decision-detail", slug, decision.number)
    context = {
        "region": decision.region,
        "cancel_url": reverse("governance:decision-detail", args=[slug, decision.number]),
        **page,
    }
    return render(request, "confirm.html", context)


@in_region
def finalise(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    return _confirmed(
        request,
        _keeper(request, region, number),
        decisions.finalise_decision,
        question="Besluit definitief maken?",
        consequence="Daarna verandert er niets meer aan het besluit. Het besluitmemo wordt "
        "gemaakt en wie het voorstel mag lezen, ziet het besluit.",
        button="Definitief maken",
        done="Het besluit is definitief. Het besluitmemo wordt gemaakt.",
    )


@in_region
def publish(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    return _confirmed(
        request,
        _keeper(request, region, number),
        decisions.publish_decision,
        question="Besluit publiceren?",
        consequence="Iedereen met een rol in de regio kan het besluit en het voorstel dan lezen.",
        button="Publiceren",
        done="Het besluit is gepubliceerd.",
    )


@in_region
def replace(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    decision = _keeper(request, region, number)
    form = ReplaceForm(request.POST or None, old=decision, rows=visible_to(request.user, Decision))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            decisions.replace_decision(
                decision,
                form.cleaned_data["replaced_by"],
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, "Vastgelegd welk besluit dit besluit vervangt.")
            return redirect("governance:decision-detail", region.slug, decision.number)
    context = {
        "region": region,
        "title": f"Besluit {decision.number} is vervangen",
        "lead": decision.version.subject,
        "form": form,
        "button": "Vervangen",
        "crumbs": crumbs(decision, Crumb("Vervangen")),
        "back": reverse("governance:decision-detail", args=[region.slug, decision.number]),
    }
    return render(request, "governance/form_page.html", context)


@require_POST
@in_region
def memo(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    decision = _keeper(request, region, number)
    with refusals_shown(request):
        decisions.request_memo(decision, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "Het besluitmemo wordt gemaakt.")
    return redirect("governance:decision-detail", region.slug, decision.number)
