"""Private notes: for who wrote them, as long as she sits in the body, and without any trace.

Nothing here logs, keeps history or a draft. A note goes with its membership: when the row goes
(database), when its term is ended (`organisation.keep`), and each night for terms that ran out.
"""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core import clock
from core.refusal import Refusal, Refused
from core.transitions import locked
from governance.domain.texts import refuse_personal_data
from governance.models import AgendaItem, Body, Membership, PrivateNote
from governance.models.dated import valid_on
from governance.rules import demand
from governance.standing import Person

LONGEST = 10_000


def sits_as(user: Person, body: Body) -> Membership | None:
    """The membership in which somebody sits in a body now; the one with a vote first."""
    mine = Membership.objects.current().filter(valid_on(prefix="seat__"), user=user.pk, body=body)
    return mine.order_by("-has_vote", "pk").first()


def note_of(item: AgendaItem, user: Person) -> PrivateNote | None:
    """What this person noted here, in the term that runs now."""
    membership = sits_as(user, item.meeting.body)
    return PrivateNote.objects.filter(item=item, membership=membership).first()


@transaction.atomic
def keep_note(item: AgendaItem, *, text: str, by: User) -> PrivateNote | None:
    """Keep what somebody notes for herself in place of what stood there; nothing typed, no note."""
    current = locked(AgendaItem.objects.select_related("meeting__body"), item.pk)
    demand(by, "note.keep", current)
    refuse_personal_data({"text": text})
    if len(text) > LONGEST:
        raise Refused(Refusal(f"Een notitie telt hoogstens {LONGEST} tekens.", "text"))
    membership = sits_as(by, current.meeting.body)
    if not text.strip():
        PrivateNote.objects.filter(item=current, membership=membership).delete()
        return None
    note, _ = PrivateNote.objects.update_or_create(
        item=current, membership=membership, defaults={"text": text, "kept_at": clock.now()}
    )
    return note


def forget_ended() -> int:
    """Delete the notes of every term that is over; returns how many."""
    day = clock.today()
    over = Q()
    for dated in ("membership", "membership__seat", "membership__body"):
        over |= Q(**{f"{dated}__valid_until__lt": day})
    deleted, _ = PrivateNote.objects.filter(over).delete()
    return deleted
