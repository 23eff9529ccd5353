"""What the page of a proposal and of a decision say about the municipalities."""

from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from core.components import Link, Tone
from core.formats import long_date
from core.panels import Panel, register
from governance.domain import proposals, route
from governance.enums import DecisionState, LocalRoundState, StepState
from governance.local_page import ROUND_TONES, url_of
from governance.local_queries import progress_of, title_of, with_counts, with_papers
from governance.models import Decision, LocalRound, Proposal, RouteStep
from governance.rules import may, visible_to


@dataclass(frozen=True)
class RoundLine:
    """One round: how far it is, and until when."""

    title: str
    url: str
    progress: str
    state: str
    tone: Tone
    until: str
    owed: int


@dataclass(frozen=True)
class LocalPanel(Panel):
    """The rounds of a proposal or decision, and where a new one can be asked."""

    rounds: tuple[RoundLine, ...] = ()
    ask: tuple[Link, ...] = ()


def of_proposal(proposal: Proposal, reader: Any) -> LocalPanel | None:
    """All rounds of a proposal; its author body can ask at each stop that still concludes."""
    rows = visible_to(reader, LocalRound).filter(proposal=proposal)
    links: list[Link] = []
    if proposal.state in proposals.ALIVE and may(reader, "proposal.lead", proposal):
        steps = RouteStep.objects.filter(
            proposal=proposal,
            purpose__in=route.CONCLUDING,
            state__in=(StepState.PLANNED, StepState.ON_AGENDA),
        ).select_related("body")
        links = [
            Link(
                f"Vraag de gemeenten om een zienswijze, voor {step.body}",
                reverse(
                    "governance:local-new-before",
                    args=[proposal.region.slug, proposal.number, step.pk],
                ),
            )
            for step in steps
        ]
    return _panel("Wat de gemeenten vinden", rows, links)


def of_decision(decision: Decision, reader: Any) -> LocalPanel | None:
    """The rounds that follow this decision; its author body can ask when each decides itself."""
    rows = visible_to(reader, LocalRound).filter(decision=decision)
    can_ask = decision.proposal.local_decisions and decision.state in (
        DecisionState.FINAL,
        DecisionState.PUBLISHED,
    )
    links = []
    if can_ask and may(reader, "proposal.lead", decision.proposal):
        url = reverse("governance:local-new-after", args=[decision.region.slug, decision.number])
        links = [Link("Vraag de gemeenten om hun besluit", url)]
    return _panel("Wat de gemeenten besluiten", rows, links)


def _panel(title: str, rows: Any, links: list[Link]) -> LocalPanel | None:
    rounds = tuple(_line(asked) for asked in with_counts(with_papers(rows)).order_by("pk"))
    return LocalPanel(title, rounds, tuple(links)) if rounds or links else None


def _line(asked: LocalRound) -> RoundLine:
    concept = asked.state == LocalRoundState.CONCEPT
    return RoundLine(
        title=title_of(asked),
        url=url_of("round", asked),
        progress="" if concept else progress_of(asked).capitalize(),
        state=asked.get_state_display().capitalize(),
        tone=ROUND_TONES[asked.state],
        until=long_date(asked.due_on),
        owed=asked.owed_count,  # type: ignore[attr-defined]
    )


def register_panels() -> None:
    """Called once at start-up."""
    template = "governance/_local_panel.html"
    register("proposal", "local", of_proposal, template, asdict)
    register("decision", "local", of_decision, template, asdict)
