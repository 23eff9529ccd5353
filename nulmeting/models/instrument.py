"""What is asked: the questions and level descriptions of each building block, in versions."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.models import Region
from nulmeting.enums import InstrumentState, Score
from regioagenda.models import BuildingBlock


class Instrument(models.Model):
    """One version of the questions of a region. Fixed once a round uses it.

    A next version is drawn from the last one (`drawn_from`), so that questions that stay the same
    keep their identity and years can be compared.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="instruments")
    version = models.PositiveSmallIntegerField("versie")
    title = models.CharField("titel", max_length=120)
    guidance = models.TextField("uitleg vooraf", blank=True)
    state = models.CharField(
        "stand", max_length=5, choices=InstrumentState, default=InstrumentState.DRAFT
    )
    drawn_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="successors"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["region", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "version"],
                name="nulmeting_instrument_version_once",
                violation_error_message="Deze versie van de vragenlijst bestaat al.",
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=models.Q(state="draft"),
                name="nulmeting_one_draft_instrument",
                violation_error_message=(
                    "Er is al een vragenlijst in voorbereiding. Maak die eerst af."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}"


class Level(models.Model):
    """What a score means: on the scale as a whole (`block` empty), or on one building block."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="levels")
    block = models.ForeignKey(
        BuildingBlock, models.PROTECT, null=True, blank=True, related_name="levels"
    )
    score = models.PositiveSmallIntegerField("score", choices=Score)
    name = models.CharField("naam", max_length=40, blank=True)
    text = models.CharField("omschrijving", max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "niveau"
        verbose_name_plural = "niveaus"
        ordering = ["instrument", "block__number", "score"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "block", "score"],
                name="nulmeting_level_once",
                violation_error_message="Dit niveau is al omschreven.",
            ),
            # SQLite knows no NULLS NOT DISTINCT: the scale itself gets a rule of its own.
            models.UniqueConstraint(
                fields=["instrument", "score"],
                condition=models.Q(block__isnull=True),
                name="nulmeting_scale_level_once",
                violation_error_message="Dit niveau van de schaal is al omschreven.",
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(1, 5)),
                name="nulmeting_level_from_one_to_five",
                violation_error_message="Een niveau is 1, 2, 3, 4 of 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score}: {self.name or self.text}"


class Item(models.Model):
    """One question on a building block.

    `identity` stays the same over versions as long as the question asks the same; a question that
    changed gets a new one and names what it replaces, so that no two years are compared in silence.
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="items")
    block = models.ForeignKey(BuildingBlock, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(
        "nummer", validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    text = models.CharField("vraag", max_length=300)
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "deelvraag"
        verbose_name_plural = "deelvragen"
        ordering = ["instrument", "block__number", "number"]
        indexes = [models.Index(fields=["identity"])]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "block", "number"],
                name="nulmeting_item_number_once",
                violation_error_message="Dit nummer is bij deze bouwsteen al vergeven.",
            ),
            models.UniqueConstraint(
                fields=["instrument", "identity"],
                name="nulmeting_item_identity_once",
                violation_error_message="Deze vraag staat al in de vragenlijst.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, 20)),
                name="nulmeting_item_number_in_range",
                violation_error_message="Een vraag heeft een nummer van 1 tot en met 20.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block.number}.{self.number} {self.text}"
