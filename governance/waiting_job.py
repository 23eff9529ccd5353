"""One thing that waits for somebody; what the lists of waiting things are made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Job:
    """One thing that waits for somebody. `due` is empty when no day presses it.

    `subject` names the row it is about: somebody with two offices sees it once. `told` is what a
    mail says instead of a title that quotes a text, for that text may be secret. `reminds_itself`
    says that the room of this job has reminders of its own, on its own days.
    """

    region_id: int
    title: str
    url: str
    note: str = ""
    due: date | None = None
    at: datetime | None = None
    subject: tuple[str, int] = ("", 0)
    proposal_id: int | None = None  # the paper it names
    told: str = ""
    reminds_itself: bool = False

    def pressing(self) -> tuple[date, str, str]:
        """To sort by: the day it is due, then the words; what no day presses comes last."""
        return (self.due or date.max, self.title, self.note)


# What waits for a person (first) with this standing (second) in regions by key, with their slugs.
Source = Callable[[Any, Any, dict[int, str]], Iterator[Job]]
_sources: list[Source] = []


def let_wait(source: Source) -> None:
    """An upper room adds its jobs to the lists of waiting things. Called once at start-up."""
    if source in _sources:
        raise ValueError(f"source registered twice: {source}")
    _sources.append(source)


def jobs_of_upper_rooms(user: Any, standing: Any, slugs: dict[int, str]) -> Iterator[Job]:
    for source in _sources:
        yield from source(user, standing, slugs)
