"""What waits about questions to municipalities: for their officials, and for the author body.

One query for who reports for a municipality, two for an author body, whatever lies behind.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from core.formats import local_day, long_date
from governance.enums import DecisionState, LocalRoundState, LocalStepState, ProposalState
from governance.local_queries import STILL_ASKS, subject_of, title_of, who, with_counts, with_papers
from governance.models import Decision, LocalRound, LocalStep
from governance.models.local import WITH_TEXT
from governance.rules import visible_to
from governance.standing import Person, Standing
from governance.waiting import Job

NOT_LONG_AGO = timedelta(days=365)  # what was decided before the portal knew of it does not wait


def jobs(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    if standing.reports_for:
        yield from _to_report(user, standing, slugs)
    mine = standing.author_regions & slugs.keys()
    if mine:
        yield from _to_lead(user, mine, slugs)
        yield from _to_ask(user, mine, slugs)


def _to_report(user: Person, standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """One job per municipality and round: who serves three municipalities sees three."""
    rounds = visible_to(user, LocalRound).filter(
        STILL_ASKS, state=LocalRoundState.ASKED, region__in=slugs
    )
    steps = LocalStep.objects.filter(
        round__in=rounds, municipality__in=standing.reports_for, state=LocalStepState.OPEN
    ).select_related("municipality", "round__version", "round__proposal__working")
    for step in steps:
        asked = step.round
        what = "de zienswijze" if asked.asks_view else "het besluit"
        yield Job(
            asked.region_id,
            f"Meld voor {step.municipality} {what} van {who(asked)}",
            reverse("governance:local-report", args=[slugs[asked.region_id], asked.pk, step.pk]),
            note=f"{subject_of(asked)}. Reageren kan tot en met {long_date(asked.due_on)}.",
            due=asked.due_on,
            subject=("localstep", step.pk),
        )


def _to_lead(user: Person, mine: frozenset[int], slugs: dict[int, str]) -> Iterator[Job]:
    """A question to send, remarks to answer, a round of local decisions to close."""
    owed = LocalStep.objects.filter(round=OuterRef("pk"), outcome__in=WITH_TEXT, answer="")
    waits = Q(state__in=(LocalRoundState.CONCEPT, LocalRoundState.ASKED))
    came_late = Q(Exists(owed), state=LocalRoundState.CLOSED)
    rounds = visible_to(user, LocalRound).filter(STILL_ASKS, waits | came_late, region__in=mine)
    for asked in with_counts(with_papers(rounds)):
        title = _title(asked)
        if title:
            yield Job(
                asked.region_id,
                title,
                reverse("governance:local-round", args=[slugs[asked.region_id], asked.pk]),
                note=f"{title_of(asked)}: {subject_of(asked)}.",
                due=_before(asked),
                subject=("localround", asked.pk),
            )


def _title(asked: LocalRound) -> str:
    owed: int = asked.owed_count  # type: ignore[attr-defined]
    if asked.state == LocalRoundState.CONCEPT:
        return "Verstuur de vraag aan de gemeenten"
    if owed:
        return "Beantwoord 1 gemeente" if owed == 1 else f"Beantwoord {owed} gemeenten"
    if asked.state == LocalRoundState.CLOSED:
        return ""
    everybody = asked.reacted_count == asked.asked_count  # type: ignore[attr-defined]
    if not asked.asks_view and (everybody or asked.term_over()):
        return "Sluit de vraag aan de gemeenten"
    return ""


def _before(asked: LocalRound) -> date | None:
    """The board can decide only when every zienswijze has its answer."""
    if asked.step is None or asked.step.meeting is None:
        return None
    return local_day(asked.step.meeting.starts_at)


def _to_ask(user: Person, mine: frozenset[int], slugs: dict[int, str]) -> Iterator[Job]:
    """Decisions of the past year after which each municipality decides, put to none of them yet."""
    put = LocalRound.objects.filter(decision=OuterRef("pk"))
    waiting = visible_to(user, Decision).filter(
        ~Q(Exists(put)),
        ~Q(proposal__state__in=(ProposalState.REJECTED, ProposalState.IN_ROUTE)),
        region__in=mine,
        decided_on__gte=clock.today() - NOT_LONG_AGO,
        proposal__local_decisions=True,
        state__in=(DecisionState.FINAL, DecisionState.PUBLISHED),
    )
    for decision in waiting.select_related("version"):
        yield Job(
            decision.region_id,
            f"Vraag de gemeenten om hun besluit na besluit {decision.number}",
            reverse(
                "governance:local-new-after", args=[slugs[decision.region_id], decision.number]
            ),
            note=f"{decision.version.subject}.",
            subject=("decision-local", decision.pk),
        )
