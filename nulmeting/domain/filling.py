"""Filling in: one block at a time, by two people at once if need be, with evidence.

The first answer begins the submission; an answer that changes after handing in or after approval
takes it back visibly (`submissions.changed`).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from accounts.models import User
from core import clock, guard
from core.models import StatusChange, StoredFile
from core.refusal import Answer as Verdict
from core.refusal import Refusal, Refused, require
from core.transitions import locked
from core.versioning import changed_fields, merge
from governance.domain.texts import refuse_personal_data
from governance.rules import demand
from nulmeting.domain.content import KEPT, earlier_answers, kept_answer, value_of
from nulmeting.domain.rounds import can_fill_in
from nulmeting.domain.submissions import changed
from nulmeting.enums import MAX_EXPLANATION, Given, Score
from nulmeting.models import Answer, BlockAnswer, Evidence, Item, Submission
from regioagenda.models import BuildingBlock

_BSN_IN_LINK = re.compile(r"(?:bsn|burgerservicenummer)[^0-9a-z]{0,4}([0-9]{8,9})(?![0-9])", re.I)
OWN = ("ambition", "ambition_year", "explanation", "may_share", "shared", "support")
TEXTS = {
    "explanation": "De toelichting",
    "shared": "Wat u deelt",
    "support": "Welke hulp nodig is",
}


def name_of(item: Item) -> str:
    """How an item is called in a form and in a draft."""
    return f"item-{item.pk}"


def values_of(submission: Submission, block: BuildingBlock) -> tuple[dict[str, Any], int]:
    """What stands on the page of a block, by field, and the revision of it; 0 before the first."""
    row = BlockAnswer.objects.filter(submission=submission, block=block).first()
    items = submission.round.instrument.items.filter(block=block)
    return _values(row, items), row.revision if row else 0


def _values(row: BlockAnswer | None, items: Iterable[Item]) -> dict[str, Any]:
    answers = {answer.item_id: answer for answer in row.answers.all()} if row else {}
    fresh = row or BlockAnswer()
    values: dict[str, Any] = {name: getattr(fresh, name) for name in OWN}
    return values | {name_of(item): value_of(answers.get(item.pk)) for item in items}


@transaction.atomic
def save_block(
    submission: Submission,
    block: BuildingBlock,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Save what was filled in on one block; returns the fields that changed.

    `values` has the fields of `OWN` and per item one choice: '', '1' to '5', 'unknown',
    'not_applicable', or 'kept' for last round's answer. What a colleague changed meanwhile in
    another field stays; in the same field it raises Conflict with both, and nothing is written.
    """
    current = _writable(submission, by)
    items = {name_of(each): each for each in current.round.instrument.items.filter(block=block)}
    if not items:
        raise Refused(Refusal("Deze bouwsteen staat niet in deze nulmeting."))
    _refuse(values, items)
    row = BlockAnswer.objects.filter(submission=current, block=block).first()
    now = _values(row, items.values())
    wanted = {name: value for name, value in values.items() if name in now}
    fields = changed_fields(
        now,
        wanted,
        base=base,
        base_revision=base_revision,
        revision=row.revision if row else 0,
    )
    if not fields:
        return []
    if row is None:
        row = BlockAnswer(submission=current, block=block, revision=0)
    for name in fields:
        if name in OWN:
            setattr(row, name, wanted[name])
    _refuse_unshared(row)
    row.revision += 1
    row.save()
    earlier = earlier_answers(current) if KEPT in wanted.values() else {}
    for name in fields:
        if name in items:
            _answer(row, items[name], str(wanted[name]), earlier)
    changed(current, by=by)
    return fields


def _answer(row: BlockAnswer, item: Item, value: str, earlier: Mapping[int, Any]) -> None:
    answer = row.answers.filter(item=item).first()
    if not value:
        if answer is not None:
            answer.delete()
        return
    answer = answer or Answer(block=row, item=item)
    answer.kept = value == KEPT
    if answer.kept:
        before = kept_answer(earlier.get(item.pk, ()))
        if before is None:
            raise Refused(
                Refusal("Er is geen antwoord van de vorige keer om te laten gelden.", name_of(item))
            )
        answer.given, answer.score = before.given, before.score
    elif value in (Given.UNKNOWN, Given.NOT_APPLICABLE):
        answer.given, answer.score = value, None
    else:
        answer.given, answer.score = Given.SCORE, int(value)
    answer.save()


def _refuse(values: Mapping[str, Any], items: Mapping[str, Item]) -> None:
    refuse_personal_data({name: values.get(name, "") for name in TEXTS})
    choices = {"", KEPT, Given.UNKNOWN, Given.NOT_APPLICABLE, *map(str, Score.values)}
    wrong = [
        Refusal("Kies 1 tot en met 5, ‘weet niet’ of ‘niet van toepassing’.", name)
        for name in items
        if name in values and values[name] not in choices
    ]
    wrong += [
        Refusal(f"{label} telt hoogstens 1.000 tekens.", name)
        for name, label in TEXTS.items()
        if len(str(values.get(name) or "")) > MAX_EXPLANATION
    ]
    ambition, year = values.get("ambition"), values.get("ambition_year")
    if ambition is not None and ambition not in Score.values:
        wrong.append(Refusal("Kies een ambitie van 1 tot en met 5.", "ambition"))
    if year is not None and not 2000 <= year <= 2100:
        wrong.append(Refusal("Kies een jaar tussen 2000 en 2100.", "ambition_year"))
    require(*wrong)


