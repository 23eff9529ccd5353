"""Whether what was decided on one point can be true, by the rules of the body.

A point is decided without a vote, by a show of hands that the secretary types in here, or by a
round of votes (`ballots`), whose confirmed result then stands.
"""

from dataclasses import dataclass, replace

from core.refusal import Refusal
from governance.domain.counting import Turnout, outcomes_after, result_of
from governance.domain.electorate import Electorate, electorate_of, equal_weight, weight_refusals
from governance.domain.round_count import (
    asks_no_share,
    count_round,
    governing_round,
    tied_earlier,
)
from governance.enums import MeetingForm, Method, Outcome, VoteResult
from governance.models import DecisionPoint, RouteStep, VoteRound

CHOOSE = {
    frozenset({Outcome.POSTPONED}): "'aangehouden'",
    frozenset({Outcome.REJECTED}): "'verworpen'",
    frozenset({Outcome.POSTPONED, Outcome.REJECTED}): "'aangehouden' of 'verworpen'",
}


@dataclass(frozen=True)
class PointOutcome:
    """What the meeting decided on one point, as the secretary writes it down.

    `votes_for` and `votes_against` are the hands she counted; after a round of votes they follow
    from the round.
    """

    point: DecisionPoint
    outcome: str
    method: str = Method.CONSENSUS
    amended_text: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    note: str = ""
    round: VoteRound | None = None


def standing_round(step: RouteStep, point: DecisionPoint) -> VoteRound | None:
    """The confirmed round that says what becomes of a point. An amendment that fell leaves the
    point itself open."""
    last = governing_round(step, point)
    if last is not None and last.result == VoteResult.REJECTED and last.text != point.text:
        return None
    return last


def voted(step: RouteStep, item: PointOutcome) -> PointOutcome:
    """The same outcome with what the vote says: its way, its numbers, its text."""
    found = standing_round(step, item.point)
    if found is None:
        return item
    count = count_round(found)
    amended = item.outcome in (Outcome.ADOPTED, Outcome.AMENDED) and found.text != item.point.text
    return replace(
        item,
        round=found,
        method=Method.SECRET if found.secret else Method.ROLL_CALL,
        outcome=Outcome.AMENDED if amended else item.outcome,
        amended_text=found.text if amended else item.amended_text,
        votes_for=None if found.secret else count.votes_for,
        votes_against=None if found.secret else count.votes_against,
    )


def weighed(step: RouteStep, item: PointOutcome) -> PointOutcome:
    """A show of hands as votes: hands times the weight they share."""
    if item.method != Method.COUNT or step.meeting is None:
        return item
    weight = equal_weight(electorate_of(step, step.meeting).voters) or 1
    return replace(
        item,
        votes_for=(item.votes_for or 0) * weight,
        votes_against=(item.votes_against or 0) * weight,
    )


def outcome_refusals(step: RouteStep, item: PointOutcome, n: int) -> list[Refusal]:
    """Whether one outcome can be true by the rules of the body; `n` is the place of the point."""
    field = f"point-{item.point.pk}"
    if item.outcome not in Outcome.values or item.outcome == Outcome.NOTED:
        return [Refusal(f"Kies wat er over beslispunt {n} is besloten.", field)]
    if item.method not in Method.values:
        return [Refusal(f"Kies bij beslispunt {n} of er is gestemd.", field)]
    wrong = []
    if item.outcome == Outcome.AMENDED and not item.amended_text.strip():
        wrong.append(Refusal(f"Geef de nieuwe tekst van beslispunt {n}.", field))
    if item.round is not None:
        return wrong + [Refusal(why, field) for why in _round_faults(item, item.round, n)]
    if item.method == Method.COUNT:
        return wrong + [Refusal(why, field) for why in _count_faults(step, item, n)]
    if item.method == Method.WRITTEN and step.meeting and step.meeting.form == MeetingForm.WRITTEN:
        return wrong  # counted from the answers of the members (domain.written)
    if item.method != Method.CONSENSUS:
        return [Refusal(f"Open over beslispunt {n} een stemming, en bevestig de uitslag.", field)]
    if step.body.rules.by_law and item.outcome == Outcome.REJECTED:
        wrong.append(
            Refusal(
                f"Beslispunt {n}: verwerpen vraagt een stemming. Vraagt niemand een stemming, "
                "dan is het aangenomen (Gemeentewet, artikel 32).",
                field,
            )
        )
    return wrong


