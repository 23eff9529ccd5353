"""Keeping the instrument: its questions and level descriptions, in versions.

What was fixed never changes, for answers refer to it. A next version is drawn from the last one;
a question whose text changes there gets a new identity, unless its writer says that it asks the
same (a typing error mended).
"""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from core.versioning import merge
from governance.domain.texts import refuse_personal_data
from governance.models import Region
from governance.rules import demand
from nulmeting.enums import InstrumentState, Score
from nulmeting.models import Instrument, Item, Level
from regioagenda.models import BuildingBlock

R = TypeVar("R", Item, Level, Instrument)

# More questions on one block than this nobody fills in on one page.
MAX_ITEMS = 15

FIXED = Refusal(
    "Deze vragenlijst is vastgesteld en verandert niet meer. Maak een nieuwe versie om haar te "
    "wijzigen."
)


def _may_fix(instrument: Instrument) -> Answer:
    missing = missing_parts(instrument)
    return Refusal(" ".join(missing)) if missing else True


STATES: TransitionTable[Instrument] = TransitionTable(
    [Transition("fix", ("draft",), "fixed", "Vragenlijst vaststellen", _may_fix)]
)


def missing_parts(instrument: Instrument) -> list[str]:
    """Why this instrument cannot be used yet: sentences, empty when it is complete."""
    items = list(instrument.items.select_related("block"))
    levels = list(instrument.levels.select_related("block"))
    if not items:
        return ["Er staat nog geen enkele vraag in."]
    blocks = {item.block_id: item.block for item in items}
    found: dict[int | None, set[int]] = {}
    for level in levels:
        found.setdefault(level.block_id, set()).add(level.score)
    wrong = []
    if lacking := _lacking(found.get(None, set())):
        wrong.append(f"Omschrijf op de schaal nog niveau {lacking}.")
    for block in sorted(blocks.values(), key=lambda each: each.number):
        if lacking := _lacking(found.get(block.pk, set())):
            wrong.append(f"Omschrijf bij {block} nog niveau {lacking}.")
    return wrong


def _lacking(scores: set[int]) -> str:
    return ", ".join(str(score) for score in Score.values if score not in scores)


@transaction.atomic
def begin_instrument(region: Region, *, title: str, by: User | None) -> Instrument:
    """The first questions of a region, or a next version beside what was fixed before, empty.

    Refuses a second one in preparation.
    """
    locked(Region.objects.all(), region.pk)
    demand(by, "nulmeting.prepare", region)
    refuse_personal_data({"title": title})
    _refuse_second(region)
    last = region.instruments.order_by("-version").first()
    instrument = Instrument(region=region, version=(last.version if last else 0) + 1, title=title)
    return _stored(instrument, by, "instrument_begun")


@transaction.atomic
def draw_next(instrument: Instrument, *, by: User | None) -> Instrument:
    """A next version with the same questions and levels, ready to be changed.

    Refuses a version that is not fixed yet, and a second one in preparation.
    """
    locked(Region.objects.all(), instrument.region_id)
    demand(by, "nulmeting.lead", instrument)
    if instrument.state != InstrumentState.FIXED:
        raise Refused(Refusal("Stel deze versie eerst vast; daarna komt er een volgende."))
    _refuse_second(instrument.region)
    newest = instrument.region.instruments.order_by("-version").values_list("version", flat=True)
    following = Instrument(
        region=instrument.region,
        version=newest[0] + 1,
        title=instrument.title,
        guidance=instrument.guidance,
        drawn_from=instrument,
    )
    _stored(following, by, "instrument_drawn")
    for item in instrument.items.all():
        same = {"block_id": item.block_id, "number": item.number, "text": item.text}
        Item.objects.create(
            instrument=following, identity=item.identity, replaces=item.replaces, **same
        )
    for level in instrument.levels.all():
        Level.objects.create(
            instrument=following,
            block_id=level.block_id,
            score=level.score,
            name=level.name,
            text=level.text,
        )
    return following


def _refuse_second(region: Region) -> None:
    if region.instruments.filter(state=InstrumentState.DRAFT).exists():
        raise Refused(
            Refusal("Er is al een vragenlijst in voorbereiding. Maak die af, of gooi haar weg.")
        )


def _stored(instrument: Instrument, by: User | None, act: str) -> Instrument:
    _save(instrument)
    StatusChange.log(instrument, act=act, by=by, after=instrument.state)
    return instrument


# What two people of the team write in at once is compared with what each of them saw when she began
# (`seen`): see core.versioning.merge. None is for who has no page open: an import, the demo.
Seen = Mapping[str, Any] | None