def _refuse_unshared(row: BlockAnswer) -> None:
    """Who ticks to share says what; asked of what is stored, for two people fill in one block."""
    if row.may_share and not row.shared.strip():
        raise Refused(Refusal("Schrijf op wat u wilt delen, of haal het vinkje weg.", "shared"))


# Evidence ---------------------------------------------------------------------------------------


@transaction.atomic
def add_evidence(
    submission: Submission,
    *,
    title: str,
    dated_on: date,
    url: str = "",
    file: StoredFile | None = None,
    items: Iterable[Item],
    by: User | None,
) -> Evidence:
    """Add a piece of evidence for one or more questions of this submission."""
    current = _writable(submission, by)
    fresh = Evidence(submission=current)
    return _evidence(fresh, title=title, dated_on=dated_on, url=url, file=file, items=items, by=by)


@transaction.atomic
def change_evidence(
    piece: Evidence,
    *,
    title: str,
    dated_on: date,
    url: str = "",
    file: StoredFile | None = None,
    items: Iterable[Item],
    seen: Mapping[str, Any] | None = None,
    by: User | None,
) -> Evidence:
    """Change a piece of evidence; without a new file the present one stays.

    `seen` is what stood there when the writer began, its 'items' by key: what a colleague changed
    since stays, and the same field changed by both raises Conflict (core.versioning.merge).
    """
    current = _writable(piece.submission, by)
    row = Evidence.objects.select_for_update().filter(pk=piece.pk, submission=current).first()
    if row is None:
        raise Refused(Refusal("Een collega haalde dit bewijs intussen weg."))
    wanted = {"title": title.strip(), "dated_on": dated_on, "url": url.strip()}
    found = merge({name: getattr(row, name) for name in wanted}, wanted, seen)
    chosen = list(items)
    if seen is not None:
        chosen = _both_choices(row, chosen, {int(key) for key in seen["items"]})
    return _evidence(row, **found, file=file or row.file, items=chosen, by=by)


def _both_choices(row: Evidence, chosen: list[Item], began: set[int]) -> list[Item]:
    """The questions of a piece as they are now, with what this writer ticked and took off."""
    theirs = {item.pk: item for item in row.items.all()}
    mine = {item.pk: item for item in chosen}
    stays = (mine.keys() & theirs.keys()) | (mine.keys() - began) | (theirs.keys() - began)
    return [item for key, item in (theirs | mine).items() if key in stays]


@transaction.atomic
def remove_evidence(piece: Evidence, *, by: User | None) -> None:
    """Take a piece of evidence away from all its questions."""
    current = _writable(piece.submission, by)
    StatusChange.log(current, act="evidence_removed", by=by, why=piece.title)
    Evidence.objects.filter(pk=piece.pk, submission=current).delete()
    changed(current, by=by)


def _evidence(
    row: Evidence,
    *,
    title: str,
    dated_on: date,
    url: str,
    file: StoredFile | None,
    items: Iterable[Item],
    by: User | None,
) -> Evidence:
    refuse_personal_data({"title": title, "url": url})
    chosen = list(items)
    known = {each.pk for each in row.submission.round.instrument.items.all()}
    require(
        True if title.strip() else Refusal("Geef het bewijs een titel.", "title"),
        True
        if len(title.strip()) <= 160
        else Refusal("De titel telt hoogstens 160 tekens.", "title"),
        True
        if dated_on <= clock.today()
        else Refusal("Deze datum ligt in de toekomst.", "dated_on"),
        True if chosen else Refusal("Kies bij welke vraag dit hoort.", "items"),
        True
        if all(item.pk in known for item in chosen)
        else Refusal("Deze vraag staat niet in deze nulmeting.", "items"),
        _link(url.strip()),
    )
    row.title, row.dated_on, row.url, row.file = title.strip(), dated_on, url.strip(), file
    row.save()
    row.items.set(chosen)
    changed(row.submission, by=by)
    return row


def _link(url: str) -> Verdict:
    if not url:
        return True
    # The guard leaves numbers in an address alone, for most are of documents; but not this one.
    for number in _BSN_IN_LINK.findall(unquote(url)):
        if hits := guard.findings(f"BSN {number}"):
            return Refusal(hits[0].message, "url")
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return Refusal("Dit is geen webadres. Het begint met https://.", "url")
    return True if len(url) <= 500 else Refusal("Dit webadres is te lang.", "url")


def _writable(submission: Submission, by: User | None) -> Submission:
    current = locked(
        Submission.objects.select_related("round__instrument", "municipality"), submission.pk
    )
    demand(by, "nulmeting.edit", current)
    require(can_fill_in(current))
    return current
