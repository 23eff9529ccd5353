"""What holds from a day, and perhaps until a day."""

from datetime import date
from typing import TypeVar

from django.db import models

from core import clock

M = TypeVar("M", bound=models.Model)


def valid_on(day: date | None = None, prefix: str = "") -> models.Q:
    """Rows whose validity covers the day (today when none is given); both ends count."""
    day = day or clock.today()
    return (
        models.Q(**{f"{prefix}valid_from__isnull": True})
        | models.Q(**{f"{prefix}valid_from__lte": day})
    ) & (
        models.Q(**{f"{prefix}valid_until__isnull": True})
        | models.Q(**{f"{prefix}valid_until__gte": day})
    )


class DatedQuerySet(models.QuerySet[M]):
    def current(self, day: date | None = None) -> "DatedQuerySet[M]":
        """What holds on the day, or today."""
        return self.filter(valid_on(day))


class Dated(models.Model):
    """Holds from `valid_from` up to and including `valid_until`; an empty end is open."""

    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message="De einddatum ligt voor de begindatum.",
            )
        ]

    def is_current(self, day: date | None = None) -> bool:
        """Whether this holds on the day, or today."""
        day = day or clock.today()
        return not (
            (self.valid_from and self.valid_from > day)
            or (self.valid_until and self.valid_until < day)
        )