@transaction.atomic
def edit_instrument(
    instrument: Instrument, *, title: str, guidance: str, seen: Seen = None, by: User | None
) -> Instrument:
    """Title and what everybody reads before filling in. Raises Conflict."""
    current = _editable(instrument, by)
    wanted = {"title": title.strip(), "guidance": guidance.strip()}
    refuse_personal_data(wanted)
    for name, text in merge(head_of(current), wanted, seen).items():
        setattr(current, name, text)
    return _save(current)


def head_of(instrument: Instrument) -> dict[str, str]:
    """What stands above the questions, by field."""
    return {"title": instrument.title, "guidance": instrument.guidance}


@transaction.atomic
def add_item(instrument: Instrument, block: BuildingBlock, *, text: str, by: User | None) -> Item:
    """A new question at the end of a block.

    One that stood there word for word in the version before is that question again, and keeps its
    identity. Refuses more than `MAX_ITEMS` on one block.
    """
    current = _editable(instrument, by)
    _own_block(current, block)
    refuse_personal_data({"text": text})
    last = current.items.filter(block=block).aggregate(models.Max("number"))["number__max"] or 0
    if last >= MAX_ITEMS:
        raise Refused(Refusal(f"Een onderdeel heeft hoogstens {MAX_ITEMS} vragen.", "text"))
    item = Item(instrument=current, block=block, number=last + 1, text=_line(text))
    before = current.drawn_from
    if before is not None:
        same = before.items.filter(block=block, text=item.text).first()
        if same is not None and not current.items.filter(identity=same.identity).exists():
            item.identity, item.replaces = same.identity, same.replaces
    return _save(item)


@transaction.atomic
def change_item(
    item: Item, *, text: str, asks_the_same: bool, seen: Seen = None, by: User | None
) -> Item:
    """Change the text of a question in a version in preparation.

    `asks_the_same` keeps its identity: only the wording was mended, so years can be compared.
    Otherwise it becomes another question that names the one it replaces. The choice can be made
    again until the version is fixed. Raises Conflict about 'text' or 'asks'.
    """
    _editable(item.instrument, by)
    current = locked(Item.objects.select_related("instrument"), item.pk)
    source = source_of(current)
    asks = "same" if asks_the_same else "other"
    wanted = {"text": _line(text), "asks": asks if source else ""}
    refuse_personal_data(wanted)
    found = merge(fields_of(current, source), wanted, seen)
    current.text = found["text"]
    if source is not None and (found["asks"] != "other" or current.text == source.text):
        current.identity, current.replaces = source.identity, source.replaces
    elif source is not None and current.identity == source.identity:
        current.identity, current.replaces = uuid4(), source
    return _save(current)


def fields_of(item: Item, source: Item | None) -> dict[str, str]:
    """What was written of a question: its text, and whether it asks the same as `source`.

    What was never chosen is not chosen for anybody: only a text that was changed has an answer.
    """
    if source is None:
        return {"text": item.text, "asks": ""}
    same = item.identity == source.identity
    chosen = not same or item.text != source.text
    return {"text": item.text, "asks": ("same" if same else "other") if chosen else ""}


def source_of(item: Item) -> Item | None:
    """The question in the version before that this one came from: the same, or what it replaces."""
    before = item.instrument.drawn_from
    if before is None:
        return None
    same = before.items.filter(identity=item.identity).first()
    if same is not None or item.replaces_id is None:
        return same
    return before.items.filter(pk=item.replaces_id).first()


@transaction.atomic
def remove_item(item: Item, *, by: User | None) -> None:
    """Take a question out of a version in preparation; those behind it move up."""
    current = _editable(item.instrument, by)
    behind = list(
        current.items.filter(block=item.block_id, number__gt=item.number).order_by("number")
    )
    item.delete()
    for each in behind:
        each.number -= 1
        each.save()


