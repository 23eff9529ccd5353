"""Decisions, point by point, with how long they hold and what replaced them."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core import clock
from governance.enums import DecisionState, Method, Outcome
from governance.models.body import Body
from governance.models.meeting import Meeting
from governance.models.organisation import Region
from governance.models.proposal import DecisionPoint, Proposal, ProposalVersion
from governance.models.route import RouteStep
from governance.models.voting import VoteRound


class Decision(models.Model):
    """What a body decided on a proposal in a meeting, from the version frozen for it.

    Numbered per region and year ('2021-003'). Only a bestuursorgaan decides; a
    portefeuillehoudersoverleg consents, after which each municipality decides.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField("jaar")
    sequence = models.PositiveIntegerField("volgnummer")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    step = models.OneToOneField(RouteStep, models.PROTECT, related_name="decision")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions", verbose_name="gremium")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="decisions")
    state = models.CharField(
        "stand", max_length=9, choices=DecisionState, default=DecisionState.RECORDED
    )
    decided_on = models.DateField("besloten op")
    members_present = models.PositiveSmallIntegerField("aanwezige leden")
    members_total = models.PositiveSmallIntegerField("zittende leden")
    valid_from = models.DateField("geldt vanaf")
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)
    extendable_until = models.DateField("verlengbaar tot en met", null=True, blank=True)
    published_at = models.DateTimeField("gepubliceerd", null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    note = models.TextField("toelichting", blank=True)
    example = models.BooleanField("voorbeeld", default=False, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["-decided_on", "-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "sequence"],
                name="governance_decision_number_once",
                violation_error_message="Dit besluitnummer bestaat al.",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="governance_decision_dates_in_order",
                violation_error_message="Het besluit eindigt voor het begint.",
            ),
            models.CheckConstraint(
                condition=models.Q(extendable_until__isnull=True)
                | models.Q(
                    valid_until__isnull=False, extendable_until__gte=models.F("valid_until")
                ),
                name="governance_extension_after_end",
                violation_error_message=(
                    "Verlengen kan alleen tot na de einddatum; vul ook een einddatum in."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(members_present__lte=models.F("members_total")),
                name="governance_present_within_total",
                violation_error_message="Er zijn meer leden aanwezig dan er zitting hebben.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="replaced") | models.Q(replaced_by__isnull=False),
                name="governance_replaced_by_what",
                violation_error_message="Noem het besluit dat hiervoor in de plaats komt.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="governance_published_when",
                violation_error_message="Een gepubliceerd besluit heeft een datum van publicatie.",
            ),
        ]

    def __str__(self) -> str:
        return f"besluit {self.number}"

    @property
    def number(self) -> str:
        """As people cite it: '2021-003'."""
        return f"{self.year}-{self.sequence:03d}"


class PointDecision(models.Model):
    """What was decided on one point: adopted, amended (with the new text), rejected, postponed.

    `votes_for` and `votes_against` are votes, not persons: the two differ where votes have weight.
    A roll call or a secret vote keeps its confirmed round.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="points")
    point = models.ForeignKey(DecisionPoint, models.PROTECT, related_name="decisions")
    outcome = models.CharField("uitkomst", max_length=9, choices=Outcome)
    amended_text = models.TextField("nieuwe tekst", blank=True)
    method = models.CharField("wijze", max_length=9, choices=Method, default=Method.CONSENSUS)
    round = models.OneToOneField(
        VoteRound, models.PROTECT, null=True, blank=True, related_name="decided"
    )
    votes_for = models.PositiveSmallIntegerField("voor", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("tegen", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "besluit op een punt"
        verbose_name_plural = "besluiten op punten"
        ordering = ["point__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "point"],
                name="governance_point_decided_once",
                violation_error_message="Over dit punt is al besloten.",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="amended") | ~models.Q(amended_text=""),
                name="governance_amended_has_text",
                violation_error_message="Geef de nieuwe tekst van het gewijzigde beslispunt.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    method__in=["count", "roll_call", "written"],
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                )
                | models.Q(
                    method__in=["consensus", "secret"],
                    votes_for__isnull=True,
                    votes_against__isnull=True,
                ),
                name="governance_count_has_numbers",
                violation_error_message="Vul bij een stemming het aantal voor en tegen in.",
            ),
            models.CheckConstraint(
                condition=models.Q(method__in=["roll_call", "secret"], round__isnull=False)
                | models.Q(method__in=["consensus", "count", "written"], round__isnull=True),
                name="governance_named_vote_has_round",
                violation_error_message="Een hoofdelijke of geheime stemming heeft een telling.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.point}"
