"""The report of a region, as plain values: frozen when it is asked for, drawn when it is made."""

from dataclasses import dataclass, field
from datetime import datetime

from core import clock
from core.formats import local_day, long_date
from governance.printing import Fact
from nulmeting import queries, region_figures, results_page
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.figures import Spread
from nulmeting.method import METHOD
from nulmeting.models import BlockAnswer, Round, Submission
from nulmeting.region_figures import is_public
from nulmeting.reports.basis import basis_of, letterhead


@dataclass(frozen=True)
class CoverageLine:
    """The municipalities that stand at the same point."""

    state: str
    names: list[str]


@dataclass(frozen=True)
class HeatCell:
    label: str
    level: int


@dataclass(frozen=True)
class HeatRow:
    name: str
    note: str
    instead: str
    cells: list[HeatCell]


@dataclass(frozen=True)
class QuestionLine:
    number: str
    text: str
    spread: Spread


@dataclass(frozen=True)
class SharedLine:
    name: str
    text: str


@dataclass(frozen=True)
class YearLine:
    year: int
    spread: Spread
    same: int
    asked: int


@dataclass(frozen=True)
class BlockPart:
    """One block of the region: spread, ambition, years, questions, and what is shared."""

    number: str
    title: str
    head: str
    spread: Spread
    ambition: Spread
    years: list[YearLine]
    questions: list[QuestionLine]
    shared: list[SharedLine]


@dataclass(frozen=True)
class RegionReport:
    """Everything the report of a region holds. Until publication it is for the team alone."""

    created: datetime
    basis: str
    title: str
    year: int
    region: str
    legal_name: str
    address: list[str]
    block_label: str
    example: bool
    published: bool
    stands: str
    facts: list[Fact]
    in_short: list[str]
    scale: list[Fact]
    coverage: list[CoverageLine]
    rows: list[HeatRow]
    blocks: list[BlockPart]
    merged: list[str]
    method: list[str] = field(default_factory=lambda: list(METHOD))


def build_region(asked: Round) -> RegionReport:
    """Gather the report as things stand now, in a number of queries that does not grow."""
    region = asked.region
    coverage = queries.coverage_of(asked)
    approved = Submission.objects.filter(state=SubmissionState.APPROVED)
    results = queries.results_by_block(asked, approved)
    years = region_figures.years_of(asked, results.columns)
    published = is_public(asked)
    rows = results_page.rows_of(asked, coverage, results, leads=not published)
    legal_name, address = letterhead(region)
    return RegionReport(
        created=clock.now(),
        basis=basis_of(asked),
        title=f"Nulmeting {asked.year}, {region.name}",
        year=asked.year,
        region=region.name,
        legal_name=legal_name,
        address=address,
        block_label=region.block_label,
        example=asked.example,
        published=published,
        stands=_stands(asked),
        facts=_region_facts(asked, coverage),
        in_short=region_figures.in_short(results.columns),
        scale=[Fact(str(row.score), row.name or row.text) for row in results_page.scale_of(asked)],
        coverage=_coverage(coverage, published=published),
        rows=[
            HeatRow(
                row.name,
                row.note,
                row.instead,
                [HeatCell(cell.label, cell.level or 0) for cell in row.cells],
            )
            for row in rows
        ],
        blocks=_blocks(asked, results, years),
        merged=list(years.merged),
    )


def _coverage(coverage: queries.Coverage, *, published: bool) -> list[CoverageLine]:
    """Who approved first, then the others by how far they are; how far is for the team alone."""
    found: dict[str, list[str]] = {"Vastgesteld": []}
    for standing in coverage.rows:
        approved = standing.submission.state == SubmissionState.APPROVED
        state = (
            "Vastgesteld"
            if approved
            else results_page.instead_of(standing, leads=not published, exact=False)
        )
        found.setdefault(state, []).append(standing.submission.municipality.name)
    return [CoverageLine(state, names) for state, names in found.items() if names]


def _blocks(asked: Round, results: queries.Results, years: region_figures.Years) -> list[BlockPart]:
    figures = region_figures.figures_of(asked)
    questions: dict[int, list[QuestionLine]] = {}
    for item in asked.instrument.items.select_related("block"):
        line = QuestionLine(
            f"{item.block.number}.{item.number}",
            item.text,
            figures.items.get(item.pk, Spread(0)),
        )
        questions.setdefault(item.block_id, []).append(line)
    shared = _shared(asked)
    return [
        BlockPart(
            column.number,
            column.title,
            column.head,
            column.spread,
            column.ambition,
            [YearLine(year.year, year.spread, year.same, year.asked) for year in over.years],
            questions.get(column.pk, []),
            shared.get(column.pk, []),
        )
        for column, over in zip(results.columns, years.blocks, strict=True)
    ]


def _shared(asked: Round) -> dict[int, list[SharedLine]]:
    """What municipalities let others read, per block; nothing before publication."""
    if asked.state != RoundState.PUBLISHED:
        return {}
    rows = BlockAnswer.objects.filter(
        submission__round=asked,
        submission__state=SubmissionState.APPROVED,
        may_share=True,
    ).exclude(shared="")
    found: dict[int, list[SharedLine]] = {}
    for block, name, text in rows.order_by("submission__municipality__sort_name").values_list(
        "block", "submission__municipality__name", "shared"
    ):
        found.setdefault(block, []).append(SharedLine(name, text))
    return found


def _region_facts(asked: Round, coverage: queries.Coverage) -> list[Fact]:
    total = len(coverage.taking_part)
    return [
        Fact("Invullen", f"{long_date(asked.opens_on)} tot en met {long_date(asked.closes_on)}"),
        Fact("Vragenlijst", str(asked.instrument)),
        Fact("Vastgesteld", f"{coverage.approved} van {total} gemeenten"),
        Fact("Stand", _stands(asked)),
    ]


def _stands(asked: Round) -> str:
    if asked.state == RoundState.PUBLISHED:
        return f"Gepubliceerd op {long_date(asked.published_at)}."
    return f"Tussenstand van {long_date(local_day(clock.now()))}, alleen voor het programmateam."
