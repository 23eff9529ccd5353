"""Where every municipality stands: the one table of the region, and the page of one round."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.components import Crumb, Link
from core.formats import near_date
from core.models import StatusChange
from core.sheets import Value, sheet_response
from governance.domain.secrecy import log_reading
from governance.enums import LocalRoundState
from governance.forms.local import TableForm
from governance.local_page import (
    ROUND_TONES,
    now_for_round,
    round_columns,
    round_facts,
    round_rows,
    said,
    stands,
    stands_at,
    summary_of,
    too_late,
    url_of,
)
from governance.local_queries import (
    BY_NAME,
    BY_NUMBER,
    name_of,
    progress_of,
    region_rounds,
    sorted_steps,
    subject_of,
    table_of,
    title_of,
    with_counts,
    with_papers,
)
from governance.models import LocalRound, LocalStep, Proposal, Region
from governance.queries import trail_of
from governance.rules import may, visible_to
from governance.standing import standing_of
from governance.views.base import in_region

PER_PAGE = 20
ROUND_HEAD = (
    *("Gemeente", "Nummer", "Wie", "Uitkomst", "Besloten op", "Reageren tot en met"),
    *("Toelichting", "Overgenomen uit", "Stuk", "Antwoord van de regio", "Reden"),
)


def round_or_404(request: HttpRequest, region: Region, pk: int) -> LocalRound:
    """A round that this person sees; outside the circle of a secret paper it is not there."""
    rows = with_counts(with_papers(visible_to(request.user, LocalRound)))
    return get_object_or_404(rows, region=region, pk=pk)


def crumbs(asked: LocalRound, *more: Crumb) -> list[Crumb]:
    here = url_of("round", asked)
    return [
        Crumb("Gemeenten", reverse("governance:local-table", args=[asked.region.slug])),
        Crumb(title_of(asked), here if more else ""),
        *more,
    ]


# The region -------------------------------------------------------------------------------------


@require_GET
@in_region
def region_table(request: HttpRequest, region: Region) -> HttpResponse:
    rounds = region_rounds(request.user, region)
    form = TableForm(request.GET or None, rounds=[(r.pk, _label(r)) for r in rounds])
    shown = _shown(rounds, form)
    mine = standing_of(request.user).reports_for
    rows = [
        {
            "name": name_of(row.municipality),
            "number": row.municipality.cbs_code,
            "mine": row.municipality.pk in mine,
            "cells": [_cell(step, mine) for step in row.steps],
        }
        for row in table_of(shown, form.chosen("op") or BY_NAME)
    ]
    earlier, concepts = _other_rounds(request, region, [r.pk for r in rounds])
    context = {
        "region": region,
        "form": form if rounds else None,
        "columns": [_head(asked) for asked in shown],
        "rows": rows,
        "concepts": [_line(asked) for asked in concepts],
        "page": earlier,
        "earlier": [_line(asked) for asked in earlier.object_list],
        "several": len(mine) > 1,
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/local_table.html", context)


def _shown(rounds: list[LocalRound], form: TableForm) -> list[LocalRound]:
    chosen = form.chosen("vraag")
    return [asked for asked in rounds if not chosen or str(asked.pk) == chosen]


def _label(asked: LocalRound) -> str:
    return f"{title_of(asked)}: {subject_of(asked)}"


def _head(asked: LocalRound) -> dict[str, Any]:
    return {
        "url": url_of("round", asked),
        "title": title_of(asked),
        "subject": subject_of(asked),
        "progress": progress_of(asked).capitalize(),
        "due_on": asked.due_on,
    }


def _cell(step: LocalStep | None, mine: frozenset[int]) -> dict[str, Any]:
    if step is None:
        return {"text": "niet gevraagd"}
    cell = stands(step)
    report = step.municipality_id in mine and step.state == "open"
    url = url_of("report", step.round, step.pk) if report else ""
    return {"text": cell.value, "tone": cell.tone, "url": url, "name": step.municipality.name}


def _other_rounds(request: HttpRequest, region: Region, shown: list[int]) -> tuple[Any, Any]:
    """What is over, a page at a time, and what the author body has in concept."""
    rows = visible_to(request.user, LocalRound).filter(region=region).exclude(pk__in=shown)
    concept = rows.filter(state=LocalRoundState.CONCEPT)
    over = with_papers(rows.exclude(state=LocalRoundState.CONCEPT)).order_by("-due_on", "-pk")
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    return page, list(with_papers(concept).order_by("pk"))


def _line(asked: LocalRound) -> Link:
    state = asked.get_state_display()
    day = f", tot en met {near_date(asked.due_on)}" if asked.due_on else ""
    return Link(_label(asked), url_of("round", asked), note=f"{state}{day}")


@require_GET
@in_region
def region_download(request: HttpRequest, region: Region) -> HttpResponse:
    """The table as it is filtered now, as a spreadsheet."""
    rounds = region_rounds(request.user, region)
    form = TableForm(request.GET or None, rounds=[(r.pk, "") for r in rounds])
    shown = _shown(rounds, form)
    rows: list[list[Value]] = [
        [
            name_of(row.municipality),
            row.municipality.cbs_code,
            *(str(stands(step).value) if step else "niet gevraagd" for step in row.steps),
        ]
        for row in table_of(shown, form.chosen("op") or BY_NAME)
    ]
    head = ["Gemeente", "Nummer", *(_label(asked) for asked in shown)]
    return sheet_response(f"gemeenten-{region.slug}.xlsx", "Gemeenten", head, rows)


# One round --------------------------------------------------------------------------------------


@require_GET
@in_region
def round_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    asked = round_or_404(request, region, pk)
    papers = bool(may(request.user, "local.papers", asked))
    leads = bool(may(request.user, "local.lead", asked))
    _log(request, asked)
    order = BY_NUMBER if request.GET.get("op") == BY_NUMBER else BY_NAME
    steps = sorted_steps(asked, order)
    acts = leads or any(
        step.municipality_id in standing_of(request.user).reports_for for step in steps
    )
    shows = {"papers": papers and any(step.paper for step in steps), "acts": acts}
    context = {
        "region": region,
        "asked": asked,
        "crumbs": crumbs(asked),
        "title": title_of(asked),
        "subject": subject_of(asked),
        "tone": ROUND_TONES[asked.state],
        "now": now_for_round(request.user, asked, steps),
        "summary": summary_of(steps) if asked.asked_on else "",
        "progress": stands_at(asked),
        "columns": round_columns(order, **shows),
        "rows": round_rows(request.user, steps, **shows),
        "said": said(steps, leads=leads) if papers else [],
        "papers": papers,
        "leads": leads,
        "facts": round_facts(asked),
        "warning": too_late(asked) if leads else "",
        "proposal": visible_to(request.user, Proposal).filter(pk=asked.proposal_id).first(),
        "trail": trail_of(StatusChange.of(asked)[:50]) if papers else [],
    }
    return render(request, "governance/local_round.html", context)


def _log(request: HttpRequest, asked: LocalRound) -> None:
    """Reading about a secret paper is written down, whichever of the two is secret."""
    about = asked.decision or asked.proposal
    log_reading(about, request.user, f"vraag aan de gemeenten {asked.pk}")  # type: ignore[arg-type]


@require_GET
@in_region
def round_download(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One round as a spreadsheet; texts only for who may read the proposal."""
    asked = round_or_404(request, region, pk)
    papers = bool(may(request.user, "local.papers", asked))
    _log(request, asked)
    rows: list[list[Value]] = [
        [
            name_of(step.municipality),
            step.municipality.cbs_code,
            asked.get_addressee_display(),
            str(stands(step).value),
            step.decided_on,
            asked.due_on,
            *(_texts(step) if papers else [""] * 5),
        ]
        for step in sorted_steps(asked)
    ]
    return sheet_response(f"gemeenten-vraag-{asked.pk}.xlsx", title_of(asked), ROUND_HEAD, rows)


def _texts(step: LocalStep) -> list[Value]:
    answer = step.get_answer_display() if step.answer else ""
    reason = step.reason if step.answer else ""
    return [step.text, step.source, step.paper.name if step.paper else "", answer, reason]
