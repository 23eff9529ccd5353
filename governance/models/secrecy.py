"""Secrecy (geheimhouding) is a decision, not a flag."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.models.body import Body
from governance.models.decision import Decision
from governance.models.organisation import Region
from governance.models.proposal import Attachment, Proposal

TARGETS = ("proposal", "attachment", "decision")


class Secrecy(models.Model):
    """Imposed by a body on a date, on a ground, with a circle; lifted by whom and when.

    Everything derived from its target inherits it (Gemeentewet 87-89 by way of Wgr 23). Its target
    cannot be deleted: the record of what was secret, for whom, and who read it must last.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="secrecies")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="secrecies"
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="secrecies"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="secrecies"
    )
    imposed_by = models.ForeignKey(
        Body, models.PROTECT, related_name="+", verbose_name="opgelegd door"
    )
    imposed_on = models.DateField("opgelegd op")
    ground = models.TextField("grond")
    circle_bodies = models.ManyToManyField(
        Body, related_name="+", blank=True, verbose_name="gremia in de kring"
    )
    circle_people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name="mensen in de kring"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    lifted_by = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="opgeheven door"
    )
    lifted_on = models.DateField("opgeheven op", null=True, blank=True)
    lift_reason = models.TextField("reden van opheffen", blank=True)

    history = HistoricalRecords(m2m_fields=[circle_bodies, circle_people])

    class Meta:
        verbose_name = "geheimhouding"
        verbose_name_plural = "geheimhouding"
        ordering = ["-imposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    proposal__isnull=False, attachment__isnull=True, decision__isnull=True
                )
                | models.Q(proposal__isnull=True, attachment__isnull=False, decision__isnull=True)
                | models.Q(proposal__isnull=True, attachment__isnull=True, decision__isnull=False),
                name="governance_secrecy_of_one",
                violation_error_message="Geheimhouding rust op precies één stuk.",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground=""),
                name="governance_secrecy_has_ground",
                violation_error_message="Noem de grond van de geheimhouding.",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_on__isnull=False, lifted_by__isnull=False),
                name="governance_lifted_by_whom",
                violation_error_message="Noem wie de geheimhouding ophief en wanneer.",
            ),
            *[
                models.UniqueConstraint(
                    fields=[target],
                    condition=models.Q(lifted_on__isnull=True),
                    name=f"governance_one_secrecy_{target}",
                    violation_error_message="Op dit stuk rust al geheimhouding.",
                )
                for target in TARGETS
            ],
        ]

    def __str__(self) -> str:
        return f"geheimhouding van {self.imposed_on}"


class ReadingLog(models.Model):
    """Who read something secret, and when. Only added to."""

    secrecy = models.ForeignKey(Secrecy, models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzage"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} las {self.what}"
