"""Bodies (gremia): who sits in them, by which rules they decide, how they relate."""

from django.db import models
from simple_history.models import HistoricalRecords

from governance.enums import (
    BodyKind,
    Circle,
    LegalStatus,
    MemberRole,
    PublicationRegime,
    Quorum,
    RelationKind,
    RuleBasis,
    TieRule,
)
from governance.models.dated import Dated, DatedQuerySet
from governance.models.organisation import Granted, Municipality, Region


class RuleSet(models.Model):
    """By which rules a body decides: the law, or its own. Every own rule is off unless set.

    What the law fixes is not asked here (Gemeentewet 20, 28-32 by way of Wgr 22). Two things it
    leaves to the regeling, which is then named in `source`: weights (Wgr 13, lid 4) and deputies.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="rule_sets")
    name = models.CharField("naam", max_length=80)
    basis = models.CharField("grondslag", max_length=4, choices=RuleBasis)
    quorum = models.CharField("quorum", max_length=16, choices=Quorum, default=Quorum.NONE)
    second_meeting = models.BooleanField("tweede vergadering zonder quorum", default=False)
    allows_count = models.BooleanField("er kan worden gestemd", default=False)
    roll_call = models.BooleanField("hoofdelijke stemming", default=False)
    secret = models.BooleanField("geheime stemming over personen", default=False)
    abstaining = models.BooleanField("onthouden van stemmen mag", default=False)
    weighted = models.BooleanField("stemmen naar gewicht", default=False)
    deputies = models.BooleanField("plaatsvervangers tellen mee", default=False)
    proxies = models.BooleanField("volmacht mag", default=False)
    tie = models.CharField(
        "als de stemmen staken",
        max_length=12,
        choices=TieRule,
        default=TieRule.EACH_TIME,
        blank=True,
    )
    written_round = models.BooleanField("schriftelijke ronde mag", default=False)
    urgent_route = models.BooleanField("spoedroute mag", default=False)
    source = models.CharField("bron", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "besluitregels"
        verbose_name_plural = "besluitregels"
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="governance_ruleset_name_once",
                violation_error_message="Deze naam is in de regio al in gebruik.",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law") | models.Q(quorum="more_than_half"),
                name="governance_law_has_quorum",
                violation_error_message=(
                    "Volgens de wet is meer dan de helft van de zittende leden nodig "
                    "(Gemeentewet, artikel 20)."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law") | models.Q(proxies=False),
                name="governance_law_knows_no_proxies",
                violation_error_message="De wet kent geen volmacht. Zet die uit.",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law") | models.Q(written_round=False),
                name="governance_law_knows_no_written_round",
                violation_error_message="De wet kent geen schriftelijke ronde. Zet die uit.",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law") | models.Q(abstaining=False),
                name="governance_law_no_abstaining",
                violation_error_message=(
                    "Wie aanwezig is, stemt volgens de wet voor of tegen (Gemeentewet, artikel 32)."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="law")
                | models.Q(weighted=False, deputies=False)
                | ~models.Q(source=""),
                name="governance_law_regeling_named",
                violation_error_message=(
                    "Noem het artikel van de regeling waarin dit staat: de wet laat gewichten en "
                    "plaatsvervangers aan de regeling over."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def by_law(self) -> bool:
        return self.basis == RuleBasis.LAW

    @property
    def may_vote(self) -> bool:
        """The law always allows a vote (32); by own rules it is set."""
        return self.by_law or self.allows_count

    @property
    def may_call_roll(self) -> bool:
        """By law as soon as one member asks (32, lid 1)."""
        return self.by_law or (self.allows_count and self.roll_call)

    @property
    def may_vote_secretly(self) -> bool:
        """By law about persons, and then always (31, lid 1)."""
        return self.by_law or (self.allows_count and self.secret)

    @property
    def may_call_second_meeting(self) -> bool:
        """By law (20, lid 2); by own rules where a quorum is asked and this is set."""
        return self.by_law or (self.quorum != Quorum.NONE and self.second_meeting)


class Body(Dated):
    """A body of the region: AB, stuurgroep, AOJ, PHO, kerngroep, programmateam ..."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="bodies")
    name = models.CharField("naam", max_length=100)
    short_name = models.CharField("korte naam", max_length=30)
    slug = models.SlugField("kort adres", max_length=50)
    kind = models.CharField("soort", max_length=12, choices=BodyKind)
    legal_status = models.CharField("status", max_length=12, choices=LegalStatus)
    circle = models.CharField("kring", max_length=8, choices=Circle, default=Circle.INTERNAL)
    writes_proposals = models.BooleanField("schrijft voorstellen", default=False)
    publication = models.CharField(
        "openbaarheid", max_length=6, choices=PublicationRegime, default=PublicationRegime.CLOSED
    )
    publication_ground = models.CharField("grond", max_length=200, blank=True)
    rules = models.ForeignKey(
        RuleSet, models.PROTECT, related_name="bodies", verbose_name="besluitregels"
    )
    delivery_days = models.PositiveSmallIntegerField("levertijd in werkdagen", default=5)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "gremium"
        verbose_name_plural = "gremia"
        ordering = ["region", "order", "name"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "slug"],
                name="governance_body_slug_once",
                violation_error_message="Dit korte adres is in de regio al in gebruik.",
            ),
            models.CheckConstraint(
                condition=~models.Q(publication="closed") | ~models.Q(publication_ground=""),
                name="governance_closed_has_ground",
                violation_error_message="Noem de grond waarop stukken niet openbaar zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyAlias(models.Model):
    """What documents call a body: programmteam, Pfo, BO. Compared without case or accents."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="aliases")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", editable=False)
    name = models.CharField("andere naam", max_length=100)
    normalised = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = "andere naam"
        verbose_name_plural = "andere namen"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "normalised"],
                name="governance_alias_once",
                violation_error_message="Deze naam hoort in de regio al bij een gremium.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self._derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self._derive()

    def _derive(self) -> None:
        """Before the constraints are checked, or a double name would first fail in the database."""
        from core.formats import sort_key

        self.region_id = self.body.region_id
        self.normalised = sort_key(self.name)


class BodyRelation(models.Model):
    """How one body stands to another: steers, advises, reports to, rings."""

    source = models.ForeignKey(Body, models.CASCADE, related_name="relations", verbose_name="van")
    kind = models.CharField("verhouding", max_length=12, choices=RelationKind)
    target = models.ForeignKey(
        Body, models.CASCADE, related_name="relations_to", verbose_name="naar"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "verhouding"
        verbose_name_plural = "verhoudingen"
        ordering = ["source", "kind", "target"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"],
                name="governance_relation_once",
                violation_error_message="Deze verhouding staat er al.",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="governance_relation_not_itself",
                violation_error_message="Een gremium heeft geen verhouding met zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == RelationKind.RINGS:
            return f"{self.source} staat om {self.target} heen"
        return f"{self.source} {self.get_kind_display()} {self.target}"


class Seat(Dated):
    """What a municipality or an organisation holds in a body, with its number of votes.

    After a merger the weight of the successor is not known (None): a weighted vote is refused
    until the region's admin enters it.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="gemeente",
    )
    organisation = models.CharField("organisatie", max_length=120, blank=True)
    votes = models.PositiveSmallIntegerField("aantal stemmen", null=True, blank=True, default=1)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "zetel"
        verbose_name_plural = "zetels"
        ordering = ["municipality__sort_name", "organisation"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False, organisation="")
                | (models.Q(municipality__isnull=True) & ~models.Q(organisation="")),
                name="governance_seat_of_one",
                violation_error_message="Kies een gemeente, of noem een organisatie; niet allebei.",
            ),
            models.CheckConstraint(
                condition=models.Q(votes__isnull=True) | models.Q(votes__gte=1),
                name="governance_seat_has_a_vote",
                violation_error_message=(
                    "Een zetel heeft minstens 1 stem. Stemt een lid niet mee, zet dan bij dat lid "
                    "het stemrecht uit."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality or self.organisation)


class Membership(Granted):
    """A person fills a seat or an office in a body, for a term.

    Secretaries and advisers never vote. A shielded membership is shown as its role only,
    everywhere (young people).
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships")
    seat = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="zetel",
    )
    role = models.CharField("rol", max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    has_vote = models.BooleanField("heeft stemrecht", default=False)
    deputy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name="vervangt",
    )
    shielded = models.BooleanField("afgeschermd", default=False)

    history = HistoricalRecords()

    class Meta(Granted.Meta):
        abstract = False
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["body", "role", "seat__municipality__sort_name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(role__in=["secretary", "adviser"]) | models.Q(has_vote=False),
                name="governance_secretary_never_votes",
                violation_error_message="Een secretaris of adviseur heeft geen stemrecht.",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="deputy") | models.Q(deputy_of__isnull=False),
                name="governance_deputy_of_somebody",
                violation_error_message="Kies wie de plaatsvervanger vervangt.",
            ),
            models.CheckConstraint(
                condition=models.Q(role="deputy") | models.Q(deputy_of__isnull=True),
                name="governance_only_deputies_replace",
                violation_error_message="Alleen een plaatsvervanger vervangt een lid.",
            ),
            models.CheckConstraint(
                condition=~models.Q(deputy_of=models.F("id")),
                name="governance_deputy_of_another",
                violation_error_message="Niemand vervangt zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_as} ({self.body})"

    @property
    def shown_as(self) -> str:
        """How this person may be named on any screen or paper."""
        return self.get_role_display() if self.shielded else str(self.user)
