"""The parts of the regional vision that the later rooms share."""

from django.db import models
from simple_history.models import HistoricalRecords

from governance.models import Municipality, Proposal, Region
from governance.models.dated import Dated, DatedQuerySet


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
    short = models.CharField(
        "korte naam",
        max_length=24,
        blank=True,
        help_text="Voor boven een smalle kolom. Leeg: daar staat de hele titel.",
    )
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

    @property
    def name_in_head(self) -> str:
        """How a narrow column calls it."""
        return self.short or self.title


class BlockLead(Dated):
    """The bestuurlijk trekker of a block: an alderman of one municipality, from..to.

    Named by office and municipality: who fills the office changes, and is nobody's business here.
    """

    block = models.ForeignKey(BuildingBlock, models.CASCADE, related_name="leads")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="block_leads", verbose_name="gemeente"
    )
    office = models.CharField("functie", max_length=80, default="wethouder jeugd")

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "bestuurlijk trekker"
        verbose_name_plural = "bestuurlijk trekkers"
        ordering = ["block", "municipality__sort_name", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["block", "municipality", "valid_from"],
                name="regioagenda_lead_once",
                violation_error_message="Deze trekker staat er vanaf die datum al.",
            ),
            models.UniqueConstraint(
                fields=["block", "municipality"],
                condition=models.Q(valid_from__isnull=True),
                name="regioagenda_lead_open_once",
                violation_error_message="Deze trekker staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.municipality}"


class ProposalBlock(models.Model):
    """A block of the regional vision that a proposal touches; `order` is that of the writer.

    Both belong to one region: the act refuses another, and on PostgreSQL a trigger does
    (database.py).
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="touched_blocks")
    block = models.ForeignKey(
        BuildingBlock, models.PROTECT, related_name="touched_by", verbose_name="bouwsteen"
    )
    order = models.PositiveSmallIntegerField("volgorde")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bouwsteen van een voorstel"
        verbose_name_plural = "bouwstenen van een voorstel"
        ordering = ["proposal", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "block"],
                name="regioagenda_proposal_block_once",
                violation_error_message="Dit onderdeel staat al bij het voorstel.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.block)
