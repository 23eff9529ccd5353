"""A round with results, reached through the domain."""

from typing import Any

from core import clock
from governance.models import Municipality
from nulmeting.domain import rounds
from nulmeting.domain.content import sha256_of
from nulmeting.domain.submissions import approve_by_link
from nulmeting.models import Round, Submission
from regioagenda.models import BuildingBlock
from tests import baseline
from tests import factories as make
from tests.cast import Cast

SCORES = {"Aardam": 2, "Beekzicht": 4, "Cotten": 5}


def approve(asked: Round, scores: dict[str, int], **own: Any) -> None:
    """Each of these municipalities answers everything with one score, and approves."""
    for name, score in scores.items():
        one = baseline.of(asked, name)
        handed_in = baseline.submitted(one, baseline.editor(one.municipality), score=score, **own)
        approve_by_link(handed_in, seen_sha256=sha256_of(handed_in), office="wethouder")


def published(cast: Cast, asked: Round) -> Round:
    """Closed and published by the team."""
    return rounds.publish_round(rounds.close_round(asked, by=cast.author), by=cast.author)


def ready(cast: Cast, scores: dict[str, int] = SCORES, **own: Any) -> Round:
    """An open round in which these municipalities approved."""
    asked = baseline.opened(cast)
    approve(asked, scores, **own)
    return Round.objects.select_related("region", "instrument", "compared_with").get(pk=asked.pk)


def year_before(cast: Cast, asked: Round, back: int, scores: dict[str, int] = SCORES) -> Round:
    """A published round `back` years before this one, with the same questions."""
    with clock.at(clock.now().replace(year=clock.now().year - back)):
        earlier = baseline.opened(cast, asked.instrument, year=asked.year - back)
        approve(earlier, scores)
        return published(cast, earlier)


def more_municipalities(cast: Cast, number: int) -> list[Municipality]:
    """Others that take part in the region, beside the three of the cast."""
    return [make.municipality(f"Dorp {n:02d}", in_region=cast.region) for n in range(number)]


def row_of(asked: Round, name: str) -> Submission:
    found = baseline.of(asked, name)
    found.round = asked
    return found


def first_block(asked: Round) -> BuildingBlock:
    item = asked.instrument.items.select_related("block").first()
    assert item is not None
    return item.block
