"""Where a meeting stands while they meet: the item before and after, who is there, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.components import Link, NotYet
from core.formats import near_date
from core.refusal import Refusal
from governance.agenda import acts_of
from governance.agenda_frozen import placed, secret_of, title_of
from governance.domain import attendance, decision_lists, meetings, minutes
from governance.domain.decisions import can_decide
from governance.domain.round_count import running_round
from governance.domain.route import CONCLUDING
from governance.enums import ItemKind, ItemResult, ListState, MeetingState, MemberRole
from governance.models import AgendaItem, DecisionList, Meeting, RouteStep
from governance.presenting import Act, Now
from governance.rules import can_read, may
from governance.standing import Person, standing_of

ALL_ADOPTED = "alles=aangenomen"


@dataclass(frozen=True)
class Where:
    """An item among those of the agenda, as this reader sees them: its number and its time."""

    number: str
    time: str
    previous: Link | None
    next: Link | None
    open: Link | None  # the first item that still waits for its outcome, other than this one


@dataclass(frozen=True)
class There:
    """Who is there, as one line: enough to decide or not, and who takes no part in this vote.
    `fixed` when that cannot be changed any more."""

    line: str
    enough: bool
    recused: list[str]
    no_chair: bool = False
    fixed: bool = False


def address_of(meeting: Meeting, item: AgendaItem) -> str:
    return reverse("governance:minutes-item", args=[meeting.body.region.slug, meeting.pk, item.pk])


def numbered(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[int, tuple[str, str]]:
    """Number and time of each item. Those of the agenda are counted all, also what this reader may
    not see, so that everybody in the room means the same item by the same number."""
    rows = meeting.items.filter(off=False).select_related("step").order_by("order", "pk")
    every = list(rows)
    timed = any(item.minutes for item in every)
    known = {item.pk for item in items}
    return {
        each.item.pk: (each.number, each.time if timed else "")
        for each in placed(every, meeting.starts_at, secret_of(every))
        if each.item.pk in known
    }


def where_is(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    item: AgendaItem,
    numbers: dict[int, tuple[str, str]],
) -> Where:
    """The place of an item of `items`, with its neighbours."""
    here = items.index(item)

    def link(row: AgendaItem | None) -> Link | None:
        if row is None:
            return None
        return Link(title_of(row), address_of(meeting, row), note=numbers[row.pk][0])

    waiting = [row for row in items if row.result == ItemResult.OPEN and row.pk != item.pk]
    later = [row for row in waiting if items.index(row) > here]
    number, time = numbers[item.pk]
    return Where(
        number,
        time,
        previous=link(items[here - 1] if here else None),
        next=link(items[here + 1] if here + 1 < len(items) else None),
        open=link(next(iter([*later, *waiting]), None)),
    )


def who_is_there(meeting: Meeting, step: RouteStep | None) -> There | None:
    """Nothing while nobody wrote down who is there."""
    if not meeting.attendances.exists():
        return None
    count = attendance.count_quorum(meeting, step)
    line = f"{count.present} van de {count.total} leden zijn er."
    if step is not None and attendance.asks_no_quorum(meeting, step):
        line += " Voor dit stuk is in deze tweede vergadering geen quorum nodig."
    elif count.needed > 1:
        line += f" Het quorum is {count.needed}: {'' if count.reached else 'niet '}gehaald."
    recused = step.recusals.select_related("membership__user") if step else []
    names = [row.membership.shown_as for row in recused]
    fixed = not attendance.attendance_answer(meeting)
    return There(line, count.reached, names, _without_chair(meeting), fixed)


def _without_chair(meeting: Meeting) -> bool:
    """Whether the body has a chair among its voting members and she is not there. They can meet:
    somebody else takes the chair, as the regeling says, and the record says who."""
    rows = meeting.attendances.filter(membership__role=MemberRole.CHAIR)
    there = list(rows.values_list("present", flat=True))
    return bool(there) and not any(there)


# What can be done now -----------------------------------------------------------------------------


def now_for_item(
    meeting: Meeting,
    item: AgendaItem,
    where: Where,
    there: There | None,
    outcome: str,
    user: Person,
) -> Now | None:
    """The next act on this item, or the way to the item after it. Nothing once the record is fixed.

    An item without a paper is settled with buttons of its own; the page has those.
    """
    if not minutes.record_answer(meeting):
        return None
    head = f"Agendapunt {where.number}"
    if item.result != ItemResult.OPEN:
        return _onward(meeting, where, outcome, user)
    begun = meetings.has_begun(meeting)
    keeps = bool(may(user, "body.keep", meeting.body))
    if isinstance(begun, Refusal):
        return Now(head, begun.reason)
    if keeps and there is None:
        url = reverse("governance:meeting-attendance", args=[meeting.body.region.slug, meeting.pk])
        return Now(head, "Leg eerst vast wie er zijn", Act("Aanwezigheid vastleggen", url))
    if item.kind != ItemKind.PAPER:
        return _for_list(meeting, item, head, keeps) or Now(head, "Is dit punt behandeld?")
    if not keeps:
        return Now(head, "De secretaris legt de uitkomst vast")
    return _for_paper(meeting, item, head, user)


def _onward(meeting: Meeting, where: Where, outcome: str, user: Person) -> Now:
    """This item is done: on to the next one that waits, or to the decision list."""
    done = f"Agendapunt {where.number}: klaar"
    if where.open is not None:
        return Now(done, outcome, Act(f"Verder met punt {where.open.note}", where.open.url))
    if not may(user, "body.keep", meeting.body):
        return Now(done, "Alle punten hebben een uitkomst")
    url = reverse("governance:list-detail", args=[meeting.body.region.slug, meeting.pk])
    return Now(done, "Alle punten hebben een uitkomst", Act("Naar de besluitenlijst", url))


def _for_list(meeting: Meeting, item: AgendaItem, head: str, keeps: bool) -> Now | None:
    """A decision list of an earlier meeting is adopted here; that settles the point."""
    row = DecisionList.objects.filter(report=item, state=ListState.PUBLISHED).first()
    if row is None or not keeps:
        return None
    url = reverse("governance:list-adopt", args=[meeting.body.region.slug, row.meeting_id])
    return Now(head, "Stelt de vergadering de lijst vast?", Act("Lijst vaststellen", url))


def _for_paper(meeting: Meeting, item: AgendaItem, head: str, user: Person) -> Now:
    step = item.step
    if step is None:
        raise ValueError("a paper has a stop")
    first, *others = [act for act in acts_of(step) if act.label != "Advies vastleggen"]
    if step.purpose not in CONCLUDING:
        return Now(head, "Is het besproken? Sluit het punt dan af", first, others)
    running = running_round(meeting)
    if running is not None and can_read(user, running.step.proposal):
        slug = meeting.body.region.slug
        vote = Act("Naar de stemming", reverse("governance:vote-round", args=[slug, running.pk]))
        return Now(head, "Er loopt een stemming", vote)
    refused = can_decide(step)
    if refused:
        return Now(
            head,
            others=[Act("Wat is er nodig?", first.url), *others],
            not_yet=[NotYet("Besluiten", refusal.reason) for refusal in refused],
        )
    adopt = Act("Alle punten aangenomen", f"{first.url}?{ALL_ADOPTED}")
    return Now(head, "Wat is er besloten?", adopt, [Act("Per punt vastleggen", first.url), *others])


def now_of_meeting(meeting: Meeting, user: Person) -> Now | None:
    """The turn of the secretary in a meeting that was opened: back into it while they meet, then
    the decision list, and the end."""
    if meeting.state != MeetingState.HELD or meeting.body_id not in standing_of(user).secretary_of:
        return None
    slug = meeting.body.region.slug
    waiting = meeting.items.filter(result=ItemResult.OPEN, off=False).count()
    if waiting:
        if not minutes.going_on(meeting):
            return None
        url = reverse("governance:meeting-minutes", args=[slug, meeting.pk])
        what = f"Nog {waiting} {'punt' if waiting == 1 else 'punten'} te gaan"
        return Now("De vergadering is bezig", what, Act("In de vergadering", url))
    made = DecisionList.objects.filter(meeting=meeting).first()
    if made is not None and made.state != ListState.CONCEPT:
        url = reverse("governance:meeting-conclude", args=[slug, meeting.pk])
        return Now("U bent aan zet", "Rond de vergadering af", Act("Afronden", url, posts=True))
    url = reverse("governance:list-detail", args=[slug, meeting.pk])
    what = "Maak de besluitenlijst" if made is None else "Publiceer de besluitenlijst"
    by = f"{what}, uiterlijk {near_date(decision_lists.due_on(meeting))}"
    return Now("U bent aan zet", by, Act("Naar de besluitenlijst", url))


def back_to_meeting(meeting: Meeting | None, step: RouteStep) -> str:
    """While they meet: the item in that meeting. Afterwards nothing, and one goes on with the
    paper."""
    if meeting is None or not minutes.going_on(meeting):
        return ""
    item = step.items.filter(meeting=meeting, off=False).first()
    return address_of(meeting, item) if item else ""


def back_to_list_point(row: DecisionList) -> str:
    """The point at which a list is adopted in the meeting that is going on; otherwise nothing."""
    point = row.report
    if point is None or not minutes.going_on(point.meeting):
        return ""
    return address_of(point.meeting, point)
