"""Regions, municipalities and the roles people have in them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from governance.enums import LegalForm, MunicipalRoleKind, RegionRoleKind
from governance.models.dated import Dated, DatedQuerySet
from governance.slugs import validate_free_slug


class Region(models.Model):
    """A youth-care region (jeugdhulpregio): municipalities that work together."""

    name = models.CharField("naam", max_length=100)
    slug = models.SlugField(
        "kort adres", max_length=40, unique=True, validators=[validate_free_slug]
    )
    block_label = models.CharField("naam van een bouwsteen", max_length=40, default="bouwsteen")
    school_region = models.CharField(
        "schoolvakanties",
        max_length=6,
        choices=[("noord", "Noord"), ("midden", "Midden"), ("zuid", "Zuid")],
        default="midden",
    )
    address = models.TextField("briefadres", blank=True)
    website = models.CharField("website", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RegionForm(Dated):
    """The legal form and host organisation of a region, with dates (Wgr art. 8)."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="forms")
    legal_form = models.CharField("rechtsvorm", max_length=12, choices=LegalForm)
    legal_name = models.CharField("naam van de regeling", max_length=160)
    host = models.CharField("gastorganisatie", max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "rechtsvorm"
        verbose_name_plural = "rechtsvormen"
        ordering = ["region", "valid_from"]

    def __str__(self) -> str:
        return self.legal_name


class Municipality(Dated):
    """A municipality with its CBS code; one that merged names its successor."""

    name = models.CharField("naam", max_length=80)
    sort_name = models.CharField(max_length=80, editable=False)
    cbs_code = models.CharField(
        "CBS-code",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}$", "Een CBS-code heeft vier cijfers, zoals 0599.")],
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="opgegaan in",
    )

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["sort_name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | models.Q(valid_until__isnull=False),
                name="governance_successor_after_end",
                violation_error_message="Een gemeente met een opvolger heeft een einddatum nodig.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        from core.formats import sort_key

        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class RegionMunicipality(Dated):
    """A municipality takes part in a region, from a day and perhaps until a day."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="participations")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="participations", verbose_name="gemeente"
    )

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering = ["municipality__sort_name"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "municipality", "valid_from"],
                name="governance_participation_once",
                violation_error_message="Deze gemeente doet vanaf die datum al mee.",
            ),
            # SQLite knows no NULLS NOT DISTINCT: an open beginning gets a rule of its own.
            models.UniqueConstraint(
                fields=["region", "municipality"],
                condition=models.Q(valid_from__isnull=True),
                name="governance_participation_open_once",
                violation_error_message="Deze gemeente doet al mee.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.region}"


class Granted(Dated):
    """A right given by somebody, with dates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss", verbose_name="persoon"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True


class RegionRole(Granted):
    """Keeps the organisation of a region, or its money. Gives no right to read papers."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="roles")
    role = models.CharField("rol", max_length=8, choices=RegionRoleKind)

    history = HistoricalRecords()

    class Meta(Granted.Meta):
        abstract = False
        verbose_name = "regiorol"
        verbose_name_plural = "regiorollen"
        ordering = ["region", "role", "user__email"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class MunicipalRole(Granted):
    """What a person does for a municipality; one person can serve several."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="roles", verbose_name="gemeente"
    )
    role = models.CharField("rol", max_length=8, choices=MunicipalRoleKind)

    history = HistoricalRecords()

    class Meta(Granted.Meta):
        abstract = False
        verbose_name = "gemeentelijke rol"
        verbose_name_plural = "gemeentelijke rollen"
        ordering = ["municipality__sort_name", "role", "user__email"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} {self.municipality}"


class Recess(models.Model):
    """A period in which a region plans no meetings, beside the school holidays."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="recesses")
    name = models.CharField("naam", max_length=60)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "reces"
        verbose_name_plural = "recessen"
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="governance_recess_days_in_order",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            )
        ]

    def __str__(self) -> str:
        return self.name
