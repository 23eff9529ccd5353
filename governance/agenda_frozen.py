"""The agenda as plain data: numbered, timed, and what of each paper lies on the table.

The same reading serves the page of who makes the agenda, the version that is frozen on publishing,
the comparison of two versions, and the book that is made of one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from governance.domain import route
from governance.models import (
    AdvicePoint,
    AgendaItem,
    Meeting,
    ProposalVersion,
    RouteStep,
    Secrecy,
)


@dataclass(frozen=True)
class FrozenItem:
    """One point. `number` is '4', or 'B1' for a secret paper: those are counted apart, so that the
    numbers of the others tell nothing. `time` is '9.45' on the Dutch clock.

    A paper has `proposal` (its number in the region), `proposal_id`, the version that lay on the
    table (`version`, `version_id`, `version_sha`) and the keys of its `attachments`.
    """

    item: int
    number: str
    time: str
    kind: str
    title: str
    text: str = ""
    minutes: int | None = None
    treatment: str = ""
    late: bool = False
    asked: str = ""
    summary: str = ""
    waits: str = ""
    secret: bool = False
    announced: bool = False
    proposal: int | None = None
    proposal_id: int | None = None
    version: int | None = None
    version_id: int | None = None
    version_sha: str = ""
    attachments: tuple[int, ...] = ()


@dataclass(frozen=True)
class FrozenAgenda:
    """An agenda at one moment; what AgendaVersion.frozen holds and the book is made of.

    `starts_at` is ISO 8601 with its zone, `ends` the clock time at which the last point is over
    ('11.15', or empty when no point has minutes). A cancelled meeting has no items. Whoever shows
    it leaves out the items whose `proposal_id` the reader may not read (see agenda.lines_for).
    """

    meeting: int
    body: str
    starts_at: str
    place: str
    ends: str
    items: tuple[FrozenItem, ...]
    cancelled: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON field: tuples become lists."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "FrozenAgenda":
        items = tuple(
            FrozenItem(**{**item, "attachments": tuple(item["attachments"])})
            for item in data["items"]
        )
        return cls(**{**data, "items": items})

    @property
    def begins(self) -> datetime:
        return datetime.fromisoformat(self.starts_at)


@dataclass(frozen=True)
class Placed:
    """An item with its number and the moment it begins."""

    item: AgendaItem
    number: str
    begins: datetime
    secret: bool = False

    @property
    def time(self) -> str:
        return on_the_clock(self.begins)


def on_the_clock(moment: datetime) -> str:
    """'9.45', in Dutch time."""
    local = timezone.localtime(moment)
    return f"{local.hour}.{local.minute:02d}"


def secret_of(items: Iterable[AgendaItem]) -> set[int]:
    """The papers among the items on which secrecy rests now."""
    return secret_proposals(item.step.proposal_id for item in items if item.step)


def placed(
    items: Iterable[AgendaItem], starts_at: datetime, secret: Collection[int]
) -> Iterator[Placed]:
    """Number and time the items of an agenda in their order; `secret` are proposals.

    What was taken off has no place; an item without minutes takes no time.
    """
    on = [item for item in items if not item.off]
    counted = {True: 0, False: 0}
    moment = starts_at
    for item in on:
        hidden = item.step is not None and item.step.proposal_id in secret
        counted[hidden] += 1
        yield Placed(item, f"{'B' if hidden else ''}{counted[hidden]}", moment, hidden)
        moment += timedelta(minutes=item.minutes or 0)


def end_of(items: Iterable[AgendaItem], starts_at: datetime) -> datetime | None:
    """When the last point is over; nothing while no point has minutes."""
    minutes = sum(item.minutes or 0 for item in items if not item.off)
    return starts_at + timedelta(minutes=minutes) if minutes else None


def secret_proposals(pks: Iterable[int]) -> set[int]:
    """Those among the proposals on which secrecy rests now."""
    rows = Secrecy.objects.filter(proposal__in=list(pks), lifted_on__isnull=True)
    return {pk for pk in rows.values_list("proposal", flat=True) if pk is not None}


def with_papers(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Items with what is shown of their papers, in a fixed number of queries."""
    steps = RouteStep.objects.select_related("body").order_by("order", "pk")
    unanswered = AdvicePoint.objects.filter(answer="")
    return (
        items.select_related("step__body", "step__proposal__region", "version")
        .prefetch_related(
            Prefetch("step__proposal__steps", steps),
            Prefetch("step__proposal__advice", unanswered, to_attr="unanswered"),
            "version__points",
        )
        .order_by("order", "pk")
    )


def title_of(item: AgendaItem) -> str:
    return item.version.subject if item.version else item.title


def waits_of(step: RouteStep) -> str:
    """What this stop still waits for, as a sentence; from rows of `with_papers`."""
    proposal = step.proposal
    unanswered = len(proposal.unanswered)  # type: ignore[attr-defined]
    sentence = route.waiting(step, proposal.steps.all(), unanswered).sentence
    if not sentence and step.purpose in route.CONCLUDING and not step.version_final:
        sentence = "de definitieve versie volgt nog"
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def freeze(meeting: Meeting, *, cancelled: bool = False) -> FrozenAgenda:
    """The agenda of a meeting as it is now."""
    rows = with_papers(meeting.items.filter(off=False)).prefetch_related(
        "version__sections", "version__attachments__file"
    )
    items = [] if cancelled else list(rows)
    ends = end_of(items, meeting.starts_at)
    return FrozenAgenda(
        meeting=meeting.pk,
        body=meeting.body.name,
        starts_at=timezone.localtime(meeting.starts_at).isoformat(),
        place=meeting.place,
        ends=on_the_clock(ends) if ends else "",
        items=tuple(_frozen(each) for each in placed(items, meeting.starts_at, secret_of(items))),
        cancelled=cancelled,
    )


def line_of(each: Placed) -> FrozenItem:
    """A placed item as a reader of its paper sees it; from rows of `with_papers`."""
    item, step, version = each.item, each.item.step, each.item.version
    line = FrozenItem(
        item=item.pk,
        number=each.number,
        time=each.time,
        kind=item.kind,
        title=title_of(item),
        text=item.text,
        minutes=item.minutes,
        treatment=item.treatment,
        late=item.late,
    )
    if step is None or version is None:
        return line
    return replace(
        line,
        asked=step.get_purpose_display(),
        summary=version.summary,
        waits=waits_of(step),
        secret=each.secret,
        announced=item.announced,
        proposal=step.proposal.number,
        proposal_id=step.proposal_id,
        version=version.number,
        version_id=version.pk,
    )


def _frozen(each: Placed) -> FrozenItem:
    version = each.item.version
    if version is None:
        return line_of(each)
    return replace(
        line_of(each),
        version_sha=version_sha(version),
        attachments=tuple(attachment.pk for attachment in version.attachments.all()),
    )


def version_sha(version: ProposalVersion) -> str:
    """Checksum of what a version says and of the files with it: equal text gives an equal sum."""
    content = {
        "subject": version.subject,
        "summary": version.summary,
        "cost": str(version.cost),
        "cost_note": version.cost_note,
        "decision_intro": version.decision_intro,
        "sections": [[s.level, s.heading, s.body] for s in version.sections.all()],
        "points": [point.text for point in version.points.all()],
        "files": [[a.title, a.file.sha256] for a in version.attachments.all()],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
