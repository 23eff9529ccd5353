"""States: one declared table of transitions per aggregate, and one function to carry them out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models, transaction

from core.models import StatusChange
from core.refusal import Answer, Refusal, require

M = TypeVar("M", bound=models.Model)


def always(_: Any) -> Answer:
    return True


@dataclass(frozen=True)
class Transition(Generic[M]):
    """One arrow: from one of `sources` to `target`, if `guard` allows. `label` is on the button."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: str
    guard: Callable[[M], Answer] = always


@dataclass(frozen=True)
class Option(Generic[M]):
    """What a page draws: a transition and whether it can be done now."""

    transition: Transition[M]
    answer: Answer


class TransitionTable(Generic[M]):
    """All arrows of one aggregate. The same table draws the buttons and guards the acts."""

    def __init__(self, transitions: Iterable[Transition[M]], field: str = "state") -> None:
        self.field = field
        self.by_name = {t.name: t for t in transitions}

    def answer(self, instance: M, name: str) -> Answer:
        """Whether the named transition can be carried out now, with the reason if not."""
        transition = self.by_name[name]
        state = getattr(instance, self.field)
        if state not in transition.sources:
            shown = instance._meta.get_field(self.field).flatchoices  # type: ignore[union-attr]
            label = str(dict(shown).get(state, state)).lower()
            return Refusal(f"{transition.label} kan niet: de stand is '{label}'.")
        return transition.guard(instance)

    def options(self, instance: M) -> list[Option[M]]:
        """The transitions that start in the present state, each with its answer."""
        state = getattr(instance, self.field)
        return [Option(t, t.guard(instance)) for t in self.by_name.values() if state in t.sources]

    def carry_out(
        self, instance: M, name: str, *, by: Any, why: str = "", by_office: str = ""
    ) -> StatusChange:
        """Guard, set, save and log one transition on a locked instance.

        `by_office` names who did it without an account.
        Raises Refused with the reason when the state or the guard does not allow it.
        """
        require(self.answer(instance, name))
        transition = self.by_name[name]
        with transaction.atomic():
            before = getattr(instance, self.field)
            setattr(instance, self.field, transition.target)
            instance.save()
            return StatusChange.log(
                instance,
                act=name,
                by=by,
                before=before,
                after=transition.target,
                why=why,
                by_office=by_office,
            )


def locked(queryset: models.QuerySet[M], pk: Any) -> M:
    """Read one row again under a lock, so that the guard judges what is really there.

    Two statements on purpose: what a join brings along while PostgreSQL waits for the lock is as
    old as the start of the waiting. Read after it, related rows are as new as the row itself.
    SQLite has one writer at a time and no locks of rows: there the first says nothing.
    """
    if connections[queryset.db].features.has_select_for_update:
        plain = queryset.model._default_manager.select_for_update().order_by()
        plain.values_list("pk").get(pk=pk)
    return queryset.get(pk=pk)
