"""The form in which is chosen what a proposal touches."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from governance.forms.base import DomainForm
from governance.models import Region
from regioagenda.models import BuildingBlock
from regioagenda.words import blocks_of_region


class BlocksForm(DomainForm):
    """A list of checkboxes per group of blocks. It sends along what the writer started from, so
    that what a colleague chooses meanwhile stays."""

    unguarded = frozenset({"base"})
    nlds_hide_optional = True

    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, region: Region, now: Iterable[int]) -> None:
        now = list(now)
        super().__init__(data, initial={"base": " ".join(map(str, now))})
        of_region = BuildingBlock.objects.filter(region=region)
        used = set(of_region.order_by().values_list("group", flat=True).distinct())
        self.groups = [group for group in BuildingBlock.Group if group in used]
        for group in self.groups:
            self.fields[group] = forms.ModelMultipleChoiceField(
                label=self._label(region, group),
                queryset=of_region.filter(group=group),
                initial=now,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "invalid_choice": "Kies uit de lijst; een keuze is er niet meer.",
                    "invalid_pk_value": "Kies uit de lijst; een keuze is er niet meer.",
                },
            )

    def _label(self, region: Region, group: BuildingBlock.Group) -> str:
        called = capfirst(blocks_of_region(region))
        return f"{called}, {group.label}" if len(self.groups) > 1 else called

    @property
    def chosen(self) -> list[BuildingBlock]:
        """In the order of the form."""
        return [block for group in self.groups for block in self.cleaned_data[group]]

    @property
    def started_from(self) -> set[int]:
        return {int(key) for key in self.cleaned_data["base"].split() if _is_key(key)}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
