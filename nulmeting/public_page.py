"""What everybody sees of a published round: the region as a whole, never one municipality."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.components import Link
from core.formats import long_date
from nulmeting import charts, queries
from nulmeting.figures import Spread, in_public
from nulmeting.method import IN_PUBLIC
from nulmeting.models import Round
from nulmeting.queries import Column
from nulmeting.region_figures import figures_of, in_short, years_of
from nulmeting.results_page import scale_of
from nulmeting.rules import public_rounds

NOTHING = Spread(0)


@dataclass(frozen=True)
class PublicBlock:
    """One block: median and middle half, and how many municipalities they rest on."""

    number: str
    title: str
    spread: Spread
    chart: charts.Stand | None


def public_url(asked: Round) -> str:
    return reverse("nulmeting:round-public", args=[asked.region.slug, asked.year])


def public_context(asked: Round) -> dict[str, Any]:
    """Everything the page draws, in a number of queries that does not grow. Each spread passes
    `in_public`, so that nothing of one municipality reaches the template."""
    figures = figures_of(asked)
    columns = [
        Column(
            str(block.number),
            block.title,
            in_public(figures.blocks.get(block.pk, NOTHING)),
            pk=block.pk,
        )
        for block in queries.blocks_of(asked)
    ]
    coverage = queries.coverage_of(asked)
    return {
        "asked": asked,
        "region": asked.region,
        "status": (
            f"{coverage.approved} van {len(coverage.taking_part)} gemeenten deden mee. "
            f"Gepubliceerd op {long_date(asked.published_at)}."
        ),
        "blocks": [
            PublicBlock(
                column.number,
                column.title,
                column.spread,
                charts.middle(column.title, column.spread),
            )
            for column in columns
        ],
        "shows": any(column.spread.median is not None for column in columns),
        "in_short": in_short(columns),
        "scale": scale_of(asked),
        "years": years_of(asked, columns, in_public),
        "others": _other_years(asked),
        "method": IN_PUBLIC,
    }


def _other_years(asked: Round) -> list[Link]:
    """The other rounds of this region that everybody may read, newest first."""
    years = public_rounds().filter(region=asked.region_id).exclude(pk=asked.pk)
    return [
        Link(str(year), reverse("nulmeting:round-public", args=[asked.region.slug, year]))
        for year in years.order_by("-year").values_list("year", flat=True)
    ]
