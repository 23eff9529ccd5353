"""The form of a line that a proposal touches."""

from typing import Any

from django import forms

from budget.forms.funds import year_field
from budget.models import Fund, FundLine
from core.money import EuroFormField
from governance.forms.base import DomainForm
from governance.models import Proposal
from governance.rules import visible_to


class _Line(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.fund}: {obj.name}"


class CostForm(DomainForm):
    """Only lines in the budget in force, of funds whose figures this person reads."""

    line = _Line(label="Post", queryset=FundLine.objects.none(), empty_label="Maak een keuze")
    year = year_field("Jaar")
    amount = EuroFormField(label="Gevraagd bedrag in euro", help_text="Bijvoorbeeld 33.000.")
    note = forms.CharField(label="Toelichting", max_length=200, required=False)

    def __init__(self, *args: Any, proposal: Proposal, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funds = visible_to(user, Fund).filter(region=proposal.region_id)
        line: Any = self.fields["line"]
        line.queryset = (
            FundLine.objects.filter(fund__in=funds, in_versions__version__state="adopted")
            .select_related("fund")
            .order_by("fund", "name", "pk")
        )
