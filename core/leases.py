"""Rows that a worker turns into something: taken with a lease, handed over again when lost.

The row is the truth, not the broker. `lease_until` is longer than the hard time limit of a task;
on a waiting row it says that the broker has it. Three failures are final; workers that died
underway count apart, in `lost`.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction

from core import clock

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# A worker that dies (restart, power, memory) is not the fault of the row, so a lost lease counts
# apart. The bound keeps a row that kills its worker from going round for ever.
MAX_LOST = 30
AT_ONCE = 200

QUEUED, READY, FAILED = "queued", "ready", "failed"


class Leased(models.Model):
    """Abstract: what a row needs to be worked on. A child gives `status` its labels: three states
    of here, and one of its own that says it is being made (`MAKING`)."""

    MAKING = ""

    status = models.CharField(max_length=10, default=QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_busy(self) -> bool:
        """Whether its status is still going to change by itself."""
        return self.status in (QUEUED, self.MAKING)


Row = TypeVar("Row", bound=Leased)


def lease() -> datetime:
    return clock.now() + timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS)


def enqueue(row: Row, task: Any) -> bool:
    """Hand a queued row to the broker; False when the broker is away. Never raises for that.

    The lease on a queued row says 'handed over', so that the sweep does not hand it over again.
    """
    queued = _rows(row).filter(pk=row.pk, status=QUEUED)
    queued.update(lease_until=lease())
    try:
        task.apply_async((row.pk,), retry=False)
    except Exception as error:
        log.warning("%s waits for the sweep: %s", _name(row), type(error).__name__)
        queued.update(lease_until=None)
        return False
    return True


def claim(model: type[Row], pk: int, *, lost: str) -> Row | None:
    """Take the lease on a row, or None when it is done, gone, or another worker holds it.

    `lost` is the Dutch sentence for a row whose workers died too often.
    """
    with transaction.atomic():
        rows = model._default_manager.select_for_update()
        row = rows.filter(pk=pk, status__in=[QUEUED, model.MAKING]).first()
        if row is None:
            return None
        if row.status == model.MAKING:
            if row.lease_until and row.lease_until > clock.now():
                return None
            row.lost += 1
        if row.lost >= MAX_LOST:
            finish(row, FAILED, error=lost)
            return None
        row.status, row.lease_until = model.MAKING, lease()
        row.save(update_fields=["status", "lease_until", "lost"])
        return row


def finish(row: Row, status: str, *, error: str = "", **results: Any) -> None:
    """Write the outcome, unless another worker finished the row in the meantime."""
    values = {"status": status, "error": error, "lease_until": None, **results}
    if status == READY:
        values["ready_at"] = clock.now()
    for name, value in values.items():
        setattr(row, name, value)
    open_rows = _rows(row).filter(pk=row.pk).exclude(status=READY)
    open_rows.update(**values, attempts=row.attempts, lost=row.lost)


def record_failure(row: Row, error: Exception, *, final: str, known: str = "") -> None:
    """Count a failed attempt. The third is final, with `final`; a `known` cause is so at once."""
    row.attempts += 1
    if known:
        log.info("%s failed: %s", _name(row), type(error).__name__)
        finish(row, FAILED, error=known)
        return
    log.exception("%s failed", _name(row), exc_info=error)
    if row.attempts >= MAX_ATTEMPTS:
        finish(row, FAILED, error=final)
    else:
        finish(row, QUEUED)


def try_again(row: Row) -> None:
    """Put a row that failed for good back in the queue, as new."""
    fresh = {"status": QUEUED, "attempts": 0, "lost": 0, "error": "", "lease_until": None}
    _rows(row).filter(pk=row.pk, status=FAILED).update(**fresh)
    row.refresh_from_db()


def sweep(model: type[Row], task: Any) -> int:
    """Hand over again what nobody is working on; stops at the first refusal of the broker.

    That is a queued row that the broker did not get or kept too long, and a lease that ran out.
    """
    over = models.Q(lease_until__isnull=True) | models.Q(lease_until__lte=clock.now())
    rows = model._default_manager
    held = rows.filter(over, status=model.MAKING)
    held.update(status=QUEUED, lease_until=None, lost=models.F("lost") + 1)
    count = 0
    for row in rows.filter(over, status=QUEUED).order_by("asked_at", "pk")[:AT_ONCE]:
        if not enqueue(row, task):
            break
        count += 1
    return count


def _rows(row: Row) -> "models.QuerySet[Row]":
    return type(row)._default_manager.all()


def _name(row: Leased) -> str:
    return f"{row._meta.model_name} {row.pk}"
