"""Forms of what is kept beside the money: suppliers, mandates, moves, and a booking put right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from budget.domain.adoption import decision_answer
from budget.enums import EntryKind, MandateAct
from budget.forms.money import CHOOSE, euro_field, lines_in_force, start_of, why_field
from budget.models import Fund, FundLine, LedgerEntry, Mandate, Supplier
from core.formats import euro
from core.forms import DutchDateField, add_refused
from core.refusal import Refusal, Refused
from governance.domain.people import people_of
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm
from governance.forms.people import person_label
from governance.models import Decision
from governance.rules import visible_to


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person_label(obj)


class _ByNumber(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.version.subject}"


# Suppliers ----------------------------------------------------------------------------------------


class SupplierForm(BasedForm):
    based = ("name", "kvk")
    name = forms.CharField(
        label="Naam",
        max_length=160,
        error_messages={"required": "Vul de naam van de leverancier in."},
    )
    kvk = forms.CharField(
        label="KVK-nummer",
        max_length=20,
        required=False,
        help_text="Acht cijfers.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    # Eight digits can look like a BSN with a mistake; the field is for nothing else.
    unguarded = frozenset({"kvk"})

    def __init__(self, *args: Any, supplier: Supplier | None = None, **kwargs: Any) -> None:
        start = {name: getattr(supplier, name, "") for name in self.based}
        super().__init__(
            *args, start=start, revision=supplier.revision if supplier else 0, **kwargs
        )

    def clean_kvk(self) -> str:
        return "".join(str(self.cleaned_data["kvk"]).split())


class InterestForm(DomainForm):
    """Whose own firm it is, or whose own hours are billed."""

    person = _Person(label="Van wie is dit?", queryset=None, empty_label=CHOOSE)

    def __init__(self, *args: Any, supplier: Supplier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(supplier.region) | _with_mandate(supplier)
        fields: Any = self.fields
        fields["person"].queryset = people.exclude(interests__supplier=supplier).distinct()


def _with_mandate(supplier: Supplier) -> QuerySet[User]:
    mandates = Mandate.objects.filter(fund__region=supplier.region_id)
    return User.objects.filter(pk__in=mandates.values("user"))


# Mandates -----------------------------------------------------------------------------------------


class MandateForm(DomainForm):
    user = _Person(label="Wie", queryset=None, empty_label=CHOOSE)
    act = forms.ChoiceField(label="Handeling", choices=[("", CHOOSE), *MandateAct.choices])
    amount = euro_field("Tot en met", required=False, help_text="Per keer. Leeg is zonder grens.")
    line = forms.ModelChoiceField(
        label="Alleen voor post", queryset=None, required=False, empty_label="alle posten"
    )
    valid_from = DutchDateField(label="Vanaf", required=False, help_text="Leeg is vanaf vandaag.")
    valid_until = DutchDateField(
        label="Tot en met de dag", required=False, help_text="Leeg is tot nader order."
    )

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["user"].queryset = people_of(fund.region).filter(is_active=True)
        fields["line"].queryset = FundLine.objects.filter(fund=fund)


class MandateEndForm(DomainForm):
    valid_until = DutchDateField(
        label="Geldig tot en met", help_text="De laatste dag. Gisteren betekent: meteen."
    )


class RulesForm(DomainForm):
    """Who may do two steps in this fund, and who registers payments."""

    checker_makes_payable = forms.BooleanField(
        label="Wie een factuur controleert, mag haar ook betaalbaar stellen", required=False
    )
    finance_pays = forms.BooleanField(
        label="Wie in de regio de rol financiën heeft, registreert betalingen", required=False
    )

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        super().__init__(
            *args, initial=start_of(fund, ("checker_makes_payable", "finance_pays")), **kwargs
        )


# Moves --------------------------------------------------------------------------------------------


def place(text: str, fund: Fund) -> tuple[FundLine, int] | None:
    """'12-2021' as a line and a year of this fund, if it is one."""
    line, _, year = text.partition("-")
    if not (line.isdecimal() and year.isdecimal() and len(line) < 19 and len(year) == 4):
        return None
    found = fund.lines.filter(pk=int(line)).first()
    return (found, int(year)) if found and int(year) in fund.years else None


class _MoveForm(DomainForm):
    """The ground of a move: within a mandate, or by a decision that the team writes down."""

    why = why_field()
    decision = _ByNumber(
        label="Besluit",
        queryset=None,
        required=False,
        empty_label="geen, ik schuif binnen mijn mandaat",
        help_text="Alleen als een overleg dit besloot.",
    )

    def __init__(
        self, *args: Any, fund: Fund, user: Any, by_decision: bool, by_mandate: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if not by_decision:
            del fields["decision"]
            return
        rows = visible_to(user, Decision).filter(region=fund.region_id)
        rows = rows.select_related("version", "proposal").order_by("-decided_on", "-pk")[:100]
        carry = [row.pk for row in rows if decision_answer(row, fund)]
        fields["decision"].queryset = Decision.objects.filter(pk__in=carry).select_related(
            "version"
        )
        if not by_mandate:
            fields["decision"].required = True
            fields["decision"].empty_label = CHOOSE
            fields["decision"].error_messages["required"] = "Kies het besluit."
            fields["decision"].help_text = "Zonder besluit schuift wie daar een mandaat voor heeft."


PLACES = {
    "from_line": "from_place",
    "from_year": "from_place",
    "to_line": "to_place",
    "to_year": "to_place",
}


class MoveForm(_MoveForm):
    """From a line and year to another; a place is 'LINE-YEAR'."""

    from_place = forms.ChoiceField(label="Van")
    to_place = forms.ChoiceField(label="Naar")
    amount = euro_field("Bedrag")
    field_order = ("from_place", "to_place", "amount", "why", "decision")

    def __init__(self, *args: Any, fund: Fund, left: Any, **kwargs: Any) -> None:
        super().__init__(*args, fund=fund, **kwargs)
        self.fund = fund
        lines = list(lines_in_force(fund, spare=True))
        gone = list(FundLine.objects.filter(fund=fund).exclude(pk__in=[row.pk for row in lines]))
        fields: Any = self.fields
        fields["from_place"].choices = self._places([*lines, *gone], left)
        fields["to_place"].choices = self._places(lines, left)
        for name in ("from_place", "to_place"):
            fields[name].error_messages["required"] = "Kies een post en een jaar."

    def _places(self, lines: list[FundLine], left: Any) -> list[Any]:
        """Per line its years, each with what is left."""
        groups = [
            (
                line.name,
                [
                    (f"{line.pk}-{year}", f"{year}: nog {euro(left(line.pk, year))} over")
                    for year in self.fund.years
                ],
            )
            for line in lines
        ]
        return [("", CHOOSE), *groups]

    def places(self) -> tuple[tuple[FundLine, int], tuple[FundLine, int]]:
        """Both places of a valid form."""
        origin = place(self.cleaned_data["from_place"], self.fund)
        target = place(self.cleaned_data["to_place"], self.fund)
        assert origin, "the choices are places of this fund"
        assert target, "the choices are places of this fund"
        return origin, target

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What the act says of its own fields goes to the field that stands here."""
        try:
            yield
        except Refused as refused:
            here = [Refusal(r.reason, PLACES.get(r.field, r.field)) for r in refused.refusals]
            add_refused(self, Refused(*here))


class CarryForm(_MoveForm):
    """What a line has left of a year that is over, to its next year."""

    from_place = forms.ChoiceField(label="Wat over is")
    field_order = ("from_place", "why", "decision")

    def __init__(self, *args: Any, fund: Fund, rests: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, fund=fund, **kwargs)
        self.fund = fund
        fields: Any = self.fields
        fields["from_place"].choices = [("", CHOOSE), *rests]

    def place(self) -> tuple[FundLine, int]:
        found = place(self.cleaned_data["from_place"], self.fund)
        assert found, "the choices are places of this fund"
        return found


# The ledger ---------------------------------------------------------------------------------------


class CorrectForm(DomainForm):
    """Another day, and of a payment another amount; the reason always."""

    effective_on = DutchDateField(label="Geldt op")
    amount = euro_field("Bedrag")
    why = why_field(help_text="Dit staat bij de tegenboeking en bij de nieuwe boeking.")

    def __init__(self, *args: Any, entry: LedgerEntry, **kwargs: Any) -> None:
        initial = {"effective_on": entry.effective_on, "amount": abs(entry.amount)}
        super().__init__(*args, initial=initial, **kwargs)
        if entry.kind != EntryKind.PAYMENT:
            del self.fields["amount"]
