"""Meetings of a body: the place where a step of a route is treated."""

from django.db import models
from simple_history.models import HistoricalRecords

from governance.enums import MeetingState
from governance.models.body import Body, Membership


class Meeting(models.Model):
    """One meeting of a body. The agenda and the book hang on it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="gremium")
    starts_at = models.DateTimeField("begint")
    place = models.CharField("plaats", max_length=120, blank=True)
    state = models.CharField(
        "stand", max_length=9, choices=MeetingState, default=MeetingState.PLANNED
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "starts_at"],
                condition=~models.Q(state="cancelled"),
                name="governance_meeting_once",
                violation_error_message="Dit gremium vergadert dan al.",
            )
        ]

    def __str__(self) -> str:
        from core.formats import long_date

        return f"{self.body}, {long_date(self.starts_at)}"


class Attendance(models.Model):
    """Who was there. The quorum is counted from this, by persons."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attendances")
    present = models.BooleanField("aanwezig", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="governance_attendance_once",
                violation_error_message="De aanwezigheid van dit lid is al vastgelegd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.meeting_id}"
