"""Forms of money in motion: a commitment, an invoice, and the acts on them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from budget.enums import CommitmentState, InvoiceKind, LineKind, VersionState
from budget.models import Commitment, Fund, FundLine, Invoice, Supplier
from core import clock
from core.forms import DutchDateField
from core.money import EuroFormField
from core.versioning import Revisioned
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea

CHOOSE = "Maak een keuze"


def lines_in_force(fund: Fund, *, spare: bool = False) -> QuerySet[FundLine]:
    """The lines of the budget in force in its order; `spare` with the line for the unforeseen."""
    rows = FundLine.objects.filter(
        fund=fund, in_versions__version__state=VersionState.ADOPTED
    ).order_by("in_versions__heading__order", "in_versions__order", "pk")
    return rows if spare else rows.filter(kind=LineKind.ORDINARY)


def euro_field(label: str, **kwargs: Any) -> EuroFormField:
    kwargs.setdefault("help_text", "In euro's, bijvoorbeeld 1.234,56.")
    return EuroFormField(label=label, error_messages={"required": "Vul een bedrag in."}, **kwargs)


def why_field(label: str = "Waarom?", **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        widget=LimitedArea(3),
        error_messages={"required": "Schrijf op waarom."},
        **kwargs,
    )


def start_of(row: Revisioned | None, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in names}


class _OfCommitment(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.what} ({obj.supplier})"


# A commitment -------------------------------------------------------------------------------------


class CommitmentForm(BasedForm):
    """What is promised to whom. The line is chosen once: the number and the ledger hang on it."""

    based: tuple[str, ...] = (
        "supplier",
        "amount",
        "what",
        "reference",
        "starts_on",
        "ends_on",
        "condition",
    )
    line = forms.ModelChoiceField(label="Post", queryset=None, empty_label=CHOOSE)
    supplier = forms.ModelChoiceField(label="Leverancier", queryset=None, empty_label=CHOOSE)
    what = forms.CharField(
        label="Waarvoor",
        max_length=300,
        widget=LimitedArea(2),
        help_text="Noem geen kinderen of gezinnen.",
    )
    amount = euro_field("Bedrag")
    starts_on = DutchDateField(label="Van", help_text="Bijvoorbeeld 1 januari 2027.")
    ends_on = DutchDateField(
        label="Tot en met",
        help_text="In hetzelfde jaar. Loopt het over twee jaren, maak er dan één per jaar.",
    )
    reference = forms.CharField(
        label="Kenmerk",
        max_length=80,
        required=False,
        help_text="Van het contract of de offerte.",
    )
    condition = forms.CharField(
        label="Onder voorbehoud van",
        max_length=300,
        required=False,
        widget=LimitedArea(2),
        help_text="Tekenen kan dan al; betalen pas als u vastlegt dat eraan is voldaan.",
    )

    def __init__(
        self, *args: Any, fund: Fund, commitment: Commitment | None = None, **kwargs: Any
    ) -> None:
        if commitment is None:
            self.based = ("line", *CommitmentForm.based)
        start = kwargs.pop("start", None) or start_of(commitment, self.based)
        kwargs["revision"] = commitment.revision if commitment else 0
        super().__init__(*args, start=start, **kwargs)
        fields: Any = self.fields
        fields["supplier"].queryset = Supplier.objects.filter(region=fund.region_id)
        if commitment is None:
            fields["line"].queryset = lines_in_force(fund)
        else:
            del fields["line"]


class SeenForm(DomainForm):
    """Bound to what was looked at: what somebody changed since is not agreed to unseen."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=10**9)

    def __init__(self, *args: Any, row: Revisioned, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"seen": row.revision}
        super().__init__(*args, **kwargs)

    def looks_at(self, row: Revisioned) -> None:
        """The page shows this row now, so the next time this is what was seen."""
        self.data = self.data.copy()  # type: ignore[union-attr]
        self.data["seen"] = str(row.revision)


class SignForm(SeenForm):
    on = DutchDateField(label="Getekend op", help_text="Vandaag, of eerder als dat op papier was.")


class ConditionForm(DomainForm):
    on = DutchDateField(label="Voldaan op")


