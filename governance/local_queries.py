"""Reads of questions to the municipalities: which run, how far each is, and the one table.

Every read is a fixed number of queries over rounds that run, however many years lie behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from governance.domain.proposals import ALIVE
from governance.enums import (
    Addressee,
    DecisionState,
    LocalKind,
    LocalRoundState,
    LocalStepState,
)
from governance.models import (
    LocalRound,
    LocalStep,
    Municipality,
    MunicipalRole,
    Region,
    RegionMunicipality,
)
from governance.models.local import DECIDED, GONE, WITH_TEXT
from governance.rules import visible_to
from governance.standing import REPORTERS, Person

STILL_ASKS = Q(kind=LocalKind.ZIENSWIJZE, proposal__state__in=ALIVE) | (
    Q(kind=LocalKind.DECISION) & ~Q(decision__state=DecisionState.REPLACED)
)
BY_NAME, BY_NUMBER = "naam", "nummer"


def running(rounds: QuerySet[LocalRound]) -> QuerySet[LocalRound]:
    """Rounds in which a municipality can still react; not of a proposal that is off the table."""
    return rounds.filter(STILL_ASKS, state=LocalRoundState.ASKED)


def with_counts(rounds: QuerySet[LocalRound]) -> QuerySet[LocalRound]:
    """Each with how many municipalities were asked, reacted, decided, and wait for an answer."""
    here = ~Q(steps__state__in=GONE)
    return rounds.annotate(
        asked_count=Count("steps", filter=here),
        reacted_count=Count("steps", filter=Q(steps__state=LocalStepState.REPORTED)),
        decided_count=Count("steps", filter=Q(steps__outcome__in=DECIDED)),
        owed_count=Count("steps", filter=Q(steps__outcome__in=WITH_TEXT, steps__answer="")),
    )


def with_papers(rounds: QuerySet[LocalRound]) -> QuerySet[LocalRound]:
    """With what a line about a round shows."""
    return rounds.select_related(
        "region", "proposal__working", "version", "decision", "step__body", "step__meeting"
    )


def progress_of(asked: LocalRound) -> str:
    """'besloten in 7 van de 11 gemeenten', or how many councils reacted; from `with_counts`."""
    total: int = asked.asked_count  # type: ignore[attr-defined]
    reacted: int = asked.reacted_count  # type: ignore[attr-defined]
    if asked.kind == LocalKind.DECISION:
        return f"besloten in {asked.decided_count} van de {total} gemeenten"  # type: ignore[attr-defined]
    many = "colleges" if asked.addressee == Addressee.COLLEGE else "raden"
    return f"{reacted} van de {total} {many} {'heeft' if reacted == 1 else 'hebben'} gereageerd"


def title_of(asked: LocalRound) -> str:
    """'Zienswijze van de raad', 'Besluit van het college'."""
    what = "Zienswijze" if asked.kind == LocalKind.ZIENSWIJZE else "Besluit"
    return f"{what} van {who(asked)}"


def who(asked: LocalRound) -> str:
    return "het college" if asked.addressee == Addressee.COLLEGE else "de raad"


def subject_of(asked: LocalRound) -> str:
    """The subject as it was put to them; in concept, as it is being written."""
    return asked.version.subject if asked.version else str(asked.proposal)


def without_reporter(region: Region) -> list[Municipality]:
    """Municipalities that take part today, for which nobody can report an outcome."""
    here = RegionMunicipality.objects.current().filter(region=region).values("municipality")
    reporters = MunicipalRole.objects.current().filter(
        role__in=REPORTERS, user__is_active=True, municipality=OuterRef("pk")
    )
    rows = Municipality.objects.filter(~Exists(reporters), pk__in=here)
    return list(rows.order_by("sort_name"))


# The one table ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableRow:
    """A municipality with its step in each round of the table, or None where it was not asked."""

    municipality: Municipality
    steps: list[LocalStep | None]


def region_rounds(user: Person, region: Region) -> list[LocalRound]:
    """Rounds that run in the region and that this person sees, the nearest term first."""
    rows = running(visible_to(user, LocalRound).filter(region=region))
    return list(with_counts(with_papers(rows)).order_by("due_on", "pk"))


def table_of(rounds: Sequence[LocalRound], order: str = BY_NAME) -> list[TableRow]:
    """One row per municipality that any of the rounds asks; by name or by number, nothing else."""
    found: dict[int, tuple[Municipality, dict[int, LocalStep]]] = {}
    for step in steps_in(rounds):
        home = step.municipality
        found.setdefault(home.pk, (home, {}))[1][step.round_id] = step
    rows = [
        TableRow(home, [steps.get(asked.pk) for asked in rounds]) for home, steps in found.values()
    ]
    return sorted(rows, key=lambda row: _place(row.municipality, order))


def steps_in(rounds: Iterable[LocalRound]) -> list[LocalStep]:
    """All steps of the rounds with what a table shows; each knows its round. One query."""
    by_pk = {asked.pk: asked for asked in rounds}
    rows = LocalStep.objects.filter(round__in=list(by_pk)).select_related(
        "municipality__successor", "paper", "successor_step__municipality"
    )
    steps = list(rows)
    for step in steps:
        step.round = by_pk[step.round_id]
    return steps


def sorted_steps(asked: LocalRound, order: str = BY_NAME) -> list[LocalStep]:
    """The steps of one round; what a predecessor reported stands under its successor."""
    return sorted(steps_in([asked]), key=lambda step: _place(step.municipality, order))


def _place(home: Municipality, order: str) -> tuple[str, bool, str]:
    heir = home.successor or home
    if order == BY_NUMBER:
        return heir.cbs_code, home is not heir, home.cbs_code
    return heir.sort_name, home is not heir, home.sort_name


def name_of(home: Municipality) -> str:
    """'Brielle, nu Voorne aan Zee' for a municipality that is no longer there."""
    if home.successor is not None and not home.is_current():
        return f"{home}, nu {home.successor}"
    return str(home)
