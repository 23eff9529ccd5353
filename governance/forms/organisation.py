"""Forms of the organisation of a region, one per kind of row.

Choices stay inside the region. A sentence of a constraint goes to the field it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.forms import DutchDateField, GuardedFormMixin, add_refused
from core.refusal import Refused
from governance.domain.people import municipalities_of, people_of
from governance.enums import MemberRole
from governance.forms.base import DomainForm
from governance.models import (
    Body,
    BodyAlias,
    BodyRelation,
    Membership,
    Municipality,
    MunicipalRole,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
    RouteTemplate,
    RouteTemplateStep,
    RuleSet,
    Seat,
)
from governance.models.dated import valid_on

DATES = ("valid_from", "valid_until")
FROM_HELP = "Bijvoorbeeld 1 januari 2026. Leeg: vanaf het begin."
UNTIL_HELP = "De laatste dag. Leeg: er is geen einddatum."

# At which field the sentence of a constraint is shown.
FIELD_OF_CONSTRAINT = {
    "governance_successor_after_end": "valid_until",
    "governance_participation_once": "municipality",
    "governance_recess_days_in_order": "last_day",
    "governance_ruleset_name_once": "name",
    "governance_law_has_quorum": "quorum",
    "governance_body_slug_once": "slug",
    "governance_closed_has_ground": "publication_ground",
    "governance_alias_once": "name",
    "governance_relation_once": "target",
    "governance_relation_not_itself": "target",
    "governance_seat_of_one": "municipality",
    "governance_secretary_never_votes": "has_vote",
    "governance_deputy_of_somebody": "deputy_of",
    "governance_only_deputies_replace": "deputy_of",
    "governance_deputy_of_another": "deputy_of",
    "governance_template_name_once": "name",
}


def person_label(user: User) -> str:
    """For who keeps people: the office, with the name to tell two of them apart."""
    return f"{user.office} ({user.name})" if user.office and user.name else str(user)


def member_label(membership: Membership) -> str:
    mark = ", afgeschermd" if membership.shielded else ""
    return f"{membership.get_role_display()}: {person_label(membership.user)}{mark}"


def written_field(field: Any, **kwargs: Any) -> forms.Field | None:
    """Dates as people write them; everything else as Django makes it."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return DutchDateField(
            label=field.verbose_name.capitalize(),
            required=not field.blank,
            help_text=field.help_text,
        )
    made: forms.Field | None = field.formfield(**kwargs)
    return made


