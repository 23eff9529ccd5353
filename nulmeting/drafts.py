"""Who may keep a draft of what in this room (see core.drafts), by the key of its form.

nulmeting:SUBMISSION-BLOCK         what is filled in on a block
submission:SUBMISSION-WHAT[-PIECE] remarks at a return, a piece of evidence (0: a new one)
instrument:INSTRUMENT-WHAT[-ROW]   title, scale, levels of a block, a question (new: of a block)
round:ROUND-WHAT                   the round, the reason why it opens again
nulmeting-new:REGION-WHAT          a round or an instrument that is not there yet
"""

from typing import Any

from core.drafts import register_key
from governance.models import Region
from governance.rules import may
from governance.views.base import is_key
from nulmeting.models import Evidence, Instrument, Round, Submission
from nulmeting.rules import gives_back


def _block(user: Any, rest: str) -> bool:
    key, _, block = rest.partition("-")
    if not (is_key(key) and is_key(block)):
        return False
    rows = Submission.objects.select_related("round")
    found = rows.filter(pk=int(key), round__instrument__items__block=int(block)).first()
    return found is not None and bool(may(user, "nulmeting.edit", found))


def _submission(user: Any, rest: str) -> bool:
    key, what, part = _split(rest)
    found = Submission.objects.select_related("round").filter(pk=key).first()
    if found is None:
        return False
    if what == "evidence" and is_key(part):
        mine = int(part) == 0 or Evidence.objects.filter(pk=int(part), submission=found).exists()
        return mine and bool(may(user, "nulmeting.edit", found))
    return (what, part) == ("remarks", "") and gives_back(user, found)


def _instrument(user: Any, rest: str) -> bool:
    key, what, part = _split(rest)
    found = Instrument.objects.filter(pk=key).first()
    if found is None or not may(user, "nulmeting.lead", found):
        return False
    if what in ("head", "scale"):
        return not part
    if not is_key(part):
        return False
    if what == "item":
        return found.items.filter(pk=int(part)).exists()
    return what in ("levels", "new") and found.region.building_blocks.filter(pk=int(part)).exists()


def _round(user: Any, rest: str) -> bool:
    key, what, part = _split(rest)
    found = Round.objects.filter(pk=key).first()
    known = what in ("edit", "again", "reopen") and not part
    return known and found is not None and bool(may(user, "nulmeting.lead", found))


def _new(user: Any, rest: str) -> bool:
    key, what, part = _split(rest)
    region = Region.objects.filter(pk=key).first()
    known = what in ("round", "instrument") and not part
    return known and region is not None and bool(may(user, "nulmeting.prepare", region))


def _split(rest: str) -> tuple[int, str, str]:
    """'12-item-7' as (12, 'item', '7'); 0 is nobody's key."""
    key, _, more = rest.partition("-")
    what, _, part = more.partition("-")
    return int(key) if is_key(key) else 0, what, part


def register() -> None:
    """Called once at start-up."""
    register_key("nulmeting", _block)
    register_key("submission", _submission)
    register_key("instrument", _instrument)
    register_key("round", _round)
    register_key("nulmeting-new", _new)
