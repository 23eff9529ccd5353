"""Places on an agenda: the fixed points laid down once, and where something new comes."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Answer, Refusal
from governance.domain import meetings
from governance.enums import ItemKind, MeetingState
from governance.models import AgendaItem, Meeting
from governance.rules import keeps_body


def items_on(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What stands on the agenda, in order; not what was taken off."""
    return meeting.items.filter(off=False).order_by("order", "pk")


def paper_answer(meeting: Meeting, by: User | AnonymousUser | None) -> Answer:
    """Whether this person may put a paper on this agenda now.

    The author body delivers papers until the agenda is published; from then on it is the
    secretary who takes them (besluit 0036).
    """
    if meeting.state != MeetingState.PUBLISHED or by is None or keeps_body(by, meeting.body):
        return True
    return Refusal(
        f"De agenda van {meeting.body} is gepubliceerd. "
        "Vraag de secretaris om dit stuk nog op de agenda te zetten."
    )


def is_late(meeting: Meeting) -> bool:
    """Whether a paper put on now was sent late (nagezonden): after publication, or after the last
    day of delivery."""
    published = meeting.state == MeetingState.PUBLISHED
    return published or clock.today() > meetings.delivery_day(meeting)


def lay_down_fixed(meeting: Meeting, *, by: User | None) -> None:
    """Lay down the fixed points of the body, once per meeting: before and after what is there.

    `meeting` is locked. Later changes of the fixed points are for later meetings.
    """
    if meeting.laid_out or meeting.state != MeetingState.PLANNED:
        return
    meeting.laid_out = True
    meeting.save()
    present = list(items_on(meeting))
    fixed = [
        AgendaItem(
            meeting=meeting,
            kind=ItemKind.FIXED,
            title=row.title,
            text=row.text,
            minutes=row.minutes,
            treatment=row.treatment,
            closing=row.closing,
        )
        for row in meeting.body.agenda_template.all()
    ]
    if fixed:
        first = [item for item in fixed if not item.closing]
        last = [item for item in fixed if item.closing]
        renumber([*first, *present, *last])
        StatusChange.log(meeting, act="agenda_started", by=by)


def next_order(meeting: Meeting) -> int:
    """The place for something new: before the points at the close, which move down for it."""
    items = list(items_on(meeting))
    keep = len(items)
    while keep and items[keep - 1].closing:
        keep -= 1
    return _room_after(keep, items)


def opening_order(meeting: Meeting) -> int:
    """The place for what comes by itself: behind the fixed points with which the agenda opens."""
    items = list(items_on(meeting))
    keep = 0
    while keep < len(items) and items[keep].kind == ItemKind.FIXED and not items[keep].closing:
        keep += 1
    return _room_after(keep, items)


def _room_after(keep: int, items: list[AgendaItem]) -> int:
    renumber(items[:keep])
    renumber(items[keep:], start=keep + 2)
    return keep + 1


def renumber(items: Iterable[AgendaItem], start: int = 1) -> None:
    """Save each item at its place, without gaps."""
    for order, item in enumerate(items, start=start):
        if item.pk is None or item.order != order:
            item.order = order
            item.save()
