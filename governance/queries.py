"""Reads that span models, as small dataclasses: what a proposal's page, a list and a memo show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.components import Stop, StopState, TrailLine
from core.formats import clock_time, long_date, near_date
from core.models import StatusChange
from governance.enums import Purpose, StepState
from governance.models import AdvicePoint, Body, Proposal, RouteStep

ACTS = {
    "created": "Begonnen",
    "edited": "Soort gewijzigd",
    "imported": "Ingelezen uit een bestand",
    "frozen": "Versie vastgezet",
    "costs_touched": "Kosten bij een post gezet",
    "costs_left": "Kosten bij een post weggehaald",
    "blocks_linked": "Onderdelen van de regiovisie gekozen",
    "enter_route": "De route in",
    "route_laid_out": "Route gekozen",
    "route_planned": "Route gepland",
    "step_added": "Halte toegevoegd",
    "step_removed": "Halte weggehaald",
    "step_moved": "Halte verplaatst",
    "step_skipped": "Halte overgeslagen",
    "step_restored": "Halte weer opgenomen",
    "step_handled": "Behandeld",
    "papers_sent": "Stukken verstuurd",
    "held_over": "Aangehouden",
    "final_version": "Definitieve versie vastgezet",
    "advice_recorded": "Advies vastgelegd",
    "advice_answered": "Advies beantwoord",
    "advice_corrected": "Antwoord aangepast",
    "decided": "Besloten",
    "adopt": "Vastgesteld",
    "amend": "Gewijzigd vastgesteld",
    "adopt_partly": "Deels vastgesteld",
    "reject": "Niet vastgesteld",
    "note": "Voor kennisgeving aangenomen",
    "postpone": "Uitgesteld",
    "resume": "Verder met de route",
    "withdraw": "Ingetrokken",
    "replace": "Vervangen",
    "part_removed": "Onderdeel weggehaald",
    "coauthor_added": "Medeauteur toegevoegd",
    "coauthor_removed": "Medeauteur weggehaald",
    "secrecy_imposed": "Geheimhouding opgelegd",
    "secrecy_lifted": "Geheimhouding opgeheven",
    "step_urgent": "Met spoed overgeslagen",
    "conclude": "Afgerond",
    "round_opened": "Schriftelijke ronde geopend",
    "list_made": "Besluitenlijst gemaakt",
    "list_published": "Besluitenlijst gepubliceerd",
    "list_adopted": "Besluitenlijst vastgesteld",
    "action_added": "Toegezegd",
    "finish": "Afgerond",
    "drop": "Vervallen",
    "reopen": "Weer geopend",
    "local_prepared": "Vraag in concept",
    "local_asked": "Gemeenten gevraagd",
    "local_extended": "Termijn verlengd",
    "local_withdrawn": "Vraag aan de gemeenten ingetrokken",
    "local_closed": "Vraag aan de gemeenten gesloten",
    "local_report": "Uitkomst gemeld",
    "local_correct": "Uitkomst verbeterd",
    "local_take_back": "Uitkomst teruggenomen",
    "local_answered": "Antwoord van de regio",
    "local_answer_corrected": "Antwoord van de regio aangepast",
    "ask": "Verstuurd",
    "close": "Gesloten",
    "planned": "Gepland",
    "moved": "Verzet",
    "cancel": "Vervallen",
    "hold": "Gehouden",
    "agenda_started": "Vaste agendapunten klaargezet",
    "agenda_version": "Agenda gepubliceerd",
    "item_added": "Agendapunt toegevoegd",
    "item_removed": "Agendapunt weggehaald",
    "attendance": "Aanwezigheid vastgelegd",
    "recused": "Doet niet mee aan de stemming",
    "recusal_undone": "Doet weer mee aan de stemming",
    "proxy_given": "Volmacht vastgelegd",
    "second_called": "Tweede vergadering uitgeschreven",
    "positions_until": "Standpunten kunnen tot",
    "recorded": "Besluit vastgelegd",
    "finalise": "Definitief gemaakt",
    "publish": "Gepubliceerd",
    "added": "Toegevoegd",
    "changed": "Gewijzigd",
    "removed": "Weggehaald",
    "person_invited": "Uitgenodigd",
    "person_corrected": "Naam of functie aangepast",
    "invitation_resent": "Uitnodiging opnieuw verstuurd",
    "invitation_withdrawn": "Uitnodiging ingetrokken",
    "second_factor_reset": "Tweede factor weggehaald",
    "rights_reviewed": "Lijst van rechten nagelopen",
}
# Acts on a proposal that tell of a decision.
DECIDING = ("decided", "adopt", "amend", "adopt_partly", "reject", "replace")


def day_of(step: RouteStep) -> date | None:
    """The Dutch day on which a stop is planned or was treated."""
    return timezone.localdate(step.meeting.starts_at) if step.meeting else None


@dataclass(frozen=True)
class AdviceGroup:
    """The points that one body gave on one day, side by side with their answers."""

    body: Body
    given_on: date
    points: list[AdvicePoint]

    @property
    def open(self) -> int:
        return sum(1 for point in self.points if not point.answer)

    @property
    def heading(self) -> str:
        return f"{self.body}, {long_date(self.given_on)}"


def advice_groups(proposal: Proposal) -> list[AdviceGroup]:
    """All advice on a proposal, in the order in which it was given. One query."""
    grouped: dict[tuple[Body, date], list[AdvicePoint]] = defaultdict(list)
    points = proposal.advice.select_related("body", "answered_in", "answered_by")
    for point in points.order_by("given_on", "body__order", "body_id", "number"):
        grouped[point.body, point.given_on].append(point)
    return [AdviceGroup(body, day, given) for (body, day), given in grouped.items()]


def route_stops(
    steps: Iterable[RouteStep], advice: Iterable[AdvicePoint] = (), *, moving: bool = True
) -> list[Stop]:
    """The metro line of a proposal. `moving` is False for a concept: no stop is 'now' then.

    `steps` come in order, with body and meeting: `visible.steps_seen_by`.
    """
    shown = list(steps)
    points: dict[int, list[AdvicePoint]] = defaultdict(list)
    for point in advice:
        if point.step_id:
            points[point.step_id].append(point)
    done = (StepState.HANDLED, StepState.SKIPPED)
    now = next((s for s in shown if s.state not in done), None) if moving else None
    last = next((s for s in reversed(shown) if s.state != StepState.SKIPPED), None)
    return [
        Stop(
            body=step.body.name,
            short=step.body.short_name,
            purpose=step.get_purpose_display().capitalize(),
            state=_stop_state(step, now),
            text=_stop_text(step, points[step.pk], step is last),
            day=day_of(step),
            end=step is last,
        )
        for step in shown
    ]


def _stop_state(step: RouteStep, now: RouteStep | None) -> StopState:
    if step.state == StepState.HANDLED:
        return "done"
    if step.state == StepState.SKIPPED:
        return "skipped"
    return "now" if step is now else "coming"


def _stop_text(step: RouteStep, points: list[AdvicePoint], last: bool) -> str:
    unanswered = sum(1 for point in points if not point.answer)
    if points:
        text = "1 adviespunt" if len(points) == 1 else f"{len(points)} adviespunten"
        if unanswered:
            return f"{text}, waarvan {unanswered} zonder antwoord"
        return f"{text}, {'beantwoord' if len(points) == 1 else 'alle beantwoord'}"
    if step.state == StepState.SKIPPED:
        return f"Overgeslagen: {step.skip_reason}"
    if step.state == StepState.HANDLED:
        concluded = step.purpose in (Purpose.DECIDE, Purpose.CONSENT) and step.tells_decision
        return step.outcome_note or ("Besloten" if concluded else "Behandeld")
    if step.state == StepState.ON_AGENDA:
        concluding = step.purpose in (Purpose.DECIDE, Purpose.CONSENT)
        follows = concluding and not step.version_final
        return "Op de agenda, advies volgt" if follows else "Op de agenda"
    if step.meeting is None:
        return "Nog geen vergadering gekozen"
    return "Eindhalte: hier valt het besluit" if last else "Gepland"


def proposal_trail(proposal: Proposal) -> list[TrailLine]:
    """The trail of a proposal for its reader (`visible.as_seen_by`). Of a decision that is secret
    to her it shows no line of deciding at all: every one of them could be about that decision."""
    changes = StatusChange.of(proposal)
    if proposal.hides_decision:
        changes = changes.exclude(act__in=DECIDING)
    return trail_of(changes[:50])


def trail_of(changes: Iterable[StatusChange], acts: Mapping[str, str] = ACTS) -> list[TrailLine]:
    """The trail of an object as a page shows it: what, by which office and when.

    `acts` are the words of the room that the object belongs to. Who did it without an account is
    named by the office that was written down.
    """
    return [
        TrailLine(
            what=acts.get(change.act, change.act),
            who_when=f"{change.by_office or change.by or 'het portaal'} · {near_date(change.at)}, "
            f"{clock_time(change.at)}",
            why=change.why,
        )
        for change in changes
    ]
