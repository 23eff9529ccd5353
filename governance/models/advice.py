"""Advice, point by point, and what was done with it."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.versioning import Revisioned
from governance.enums import AnswerKind
from governance.models.body import Body
from governance.models.proposal import Proposal, ProposalVersion
from governance.models.route import RouteStep


class AdvicePoint(Revisioned):
    """One point of advice of a body on a date, and its answer.

    The route step is optional: advice can precede the route. An answer always has a reason;
    'overgenomen' and 'deels' name the version in which.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="advice")
    body = models.ForeignKey(Body, models.PROTECT, related_name="advice", verbose_name="gremium")
    step = models.ForeignKey(
        RouteStep, models.PROTECT, null=True, blank=True, related_name="advice"
    )
    given_on = models.DateField("datum")
    number = models.PositiveSmallIntegerField("punt")
    text = models.TextField("advies")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField("verwerking", max_length=8, choices=AnswerKind, blank=True)
    reason = models.TextField("toelichting", blank=True)
    answered_in = models.ForeignKey(
        ProposalVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_advice",
        verbose_name="verwerkt in versie",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "adviespunt"
        verbose_name_plural = "adviespunten"
        ordering = ["given_on", "body__order", "body", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "body", "given_on", "number"],
                name="governance_advice_number_once",
                violation_error_message="Dit adviespunt bestaat al.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | ~models.Q(reason=""),
                name="governance_answer_has_reason",
                violation_error_message="Geef de reden bij het antwoord.",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=["adopted", "partly"])
                | models.Q(answered_in__isnull=False),
                name="governance_adopted_names_version",
                violation_error_message="Noem de versie waarin het advies is verwerkt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, punt {self.number}"
