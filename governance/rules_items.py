"""Who may what with an agenda item: read it, let know a position, annotate, ask, keep a note.

Registered at start-up beside the rights of `rules.py`; kept apart because these are the rights of
one journey (the wethouder's ten minutes). Secrecy comes along by itself: whatever hangs on an item
is only there for who reads the item.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from rules.predicates import predicate

from core import clock
from core.formats import local_day
from core.rights import register as register_right
from governance import rules
from governance.enums import MeetingState, MemberRole
from governance.models import (
    AgendaItem,
    Annotation,
    Body,
    Meeting,
    Membership,
    Municipality,
    Position,
    Question,
)
from governance.models.dated import valid_on
from governance.rules import can_read, reads
from governance.standing import Person, standing_of
from governance.visible import let_read, visible_meetings, visible_versions

# Lists ------------------------------------------------------------------------------------------


def visible_items(user: Person) -> QuerySet[AgendaItem]:
    """Items of meetings this person reads: a paper in a version she may read, other points once
    the agenda is out. The secretary sees her own agenda while she makes it."""
    keeps = Q(meeting__body__in=standing_of(user).secretary_of)
    begun = Q(meeting__starts_at__lte=clock.now())
    is_out = keeps | begun | ~Q(meeting__state=MeetingState.PLANNED)
    # Asked per item: as a list inside an 'or' it would be made for all papers of all years first.
    reads_paper = Exists(visible_versions(user).filter(pk=OuterRef("version")))
    return AgendaItem.objects.filter(
        (Q(version__isnull=True) & is_out) | Q(reads_paper),
        meeting__in=visible_meetings(user),
    )


def visible_positions(user: Person) -> QuerySet[Position]:
    """The own one always; those of others at once for chair and secretary, after the deadline for
    members, and that of her own municipality then for its adviser. Never for anybody else."""
    standing = standing_of(user)
    over = Q(item__meeting__positions_until__lte=clock.now())
    own = Q(membership__user=user.pk) | Q(given_by=user.pk)
    prepares = Q(item__meeting__body__in=standing.chair_of | standing.secretary_of)
    members = over & Q(item__meeting__body__in=standing.bodies)
    advises = over & Q(membership__seat__municipality__in=standing.adviser_of)
    return Position.objects.filter(own | prepares | members | advises, item__in=visible_items(user))


def visible_annotations(user: Person) -> QuerySet[Annotation]:
    """Those of the own municipality: for its advisers, and for who sits for it in that body."""
    return Annotation.objects.filter(
        Q(municipality__in=standing_of(user).adviser_of) | Q(Exists(_sits_for(user))),
        item__in=visible_items(user),
    )


def _sits_for(user: Person) -> QuerySet[Membership]:
    """Memberships that make the municipality of the row at hand somebody's own, deputies too."""
    here = Membership.objects.current().filter(user=user.pk, body=OuterRef("item__meeting__body"))
    seat = valid_on(prefix="seat__") & Q(seat__municipality=OuterRef("municipality"))
    replaced = valid_on(prefix="deputy_of__seat__") & Q(
        deputy_of__seat__municipality=OuterRef("municipality")
    )
    return here.filter(seat | replaced)


def visible_questions(user: Person) -> QuerySet[Question]:
    """Questions and answers, for everybody who reads the item."""
    return Question.objects.filter(item__in=visible_items(user))


# Acts -------------------------------------------------------------------------------------------


def spoken_for(user: Person, meeting: Meeting) -> Membership | None:
    """The sitting member for whom this person lets know a position: herself, or the member she
    replaces. Both sit today and on the day of the meeting, with a vote."""
    voting = _voting(meeting).select_related("user", "seat__municipality").order_by("pk")
    sitting = {row.pk: row for row in voting if row.role != MemberRole.DEPUTY}
    for membership in sitting.values():
        if membership.user_id == user.pk:
            return membership
    replaced = (row.deputy_of_id for row in voting if row.user_id == user.pk)
    return next((sitting[pk] for pk in replaced if pk in sitting), None)


def _voting(meeting: Meeting) -> QuerySet[Membership]:
    day = local_day(meeting.starts_at)
    return Membership.objects.current().filter(
        valid_on(day),
        valid_on(day, "seat__"),
        valid_on(prefix="seat__"),
        body=meeting.body_id,
        has_vote=True,
    )


