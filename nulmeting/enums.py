"""Stored values are English, labels are Dutch."""

from django.db.models import IntegerChoices, TextChoices


class InstrumentState(TextChoices):
    """A fixed instrument never changes: answers refer to it. A next one is drawn from it."""

    DRAFT = "draft", "in voorbereiding"
    FIXED = "fixed", "vastgesteld"


class RoundState(TextChoices):
    DRAFT = "draft", "in voorbereiding"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
    PUBLISHED = "published", "gepubliceerd"


class SubmissionState(TextChoices):
    NOT_STARTED = "not_started", "nog niet begonnen"
    IN_PROGRESS = "in_progress", "bezig"
    SUBMITTED = "submitted", "ingediend"
    RETURNED = "returned", "teruggegeven"
    APPROVED = "approved", "vastgesteld"


class Score(IntegerChoices):
    """The scale of the instrument; its names and meaning are data (`Level`)."""

    ONE = 1, "1"
    TWO = 2, "2"
    THREE = 3, "3"
    FOUR = 4, "4"
    FIVE = 5, "5"


class Given(TextChoices):
    """What kind of answer was given; only a score counts in the figures."""

    SCORE = "score", "score"
    UNKNOWN = "unknown", "weet niet"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"


class ApprovalWay(TextChoices):
    PORTAL = "portal", "in het portaal"
    LINK = "link", "met een link en een code"
    PAPER = "paper", "op papier"


# From this score up an answer should have evidence; without it there is a warning (design.md).
EVIDENCE_FROM = Score.THREE
MAX_EXPLANATION = 1000
