"""Forms of the team: a round, another last day, a reopened municipality, one that joined."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from core import clock
from core.forms import DutchDateField
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.models import Municipality, Region
from nulmeting.domain import rounds
from nulmeting.enums import RoundState
from nulmeting.models import Instrument, Round, Submission


class _Named(forms.ModelChoiceField):
    """A version with its state, so that nobody takes one that is not fixed by accident."""

    def label_from_instance(self, obj: Any) -> str:
        draft = "" if obj.state == "fixed" else ", nog in voorbereiding"
        return f"Versie {obj.version}, {obj.title}{draft}"


class RoundForm(BasedForm):
    """A round; once it runs only its last day, explanation and comparison change."""

    based = rounds.FIELDS

    year = forms.IntegerField(
        label="Jaar",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Vul een jaar in, bijvoorbeeld 2027.",
            "min_value": "Kies een jaar tussen 2000 en 2100.",
            "max_value": "Kies een jaar tussen 2000 en 2100.",
        },
    )
    instrument = _Named(
        label="Vragenlijst", queryset=Instrument.objects.none(), empty_label="Maak een keuze"
    )
    opens_on = DutchDateField(label="Eerste dag", help_text="Bijvoorbeeld 1 maart 2027.")
    closes_on = DutchDateField(
        label="Laatste dag", help_text="Tot en met deze dag kunnen gemeenten invullen."
    )
    compared_with = forms.ModelChoiceField(
        label="Vergelijken met",
        queryset=Round.objects.none(),
        required=False,
        empty_label="geen eerdere ronde",
        help_text="De antwoorden van die ronde staan naast de nieuwe vragen.",
    )
    guidance = forms.CharField(
        label="Toelichting",
        required=False,
        widget=LimitedArea(4),
        help_text="Dit lezen gemeenten op hun eerste bladzijde.",
    )

    def __init__(self, *args: Any, region: Region, asked: Round | None = None, **kwargs: Any):
        super().__init__(*args, start=_start(region, asked), **kwargs)
        fields: Any = self.fields
        fields["instrument"].queryset = region.instruments.order_by("-version")
        before = region.rounds.exclude(state=RoundState.DRAFT).order_by("-year")
        fields["compared_with"].queryset = before.exclude(pk=asked.pk) if asked else before
        if asked is not None and asked.state == RoundState.OPEN:
            for name in ("year", "instrument", "opens_on"):
                fields[name].disabled = True


def _start(region: Region, asked: Round | None) -> dict[str, Any]:
    if asked is not None:
        return rounds.fields_of(asked)
    newest = region.instruments.filter(state="fixed").order_by("-version").first()
    last = region.rounds.order_by("-year").first()
    before = region.rounds.exclude(state=RoundState.DRAFT).order_by("-year").first()
    year = max(last.year + 1, clock.today().year) if last else clock.today().year
    return {"year": year, "instrument": newest, "compared_with": before}


class OpenAgainForm(BasedForm):
    based = ("closes_on", "why")

    closes_on = DutchDateField(label="Nieuwe laatste dag")
    why = forms.CharField(label="Waarom?", max_length=500, widget=LimitedArea(3))


class _ByMunicipality(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.municipality} ({obj.get_state_display()})"


class ReopenForm(BasedForm):
    """Which municipality goes on after the round closed, until when, and why."""

    based = ("submission", "until", "why")

    submission = _ByMunicipality(
        label="Gemeente", queryset=Submission.objects.none(), empty_label="Maak een keuze"
    )
    until = DutchDateField(label="Tot en met")
    why = forms.CharField(
        label="Waarom?",
        max_length=400,
        help_text="De gemeente leest dit op haar bladzijde.",
        widget=LimitedArea(3),
    )

    def __init__(self, *args: Any, rows: QuerySet[Submission], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["submission"].queryset = rows


class JoinForm(DomainForm):
    """A municipality that takes part in the region now and is not in the round."""

    municipality = forms.ModelChoiceField(
        label="Gemeente", queryset=Municipality.objects.none(), empty_label="Maak een keuze"
    )

    def __init__(self, *args: Any, homes: Sequence[Municipality], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].queryset = Municipality.objects.filter(
            pk__in=[each.pk for each in homes]
        )
