"""Who takes no part in a vote, and who lets another vote for her."""

from django.db import transaction

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from governance.domain import route
from governance.domain.attendance import deputies, sitting_members
from governance.domain.texts import refuse_personal_data
from governance.enums import MeetingState, RoundState, StepState
from governance.models import Meeting, Membership, Proxy, Recusal, RouteStep
from governance.rules import demand


@transaction.atomic
def recuse(step: RouteStep, membership: Membership, *, reason: str, by: User | None) -> Recusal:
    """A member takes no part in the vote on this paper, because it concerns her (Gemeentewet 28).

    Refuses who has no vote that day, and every change once was voted in this meeting.
    """
    current = _kept_step(step, by)
    meeting = current.meeting
    if meeting is None or current.state != StepState.ON_AGENDA:
        raise Refused(Refusal(f"Zet het stuk eerst op de agenda van {current.body}."))
    voting = [*sitting_members(current.body, meeting), *deputies(current.body, meeting)]
    refuse_personal_data({"reason": reason})
    require(
        membership in voting or Refusal("Kies een lid met stemrecht.", "membership"),
        bool(reason.strip()) or Refusal("Geef de reden.", "reason"),
        not current.recusals.filter(membership=membership).exists()
        or Refusal("Dit lid doet al niet mee aan de stemming over dit stuk.", "membership"),
        _not_voted(current, meeting),
    )
    made = Recusal.objects.create(step=current, membership=membership, reason=reason.strip()[:300])
    StatusChange.log(current.proposal, act="recused", by=by, why=f"{current.body}: {made}")
    return made


@transaction.atomic
def undo_recusal(recusal: Recusal, *, by: User | None) -> None:
    """Take a recusal back that was a mistake. History keeps it."""
    current = _kept_step(recusal.step, by)
    if current.meeting is not None:
        require(_not_voted(current, current.meeting))
    StatusChange.log(current.proposal, act="recusal_undone", by=by, why=str(recusal))
    recusal.delete()


def _kept_step(step: RouteStep, by: User | None) -> RouteStep:
    current = route.locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    return current


def _not_voted(step: RouteStep, meeting: Meeting) -> Answer:
    """Who may vote is fixed before the first vote on the paper."""
    if step.rounds.filter(meeting=meeting).exclude(state=RoundState.DISCARDED).exists():
        return Refusal("Over dit stuk is al gestemd; wie meedeed, ligt daarmee vast.")
    return True


@transaction.atomic
def give_proxy(
    meeting: Meeting, giver: Membership, holder: Membership, *, by: User | None
) -> Proxy:
    """An absent member lets a present one vote for her, where the body's own rules allow it.

    One proxy a holder; who gives one is not there. It does not count for the quorum.
    """
    current = locked(Meeting.objects.select_related("body__rules"), meeting.pk)
    demand(by, "body.keep", current.body)
    require(proxy_answer(current))
    sitting = sitting_members(current.body, current)
    present = set(current.attendances.filter(present=True).values_list("membership", flat=True))
    stand_ins = [d for d in deputies(current.body, current) if d.deputy_of_id == giver.pk]
    require(
        giver in sitting or Refusal("Kies een lid met stemrecht.", "giver"),
        (giver.pk not in present and not any(d.pk in present for d in stand_ins))
        or Refusal("Wie er is of wordt vervangen, geeft geen volmacht.", "giver"),
        holder.pk in present or Refusal("De gemachtigde is niet aanwezig.", "holder"),
        not current.proxies.filter(giver=giver).exists()
        or Refusal("Dit lid heeft al een volmacht gegeven.", "giver"),
        not current.proxies.filter(holder=holder).exists()
        or Refusal("Iemand stemt voor hoogstens één ander.", "holder"),
    )
    made = Proxy.objects.create(meeting=current, giver=giver, holder=holder)
    StatusChange.log(current, act="proxy_given", by=by, why=str(made)[:500])
    return made


def proxy_answer(meeting: Meeting) -> Answer:
    """Whether a proxy can be given in this meeting now."""
    rules = meeting.body.rules
    if not rules.proxies:
        why = " De wet kent geen volmacht." if rules.by_law else ""
        return Refusal(f"{meeting.body} kent geen volmacht.{why}")
    if meeting.state != MeetingState.HELD:
        return Refusal("Leg eerst vast wie er waren.")
    if meeting.rounds.exclude(state=RoundState.DISCARDED).exists():
        return Refusal("Er is al gestemd; volmachten liggen daarmee vast.")
    return True
