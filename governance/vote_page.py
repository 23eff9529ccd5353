"""What pages and papers show of a vote: who voted, what it came to, and for whom it waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from core.components import Fact, Tone
from governance.agenda import member_label
from governance.domain.electorate import Voter
from governance.domain.minutes import going_on
from governance.domain.round_count import RoundCount, running_round
from governance.domain.second_meeting import can_call_second
from governance.enums import Choice, MeetingState, Method, RoundState, VoteResult
from governance.models import Meeting, PointDecision, Vote, VoteRound
from governance.presenting import Act
from governance.rules import can_read
from governance.standing import Person, standing_of

ROUND_TONES: dict[str, Tone] = {
    RoundState.OPEN: "warning",
    RoundState.CLOSED: "warning",
    RoundState.CONFIRMED: "success",
    RoundState.DISCARDED: "inactive",
}


@dataclass(frozen=True)
class RollLine:
    """One line of the list of who voted: at a roll call with what, in a secret vote only that."""

    name: str
    weight: int | None
    said: str
    done: bool = True


def roll_lines(votes: Iterable[Vote], waiting: Iterable[Voter] = ()) -> list[RollLine]:
    """Who voted, then who may still vote; each as any screen may name her."""
    lines = [
        RollLine(
            member_label(vote.member),
            vote.weight,
            vote.get_choice_display() if vote.choice else "heeft gestemd",
        )
        for vote in votes
    ]
    return lines + [
        RollLine(member_label(voter.member), voter.weight, "nog niet", done=False)
        for voter in waiting
    ]


def people(count: int) -> str:
    return "1 lid" if count == 1 else f"{count} leden"


def many(count: int) -> str:
    return "1 stem" if count == 1 else f"{count} stemmen"


def count_facts(vote_round: VoteRound, count: RoundCount) -> list[Fact]:
    """The second look: persons, votes, what is needed, and whether it is valid."""
    took_part = f"{count.turnout.took_part} van de {people(vote_round.entitled)}"
    enough = count.turnout.enough(vote_round.meeting.body.rules)
    facts = [Fact("Meegestemd", took_part, note="" if enough else "te weinig: niet geldig")]
    if vote_round.secret:
        facts += [
            Fact(option.label, many(option.votes), note=_ballots(vote_round, option.ballots))
            for option in count.options
        ]
    else:
        shown = [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.AWAY]
        facts += [
            Fact(
                choice.label.capitalize(),
                many(count.weight(choice)),
                note=people(count.persons(choice)) if vote_round.weighted else "",
            )
            for choice in shown
            if count.persons(choice) or choice in (Choice.FOR, Choice.AGAINST)
        ]
    needed = f"{count.majority} van de {many(count.cast)}"
    return [*facts, Fact("Volstrekte meerderheid", needed if count.cast else "geen stemmen")]


def _ballots(vote_round: VoteRound, ballots: int) -> str:
    if not vote_round.weighted:
        return ""
    return "1 stembriefje" if ballots == 1 else f"{ballots} stembriefjes"


def result_sentence(vote_round: VoteRound) -> str:
    """'Aangenomen', or who was chosen; of a confirmed round."""
    label = str(VoteResult(vote_round.result).label).capitalize()
    chosen = next((o.label for o in vote_round.options.all() if o.chosen), "")
    if not chosen:
        return label
    return f"Gekozen is {chosen}{', door het lot' if vote_round.by_lot else ''}"


def counted_sentence(vote_round: VoteRound, count: RoundCount) -> str:
    """The result, also of a round that still waits for its second look."""
    if vote_round.result:
        return result_sentence(vote_round)
    if count.result == VoteResult.CHOSEN and count.leading is not None:
        return f"Gekozen is {count.leading.label}"
    return str(count.result.label).capitalize()


def vote_sentence(point: PointDecision) -> str:
    """How was voted on a point, with totals; empty when it was not."""
    vote_round = point.round
    if point.method == Method.COUNT:
        return f"{many(point.votes_for or 0)} voor, {point.votes_against} tegen"
    if vote_round is None:
        return ""
    if vote_round.secret:
        totals = ", ".join(f"{o.label} {o.votes}" for o in vote_round.options.all())
        return f"Geheime stemming: {totals}. {result_sentence(vote_round)}"
    votes = list(vote_round.votes.all())
    parts = [_side(votes, Choice.FOR, vote_round), _side(votes, Choice.AGAINST, vote_round)]
    return f"Hoofdelijke stemming: {', '.join(parts)}"


def _side(votes: list[Vote], choice: Choice, vote_round: VoteRound) -> str:
    said = [vote.weight for vote in votes if vote.choice == choice]
    by = f" ({people(len(said))})" if vote_round.weighted else ""
    return f"{many(sum(said))} {choice.label}{by}"


def roll_of(point: PointDecision) -> list[RollLine]:
    """What each member said, for a decision page or memo; nothing for a secret vote."""
    if point.method != Method.ROLL_CALL or point.round is None:
        return []
    rows = point.round.votes.select_related("member__user", "member__seat__municipality")
    return roll_lines(rows.select_related("member__deputy_of__user"))


def vote_acts(meeting: Meeting, user: Person) -> list[Act]:
    """What waits for this reader on the page of a meeting: the vote that runs; for its secretary
    also the second meeting, when there was no quorum, and proxies where the rules know them."""
    standing = standing_of(user)
    keeps, votes = meeting.body_id in standing.secretary_of, meeting.body_id in standing.votes_in
    if meeting.state != MeetingState.HELD or not (keeps or votes):
        return []
    slug = meeting.body.region.slug
    acts = []
    current = running_round(meeting)
    if current is not None and can_read(user, current.step.proposal):
        if keeps:
            url = reverse("governance:vote-round", args=[slug, current.pk])
            acts.append(Act("Naar de stemming die loopt", url))
        if votes:
            url = reverse("governance:vote-member", args=[slug, meeting.pk])
            acts.append(Act("Nu stemmen", url))
    if keeps and can_call_second(meeting):
        url = reverse("governance:meeting-second", args=[slug, meeting.pk])
        acts.append(Act("Tweede vergadering uitschrijven", url))
    if keeps and meeting.body.rules.proxies:
        acts.append(
            Act("Volmacht vastleggen", reverse("governance:meeting-proxy", args=[slug, meeting.pk]))
        )
    return acts


def waiting_address(meeting: Meeting, user: Person) -> str:
    """Where a member waits while they meet: a vote that is opened comes up there by itself."""
    if meeting.body_id not in standing_of(user).votes_in or meeting.state != MeetingState.HELD:
        return ""
    if not (going_on(meeting) and meeting.body.rules.may_vote):
        return ""
    return reverse("governance:vote-member", args=[meeting.body.region.slug, meeting.pk])
