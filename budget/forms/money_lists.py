"""The filters above lists of money. What cannot be read as a filter simply does not narrow."""

from typing import Any

from django import forms

from budget.enums import CommitmentState, EntryKind, InvoiceState
from budget.models import Fund, FundLine
from core.forms import DutchDateField

OPEN, LATE = "open", "late"


class _Filter(forms.Form):
    """Year and line, which every list has. Its labels fit in one row."""

    year = forms.ChoiceField(label="Jaar", required=False)
    line = forms.ModelChoiceField(
        label="Post", queryset=None, required=False, empty_label="alle posten"
    )

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        years = [(str(year), str(year)) for year in fund.years]
        fields["year"].choices = [("", "alle jaren"), *years]
        fields["line"].queryset = FundLine.objects.filter(fund=fund)

    def value(self, name: str) -> Any:
        """What was chosen; nothing when the list was opened without a filter."""
        self.full_clean()
        return getattr(self, "cleaned_data", {}).get(name)


class CommitmentFilter(_Filter):
    state = forms.ChoiceField(
        label="Stand", choices=[("", "alle"), *CommitmentState.choices], required=False
    )


class InvoiceFilter(_Filter):
    SHOWN = [("", "alle"), (OPEN, "nog niet betaald"), (LATE, "ouder dan 30 dagen")]
    state = forms.ChoiceField(
        label="Stand", choices=[*SHOWN, *InvoiceState.choices], required=False
    )


class LedgerFilter(_Filter):
    kind = forms.ChoiceField(
        label="Soort", choices=[("", "alle soorten"), *EntryKind.choices], required=False
    )
    day = DutchDateField(label="Zoals bekend op", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["size"] = 16