def own_municipalities(user: Person, item: AgendaItem) -> QuerySet[Municipality]:
    """Municipalities with a seat in the body of the item, of which this person is the adviser."""
    return Municipality.objects.filter(
        valid_on(prefix="seats__"),
        seats__body=item.meeting.body_id,
        pk__in=standing_of(user).adviser_of,
    ).distinct()


@predicate
def gives_position(user: Person, item: AgendaItem | None) -> bool:
    """A member with a vote, or her deputy, who reads the item."""
    return item is not None and can_read(user, item) and spoken_for(user, item.meeting) is not None


@predicate
def prepares_meeting(user: Person, item: AgendaItem | None) -> bool:
    """Chair or secretary of the body: sees positions at once, and says how an item is treated."""
    standing = standing_of(user)
    keeps = standing.chair_of | standing.secretary_of
    return item is not None and item.meeting.body_id in keeps and can_read(user, item)


@predicate
def keeps_item(user: Person, item: AgendaItem | None) -> bool:
    """The secretary of the body, inside the circle when the paper is secret."""
    keeps = standing_of(user).secretary_of
    return item is not None and item.meeting.body_id in keeps and can_read(user, item)


@predicate
def sees_positions(user: Person, item: AgendaItem | None) -> bool:
    """Sees how the body stands: chair and secretary at once, members after the deadline."""
    if item is None or not can_read(user, item):
        return False
    return sees_state(user, item.meeting)


def sees_state(user: Person, meeting: Meeting) -> bool:
    """The same over a meeting, for who has found out already what this person reads there."""
    standing = standing_of(user)
    if meeting.body_id in standing.chair_of | standing.secretary_of:
        return True
    return meeting.body_id in standing.bodies and meeting.positions_until <= clock.now()


@predicate
def annotates(user: Person, annotation: Annotation | None) -> bool:
    """Adviser of the municipality of the annotation, which has a seat in the body."""
    if annotation is None or not can_read(user, annotation.item):
        return False
    own = own_municipalities(user, annotation.item)
    return own.filter(pk=annotation.municipality_id).exists()


@predicate
def asks(user: Person, item: AgendaItem | None) -> bool:
    """A member of the body, or the adviser of a municipality in it; not who answers."""
    standing = standing_of(user)
    who = standing.reads_papers_of - standing.secretary_of
    return item is not None and item.meeting.body_id in who and can_read(user, item)


@predicate
def answers(user: Person, question: Question | None) -> bool:
    """The author body of the region, or the secretary of the body; both read the item."""
    if question is None:
        return False
    return answers_for(user, question.item.meeting.body) and can_read(user, question.item)


def answers_for(user: Person, body: Body) -> bool:
    """The same over a body, for who has found out already what this person reads there."""
    standing = standing_of(user)
    return body.pk in standing.secretary_of or body.region_id in standing.author_regions


@predicate
def keeps_note(user: Person, item: AgendaItem | None) -> bool:
    """Who sits in the body, in whatever role."""
    bodies = standing_of(user).bodies
    return item is not None and item.meeting.body_id in bodies and can_read(user, item)


LISTS: dict[type[Any], Any] = {
    AgendaItem: visible_items,
    Position: visible_positions,
    Annotation: visible_annotations,
    Question: visible_questions,
}
NO_ITEM = "U heeft geen toegang tot dit agendapunt."


def register() -> None:
    """Called once at start-up."""
    for model, rows in LISTS.items():
        let_read(model, rows)
    register_right("item.read", reads, NO_ITEM)
    register_right(
        "position.give", gives_position, "Een standpunt geven kan een lid met stemrecht."
    )
    register_right("position.read", reads, "U heeft geen toegang tot dit standpunt.")
    register_right("positions.read", sees_positions, "De standpunten van anderen komen later.")
    register_right(
        "item.treatment",
        prepares_meeting,
        "Dit kan de voorzitter of de secretaris van het overleg.",
    )
    register_right("item.keep", keeps_item, rules.KEEPS)
    register_right("annotation.read", reads, "Deze annotatie is van een andere gemeente.")
    register_right(
        "annotation.write",
        annotates,
        "Annoteren kan de adviseur van de wethouder, voor de eigen gemeente.",
    )
    register_right("question.read", reads, NO_ITEM)
    register_right(
        "question.ask",
        asks,
        "Een vraag stellen kan een lid van dit overleg, of de adviseur van een gemeente.",
    )
    register_right("question.answer", answers, "Antwoorden kan het programmateam of de secretaris.")
    register_right("note.keep", keeps_note, "Een eigen notitie kan een lid van dit overleg maken.")
