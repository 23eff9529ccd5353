"""Reading a sheet in: the file, which sheet of it, and what the budget will be called."""

from collections.abc import Sequence
from typing import Any

from django import forms

from budget.importing.cells import Sheet
from budget.importing.opening import MAX_BYTES
from core.formats import file_size
from governance.forms.base import DomainForm


class SheetFileForm(DomainForm):
    file = forms.FileField(
        label="Rekenblad met de begroting",
        help_text=f"Een bestand dat eindigt op .xlsx of .csv. Hoogstens {file_size(MAX_BYTES)}.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": "Kies het rekenblad met de begroting.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class SheetChoiceForm(DomainForm):
    """Which sheet of a workbook is the budget."""

    blad = forms.ChoiceField(
        label="Welk blad is de begroting?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een blad.",
            "invalid_choice": "Dit blad staat niet in het bestand. Kies een ander blad.",
        },
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["blad"]
        field.choices = [(each.name, _described(each)) for each in sheets]


def _described(sheet: Sheet) -> str:
    filled = len(sheet.cells)
    hidden = ", verborgen" if sheet.hidden else ""
    return f"{sheet.name} ({filled} gevulde {'cel' if filled == 1 else 'cellen'}{hidden})"


class SaveSheetForm(DomainForm):
    title = forms.CharField(
        label="Titel",
        max_length=120,
        required=False,
        help_text="Laat leeg om de titel van de vorige versie te houden.",
    )
