"""Rows that every room needs and that know nothing of the domain."""

from typing import Any

from django.conf import settings
from django.db import models

from core import clock
from core.leases import Leased


def subject_key(instance: models.Model) -> tuple[str, int]:
    """How a row of any room is named here: its label ('governance.decision') and key."""
    return instance._meta.label_lower, instance.pk


class StoredFile(models.Model):
    """The one upload: bytes, with the type its content shows, never the type its name claims."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        PPTX = "pptx", "PowerPoint"
        ODT = "odt", "OpenDocument-tekst"
        PNG = "png", "afbeelding (PNG)"
        JPEG = "jpg", "afbeelding (JPEG)"
        TEXT = "txt", "tekst"
        CSV = "csv", "tabel (csv)"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "niet gescand"
        CLEAN = "clean", "schoon"
        INFECTED = "infected", "besmet"

    name = models.CharField("bestandsnaam", max_length=255)
    kind = models.CharField("soort", max_length=4, choices=Kind)
    size = models.PositiveBigIntegerField("grootte in bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(upload_to="files/%Y/%m/")
    scan = models.CharField("virusscan", max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What somebody is typing: one row per person and field group, overwritten, without history.

    Gone after the commit, or after 30 days. `base` holds the values the writer started from.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    base_revision = models.PositiveIntegerField(default=0)
    serial = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "concepttekst"
        verbose_name_plural = "conceptteksten"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="core_draft_one_per_person",
                violation_error_message="Er is al een concepttekst voor dit veld.",
            )
        ]

    def __str__(self) -> str:
        return self.key


class StatusChange(models.Model):
    """What a person did to an object and when: the trail on its page.

    simple-history says which field changed; this says what somebody did.
    """

    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    act = models.CharField(max_length=40)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_office = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "handeling"
        verbose_name_plural = "handelingen"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_label", "subject_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.subject_label} {self.subject_id}: {self.act}"

    @classmethod
    def log(
        cls,
        instance: models.Model,
        *,
        act: str,
        by: Any,
        before: str = "",
        after: str = "",
        why: str = "",
        by_office: str = "",
    ) -> "StatusChange":
        """Add one line to the trail of an object. `by` is the person, or None for the system."""
        label, pk = subject_key(instance)
        return cls.objects.create(
            subject_label=label,
            subject_id=pk,
            act=act,
            before=before,
            after=after,
            why=why,
            by=by,
            by_office=by_office,
            at=clock.now(),
        )

    @classmethod
    def of(cls, instance: models.Model) -> "models.QuerySet[StatusChange]":
        """The trail of one object, newest first."""
        label, pk = subject_key(instance)
        return cls.objects.filter(subject_label=label, subject_id=pk).select_related("by")


class Rendition(Leased):
    """The printable form of an upload: a PDF of A4 pages that can do nothing, made once.

    One row per file. What cannot be converted is `failed`, with a Dutch sentence that says why.
    """

    MAKING = "converting"

    class Status(models.TextChoices):
        QUEUED = "queued", "staat in de wachtrij"
        CONVERTING = "converting", "wordt omgezet"
        READY = "ready", "klaar"
        FAILED = "failed", "niet omgezet"

    source = models.OneToOneField(StoredFile, models.CASCADE, related_name="rendition")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    file = models.FileField(upload_to="renditions/", blank=True)  # named by sha256
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "drukbare vorm"
        verbose_name_plural = "drukbare vormen"
        indexes = [models.Index(fields=["status", "lease_until"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="ready") | ~models.Q(file_sha256=""),
                name="core_rendition_ready_has_file",
                violation_error_message="Een bestand is pas omgezet als de PDF er is.",
            )
        ]

    def __str__(self) -> str:
        return f"drukbare vorm van {self.source}"


class Document(Leased):
    """A PDF made from frozen content, by a worker with a lease.

    The same frozen content gives the same row (unique) and the same file. `progress` is how much
    is done while it is being made, in percent; only kinds that take long tell it.
    """

    MAKING = "rendering"

    class Status(models.TextChoices):
        QUEUED = "queued", "staat in de wachtrij"
        RENDERING = "rendering", "wordt gemaakt"
        READY = "ready", "klaar"
        FAILED = "failed", "mislukt"

    kind = models.CharField(max_length=40)
    source_label = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    frozen = models.JSONField()
    frozen_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(null=True, blank=True)
    file = models.FileField(upload_to="documents/", blank=True)  # named by sha256
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["status", "lease_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_label", "source_id", "frozen_sha256"],
                name="core_document_one_per_content",
                violation_error_message="Dit document bestaat al.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ready") | ~models.Q(file_sha256=""),
                name="core_document_ready_has_file",
                violation_error_message="Een document is pas klaar als het bestand er is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"


class OutboxMail(models.Model):
    """A mail as a row, sent by a task: never twice, never lost when the mail server is away.

    `key` names the reason for the mail, so that asking twice makes one mail.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht"
        SENDING = "sending", "wordt verstuurd"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "mislukt"

    key = models.CharField(max_length=160, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mail"
        indexes = [models.Index(fields=["status", "not_before"])]

    def __str__(self) -> str:
        return self.key
