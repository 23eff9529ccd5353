"""Time and treatment of all points of an agenda, as the editor sends them."""

from collections.abc import Mapping

from governance.domain.agenda import Handling
from governance.views.base import is_key

Rows = dict[int, tuple[str, str]]  # by the key of a point: minutes and treatment as text


def typed_rows(sent: Mapping[str, str]) -> Rows:
    """What stands in the fields 'minutes-KEY' and 'treatment-KEY' of the editor."""
    keys = _keys(sent, "minutes-")
    return {key: (sent[f"minutes-{key}"], sent.get(f"treatment-{key}", "")) for key in keys}


def shown_rows(sent: Mapping[str, str]) -> dict[int, Handling]:
    """What the editor showed of each point, from its hidden field: 'MINUTES:TREATMENT'."""
    pairs = {key: sent[f"shown-{key}"].partition(":") for key in _keys(sent, "shown-")}
    return handlings({key: (minutes, way) for key, (minutes, _, way) in pairs.items()})


def handlings(rows: Rows) -> dict[int, Handling]:
    """What is no number counts as 0 minutes, and that is refused at its field."""
    return {
        key: Handling(
            (int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0)
            if (minutes := text.strip())
            else None,
            treatment,
        )
        for key, (text, treatment) in rows.items()
    }


def _keys(sent: Mapping[str, str], prefix: str) -> list[int]:
    found = (name.removeprefix(prefix) for name in sent if name.startswith(prefix))
    return [int(key) for key in found if is_key(key)]
