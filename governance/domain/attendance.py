"""Who was in a meeting, and whether that is enough."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from core.formats import local_day
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.domain.meetings import COMING, STATES, has_begun
from governance.enums import ItemResult, MeetingState, MemberRole, Quorum, RoundState
from governance.models import Attendance, Body, Meeting, Membership, RouteStep, Vote
from governance.models.dated import valid_on
from governance.rules import demand


def _with_a_vote(body: Body, meeting: Meeting) -> QuerySet[Membership]:
    day = local_day(meeting.starts_at)
    return (
        Membership.objects.filter(valid_on(day), valid_on(day, "seat__"), body=body, has_vote=True)
        .select_related("user", "seat__municipality", "body", "deputy_of")
        .order_by("seat__municipality__sort_name", "pk")
    )


def sitting_members(body: Body, meeting: Meeting) -> list[Membership]:
    """Members with a vote on the day of the meeting; a deputy is no member.

    An account that is no longer active changes nothing here: the membership counts.
    """
    return list(_with_a_vote(body, meeting).filter(_is_no_deputy()))


def deputies(body: Body, meeting: Meeting) -> list[Membership]:
    """Deputies who may vote that day, each in place of a sitting member: only where the regeling or
    the body's own rules know deputies."""
    if not body.rules.deputies:
        return []
    sitting = [member.pk for member in sitting_members(body, meeting)]
    return list(_with_a_vote(body, meeting).filter(deputy_of__in=sitting))


def _is_no_deputy() -> Q:
    return Q(deputy_of__isnull=True) & ~Q(role=MemberRole.DEPUTY)


def attendance_answer(meeting: Meeting) -> Answer:
    """Whether attendance can be recorded now, or again."""
    if meeting.state == MeetingState.CANCELLED:
        return Refusal("Deze vergadering is vervallen.")
    if meeting.decisions.exists():
        return Refusal("Er is in deze vergadering al besloten; de aanwezigheid ligt daarmee vast.")
    if meeting.rounds.filter(state__in=[RoundState.OPEN, RoundState.CLOSED]).exists():
        return Refusal("Er loopt een stemming. Bevestig die eerst, of laat haar vervallen.")
    return has_begun(meeting)


def _voted_and_gone(meeting: Meeting, there: Collection[int]) -> Answer:
    """Who voted was there; only somebody who comes later changes the list then."""
    counted = Vote.objects.filter(round__meeting=meeting, round__state=RoundState.CONFIRMED)
    gone = counted.exclude(membership__in=there).select_related("membership__user").first()
    if gone is None or meeting.proxies.filter(giver=gone.membership_id).exists():
        return True
    return Refusal(
        f"{gone.membership.shown_as} heeft in deze vergadering gestemd en was er dus.", "present"
    )


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, present: Collection[Membership], by: User | None
) -> Meeting:
    """Record who was there, for every sitting member. The meeting has then been held.

    A deputy counts only in place of the member she replaces: never beside her, and not beside
    another deputy of the same member.
    """
    current = locked(Meeting.objects.select_related("body"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(attendance_answer(current))
    members = sitting_members(current.body, current)
    replacing = deputies(current.body, current)
    there = {membership.pk for membership in present}
    if there - {membership.pk for membership in [*members, *replacing]}:
        raise Refused(Refusal("Alleen zittende leden met stemrecht tellen mee.", field="present"))
    require(_voted_and_gone(current, there))
    _one_for_each([m for m in members if m.pk in there], [d for d in replacing if d.pk in there])
    if current.state in COMING:
        STATES.carry_out(current, "hold", by=by)
    listed = {member.pk for member in members} | there
    for attendance in current.attendances.exclude(membership__in=listed):
        attendance.delete()
    for membership_id in sorted(listed):
        Attendance.objects.update_or_create(
            meeting=current,
            membership_id=membership_id,
            defaults={"present": membership_id in there},
        )
    count = count_quorum(current)
    StatusChange.log(
        current, act="attendance", by=by, why=f"{count.present} van {count.total} leden aanwezig"
    )
    return current


def _one_for_each(members: Iterable[Membership], replacing: Iterable[Membership]) -> None:
    taken = {member.pk for member in members}
    for deputy in replacing:
        if deputy.deputy_of_id in taken and deputy.deputy_of is not None:
            raise Refused(
                Refusal(
                    f"{deputy.shown_as} vervangt {deputy.deputy_of.shown_as}; "
                    "kies wie van hen er was.",
                    field="present",
                )
            )
        if deputy.deputy_of_id is not None:
            taken.add(deputy.deputy_of_id)


@dataclass(frozen=True)
class QuorumCount:
    """How many of the sitting members were there, and whether the rules ask more."""

    present: int
    total: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed

    @property
    def complete(self) -> bool:
        """Everybody was there (voltallig): then a tie is a rejection."""
        return self.present == self.total


def asks_no_quorum(meeting: Meeting, step: RouteStep) -> bool:
    """Whether this paper was on the agenda of a meeting that could not be opened, of which this is
    the second call (Gemeentewet 20, lid 3)."""
    first = meeting.second_call_of_id
    return first is not None and step.items.filter(meeting=first).exists()


def was_held_over(step: RouteStep) -> bool:
    """Whether the paper lay before this body in an earlier meeting; not when it was taken off the
    agenda before they met."""
    return step.items.filter(result=ItemResult.HELD_OVER, off=False).exists()


def count_quorum(meeting: Meeting, step: RouteStep | None = None) -> QuorumCount:
    """Count the quorum from attendance: more than half of the sitting members, by persons.

    A body without a quorum needs one member present, and so does a paper that comes back in a
    second meeting (`step`). Who holds two seats is one person; who is replaced by her deputy is
    there; who abstains from a vote is too. Source: Gemeentewet 20 by way of the Wgr.
    """
    sitting = sitting_members(meeting.body, meeting)
    members = {member.pk: member.user_id for member in sitting}
    rows = meeting.attendances.filter(present=True).select_related("membership")
    represented, people = set(), set()
    for row in rows:
        membership = row.membership
        person = members.get(membership.deputy_of_id or membership.pk)
        if person is not None:
            represented.add(person)
            people.add(membership.user_id)
    total = len(set(members.values()))
    present = min(len(represented), len(people))
    more_than_half = meeting.body.rules.quorum == Quorum.MORE_THAN_HALF
    if step is not None and asks_no_quorum(meeting, step):
        more_than_half = False
    return QuorumCount(present, total, total // 2 + 1 if more_than_half else 1)
