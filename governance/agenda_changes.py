"""What changed between two versions of an agenda, in sentences that members get."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.formats import clock_time, long_date
from governance.agenda_frozen import FrozenAgenda, FrozenItem
from governance.enums import Treatment

Pair = tuple[FrozenItem, FrozenItem]  # the same item before and after


@dataclass(frozen=True)
class Change:
    """One sentence. Who may not read the paper it tells of (`proposal_id`) does not get it."""

    text: str
    proposal_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def changes_between(
    before: FrozenAgenda, after: FrozenAgenda, reasons: Mapping[int, str]
) -> list[Change]:
    """Everything in which two versions differ. `reasons` says per item why it was taken off.

    That a number or a time shifts because of another point is no change of its own.
    """
    old = {item.item: item for item in before.items}
    new = {item.item for item in after.items}
    kept = [(old[item.item], item) for item in after.items if item.item in old]
    return [
        *_of_meeting(before, after),
        *(_added(item) for item in after.items if item.item not in old),
        *(_gone(item, reasons) for item in before.items if item.item not in new),
        *_moves(kept, {item.item: place for place, item in enumerate(before.items)}),
        *(_about(now, text) for was, now in kept for text in _of_item(was, now)),
    ]


def _of_meeting(before: FrozenAgenda, after: FrozenAgenda) -> Iterator[Change]:
    if before.starts_at != after.starts_at:
        yield Change(f"De vergadering is verzet naar {_moment(after)}. Eerst: {_moment(before)}.")
    if before.place != after.place:
        now = after.place.removesuffix(".") or "nog niet bekend"
        was = f" Eerst: {before.place.removesuffix('.')}." if before.place else ""
        yield Change(f"De plaats is {now}.{was}")


def _moment(agenda: FrozenAgenda) -> str:
    return f"{long_date(agenda.begins, weekday=True)}, {clock_time(agenda.begins)}"


def _added(item: FrozenItem) -> Change:
    what = "nagezonden" if item.late else "toegevoegd"
    return _about(item, f"Punt {item.number} is {what}: {_ended(item.title)}")


def _gone(item: FrozenItem, reasons: Mapping[int, str]) -> Change:
    why = reasons.get(item.item, "")
    return _about(item, f"Van de agenda gehaald: {_ended(item.title)} {_ended(why)}".strip())


def _moves(kept: list[Pair], place: Mapping[int, int]) -> Iterator[Change]:
    """The fewest points that explain the new order. Open and secret points are compared apart: no
    sentence about an open point may show where a secret one stands."""
    moved = False
    for secret in (False, True):
        same = [(was, now) for was, now in kept if now.secret is secret]
        stays = _longest_rising([place[was.item] for was, _ in same])
        for index, (was, now) in enumerate(same):
            if index not in stays:
                moved = True
                yield _about(now, f"{_named(now)} is verplaatst. Eerst was dit punt {was.number}.")
    order = [place[was.item] for was, _ in kept]
    if not moved and order != sorted(order):
        for _, now in kept:
            if now.secret:
                yield _about(now, f"{_named(now)} is verplaatst.")


def _longest_rising(values: list[int]) -> set[int]:
    """Indexes of a longest rising run: these points kept their order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
        previous.append(ends[length - 1] if length else -1)
    run: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        run.add(index)
        index = previous[index]
    return run


def _of_item(was: FrozenItem, now: FrozenItem) -> Iterator[str]:
    name = _named(now)
    if was.secret != now.secret:
        yield f"{name} is nu {'besloten' if now.secret else 'niet meer besloten'}."
    if was.version != now.version:
        yield f"{name}: nu met versie {now.version} van het stuk. Eerst was dat {was.version}."
    elif was.title != now.title:
        yield f"Punt {now.number} heet nu: {_ended(now.title)} Eerst: {_ended(was.title)}"
    if was.text != now.text:
        yield f"{name}: de toelichting is gewijzigd."
    if was.treatment != now.treatment:
        yield f"{name}: {_label(now)}. Eerst: {_label(was)}."
    if was.minutes != now.minutes:
        yield f"{name}: {_minutes(now)}. Eerst: {_minutes(was)}."
    if was.announced != now.announced and now.secret:
        yield f"{name}: {_shown(now)} voor wie het stuk niet mag lezen."


def _shown(item: FrozenItem) -> str:
    return "staat er als besloten agendapunt" if item.announced else "staat er niet meer"


def _label(item: FrozenItem) -> str:
    return str(Treatment(item.treatment).label)


def _minutes(item: FrozenItem) -> str:
    if not item.minutes:
        return "zonder tijd"
    return "1 minuut" if item.minutes == 1 else f"{item.minutes} minuten"


def _named(item: FrozenItem) -> str:
    return f"Punt {item.number} ({item.title})"


def _about(item: FrozenItem, text: str) -> Change:
    return Change(text, item.proposal_id)


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
