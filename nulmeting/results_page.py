"""The results of a round as a page shows them: heat map, ambition, and the years before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import clock
from core.components import Link
from governance.models import Municipality, Region
from nulmeting import charts
from nulmeting.enums import SubmissionState
from nulmeting.figures import Spread
from nulmeting.models import BlockAnswer, Level, Round, Submission
from nulmeting.queries import Cell, Column, Coverage, Results, Standing
from nulmeting.region_figures import Years, in_short, is_public, years_of
from regioagenda.models import BuildingBlock

MACHINE = "-machine"
BY_NAME, BY_NUMBER = "naam", "nummer"
LONG = 30  # municipalities that are scrolled as part of the page
NOT_APPROVED = "Heeft niet vastgesteld"


@dataclass(frozen=True)
class Row:
    """One municipality: its cells, or in words why there are none. `note` says what became of it;
    `code` is its CBS number, shown when rows are sorted by it."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    instead: str = ""
    note: str = ""
    code: str = ""


def list_url(region: Region) -> str:
    return reverse("nulmeting:round-list", args=[region.slug])


def round_url(asked: Round) -> str:
    return reverse("nulmeting:round-detail", args=[asked.region.slug, asked.year])


def block_url(asked: Round, block: int) -> str:
    return reverse("nulmeting:round-block", args=[asked.region.slug, asked.year, block])


def scale_of(asked: Round) -> list[Level]:
    """The levels of the scale, for the key beside the table."""
    rows = Level.objects.filter(instrument=asked.instrument_id, block__isnull=True)
    return list(rows.order_by("score"))


# The heat map -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """A column of the heat map with what stands at its foot: median, spread and number."""

    number: str
    title: str
    short: str
    url: str
    spread: Spread
    box: charts.SpreadBox | None


