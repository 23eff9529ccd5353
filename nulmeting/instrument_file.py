"""An instrument as a YAML file: read into a version in preparation, and written out again.

The keys are Dutch, for people keep such files by hand: `uitleg` (what everybody reads before, may
be left out), `schaal` (score → naam, uitleg) and `bouwstenen` (nummer, titel, niveaus, vragen).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.db import transaction

from accounts.models import User
from core.refusal import Refusal, Refused
from governance.domain.texts import refuse_personal_data
from governance.models import Region
from nulmeting.domain import instruments
from nulmeting.enums import Score
from nulmeting.models import Instrument, Item, Level
from regioagenda.models import BuildingBlock

MAX_BYTES = 500_000
MAX_TEXT, MAX_NAME = 300, 40
BROKEN = (
    "Dit bestand is niet te lezen als YAML{}. Controleer het inspringen en de aanhalingstekens."
)


@dataclass(frozen=True)
class Part:
    """One block in the file."""

    number: int
    title: str
    levels: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """What a file holds: the scale as (name, meaning) from 1 to 5, and its blocks."""

    scale: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    guidance: str = ""


def read(data: bytes) -> Contents:
    """The contents of a file. Raises Refused with every mistake, each with its place."""
    if len(data) > MAX_BYTES:
        raise _refused("Dit bestand is te groot voor een vragenlijst.")
    try:
        plain = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refused("Dit bestand is geen tekst in UTF-8.") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _refused(BROKEN.format(f" (regel {mark.line + 1})" if mark else "")) from None
    if not isinstance(plain, dict):
        raise _refused("Dit bestand heeft geen ‘schaal’ en geen ‘bouwstenen’.")
    wrong: list[str] = []
    scale = _scale(plain.get("schaal"), wrong)
    blocks = plain.get("bouwstenen")
    if not isinstance(blocks, list) or not blocks:
        wrong.append("Zet onder ‘bouwstenen’ minstens één bouwsteen.")
        blocks = []
    parts = [_part(place, block, wrong) for place, block in enumerate(blocks, 1)]
    numbers = [part.number for part in parts]
    if len(set(numbers)) != len(numbers):
        wrong.append("Twee bouwstenen hebben hetzelfde nummer.")
    if wrong:
        raise Refused(*(Refusal(reason, field="file") for reason in wrong))
    guidance = plain.get("uitleg")
    return Contents(
        tuple(scale), tuple(parts), guidance.strip() if isinstance(guidance, str) else ""
    )


def _scale(found: Any, wrong: list[str]) -> list[tuple[str, str]]:
    if not isinstance(found, dict):
        wrong.append("Onder ‘schaal’ staan de niveaus 1 tot en met 5.")
        return []
    scale = []
    for score in Score.values:
        level = found.get(score)
        if not isinstance(level, dict) or not _text(level.get("naam")):
            wrong.append(f"Op de schaal ontbreekt de naam van niveau {score}.")
            continue
        name = _text(level["naam"])
        meaning = _text(level.get("uitleg")) or name
        if len(name) > MAX_NAME or len(meaning) > MAX_TEXT:
            wrong.append(
                f"Niveau {score} van de schaal is te lang: de naam telt hoogstens {MAX_NAME} en de "
                f"uitleg {MAX_TEXT} tekens."
            )
        scale.append((name, meaning))
    return scale


def _part(place: int, found: Any, wrong: list[str]) -> Part:
    found = found if isinstance(found, dict) else {}
    number = found.get("nummer")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 99:
        wrong.append(f"Bouwsteen {place} in het bestand heeft geen nummer van 1 tot en met 99.")
        number = place
    levels = [_text(each) for each in _list(found.get("niveaus"))]
    questions = [_text(each) for each in _list(found.get("vragen"))]
    if len(levels) != len(Score.values) or not all(levels):
        wrong.append(f"Bouwsteen {number} heeft geen vijf niveaus.")
    if not questions or not all(questions):
        wrong.append(f"Bouwsteen {number} heeft geen vragen, of een lege.")
    if len(questions) > instruments.MAX_ITEMS:
        wrong.append(f"Bouwsteen {number} heeft meer dan {instruments.MAX_ITEMS} vragen.")
    if len(set(questions)) != len(questions):
        wrong.append(f"Bouwsteen {number} heeft twee keer dezelfde vraag.")
    if any(len(text) > MAX_TEXT for text in [*levels, *questions]):
        wrong.append(f"Bouwsteen {number} heeft een tekst van meer dan {MAX_TEXT} tekens.")
    return Part(number, _text(found.get("titel")), tuple(levels), tuple(questions))


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _text(found: Any) -> str:
    return " ".join(str(found).split()) if isinstance(found, str | int | float) else ""


def _refused(reason: str) -> Refused:
    return Refused(Refusal(reason, field="file"))


@transaction.atomic
def bring_in(region: Region, contents: Contents, *, title: str, by: User | None) -> Instrument:
    """A new version in preparation with these contents.

    A question that stands in the newest fixed version word for word keeps its identity, so that
    years can be compared. Refuses blocks that the region does not have.
    """
    blocks = {
        block.number: block
        for block in BuildingBlock.objects.filter(region=region, group=BuildingBlock.Group.LOCAL)
    }
    refuse_personal_data({"file": "\n".join(_texts(contents))})
    unknown = [str(part.number) for part in contents.parts if part.number not in blocks]
    if unknown:
        raise _refused(
            f"Deze regio heeft geen {region.block_label} {', '.join(unknown)}. Voeg die eerst toe."
        )
    newest = region.instruments.filter(state="fixed").order_by("-version").first()
    before = {(item.block_id, item.text): item for item in newest.items.all()} if newest else {}
    instrument = instruments.begin_instrument(region, title=title, by=by)
    instrument.drawn_from, instrument.guidance = newest, contents.guidance
    instrument.save()
    for score, (name, meaning) in zip(Score.values, contents.scale, strict=True):
        Level.objects.create(instrument=instrument, score=score, name=name, text=meaning)
    for part in contents.parts:
        block = blocks[part.number]
        for score, text in zip(Score.values, part.levels, strict=True):
            Level.objects.create(instrument=instrument, block=block, score=score, text=text)
        for number, text in enumerate(part.questions, 1):
            same = before.get((block.pk, text))
            item = Item(instrument=instrument, block=block, number=number, text=text)
            if same is not None:
                item.identity, item.replaces_id = same.identity, same.replaces_id
            item.save()
    return instrument


def _texts(contents: Contents) -> Iterator[str]:
    yield contents.guidance
    for name, meaning in contents.scale:
        yield from (name, meaning)
    for part in contents.parts:
        yield from (*part.levels, *part.questions)


def write(instrument: Instrument) -> str:
    """The instrument as YAML, in the form that `read` takes."""
    scale = {
        level.score: {"naam": level.name, "uitleg": level.text}
        for level in instrument.levels.filter(block__isnull=True).order_by("score")
    }
    blocks = [
        {
            "nummer": part["block"].number,
            "titel": part["block"].title,
            "niveaus": [level.text for level in part["levels"]],
            "vragen": [item.text for item in part["items"]],
        }
        for part in instruments.preview(instrument)
    ]
    plain: dict[str, Any] = {"uitleg": instrument.guidance} if instrument.guidance else {}
    plain |= {"schaal": scale, "bouwstenen": blocks}
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
    return text
