"""The questions and a prepared round of the world, and what their addresses are about."""

from datetime import timedelta
from typing import Any

from core import clock
from nulmeting.domain import instruments, rounds
from nulmeting.models import Instrument, Round
from regioagenda.models import BuildingBlock
from tests.cast import Cast


def make_questions(cast: Cast, block: BuildingBlock) -> Instrument:
    """A version that was fixed, and (returned) the next one, which is in preparation."""
    first = instruments.begin_instrument(cast.region, title="Vragen", by=cast.author)
    for part in (None, block):
        for score in range(1, 6):
            instruments.keep_level(first, part, score, text=f"niveau {score}", by=cast.author)
    instruments.add_item(first, block, text="Een vraag?", by=cast.author)
    first = instruments.fix_instrument(first, by=cast.author)
    return instruments.draw_next(first, by=cast.author)


def make_plan(cast: Cast, questions: Instrument) -> Round:
    """A round of next year in concept, which only the team sees."""
    assert questions.drawn_from is not None
    begins = clock.today() + timedelta(days=90)
    return rounds.prepare_round(
        cast.region,
        year=clock.today().year + 1,
        instrument=questions.drawn_from,
        opens_on=begins,
        closes_on=begins + timedelta(days=60),
        by=cast.author,
    )


def arguments(questions: Instrument, plan: Round, on: str) -> dict[str, Any]:
    """The version, its block or question, or the round that an address is about."""
    kind, _, part = on.partition(".")
    if kind == "plan":
        return {"year": plan.year}
    item = questions.items.get()
    own = {"": {}, "block": {"block": item.block_id}, "item": {"item": item.pk}}
    return {"version": questions.version} | own[part]
