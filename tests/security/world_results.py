"""A published round of the world, of which one municipality has results."""

from typing import Any

from core import clock
from nulmeting.domain import instruments
from nulmeting.enums import InstrumentState
from nulmeting.models import Instrument, Round
from regioagenda.models import BuildingBlock
from tests import baseline, results
from tests.cast import Cast


def make_results(cast: Cast, block: BuildingBlock) -> Round:
    """A round of last year; Aardam approved."""
    fixed = cast.region.instruments.filter(state=InstrumentState.FIXED).first()
    questions = fixed or _questions(cast, block)
    asked = baseline.opened(cast, questions, year=clock.today().year - 1)
    results.approve(asked, {"Aardam": 3})
    return results.published(cast, asked)


def _questions(cast: Cast, block: BuildingBlock) -> Instrument:
    first = instruments.begin_instrument(cast.region, title="Vragen", by=cast.author)
    for part in (None, block):
        for score in range(1, 6):
            instruments.keep_level(
                first, part, score, text=f"niveau {score}", name="", by=cast.author
            )
    instruments.add_item(first, block, text="Een vraag?", by=cast.author)
    return instruments.fix_instrument(first, by=cast.author)


def arguments(asked: Round, on: str) -> dict[str, Any]:
    """The round, its block, a file of it, or the submission that an address is about."""
    _, _, part = on.partition(".")
    own = {
        "": {},
        "block": {"block": results.first_block(asked).pk},
        "answers": {"what": "antwoorden", "extension": "csv"},
        "scores": {"what": "scores", "extension": "xlsx"},
        "own": {"pk": asked.submissions.get(state="approved").pk},
    }
    return {"year": asked.year} | own[part]
