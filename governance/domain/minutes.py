"""In the meeting: the record of each item, typed as it falls, and how a meeting is concluded."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import local_day, long_date
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from core.versioning import save_revision
from governance.domain import meetings
from governance.domain.texts import refuse_personal_data
from governance.enums import ItemKind, ItemResult, MeetingState
from governance.models import AgendaItem, ItemRecord, Meeting
from governance.rules import demand

FIELDS = ("discussed", "conclusion")
NO_COMMON_START = -1
A_MEETING_TAKES = timedelta(hours=12)  # at most, breaks and a late evening included


def record_answer(meeting: Meeting) -> Answer:
    """Whether the record of this meeting can be written now: from its day until it is concluded."""
    if meeting.state == MeetingState.CANCELLED:
        return Refusal("Deze vergadering is vervallen.")
    if meeting.state == MeetingState.CONCLUDED:
        return Refusal("Deze vergadering is afgerond; het verslag ligt vast.")
    day = local_day(meeting.starts_at)
    if day > clock.today():
        return Refusal(f"De vergadering is pas op {long_date(day)}; het verslag begint die dag.")
    return True


def going_on(meeting: Meeting) -> bool:
    """Whether they are meeting now: begun, at most 12 hours ago, and not concluded. Then the
    secretary goes from item to item; afterwards she works per paper."""
    since = clock.now() - meeting.starts_at
    return timedelta(0) <= since < A_MEETING_TAKES and bool(record_answer(meeting))


def locked_item(item: AgendaItem, by: User | None) -> AgendaItem:
    """The item again under a lock, for who keeps the minutes and may read its paper."""
    current = locked(
        AgendaItem.objects.select_related("meeting__body__rules", "step__proposal"), item.pk
    )
    demand(by, "body.minute", current.meeting.body)
    if current.step is not None:
        demand(by, "proposal.read", current.step.proposal)
    return current


@transaction.atomic
def write_record(
    item: AgendaItem,
    values: Mapping[str, str],
    *,
    base: Mapping[str, str],
    by: User | None,
) -> ItemRecord:
    """Save what was typed on an item. Fields that only one of two people changed are merged.

    Each field is compared with the text that its writer started from (`base`), never with a number
    alone: the fields of one page are saved one by one, so they have no common start.
    Raises Conflict, and writes nothing, when both changed the same field; refuses personal data.
    """
    current = locked_item(item, by)
    require(record_answer(current.meeting))
    refuse_personal_data(values)
    record = ItemRecord.objects.filter(item=current).first() or ItemRecord(item=current, revision=0)
    save_revision(record, dict(values), base=dict(base), base_revision=NO_COMMON_START)
    return record


def arrived(item: AgendaItem, sent: Mapping[str, list[str]], *, since: int) -> dict[str, str]:
    """Per field the last of the texts a writer sent without hearing back that did get here.

    When a line breaks halfway, a save can arrive while its answer does not. `since` is the revision
    that she heard of last: what stood in the record after it is where she goes on from, so that her
    own words never clash with her.
    """
    record = ItemRecord.objects.filter(item=item).first() if sent else None
    if record is None:
        return {}
    later = record.history.filter(revision__gt=since).order_by("-revision")
    rows = {name: later.filter(**{f"{name}__in": texts}).first() for name, texts in sent.items()}
    return {name: getattr(row, name) for name, row in rows.items() if row is not None}


@transaction.atomic
def settle_item(item: AgendaItem, result: str, *, by: User | None) -> AgendaItem:
    """Say what came of a fixed or own point. A paper gets its outcome at its stop on the route."""
    current = locked_item(item, by)
    require(record_answer(current.meeting), meetings.has_begun(current.meeting))
    if current.kind == ItemKind.PAPER:
        raise Refused(
            Refusal("Leg bij een stuk het advies of het besluit vast; dat is de uitkomst.")
        )
    if current.off:
        raise Refused(Refusal("Dit punt is van de agenda gehaald; er komt geen uitkomst meer."))
    if result not in ItemResult.values:
        raise Refused(Refusal("Kies of het punt is behandeld of aangehouden.", field="result"))
    current.result = result
    current.save()
    return current


@transaction.atomic
def conclude_meeting(meeting: Meeting, *, by: User | None) -> Meeting:
    """Close a meeting: every item has an outcome and the decision list is made.

    The list is made once more, so that it holds what was last written.
    """
    from governance.domain.decision_lists import remake_concept

    current = locked(Meeting.objects.select_related("body__rules"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(meetings.STATES.answer(current, "conclude"))
    remake_concept(current, by=by)
    meetings.STATES.carry_out(current, "conclude", by=by)
    return current
