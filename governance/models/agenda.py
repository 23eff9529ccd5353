"""The agenda of a meeting: the papers on it, the fixed points and what the secretary adds."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.enums import ItemKind, ItemResult, Treatment
from governance.models.body import Body
from governance.models.meeting import Meeting
from governance.models.proposal import ProposalVersion
from governance.models.route import RouteStep


class AgendaItem(models.Model):
    """One item of an agenda, and what came of it in this meeting: handled, or held over.

    A paper is a stop of a route with the version frozen for the body; a stop that was held over
    sits in several meetings, once in each. Every other item has a title of its own.

    `closing` points stay at the end when something is added. `off` was taken off before the meeting
    began: it has no number and no time, but keeps its reason and what members wrote about it.
    `announced` shows who may not read a secret paper that there is a point, without its title.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="items", verbose_name="vergadering"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    kind = models.CharField("soort", max_length=7, choices=ItemKind, default=ItemKind.PAPER)
    step = models.ForeignKey(
        RouteStep,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="halte",
    )
    version = models.ForeignKey(
        ProposalVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="versie",
    )
    title = models.CharField("titel", max_length=160, blank=True)
    text = models.TextField("toelichting", blank=True)
    minutes = models.PositiveSmallIntegerField("minuten", null=True, blank=True)
    treatment = models.CharField(
        "behandeling", max_length=10, choices=Treatment, default=Treatment.DISCUSSION
    )
    late = models.BooleanField("nagezonden", default=False)
    closing = models.BooleanField("aan het slot", default=False)
    off = models.BooleanField("van de agenda gehaald", default=False)
    announced = models.BooleanField("toon als besloten agendapunt", default=False)
    result = models.CharField("uitkomst", max_length=9, choices=ItemResult, default=ItemResult.OPEN)
    note = models.TextField("wat ervan kwam", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["meeting__starts_at", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "meeting"],
                name="governance_step_once_per_meeting",
                violation_error_message="Deze halte staat al op de agenda van die vergadering.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="paper", step__isnull=False, version__isnull=False)
                | (
                    ~models.Q(kind="paper")
                    & models.Q(step__isnull=True, version__isnull=True)
                    & ~models.Q(title="")
                ),
                name="governance_item_is_paper_or_titled",
                violation_error_message="Geef het agendapunt een titel, of kies een stuk.",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True)
                | models.Q(minutes__gte=1, minutes__lte=600),
                name="governance_item_minutes",
                violation_error_message="Vul 1 tot 600 minuten in.",
            ),
            models.CheckConstraint(
                condition=models.Q(off=False) | ~models.Q(note=""),
                name="governance_item_off_why",
                violation_error_message="Geef de reden van het weghalen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.step)


class AgendaTemplateItem(models.Model):
    """A fixed point of the meetings of a body: opening, announcements, any other business."""

    body = models.ForeignKey(
        Body, models.CASCADE, related_name="agenda_template", verbose_name="gremium"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=1)
    title = models.CharField("titel", max_length=160)
    text = models.TextField("toelichting", blank=True)
    minutes = models.PositiveSmallIntegerField("minuten", null=True, blank=True)
    treatment = models.CharField(
        "behandeling", max_length=10, choices=Treatment, default=Treatment.NOTE
    )
    closing = models.BooleanField("komt na de stukken", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vast agendapunt"
        verbose_name_plural = "vaste agendapunten"
        ordering = ["body", "closing", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True)
                | models.Q(minutes__gte=1, minutes__lte=600),
                name="governance_fixed_item_minutes",
                violation_error_message="Vul 1 tot 600 minuten in.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaVersion(models.Model):
    """The agenda as it was published: never changed, replaced by the next number.

    `frozen` is a FrozenAgenda as plain data; `changes` says per line what differs from the number
    before, each with the proposal it tells of (see governance.agenda_changes.Change).
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="agenda_versions", verbose_name="vergadering"
    )
    number = models.PositiveSmallIntegerField("versie")
    frozen = models.JSONField("inhoud")
    changes = models.JSONField("wijzigingen", default=list, blank=True)
    published_at = models.DateTimeField("gepubliceerd", default=clock.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "versie van de agenda"
        verbose_name_plural = "versies van de agenda"
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="governance_agenda_version_once",
                violation_error_message="Deze versie van de agenda is al gepubliceerd.",
            )
        ]

    def __str__(self) -> str:
        return f"agenda versie {self.number}"
