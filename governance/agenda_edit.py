"""What the page on which the secretary makes the agenda shows."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from governance.agenda import changes_of, readable_papers
from governance.agenda_frozen import (
    FrozenItem,
    end_of,
    freeze,
    line_of,
    on_the_clock,
    placed,
    secret_of,
    with_papers,
)
from governance.domain.agenda_versions import changes_since, latest
from governance.enums import ItemKind, ProposalState, StepState, Treatment
from governance.models import AgendaItem, AgendaVersion, Meeting, Proposal, RouteStep
from governance.rules import visible_to
from governance.standing import Person


@dataclass(frozen=True)
class EditRow:
    """One point: how members will see it, and what is typed for its time and treatment. `shown` is
    what is kept now, as 'MINUTES:TREATMENT': the page sends it back with what is typed."""

    line: FrozenItem
    item: AgendaItem
    minutes: str
    treatment: str
    error: str = ""

    @property
    def own(self) -> bool:
        return self.item.kind != ItemKind.PAPER

    @property
    def shown(self) -> str:
        return f"{self.item.minutes or ''}:{self.item.treatment}"


@dataclass(frozen=True)
class Editor:
    """The whole page. `start` is the beginning in minutes after midnight, for the clock in the
    page; `over` says by how much the agenda runs past the time there is."""

    rows: list[EditRow]
    off: list[AgendaItem]
    start: int
    ends: str
    over: str
    untimed: int
    version: AgendaVersion | None
    changes: list[str]
    treatments: list[tuple[str, str]]

    @property
    def next_number(self) -> int:
        return self.version.number + 1 if self.version else 1

    @property
    def standing(self) -> str:
        """'2 wijzigingen sinds versie 1 · 3 punten zonder minuten', for the bar below the page."""
        count = len(self.changes)
        many = "1 wijziging" if count == 1 else f"{count} wijzigingen"
        since = f"{many} sinds versie {self.version.number}" if self.version and count else ""
        untimed = f"{self.untimed} punt{'' if self.untimed == 1 else 'en'} zonder minuten"
        return " · ".join(part for part in (since, untimed if self.untimed else "") if part)


def editor_of(meeting: Meeting, user: Person) -> Editor:
    """The agenda as it is now, for its secretary. A paper of a circle she is outside of is left
    out, and so is what would tell of it."""
    items = list(with_papers(meeting.items.all()))
    readable = readable_papers(meeting, user)
    seen = [item for item in items if item.step is None or item.step.proposal_id in readable]
    on = [item for item in seen if not item.off]
    ends = end_of(items, meeting.starts_at)
    version = latest(meeting)
    start = timezone.localtime(meeting.starts_at)
    changes = changes_since(version, freeze(meeting), meeting) if version else []
    return Editor(
        rows=[
            EditRow(
                line_of(each),
                each.item,
                str(each.item.minutes or ""),
                each.item.treatment,
            )
            for each in placed(items, meeting.starts_at, secret_of(items))
            if each.item in on
        ],
        off=[item for item in seen if item.off],
        start=start.hour * 60 + start.minute,
        ends=on_the_clock(ends) if ends else "",
        over=over(meeting, ends),
        untimed=sum(1 for item in on if not item.minutes),
        version=version,
        changes=changes_of([change.as_json() for change in changes], readable),
        treatments=list(Treatment.choices),
    )


def over(meeting: Meeting, ends: datetime | None) -> str:
    """That the points take more time than there is, in a sentence; empty when they fit."""
    if ends is None or meeting.until is None:
        return ""
    start = timezone.localtime(meeting.starts_at)
    late = ends - start.replace(hour=meeting.until.hour, minute=meeting.until.minute)
    minutes = int(late.total_seconds() // 60)
    if minutes <= 0:
        return ""
    many = "1 minuut" if minutes == 1 else f"{minutes} minuten"
    return f"Dat is {many} langer dan er tijd is."


def as_typed(editor: Editor, typed: dict[int, tuple[str, str]], errors: dict[int, str]) -> Editor:
    """The same page with what was sent and refused: nothing typed is lost."""
    rows = [
        replace(
            row,
            minutes=typed.get(row.item.pk, (row.minutes, ""))[0],
            treatment=typed.get(row.item.pk, ("", row.treatment))[1],
            error=errors.get(row.item.pk, ""),
        )
        for row in editor.rows
    ]
    return replace(editor, rows=rows)


def offered(meeting: Meeting, user: Person) -> list[RouteStep]:
    """Papers that can come on this agenda: planned in this meeting, or for this body and without
    a date. What was taken off this agenda comes in a later meeting."""
    return list(
        RouteStep.objects.filter(
            Q(meeting=meeting) | Q(meeting__isnull=True),
            body=meeting.body_id,
            state=StepState.PLANNED,
            proposal__state=ProposalState.IN_ROUTE,
            proposal__in=visible_to(user, Proposal),
        )
        .exclude(items__meeting__starts_at__gte=meeting.starts_at)
        .select_related("proposal__working", "proposal__region")
        .order_by("-meeting_id", "proposal__number")
    )
