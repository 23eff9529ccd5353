"""The budget of a fund, in versions: headings, lines, amounts per year, and what a sheet stated."""

import uuid
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from budget.enums import MOST, Scope, VersionState
from budget.models.fund import Fund, FundLine
from core import clock
from core.models import StoredFile
from core.money import CENT, EuroField
from core.versioning import Revisioned
from governance.models import Decision
from regioagenda.models import BuildingBlock


class BudgetVersion(models.Model):
    """One version of the budget: written, adopted, and later replaced by the next.

    Adopted by a decision in the portal, or on a `ground` ('BO van 29 januari 2020') for what was
    decided elsewhere. `seen_entry` is the last row of the ledger that its amounts take in. When
    read from a sheet it keeps the `file`, and which `sheet` of it; `remarks` is what that says and
    no row here holds, a line each.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    title = models.CharField("titel", max_length=120, blank=True)
    source = models.CharField("ingelezen uit", max_length=255, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="rekenblad",
    )
    sheet = models.CharField("blad", max_length=120, blank=True, editable=False)
    remarks = models.TextField("wat er verder in het blad staat", blank=True, editable=False)
    state = models.CharField(
        "stand", max_length=8, choices=VersionState, default=VersionState.CONCEPT
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_versions",
        verbose_name="besluit",
    )
    ground = models.CharField("vastgesteld door", max_length=200, blank=True)
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    drawn_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="successors"
    )
    seen_entry = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "begroting"
        verbose_name_plural = "begrotingen"
        ordering = ["fund", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "number"],
                name="budget_version_number_once",
                violation_error_message="Deze versie van de begroting bestaat al.",
            ),
            models.UniqueConstraint(
                fields=["fund"],
                condition=models.Q(state="concept"),
                name="budget_one_concept",
                violation_error_message=(
                    "Er is al een begroting in concept. Stel die vast of gooi haar weg."
                ),
            ),
            models.UniqueConstraint(
                fields=["fund"],
                condition=models.Q(state="adopted"),
                name="budget_one_in_force",
                violation_error_message="Er geldt al een vastgestelde begroting.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="concept", adopted_on__isnull=True)
                | (~models.Q(state="concept") & models.Q(adopted_on__isnull=False)),
                name="budget_version_adopted_when",
                violation_error_message="Een vastgestelde begroting heeft een datum.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="concept")
                | models.Q(decision__isnull=False)
                | ~models.Q(ground=""),
                name="budget_version_adopted_by_what",
                violation_error_message="Kies het besluit, of schrijf op wie dit vaststelde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or 'Begroting'}, versie {self.number}"


class SheetUpload(models.Model):
    """A sheet that somebody is reading in for a fund: only she sees it, until it is a version.

    What was not saved, or was thrown away again, goes after 30 days (`domain.imports`).
    """

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="uploads")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rekenblad"
        verbose_name_plural = "rekenbladen"

    def __str__(self) -> str:
        return str(self.file)


class Heading(models.Model):
    """A part of the budget with its own subtotal, perhaps about a building block of the region.

    `identity` stays the same over versions, so that a new name is told from a move of its lines.
    """

    version = models.ForeignKey(BudgetVersion, models.CASCADE, related_name="headings")
    order = models.PositiveSmallIntegerField("volgorde")
    name = models.CharField("naam", max_length=120)
    block = models.ForeignKey(
        BuildingBlock,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_headings",
        verbose_name="bouwsteen of thema",
    )
    identity = models.UUIDField(default=uuid.uuid4, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ["version", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="budget_heading_name_once",
                violation_error_message="Dit onderdeel staat er al.",
            ),
            models.UniqueConstraint(
                fields=["version", "identity"],
                name="budget_heading_identity_once",
                violation_error_message="Dit onderdeel staat al in deze versie.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="budget_heading_has_name",
                violation_error_message="Geef het onderdeel een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetLine(Revisioned):
    """A line in one version. The revision covers its amounts too: two people can change one line.

    Only the line for the unforeseen stands outside the headings.
    """

    version = models.ForeignKey(BudgetVersion, models.CASCADE, related_name="lines")
    heading = models.ForeignKey(
        Heading,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name="onderdeel",
    )
    line = models.ForeignKey(FundLine, models.PROTECT, related_name="in_versions")
    order = models.PositiveSmallIntegerField("volgorde")
    name = models.CharField("naam", max_length=200)
    explanation = models.TextField("toelichting", blank=True)
    execution = models.BooleanField("uitvoeringsbudget", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "begrotingspost"
        verbose_name_plural = "begrotingsposten"
        ordering = ["version", "heading__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "line"],
                name="budget_line_once",
                violation_error_message="Deze post staat al in deze versie.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="budget_line_has_name",
                violation_error_message="Geef de post een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LineYear(models.Model):
    """What a line gets in a year, and how that was reckoned where it was.

    `hours` a week x `weeks` x `rate` an hour, or `number` x `price`; a set is whole or empty. The
    amount may differ from its basis, as in a sheet that rounds: `differences.of_basis`.
    """

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("jaar")
    amount = EuroField("bedrag")
    hours = models.DecimalField(
        "uren per week", max_digits=7, decimal_places=2, null=True, blank=True
    )
    weeks = models.DecimalField("weken", max_digits=5, decimal_places=2, null=True, blank=True)
    rate = EuroField("tarief per uur", null=True, blank=True)
    number = models.DecimalField("aantal", max_digits=9, decimal_places=2, null=True, blank=True)
    price = EuroField("prijs per stuk", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bedrag van een jaar"
        verbose_name_plural = "bedragen per jaar"
        ordering = ["line", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "year"],
                name="budget_line_year_once",
                violation_error_message="Deze post heeft in dit jaar al een bedrag.",
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2100)),
                name="budget_line_year_in_range",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, amount__lte=MOST),
                name="budget_line_amount_in_range",
                violation_error_message=(
                    "Een bedrag in de begroting is nul of meer en hoogstens € 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(hours__isnull=True, weeks__isnull=True, rate__isnull=True)
                | models.Q(
                    # A comparison with nothing is neither true nor false, and would pass.
                    hours__isnull=False,
                    weeks__isnull=False,
                    rate__isnull=False,
                    hours__gte=0,
                    weeks__gte=0,
                    rate__gte=0,
                    number__isnull=True,
                ),
                name="budget_basis_hours_whole",
                violation_error_message=(
                    "Vul uren, weken en tarief alle drie in, zonder aantal en prijs; of geen ervan."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, price__isnull=True)
                | models.Q(number__isnull=False, price__isnull=False, number__gte=0, price__gte=0),
                name="budget_basis_number_whole",
                violation_error_message="Vul aantal en prijs allebei in, of geen van beide.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.year}"

    @property
    def from_basis(self) -> Decimal | None:
        """What the basis comes to, to the cent; None without one."""
        if self.hours is not None and self.weeks is not None and self.rate is not None:
            exact = self.hours * self.weeks * self.rate
        elif self.number is not None and self.price is not None:
            exact = self.number * self.price
        else:
            return None
        return Decimal(exact).quantize(CENT, rounding=ROUND_HALF_UP)


class StatedTotal(models.Model):
    """What the source sheet stated, beside what we compute; never changed, only judged.

    A judgement holds for the difference it was about (`judged_difference`): when the lines change
    afterwards, it has to be judged again.
    """

    version = models.ForeignKey(BudgetVersion, models.CASCADE, related_name="stated")
    scope = models.CharField("wat", max_length=11, choices=Scope)
    heading = models.ForeignKey(
        Heading, models.CASCADE, null=True, blank=True, related_name="stated"
    )
    year = models.PositiveSmallIntegerField("jaar")
    amount = EuroField("bedrag in het blad")
    judgement = models.CharField("oordeel", max_length=500, blank=True)
    judged_difference = EuroField(null=True, blank=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    judged_at = models.DateTimeField("beoordeeld", null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bedrag uit het blad"
        verbose_name_plural = "bedragen uit het blad"
        ordering = ["version", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "heading", "year"],
                name="budget_stated_heading_once",
                violation_error_message=(
                    "Dit onderdeel heeft in dit jaar al een bedrag uit het blad."
                ),
            ),
            models.UniqueConstraint(
                fields=["version", "scope", "year"],
                condition=models.Q(heading__isnull=True),
                name="budget_stated_once",
                violation_error_message="Dit bedrag uit het blad staat er al.",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="heading", heading__isnull=False)
                | (~models.Q(scope="heading") & models.Q(heading__isnull=True)),
                name="budget_stated_of_what",
                violation_error_message=(
                    "Alleen het subtotaal van een onderdeel noemt dat onderdeel."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(judgement="", judged_at__isnull=True)
                | (
                    ~models.Q(judgement="")
                    & models.Q(judged_at__isnull=False, judged_difference__isnull=False)
                ),
                name="budget_stated_judged_when",
                violation_error_message="Schrijf op hoe u het verschil beoordeelt.",
            ),
        ]

    def __str__(self) -> str:
        what = str(self.heading) if self.heading_id else self.get_scope_display()
        return f"{what} {self.year}"
