"""The ledger of a fund: rows are only added, and every figure is a sum of them."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from budget.enums import MOST, EntryKind, MoveKind
from budget.models.commitment import Commitment, Invoice
from budget.models.fund import Fund, FundLine
from budget.models.mandate import Mandate
from budget.models.version import BudgetVersion
from core import clock
from core.money import EuroField
from governance.models import Decision

ONLY_ADDED = "rows of the ledger are only added; post a counter-entry"


class AppendOnlyError(TypeError):
    """Somebody tries to change or delete what is only added to: a mistake in our code."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(ONLY_ADDED)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(ONLY_ADDED)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(ONLY_ADDED)


class AppendOnly(models.Model):
    """Added once and never touched again. PostgreSQL holds it by a trigger (`budget.database`)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(ONLY_ADDED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(ONLY_ADDED)


class Reallocation(AppendOnly):
    """Budget that moved from one line and year to another: within a mandate, or by a decision.

    Carrying over is one of them: what a line has left goes to its next year.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="reallocations")
    kind = models.CharField("soort", max_length=12, choices=MoveKind, default=MoveKind.REALLOCATION)
    from_line = models.ForeignKey(
        FundLine, models.PROTECT, related_name="+", verbose_name="van post"
    )
    from_year = models.PositiveSmallIntegerField("van jaar")
    to_line = models.ForeignKey(
        FundLine, models.PROTECT, related_name="+", verbose_name="naar post"
    )
    to_year = models.PositiveSmallIntegerField("naar jaar")
    amount = EuroField("bedrag")
    why = models.CharField("reden", max_length=300)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reallocations",
        verbose_name="besluit",
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, editable=False, related_name="reallocations"
    )
    effective_on = models.DateField("geldt vanaf")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "verschuiving"
        verbose_name_plural = "verschuivingen"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lte=MOST),
                name="budget_reallocation_in_range",
                violation_error_message=(
                    "Een verschuiving is meer dan nul en hoogstens € 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(from_line=models.F("to_line"), from_year=models.F("to_year")),
                name="budget_reallocation_elsewhere",
                violation_error_message=(
                    "Kies een andere post of een ander jaar om naar te schuiven."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="carry_over")
                | models.Q(from_line=models.F("to_line"), to_year=models.F("from_year") + 1),
                name="budget_carry_over_to_next_year",
                violation_error_message=(
                    "Doorschuiven gaat naar het volgende jaar van dezelfde post."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(why=""),
                name="budget_reallocation_has_reason",
                violation_error_message="Schrijf op waarom u schuift.",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__isnull=True) | models.Q(mandate__isnull=True),
                name="budget_reallocation_one_ground",
                violation_error_message="Een verschuiving rust op een besluit of op een mandaat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_line} {self.from_year} naar {self.to_line} {self.to_year}"


class LedgerEntry(AppendOnly):
    """One amount on one line and year, with the day it counts from and the moment it was written.

    `effective_on` can lie back; `recorded_at` never does. So 'as of D' is what was recorded until
    D, whatever was corrected since. A correction is a counter-entry (`counter_of`) and a new row.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    line = models.ForeignKey(FundLine, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("soort", max_length=12, choices=EntryKind)
    amount = EuroField("bedrag")
    effective_on = models.DateField("geldt op")
    recorded_at = models.DateTimeField("geboekt", default=clock.now)
    version = models.ForeignKey(BudgetVersion, models.PROTECT, null=True, related_name="entries")
    reallocation = models.ForeignKey(
        Reallocation, models.PROTECT, null=True, related_name="entries"
    )
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="entries")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="entries")
    counter_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="countered_by"
    )
    why = models.CharField("reden", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "boeking"
        verbose_name_plural = "boekingen"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["line", "year"]),
            # The newest rows of one fund among those of many, and which is the last.
            models.Index(fields=["fund", "id"], name="budget_entry_newest"),
            models.Index(fields=["fund", "recorded_at"], name="budget_entry_since"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(amount=0),
                name="budget_entry_not_zero",
                violation_error_message="Een boeking van nul euro zegt niets.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="budget", version__isnull=False)
                | models.Q(kind__in=["reallocation", "carry_over"], reallocation__isnull=False)
                | models.Q(kind__in=["commit", "release"], commitment__isnull=False)
                | models.Q(
                    kind__in=["invoice", "payment"],
                    commitment__isnull=False,
                    invoice__isnull=False,
                ),
                name="budget_entry_has_source",
                violation_error_message="Een boeking noemt waar zij vandaan komt.",
            ),
            models.CheckConstraint(
                condition=models.Q(counter_of__isnull=True) | ~models.Q(why=""),
                name="budget_counter_has_reason",
                violation_error_message="Schrijf op waarom u dit verbetert.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.line} {self.year}"
