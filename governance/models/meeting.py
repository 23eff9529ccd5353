"""Meetings of a body: the place where a step of a route is treated."""

from datetime import datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core.calendar import add_working_days
from core.formats import local_day
from governance.enums import MeetingForm, MeetingState
from governance.models.body import Body, Membership

NOON = time(12)


def usual_positions_until(starts_at: datetime) -> datetime:
    """The working day before a meeting at 12.00 uur: enough to prepare the chair, late enough to
    read."""
    day = add_working_days(local_day(starts_at), -1)
    return timezone.make_aware(datetime.combine(day, NOON))


class Meeting(models.Model):
    """One meeting of a body. The agenda and the book hang on it.

    `until` is how long there is time, on the Dutch clock; the agenda warns when it takes longer.
    A written round is a meeting of that form: it begins when the papers go out.
    Until `positions_until` members let know their position; after it they see those of others.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="gremium")
    starts_at = models.DateTimeField("begint")
    until = models.TimeField("tijd tot", null=True, blank=True)
    form = models.CharField(
        "vorm", max_length=7, choices=MeetingForm, default=MeetingForm.MEETING, editable=False
    )
    place = models.CharField("plaats", max_length=120, blank=True)
    second_call_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="second_call",
        verbose_name="opnieuw uitgeschreven na",
        help_text="De vergadering die zonder quorum niet kon worden geopend.",
    )
    state = models.CharField(
        "stand", max_length=9, choices=MeetingState, default=MeetingState.PLANNED
    )
    laid_out = models.BooleanField("vaste punten staan klaar", default=False, editable=False)
    positions_until = models.DateTimeField("standpunten tot", blank=True)

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

        day = long_date(self.starts_at)
        if self.form == MeetingForm.WRITTEN:
            return f"{self.body}, schriftelijke ronde van {day}"
        return f"{self.body}, {day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.positions_until is None:
            self.positions_until = usual_positions_until(self.starts_at)
        super().save(*args, **kwargs)


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
