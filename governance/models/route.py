"""The consultation route: the bodies a proposal passes, each step in one or more meetings."""

from django.db import models
from simple_history.models import HistoricalRecords

from governance.enums import ProposalKind, Purpose, StepState
from governance.models.body import Body
from governance.models.meeting import Meeting
from governance.models.organisation import Region
from governance.models.proposal import Proposal, ProposalVersion


class RouteTemplate(models.Model):
    """The usual route of a region for a kind of proposal; adjusted per proposal."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="route_templates")
    name = models.CharField("naam", max_length=80)
    kind = models.CharField(
        "voor soort", max_length=14, choices=ProposalKind, blank=True, help_text="Leeg: elke soort."
    )
    local_decisions = models.BooleanField("daarna besluit elke gemeente zelf", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "routesjabloon"
        verbose_name_plural = "routesjablonen"
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="governance_template_name_once",
                violation_error_message="Deze naam is in de regio al in gebruik.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RouteTemplateStep(models.Model):
    """One stop of a template."""

    template = models.ForeignKey(RouteTemplate, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("volgorde")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="gremium")
    purpose = models.CharField("doel", max_length=8, choices=Purpose)

    class Meta:
        verbose_name = "halte van een sjabloon"
        verbose_name_plural = "haltes van een sjabloon"
        ordering = ["template", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_purpose_display()}"


class RouteStep(models.Model):
    """One stop of a proposal. `version` is the text that was frozen for this body.

    A step sits in one or more meetings; `meeting` is the present one. A skipped step keeps
    its reason.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("volgorde")
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="route_steps", verbose_name="gremium"
    )
    purpose = models.CharField("doel", max_length=8, choices=Purpose)
    state = models.CharField("stand", max_length=9, choices=StepState, default=StepState.PLANNED)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name="vergadering",
    )
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    version_final = models.BooleanField(
        "definitieve versie",
        default=False,
        help_text="Nee: de stukken zijn verstuurd terwijl advies nog volgt.",
    )
    outcome_note = models.TextField("uitkomst", blank=True)
    skip_reason = models.TextField("reden van overslaan", blank=True)
    urgent = models.BooleanField("overgeslagen met spoed", default=False, editable=False)
    skip_right = models.CharField("wie met spoed oversloeg", max_length=300, blank=True)
    skip_report = models.ForeignKey(
        "governance.AgendaItem",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Waar het overgeslagen gremium het hoort.",
    )
    # Whether the reader of a page may know of a decision here: set by `visible.steps_seen_by`.
    tells_decision = False

    history = HistoricalRecords()

    class Meta:
        verbose_name = "halte"
        verbose_name_plural = "haltes"
        ordering = ["proposal", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="skipped") | ~models.Q(skip_reason=""),
                name="governance_skip_has_reason",
                violation_error_message="Geef de reden waarom deze halte wordt overgeslagen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(urgent=True)
                | models.Q(state="skipped") & ~models.Q(skip_right=""),
                name="governance_urgent_has_right",
                violation_error_message="Zeg wie met spoed mocht overslaan.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["on_agenda", "handled"])
                | models.Q(meeting__isnull=False, version__isnull=False),
                name="governance_on_agenda_has_meeting",
                violation_error_message=(
                    "Op de agenda komt een halte met een vergadering en een vastgezette versie."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_purpose_display()}"
