"""Forms of the fund itself: what it is, and the parts of its grant."""

from typing import Any

from django import forms

from budget.domain.funds import FIELDS
from budget.figures import ZERO
from budget.forms.numbers import NumberFormField
from budget.models import Fund, Instalment
from core.forms import DutchDateField
from core.money import EuroFormField
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm


def year_field(label: str, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Vul een jaar in, bijvoorbeeld 2027.",
            "min_value": "Kies een jaar tussen 2000 en 2100.",
            "max_value": "Kies een jaar tussen 2000 en 2100.",
        },
        **kwargs,
    )


class FundForm(BasedForm):
    """What a fund is."""

    based = FIELDS

    name = forms.CharField(label="Naam", max_length=120)
    grantor = forms.CharField(
        label="Van wie komt het geld?",
        max_length=120,
        help_text="Noem een organisatie, geen persoon.",
    )
    starts_on = DutchDateField(label="Eerste dag", help_text="Bijvoorbeeld 1 januari 2027.")
    ends_on = DutchDateField(label="Laatste dag")
    includes_vat = forms.BooleanField(label="Bedragen zijn met btw", required=False, initial=True)
    contingency_rate = NumberFormField(
        label="Percentage onvoorzien",
        required=False,
        help_text="Bijvoorbeeld 7,5. Laat leeg als er geen post onvoorzien is.",
    )
    realised_before = EuroFormField(
        label="Eerder besteed, in euro",
        required=False,
        help_text="Wat is uitgegeven voor deze begroting begint. Laat leeg als dat niets is.",
    )
    realised_year = year_field("Besteed tot en met welk jaar?", required=False)
    realised_label = forms.CharField(
        label="Waar komt dat bedrag vandaan?", max_length=160, required=False
    )

    def clean_realised_before(self) -> Any:
        return self.cleaned_data["realised_before"] or ZERO


class NewFundForm(FundForm):
    """A new fund also gets an address."""

    slug = forms.SlugField(
        label="Kort adres",
        max_length=50,
        error_messages={"invalid": "Gebruik alleen letters, cijfers en streepjes."},
        help_text="Kleine letters en streepjes, bijvoorbeeld transformatiefonds. "
        "Dit staat in het adres van de pagina en verandert niet meer.",
    )
    field_order = ("name", "slug")


def start_of(fund: Fund) -> dict[str, Any]:
    """What the writer of a fund starts from."""
    return {name: getattr(fund, name) for name in FIELDS}


class InstalmentForm(DomainForm):
    """A part of the grant."""

    year = year_field("Voor welk jaar?")
    label = forms.CharField(
        label="Naam",
        max_length=60,
        required=False,
        help_text="Alleen nodig bij een tweede termijn in hetzelfde jaar.",
    )
    amount = EuroFormField(label="Bedrag in euro", help_text="Bijvoorbeeld 1.082.131.")
    received_on = DutchDateField(
        label="Ontvangen op", required=False, help_text="Laat leeg tot het geld er is."
    )

    def __init__(self, *args: Any, row: Instalment | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {"amount": row.amount, "received_on": row.received_on}
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["year"], self.fields["label"]
