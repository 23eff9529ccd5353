"""The stops of a route written in one cell or line."""

import re

from governance.importing.dates import split_tail

_ARROWS = re.compile(r"\s*(?:->|→|=>|;|\n|>)\s*")


def stops_in(text: str) -> list[tuple[str, str]]:
    """(body, date text) of each stop: 'AOJ 24 juni; AB 2 juli' or 'AOJ -> AB'.

    A comma parts two stops only where each side holds a date or no side does and none is long:
    'Overleg zorg, jeugd en wijken 2 juli' stays one.
    """
    stops = []
    for part in _ARROWS.split(text):
        if not part.strip():
            continue
        pieces = [split_tail(piece) for piece in part.split(",")]
        dated = sum(1 for body, day in pieces if body and day)
        if len(pieces) > 1 and dated == len(pieces):
            stops += pieces
        else:
            stops.append(split_tail(part))
    return [(body.lstrip("-•* "), day) for body, day in stops if body or day]
