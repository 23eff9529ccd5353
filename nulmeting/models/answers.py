"""What a municipality answers, per building block."""

from django.core.validators import MaxLengthValidator
from django.db import models
from simple_history.models import HistoricalRecords

from core.models import StoredFile
from core.versioning import Revisioned
from nulmeting.enums import MAX_EXPLANATION, Given, Score
from nulmeting.models.instrument import Item
from nulmeting.models.round import Submission
from regioagenda.models import BuildingBlock


class BlockAnswer(Revisioned):
    """One block of a submission: ambition with its year, explanation, what to share and what help.

    The revision covers the answers to its items too: a block is one page, which two people can
    fill in at once. `shared` is what other municipalities may read after publication, and only
    when `may_share` was ticked; explanation and evidence never leave municipality and team.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="blocks")
    block = models.ForeignKey(BuildingBlock, models.PROTECT, related_name="answers")
    ambition = models.PositiveSmallIntegerField("ambitie", choices=Score, null=True, blank=True)
    ambition_year = models.PositiveSmallIntegerField("in welk jaar", null=True, blank=True)
    explanation = models.TextField(
        "toelichting", blank=True, validators=[MaxLengthValidator(MAX_EXPLANATION)]
    )
    may_share = models.BooleanField("delen met andere gemeenten", default=False)
    shared = models.TextField(
        "wat andere gemeenten hieraan hebben",
        blank=True,
        validators=[MaxLengthValidator(MAX_EXPLANATION)],
    )
    support = models.TextField(
        "welke hulp is nodig", blank=True, validators=[MaxLengthValidator(MAX_EXPLANATION)]
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antwoord op een bouwsteen"
        verbose_name_plural = "antwoorden op bouwstenen"
        ordering = ["submission", "block__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "block"],
                name="nulmeting_block_answer_once",
                violation_error_message="Deze bouwsteen heeft al een antwoord.",
            ),
            models.CheckConstraint(
                condition=models.Q(ambition__isnull=True) | models.Q(ambition__range=(1, 5)),
                name="nulmeting_ambition_from_one_to_five",
                violation_error_message="Een ambitie is 1, 2, 3, 4 of 5.",
            ),
            models.CheckConstraint(
                condition=models.Q(ambition_year__isnull=True)
                | models.Q(ambition_year__range=(2000, 2100)),
                name="nulmeting_ambition_year_in_range",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
            models.CheckConstraint(
                condition=models.Q(may_share=False) | ~models.Q(shared=""),
                name="nulmeting_shared_has_text",
                violation_error_message="Schrijf op wat u wilt delen, of haal het vinkje weg.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.block}"


class Answer(models.Model):
    """The answer to one item: a score, or the word that there is none.

    No row means not answered yet. `kept` says that last round's score was confirmed with 'geldt
    nog', a deliberate choice.
    """

    block = models.ForeignKey(BlockAnswer, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="answers")
    given = models.CharField("antwoord", max_length=14, choices=Given)
    score = models.PositiveSmallIntegerField("score", choices=Score, null=True, blank=True)
    kept = models.BooleanField("geldt nog", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["block", "item__number"]
        indexes = [models.Index(fields=["item", "score"])]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "item"],
                name="nulmeting_answer_once",
                violation_error_message="Deze vraag heeft al een antwoord.",
            ),
            models.CheckConstraint(
                condition=models.Q(given="score", score__range=(1, 5))
                | (~models.Q(given="score") & models.Q(score__isnull=True)),
                name="nulmeting_score_from_one_to_five",
                violation_error_message=(
                    "Kies een score van 1 tot en met 5, ‘weet niet’ of ‘niet van toepassing’."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.score or self.get_given_display()}"


class Evidence(models.Model):
    """What shows that a score is right: a title, a date, and perhaps a link or a file.

    One piece may serve several items of the submission.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="evidence")
    title = models.CharField("titel", max_length=160)
    dated_on = models.DateField("datum")
    url = models.URLField("link", blank=True, max_length=500)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestand"
    )
    items = models.ManyToManyField(Item, related_name="evidence", verbose_name="vragen")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        ordering = ["-dated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="nulmeting_evidence_has_title",
                violation_error_message="Geef het bewijs een titel.",
            )
        ]

    def __str__(self) -> str:
        return self.title
