"""The decision list of a meeting: made, published as concept within two weeks, adopted later."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from core.documents import freeze
from core.formats import local_day, long_date
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import meetings
from governance.domain.next_agenda import place_waiting
from governance.domain.texts import refuse_personal_data
from governance.enums import ItemResult, ListState, MeetingForm, MeetingState
from governance.models import DecisionList, Meeting
from governance.rules import demand

# A decision list is public within two weeks of the meeting (Wet open overheid, artikel 3.3).
PUBLISH_WITHIN = timedelta(days=14)

STATES: TransitionTable[DecisionList] = TransitionTable(
    [
        Transition("publish", ("concept",), "published", "Publiceren"),
        Transition("adopt", ("published",), "adopted", "Vaststellen"),
    ]
)


def due_on(meeting: Meeting) -> date:
    """The last day on which the list may be published."""
    return local_day(meeting.starts_at) + PUBLISH_WITHIN


def days_late(row: DecisionList) -> int:
    """How many days after the two weeks the list was published, or is not yet; 0 when in time."""
    day = local_day(row.published_at) if row.published_at else clock.today()
    return max(0, (day - due_on(row.meeting)).days)


def make_answer(meeting: Meeting) -> Answer:
    """Whether the list of this meeting can be made, or made again, now."""
    if meeting.form == MeetingForm.WRITTEN:
        return Refusal("Een schriftelijke ronde komt als punt op de volgende agenda.")
    if meeting.state != MeetingState.HELD:
        if meeting.state in meetings.COMING:
            return Refusal("Leg eerst vast wie er waren.")
        return Refusal(f"De vergadering is {meeting.get_state_display()}; de lijst ligt vast.")
    waiting = meeting.items.filter(result=ItemResult.OPEN, off=False).count()
    return meetings.open_items(waiting) if waiting else True


@transaction.atomic
def make_list(meeting: Meeting, *, by: User | None, example: bool = False) -> DecisionList:
    """Make the list from what was recorded. As long as it is in preparation it is made anew.

    Refuses while an item has no outcome, and once the list was published.
    """
    current = locked(Meeting.objects.select_related("body__region", "body__rules"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(make_answer(current))
    row = DecisionList.objects.filter(meeting=current).first()
    if row is not None and row.state != ListState.CONCEPT:
        raise Refused(
            Refusal("De lijst is gepubliceerd. Geef verbeteringen op bij het vaststellen.")
        )
    row = row or DecisionList(meeting=current, example=example)
    return _freeze(row, by)


def _freeze(row: DecisionList, by: User | None) -> DecisionList:
    from governance.list_document import build_list

    row.made_by, row.made_at = by, clock.now()
    row.frozen = freeze(build_list(row))
    row.save()
    StatusChange.log(row.meeting, act="list_made", by=by)
    return row


def remake_concept(meeting: Meeting, *, by: User | None) -> None:
    """The list as it is at the end of the meeting; a published one stays as it is."""
    row = DecisionList.objects.filter(meeting=meeting, state=ListState.CONCEPT).first()
    if row is not None:
        row.meeting = meeting
        _freeze(row, by)


@transaction.atomic
def publish_list(row: DecisionList, *, by: User | None) -> DecisionList:
    """Publish as concept; the PDF is made and it comes on the next agenda to be adopted.

    After the two weeks it may still be published; the trail says how late.
    """
    current = _locked(row, by)
    require(STATES.answer(current, "publish"))
    current.published_at = clock.now()
    late = days_late(current)
    why = f"{late} {'dag' if late == 1 else 'dagen'} na de termijn van twee weken" if late else ""
    STATES.carry_out(current, "publish", by=by, why=why)
    StatusChange.log(current.meeting, act="list_published", by=by, why=why)
    request_pdf(current, by=by)
    place_waiting(current.meeting.body)
    return current


@transaction.atomic
def adopt_list(
    row: DecisionList, meeting: Meeting, *, by: User | None, corrections: str = ""
) -> DecisionList:
    """Say in which later meeting of the body the list was adopted, with what it corrected.

    The published content stays; corrections stand beside it.
    """
    current = _locked(row, by)
    refuse_personal_data({"corrections": corrections})
    require(STATES.answer(current, "adopt"))
    meeting = Meeting.objects.get(pk=meeting.pk)
    if meeting.body_id != current.meeting.body_id or meeting.starts_at <= current.meeting.starts_at:
        raise Refused(
            Refusal(
                f"Kies een vergadering van {current.meeting.body} na "
                f"{long_date(current.meeting.starts_at)}.",
                "meeting",
            )
        )
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(Refusal("Die vergadering is vervallen.", "meeting"))
    require(meetings.has_begun(meeting))
    current.adopted_in, current.corrections = meeting, corrections.strip()
    STATES.carry_out(current, "adopt", by=by, why=str(meeting))
    StatusChange.log(current.meeting, act="list_adopted", by=by, why=str(meeting))
    point = current.report
    if point is not None and point.meeting_id == meeting.pk and point.result == ItemResult.OPEN:
        point.result, point.note = ItemResult.HANDLED, "Vastgesteld"
        point.save()
    request_pdf(current, by=by)
    return current


def request_pdf(row: DecisionList, *, by: User | None) -> object:
    """The PDF of a published list, from its frozen content and its state of this moment."""
    from governance.list_document import request_list

    return request_list(row, by=by)


def _locked(row: DecisionList, by: User | None) -> DecisionList:
    current = locked(DecisionList.objects.select_related("meeting__body__region", "report"), row.pk)
    demand(by, "body.keep", current.meeting.body)
    return current
