"""The rounds of a region: a list, and the page of one with where everybody stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core.components import Crumb
from core.formats import long_date
from core.models import StatusChange
from governance.models import Region
from governance.queries import trail_of
from governance.rules import may, visible_to
from governance.standing import standing_of
from governance.views.base import in_region
from nulmeting import queries, results_page, round_page
from nulmeting.enums import RoundState
from nulmeting.filling_page import TONES, url_of
from nulmeting.models import Round, Submission
from nulmeting.reports import documents
from nulmeting.rules import scored_submissions
from nulmeting.views.base import round_or_404


@require_GET
@in_region
def round_list(request: HttpRequest, region: Region) -> HttpResponse:
    """The rounds this person sees, newest first, and for whom she fills in."""
    asked = list(visible_to(request.user, Round).filter(region=region).select_related("instrument"))
    for each in asked:
        each.region = region
    context = {
        "region": region,
        "rounds": asked,
        "mine": _mine(request, asked),
        "prepares": bool(may(request.user, "nulmeting.prepare", region)),
    }
    return render(request, "nulmeting/round_list.html", context)


def _mine(request: HttpRequest, asked: list[Round]) -> list[tuple[Submission, str, str]]:
    """The submissions of the own municipalities in rounds that run: row, address, tone."""
    by_key = {each.pk: each for each in asked if each.state == RoundState.OPEN}
    mine = standing_of(request.user).municipalities
    rows = visible_to(request.user, Submission).filter(round__in=by_key, municipality__in=mine)
    found = []
    for row in rows.select_related("municipality"):
        row.round = by_key[row.round_id]
        found.append((row, url_of("submission", row), TONES[_state(row)]))
    return found


def _state(row: Submission) -> Any:
    return row.state


@require_GET
@in_region
def round_detail(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """For the team: coverage and results so far; for others the results once published. Who only
    fills in for one municipality goes on to its page."""
    asked = round_or_404(request, region, year)
    if not may(request.user, "nulmeting.results", asked):
        own = visible_to(request.user, Submission).filter(round=asked)
        if own.count() == 1:
            row = own.get()
            row.round = asked
            return redirect(url_of("submission", row))
        return redirect("nulmeting:round-list", region.slug)
    leads = bool(may(request.user, "nulmeting.lead", asked))
    coverage = queries.coverage_of(asked)
    readable = scored_submissions(request.user).filter(state="approved")
    results = queries.results_by_block(asked, readable)
    answers = bool(may(request.user, "nulmeting.answers", asked))
    context = {
        "region": region,
        "asked": asked,
        "crumbs": [
            Crumb("Nulmeting", results_page.list_url(region)),
            Crumb(str(asked.year)),
        ],
        "status": _status(asked, coverage),
        "coverage": coverage,
        "picture": round_page.coverage_picture(coverage),
        "leads": leads,
        **results_page.results_context(
            asked, coverage, results, leads=leads, sort=request.GET.get("op", "")
        ),
        "report": documents.of_round(asked, request.user),
        "files": results_page.files_of(asked, answers=answers, whose=_whose(leads)),
        **(_for_team(asked, region, coverage) if leads else {}),
    }
    return render(request, "nulmeting/round_detail.html", context)


def _whose(leads: bool) -> str:
    return "van alle gemeenten die vaststelden" if leads else "van uw gemeente"


def _for_team(asked: Round, region: Region, coverage: queries.Coverage) -> dict[str, Any]:
    """What the page has for who leads the round: the now box, facts and the trail."""
    return {
        "now": round_page.now_for(asked, coverage),
        "facts": round_page.facts(asked, region),
        "trail": trail_of(StatusChange.of(asked), round_page.ACTS),
    }


def _status(asked: Round, coverage: queries.Coverage) -> str:
    if asked.state == RoundState.DRAFT:
        return f"Van {long_date(asked.opens_on)} tot en met {long_date(asked.closes_on)}."
    total = len(coverage.taking_part)
    done = f"{coverage.approved} van {total} gemeenten hebben vastgesteld."
    if asked.state == RoundState.OPEN:
        return f"Invullen kan tot en met {long_date(asked.closes_on, weekday=True)}. {done}"
    return done
