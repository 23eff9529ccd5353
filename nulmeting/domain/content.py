"""The exact answers of a submission: what an approval is bound to, and what stands beside it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from governance.models import Municipality
from nulmeting.enums import EVIDENCE_FROM, Given
from nulmeting.models import Answer, BlockAnswer, Evidence, Item, Submission

KEPT = "kept"


@dataclass(frozen=True)
class Earlier:
    """What was answered last round to the same question, by whom of the municipalities that are
    now this one."""

    municipality: str
    year: int
    given: str
    score: int | None

    @property
    def value(self) -> str:
        """As the choice of the form that says the same."""
        return str(self.score) if self.score else self.given

    @property
    def label(self) -> str:
        return str(self.score) if self.score else str(Given(self.given).label)


def value_of(answer: Answer | None) -> str:
    """An answer as one choice of the form: '', 'kept', '1' to '5', 'unknown', 'not_applicable'."""
    if answer is None:
        return ""
    if answer.kept:
        return KEPT
    return str(answer.score) if answer.given == Given.SCORE else answer.given


def content_of(submission: Submission) -> dict[str, Any]:
    """Everything that is approved, as plain values in a fixed order; four queries."""
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(block__submission=submission).select_related("item"):
        answers.setdefault(answer.block_id, []).append(answer)
    blocks = BlockAnswer.objects.filter(submission=submission).select_related("block")
    evidence = Evidence.objects.filter(submission=submission).prefetch_related("items")
    return {
        "round": submission.round_id,
        "municipality": submission.municipality_id,
        "blocks": [
            {
                "block": row.block_id,
                "ambition": row.ambition,
                "ambition_year": row.ambition_year,
                "explanation": row.explanation,
                "may_share": row.may_share,
                "shared": row.shared,
                "support": row.support,
                "answers": [
                    [answer.item_id, answer.given, answer.score]
                    for answer in sorted(answers.get(row.pk, []), key=lambda each: each.item_id)
                ],
            }
            for row in sorted(blocks, key=lambda each: each.block_id)
        ],
        "evidence": [
            {
                "title": piece.title,
                "dated_on": piece.dated_on.isoformat(),
                "url": piece.url,
                "file": piece.file_id,
                "items": sorted(item.pk for item in piece.items.all()),
            }
            for piece in sorted(evidence, key=lambda each: each.pk)
        ],
    }


def sha256_of(submission: Submission) -> str:
    """What an approval is bound to."""
    plain = json.dumps(content_of(submission), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def unanswered(submission: Submission) -> list[Item]:
    """The questions without an answer, in order."""
    answered = Answer.objects.filter(block__submission=submission).values("item")
    items = submission.round.instrument.items.select_related("block")
    return list(items.exclude(pk__in=answered))


def without_ambition(submission: Submission) -> list[BlockAnswer]:
    """The blocks that have a score but no ambition with its year."""
    scored = Answer.objects.filter(block__submission=submission, given=Given.SCORE)
    rows = BlockAnswer.objects.filter(submission=submission, pk__in=scored.values("block"))
    return [row for row in rows.select_related("block") if not (row.ambition and row.ambition_year)]


def without_evidence(submission: Submission) -> list[Item]:
    """The questions with a score of 3 or more and no evidence: a warning, never a refusal."""
    high = Answer.objects.filter(block__submission=submission, score__gte=EVIDENCE_FROM)
    shown = Evidence.objects.filter(submission=submission).values("items")
    items = submission.round.instrument.items.select_related("block")
    return list(items.filter(pk__in=high.values("item")).exclude(pk__in=shown))


def earlier_answers(submission: Submission) -> dict[int, list[Earlier]]:
    """Per item what was answered in the round that this one is compared with.

    A question is the same when its identity is. A municipality that came from a merger gets the
    answers of each that it was, side by side, by name.
    """
    before = submission.round.compared_with_id
    if before is None:
        return {}
    homes = [submission.municipality_id, *_predecessors([submission.municipality_id])]
    rows = (
        Answer.objects.filter(
            block__submission__round=before,
            block__submission__municipality__in=homes,
            block__submission__state="approved",
        )
        .select_related("item", "block__submission__municipality", "block__submission__round")
        .order_by("block__submission__municipality__sort_name")
    )
    by_identity: dict[Any, list[Earlier]] = {}
    for row in rows:
        given = row.block.submission
        by_identity.setdefault(row.item.identity, []).append(
            Earlier(given.municipality.name, given.round.year, row.given, row.score)
        )
    items = submission.round.instrument.items.values_list("pk", "identity")
    return {pk: by_identity[identity] for pk, identity in items if identity in by_identity}


def _predecessors(homes: Iterable[int]) -> list[int]:
    """The municipalities that merged into these, and those that merged into them before."""
    found: list[int] = []
    layer = list(homes)
    while layer:
        rows = Municipality.objects.filter(successor__in=layer)
        layer = [pk for pk in rows.values_list("pk", flat=True) if pk not in found]
        found.extend(layer)
    return found


def kept_answer(earlier: Iterable[Earlier]) -> Earlier | None:
    """The one answer that 'geldt nog' stands for: none when predecessors differ."""
    found = list(earlier)
    same = {(each.given, each.score) for each in found}
    return found[0] if len(same) == 1 else None
