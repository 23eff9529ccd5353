"""Money in motion: what was promised to whom, and what came of it in invoices."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from budget.enums import MOST, CommitmentState, InvoiceKind, InvoiceState
from budget.models.fund import Fund, FundLine
from budget.models.mandate import Mandate, Supplier
from core import clock
from core.money import EuroField
from core.versioning import Revisioned


class Commitment(Revisioned):
    """A promise to a supplier, on one line and for one year. It takes its amount when it is signed.

    With a `condition` it is 'onder voorbehoud': signed all the same, but nothing becomes payable
    before somebody recorded that the condition was met.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="commitments")
    line = models.ForeignKey(
        FundLine, models.PROTECT, related_name="commitments", verbose_name="post"
    )
    year = models.PositiveSmallIntegerField("jaar")
    sequence = models.PositiveIntegerField("volgnummer")
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="commitments", verbose_name="leverancier"
    )
    amount = EuroField("bedrag")
    what = models.CharField("waarvoor", max_length=300)
    reference = models.CharField("kenmerk", max_length=80, blank=True)
    starts_on = models.DateField("van")
    ends_on = models.DateField("tot en met")
    condition = models.CharField("onder voorbehoud van", max_length=300, blank=True)
    condition_met_on = models.DateField("aan voorbehoud voldaan op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=9, choices=CommitmentState, default=CommitmentState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    signed_under = models.ForeignKey(
        Mandate, models.PROTECT, null=True, editable=False, related_name="signed"
    )
    signed_on = models.DateField("getekend op", null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "verplichting"
        verbose_name_plural = "verplichtingen"
        ordering = ["fund", "-year", "-sequence"]
        indexes = [models.Index(fields=["line", "year", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year", "sequence"],
                name="budget_commitment_number_once",
                violation_error_message="Dit nummer van een verplichting bestaat al.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lte=MOST),
                name="budget_commitment_in_range",
                violation_error_message=(
                    "Een verplichting is meer dan nul en hoogstens € 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(what=""),
                name="budget_commitment_for_what",
                violation_error_message="Schrijf op waarvoor dit is.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="budget_commitment_days_in_order",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    starts_on__year=models.F("year"), ends_on__year=models.F("year")
                ),
                name="budget_commitment_within_year",
                violation_error_message=(
                    "Een verplichting geldt voor één jaar. Loopt zij over twee jaren, maak er dan "
                    "één per jaar."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(condition_met_on__isnull=True) | ~models.Q(condition=""),
                name="budget_condition_met_of_what",
                violation_error_message="Deze verplichting heeft geen voorbehoud.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "cancelled"])
                | models.Q(signed_on__isnull=False),
                name="budget_commitment_signed_when",
                violation_error_message="Een getekende verplichting heeft een datum.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

    @property
    def number(self) -> str:
        """As people cite it: '2021-003'."""
        return f"{self.year}-{self.sequence:03d}"

    @property
    def waits_on_condition(self) -> bool:
        return bool(self.condition) and self.condition_met_on is None


class Invoice(Revisioned):
    """What a supplier bills on a commitment. A credit note is below zero.

    Anything can be received; what counts is decided when it is made payable. One paper invoice on
    two commitments is two rows with the same number and another `part`.
    """

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="invoices", verbose_name="verplichting"
    )
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="invoices", verbose_name="leverancier"
    )
    number = models.CharField("factuurnummer", max_length=60)
    number_key = models.CharField(max_length=60, editable=False)
    part = models.PositiveSmallIntegerField("deel", default=1, editable=False)
    kind = models.CharField("soort", max_length=7, choices=InvoiceKind)
    amount = EuroField("bedrag")
    dated = models.DateField("factuurdatum")
    received_on = models.DateField("ontvangen op")
    state = models.CharField(
        "stand", max_length=9, choices=InvoiceState, default=InvoiceState.RECEIVED
    )
    performance = models.TextField("wat is geleverd", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_at = models.DateTimeField("gecontroleerd", null=True, blank=True, editable=False)
    payable_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    payable_at = models.DateTimeField("betaalbaar gesteld", null=True, blank=True, editable=False)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    paid_on = models.DateField("betaald op", null=True, blank=True, editable=False)
    dispute = models.TextField("wat er niet klopt", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "factuur"
        verbose_name_plural = "facturen"
        ordering = ["-received_on", "-pk"]
        indexes = [
            # A list of thousands finds its page and its total here, without the rows themselves.
            models.Index(
                fields=["commitment", "received_on", "id"],
                include=["state", "amount"],
                name="budget_invoice_listed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "number_key", "part"],
                condition=~models.Q(state="cancelled"),
                name="budget_invoice_number_once",
                violation_error_message="Dit factuurnummer van deze leverancier staat er al.",
            ),
            models.CheckConstraint(
                condition=~models.Q(number_key=""),
                name="budget_invoice_has_number",
                violation_error_message="Vul het factuurnummer in.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="credit", amount__lt=0, amount__gte=-MOST)
                | (~models.Q(kind="credit") & models.Q(amount__gt=0, amount__lte=MOST)),
                name="budget_invoice_in_range",
                violation_error_message=(
                    "Een factuur is meer dan nul, een creditnota minder; hoogstens "
                    "€ 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["checked", "payable", "paid"])
                | (models.Q(checked_at__isnull=False) & ~models.Q(performance="")),
                name="budget_invoice_checked_what",
                violation_error_message="Schrijf op wat er is geleverd.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["payable", "paid"])
                | models.Q(payable_at__isnull=False),
                name="budget_invoice_payable_when",
                violation_error_message="Wat betaalbaar is, heeft een moment.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="paid") | models.Q(paid_on__isnull=False),
                name="budget_invoice_paid_when",
                violation_error_message="Vul de datum van betaling in.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="disputed") | ~models.Q(dispute=""),
                name="budget_invoice_disputed_why",
                violation_error_message="Schrijf op wat er niet klopt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_number_key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_number_key(self) -> None:
        """'F 2021/03' and 'f2021/03' are one invoice."""
        from core.formats import sort_key

        self.number_key = sort_key(self.number).replace(" ", "")
