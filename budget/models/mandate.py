"""Who may do which step with the money of a fund, and whose firm it would be."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from budget.enums import MOST, MandateAct
from budget.models.fund import Fund, FundLine
from core.money import EuroField
from core.versioning import Revisioned
from governance.models import Region
from governance.models.organisation import Granted


class Mandate(Granted):
    """One step that a person may do in a fund, for a term; an empty amount or line is no limit.

    The amount limits each act: a commitment, an invoice, a move of budget. It includes the amount
    itself ('tot en met').
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="mandates")
    act = models.CharField("handeling", max_length=16, choices=MandateAct)
    amount = EuroField("tot en met", null=True, blank=True)
    line = models.ForeignKey(
        FundLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="alleen voor post",
    )

    history = HistoricalRecords()

    class Meta(Granted.Meta):
        abstract = False
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ["fund", "act", "user__email", "valid_from"]
        constraints = [
            *Granted.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0, amount__lte=MOST),
                name="budget_mandate_amount_in_range",
                violation_error_message=(
                    "Een mandaat is meer dan nul en hoogstens € 999.999.999,99. Zonder grens laat "
                    "u het bedrag leeg."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_act_display()}"


class Supplier(Revisioned):
    """Who delivers and bills: a firm, a self-employed person, or hours of an organisation's own."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="suppliers")
    name = models.CharField("naam", max_length=160)
    sort_name = models.CharField(max_length=160, editable=False)
    kvk = models.CharField(
        "KVK-nummer",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", "Een KVK-nummer heeft acht cijfers.")],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "leverancier"
        verbose_name_plural = "leveranciers"
        ordering = ["region", "sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "sort_name"],
                name="budget_supplier_name_once",
                violation_error_message="Deze leverancier staat er al.",
            ),
            models.UniqueConstraint(
                fields=["region", "kvk"],
                condition=~models.Q(kvk=""),
                name="budget_supplier_kvk_once",
                violation_error_message="Dit KVK-nummer is al van een andere leverancier.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="budget_supplier_has_name",
                violation_error_message="Vul de naam van de leverancier in.",
            ),
            models.CheckConstraint(
                condition=models.Q(kvk="") | models.Q(kvk__regex=r"^[0-9]{8}$"),
                name="budget_supplier_kvk_digits",
                violation_error_message="Een KVK-nummer heeft acht cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_sort_name()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_sort_name(self) -> None:
        from core.formats import sort_key

        self.sort_name = sort_key(self.name)


class Interest(models.Model):
    """It is her own firm, or the hours billed are her own: she handles nothing of this supplier."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="interests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests", verbose_name="persoon"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "eigen belang"
        verbose_name_plural = "eigen belangen"
        ordering = ["supplier", "user__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "user"],
                name="budget_interest_once",
                violation_error_message="Dit belang staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.supplier}"
