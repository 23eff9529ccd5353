"""Written rounds: a decision between two meetings, where a body's own rules know it."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.enums import RoundAnswerKind, WrittenState
from governance.models.agenda import AgendaItem
from governance.models.body import Membership
from governance.models.meeting import Meeting
from governance.models.route import RouteStep


class WrittenRound(models.Model):
    """One paper, put in writing to the members with a vote, with the reason and a last day.

    It is a meeting of the form 'written', so that decision, attendance and quorum stay what they
    are: who answers is present. One member who asks to discuss it ends the round.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="written_round")
    step = models.ForeignKey(RouteStep, models.PROTECT, related_name="written_rounds")
    reason = models.TextField("waarom dit niet kan wachten")
    right = models.CharField("waarop dit steunt", max_length=300)
    closes_on = models.DateField("antwoorden tot en met")
    state = models.CharField(
        "stand", max_length=10, choices=WrittenState, default=WrittenState.OPEN, editable=False
    )
    outcome = models.TextField("wat ervan kwam", blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    report = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "schriftelijke ronde"
        verbose_name_plural = "schriftelijke rondes"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["step"],
                condition=models.Q(state="open"),
                name="governance_one_open_round_per_step",
                violation_error_message="Over dit stuk loopt al een schriftelijke ronde.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="governance_round_has_reason",
                violation_error_message="Geef de reden van de schriftelijke ronde.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(outcome=""),
                name="governance_round_has_outcome",
                violation_error_message="Leg vast wat er van de ronde kwam.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class RoundAnswer(models.Model):
    """What one member answered; it can be changed until the round is closed."""

    round = models.ForeignKey(WrittenRound, models.CASCADE, related_name="answers")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="round_answers", verbose_name="lid"
    )
    answer = models.CharField("antwoord", max_length=8, choices=RoundAnswerKind)
    note = models.TextField("toelichting", blank=True)
    answered_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antwoord in een schriftelijke ronde"
        verbose_name_plural = "antwoorden in een schriftelijke ronde"
        ordering = ["membership__seat__municipality__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "membership"],
                name="governance_round_answer_once",
                violation_error_message="Dit lid heeft al geantwoord.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="agree") | ~models.Q(note=""),
                name="governance_round_answer_says_why",
                violation_error_message="Zeg erbij waarom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_answer_display()}"
