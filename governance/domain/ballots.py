"""Voting in rounds: opened, cast, closed, looked at again, and only then confirmed.

Locks go from proposal to meeting to round, as everywhere. A vote and the closing of its round queue
up for the round: a vote is in before the closing, or is refused after it.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable, locked
from governance.domain import route
from governance.domain.decisions import can_decide
from governance.domain.electorate import (
    Electorate,
    Voter,
    electorate_of,
    weight_refusals,
    why_no_vote,
)
from governance.domain.round_count import (
    count_round,
    governing_round,
    running_round,
    tied_names,
)
from governance.domain.texts import refuse_personal_data
from governance.enums import Choice, RoundState, VoteKind, VoteResult
from governance.models import (
    DecisionPoint,
    Meeting,
    Membership,
    RouteStep,
    Vote,
    VoteOption,
    VoteRound,
)
from governance.rules import demand

VOTED = "U hebt al gestemd. Uw stem is geteld en kan niet nog een keer."
BLANK = "Blanco"
MOST_NAMES = 12


def _everybody_voted(vote_round: VoteRound) -> Answer:
    """At a roll call by law, who is present votes (Gemeentewet 32, lid 2)."""
    if vote_round.secret or not vote_round.meeting.body.rules.by_law:
        return True
    voted = set(vote_round.votes.values_list("member_id", flat=True))
    voters = electorate_of(vote_round.step, vote_round.meeting).voters
    silent = [voter.member.shown_as for voter in voters if voter.member.pk not in voted]
    if not silent:
        return True
    return Refusal(
        f"Nog niet gestemd: {', '.join(silent)}. Wie aanwezig is, stemt voor of tegen "
        "(Gemeentewet, artikel 32). Is iemand weg? Kies dan 'niet in de zaal'."
    )


STATES: TransitionTable[VoteRound] = TransitionTable(
    [
        Transition("close", ("open",), "closed", "Stemming sluiten", _everybody_voted),
        Transition("confirm", ("closed",), "confirmed", "Uitslag bevestigen"),
        Transition("discard", ("open", "closed"), "discarded", "Stemming laten vervallen"),
    ]
)


# Opening ------------------------------------------------------------------------------------------


def can_open(step: RouteStep, point: DecisionPoint) -> list[Refusal]:
    """Every reason why no vote can be opened on this point now."""
    wrong = can_decide(step)
    if wrong or step.meeting is None:
        return wrong
    if point.version_id != step.version_id:
        return [Refusal("Dit beslispunt hoort niet bij de versie waarover wordt besloten.")]
    if not step.body.rules.may_vote:
        wrong.append(Refusal(f"{step.body} stemt niet; kies 'zonder stemming'."))
    if running_round(step.meeting):
        wrong.append(
            Refusal("Er loopt al een stemming in deze vergadering. Bevestig die eerst.", "round")
        )
    return wrong + weight_refusals(step, step.meeting)


@transaction.atomic
def open_round(
    step: RouteStep,
    point: DecisionPoint,
    *,
    kind: str,
    by: User | None,
    text: str = "",
    names: Sequence[str] = (),
) -> VoteRound:
    """Open a vote on one point; `text` is the amended text, `names` whom a secret vote is about.

    Refuses what `can_open` refuses, a way of voting the body does not know, and a second vote on
    what was decided.
    """
    current = route.locked_step(step)
    demand(by, "body.keep", current.body)
    demand(by, "proposal.read", current.proposal)
    if current.meeting_id is not None:
        current.meeting = locked(Meeting.objects.select_related("body__rules"), current.meeting_id)
    require(*can_open(current, point))
    asked = text.strip() or point.text
    cleaned = [name.strip() for name in names if name.strip()]
    refuse_personal_data({"text": text})
    require(
        *_kind_answers(current, kind, cleaned),
        _not_decided(current, point, kind, asked),
        _same_names(current, point, cleaned),
    )
    meeting = current.meeting
    if meeting is None:
        raise ValueError("can_open holds that there is a meeting")
    electorate = electorate_of(current, meeting)
    vote_round = VoteRound.objects.create(
        meeting=meeting,
        step=current,
        point=point,
        kind=kind,
        text=point.text if kind == VoteKind.SECRET else asked,
        entitled=electorate.entitled,
        vacant=electorate.vacant,
        weighted=current.body.rules.weighted,
        opened_by=by,
    )
    if kind == VoteKind.SECRET:
        for order, label in enumerate([*cleaned, BLANK], start=1):
            VoteOption.objects.create(
                round=vote_round, order=order, label=label, blank=label == BLANK
            )
    StatusChange.log(vote_round, act="opened", by=by, after=vote_round.state)
    return vote_round


def _kind_answers(step: RouteStep, kind: str, names: Sequence[str]) -> list[Answer]:
    rules = step.body.rules
    if kind == VoteKind.ROLL_CALL:
        allowed = rules.may_call_roll
        return [allowed or Refusal(f"{step.body} kent geen hoofdelijke stemming.", "kind")]
    if kind != VoteKind.SECRET:
        return [Refusal("Kies hoe er wordt gestemd.", "kind")]
    if not rules.may_vote_secretly:
        return [Refusal(f"{step.body} kent geen geheime stemming.", "kind")]
    folded = {name.casefold() for name in names}
    if not names:
        return [Refusal("Noem op wie kan worden gestemd.", "names")]
    if len(folded) != len(names) or BLANK.casefold() in folded:
        return [Refusal("Noem elke naam één keer. Blanco hoeft er niet bij.", "names")]
    if len(names) > MOST_NAMES or any(len(name) > 120 for name in names):
        return [Refusal(f"Noem hoogstens {MOST_NAMES} namen van 120 tekens.", "names")]
    return [True]


def _not_decided(step: RouteStep, point: DecisionPoint, kind: str, asked: str) -> Answer:
    """Decided is decided; an amendment that fell leaves the point itself open. A tie on a matter
    comes back in a next meeting (32, lid 4), one on persons at once (31, lid 2)."""
    last = governing_round(step, point)
    again = Refusal("Over dit beslispunt is in deze vergadering al gestemd.")
    if last is None or last.result in (VoteResult.INVALID, VoteResult.NOBODY):
        return True
    if last.result == VoteResult.TIE:
        if last.secret:
            return True if kind == VoteKind.SECRET else again
        why = "De stemmen staakten. Dit punt komt terug in een volgende vergadering."
        return Refusal(why) if step.body.rules.by_law else True
    return True if last.result == VoteResult.REJECTED and last.text != asked else again


def _same_names(step: RouteStep, point: DecisionPoint, names: Sequence[str]) -> Answer:
    """After a tie on persons the vote is held again between those two (31, lid 2)."""
    tied = tied_names(step, step.meeting, point)
    if not tied or {name.casefold() for name in tied} == {name.casefold() for name in names}:
        return True
    return Refusal(
        f"De stemmen staakten. Stem opnieuw over dezelfde namen: {' en '.join(tied)} "
        "(Gemeentewet, artikel 31).",
        "names",
    )


# Casting ------------------------------------------------------------------------------------------


@transaction.atomic
def cast_vote(
    vote_round: VoteRound, choice: str, *, by: User, member: Membership | None = None
) -> Vote:
    """A member votes herself; `member` is for whom, when she holds a proxy.

    In a secret vote `choice` is the key of an option. Refuses a second vote, from whatever device,
    and every vote after the closing.
    """
    current = locked_round(vote_round)
    demand_member(current, by)
    require(is_open(current))
    electorate = electorate_of(current.step, current.meeting)
    own = [voter for voter in electorate.voters if voter.hand == by.pk]
    voter = next((v for v in own if v.member == member or (member is None and not v.holder)), None)
    if voter is None:
        raise Refused(why_not(current, by))
    if _has_voted(current, voter):
        raise Refused(Refusal(VOTED))
    if choice == Choice.AWAY:
        # Only the secretary says of somebody that she is not there.
        raise Refused(Refusal("Kies voor of tegen.", "choice"))
    return _store(current, voter, choice)


def demand_member(vote_round: VoteRound, by: User) -> None:
    """Who never sat here is refused by right; who did gets the reason in `cast_vote`."""
    if not vote_round.meeting.body.memberships.filter(user=by, has_vote=True).exists():
        demand(by, "body.vote", vote_round.meeting.body)


def why_not(vote_round: VoteRound, by: User) -> Refusal:
    mine = vote_round.meeting.body.memberships.filter(user=by, has_vote=True)
    membership = mine.select_related("user", "seat").order_by("valid_from", "pk").last()
    if membership is None:
        return Refusal("Alleen leden met stemrecht stemmen.")
    return why_no_vote(vote_round.step, vote_round.meeting, membership)


@transaction.atomic
def enter_votes(
    vote_round: VoteRound, choices: Mapping[Membership, str], *, by: User | None
) -> VoteRound:
    """The secretary writes down what members said at a roll call. A vote that is in stays."""
    current = locked_round(vote_round)
    demand(by, "body.keep", current.meeting.body)
    require(is_open(current))
    if current.secret:
        raise Refused(Refusal("Een geheime stem brengt ieder lid zelf uit."))
    electorate = electorate_of(current.step, current.meeting)
    for member, choice in choices.items():
        _store(current, voter_of(current, electorate, member), choice)
    return current


def voter_of(vote_round: VoteRound, electorate: Electorate, member: Membership) -> Voter:
    voter = electorate.of_member(member.pk)
    if voter is None:
        raise Refused(why_no_vote(vote_round.step, vote_round.meeting, member))
    if _has_voted(vote_round, voter):
        raise Refused(Refusal(f"{member.shown_as} heeft al gestemd."))
    return voter


def _has_voted(vote_round: VoteRound, voter: Voter) -> bool:
    votes = vote_round.votes
    return (
        votes.filter(member=voter.member).exists()
        or votes.filter(person=voter.membership.user_id).exists()
    )


def is_open(vote_round: VoteRound) -> Answer:
    if vote_round.state != RoundState.OPEN:
        return Refusal("De stemming is gesloten. Uw stem is niet meer meegeteld.")
    return True


def _store(vote_round: VoteRound, voter: Voter, choice: str) -> Vote:
    """One row that says who voted. What was voted stands in it at a roll call, and in a secret
    vote only in the counter of the option."""
    if voter.weight is None:
        raise Refused(*weight_refusals(vote_round.step, vote_round.meeting))
    if vote_round.secret:
        option = vote_round.options.filter(pk=int(choice)).first() if choice.isdecimal() else None
        if option is None:
            raise Refused(Refusal("Kies een naam, of blanco.", "choice"))
        vote_round.options.filter(pk=option.pk).update(
            ballots=F("ballots") + 1, votes=F("votes") + voter.weight
        )
        choice = ""
    elif choice not in _choices(vote_round):
        raise Refused(Refusal("Kies voor of tegen.", "choice"))
    return note_vote(vote_round, voter, choice)


def note_vote(vote_round: VoteRound, voter: Voter, choice: str) -> Vote:
    """That somebody voted, with the weight of this moment; refuses a weight that is not known."""
    if voter.weight is None:
        raise Refused(*weight_refusals(vote_round.step, vote_round.meeting))
    return Vote.objects.create(
        round=vote_round,
        member=voter.member,
        membership=voter.membership,
        person_id=voter.membership.user_id,
        weight=voter.weight,
        choice=choice,
    )


def _choices(vote_round: VoteRound) -> set[str]:
    """Abstaining only where own rules allow it."""
    known = {str(Choice.FOR), str(Choice.AGAINST), str(Choice.AWAY)}
    return known | ({str(Choice.ABSTAIN)} if vote_round.meeting.body.rules.abstaining else set())


# Closing ------------------------------------------------------------------------------------------


@transaction.atomic
def close_round(vote_round: VoteRound, *, by: User | None) -> VoteRound:
    """No vote comes in any more; the secretary looks at the count before it is the result."""
    current = _kept(vote_round, by)
    STATES.carry_out(current, "close", by=by)
    return current


@transaction.atomic
def confirm_round(
    vote_round: VoteRound, *, by: User | None, lot: VoteOption | None = None
) -> VoteRound:
    """The second look: the count becomes the result. `lot` is the name that was drawn, after a
    second tie on persons (Gemeentewet 31, lid 3)."""
    current = _kept(vote_round, by)
    require(STATES.answer(current, "confirm"))
    count = count_round(current)
    chosen = count.leading if count.result == VoteResult.CHOSEN else None
    if count.needs_lot:
        chosen = next((option for option in count.options if lot and option.pk == lot.pk), None)
        if chosen is None or chosen.blank:
            raise Refused(Refusal("De stemmen staken weer. Kies wie het lot aanwees.", "lot"))
    current.by_lot = count.needs_lot
    current.result = VoteResult.CHOSEN if chosen else count.result
    if chosen is not None:
        chosen.chosen = True
        chosen.save()
    STATES.carry_out(current, "confirm", by=by, why=str(VoteResult(current.result).label))
    return current


@transaction.atomic
def discard_round(vote_round: VoteRound, *, why: str, by: User | None) -> VoteRound:
    """A vote that went wrong counts for nothing; it stays on record with the reason."""
    current = _kept(vote_round, by)
    refuse_personal_data({"why": why})
    if not why.strip():
        raise Refused(Refusal("Geef de reden waarom deze stemming vervalt.", "why"))
    current.discarded_why = why.strip()[:300]
    STATES.carry_out(current, "discard", by=by, why=current.discarded_why)
    return current


def _kept(vote_round: VoteRound, by: User | None) -> VoteRound:
    current = locked_round(vote_round)
    demand(by, "body.keep", current.meeting.body)
    return current


def locked_round(vote_round: VoteRound) -> VoteRound:
    return locked(
        VoteRound.objects.select_related("meeting__body__rules", "step__proposal", "point"),
        vote_round.pk,
    )
