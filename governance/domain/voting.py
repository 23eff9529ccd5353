"""Whether what was decided on one point can be true, by the rules of the body."""

from dataclasses import dataclass

from core.refusal import Refusal
from governance.domain.meetings import QuorumCount
from governance.enums import Method, Outcome, RuleBasis, Treatment
from governance.models import DecisionPoint, RouteStep


@dataclass(frozen=True)
class PointOutcome:
    """What the meeting decided on one point, as the secretary writes it down."""

    point: DecisionPoint
    outcome: str
    method: str = Method.CONSENSUS
    amended_text: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    note: str = ""


def outcome_refusals(
    step: RouteStep, item: PointOutcome, quorum: QuorumCount, n: int
) -> list[Refusal]:
    """Whether one outcome can be true by the rules of the body; `n` is the place of the point."""
    law = step.body.rules.basis == RuleBasis.LAW
    field = f"point-{item.point.pk}"
    if item.outcome not in Outcome.values or item.outcome == Outcome.NOTED:
        return [Refusal(f"Kies wat er over beslispunt {n} is besloten.", field)]
    if item.method not in Method.values:
        return [Refusal(f"Kies bij beslispunt {n} of er is gestemd.", field)]
    wrong = []
    if item.outcome == Outcome.AMENDED and not item.amended_text.strip():
        wrong.append(Refusal(f"Geef de nieuwe tekst van beslispunt {n}.", field))
    if item.method == Method.COUNT:
        return wrong + [Refusal(reason, field) for reason in _count_faults(step, item, quorum, n)]
    if law and item.outcome == Outcome.REJECTED:
        wrong.append(
            Refusal(
                f"Beslispunt {n}: verwerpen vraagt een stemming. Vraagt niemand een stemming, "
                "dan is het aangenomen (Gemeentewet, artikel 32).",
                field,
            )
        )
    return wrong


def _count_faults(step: RouteStep, item: PointOutcome, quorum: QuorumCount, n: int) -> list[str]:
    """What is wrong with a counted vote. The law always allows one; own rules may not.

    Gemeentewet 29: more than half of the sitting members takes part; 30: absolute majority; 32: a
    tie waits for the next meeting, unless everybody was there or it is the second tie.
    """
    rules = step.body.rules
    law = rules.basis == RuleBasis.LAW
    if not law and not rules.allows_count:
        return [f"{step.body} stemt niet; kies 'zonder stemming'."]
    votes_for, against = item.votes_for, item.votes_against
    if votes_for is None or against is None or votes_for < 0 or against < 0:
        return [f"Vul bij beslispunt {n} het aantal voor en tegen in."]
    cast = votes_for + against
    if cast == 0:
        return [f"Beslispunt {n}: er zijn geen stemmen. Kies dan 'zonder stemming'."]
    if cast > quorum.present:
        return [f"Beslispunt {n}: {cast} stemmen, maar er waren {quorum.present} leden aanwezig."]
    if law and cast * 2 <= quorum.total:
        return [
            f"Beslispunt {n}: de stemming is niet geldig. Meer dan de helft van de zittende "
            "leden moet meestemmen (Gemeentewet, artikel 29)."
        ]
    if votes_for == against:
        return _tie_faults(step, item, quorum, n)
    adopted = item.outcome in (Outcome.ADOPTED, Outcome.AMENDED)
    if adopted != (votes_for > against) or item.outcome == Outcome.POSTPONED:
        label = Outcome(item.outcome).label
        return [f"Beslispunt {n}: {votes_for} voor en {against} tegen past niet bij '{label}'."]
    return []


def _tie_faults(step: RouteStep, item: PointOutcome, quorum: QuorumCount, n: int) -> list[str]:
    """A tie never adopts. By law it waits (32, lid 4), or rejects when all were there or when it
    comes back from an earlier meeting (lid 5); by own rules the body says which."""
    source = ""
    fitting = {str(Outcome.POSTPONED), str(Outcome.REJECTED)}
    if step.body.rules.basis == RuleBasis.LAW:
        source = " (Gemeentewet, artikel 32)"
        if quorum.complete:
            fitting = {str(Outcome.REJECTED)}
        elif not step.treatments.filter(result=Treatment.HELD_OVER).exists():
            fitting = {str(Outcome.POSTPONED)}
    if item.outcome in fitting:
        return []
    if fitting == {str(Outcome.REJECTED)}:
        return [
            f"Beslispunt {n}: de stemmen staken en de vergadering is voltallig. "
            f"Kies 'verworpen'{source}."
        ]
    if fitting == {str(Outcome.POSTPONED)}:
        return [
            f"Beslispunt {n}: de stemmen staken. Kies 'aangehouden'; het punt komt terug in "
            f"de volgende vergadering{source}."
        ]
    return [f"Beslispunt {n}: de stemmen staken. Kies 'aangehouden' of 'verworpen'{source}."]
