"""Reads of the nulmeting that span rows: where everybody stands, and the results of a round.

Each loads what a page needs in a fixed number of queries, whatever the number of municipalities.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Count, F, QuerySet, Sum

from core import clock
from governance.models import RegionMunicipality
from nulmeting.enums import Given, SubmissionState
from nulmeting.figures import Spread, level_of, mean_of, shown, spread_of
from nulmeting.models import Answer, BlockAnswer, Item, Round, Submission
from regioagenda.models import BuildingBlock

# Where everybody stands --------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One municipality in a round: its state, and how far it is."""

    submission: Submission
    answered: int
    asked: int
    takes_part: bool

    @property
    def percentage(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0


@dataclass(frozen=True)
class Coverage:
    """Who handed in and who did not, by name; one that left the region is told apart."""

    rows: tuple[Standing, ...]

    def number(self, *states: str) -> int:
        return sum(row.submission.state in states for row in self.taking_part)

    @property
    def taking_part(self) -> list[Standing]:
        return [row for row in self.rows if row.takes_part]

    @property
    def approved(self) -> int:
        return self.number(SubmissionState.APPROVED)


def coverage_of(asked: Round) -> Coverage:
    """Three queries: submissions with their number of answers, questions, who takes part today."""
    rows = asked.submissions.select_related("municipality__successor").annotate(
        answered=Count("blocks__answers")
    )
    questions = asked.instrument.items.count()
    taking_part = set(
        RegionMunicipality.objects.current(min(clock.today(), asked.closes_on))
        .filter(region=asked.region_id)
        .values_list("municipality", flat=True)
    )
    return Coverage(
        tuple(
            Standing(row, row.answered, questions, row.municipality_id in taking_part)
            for row in rows.order_by("municipality__sort_name")
        )
    )


# Results ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One score in a table: how it is written, and the level that colours it (None: no score)."""

    score: float | None
    label: str
    level: int | None
    number: int = 0


@dataclass(frozen=True)
class Line:
    """One municipality: its cells in the order of the columns, and its ambitions per block, each
    with the year in which it wants to be there."""

    submission: Submission
    cells: tuple[Cell, ...]
    ambitions: tuple[int | None, ...] = ()
    aim_years: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Column:
    """A block or an item, with the distribution over the municipalities. `head` is its name where
    there is little room; `pk` is that of the block or the item."""

    number: str
    title: str
    spread: Spread
    ambition: Spread = field(default_factory=lambda: Spread(0))
    head: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Results:
    """A heat map: columns (blocks or items) and a line per municipality, by name."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


Scores = Mapping[tuple[int, int], list[int]]


def blocks_of(asked: Round) -> list[BuildingBlock]:
    """The blocks that the instrument of a round asks about, in order."""
    used = Item.objects.filter(instrument=asked.instrument_id).values("block")
    return list(BuildingBlock.objects.filter(pk__in=used).order_by("number"))


def results_by_block(asked: Round, submissions: QuerySet[Submission]) -> Results:
    """Scores per municipality and block, of the submissions that the reader may see."""
    blocks = blocks_of(asked)
    rows = _submissions(asked, submissions)
    scores = _scores(rows, "item__block")
    ambitions = _ambitions(rows)
    lines = tuple(
        Line(
            row,
            tuple(_cell(scores.get((row.pk, block.pk), [])) for block in blocks),
            tuple(ambitions.get((row.pk, block.pk), NO_AIM)[0] for block in blocks),
            tuple(ambitions.get((row.pk, block.pk), NO_AIM)[1] for block in blocks),
        )
        for row in rows
    )
    columns = tuple(
        Column(
            str(block.number),
            block.title,
            spread_of(line.cells[place].score for line in lines),
            spread_of(line.ambitions[place] for line in lines),
            block.name_in_head,
            block.pk,
        )
        for place, block in enumerate(blocks)
    )
    return Results(columns, lines)


def results_by_item(
    asked: Round, block: BuildingBlock, submissions: QuerySet[Submission]
) -> Results:
    """Scores per municipality and question of one block."""
    items = list(asked.instrument.items.filter(block=block).select_related("block"))
    rows = _submissions(asked, submissions)
    scores = _scores(rows, "item", block=block)
    lines = tuple(
        Line(row, tuple(_whole(scores.get((row.pk, item.pk), [])) for item in items))
        for row in rows
    )
    columns = tuple(
        Column(
            f"{block.number}.{item.number}",
            item.text,
            spread_of(line.cells[place].score for line in lines),
            pk=item.pk,
        )
        for place, item in enumerate(items)
    )
    return Results(columns, lines)


def _submissions(asked: Round, submissions: QuerySet[Submission]) -> list[Submission]:
    return list(
        submissions.filter(round=asked)
        .select_related("municipality__successor")
        .order_by("municipality__sort_name")
    )


def _scores(rows: Iterable[Submission], by: str, block: BuildingBlock | None = None) -> Scores:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    answers = Answer.objects.filter(
        block__submission__in=[row.pk for row in rows], given=Given.SCORE
    )
    if block is not None:
        answers = answers.filter(item__block=block)
    for submission, place, score in answers.values_list("block__submission", by, "score"):
        found[submission, place].append(score or 0)
    return found


Aims = dict[tuple[int, int], tuple[int | None, int | None]]
NO_AIM = (None, None)


def _ambitions(rows: Iterable[Submission]) -> Aims:
    """The ambition and its year, per submission and block."""
    answers = BlockAnswer.objects.filter(submission__in=[row.pk for row in rows])
    return {
        (submission, block): (ambition, year)
        for submission, block, ambition, year in answers.values_list(
            "submission", "block", "ambition", "ambition_year"
        )
    }


def _cell(scores: list[int]) -> Cell:
    score = mean_of(scores)
    return Cell(score, shown(score), level_of(score), len(scores))


def _whole(scores: list[int]) -> Cell:
    """One answer: a whole number, without a decimal that it never has."""
    return replace(_cell(scores), label=str(scores[0]) if scores else "–")


# Year on year -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Year:
    """One round of a region for one block: the spread over the municipalities, and how many of its
    questions ask the same as in the newest round (`same` of `asked`)."""

    year: int
    spread: Spread
    same: int
    asked: int

    @property
    def comparable(self) -> bool:
        return self.same == self.asked


def year_on_year(newest: Round, rounds: QuerySet[Round]) -> dict[int, tuple[Year, ...]]:
    """Per block (its key) the years up to the newest round, oldest first.

    Only approved submissions count, and of earlier years only the questions that still ask the
    same: where some changed, `comparable` says so. Three queries, whatever the number of years.
    """
    wanted = list(rounds.filter(region=newest.region_id, year__lte=newest.year).order_by("year"))
    items = Item.objects.filter(instrument__in={each.instrument_id for each in wanted})
    rows = list(items.order_by().values_list("pk", "instrument", "identity", "block"))
    asked = {
        identity: block
        for _, instrument, identity, block in rows
        if instrument == newest.instrument_id
    }
    same = Counter(
        (instrument, asked[identity]) for _, instrument, identity, _ in rows if identity in asked
    )
    scores = _means(wanted, changed=[pk for pk, _, identity, _ in rows if identity not in asked])
    return {
        block: tuple(
            Year(
                each.year,
                spread_of(scores[each.pk, block]),
                same[each.instrument_id, block],
                same[newest.instrument_id, block],
            )
            for each in wanted
        )
        for block in set(asked.values())
    }


def _means(
    wanted: Iterable[Round], changed: Sequence[int]
) -> Mapping[tuple[int, int], list[float]]:
    """Per round and block the scores of the municipalities that approved, without the questions
    that changed. Added up by the database, since ten rounds have many answers, and divided here:
    its own average is cut off in decimals. Naming what to leave out, mostly nothing, lets it walk
    from round to answer."""
    answers = Answer.objects.filter(
        block__submission__round__in=[each.pk for each in wanted],
        block__submission__state=SubmissionState.APPROVED,
    )
    if changed:
        answers = answers.exclude(item__in=changed)
    rows = (
        answers.values_list("block__submission__round", "block__submission", "block__block")
        .annotate(Sum("score"), Count("score"))
        .order_by()
    )
    found: dict[tuple[int, int], list[float]] = defaultdict(list)
    for round_id, _, block, total, count in rows:
        if count:
            found[round_id, block].append(total / count)
    return found


@dataclass(frozen=True)
class Merged:
    """Municipalities that took part in a year and are now one: `became`."""

    year: int
    names: tuple[str, ...]
    became: str


def merged_since(rounds: QuerySet[Round]) -> list[Merged]:
    """Of which of these rounds municipalities have merged by now, oldest first; one query."""
    rows = (
        Submission.objects.filter(
            round__in=rounds,
            municipality__successor__isnull=False,
            municipality__valid_until__lt=clock.today(),
        )
        .order_by("round__year", "municipality__successor__sort_name", "municipality__sort_name")
        .values_list("round__year", "municipality__successor__name", "municipality__name")
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for year, became, name in rows:
        found[year, became].append(name)
    return [Merged(year, tuple(names), became) for (year, became), names in found.items()]


def of_predecessors(asked: Round) -> dict[int, list[str]]:
    """Per municipality in a round the names of those that merged into it after that round."""
    rows = Submission.objects.filter(round=asked, municipality__successor__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    for successor, name in rows.annotate(home=F("municipality__successor")).values_list(
        "home", "municipality__name"
    ):
        found[successor].append(name)
    return found
