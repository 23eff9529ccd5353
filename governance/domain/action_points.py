"""Action points: promised in a meeting, with an owner and a day, followed until they are done."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from core.versioning import save_revision
from governance.domain.next_agenda import place_waiting
from governance.domain.texts import refuse_personal_data
from governance.enums import ActionState, MeetingState
from governance.models import ActionPoint, AgendaItem, Body, Membership
from governance.rules import can_read, demand


def _said_why(action: ActionPoint) -> Answer:
    if not action.outcome:
        return Refusal("Geef de reden waarom dit actiepunt vervalt.", field="why")
    return True


STATES: TransitionTable[ActionPoint] = TransitionTable(
    [
        Transition("finish", ("open",), "done", "Afronden"),
        Transition("drop", ("open",), "dropped", "Laten vervallen", _said_why),
        Transition("reopen", ("done", "dropped"), "open", "Weer openen"),
    ]
)


def open_action_points(body: Body, on_day: date) -> QuerySet[ActionPoint]:
    """What the body has to hear on a day: promised by then, and still open. The first due first.

    For a page, narrow it with `visible_to`: a point on a secret paper is as secret as the paper.
    """
    return (
        body.actions.filter(state=ActionState.OPEN, created_at__date__lte=on_day)
        .select_related("owner__user", "body")
        .order_by("due", "pk")
    )


@transaction.atomic
def add_action(
    body: Body,
    *,
    text: str,
    due: date,
    by: User | None,
    owner: Membership | None = None,
    office: str = "",
    item: AgendaItem | None = None,
) -> ActionPoint:
    """Write down what was promised, by whom and before when.

    Refuses an owner who has left or may not read the paper, a day that has passed, an empty text.
    """
    current = locked(Body.objects.all(), body.pk)
    demand(by, "body.minute", current)
    office = office.strip()
    _refuse_wrong(current, text, due, owner, office, item)
    action = ActionPoint.objects.create(
        body=current, item=item, text=text.strip(), owner=owner, office=office, due=due
    )
    StatusChange.log(action, act="action_added", by=by, after=action.state)
    place_waiting(current)
    return action


def _refuse_wrong(
    body: Body,
    text: str,
    due: date,
    owner: Membership | None,
    office: str,
    item: AgendaItem | None,
) -> None:
    refuse_personal_data({"text": text, "office": office})
    require(
        True if text.strip() else Refusal("Schrijf op wat er gaat gebeuren.", "text"),
        True
        if due >= clock.today()
        else Refusal("Deze dag is al geweest. Kies een dag vanaf vandaag.", "due"),
        _owner_answer(body, owner, office, item),
    )
    if item is not None:
        if item.meeting.body_id != body.pk:
            raise Refused(Refusal("Dit agendapunt hoort bij een ander gremium."))
        if item.meeting.state in (MeetingState.CANCELLED, MeetingState.CONCLUDED):
            raise Refused(Refusal("Deze vergadering is afgerond; voeg het toe bij Actiepunten."))


def _owner_answer(
    body: Body, owner: Membership | None, office: str, item: AgendaItem | None
) -> Answer:
    if (owner is None) == (not office):
        return Refusal("Kies een lid, of noem een functie; niet allebei.", "owner")
    if owner is None:
        return True
    if owner.body.region_id != body.region_id:
        return Refusal("Kies iemand uit deze regio.", "owner")
    if not (owner.is_current() and owner.user.is_active):
        return Refusal(
            f"{owner.shown_as} zit niet meer in {owner.body}. Kies wie het overneemt.", "owner"
        )
    if item is not None and item.step is not None and not can_read(owner.user, item.step.proposal):
        return Refusal(f"{owner.shown_as} mag dit stuk niet lezen. Kies iemand anders.", "owner")
    return True


@transaction.atomic
def edit_action(
    action: ActionPoint,
    values: dict[str, object],
    *,
    base: dict[str, object],
    base_revision: int,
    by: User | None,
) -> ActionPoint:
    """Change the text, the owner or the day of an open action point. What two people change at
    once is merged per field, or raises Conflict. A day in the past may stay, not be chosen."""
    current = _locked(action)
    demand(by, "body.minute", current.body)
    if current.state != ActionState.OPEN:
        raise Refused(Refusal("Dit actiepunt is niet meer open. Open het eerst weer."))
    refuse_personal_data({k: v for k, v in values.items() if isinstance(v, str)})
    if not str(values.get("text", current.text)).strip():
        raise Refused(Refusal("Schrijf op wat er gaat gebeuren.", "text"))
    due = values.get("due", current.due)
    if isinstance(due, date) and due != current.due and due < clock.today():
        raise Refused(Refusal("Deze dag is al geweest. Kies een dag vanaf vandaag.", "due"))
    owner = values.get("owner", current.owner)
    office = str(values.get("office", current.office)).strip()
    if owner != current.owner or office != current.office:
        member = owner if isinstance(owner, Membership) else None
        require(_owner_answer(current.body, member, office, current.item))
    changed = save_revision(current, values, base=base, base_revision=base_revision)
    if changed:
        StatusChange.log(current, act="changed", by=by)
    return current


@transaction.atomic
def finish_action(action: ActionPoint, *, by: User | None, note: str = "") -> ActionPoint:
    """It is done; by its owner, or by who keeps the minutes of the body."""
    return _carry_out(action, "finish", note, by)


@transaction.atomic
def drop_action(action: ActionPoint, *, by: User | None, why: str) -> ActionPoint:
    """It will not be done; asks the reason."""
    return _carry_out(action, "drop", why, by)


@transaction.atomic
def reopen_action(action: ActionPoint, *, by: User | None, why: str = "") -> ActionPoint:
    """It turned out not to be done, or is to be done after all."""
    return _carry_out(action, "reopen", why, by)


def _carry_out(action: ActionPoint, act: str, note: str, by: User | None) -> ActionPoint:
    current = _locked(action)
    demand(by, "action.close", current)
    refuse_personal_data({"why": note})
    current.outcome = note.strip()
    STATES.carry_out(current, act, by=by, why=note.strip())
    if current.state == ActionState.OPEN:
        place_waiting(current.body)
    return current


def _locked(action: ActionPoint) -> ActionPoint:
    return locked(
        ActionPoint.objects.select_related("body", "item__step__proposal", "owner__user"),
        action.pk,
    )
