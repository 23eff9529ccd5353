"""Rows in the order in which they refer to one another, saved a year of a region at a time."""

from collections import defaultdict
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from core.models import StatusChange, StoredFile, subject_key
from governance.models import (
    AdvicePoint,
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    DecisionPoint,
    Meeting,
    PointDecision,
    Position,
    Proposal,
    ProposalVersion,
    Question,
    RouteStep,
    Secrecy,
    Section,
)
from regiovisie.bench_data.organisation import save_all

ORDER = (
    *(Meeting, StoredFile, Proposal, ProposalVersion, Section, DecisionPoint, Attachment),
    *(
        RouteStep,
        AgendaItem,
        Position,
        Question,
        AdvicePoint,
        Decision,
        PointDecision,
        Attendance,
        Secrecy,
    ),
)


def at(day: Any, hour: int) -> datetime:
    """An hour of a day, in Dutch time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


class Sheaf:
    """Rows by model; a row may refer to one that has no key yet, if its model comes earlier."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], list[Any]] = defaultdict(list)
        self.trail: list[tuple[Any, str, datetime, Any]] = []
        self.circles: list[tuple[Secrecy, list[Any]]] = []

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def tell(self, row: Any, act: str, moment: datetime, by: Any) -> None:
        """One line in the trail of a row, as a domain function would leave it."""
        self.trail.append((row, act, moment, by))

    def save(self) -> None:
        for model in ORDER:
            save_all(self.rows[model])
        save_all([_change(*line) for line in self.trail])
        through = Secrecy.circle_bodies.through
        save_all(
            [
                through(secrecy_id=secrecy.pk, body_id=body.pk)
                for secrecy, bodies in self.circles
                for body in bodies
            ]
        )


def _change(row: Any, act: str, moment: datetime, by: Any) -> StatusChange:
    label, pk = subject_key(row)
    return StatusChange(subject_label=label, subject_id=pk, act=act, by=by, at=moment)
