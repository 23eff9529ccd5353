"""How one municipality stands: its scores beside its ambition, the last round, and the region.

Last round is what was answered to questions that still ask the same; where some changed it says on
how many of how many it rests. A municipality that came from a merger shows each that it was.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nulmeting import charts
from nulmeting.domain.content import Earlier, earlier_answers
from nulmeting.enums import Given
from nulmeting.figures import Spread, mean_of, shown
from nulmeting.filling_page import scale_of
from nulmeting.models import Answer, BlockAnswer, Item, Submission
from nulmeting.queries import blocks_of
from nulmeting.region_figures import RegionFigures
from regioagenda.models import BuildingBlock

NOTHING = Spread(0)


@dataclass(frozen=True)
class Before:
    """What stood there last round: `name` only where a predecessor gave it, `note` what to mind."""

    year: int
    label: str
    name: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """'2,3', or 'Brielle 2,3'; the year stands above the column."""
        who = f"{self.name} " if self.name else ""
        return f"{who}{self.label}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class QuestionStand:
    """One question: the answer in words, and the spread over the region."""

    number: str
    text: str
    answer: str
    score: int | None
    before: tuple[Before, ...]
    region: Spread


@dataclass(frozen=True)
class BlockStand:
    """One block of one municipality. `shared` only what may be shared."""

    pk: int
    number: int
    title: str
    score: float | None
    counted: int
    ambition: int | None
    ambition_year: int | None
    shared: str
    before: tuple[Before, ...]
    region: Spread
    questions: tuple[QuestionStand, ...]

    @property
    def chart(self) -> charts.Stand | None:
        return charts.stand(self.title, self.score, self.ambition, self.region)


def stands_of(
    submission: Submission, figures: RegionFigures, *, with_last: bool
) -> list[BlockStand]:
    """Per block; six queries, three more with last round."""
    found = _Found(
        own=submission.municipality.name,
        names=scale_of(submission),
        answers={row.item_id: row for row in Answer.objects.filter(block__submission=submission)},
        rows={row.block_id: row for row in BlockAnswer.objects.filter(submission=submission)},
        earlier=earlier_answers(submission) if with_last else {},
        same=_still_asked(submission) if with_last else frozenset(),
        figures=figures,
    )
    items: dict[int, list[Item]] = defaultdict(list)
    for item in submission.round.instrument.items.all():
        items[item.block_id].append(item)
    return [_block(block, items[block.pk], found) for block in blocks_of(submission.round)]


@dataclass(frozen=True)
class _Found:
    """What was read of one submission, to lay out per block."""

    own: str
    names: Mapping[int, str]
    answers: Mapping[int, Answer]
    rows: Mapping[int, BlockAnswer]
    earlier: Mapping[int, list[Earlier]]
    same: frozenset[Any]
    figures: RegionFigures

    def named(self, municipality: str) -> str:
        """The name of a predecessor; nothing for the municipality itself."""
        return "" if municipality == self.own else municipality


def _block(block: BuildingBlock, items: list[Item], found: _Found) -> BlockStand:
    row = found.rows.get(block.pk)
    answers = [found.answers[item.pk] for item in items if item.pk in found.answers]
    scores = [answer.score or 0 for answer in answers if answer.given == Given.SCORE]
    return BlockStand(
        pk=block.pk,
        number=block.number,
        title=block.title,
        score=mean_of(scores),
        counted=len(scores),
        ambition=row.ambition if row else None,
        ambition_year=row.ambition_year if row else None,
        shared=row.shared if row and row.may_share else "",
        before=_block_before(items, found),
        region=found.figures.blocks.get(block.pk, NOTHING),
        questions=tuple(_question(block, item, found) for item in items),
    )


def _question(block: BuildingBlock, item: Item, found: _Found) -> QuestionStand:
    answer = found.answers.get(item.pk)
    return QuestionStand(
        f"{block.number}.{item.number}",
        item.text,
        in_words(answer, found.names),
        answer.score if answer else None,
        tuple(
            Before(each.year, each.label, found.named(each.municipality))
            for each in found.earlier.get(item.pk, ())
        ),
        found.figures.items.get(item.pk, NOTHING),
    )


def in_words(answer: Answer | None, names: Mapping[int, str]) -> str:
    """'3, ingericht', 'weet niet', or nothing when there is no answer."""
    if answer is None:
        return ""
    if answer.score is None:
        return str(answer.get_given_display())
    return f"{answer.score}, {names.get(answer.score, '').lower()}".removesuffix(", ")


def _still_asked(submission: Submission) -> frozenset[Any]:
    """The identities that the round it is compared with asked as well."""
    before = submission.round.compared_with
    if before is None:
        return frozenset()
    items = Item.objects.filter(instrument=before.instrument_id)
    return frozenset(items.values_list("identity", flat=True))


def _block_before(items: list[Item], found: _Found) -> tuple[Before, ...]:
    """The mean of last round, of each municipality that this one was."""
    scores: dict[tuple[str, int], list[int]] = defaultdict(list)
    for item in items:
        for each in found.earlier.get(item.pk, ()):
            given = scores[each.municipality, each.year]
            if each.score is not None:
                given.append(each.score)
    asked = sum(item.identity in found.same for item in items)
    note = "" if asked == len(items) else f"op {asked} van {len(items)} vragen"
    return tuple(
        Before(year, shown(mean_of(given)), found.named(name), note)
        for (name, year), given in scores.items()
    )
