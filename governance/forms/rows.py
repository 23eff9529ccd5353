"""What the forms for one row of a region's organisation share.

Choices stay inside the region. A sentence of a constraint goes to the field it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH

from core.forms import DutchDateField, GuardedFormMixin, add_refused
from core.models import Draft
from core.refusal import Refused
from governance.domain.stale import Stale, last_change
from governance.forms.base import DomainForm
from governance.models import Region

DATES = ("valid_from", "valid_until")
MAX_KEY = 2**31 - 1
FROM_HELP = "Bijvoorbeeld 1 januari 2026. Leeg: vanaf het begin."
UNTIL_HELP = "De laatste dag. Leeg: er is geen einddatum."

# At which field the sentence of a constraint is shown.
FIELD_OF_CONSTRAINT = {
    "governance_successor_after_end": "valid_until",
    "governance_participation_once": "municipality",
    "governance_recess_days_in_order": "last_day",
    "governance_ruleset_name_once": "name",
    "governance_law_has_quorum": "quorum",
    "governance_law_knows_no_proxies": "proxies",
    "governance_law_knows_no_written_round": "written_round",
    "governance_law_no_abstaining": "abstaining",
    "governance_law_regeling_named": "source",
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


def _say_what_is_not_chosen(field: forms.TypedChoiceField) -> None:
    """Words where Django puts a line of dashes."""
    empty = "Maak een keuze" if field.required else "geen"
    field.choices = [
        (key, empty if (key, label) in BLANK_CHOICE_DASH else label) for key, label in field.choices
    ]


def _in_groups(groups: tuple[tuple[str, tuple[str, ...]], ...]) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.render_unmentioned_fields = True  # what was seen, and the question of the guard
    helper.layout = Layout(*(Fieldset(legend, *fields) for legend, fields in groups))
    return helper


class RowForm(GuardedFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """One row of the organisation. Saving is for the domain: `domain.organisation.keep`."""

    field_of_constraint: ClassVar[dict[str, str]] = FIELD_OF_CONSTRAINT
    # For a long form: its fields under headings.
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    draft: Draft | None = None  # what was typed earlier and stands in it now

    class Meta:
        formfield_callback = written_field

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        if self.instance.pk:
            self.fields["seen"] = forms.IntegerField(
                required=False,
                widget=forms.HiddenInput,
                max_value=MAX_KEY,
                initial=last_change(self.instance),
            )
        for name, help_text in zip(DATES, (FROM_HELP, UNTIL_HELP), strict=True):
            if name in self.fields:
                self.fields[name].help_text = help_text
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                _say_what_is_not_chosen(field)
        if self.groups:
            self.helper = _in_groups(self.groups)
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
            if isinstance(refused, Stale):
                # The page now shows both values, so the next time this is what was seen.
                self.data = self.data.copy()
                self.data["seen"] = str(refused.newest)

    @property
    def seen(self) -> int | None:
        """The last change of this row that the writer saw; None for a new row."""
        return self.cleaned_data.get("seen")

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


class EndForm(DomainForm):
    """The last day on which a row holds."""

    valid_until = DutchDateField(label="Geldig tot en met", help_text="De laatste dag.")
