"""What a proposal asks of which line of a fund."""

from django.db import models
from simple_history.models import HistoricalRecords

from budget.enums import MOST
from budget.models.fund import FundLine
from core.money import EuroField
from governance.models import Proposal


class ProposalLine(models.Model):
    """An amount that a proposal asks of a line in a year. It takes nothing: that is a commitment's,
    after the decision."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="fund_lines")
    line = models.ForeignKey(
        FundLine, models.PROTECT, related_name="proposals", verbose_name="post"
    )
    year = models.PositiveSmallIntegerField("jaar")
    amount = EuroField("bedrag")
    note = models.CharField("toelichting", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "post van een voorstel"
        verbose_name_plural = "posten van een voorstel"
        ordering = ["proposal", "line", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "line", "year"],
                name="budget_proposal_line_once",
                violation_error_message="Deze post staat voor dit jaar al bij het voorstel.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lte=MOST),
                name="budget_proposal_amount_in_range",
                violation_error_message=(
                    "Een gevraagd bedrag is meer dan nul en hoogstens € 999.999.999,99."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2100)),
                name="budget_proposal_year_in_range",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.year}"
