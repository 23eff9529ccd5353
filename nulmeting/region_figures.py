"""The figures of the region as a whole: what a page, a report and a municipality beside it show.

Only approved submissions count. Of the years before, only rounds that were published: figures that
nobody may read yet are compared with nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from nulmeting import charts
from nulmeting.enums import Given, RoundState, SubmissionState
from nulmeting.figures import Spread, mean_of, shown, spread_of
from nulmeting.models import Answer, BlockAnswer, Round
from nulmeting.queries import Column, Merged, Year, merged_since, year_on_year


def is_public(asked: Round) -> bool:
    """Whether figures of the region may stand beside those of a municipality."""
    return asked.state == RoundState.PUBLISHED


@dataclass(frozen=True)
class RegionFigures:
    """The spread over the municipalities per block, per question, and of the ambition per block;
    keys are those of the rows."""

    blocks: Mapping[int, Spread] = field(default_factory=dict)
    items: Mapping[int, Spread] = field(default_factory=dict)
    ambitions: Mapping[int, Spread] = field(default_factory=dict)


def figures_of(asked: Round, blocks: Sequence[int] | None = None) -> RegionFigures:
    """Two queries, whatever the number of municipalities; of these blocks, or of all."""
    approved: dict[str, Any] = {
        "submission__round": asked,
        "submission__state": SubmissionState.APPROVED,
    }
    if blocks is not None:
        approved["block__in"] = blocks
    answers = Answer.objects.filter(
        given=Given.SCORE, **{f"block__{name}": value for name, value in approved.items()}
    ).values_list("block__submission", "item__block", "item", "score")
    by_block: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    by_item: dict[int, list[int]] = defaultdict(list)
    for submission, block, item, score in answers:
        by_block[block][submission].append(score or 0)
        by_item[item].append(score or 0)
    aims: dict[int, list[int]] = defaultdict(list)
    rows = BlockAnswer.objects.filter(ambition__isnull=False, **approved)
    for block, ambition in rows.values_list("block", "ambition"):
        aims[block].append(ambition or 0)
    return RegionFigures(
        {
            block: spread_of(mean_of(scores) for scores in found.values())
            for block, found in by_block.items()
        },
        {item: spread_of(scores) for item, scores in by_item.items()},
        {block: spread_of(scores) for block, scores in aims.items()},
    )


# In words ----------------------------------------------------------------------------------------


def in_short(columns: Sequence[Column]) -> list[str]:
    """Where the region as a whole stands highest and lowest, and where municipalities differ most:
    about blocks, never about municipalities. Empty with fewer than two blocks that have scores."""
    known = [column for column in columns if column.spread.median is not None]
    if len(known) < 2:
        return []
    medians = [shown(column.spread.median) for column in known]
    said = []
    if len(set(medians)) > 1:
        highest = _at(known, max(known, key=lambda each: each.spread.median or 0))
        lowest = _at(known, min(known, key=lambda each: each.spread.median or 0))
        said.append(f"De mediaan is het hoogst bij {highest}. Zij is het laagst bij {lowest}.")
    widest = max(known, key=lambda each: each.spread.width or 0)
    if widest.spread.width:
        said.append(
            f"De gemeenten verschillen het meest bij ‘{widest.title}’: de middelste helft "
            f"ligt daar tussen {shown(widest.spread.lower)} en {shown(widest.spread.upper)}."
        )
    return said


def _at(known: Sequence[Column], extreme: Column) -> str:
    """'‘Preventie’ (3,4)', or several that have the same median."""
    label = shown(extreme.spread.median)
    same = [f"‘{each.title}’" for each in known if shown(each.spread.median) == label]
    names = same[0] if len(same) == 1 else f"{', '.join(same[:-1])} en {same[-1]}"
    return f"{names} ({label})"


# Year on year -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BlockYears:
    """One block over the years: its drawing, the figures behind it, and what to bear in mind."""

    number: str
    title: str
    chart: charts.YearLines | None
    years: tuple[Year, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Years:
    """All blocks over the years, and which municipalities merged meanwhile."""

    blocks: tuple[BlockYears, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        return any(len(block.years) > 1 for block in self.blocks)


def published_until(asked: Round) -> Q:
    """This round and the published ones before it."""
    return Q(pk=asked.pk) | Q(state=RoundState.PUBLISHED, year__lt=asked.year)


def years_of(
    asked: Round,
    columns: Sequence[Column],
    seen: Callable[[Spread], Spread] | None = None,
) -> Years:
    """Four queries, whatever the number of years and municipalities. `seen` makes of a spread what
    these readers may see of it."""
    rounds = Round.objects.filter(published_until(asked), region=asked.region_id)
    found = year_on_year(asked, rounds)
    if seen is not None:
        found = {
            block: tuple(replace(year, spread=seen(year.spread)) for year in years)
            for block, years in found.items()
        }
    merged = merged_since(rounds.exclude(pk=asked.pk))
    return drawn(
        [(column.number, column.title, found.get(column.pk, ())) for column in columns],
        [merger_in_words(each) for each in merged],
    )


def drawn(rows: Sequence[tuple[str, str, tuple[Year, ...]]], merged: Sequence[str] = ()) -> Years:
    """From plain figures, as a report keeps them, the same drawings as on the page."""
    return Years(
        tuple(
            BlockYears(
                number,
                title,
                charts.year_lines(title, [(year.year, year.spread) for year in years]),
                years,
                tuple(remark for year in years if (remark := _remark(year))),
            )
            for number, title, years in rows
        ),
        tuple(merged),
    )


def _remark(year: Year) -> str:
    if not year.same:
        return f"{year.year}: niet te vergelijken, alle vragen zijn anders."
    if year.spread.hidden:
        return f"{year.year}: te weinig gemeenten."
    if year.comparable:
        return ""
    return f"{year.year}: vergeleken op {year.same} van {year.asked} vragen."


def merger_in_words(merged: Merged) -> str:
    """'In 2021 deden Brielle en Westvoorne apart mee; zij zijn nu samen Voorne aan Zee.'"""
    names = list(merged.names)
    if len(names) == 1:
        return f"In {merged.year} deed {names[0]} apart mee; die gemeente is nu {merged.became}."
    listed = f"{', '.join(names[:-1])} en {names[-1]}"
    return f"In {merged.year} deden {listed} apart mee; zij zijn nu {merged.became}."
