"""Proposals (stukken): their text in versions, what is asked, and what comes along."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.models import StoredFile
from core.money import EuroField
from core.versioning import Revisioned
from governance.enums import DECIDED, ProposalKind, ProposalState
from governance.models.body import Body
from governance.models.dated import Dated
from governance.models.organisation import Region


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def with_texts(self) -> "ProposalQuerySet":
        """With what a list shows, in a fixed number of queries."""
        return self.select_related("region", "working", "author_body")


class Proposal(models.Model):
    """What a body is asked to discuss, advise on or decide.

    The text lives in versions: `working` is the one being written, frozen ones never change.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField("nummer", editable=False)
    kind = models.CharField("soort", max_length=14, choices=ProposalKind)
    state = models.CharField(
        "stand", max_length=10, choices=ProposalState, default=ProposalState.CONCEPT
    )
    author_body = models.ForeignKey(
        Body, models.PROTECT, related_name="written", verbose_name="van"
    )
    commissioned_by = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commissioned",
        verbose_name="in opdracht van",
    )
    working = models.OneToOneField(
        "ProposalVersion", models.PROTECT, null=True, related_name="+", editable=False
    )
    local_decisions = models.BooleanField("daarna besluit elke gemeente zelf", default=False)
    source_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    example = models.BooleanField("voorbeeld", default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    # For the reader of a page: set by `governance.visible.as_seen_by`.
    shown_state: str
    hides_decision: bool

    objects = ProposalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"],
                name="governance_proposal_number_once",
                violation_error_message="Dit nummer is in de regio al vergeven.",
            )
        ]

    def __str__(self) -> str:
        return self.working.subject if self.working else f"voorstel {self.number}"

    @property
    def shown_state_label(self) -> str:
        return str(ProposalState(self.shown_state).label)

    @property
    def plain_state(self) -> str:
        """For a refusal: of what was decided only that it was treated. The outcome may be secret
        to who reads the sentence."""
        return "behandeld" if self.state in DECIDED else self.get_state_display()


class CoAuthor(Dated):
    """Somebody outside the author body who may write on one proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="coauthors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="coauthorships", verbose_name="wie"
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "medeauteur"
        verbose_name_plural = "medeauteurs"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal", "user"],
                name="governance_coauthor_once",
                violation_error_message="Deze persoon schrijft al mee.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ProposalVersion(Revisioned):
    """One version of the text. `frozen_at` is empty while it is written; then nothing changes."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    subject = models.CharField("onderwerp", max_length=200)
    summary = models.CharField(
        "samenvatting",
        max_length=200,
        blank=True,
        help_text="Wat verandert er en voor wie? Hoogstens 200 tekens.",
    )
    addressed_to = models.CharField("aan", max_length=200, blank=True)
    drafted_by = models.CharField("opgesteld door", max_length=120, blank=True)
    case_number = models.CharField("zaaknummer", max_length=40, blank=True)
    dated = models.DateField("datum", null=True, blank=True)
    cost = EuroField("gevraagd bedrag", null=True, blank=True)
    cost_note = models.CharField("toelichting op de kosten", max_length=200, blank=True)
    decision_intro = models.TextField("inleiding bij de beslispunten", blank=True)
    change_note = models.CharField("wat is er veranderd", max_length=200, blank=True)
    frozen_at = models.DateTimeField("vastgezet", null=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["proposal", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"],
                name="governance_version_number_once",
                violation_error_message="Dit versienummer bestaat al.",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=models.Q(frozen_at__isnull=True),
                name="governance_one_working_version",
                violation_error_message="Er is al een versie in bewerking.",
            ),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0),
                name="governance_cost_not_negative",
                violation_error_message="Een bedrag is nul of hoger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, versie {self.number}"


class Section(Revisioned):
    """A headed part of a version. `body` is cleaned HTML of a few plain elements."""

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField("volgorde")
    level = models.PositiveSmallIntegerField("niveau", default=1)
    heading = models.CharField("kop", max_length=200, blank=True)
    body = models.TextField("tekst", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "paragraaf"
        verbose_name_plural = "paragrafen"
        ordering = ["version", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=4),
                name="governance_section_level",
                violation_error_message="Een kop heeft niveau 1 tot en met 4.",
            )
        ]

    def __str__(self) -> str:
        return self.heading or f"paragraaf {self.order}"


class DecisionPoint(Revisioned):
    """What is asked, numbered by its order; decided one by one."""

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField("volgorde")
    text = models.TextField("beslispunt")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "beslispunt"
        verbose_name_plural = "beslispunten"
        ordering = ["version", "order", "pk"]

    def __str__(self) -> str:
        return self.text


class Attachment(models.Model):
    """A file that comes along with a version. Each has its own confidentiality.

    'Vertrouwelijk' is a mark for careful handling; secrecy (geheimhouding) is a decision.
    """

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="attachments")
    order = models.PositiveSmallIntegerField("volgorde")
    title = models.CharField("titel", max_length=160)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    confidential = models.BooleanField("vertrouwelijk", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["version", "order", "pk"]

    def __str__(self) -> str:
        return self.title
