"""Making the agenda of a meeting: the secretary adds, orders, times and takes off."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.domain import meetings, route
from governance.domain.agenda_places import items_on, lay_down_fixed, next_order, renumber
from governance.domain.texts import refuse_personal_data
from governance.enums import ItemKind, ItemResult, MeetingState, Treatment
from governance.models import AgendaItem, Meeting, Proposal, RouteStep
from governance.rules import demand, visible_to

MAX_MINUTES = 600
CHANGED = "Iemand anders veranderde de agenda intussen. Laad de bladzijde opnieuw."


def agenda_answer(meeting: Meeting) -> Answer:
    """Whether the agenda can still be changed: until the meeting begins."""
    if meeting.state not in meetings.COMING:
        return Refusal(f"De vergadering is {meeting.get_state_display()}; de agenda ligt vast.")
    if meetings.has_begun(meeting):
        return Refusal("De vergadering is begonnen; de agenda ligt vast.")
    return True


def keeping(meeting: Meeting, by: User | None) -> Meeting:
    """The meeting under a lock, for who keeps its agenda, as long as that can be changed."""
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(agenda_answer(current))
    return current


@transaction.atomic
def start_agenda(meeting: Meeting, *, by: User | None) -> Meeting:
    """Lay down the fixed points of the body. Once: asked again it does nothing."""
    current = keeping(meeting, by)
    lay_down_fixed(current, by=by)
    return current


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    by: User | None,
    text: str = "",
    minutes: int | None = None,
    treatment: str = Treatment.DISCUSSION,
) -> AgendaItem:
    """Put an own point on the agenda, before the points at the close."""
    current = keeping(meeting, by)
    lay_down_fixed(current, by=by)
    require(*_words(title, text), *_handling(minutes, treatment))
    item = AgendaItem.objects.create(
        meeting=current,
        order=next_order(current),
        kind=ItemKind.OWN,
        title=title.strip(),
        text=text.strip(),
        minutes=minutes,
        treatment=treatment,
    )
    StatusChange.log(current, act="item_added", by=by, why=item.title)
    return item


@transaction.atomic
def add_paper(meeting: Meeting, step: RouteStep, *, by: User | None) -> RouteStep:
    """Take a paper that is due on the agenda; a stop without a date is planned here first."""
    demand(by, "body.keep", meeting.body)
    require(agenda_answer(meeting))
    if step.meeting_id != meeting.pk:
        step = route.plan_step(step, meeting, by=by)
    return route.put_on_agenda(step, by=by)


@transaction.atomic
def edit_item(
    item: AgendaItem,
    *,
    by: User | None,
    title: str | None = None,
    text: str | None = None,
    announced: bool | None = None,
) -> AgendaItem:
    """Change the words of a point of one's own, or whether a secret paper is announced without its
    title. A paper is called what its version is called."""
    current = _open_item(item, by)
    if current.kind == ItemKind.PAPER:
        if title is not None or text is not None:
            raise Refused(Refusal("De titel van een stuk staat in het stuk zelf.", field="title"))
    else:
        title = current.title if title is None else title
        text = current.text if text is None else text
        require(*_words(title, text))
        current.title, current.text = title.strip(), text.strip()
    if announced is not None:
        current.announced = announced
    current.save()
    return current


class Handling(NamedTuple):
    """How long a point takes, and how it is treated."""

    minutes: int | None
    treatment: str


@transaction.atomic
def set_handling(
    meeting: Meeting,
    rows: Mapping[int, Handling],
    *,
    by: User | None,
    shown: Mapping[int, Handling] | None = None,
) -> None:
    """Set time and treatment of points by their key; refusals name 'minutes-KEY', 'treatment-KEY'.

    With `shown`, what the page showed, a change that somebody else made since stays; what both
    changed is refused with what the other chose, and then nothing is saved.
    """
    current = keeping(meeting, by)
    items = {item.pk: item for item in items_on(current)}
    if rows.keys() - items.keys():
        raise Refused(Refusal(CHANGED))
    require(*[answer for pk, row in rows.items() for answer in _handling(*row, suffix=f"-{pk}")])
    merged = {pk: _merged(items[pk], row, (shown or {}).get(pk)) for pk, row in rows.items()}
    require(*[answer for _, answers in merged.values() for answer in answers])
    for pk, (handling, _) in merged.items():
        item = items[pk]
        if (item.minutes, item.treatment) != handling:
            item.minutes, item.treatment = handling
            item.save()


def _merged(
    item: AgendaItem, mine: Handling, shown: Handling | None
) -> tuple[Handling, list[Answer]]:
    """What a point gets when somebody else may have changed it, and what both changed."""
    theirs = Handling(item.minutes, item.treatment)
    base = shown or theirs
    clashes: list[Answer] = []
    if mine.minutes != base.minutes != theirs.minutes != mine.minutes:
        chose = f"{theirs.minutes} minuten" if theirs.minutes else "geen minuten"
        clashes.append(_clash(f"minutes-{item.pk}", chose))
    if mine.treatment != base.treatment != theirs.treatment != mine.treatment:
        chose = str(Treatment(theirs.treatment).label)
        clashes.append(_clash(f"treatment-{item.pk}", chose))
    return Handling(
        theirs.minutes if mine.minutes == base.minutes else mine.minutes,
        theirs.treatment if mine.treatment == base.treatment else mine.treatment,
    ), clashes


def _clash(field: str, chose: str) -> Refusal:
    return Refusal(
        f"Iemand anders koos hier intussen {chose}. Bewaar opnieuw als uw keuze moet blijven.",
        field=field,
    )


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: User | None) -> None:
    """Give a point the place `to` (1 is the first) among those this person sees; places beyond the
    agenda count as its end."""
    current = _open_item(item, by)
    keys = [each.pk for each in _seen(current.meeting, by) if each.pk != current.pk]
    keys.insert(max(0, to - 1), current.pk)
    _put_in_order(current.meeting, keys, by)


@transaction.atomic
def order_items(meeting: Meeting, keys: Sequence[int], *, by: User | None) -> None:
    """Put all points in the order of `keys`. Refuses keys that are not exactly those there are."""
    _put_in_order(keeping(meeting, by), keys, by)


def _seen(meeting: Meeting, by: User | None) -> list[AgendaItem]:
    """The points this person can put in order: a paper of a circle she is outside of stays put."""
    items = items_on(meeting)
    if by is None:
        return list(items)
    return list(items.filter(Q(step=None) | Q(step__proposal__in=visible_to(by, Proposal))))


def _put_in_order(meeting: Meeting, keys: Sequence[int], by: User | None) -> None:
    seen = {item.pk: item for item in _seen(meeting, by)}
    if sorted(keys) != sorted(seen):
        raise Refused(Refusal(CHANGED))
    wanted = iter(keys)
    renumber(seen[next(wanted)] if each.pk in seen else each for each in list(items_on(meeting)))


def removal_needs_reason(item: AgendaItem) -> str:
    """Why a point is taken off with a reason only, as a sentence; empty when it can simply go.

    Members know a published agenda, and what they wrote about a point must not vanish with it:
    then the row stays, off the agenda, with the reason.
    """
    if _is_referred_to(item):
        return "Bij dit punt is al iets vastgelegd of ingebracht. Dat blijft bewaard."
    if item.meeting.state == MeetingState.PUBLISHED:
        return "De leden kennen dit punt al: de agenda is gepubliceerd."
    return ""


def _is_referred_to(item: AgendaItem) -> bool:
    """Whether any row hangs on the item: a position, a question, an action point, a record."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: item}).exists()
        for relation in AgendaItem._meta.related_objects
    )


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User | None, why: str = "") -> None:
    """Take a point off the agenda; a paper goes back to planned, without a date.

    What nobody outside the making of the agenda has seen simply goes. Else the reason is asked and
    the row stays with it: such a paper comes back in a later meeting only.
    """
    step = route.locked_step(item.step) if item.step else None  # before the meeting: one order
    current = _open_item(item, by)
    refuse_personal_data({"why": why})
    why = why.strip()
    sentence = removal_needs_reason(current)
    if sentence and not why:
        raise Refused(Refusal(f"{sentence} Geef de reden van het weghalen.", field="why"))
    if step is not None:
        demand(by, "proposal.read", step.proposal)
        route.take_off_agenda(step, by=by, why=why or "van de agenda gehaald")
    name = str(current.version.subject if current.version else current.title)
    if sentence:
        current.off, current.result, current.note = True, ItemResult.HELD_OVER, why
        current.save()
    else:
        current.delete()
    renumber(items_on(current.meeting))
    if current.kind != ItemKind.PAPER:
        # What happens to a paper stands in its own trail: its title may be secret.
        StatusChange.log(current.meeting, act="item_removed", by=by, why=f"{name}. {why}".strip())