@transaction.atomic
def move_item(item: Item, *, up: bool, by: User | None) -> None:
    """Swap a question with its neighbour; at the end nothing happens."""
    current = _editable(item.instrument, by)
    rows = list(current.items.filter(block=item.block_id).order_by("number"))
    place = [row.pk for row in rows].index(item.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        return
    mine, theirs = rows[place], rows[other]
    spare = rows[-1].number + 1
    first, second = mine.number, theirs.number
    for row, number in ((mine, spare), (theirs, first), (mine, second)):
        row.number = number
        row.save()


@transaction.atomic
def keep_level(
    instrument: Instrument,
    block: BuildingBlock | None,
    score: int,
    *,
    text: str,
    name: str = "",
    by: User | None,
) -> None:
    """Describe a level of the scale (`block` None) or of one block."""
    wanted = {f"name-{score}": name, f"text-{score}": text}
    keep_levels(instrument, block, wanted, by=by)


@transaction.atomic
def keep_levels(
    instrument: Instrument,
    block: BuildingBlock | None,
    wanted: Mapping[str, str],
    *,
    seen: Seen = None,
    by: User | None,
) -> None:
    """Describe the levels of the scale (`block` None) or of one block at once: 'name-SCORE' and
    'text-SCORE'; an empty text takes the description away. Raises Conflict."""
    current = _editable(instrument, by)
    if block is not None:
        _own_block(current, block)
    refuse_personal_data(wanted)
    now = level_fields(current, block)
    found = merge(now, {field: _line(text) for field, text in wanted.items()}, seen)
    nameless = [
        Refusal("Schrijf op wat dit niveau betekent.", f"text-{score}")
        for score in Score.values
        if found[f"name-{score}"] and not found[f"text-{score}"]
    ]
    require(*nameless)
    rows = {row.score: row for row in current.levels.filter(block=block)}
    for score in Score.values:
        name, text = found[f"name-{score}"], found[f"text-{score}"]
        row = rows.get(score) or Level(instrument=current, block=block, score=score)
        if text and (row.name, row.text) != (name, text):
            row.name, row.text = name, text
            _save(row)
        elif row.pk and not text:
            row.delete()


def level_fields(instrument: Instrument, block: BuildingBlock | None) -> dict[str, str]:
    """Name and text of every level, by field: 'name-SCORE' and 'text-SCORE'."""
    return {
        f"{part}-{score}": value
        for score, level in levels_of(instrument, block).items()
        for part, value in zip(("name", "text"), level, strict=True)
    }


def levels_of(instrument: Instrument, block: BuildingBlock | None) -> dict[int, tuple[str, str]]:
    """Name and text per score, empty where nothing was described yet."""
    rows = {row.score: (row.name, row.text) for row in instrument.levels.filter(block=block)}
    return {score: rows.get(score, ("", "")) for score in Score.values}


@transaction.atomic
def fix_instrument(instrument: Instrument, *, by: User | None) -> Instrument:
    """From now on nothing changes in it, and a round can use it. Refuses what is incomplete."""
    current = _editable(instrument, by)
    STATES.carry_out(current, "fix", by=by)
    return current


@transaction.atomic
def discard_instrument(instrument: Instrument, *, by: User | None) -> None:
    """Throw away a version in preparation. Refuses one that a round was prepared with."""
    current = _editable(instrument, by)
    asked = current.rounds.first()
    if asked is not None:
        raise Refused(
            Refusal(f"Ronde {asked.year} gebruikt deze vragenlijst. Kies daar eerst een andere.")
        )
    StatusChange.log(current.region, act="instrument_discarded", by=by, why=str(current))
    current.delete()


def _editable(instrument: Instrument, by: User | None) -> Instrument:
    current = locked(Instrument.objects.select_related("region", "drawn_from"), instrument.pk)
    demand(by, "nulmeting.lead", current)
    require(FIXED if current.state == InstrumentState.FIXED else True)
    return current


def _line(text: str) -> str:
    """A question or level is one paragraph, whatever line ends a browser sent along."""
    return " ".join(text.split())


def _own_block(instrument: Instrument, block: BuildingBlock) -> None:
    if block.region_id != instrument.region_id:
        raise Refused(Refusal("Dit onderdeel hoort bij een andere regio.", field="block"))


def _save(row: R) -> R:
    try:
        row.full_clean()
    except ValidationError as error:
        refusals = [
            Refusal(text, "" if field == "__all__" else field)
            for field, texts in error.message_dict.items()
            for text in texts
        ]
        raise Refused(*refusals) from None
    row.save()
    return row


def preview(instrument: Instrument) -> list[dict[str, Any]]:
    """Per block its items and levels in order, in two queries."""
    blocks: dict[int, dict[str, Any]] = {}
    for item in instrument.items.select_related("block"):
        part = blocks.setdefault(item.block_id, {"block": item.block, "items": [], "levels": []})
        part["items"].append(item)
    for level in instrument.levels.filter(block__isnull=False):
        if level.block_id in blocks:
            blocks[level.block_id]["levels"].append(level)
    return list(blocks.values())
