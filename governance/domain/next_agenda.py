"""What comes on the next agenda of a body by itself, as fixed points.

Open action points, decision lists to adopt, what a written round decided, and stops that were
passed by with urgency. All of it comes before the papers. Asked again it adds nothing twice; what
lost its meeting is placed anew.
"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from core import clock
from core.formats import long_date
from governance.enums import (
    ActionState,
    ItemKind,
    ListState,
    MeetingForm,
    MeetingState,
    Treatment,
    WrittenState,
)
from governance.models import (
    AgendaItem,
    Body,
    DecisionList,
    Meeting,
    RouteStep,
    Secrecy,
    WrittenRound,
)

ACTIONS = "Actiepunten"
M = TypeVar("M", bound=Model)


def next_meeting(body: Body) -> Meeting | None:
    """The first meeting to come whose agenda is not out yet."""
    coming = body.meetings.filter(
        state=MeetingState.PLANNED, form=MeetingForm.MEETING, starts_at__gt=clock.now()
    )
    return coming.order_by("starts_at").first()


def place_waiting(body: Body) -> None:
    """Put on the next agenda what waits for it; without a planned meeting it goes on waiting."""
    meeting = next_meeting(body)
    if meeting is None:
        return
    if body.actions.filter(state=ActionState.OPEN).exists() and not meeting.items.filter(
        kind=ItemKind.FIXED, title=ACTIONS
    ):
        _add(meeting, ACTIONS, "Wat er nog openstaat uit eerdere vergaderingen.")
    for row in _without_place(DecisionList.objects.filter(meeting__body=body), again=True).filter(
        state=ListState.PUBLISHED, meeting__starts_at__lt=meeting.starts_at
    ):
        row.report = _add(
            meeting,
            f"Besluitenlijst van {long_date(row.meeting.starts_at)}",
            "Vaststellen.",
            Treatment.FORMALITY,
        )
        row.save()
    for done in _without_place(WrittenRound.objects.filter(meeting__body=body)).exclude(
        state=WrittenState.OPEN
    ):
        day = long_date(done.opened_at)
        done.report = _add(meeting, f"Schriftelijke ronde van {day}", _told(done), Treatment.NOTE)
        done.save()
    for step in _without_place(
        RouteStep.objects.filter(body=body, urgent=True), "skip_report"
    ).select_related("proposal"):
        step.skip_report = _add(meeting, _urgent_title(step), _urgent_text(step), Treatment.NOTE)
        step.save()


def _without_place(rows: QuerySet[M], field: str = "report", *, again: bool = False) -> QuerySet[M]:
    """Rows that are on no agenda, or on one that was cancelled; `again` also when that meeting is
    over and did not deal with it."""
    lost = Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__meeting__state": MeetingState.CANCELLED}
    )
    if again:
        lost |= Q(**{f"{field}__meeting__starts_at__lte": clock.now()})
    return rows.filter(lost).order_by("pk")


def _add(
    meeting: Meeting, title: str, text: str, treatment: Treatment = Treatment.DISCUSSION
) -> AgendaItem:
    from governance.domain.agenda_places import opening_order

    return AgendaItem.objects.create(
        meeting=meeting,
        order=opening_order(meeting),
        kind=ItemKind.FIXED,
        title=title[:160],
        text=text,
        treatment=treatment,
    )


def _is_secret(step: RouteStep) -> bool:
    return Secrecy.objects.filter(
        Q(proposal=step.proposal_id) | Q(decision__step=step), lifted_on__isnull=True
    ).exists()


def _told(done: WrittenRound) -> str:
    """What came of a round. An agenda is read by more people than a secret paper."""
    if _is_secret(done.step):
        return "De uitkomst staat bij het stuk."
    subject = str(done.step.proposal)
    return f"{subject}. {done.outcome} Reden van de ronde: {done.reason}"


def _urgent_title(step: RouteStep) -> str:
    return "Met spoed overgeslagen" if _is_secret(step) else f"Met spoed: {step.proposal}"


def _urgent_text(step: RouteStep) -> str:
    if _is_secret(step):
        return "Een stuk is met spoed niet in dit overleg geweest."
    return (
        f"Dit stuk is met spoed niet in {step.body} geweest. Reden: {step.skip_reason} "
        f"{step.skip_right}"
    )