class RowForm(GuardedFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """One row of the organisation. Saving is for the domain: `domain.organisation.keep`."""

    field_of_constraint: ClassVar[dict[str, str]] = FIELD_OF_CONSTRAINT

    class Meta:
        formfield_callback = written_field

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        for name, help_text in zip(DATES, (FROM_HELP, UNTIL_HELP), strict=True):
            if name in self.fields:
                self.fields[name].help_text = help_text
        self.limit()

    def limit(self) -> None:
        """Narrow the choices to the region."""

    def choose(
        self, name: str, rows: Any, label: Any = str, empty: str | None = "Maak een keuze"
    ) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.label_from_instance = label
        field.empty_label = empty

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            add_refused(self, refused)

    def add_error(self, field: str | None, error: Any) -> None:
        """A sentence about the whole row goes to the field that can mend it."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        named = getattr(error, "error_dict", None) or {field or NON_FIELD_ERRORS: error.error_list}
        for name, errors in named.items():
            for each in errors:
                place = name if name != NON_FIELD_ERRORS else self._place_of(each)
                super().add_error(place if place in self.fields else None, each)

    def _place_of(self, error: ValidationError) -> str | None:
        sentences = set(error.messages)
        for constraint in self._meta.model._meta.constraints:
            if constraint.violation_error_message in sentences:
                if constraint.name.endswith("_dates_in_order"):
                    return "valid_until"
                return self.field_of_constraint.get(constraint.name)
        return None


class RegionDataForm(RowForm):
    class Meta(RowForm.Meta):
        model = Region
        fields = ("name", "address", "website", "email", "block_label", "school_region")
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "address": "Staat op brieven en in documenten.",
            "block_label": "Hoe deze regio een deel van de regiovisie noemt, zoals bouwsteen.",
            "school_region": "In deze vakanties plant het portaal geen vergaderingen.",
        }


class RegionFormForm(RowForm):
    class Meta(RowForm.Meta):
        model = RegionForm
        fields = ("legal_form", "legal_name", "host", *DATES)


class ParticipationForm(RowForm):
    class Meta(RowForm.Meta):
        model = RegionMunicipality
        fields = ("municipality", *DATES)

    def limit(self) -> None:
        rows = Municipality.objects.filter(
            Q(valid_on()) | Q(pk=self.instance.municipality_id), successor__isnull=True
        )
        self.choose("municipality", rows)
        self.fields[
            "municipality"
        ].help_text = (
            "Staat de gemeente er niet bij? Leg haar dan eerst vast onder Gegevens van gemeenten."
        )


class MunicipalityForm(RowForm):
    class Meta(RowForm.Meta):
        model = Municipality
        fields = ("name", "cbs_code", "successor", *DATES)
        help_texts = {
            "cbs_code": "Vier cijfers, zoals 0599.",
            "successor": "Alleen na een herindeling. Samenvoegen gaat het snelst met de knop "
            "Gemeenten samenvoegen.",
        }

    def limit(self) -> None:
        self.choose("successor", Municipality.objects.exclude(pk=self.instance.pk), empty="geen")


class RecessForm(RowForm):
    class Meta(RowForm.Meta):
        model = Recess
        fields = ("name", "first_day", "last_day")


class RuleSetForm(RowForm):
    class Meta(RowForm.Meta):
        model = RuleSet
        fields = ("name", "basis", "quorum", "allows_count", "source")
        help_texts = {
            "source": "Waar staat dit? Bijvoorbeeld: gemeenschappelijke regeling, art. 12."
        }


class BodyForm(RowForm):
    class Meta(RowForm.Meta):
        model = Body
        fields = (
            "name",
            "short_name",
            "slug",
            "kind",
            "legal_status",
            "circle",
            "writes_proposals",
            "rules",
            "publication",
            "publication_ground",
            "delivery_days",
            "order",
            *DATES,
        )
        help_texts = {
            "short_name": "Staat op de routelijn, hoogstens 30 tekens.",
            "slug": "Kleine letters en streepjes, zoals bestuur. Komt in adressen.",
            "circle": "Leden van een extern gremium zien alleen de stukken van dat gremium.",
            "writes_proposals": "De leden mogen voorstellen van de regio schrijven en indienen.",
            "publication_ground": "Nodig als stukken niet openbaar zijn: op welke grond?",
            "delivery_days": "Zoveel werkdagen voor de vergadering zijn de stukken binnen.",
            "order": "In lijsten komt een lager getal eerst.",
        }

    def limit(self) -> None:
        self.choose("rules", RuleSet.objects.filter(region=self.region))


class BodyAliasForm(RowForm):
    class Meta(RowForm.Meta):
        model = BodyAlias
        fields = ("name",)
        help_texts = {"name": "Zo noemen stukken dit gremium ook. Het portaal leest dat dan goed."}


class BodyRelationForm(RowForm):
    class Meta(RowForm.Meta):
        model = BodyRelation
        fields = ("kind", "target")

    def limit(self) -> None:
        others = Body.objects.filter(region=self.region).exclude(pk=self.instance.source_id)
        self.choose("target", others)


class SeatForm(RowForm):
    class Meta(RowForm.Meta):
        model = Seat
        fields = ("municipality", "organisation", "votes", *DATES)
        help_texts = {
            "municipality": "Kies een gemeente, of noem hieronder een organisatie.",
            "votes": "Hoe zwaar deze zetel telt bij een stemming.",
        }

    def limit(self) -> None:
        self.choose("municipality", municipalities_of(self.region), empty="geen gemeente")


class GrantForm(RowForm):
    """A right for a person: from the list, or by the address of an account outside it.

    Who holds a right does not change: another person gets a right of their own.
    """

    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Alleen als de persoon niet in de lijst staat: het adres van het account.",
    )
    names_shielded = False

    def limit(self) -> None:
        if self.instance.pk:
            del self.fields["user"], self.fields["email"]
            return
        people = people_of(self.region).filter(is_active=True)
        if not self.names_shielded:
            hidden = Membership.objects.filter(body__region=self.region, shielded=True)
            people = people.exclude(pk__in=hidden.values("user"))
        self.choose("user", people, lambda user: f"{person_label(user)}, {user.email}")
        self.fields["user"].error_messages["required"] = "Kies een persoon."
        self.order_fields(["user", "email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "user" not in self.fields:
            return cleaned
        chosen, email = cleaned.get("user"), cleaned.get("email")
        if chosen and email and chosen.email != email.lower():
            self.add_error("email", "Kies iemand uit de lijst, of vul een adres in; niet allebei.")
        elif email and not chosen:
            self.errors.pop("user", None)
            cleaned["user"] = User.objects.filter(email=email.lower(), is_active=True).first()
            if cleaned["user"] is None:
                self.add_error(
                    "email", "Er is geen account met dit adres. Nodig deze persoon eerst uit."
                )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """An address without an account has its sentence; the absent person needs no second one."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"user"} if "email" in self.errors else set())


class MembershipForm(GrantForm):
    names_shielded = True

    class Meta(RowForm.Meta):
        model = Membership
        fields = ("user", "role", "seat", "has_vote", "deputy_of", "shielded", *DATES)
        help_texts = {
            "seat": "Alleen voor wie een gemeente of organisatie vertegenwoordigt.",
            "has_vote": "Een secretaris of adviseur heeft nooit stemrecht.",
            "deputy_of": "Alleen bij een plaatsvervanger.",
            "shielded": "Overal buiten dit beheer ziet men alleen de rol, nooit de naam. "
            "Bedoeld voor jongeren.",
        }

    def limit(self) -> None:
        super().limit()
        body = self.instance.body_id
        self.choose(
            "seat", Seat.objects.filter(body=body).select_related("municipality"), empty="geen"
        )
        members = Membership.objects.filter(body=body).exclude(role=MemberRole.DEPUTY)
        members = members.exclude(pk=self.instance.pk).select_related("user")
        self.choose("deputy_of", members, member_label, empty="niemand")


class MunicipalRoleForm(GrantForm):
    class Meta(RowForm.Meta):
        model = MunicipalRole
        fields = ("user", "municipality", "role", *DATES)

    def limit(self) -> None:
        super().limit()
        self.choose("municipality", municipalities_of(self.region))


class RegionRoleForm(GrantForm):
    class Meta(RowForm.Meta):
        model = RegionRole
        fields = ("user", "role", *DATES)


class RouteTemplateForm(RowForm):
    class Meta(RowForm.Meta):
        model = RouteTemplate
        fields = ("name", "kind", "local_decisions")


class RouteTemplateStepForm(RowForm):
    class Meta(RowForm.Meta):
        model = RouteTemplateStep
        fields = ("body", "purpose")

    def limit(self) -> None:
        self.choose("body", Body.objects.filter(valid_on(), region=self.region))


class EndForm(DomainForm):
    """The last day on which a row holds."""

    valid_until = DutchDateField(label="Geldig tot en met", help_text="De laatste dag.")


class MergeForm(DomainForm):
    """Which municipalities become one, which one that is, and the last day of the old ones."""

    old = forms.ModelMultipleChoiceField(
        label="Deze gemeenten houden op", queryset=None, widget=forms.CheckboxSelectMultiple
    )
    successor = forms.ModelChoiceField(
        label="Zij gaan op in", queryset=None, empty_label="Maak een keuze"
    )
    last_day = DutchDateField(
        label="Laatste dag van de oude gemeenten", help_text="Bijvoorbeeld 31 december 2026."
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = municipalities_of(region).filter(successor__isnull=True)
        self.fields["old"].queryset = rows  # type: ignore[attr-defined]
        self.fields["successor"].queryset = rows  # type: ignore[attr-defined]


class InviteForm(DomainForm):
    """Whom to invite. The office is what colleagues see on the screens."""

    unguarded = frozenset({"name"})

    email = forms.EmailField(label="E-mailadres")
    name = forms.CharField(label="Naam", max_length=100, required=False)
    office = forms.CharField(
        label="Functie", max_length=120, help_text="Zo staat deze persoon op de schermen."
    )