@transaction.atomic
def set_end(meeting: Meeting, *, until: time | None, by: User | None) -> Meeting:
    """Until when there is time, on the Dutch clock; the agenda warns when it takes longer."""
    current = keeping(meeting, by)
    if until is not None and until <= timezone.localtime(current.starts_at).time():
        raise Refused(Refusal("Kies een tijd na het begin van de vergadering.", field="until"))
    current.until = until
    current.save()
    return current


def _open_item(item: AgendaItem, by: User | None) -> AgendaItem:
    """The item again, with its meeting under a lock, while it stands on an open agenda."""
    meeting = keeping(item.meeting, by)
    current = AgendaItem.objects.select_related("step__proposal", "version").filter(
        pk=item.pk, meeting=meeting, off=False
    )
    found = current.first()
    if found is None:
        raise Refused(Refusal(CHANGED))
    found.meeting = meeting
    return found


def _words(title: str, text: str) -> list[Answer]:
    refuse_personal_data({"title": title, "text": text})
    if not title.strip():
        return [Refusal("Geef het agendapunt een titel.", field="title")]
    if len(title.strip()) > 160:
        return [Refusal("Een titel telt hoogstens 160 tekens.", field="title")]
    return []


def _handling(minutes: int | None, treatment: str, suffix: str = "") -> list[Answer]:
    wrong: list[Answer] = []
    if minutes is not None and not 1 <= minutes <= MAX_MINUTES:
        wrong.append(Refusal("Vul 1 tot 600 minuten in.", field=f"minutes{suffix}"))
    if treatment not in Treatment.values:
        wrong.append(Refusal("Kies hoe het punt wordt behandeld.", field=f"treatment{suffix}"))
    return wrong
