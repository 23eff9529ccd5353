"""Forms of the agenda: a point in words, and until when there is time."""

from typing import Any

from django import forms

from core.forms import DutchTimeField
from governance.enums import Treatment
from governance.forms.base import DomainForm


class ItemForm(DomainForm):
    """A fixed point or a point of one's own."""

    title = forms.CharField(label="Titel", max_length=160)
    text = forms.CharField(
        label="Toelichting",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wat moeten de leden van tevoren weten?",
    )


class NewItemForm(ItemForm):
    minutes = forms.IntegerField(label="Minuten", required=False, min_value=1, max_value=600)
    treatment = forms.ChoiceField(
        label="Behandeling", choices=Treatment, initial=Treatment.DISCUSSION
    )


class AnnounceForm(DomainForm):
    """A secret paper: whether others may know that there is a point."""

    announced = forms.BooleanField(
        label="Toon als besloten agendapunt",
        required=False,
        help_text="Wie het stuk niet mag lezen, ziet dan dat er een besloten punt is, zonder "
        "titel. Vinkt u dit niet aan, dan ziet die lezer niets.",
    )


class UntilForm(DomainForm):
    until = DutchTimeField(
        label="Er is tijd tot", required=False, help_text="Bijvoorbeeld 11.30. Leeg: niet bekend."
    )


class RemoveForm(DomainForm):
    """Why a point is taken off; asked when members know the point or wrote something about it."""

    why = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["why"]