@dataclass(frozen=True)
class HeatMap:
    """Columns, and a row per municipality: by name or by CBS number, never by score."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    sorts: tuple[Link, ...]
    by_number: bool

    @property
    def known(self) -> bool:
        """There is a score to take the median of."""
        return any(head.spread.number for head in self.heads)

    @property
    def look(self) -> str:
        """A long one scrolls in a window of its own, where head and foot stay in sight."""
        return "rv-heat rv-heat--long" if len(self.rows) > LONG else "rv-heat"


def heat_map(
    asked: Round,
    coverage: Coverage,
    results: Results,
    *,
    leads: bool,
    sort: str = BY_NAME,
    head_url: Callable[[Column], str] = lambda column: "",
) -> HeatMap:
    """`results` are of the submissions that this person may read."""
    by_number = sort == BY_NUMBER
    rows = rows_of(asked, coverage, results, leads=leads)
    if by_number:
        rows.sort(key=lambda row: row.code)
    return HeatMap(
        tuple(
            Head(
                column.number,
                column.title,
                column.head or column.title,
                head_url(column),
                column.spread,
                charts.spread_box(column.spread, column.title),
            )
            for column in results.columns
        ),
        tuple(rows),
        (
            Link("naam", f"?op={BY_NAME}", current=not by_number),
            Link("CBS-nummer", f"?op={BY_NUMBER}", current=by_number),
        ),
        by_number,
    )


def rows_of(
    asked: Round,
    coverage: Coverage,
    results: Results,
    *,
    leads: bool,
) -> list[Row]:
    """By name, never by score. Who did not approve stands among them; how far she is, is for the
    team alone."""
    lines = {line.submission.pk: line for line in results.lines}
    return [
        Row(
            name=standing.submission.municipality.name,
            url=_row_url(asked, standing.submission, bool(line), leads),
            cells=line.cells if line else (),
            instead="" if line else instead_of(standing, leads=leads),
            note=note_of(standing),
            code=standing.submission.municipality.cbs_code,
        )
        for standing in coverage.rows
        for line in [lines.get(standing.submission.pk)]
    ]


def _row_url(asked: Round, submission: Submission, scored: bool, leads: bool) -> str:
    args = [asked.region.slug, asked.year, submission.pk]
    if scored:
        return reverse("nulmeting:submission-results", args=args)
    return reverse("nulmeting:submission", args=args) if leads else ""


def note_of(standing: Standing) -> str:
    """What became of a municipality since: 'nu Voorne aan Zee', or that it left the region."""
    municipality = standing.submission.municipality
    if merged(municipality):
        return f"nu {municipality.successor}"
    return "" if standing.takes_part else "doet niet meer mee"


def merged(municipality: Municipality) -> bool:
    """It is part of another by now; a merger that was entered beforehand does not count yet."""
    until = municipality.valid_until
    return bool(municipality.successor_id and until and until < clock.today())


def instead_of(standing: Standing, *, leads: bool, exact: bool = True) -> str:
    """Why there are no scores; `exact` with the number of answers."""
    state = SubmissionState(standing.submission.state)
    if not leads:
        return NOT_APPROVED
    if state == SubmissionState.IN_PROGRESS and exact:
        return f"Bezig: {standing.answered} van {standing.asked} vragen beantwoord"
    if state == SubmissionState.SUBMITTED:
        return "Ingediend, nog niet vastgesteld"
    return str(state.label).capitalize()


# Ambition -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aim:
    """One block: the medians of now and of the ambition, and how many municipalities chose one."""

    number: str
    title: str
    now: Spread
    ambition: Spread
    chart: charts.Stand | None


def aims_of(columns: Sequence[Column]) -> list[Aim]:
    """Ambition against now, per block that has either."""
    return [
        Aim(
            column.number,
            column.title,
            column.spread,
            column.ambition,
            charts.stand(column.title, column.spread.median, column.ambition.median),
        )
        for column in columns
        if column.spread.number or column.ambition.number
    ]


# What municipalities share ------------------------------------------------------------------------


@dataclass(frozen=True)
class Shared:
    name: str
    text: str


def shared_on(asked: Round, block: BuildingBlock) -> list[Shared]:
    """What municipalities ticked to share on a block, by name; nothing before publication."""
    if not is_public(asked):
        return []
    rows = BlockAnswer.objects.filter(
        submission__round=asked,
        submission__state=SubmissionState.APPROVED,
        block=block,
        may_share=True,
    ).exclude(shared="")
    found = rows.order_by("submission__municipality__sort_name")
    return [
        Shared(name, text)
        for name, text in found.values_list("submission__municipality__name", "shared")
    ]


# To take along ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Files:
    """One set of tables to download: for people, and in the form for machines."""

    title: str
    what: str
    links: tuple[Link, ...]
    machine: tuple[Link, ...]


def files_of(asked: Round, *, answers: bool, whose: str) -> list[Files]:
    """Scores for who reads results; `answers` tells whether this person reads any whole, and
    `whose` they are."""
    tables = {"scores": "per vraag", "scores-onderdelen": "per onderdeel"}
    scores = _files(
        asked,
        "Scores, ambitie en wat gemeenten delen",
        "van alle gemeenten die vaststelden",
        tables,
    )
    return [scores, answer_files(asked, whose)] if answers else [scores]


def answer_files(asked: Round, whose: str) -> Files:
    """Everything that was filled in, with explanation and evidence."""
    tables = {"antwoorden": "per vraag", "onderdelen": "per onderdeel", "bewijs": "bewijs"}
    return _files(asked, "Alle antwoorden, met toelichting en bewijs", whose, tables)


def _files(asked: Round, title: str, what: str, tables: dict[str, str]) -> Files:
    whole = next(iter(tables))
    people, machine = (
        (
            _file(asked, f"{whole}{form}", "xlsx", "Excel"),
            *(
                _file(asked, f"{name}{form}", "csv", f"csv {label}")
                for name, label in tables.items()
            ),
        )
        for form in ("", MACHINE)
    )
    return Files(title, what, people, machine)


def _file(asked: Round, what: str, extension: str, label: str) -> Link:
    args = [asked.region.slug, asked.year, what, extension]
    return Link(label, reverse("nulmeting:download", args=args))


# The whole page -----------------------------------------------------------------------------------


def results_context(
    asked: Round,
    coverage: Coverage,
    results: Results,
    *,
    leads: bool,
    sort: str,
) -> dict[str, Any]:
    """What `_results.html` draws: heat map, ambition, and the years."""
    years = years_of(asked, results.columns) if results.lines else Years()
    return {
        "scale": scale_of(asked),
        "heat": heat_map(
            asked,
            coverage,
            results,
            leads=leads,
            sort=sort,
            head_url=lambda column: block_url(asked, column.pk),
        ),
        "number": len(results.lines),
        "in_short": in_short(results.columns),
        "aims": aims_of(results.columns) if results.lines else [],
        "years": years,
    }
