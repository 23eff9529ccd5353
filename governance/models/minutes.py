"""What a meeting leaves behind: its record per item, action points, and the decision list."""

from datetime import date

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.versioning import Revisioned
from governance.enums import ActionState, ListState
from governance.models.agenda import AgendaItem
from governance.models.body import Body, Membership
from governance.models.meeting import Meeting


class ItemRecord(Revisioned):
    """What was said on one item of an agenda and what was concluded; typed while they meet.

    Two people type at once: each field is merged or refused apart (core.versioning).
    """

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="record")
    discussed = models.TextField("besproken", blank=True)
    conclusion = models.TextField("conclusie", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "verslag van een agendapunt"
        verbose_name_plural = "verslagen van agendapunten"

    def __str__(self) -> str:
        return f"verslag: {self.item}"


class ActionPoint(Revisioned):
    """Something that was promised in a meeting: by whom, and before which day.

    The owner is a member of a body, or an office outside it. Open ones come on the next agenda of
    the body by themselves.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="actions", verbose_name="gremium")
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="agendapunt",
    )
    text = models.TextField("wat")
    owner = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="wie",
    )
    office = models.CharField("wie, als het geen lid is", max_length=120, blank=True)
    due = models.DateField("uiterlijk")
    state = models.CharField(
        "stand", max_length=7, choices=ActionState, default=ActionState.OPEN, editable=False
    )
    outcome = models.TextField("wat ervan kwam", blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False, office="")
                | (models.Q(owner__isnull=True) & ~models.Q(office="")),
                name="governance_action_of_one",
                violation_error_message="Kies een lid, of noem een functie; niet allebei.",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="governance_action_has_text",
                violation_error_message="Schrijf op wat er gaat gebeuren.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dropped") | ~models.Q(outcome=""),
                name="governance_action_dropped_why",
                violation_error_message="Geef de reden waarom dit actiepunt vervalt.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def owner_shown(self) -> str:
        """Who does it, as every screen and paper may name them."""
        return self.owner.shown_as if self.owner else self.office

    def owner_left(self, day: date | None = None) -> bool:
        """The member who promised it no longer fills that place: somebody has to take it over."""
        return self.owner is not None and not (
            self.owner.is_current(day) and self.owner.user.is_active
        )

    @property
    def late(self) -> bool:
        return self.state == ActionState.OPEN and self.due < clock.today()


class DecisionList(models.Model):
    """The decision list of a meeting: concept, published as concept, adopted in a later meeting.

    `frozen` is the content as it was last made. What is secret is not in it.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="decision_list")
    state = models.CharField(
        "stand", max_length=9, choices=ListState, default=ListState.CONCEPT, editable=False
    )
    frozen = models.JSONField(default=dict, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField("gepubliceerd", null=True, editable=False)
    adopted_in = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="adopted_lists",
        verbose_name="vastgesteld in",
    )
    corrections = models.TextField("verbeteringen", blank=True)
    report = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    example = models.BooleanField("voorbeeld", default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "besluitenlijst"
        verbose_name_plural = "besluitenlijsten"
        ordering = ["-meeting__starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="concept") | models.Q(published_at__isnull=False),
                name="governance_list_published_when",
                violation_error_message="Publiceer de besluitenlijst eerst.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="concept") | models.Q(published_at__isnull=True),
                name="governance_list_concept_not_out",
                violation_error_message="Een lijst in voorbereiding is niet gepubliceerd.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(adopted_in__isnull=False),
                name="governance_list_adopted_where",
                violation_error_message="Kies de vergadering die de lijst vaststelde.",
            ),
        ]

    def __str__(self) -> str:
        return f"besluitenlijst {self.meeting}"
