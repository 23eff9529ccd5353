"""Preparing a meeting: positions of members, annotations of their officials, questions, notes."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.versioning import Revisioned
from governance.enums import PositionChoice
from governance.models.advice import AdvicePoint
from governance.models.agenda import AgendaItem
from governance.models.body import Membership
from governance.models.organisation import Municipality


class Position(Revisioned):
    """What a sitting member lets know beforehand about a paper (standpunt); never public.

    It belongs to the seat of the member: her deputy gives it in her place, and `given_by` says so.
    Of who left it stays, and nobody changes it any more. `advice_point` is what 'akkoord, mits'
    became.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="positions")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="positions", verbose_name="lid"
    )
    choice = models.CharField("standpunt", max_length=8, choices=PositionChoice)
    text = models.TextField("toelichting", blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    given_at = models.DateTimeField(default=clock.now, editable=False)
    advice_point = models.OneToOneField(
        AdvicePoint, models.PROTECT, null=True, editable=False, related_name="position"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "standpunt"
        verbose_name_plural = "standpunten"
        ordering = ["item", "membership__seat__municipality__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "membership"],
                name="governance_position_once",
                violation_error_message="Dit lid gaf bij dit punt al een standpunt.",
            ),
            models.CheckConstraint(
                condition=~models.Q(choice__in=["agree_if", "object"]) | ~models.Q(text=""),
                name="governance_position_says_what",
                violation_error_message="Zeg erbij wat er anders moet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} bij punt {self.item_id}"


class Annotation(Revisioned):
    """What the officials of one municipality advise their own alderman on one item: a line and a
    text, for nobody outside that municipality."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="annotations")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="annotations", verbose_name="gemeente"
    )
    line = models.CharField("advies in één regel", max_length=200)
    text = models.TextField("toelichting", blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "annotatie"
        verbose_name_plural = "annotaties"
        ordering = ["item", "municipality__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "municipality"],
                name="governance_annotation_once",
                violation_error_message="Deze gemeente heeft bij dit punt al een annotatie.",
            ),
            models.CheckConstraint(
                condition=~models.Q(line=""),
                name="governance_annotation_has_line",
                violation_error_message="Geef uw advies in één regel.",
            ),
        ]

    def __str__(self) -> str:
        return f"annotatie van {self.municipality} bij punt {self.item_id}"


class Question(Revisioned):
    """A question about an item, and its answer; for everybody who reads the item.

    `membership` is the office in which a member asked, for a shielded member is named by it;
    empty for the adviser of a municipality. `seen_at` says that the asker saw the answer.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, editable=False, related_name="+"
    )
    text = models.TextField("vraag")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.TextField("antwoord", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    history = HistoricalRecords(excluded_fields=["seen_at"])

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["item", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="governance_answered_question_has_answer",
                violation_error_message="Een beantwoorde vraag heeft een antwoord.",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="governance_question_has_text",
                violation_error_message="Schrijf uw vraag op.",
            ),
        ]

    def __str__(self) -> str:
        return f"vraag bij punt {self.item_id}"

    @property
    def asker(self) -> str:
        return self.membership.shown_as if self.membership else str(self.asked_by)


class PrivateNote(models.Model):
    """What a member writes for herself. No history, no admin, no search, export, log or API.

    Goes with the membership: with the row, and as soon as its term has ended (domain.notes).
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="notes")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="notes")
    text = models.TextField("eigen notitie")
    kept_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "eigen notitie"
        verbose_name_plural = "eigen notities"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "membership"],
                name="governance_note_once",
                violation_error_message="Bij dit punt heeft u al een notitie.",
            )
        ]

    def __str__(self) -> str:
        return f"notitie {self.pk}"
