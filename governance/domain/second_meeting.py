"""A second meeting, when the first could not be opened for want of quorum (Gemeentewet 20)."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import clock_time, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.domain import attendance, meetings, route
from governance.enums import ItemResult, MeetingState, StepState
from governance.models import AgendaItem, Meeting
from governance.rules import can_read, demand

NOTICE = timedelta(hours=24)
WHY = "Geen quorum; opnieuw op de agenda van de tweede vergadering."


def can_call_second(meeting: Meeting) -> Answer:
    """Whether this meeting was held without its quorum and has no second call yet."""
    rules = meeting.body.rules
    if not rules.may_call_second_meeting:
        return Refusal(f"{meeting.body} kent geen tweede vergadering zonder quorum.")
    if meeting.state != MeetingState.HELD or not meeting.attendances.exists():
        return Refusal("Leg eerst vast wie er waren.")
    if meeting.second_call_of_id is not None:
        return Refusal("Dit is al een tweede vergadering; daarvoor is geen quorum nodig.")
    quorum = attendance.count_quorum(meeting)
    if quorum.reached:
        return Refusal(
            f"Het quorum was er: {quorum.present} van {quorum.total} leden. Een tweede vergadering "
            "is niet nodig."
        )
    if Meeting.objects.filter(second_call_of=meeting).exists():
        return Refusal("De tweede vergadering is al uitgeschreven.")
    return True


@transaction.atomic
def call_second_meeting(
    meeting: Meeting, *, starts_at: datetime, by: User | None, place: str = ""
) -> Meeting:
    """Call the body again for the same papers; for those no quorum is needed then.

    Refuses a moment within 24 hours of this call, and a date that breaks the order of a route.
    """
    meetings.lock_proposals(meeting)
    current = locked(Meeting.objects.select_related("body__rules"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(can_call_second(current), _in_time(starts_at))
    second = meetings.plan_meeting(current.body, starts_at=starts_at, by=by, place=place)
    second.second_call_of = current
    second.save()
    for item in current.items.filter(result=ItemResult.OPEN, step__isnull=False):
        _bring_along(item, second, by)
    StatusChange.log(current, act="second_called", by=by, why=str(second))
    return second


def _in_time(starts_at: datetime) -> Answer:
    earliest = clock.now() + NOTICE
    if starts_at < earliest:
        return Refusal(
            "Tussen de oproep en de tweede vergadering zit ten minste 24 uur. Kies een moment na "
            f"{long_date(earliest)}, {clock_time(earliest)} (Gemeentewet, artikel 20).",
            field="starts_at",
        )
    return True


def _bring_along(item: AgendaItem, second: Meeting, by: User | None) -> None:
    """The same paper, in the same version, on the agenda of the second meeting."""
    step = item.step
    if step is None or step.state != StepState.ON_AGENDA:
        return
    order = route.order_answer(step, second)
    if not order:
        known = by is None or can_read(by, step.proposal)
        paper = str(step.proposal) if known else "Een stuk"
        raise Refused(Refusal(f"{paper}: {order.reason}", field="starts_at"))
    item.result, item.note = ItemResult.HELD_OVER, WHY
    item.save()
    AgendaItem.objects.create(
        meeting=second,
        order=item.order,
        kind=item.kind,
        step=step,
        version=item.version,
        minutes=item.minutes,
        treatment=item.treatment,
    )
    step.meeting = second
    step.save()
    StatusChange.log(step.proposal, act="held_over", by=by, why=f"{second.body}: {WHY}")
