"""A fund: who gave it, for how long, how much, and the lines that money is promised on."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from budget.enums import MOST, LineKind
from core.money import EuroField
from core.versioning import Revisioned
from governance.models import Region


class Fund(Revisioned):
    """Money that a region got for a purpose and a period, such as the transformatiefonds.

    `realised_before` was spent up to and including `realised_year`, before the budget here begins;
    `realised_label` says where that figure comes from. Amounts are all with VAT, or all without.
    Who does which step with an invoice is data: mandates, and the two rules below.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="funds")
    slug = models.SlugField("kort adres", max_length=50)
    name = models.CharField("naam", max_length=120)
    grantor = models.CharField("subsidiegever", max_length=120)
    starts_on = models.DateField("eerste dag")
    ends_on = models.DateField("laatste dag")
    realised_before = EuroField("eerder besteed", default=0)
    realised_year = models.PositiveSmallIntegerField(
        "besteed tot en met jaar",
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    realised_label = models.CharField("bron van wat eerder is besteed", max_length=160, blank=True)
    contingency_rate = models.DecimalField(
        "percentage onvoorzien", max_digits=5, decimal_places=2, null=True, blank=True
    )
    includes_vat = models.BooleanField("bedragen zijn met btw", default=True)
    checker_makes_payable = models.BooleanField(
        "wie controleert, mag ook betaalbaar stellen", default=False
    )
    finance_pays = models.BooleanField(
        "wie de rol financiën heeft, registreert betalingen", default=True
    )
    totals_published_at = models.DateTimeField(
        "totalen openbaar sinds", null=True, blank=True, editable=False
    )
    # What no document tells (who was promised what) is made up in the demo, and says so.
    example = models.BooleanField("voorbeeld", default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fonds"
        verbose_name_plural = "fondsen"
        ordering = ["region", "starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "slug"],
                name="budget_fund_slug_once",
                violation_error_message="Dit korte adres is in de regio al in gebruik.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(grantor=""),
                name="budget_fund_has_name",
                violation_error_message="Geef het fonds een naam en zeg wie het geld gaf.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="budget_fund_days_in_order",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=models.Q(realised_before__gte=0, realised_before__lte=MOST),
                name="budget_fund_realised_in_range",
                violation_error_message=(
                    "Wat eerder is besteed, is nul of meer en hoogstens € 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(realised_before=0)
                | (models.Q(realised_year__isnull=False) & ~models.Q(realised_label="")),
                name="budget_fund_realised_has_source",
                violation_error_message=(
                    "Zeg tot en met welk jaar dit is besteed, en waar het bedrag vandaan komt."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(contingency_rate__isnull=True)
                | models.Q(contingency_rate__gte=0, contingency_rate__lte=100),
                name="budget_fund_rate_in_range",
                violation_error_message="Onvoorzien is een percentage van 0 tot en met 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> list[int]:
        """The years a budget of this fund can have."""
        first = max(self.starts_on.year, (self.realised_year or 0) + 1)
        return list(range(first, self.ends_on.year + 1))


class Instalment(models.Model):
    """A part of the grant: for a year, and received on a day or not yet."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="instalments")
    year = models.PositiveSmallIntegerField("jaar")
    label = models.CharField("naam", max_length=60, blank=True)
    amount = EuroField("bedrag")
    received_on = models.DateField("ontvangen op", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "termijn van de subsidie"
        verbose_name_plural = "termijnen van de subsidie"
        ordering = ["fund", "year", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year", "label"],
                name="budget_instalment_once",
                violation_error_message=(
                    "Deze termijn staat er al. Geef een tweede termijn in dat jaar een eigen naam."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2100)),
                name="budget_instalment_year_in_range",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lte=MOST),
                name="budget_instalment_in_range",
                violation_error_message=(
                    "Een termijn is meer dan nul en hoogstens € 999.999.999,99."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or 'termijn'} {self.year}"


class FundLine(models.Model):
    """A line over all versions of the budget: what commitments and ledger hang on.

    `name` is what the version in force calls it, or the last one that had it.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="lines")
    kind = models.CharField("soort", max_length=11, choices=LineKind, default=LineKind.ORDINARY)
    name = models.CharField("naam", max_length=200)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "post"
        verbose_name_plural = "posten"
        ordering = ["fund", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund"],
                condition=models.Q(kind="contingency"),
                name="budget_one_contingency_line",
                violation_error_message="Dit fonds heeft al een post onvoorzien.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_contingency(self) -> bool:
        return self.kind == LineKind.CONTINGENCY
