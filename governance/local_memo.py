"""What a decision memo prints of the zienswijzen: each municipality, and the region's answer."""

from dataclasses import dataclass

from core.formats import long_date
from governance.domain.local import term_of
from governance.enums import AnswerKind, LocalKind, LocalRoundState
from governance.local_page import stands, summary_of, term_words
from governance.local_queries import name_of, sorted_steps
from governance.models import Decision, LocalRound, LocalStep


@dataclass(frozen=True)
class MemoView:
    """What one municipality answered, and what the region did with it."""

    who: str
    date: str
    outcome: str
    text: str
    answer: str
    label: str
    reason: str


@dataclass(frozen=True)
class MemoRound:
    """One question before the decision: to whom, by which term, and every municipality in it."""

    title: str
    intro: str
    rows: list[MemoView]


def consulted(decision: Decision) -> list[MemoRound]:
    """The zienswijzen that belong before this decision, as they stand now."""
    rounds = LocalRound.objects.filter(
        proposal=decision.proposal_id,
        kind=LocalKind.ZIENSWIJZE,
        step__order__lte=decision.step.order,
        state__in=(LocalRoundState.ASKED, LocalRoundState.CLOSED),
    ).order_by("asked_on", "pk")
    return [_round(asked) for asked in rounds]


def _round(asked: LocalRound) -> MemoRound:
    steps = sorted_steps(asked)
    many = "colleges" if asked.addressee == "college" else "raden"
    intro = (
        f"Gevraagd op {long_date(asked.asked_on)}; reageren kon tot en met "
        f"{long_date(asked.due_on)} ({term_words(term_of(asked))}). {summary_of(steps)}"
    )
    return MemoRound(
        title=f"Zienswijzen van de {many}", intro=intro, rows=[_view(step) for step in steps]
    )


def _view(step: LocalStep) -> MemoView:
    return MemoView(
        who=name_of(step.municipality),
        date=long_date(step.decided_on),
        outcome=str(stands(step).value),
        text=step.text.strip(),
        answer=step.answer,
        label=str(AnswerKind(step.answer).label).capitalize() if step.answer else "",
        reason=step.reason.strip() if step.answer else "",
    )