def _round_faults(item: PointOutcome, vote_round: VoteRound, n: int) -> list[str]:
    """What was decided follows from the vote, and nothing but the text that was voted on."""
    fitting = count_round(vote_round).outcomes_of(vote_round.result)
    label = VoteResult(vote_round.result).label
    if item.outcome not in fitting:
        return [f"Beslispunt {n}: de uitslag van de stemming is '{label}'. {_choose(fitting)}"]
    if item.outcome == Outcome.AMENDED and item.amended_text != vote_round.text:
        return [f"Beslispunt {n}: over de nieuwe tekst is niet gestemd."]
    return []


def _choose(fitting: set[str]) -> str:
    words = CHOOSE.get(frozenset(Outcome(each) for each in fitting), "'aangenomen'")
    return f"Kies {words}."


def _count_faults(step: RouteStep, item: PointOutcome, n: int) -> list[str]:
    """What is wrong with a show of hands. The law always allows one; own rules may not.

    Hands are persons. Where votes have unequal weight they tell nothing: that asks a roll call.
    """
    meeting = step.meeting
    if meeting is None or not step.body.rules.may_vote:
        return [f"{step.body} stemt niet; kies 'zonder stemming'."]
    votes_for, against = item.votes_for, item.votes_against
    if votes_for is None or against is None or votes_for < 0 or against < 0:
        return [f"Vul bij beslispunt {n} het aantal voor en tegen in."]
    hands = votes_for + against
    if hands == 0:
        return [f"Beslispunt {n}: er zijn geen stemmen. Kies dan 'zonder stemming'."]
    electorate = electorate_of(step, meeting)
    if hands > len(electorate.voters):
        return [_too_many(electorate, n, hands)]
    if unknown := weight_refusals(step, meeting):
        return [f"Beslispunt {n}: {refusal.reason}" for refusal in unknown]
    if equal_weight(electorate.voters) is None:
        return [
            f"Beslispunt {n}: de stemmen wegen niet even zwaar. Open een hoofdelijke stemming; "
            "het portaal telt dan de gewichten."
        ]
    return _result_faults(step, item, electorate, n)


def _too_many(electorate: Electorate, n: int, hands: int) -> str:
    there = len(electorate.voters)
    if electorate.recused:
        return f"Beslispunt {n}: {hands} stemmen, maar {there} aanwezige leden mochten meestemmen."
    return f"Beslispunt {n}: {hands} stemmen, maar er waren {there} leden aanwezig."


def _result_faults(
    step: RouteStep, item: PointOutcome, electorate: Electorate, n: int
) -> list[str]:
    rules, votes_for, against = step.body.rules, item.votes_for or 0, item.votes_against or 0
    meeting, text = step.meeting, item.amended_text.strip() or item.point.text
    free = meeting is not None and asks_no_share(step, meeting, text)
    turnout = Turnout(votes_for + against, electorate.entitled, free, electorate.vacant)
    result = result_of(rules, votes_for, against, turnout)
    if result == VoteResult.INVALID:
        return [
            f"Beslispunt {n}: de stemming is niet geldig. Meer dan de helft van de zittende "
            "leden moet meestemmen (Gemeentewet, artikel 29)."
        ]
    before = tied_earlier(step, meeting, text) if meeting else False
    fitting = outcomes_after(rules, result, complete=turnout.complete, tied_before=before)
    if item.outcome in fitting:
        return []
    if result == VoteResult.TIE:
        return [_tie_fault(step, turnout, fitting, n)]
    label = Outcome(item.outcome).label
    return [f"Beslispunt {n}: {votes_for} voor en {against} tegen past niet bij '{label}'."]


def _tie_fault(step: RouteStep, turnout: Turnout, fitting: set[str], n: int) -> str:
    source = " (Gemeentewet, artikel 32)" if step.body.rules.by_law else ""
    why = " en de vergadering is voltallig" if source and turnout.complete else ""
    choose = _choose(fitting).removesuffix(".")
    if fitting == {str(Outcome.POSTPONED)}:
        choose += "; het punt komt terug in de volgende vergadering"
    return f"Beslispunt {n}: de stemmen staken{why}. {choose}{source}."
