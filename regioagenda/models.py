"""The parts of the regional vision that the later rooms share."""

from django.db import models
from simple_history.models import HistoricalRecords

from governance.models import Region


class BuildingBlock(models.Model):
    """A part of the regional vision: a bouwsteen (Rijnmond) or a thema (IJsselland).

    What a region calls it is data: `Region.block_label`.
    """

    class Group(models.TextChoices):
        LOCAL = "local", "lokaal"
        REGIONAL = "regional", "regionaal"

    region = models.ForeignKey(Region, models.PROTECT, related_name="building_blocks")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=160)
    group = models.CharField("groep", max_length=8, choices=Group, default=Group.LOCAL)
    description = models.TextField("toelichting", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bouwsteen"
        verbose_name_plural = "bouwstenen"
        ordering = ["region", "group", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "group", "number"],
                name="regioagenda_block_number_once",
                violation_error_message="Dit nummer is in deze regio al vergeven.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="regioagenda_block_number_from_one",
                violation_error_message="Een nummer is 1 of hoger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
