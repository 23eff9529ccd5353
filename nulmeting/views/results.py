"""Results: per question, of one municipality, and as tables to take along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb
from core.separated import CSV, dutch_csv, machine_csv
from core.sheets import Table, as_download, book_response
from governance.models import Region
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import in_region, refusals_shown
from nulmeting import exports, own_results, queries, region_figures, results_page
from nulmeting.enums import SubmissionState
from nulmeting.filling_page import url_of
from nulmeting.models import Round, Submission
from nulmeting.queries import blocks_of
from nulmeting.reports import documents
from nulmeting.rules import scored_submissions
from nulmeting.views.base import round_or_404, submission_or_404


def round_crumbs(asked: Round, *more: Crumb) -> list[Crumb]:
    here = results_page.round_url(asked) if more else ""
    return [
        Crumb("Nulmeting", results_page.list_url(asked.region)),
        Crumb(str(asked.year), here),
        *more,
    ]


@require_GET
@in_region
def block_results(request: HttpRequest, region: Region, year: int, block: int) -> HttpResponse:
    """One block: every municipality on every question, and what they share."""
    asked = round_or_404(request, region, year)
    must(request.user, "nulmeting.results", asked)
    blocks = blocks_of(asked)
    place = next((place for place, each in enumerate(blocks) if each.pk == block), None)
    if place is None:
        raise Http404
    part = blocks[place]
    coverage = queries.coverage_of(asked)
    readable = scored_submissions(request.user).filter(state=SubmissionState.APPROVED)
    leads = bool(may(request.user, "nulmeting.lead", asked))
    context = {
        "region": region,
        "asked": asked,
        "part": part,
        "crumbs": round_crumbs(asked, Crumb(str(part))),
        "scale": results_page.scale_of(asked),
        "heat": results_page.heat_map(
            asked,
            coverage,
            queries.results_by_item(asked, part, readable),
            leads=leads,
            sort=request.GET.get("op", ""),
        ),
        "shared": results_page.shared_on(asked, part),
        "published": region_figures.is_public(asked),
        "previous": _neighbour(asked, blocks, place - 1),
        "next": _neighbour(asked, blocks, place + 1),
    }
    return render(request, "nulmeting/round_block.html", context)


def _neighbour(asked: Round, blocks: list[Any], place: int) -> Crumb | None:
    if not 0 <= place < len(blocks):
        return None
    return Crumb(str(blocks[place]), results_page.block_url(asked, blocks[place].pk))


@require_GET
@in_region
def submission_results(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """One municipality: its scores, ambition and last round; beside the region where that may be
    seen."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.scores")
    asked = submission.round
    if submission.state != SubmissionState.APPROVED:
        raise Http404
    whole = bool(may(request.user, "nulmeting.read", submission))
    compares = bool(may(request.user, "nulmeting.results", asked))
    before = asked.compared_with
    figures = region_figures.figures_of(asked) if compares else region_figures.RegionFigures()
    with_last = bool(before and (whole or region_figures.is_public(before)))
    own = submission.municipality_id in standing_of(request.user).municipalities
    context = {
        "region": region,
        "asked": asked,
        "submission": submission,
        "title": f"Hoe {submission.municipality} ervoor staat",
        "crumbs": round_crumbs(asked, Crumb(submission.municipality.name)),
        "stands": own_results.stands_of(submission, figures, with_last=with_last),
        "with_last": with_last,
        "last_year": before.year if before else None,
        "compares": compares,
        "whole": whole,
        "shows_shared": whole or region_figures.is_public(asked),
        "report": documents.of_submission(submission, request.user) if whole else None,
        "files": results_page.answer_files(asked, "van uw gemeente") if own else None,
    }
    return render(request, "nulmeting/submission_results.html", context)


@require_POST
@in_region
def region_report(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Ask for the report of the region; its page tells how far it is."""
    asked = round_or_404(request, region, year)
    must(request.user, "nulmeting.results", asked)
    with refusals_shown(request):
        documents.request_region_report(asked, by=_user(request))
    return redirect(f"{results_page.round_url(asked)}#rapport")


@require_POST
@in_region
def own_report(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """Ask for the report of a municipality, for who reads its answers."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.scores")
    must(request.user, "nulmeting.read", submission)
    with refusals_shown(request):
        documents.request_own_report(submission, by=_user(request))
        return redirect(f"{url_of('submission-results', submission)}#rapport")
    return redirect(url_of("submission", submission))


def _user(request: HttpRequest) -> Any:
    return request.user


# To take along ------------------------------------------------------------------------------------

# Per file: what it is made of, and which of the tables a CSV holds.
FILES = {"antwoorden": 0, "onderdelen": 1, "bewijs": 2, "scores": 0, "scores-onderdelen": 1}


@require_GET
@in_region
def download(
    request: HttpRequest, region: Region, year: int, what: str, extension: str
) -> HttpResponse:
    """A table of the round: whole answers for who reads them, scores for who reads results."""
    asked = round_or_404(request, region, year)
    machine = what.endswith(results_page.MACHINE)
    name = what.removesuffix(results_page.MACHINE)
    if name not in FILES or extension not in ("xlsx", "csv"):
        raise Http404
    tables = _tables(request, asked, name, machine)
    filename = f"nulmeting-{asked.region.slug}-{asked.year}-{what}.{extension}"
    if extension == "xlsx":
        return book_response(filename, tables)
    table = tables[FILES[name]]
    return as_download(machine_csv(table) if machine else dutch_csv(table), filename, CSV)


def _tables(request: HttpRequest, asked: Round, name: str, machine: bool) -> list[Table]:
    if name.startswith("scores"):
        must(request.user, "nulmeting.results", asked)
        return exports.scores_of(asked, scored_submissions(request.user), machine=machine)
    must(request.user, "nulmeting.answers", asked)
    return exports.answers_of(asked, visible_to(request.user, Submission), machine=machine)
