"""Who may vote on a paper in a meeting, for whom, and with what weight."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.formats import local_day, long_date
from core.refusal import Refusal
from governance.domain.attendance import sitting_members
from governance.models import Body, Meeting, Membership, Proxy, Recusal, RouteStep, Seat


@dataclass(frozen=True)
class Voter:
    """A vote that can be cast: of `member`, by herself or by her deputy (`membership`), or by who
    holds her proxy. `weight` is None while that of her seat is not known."""

    member: Membership
    membership: Membership
    weight: int | None
    holder: Membership | None = None

    @property
    def hand(self) -> int:
        """The person who casts this vote."""
        return (self.holder or self.membership).user_id


@dataclass(frozen=True)
class Electorate:
    """Who votes, and how many persons would have to: sitting members who need not abstain."""

    voters: list[Voter]
    entitled: int
    vacant: int
    recused: list[Recusal]

    def of_member(self, pk: int) -> Voter | None:
        return next((voter for voter in self.voters if voter.member.pk == pk), None)


def electorate_of(step: RouteStep, meeting: Meeting) -> Electorate:
    """Count it from attendance, recusals, proxies and the seats of that day.

    A person who fills two seats votes once (one person, one vote); a proxy is the vote of another.
    """
    rules = meeting.body.rules
    sitting = sitting_members(meeting.body, meeting)
    members = {member.pk: member for member in sitting}
    recused = list(step.recusals.select_related("membership__user", "membership__seat"))
    out = {row.membership_id for row in recused}
    present = [
        row.membership
        for row in meeting.attendances.filter(present=True)
        .select_related("membership__user", "membership__seat__municipality")
        .order_by("membership__seat__municipality__sort_name", "membership_id")
    ]
    stands_for = {each.pk: members.get(each.deputy_of_id or each.pk) for each in present}
    out |= {member.pk for pk, member in stands_for.items() if member and pk in out}
    voters: dict[int, Voter] = {}
    for membership in present:
        member = stands_for[membership.pk]
        if member is not None and member.pk not in out and membership.user_id not in voters:
            weight = weight_of(member) if rules.weighted else 1
            voters[membership.user_id] = Voter(member, membership, weight)
    for proxy in _proxies(meeting):
        member = members.get(proxy.giver_id)
        voting = {voter.membership.pk for voter in voters.values()}
        if member is None or member.pk in out or proxy.holder_id not in voting:
            continue
        weight = weight_of(member) if rules.weighted else 1
        voters.setdefault(member.user_id, Voter(member, member, weight, proxy.holder))
    entitled = {member.user_id for member in sitting if member.pk not in out}
    vacant = _vacant(meeting, sitting)
    return Electorate(list(voters.values()), len(entitled), vacant, recused)


def _proxies(meeting: Meeting) -> Iterable[Proxy]:
    if not meeting.body.rules.proxies:
        return []
    return meeting.proxies.select_related("holder__user")


def weight_of(member: Membership) -> int | None:
    """The number of votes of the seat of a member; None without a seat or without a number."""
    return member.seat.votes if member.seat else None


def seats_on(body: Body, meeting: Meeting) -> list[Seat]:
    day = local_day(meeting.starts_at)
    return list(Seat.objects.current(day).filter(body=body).select_related("municipality"))


def _vacant(meeting: Meeting, sitting: list[Membership]) -> int:
    filled = {member.seat_id for member in sitting}
    return sum(1 for seat in seats_on(meeting.body, meeting) if seat.pk not in filled)


def weight_refusals(step: RouteStep, meeting: Meeting) -> list[Refusal]:
    """Why votes cannot be weighed yet. After a merger the seat of the new municipality has no
    weight: nothing is voted on before the region's admin enters it."""
    if not meeting.body.rules.weighted:
        return []
    unknown = [seat for seat in seats_on(meeting.body, meeting) if seat.votes is None]
    wrong = [
        Refusal(
            f"Het aantal stemmen van {seat} is nog niet ingevoerd. Vraag de regiobeheerder dat te "
            "doen; daarna kan er worden gestemd.",
            field="weight",
        )
        for seat in unknown
    ]
    taken: set[int] = set()
    for voter in electorate_of(step, meeting).voters:
        name, seat = voter.member.shown_as, voter.member.seat
        if seat is None:
            why = f"{name} heeft geen zetel met een aantal stemmen. Leg die eerst vast."
            wrong.append(Refusal(why, field="weight"))
        elif seat.pk in taken:
            why = f"De zetel van {seat} heeft twee aanwezige leden. Laat één van hen stemmen."
            wrong.append(Refusal(why, field="weight"))
        else:
            taken.add(seat.pk)
    return wrong


def equal_weight(voters: Iterable[Voter]) -> int | None:
    """The weight that all these votes share, or None: then a show of hands tells nothing."""
    weights = {voter.weight for voter in voters}
    return weights.pop() if len(weights) == 1 else None


def why_no_vote(step: RouteStep, meeting: Meeting, membership: Membership) -> Refusal:
    """The reason why a membership has no vote on this paper in this meeting."""
    day, name = local_day(meeting.starts_at), membership.shown_as
    until = membership.valid_until
    if membership.seat and not membership.seat.is_current(day):
        until = min(filter(None, [until, membership.seat.valid_until]), default=until)
    if until and until < day:
        return Refusal(f"{name} was lid tot en met {long_date(until)} en stemt niet meer mee.")
    recusal = step.recusals.filter(membership=membership).first()
    if recusal:
        return Refusal(f"{name} doet niet mee aan de stemming over dit stuk: {recusal.reason}")
    return Refusal(
        f"{name} staat niet als aanwezig lid met stemrecht op de lijst van deze vergadering."
    )