class AmountForm(DomainForm):
    """Another amount for a commitment that was signed; the whole, not the difference."""

    amount = euro_field("Nieuw bedrag", help_text="Het hele bedrag, niet het verschil.")
    why = why_field()


class WhyForm(DomainForm):
    why = why_field()


# An invoice ---------------------------------------------------------------------------------------


class InvoiceForm(BasedForm):
    """What stands on the paper. A credit note is typed above zero as well."""

    based: tuple[str, ...] = ("number", "amount", "dated", "received_on")
    commitment = _OfCommitment(label="Verplichting", queryset=None, empty_label=CHOOSE)
    kind = forms.ChoiceField(
        label="Soort",
        choices=InvoiceKind.choices,
        widget=forms.RadioSelect,
        help_text="Met de betaling van een eindfactuur sluit de verplichting.",
    )
    number = forms.CharField(
        label="Factuurnummer",
        max_length=60,
        help_text="Zoals het op de factuur staat.",
        error_messages={"required": "Vul het factuurnummer in."},
    )
    amount = euro_field(
        "Bedrag", help_text="Bijvoorbeeld 1.234,56. Ook bij een creditnota zonder min."
    )
    dated = DutchDateField(label="Factuurdatum")
    received_on = DutchDateField(label="Ontvangen op")

    def __init__(
        self, *args: Any, fund: Fund, invoice: Invoice | None = None, **kwargs: Any
    ) -> None:
        if invoice is None:
            self.based = ("commitment", "kind", *InvoiceForm.based)
        start = start_of(invoice, self.based) | kwargs.pop("start", {})
        if invoice is None:
            start.setdefault("kind", InvoiceKind.PARTIAL)
            start["kind"] = start["kind"] or InvoiceKind.PARTIAL
            start["received_on"] = start["received_on"] or clock.today()
        else:
            start["amount"] = abs(invoice.amount)
        revision = invoice.revision if invoice else 0
        super().__init__(*args, start=start, revision=revision, **kwargs)
        fields: Any = self.fields
        if invoice is None:
            fields["commitment"].queryset = billable(fund)
        else:
            del fields["commitment"], fields["kind"]


def billable(fund: Fund) -> QuerySet[Commitment]:
    """Commitments that can still be billed; a closed one too, for what comes in afterwards."""
    rows = Commitment.objects.filter(fund=fund).exclude(state=CommitmentState.CANCELLED)
    return rows.select_related("supplier")


class CheckForm(SeenForm):
    performance = forms.CharField(
        label="Wat is er geleverd?",
        max_length=2000,
        widget=LimitedArea(4),
        help_text="En waaraan u dat ziet. Noem geen kinderen of gezinnen.",
        error_messages={"required": "Schrijf op wat er is geleverd."},
    )


class DisputeForm(DomainForm):
    why = why_field("Wat klopt er niet?", help_text="Bespreek het ook met de leverancier.")


class PaymentForm(DomainForm):
    """The day of the bank; another amount only with its reason."""

    on = DutchDateField(label="Betaald op", help_text="De dag waarop de bank betaalde.")
    amount = euro_field("Betaald bedrag", help_text="Alleen anders als de bank iets anders deed.")
    why = forms.CharField(
        label="Waarom is er iets anders betaald?",
        max_length=300,
        required=False,
        widget=LimitedArea(2),
        help_text="Alleen als het bedrag anders is dan op de factuur.",
    )


class OtherCommitmentForm(DomainForm):
    """Another commitment of the same supplier, for a whole invoice."""

    commitment = _OfCommitment(label="Naar verplichting", queryset=None, empty_label=CHOOSE)

    def __init__(self, *args: Any, invoice: Invoice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["commitment"].queryset = others_for(invoice)


class SplitForm(OtherCommitmentForm):
    amount = euro_field("Bedrag dat u afsplitst")


def others_for(invoice: Invoice) -> QuerySet[Commitment]:
    """Where this invoice, or a part of it, can go: commitments to its supplier in the fund."""
    rows = billable(invoice.commitment.fund).filter(supplier=invoice.supplier_id)
    return rows.exclude(pk=invoice.commitment_id)


def initial_payment(invoice: Invoice) -> dict[str, Decimal | object]:
    return {"on": clock.today(), "amount": abs(invoice.amount)}
