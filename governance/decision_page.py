"""What the page of a decision says: what was decided, how long it holds, and what can be done."""

from dataclasses import dataclass, field

from django.urls import reverse

from core import clock
from core.components import Fact, NotYet, Tone
from core.formats import clock_time, long_date
from core.refusal import Refusal
from governance.agenda import OUTCOME_TONES
from governance.domain import decisions
from governance.enums import DecisionState, Method, Outcome, Purpose
from governance.models import Decision, Meeting
from governance.presenting import Act, Now
from governance.rules import visible_to
from governance.standing import Person
from governance.vote_page import RollLine, roll_of, vote_sentence

DECISION_TONES: dict[str, Tone] = {
    DecisionState.RECORDED: "warning",
    DecisionState.FINAL: "success",
    DecisionState.PUBLISHED: "success",
    DecisionState.REPLACED: "inactive",
}


@dataclass(frozen=True)
class DecidedPoint:
    """One point of the decision box: the text as it holds, and what was asked if that differs."""

    number: int
    text: str
    outcome: str
    tone: Tone
    how: str
    asked: str = ""
    note: str = ""
    roll: list[RollLine] = field(default_factory=list)
    weighted: bool = False


def decided_points(decision: Decision) -> list[DecidedPoint]:
    """The points in the order in which they were asked, with how was voted."""
    shown = []
    rows = decision.points.select_related("point", "round").order_by("point__order", "pk")
    rows = rows.prefetch_related("round__votes", "round__options")
    for number, row in enumerate(rows, start=1):
        amended = row.outcome == Outcome.AMENDED
        how = vote_sentence(row)
        if row.method == Method.CONSENSUS and row.outcome != Outcome.POSTPONED:
            how = "zonder stemming"
        shown.append(
            DecidedPoint(
                number=number,
                text=row.amended_text if amended else row.point.text,
                outcome=row.get_outcome_display().capitalize(),
                tone=OUTCOME_TONES[row.outcome],
                how=how,
                asked=row.point.text if amended else "",
                note=row.note,
                roll=roll_of(row),
                weighted=bool(row.round and row.round.weighted),
            )
        )
    return shown


def how_long(decision: Decision) -> str:
    """'Geldt vanaf ... tot en met ...; kan worden verlengd tot en met ...'."""
    start, end = decision.valid_from, decision.valid_until
    today = clock.today()
    past = bool(end and end < today)
    if decision.state == DecisionState.REPLACED:
        return f"Gold vanaf {long_date(start)}, tot het werd vervangen."
    text = f"{'Gold' if past else 'Geldt'} vanaf {long_date(start)}"
    if end:
        text += f" tot en met {long_date(end)}"
    if decision.extendable_until and decision.extendable_until >= today:
        text += f"; kan worden verlengd tot en met {long_date(decision.extendable_until)}"
    return f"{text}."


def decision_facts(decision: Decision, user: Person) -> list[Fact]:
    """Where and by whom it was decided; the meeting is a link for who may read it."""
    slug, meeting = decision.region.slug, decision.meeting
    reads_meeting = visible_to(user, Meeting).filter(pk=meeting.pk).exists()
    kind = decision.proposal.get_kind_display().capitalize()
    consent = decision.step.purpose == Purpose.CONSENT
    return [
        Fact("Ingestemd door" if consent else "Besloten door", decision.body),
        Fact(
            "Vergadering",
            f"{long_date(meeting.starts_at, weekday=True)}, {clock_time(meeting.starts_at)}",
            url=reverse("governance:meeting-detail", args=[slug, meeting.pk])
            if reads_meeting
            else "",
            note=meeting.place,
        ),
        Fact(
            "Aanwezig",
            f"{decision.members_present} van de {decision.members_total} leden",
        ),
        Fact(
            "Voorstel",
            f"{kind}, versie {decision.version.number}",
            url=reverse("governance:proposal-detail", args=[slug, decision.proposal.number]),
        ),
    ]


def now_for_decision(decision: Decision) -> Now | None:
    """What the secretary does next; nothing once it is published or replaced."""

    def url(name: str) -> str:
        return reverse(f"governance:{name}", args=[decision.region.slug, decision.number])

    if decision.state == DecisionState.RECORDED:
        return Now(
            "U bent aan zet",
            "Lees het besluit na en maak het definitief",
            Act("Definitief maken", url("decision-finalise")),
        )
    if decision.state == DecisionState.FINAL:
        answer = decisions.STATES.answer(decision, "publish")
        if isinstance(answer, Refusal):
            not_yet = [NotYet("Publiceren", answer.reason)]
            return Now("Er wacht niets", "Het besluit is definitief", not_yet=not_yet)
        return Now(
            "U bent aan zet", "Publiceer het besluit", Act("Publiceren", url("decision-publish"))
        )
    return None
