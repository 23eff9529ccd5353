"""The mark of a body in calendar and planning: a code of a few letters, and a colour beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import Body

LETTERS = 4
COLOURS = 8  # see static/css/calendar.css


@dataclass(frozen=True)
class Mark:
    """The code says which body it is; the colour (1 to 8) only helps to find it back."""

    code: str
    colour: int
    name: str


def marks_of(bodies: Iterable[Body]) -> dict[int, Mark]:
    """A mark for each body of a region, in its order. No two have the same code."""
    found: dict[int, Mark] = {}
    taken: set[str] = set()
    for place, body in enumerate(bodies):
        code = _free(_code(body.short_name), taken)
        taken.add(code)
        found[body.pk] = Mark(code, place % COLOURS + 1, body.name)
    return found


def _code(short_name: str) -> str:
    """The short name when it is short; initials of more words; otherwise the first letters."""
    words = short_name.replace("-", " ").split()
    if len(short_name) <= LETTERS or not words:
        return short_name
    if len(words) > 1:
        return "".join(word[0] for word in words[:LETTERS]).upper()
    return words[0][:3].capitalize()


def _free(code: str, taken: set[str]) -> str:
    if code not in taken:
        return code
    return next(other for n in range(2, 1000) if (other := f"{code[:3]}{n}") not in taken)
