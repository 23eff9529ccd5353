"""Answers and scores as tables, in Dutch for people and in a form for machines.

`answers`: everything, for who reads submissions whole. `scores`: scores, ambition and what is
shared, of the submissions of which this person reads the scores; no explanation, no evidence.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from core.sheets import Table, Value
from nulmeting.enums import Given, RoundState, SubmissionState
from nulmeting.figures import mean_of
from nulmeting.models import Answer, BlockAnswer, Evidence, Level, Round, Submission

Cell = Callable[[Any], Value]


@dataclass(frozen=True)
class Field:
    """A column: its name for people and for machines, and what stands in it."""

    label: str
    name: str
    value: Cell
    machine: Cell | None = None


WHO = [
    Field("Gemeente", "municipality", lambda row: row.submission.municipality.name),
    Field("CBS-code", "cbs_code", lambda row: row.submission.municipality.cbs_code),
]
YEAR = Field("Jaar", "year", lambda row: row.submission.round.year)
STATE = Field(
    "Stand",
    "state",
    lambda row: row.submission.get_state_display(),
    lambda row: row.submission.state,
)
BLOCK = [
    Field("Onderdeel", "block", lambda row: row.block.number),
    Field("Titel van het onderdeel", "block_title", lambda row: row.block.title),
]


def answers_of(asked: Round, submissions: QuerySet[Submission], *, machine: bool) -> list[Table]:
    """Three tables: an answer per row, a block per row, a piece of evidence per row."""
    rows = _all_of(asked, submissions)
    names = _names(asked)
    return [
        _table("antwoorden", "answers", _answer_fields(names), _answers(rows), machine),
        _table("onderdelen", "blocks", _block_fields(), _blocks(rows), machine),
        _table("bewijs", "evidence", _evidence_fields(), _evidence(rows), machine),
    ]


def scores_of(asked: Round, submissions: QuerySet[Submission], *, machine: bool) -> list[Table]:
    """Two tables of what is approved: an answer per row, and per block the score, the ambition and,
    once the round is published, what is shared."""
    rows = _all_of(asked, submissions.filter(state=SubmissionState.APPROVED))
    names = _names(asked)
    shares = asked.state == RoundState.PUBLISHED
    fields = [*WHO, YEAR, *BLOCK, *_score_fields(shares)]
    return [
        _table("scores", "scores", _answer_fields(names, plain=True), _answers(rows), machine),
        _table("onderdelen", "blocks", fields, _scored(rows), machine),
    ]


# Columns -----------------------------------------------------------------------------------------


def _answer_fields(names: dict[int, str], *, plain: bool = False) -> list[Field]:
    fields = [
        *WHO,
        YEAR,
        *([] if plain else [STATE]),
        *BLOCK,
        Field("Vraagnummer", "item", lambda row: f"{row.block.number}.{row.item.number}"),
        Field("Vraag", "item_text", lambda row: row.item.text),
        Field("Vaste code van de vraag", "item_identity", lambda row: str(row.item.identity)),
        Field("Antwoord", "given", lambda row: _said(row, names), lambda row: row.given),
        Field("Score", "score", lambda row: row.score),
    ]
    kept = Field("Geldt nog", "kept", lambda row: _yes(row.kept), lambda row: int(row.kept))
    return fields if plain else [*fields, kept]


def _said(row: Any, names: dict[int, str]) -> str:
    if row.score is None:
        return str(Given(row.given).label)
    return names.get(row.score, "") or str(row.score)


def _yes(value: bool) -> str:
    return "ja" if value else "nee"


def _block_fields() -> list[Field]:
    return [
        *WHO,
        YEAR,
        STATE,
        *BLOCK,
        Field("Score", "score", lambda row: row.mean),
        Field("Ambitie", "ambition", lambda row: row.ambition),
        Field("Ambitie in", "ambition_year", lambda row: row.ambition_year),
        Field("Toelichting", "explanation", lambda row: row.explanation),
        Field("Welke hulp is nodig", "support", lambda row: row.support),
        Field("Wat werkt bij ons", "shared", lambda row: row.shared),
        Field(
            "Delen met andere gemeenten",
            "may_share",
            lambda row: _yes(row.may_share),
            lambda row: int(row.may_share),
        ),
    ]


def _score_fields(shares: bool) -> list[Field]:
    fields = [
        Field("Score", "score", lambda row: row.mean),
        Field("Vragen met een score", "scored_items", lambda row: row.counted),
        Field("Ambitie", "ambition", lambda row: row.ambition),
        Field("Ambitie in", "ambition_year", lambda row: row.ambition_year),
    ]
    told = Field("Gedeeld", "shared", lambda row: row.shared if row.may_share else "")
    return [*fields, told] if shares else fields


def _evidence_fields() -> list[Field]:
    return [
        *WHO,
        YEAR,
        Field("Titel", "title", lambda row: row.title),
        Field("Datum", "dated_on", lambda row: row.dated_on),
        Field("Link", "url", lambda row: row.url),
        Field("Bestand", "file", lambda row: row.file.name if row.file else ""),
        Field("Vragen", "items", lambda row: row.served),
    ]


# Rows --------------------------------------------------------------------------------------------


def _all_of(asked: Round, submissions: QuerySet[Submission]) -> dict[int, Submission]:
    rows = submissions.filter(round=asked).select_related("municipality")
    found = {row.pk: row for row in rows.order_by("municipality__sort_name")}
    for row in found.values():
        row.round = asked
    return found


def _names(asked: Round) -> dict[int, str]:
    rows = Level.objects.filter(instrument=asked.instrument_id, block__isnull=True)
    return {row.score: row.name for row in rows}


@dataclass(frozen=True)
class _Answer:
    """An answer with what it hangs on, so that a table is read in one query."""

    submission: Submission
    block: Any
    item: Any
    given: str
    score: int | None
    kept: bool


def _answers(submissions: dict[int, Submission]) -> Iterator[_Answer]:
    rows = Answer.objects.filter(block__submission__in=list(submissions)).select_related(
        "block__block", "item"
    )
    order = rows.order_by(
        "block__submission__municipality__sort_name", "block__block__number", "item__number"
    )
    for row in order:
        home = submissions[row.block.submission_id]
        yield _Answer(home, row.block.block, row.item, row.given, row.score, row.kept)


def _blocks(submissions: dict[int, Submission]) -> Iterator[Any]:
    rows = (
        BlockAnswer.objects.filter(submission__in=list(submissions))
        .select_related("block")
        .prefetch_related("answers")
    )
    for row in rows.order_by("submission__municipality__sort_name", "block__number"):
        row.submission = submissions[row.submission_id]
        scores = [answer.score for answer in row.answers.all() if answer.score is not None]
        row.counted = len(scores)  # type: ignore[attr-defined]
        row.mean = _two_decimals(mean_of(scores))  # type: ignore[attr-defined]
        yield row


def _scored(submissions: dict[int, Submission]) -> Iterator[Any]:
    """The same rows without what other municipalities may not read."""
    for row in _blocks(submissions):
        row.explanation = row.support = ""
        yield row


def _two_decimals(score: float | None) -> Decimal | None:
    if score is None:
        return None
    return Decimal(str(score)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _evidence(submissions: dict[int, Submission]) -> Iterator[Any]:
    rows = (
        Evidence.objects.filter(submission__in=list(submissions))
        .select_related("file")
        .prefetch_related("items__block")
    )
    for row in rows.order_by("submission__municipality__sort_name", "-dated_on", "pk"):
        row.submission = submissions[row.submission_id]
        served = sorted((item.block.number, item.number) for item in row.items.all())
        row.served = ", ".join(f"{block}.{item}" for block, item in served)  # type: ignore[attr-defined]
        yield row


def _table(title: str, name: str, fields: list[Field], rows: Iterable[Any], machine: bool) -> Table:
    if machine:
        head = [field.name for field in fields]
        cells = [[(field.machine or field.value)(row) for field in fields] for row in rows]
        return Table(name, head, cells)
    head = [field.label for field in fields]
    return Table(title.capitalize(), head, [[field.value(row) for field in fields] for row in rows])
