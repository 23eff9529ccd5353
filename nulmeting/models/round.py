"""When it is asked, and where each municipality stands."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.models import StoredFile
from governance.models import Municipality, Region
from nulmeting.enums import ApprovalWay, RoundState, SubmissionState
from nulmeting.models.instrument import Instrument


class Round(models.Model):
    """One baseline (nulmeting) of a region: a year, an instrument, and the days it is open.

    `closes_on` is the last day on which can be filled in. `compared_with` is the round whose
    answers stand beside the new ones. An `example` says on page and paper that it was made up.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(
        "jaar", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="rounds", verbose_name="vragenlijst"
    )
    opens_on = models.DateField("opent op")
    closes_on = models.DateField("invullen tot en met")
    guidance = models.TextField("toelichting", blank=True)
    compared_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vergeleken met",
    )
    state = models.CharField("stand", max_length=9, choices=RoundState, default=RoundState.DRAFT)
    example = models.BooleanField("voorbeeld", default=False, editable=False)
    published_at = models.DateTimeField("gepubliceerd", null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                name="nulmeting_round_once_a_year",
                violation_error_message="Dit jaar heeft al een nulmeting.",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="nulmeting_round_days_in_order",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2100)),
                name="nulmeting_round_year_in_range",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=False, state="published")
                | (models.Q(published_at__isnull=True) & ~models.Q(state="published")),
                name="nulmeting_round_published_when",
                violation_error_message="Een gepubliceerde ronde heeft een datum van publicatie.",
            ),
            models.CheckConstraint(
                condition=models.Q(compared_with__isnull=True)
                | ~models.Q(compared_with=models.F("id")),
                name="nulmeting_round_compared_with_other",
                violation_error_message="Een ronde vergelijkt zich niet met zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"Nulmeting {self.year}"


class Submission(models.Model):
    """What one municipality hands in for one round.

    `reopened_until` lets this municipality go on after the round closed, up to and including that
    day. `remarks` is what the approver wants changed.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="submissions")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="submissions", verbose_name="gemeente"
    )
    state = models.CharField(
        "stand", max_length=11, choices=SubmissionState, default=SubmissionState.NOT_STARTED
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField("ingediend", null=True, blank=True, editable=False)
    remarks = models.TextField("opmerkingen van de vaststeller", blank=True)
    reopened_until = models.DateField("heropend tot en met", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        ordering = ["municipality__sort_name"]
        indexes = [models.Index(fields=["municipality", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "municipality"],
                name="nulmeting_submission_once",
                violation_error_message="Deze gemeente doet in deze ronde al mee.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["submitted", "approved"])
                | models.Q(submitted_at__isnull=False),
                name="nulmeting_submission_submitted_when",
                violation_error_message="Wat is ingediend, heeft een moment van indienen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(remarks=""),
                name="nulmeting_submission_returned_why",
                violation_error_message="Schrijf op wat er anders moet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.round}"


class Approval(models.Model):
    """Somebody of the municipality stood for exactly these answers (`content_sha256`).

    In the portal by an approver; with a link and a code by an alderman without an account (`office`
    says who); or on paper, which the region confirms. A later change makes it lapse, and the row
    stays: what was approved when can always be told.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="approvals")
    way = models.CharField("manier", max_length=6, choices=ApprovalWay)
    content_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    office = models.CharField("functie", max_length=120, blank=True)
    at = models.DateTimeField(default=clock.now)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    paper_date = models.DateField("datum van het stuk", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("bevestigd door de regio", null=True, blank=True)
    lapsed_at = models.DateTimeField("vervallen", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(lapsed_at__isnull=True),
                name="nulmeting_one_approval_holds",
                violation_error_message="Deze inzending is al vastgesteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(way="portal", by__isnull=False)
                | (models.Q(way="link") & ~models.Q(office=""))
                | models.Q(
                    way="paper", by__isnull=False, paper__isnull=False, paper_date__isnull=False
                ),
                name="nulmeting_approval_says_who",
                violation_error_message="Zeg wie vaststelde; bij papier hoort een stuk met datum.",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(way="paper"),
                name="nulmeting_only_paper_is_confirmed",
                violation_error_message="Alleen een vaststelling op papier wordt bevestigd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_way_display()}"


class ApprovalInvite(models.Model):
    """A link with a code for an alderman who has no account; of both only a hash is kept.

    It leads to the answers as they are when it is opened; approving binds to exactly those.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="invites")
    email = models.EmailField("e-mailadres")
    office = models.CharField("functie", max_length=120)
    token_sha256 = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField("geldig tot")
    used_at = models.DateTimeField("gebruikt", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    class Meta:
        verbose_name = "verzoek om vast te stellen"
        verbose_name_plural = "verzoeken om vast te stellen"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="nulmeting_one_open_invite",
                violation_error_message="Er is al een link verstuurd. Trek die eerst in.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.office}"
