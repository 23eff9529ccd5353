"""How municipality and region stand on the blocks that a proposal touches (journey 4).

Figures of the region only of the newest published round, for everybody the same as on its own
pages: who belongs inside reads them whole, others as far as the public may (`in_public`). Which
scores of her own municipality somebody reads, `scored_submissions` says. Municipalities are
compared with the region, never with one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from core.components import Link
from core.panels import Panel, register
from governance.enums import Circle
from governance.models import Decision, Membership, Municipality, Proposal, Region
from governance.models.dated import valid_on
from governance.rules import may, visible_to
from governance.standing import standing_of
from nulmeting import charts
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.figures import Spread, in_public, shown
from nulmeting.filling_page import url_of
from nulmeting.models import Round, Submission
from nulmeting.public_page import public_url
from nulmeting.queries import results_by_block
from nulmeting.region_figures import figures_of
from nulmeting.results_page import block_url, round_url
from nulmeting.rules import of_homes, scored_submissions
from regioagenda.models import BuildingBlock
from regioagenda.queries import blocks_touched

NOTHING = Spread(0)


@dataclass(frozen=True)
class BlockLine:
    """One block; with `municipality` also how that one stands, else the region alone."""

    title: str
    url: str
    region: Spread
    municipality: str = ""
    score: float | None = None
    ambition: int | None = None
    ambition_year: int | None = None

    @property
    def chart(self) -> charts.Stand | None:
        if self.municipality:
            name = f"{self.title}, {self.municipality}"
            return charts.stand(name, self.score, self.ambition, self.region)
        return charts.middle(self.title, self.region)


@dataclass(frozen=True)
class StandingPanel(Panel):
    """`compares` tells whether the region stands beside it: only of a published round. `absent` are
    own municipalities without approved scores in this round."""

    year: int
    example: bool
    compares: bool
    label: str
    lines: tuple[BlockLine, ...]
    homes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    more: tuple[Link, ...] = ()

    @property
    def own(self) -> bool:
        return any(line.municipality for line in self.lines)

    @property
    def named(self) -> bool:
        """Several own municipalities, or what one was before a merger: each line says whose."""
        found = {line.municipality for line in self.lines if line.municipality}
        return len(found) > 1 or bool(found - set(self.homes))


def of_proposal(proposal: Proposal, reader: Any) -> StandingPanel | None:
    return _panel(proposal.region, blocks_touched(proposal), reader)


def of_block(block: BuildingBlock, reader: Any) -> StandingPanel | None:
    return _panel(block.region, [block], reader)


def of_decision(decision: Decision, reader: Any) -> StandingPanel | None:
    """For a memo, whose readers are many: what the public may see, and nothing without figures."""
    panel = of_proposal(decision.proposal, None)
    known = panel is not None and any(line.region.number for line in panel.lines)
    return panel if known else None


def _panel(region: Region, blocks: Sequence[BuildingBlock], reader: Any) -> StandingPanel | None:
    """A number of queries that does not grow with blocks, municipalities or years."""
    if not blocks:
        return None
    published = _newest_published(region, blocks)
    inside = bool(published and may(reader, "nulmeting.results", published))
    homes = _homes(region, reader) if inside or published is None else []
    newer = _newer(region, homes, published, blocks, reader)
    asked = published or (newer.round if newer else None)
    if asked is None:
        return None
    asked.region = region
    spreads: dict[int, Spread] = {}
    if published:
        found = figures_of(published, [block.pk for block in blocks]).blocks
        spreads = {key: each if inside else in_public(each) for key, each in found.items()}
    own = _own_lines(asked, homes, reader)
    lines = [
        line
        for block in blocks
        for line in _lines(block, asked, spreads.get(block.pk, NOTHING), own, inside=inside)
    ]
    with_scores = {home for each in own for home in each.of}
    return StandingPanel(
        title=_title(homes),
        year=asked.year,
        example=asked.example,
        compares=published is not None,
        label=region.block_label,
        lines=tuple(lines),
        homes=tuple(home.name for home in homes),
        absent=tuple(home.name for home in homes if home.pk not in with_scores),
        more=tuple(_more(asked, own, newer if published else None, inside=inside)),
    )


def _title(homes: Sequence[Municipality]) -> str:
    match homes:
        case []:
            return "Hoe de regio ervoor staat"
        case [home]:
            return f"Hoe {home} ervoor staat"
    return "Hoe uw gemeenten ervoor staan"


# What is read -------------------------------------------------------------------------------------


def _newest_published(region: Region, blocks: Sequence[BuildingBlock]) -> Round | None:
    """That asks about any of these blocks."""
    rounds = Round.objects.filter(
        region=region, state=RoundState.PUBLISHED, instrument__items__block__in=blocks
    )
    return rounds.order_by("-year").first()


def _homes(region: Region, reader: Any) -> list[Municipality]:
    """The municipalities of this region that somebody serves, or for which she sits in a body."""
    standing = standing_of(reader)
    mine = Q(pk__in=standing.municipalities)
    if standing.bodies:
        seats = Membership.objects.current().filter(
            valid_on(prefix="seat__"),
            user=reader,
            body__in=standing.bodies,
            body__circle=Circle.INTERNAL,
        )
        mine |= Q(pk__in=seats.values("seat__municipality"))
    elif not standing.municipalities:
        return []
    rows = Municipality.objects.filter(
        mine, valid_on(prefix="participations__"), participations__region=region
    )
    return list(rows.order_by("sort_name").distinct())


def _newer(
    region: Region,
    homes: Sequence[Municipality],
    published: Round | None,
    blocks: Sequence[BuildingBlock],
    reader: Any,
) -> Submission | None:
    """What an own municipality approved in a later round than the published one, for who reads its
    answers already."""
    if not homes:
        return None
    rows = visible_to(reader, Submission).filter(
        of_homes([home.pk for home in homes]),
        state=SubmissionState.APPROVED,
        round__region=region,
        round__instrument__items__block__in=blocks,
    )
    if published:
        rows = rows.filter(round__year__gt=published.year)
    return (
        rows.select_related("round__instrument", "municipality")
        .order_by("-round__year", "municipality__sort_name")
        .first()
    )


@dataclass(frozen=True)
class _Own:
    """What one municipality approved: score, ambition and its year per block. `of` are the keys of
    itself and of what it became."""

    submission: Submission
    of: frozenset[int | None]
    found: dict[int, tuple[float | None, int | None, int | None]]


def _own_lines(asked: Round, homes: Sequence[Municipality], reader: Any) -> list[_Own]:
    if not homes:
        return []
    rows = scored_submissions(reader).filter(
        of_homes([home.pk for home in homes]), state=SubmissionState.APPROVED
    )
    results = results_by_block(asked, rows)
    keys = [column.pk for column in results.columns]
    scores = (
        (line.submission, [cell.score for cell in line.cells], line.ambitions, line.aim_years)
        for line in results.lines
    )
    return [
        _Own(
            row,
            frozenset({row.municipality_id, row.municipality.successor_id}),
            dict(zip(keys, zip(own, ambitions, years, strict=True), strict=True)),
        )
        for row, own, ambitions, years in scores
    ]


# How it is shown ----------------------------------------------------------------------------------


def _lines(
    block: BuildingBlock, asked: Round, region: Spread, own: list[_Own], *, inside: bool
) -> list[BlockLine]:
    url = _url(block, asked, inside=inside)
    if not own:
        return [BlockLine(str(block), url, region)]
    lines = []
    for each in own:
        score, ambition, year = each.found.get(block.pk, (None, None, None))
        name = each.submission.municipality.name
        lines.append(BlockLine(str(block), url, region, name, score, ambition, year))
    return lines


def _url(block: BuildingBlock, asked: Round, *, inside: bool) -> str:
    if inside:
        return block_url(asked, block.pk)
    return public_url(asked) if asked.state == RoundState.PUBLISHED else ""


def _more(asked: Round, own: list[_Own], newer: Submission | None, *, inside: bool) -> list[Link]:
    """The whole results, of the own municipality first."""
    links = []
    for each in own:
        each.submission.round = asked
        url = url_of("submission-results", each.submission)
        links.append(Link(f"Alle uitkomsten van {each.submission.municipality}", url))
    if newer:
        newer.round.region = asked.region
        links.append(
            Link(
                f"Wat {newer.municipality} in {newer.round.year} vaststelde",
                url_of("submission-results", newer),
                note="nog zonder de cijfers van de regio",
            )
        )
    if inside:
        links.append(Link(f"Nulmeting {asked.year}: de hele regio", round_url(asked)))
    return links


def frozen(panel: Any) -> dict[str, Any]:
    """For a memo: what everybody may see of the region, in words."""
    example = ", voorbeeld" if panel.example else ""
    return {
        "title": f"{panel.title}: nulmeting {panel.year}{example}",
        "caption": "Mediaan en middelste helft van de gemeenten, van 1 tot 5",
        "head": [panel.label.capitalize(), "Mediaan", "Middelste helft", "Gemeenten"],
        "rows": [
            [line.title, *_in_words(line.region), str(line.region.number)] for line in panel.lines
        ],
    }


def _in_words(spread: Spread) -> tuple[str, str]:
    if spread.hidden:
        return "te weinig gemeenten", "–"
    return shown(spread.median), charts.middle_half(spread)


def register_panels() -> None:
    """Called once at start-up."""
    template = "nulmeting/_block_panel.html"
    register("proposal", "standing", of_proposal, template, frozen)
    register("block", "standing", of_block, template, frozen)
    register("decision_memo", "standing", of_decision, template, frozen, for_all=True)
