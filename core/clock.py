"""The one source of time for domain code.

Tests and the demo set it, so that history is walked through the same functions instead of faked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, or the moment that `at` has set."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The present day in Europe/Amsterdam."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block. A naive moment is read as Dutch time."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
