"""What the municipalities of a region are asked, before a decision or after it, and their answers.

One round is one question to all colleges or all councils; each municipality has one step in it.
"""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from core.models import StoredFile
from core.versioning import Revisioned
from governance.enums import (
    Addressee,
    AnswerKind,
    LocalKind,
    LocalOutcome,
    LocalRoundState,
    LocalStepState,
    TermSource,
    TermUnit,
)
from governance.models.decision import Decision
from governance.models.organisation import Municipality, Region
from governance.models.proposal import Proposal, ProposalVersion
from governance.models.route import RouteStep

# What somebody has to say something about: these outcomes need a text, and an answer of the region.
WITH_TEXT = (
    LocalOutcome.REMARKS,
    LocalOutcome.NEGATIVE,
    LocalOutcome.AMENDED,
    LocalOutcome.REFUSED,
)
DECIDED = (LocalOutcome.AGREED, LocalOutcome.AMENDED, LocalOutcome.REFUSED)
# Of these nobody expects anything: another reacts for them, or they left the region.
GONE = (LocalStepState.MERGED, LocalStepState.LEFT)


class LocalRound(models.Model):
    """One question to the college or the council of every municipality.

    A zienswijze hangs on the stop that waits for it; a local decision on the regional decision it
    follows. `due_on` is the last day of the term, moved by the Algemene termijnenwet where it ends
    on a free day. `version` is the frozen text that was put to them.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="local_rounds")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="local_rounds")
    step = models.ForeignKey(
        RouteStep, models.PROTECT, null=True, blank=True, related_name="local_rounds"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="local_rounds"
    )
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, null=True, blank=True, related_name="local_rounds"
    )
    kind = models.CharField("soort", max_length=10, choices=LocalKind)
    addressee = models.CharField("wie", max_length=7, choices=Addressee)
    question = models.TextField("vraag")
    term_source = models.CharField("termijn volgens", max_length=11, choices=TermSource)
    term_length = models.PositiveSmallIntegerField("lengte van de termijn")
    term_unit = models.CharField("eenheid", max_length=5, choices=TermUnit)
    term_note = models.CharField("bron van de eigen termijn", max_length=200, blank=True)
    state = models.CharField(
        "stand", max_length=9, choices=LocalRoundState, default=LocalRoundState.CONCEPT
    )
    asked_on = models.DateField("gevraagd op", null=True, blank=True)
    due_on = models.DateField("reageren tot en met", null=True, blank=True)
    extended_because = models.TextField("reden van het verlengen", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vraag aan de gemeenten"
        verbose_name_plural = "vragen aan de gemeenten"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["region", "state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="zienswijze", step__isnull=False, decision__isnull=True)
                | models.Q(kind="decision", step__isnull=True, decision__isnull=False),
                name="governance_local_round_hangs_on_one",
                violation_error_message=(
                    "Een zienswijze hoort bij een halte, een lokaal besluit bij een besluit."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["asked", "closed"])
                | models.Q(asked_on__isnull=False, due_on__isnull=False, version__isnull=False),
                name="governance_local_round_asked_when",
                violation_error_message="Een vraag die is gesteld, heeft een datum en een termijn.",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True)
                | models.Q(asked_on__isnull=False, due_on__gte=models.F("asked_on")),
                name="governance_local_round_term_after",
                violation_error_message="De termijn eindigt voor de vraag is gesteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(term_length__gte=1),
                name="governance_local_round_term_length",
                violation_error_message="Een termijn duurt minstens één dag.",
            ),
            models.CheckConstraint(
                condition=~models.Q(question=""),
                name="governance_local_round_has_question",
                violation_error_message="Schrijf op wat u de gemeenten vraagt.",
            ),
            models.CheckConstraint(
                condition=~models.Q(term_source="own") | ~models.Q(term_note=""),
                name="governance_local_round_own_term_source",
                violation_error_message="Noem waar de eigen termijn vandaan komt.",
            ),
            *[
                models.UniqueConstraint(
                    fields=[target, "addressee"],
                    condition=models.Q(state__in=["concept", "asked"]),
                    name=f"governance_local_round_once_per_{target}",
                    violation_error_message="Deze vraag loopt al, of staat al in concept.",
                )
                for target in ("step", "decision")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} over {self.proposal}"

    @property
    def asks_view(self) -> bool:
        """Whether this asks a zienswijze, which the board has to wait for."""
        return self.kind == LocalKind.ZIENSWIJZE

    def term_over(self) -> bool:
        """Whether the last day of the term lies behind us."""
        return self.due_on is not None and self.due_on < clock.today()


class LocalStep(Revisioned):
    """What one municipality answered to a round, and what the region said to that.

    `source` names the paper from which the region wrote down an outcome for the municipality. A
    municipality that merged hands an open step over: `successor_step` says where it went. Of one
    that left the region nothing is expected any more.
    """

    round = models.ForeignKey(LocalRound, models.CASCADE, related_name="steps")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="local_steps", verbose_name="gemeente"
    )
    state = models.CharField(
        "stand", max_length=8, choices=LocalStepState, default=LocalStepState.OPEN
    )
    outcome = models.CharField("uitkomst", max_length=11, choices=LocalOutcome, blank=True)
    decided_on = models.DateField("datum van de uitkomst", null=True, blank=True)
    text = models.TextField("toelichting", blank=True)
    source = models.CharField("overgenomen uit", max_length=200, blank=True)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stuk"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    reported_at = models.DateTimeField("gemeld", null=True, blank=True, editable=False)
    answer = models.CharField("antwoord", max_length=8, choices=AnswerKind, blank=True)
    reason = models.TextField("toelichting op het antwoord", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    successor_step = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessor_steps"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "lokale stap"
        verbose_name_plural = "lokale stappen"
        ordering = ["municipality__sort_name", "pk"]
        indexes = [models.Index(fields=["municipality", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "municipality"],
                name="governance_local_step_once",
                violation_error_message="Deze gemeente is hierover al iets gevraagd.",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state="reported", decided_on__isnull=False, reported_at__isnull=False)
                    & ~models.Q(outcome="")
                )
                | (~models.Q(state="reported") & models.Q(outcome="", decided_on__isnull=True)),
                name="governance_local_step_reported_what",
                violation_error_message="Een gemelde uitkomst heeft een keuze en een datum.",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=list(WITH_TEXT)) | ~models.Q(text=""),
                name="governance_local_step_says_why",
                violation_error_message="Schrijf op wat de gemeente opmerkt of waarom.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | (models.Q(state="reported") & ~models.Q(reason="")),
                name="governance_local_answer_has_reason",
                violation_error_message="Geef de reden bij het antwoord.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False),
                name="governance_local_answer_when",
                violation_error_message="Leg vast wanneer de regio antwoordde.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", successor_step__isnull=False)
                | (~models.Q(state="merged") & models.Q(successor_step__isnull=True)),
                name="governance_local_step_merged_into",
                violation_error_message="Noem de gemeente die deze vraag overneemt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_outcome_display() or self.get_state_display()}"

    @property
    def wants_answer(self) -> bool:
        """Whether the region still owes a reasoned answer."""
        return self.outcome in WITH_TEXT and not self.answer
