"""The reports as documents: who may read them, what a template gets, and asking for one."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from core.documents import DocumentKind, document_of, get_kind, register_kind, request_document
from core.models import Document
from core.refusal import Refusal, Refused, require
from governance.rules import demand, may
from nulmeting import charts, region_figures
from nulmeting.enums import SubmissionState
from nulmeting.figures import Spread, level_of, shown
from nulmeting.models import Round, Submission
from nulmeting.queries import Year
from nulmeting.reports.basis import basis_of, own_basis_of
from nulmeting.reports.own import build_own
from nulmeting.reports.region import build_region

REGION, OWN = "nulmeting_region", "nulmeting_municipality"
# So many columns fit on a sheet; a region with more blocks gets a second table.
COLUMNS = 10
DRAWINGS = 3


@dataclass(frozen=True)
class Report:
    """What a page shows of a report: the newest one, and whether something changed since."""

    kind: DocumentKind
    document: Document | None
    outdated: bool


def of_round(asked: Round, reader: Any) -> Report:
    """The newest report of a region that this reader may have."""
    return _report(REGION, asked, basis_of(asked), reader)


def of_submission(submission: Submission, reader: Any) -> Report:
    return _report(OWN, submission, own_basis_of(submission), reader)


def _report(kind: str, source: Round | Submission, basis: str, reader: Any) -> Report:
    document = document_of(kind, source)
    if document is not None and not get_kind(kind).may_read(reader, document):
        document = None
    return Report(
        get_kind(kind),
        document,
        document is not None
        and (document.frozen["basis"] != basis or document.status == Document.Status.FAILED),
    )


def request_region_report(asked: Round, *, by: User | None) -> Document:
    """The report of the region as it stands; the newest one when nothing changed. For who reads the
    results. Refuses while nobody approved."""
    demand(by, "nulmeting.results", asked)
    approved = asked.submissions.filter(state=SubmissionState.APPROVED).exists()
    require(approved or Refusal("Nog geen gemeente heeft vastgesteld; er is niets te tonen."))
    found = _same(REGION, asked, basis_of(asked))
    content = found.frozen if found else build_region(asked)
    return request_document(REGION, asked, content, by=by)


def request_own_report(submission: Submission, *, by: User | None) -> Document:
    """The report of a municipality, for who reads its answers. Refuses what is not approved."""
    demand(by, "nulmeting.read", submission)
    if submission.state != SubmissionState.APPROVED:
        raise Refused(Refusal("Het rapport kan als de nulmeting van de gemeente is vastgesteld."))
    found = _same(OWN, submission, own_basis_of(submission))
    content = found.frozen if found else build_own(submission)
    return request_document(OWN, submission, content, by=by)


def _same(kind: str, source: Round | Submission, basis: str) -> Document | None:
    """The newest report, when it rests on the same: asked twice it is one file."""
    document = document_of(kind, source)
    return document if document and document.frozen["basis"] == basis else None


# What the templates get --------------------------------------------------------------------------


def _spread(plain: dict[str, Any]) -> Spread:
    return Spread(**plain)


def region_context(frozen: dict[str, Any]) -> dict[str, Any]:
    """From frozen content alone: the drawings are made of the numbers that stand in it."""
    blocks = frozen["blocks"]
    years = region_figures.drawn(
        [
            (
                block["number"],
                block["title"],
                tuple(
                    Year(**{**year, "spread": _spread(year["spread"])}) for year in block["years"]
                ),
            )
            for block in blocks
        ],
        frozen["merged"],
    )
    return {
        "report": frozen,
        "stamp": _stamp(frozen, "" if frozen["published"] else "Tussenstand"),
        "tables": [_part(frozen, start) for start in range(0, len(blocks), COLUMNS)],
        "aims": [
            {
                **block,
                "chart": charts.stand(
                    block["title"], block["spread"]["median"], block["ambition"]["median"]
                ),
            }
            for block in blocks
        ],
        "years": years,
        "rows_of_years": [
            years.blocks[start : start + DRAWINGS] for start in range(0, len(blocks), DRAWINGS)
        ],
        "year_tables": _year_tables(blocks, years),
        "questions": [
            {
                **block,
                "lines": [
                    {**line, "spread": _spread(line["spread"])} for line in block["questions"]
                ],
            }
            for block in blocks
        ],
    }


def _part(frozen: dict[str, Any], start: int) -> dict[str, Any]:
    """One heat map of at most `COLUMNS` blocks, with its foot."""
    heads = [
        {
            **block,
            "spread": (spread := _spread(block["spread"])),
            "box": charts.spread_box(spread, block["title"]),
        }
        for block in frozen["blocks"][start : start + COLUMNS]
    ]
    rows = [{**row, "cells": row["cells"][start : start + COLUMNS]} for row in frozen["rows"]]
    return {"heads": heads, "rows": rows}


def _year_tables(blocks: list[dict[str, Any]], years: region_figures.Years) -> list[dict[str, Any]]:
    """A column per year, at most `COLUMNS` in a table; a row per block, by its short name."""
    asked = [year.year for year in years.blocks[0].years] if years.blocks else []
    return [
        {
            "years": asked[start : start + COLUMNS],
            "rows": [
                (
                    f"{block['number']}. {block['head']}",
                    [year.spread for year in over.years[start : start + COLUMNS]],
                )
                for block, over in zip(blocks, years.blocks, strict=True)
            ],
        }
        for start in range(0, len(asked), COLUMNS)
    ]


def own_context(frozen: dict[str, Any]) -> dict[str, Any]:
    return {
        "report": frozen,
        "stamp": _stamp(frozen, ""),
        "blocks": [
            {
                **block,
                "shown": shown(block["score"]),
                "level": level_of(block["score"]) or 0,
                "region": (spread := _spread(block["region"])),
                "chart": charts.stand(block["title"], block["score"], block["ambition"], spread),
            }
            for block in frozen["blocks"]
        ],
        "with_last": any(block["before"] for block in frozen["blocks"]),
    }


def _stamp(frozen: dict[str, Any], state: str) -> str:
    return ", ".join(each for each in (state, "Voorbeeld" if frozen["example"] else "") if each)


# The kinds ---------------------------------------------------------------------------------------


def _round(pk: int) -> Round | None:
    return Round.objects.select_related("region").filter(pk=pk).first()


def _submission(pk: int) -> Submission | None:
    return Submission.objects.select_related("round__region").filter(pk=pk).first()


def _may_read_region(user: Any, document: Document) -> Any:
    """What was made before publication stays with the team, also afterwards."""
    asked = _round(document.source_id)
    act = "nulmeting.results" if document.frozen["published"] else "nulmeting.lead"
    return asked is not None and may(user, act, asked)


def _may_read_own(user: Any, document: Document) -> Any:
    submission = _submission(document.source_id)
    return submission is not None and may(user, "nulmeting.read", submission)


def _region_filename(document: Document) -> str:
    state = "" if document.frozen["published"] else "-tussenstand"
    return f"nulmeting-{document.frozen['year']}-{slugify(document.frozen['region'])}{state}.pdf"


def _own_filename(document: Document) -> str:
    name = slugify(document.frozen["municipality"])
    return f"nulmeting-{document.frozen['year']}-{name}.pdf"


def register() -> None:
    """Make the kinds known; called once at start-up."""
    register_kind(
        REGION,
        label="Rapport van de regio",
        template="nulmeting/documents/region.html",
        stylesheet="css/report.css",
        build_context=region_context,
        filename=_region_filename,
        may_read=_may_read_region,
        loader=_round,
    )
    register_kind(
        OWN,
        label="Rapport van de gemeente",
        template="nulmeting/documents/municipality.html",
        stylesheet="css/report.css",
        build_context=own_context,
        filename=_own_filename,
        may_read=_may_read_own,
        loader=_submission,
    )
