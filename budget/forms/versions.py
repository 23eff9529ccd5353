"""Forms of a budget in concept: the version, a heading, a line with its years, adopting."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django import forms

from budget.domain.adoption import AGREED, SETTLED
from budget.domain.lines import BASIS, YearAmount
from budget.forms.numbers import NumberFormField
from budget.models import BudgetVersion, Fund, FundLine, Heading
from core.forms import DutchDateField
from core.money import EuroFormField
from core.refusal import Refusal, Refused
from core.versioning import Clash, Conflict
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.models import Decision
from regioagenda.models import BuildingBlock

PARTS = ("amount", *BASIS)
LABELS = {
    "hours": "Uren per week",
    "weeks": "Weken",
    "rate": "Tarief per uur",
    "number": "Aantal",
    "price": "Prijs per stuk",
}


class VersionForm(DomainForm):
    title = forms.CharField(
        label="Titel",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld: Begroting 2020–2022. Laat leeg om de vorige titel te houden.",
    )


class HeadingForm(DomainForm):
    name = forms.CharField(label="Naam van het onderdeel", max_length=120)
    block = forms.ModelChoiceField(
        label="Onderdeel van de regiovisie",
        queryset=BuildingBlock.objects.none(),
        required=False,
        empty_label="geen",
    )

    def __init__(
        self, *args: Any, fund: Fund, heading: Heading | None = None, **kwargs: Any
    ) -> None:
        if heading is not None:
            kwargs["initial"] = {"name": heading.name, "block": heading.block_id}
        super().__init__(*args, **kwargs)
        block: Any = self.fields["block"]
        block.queryset = BuildingBlock.objects.filter(region=fund.region_id).order_by("number")


class LineForm(BasedForm):
    """A line with its amounts; every year is a set of fields, saved as one."""

    name = forms.CharField(label="Naam van de post", max_length=200)
    heading = forms.ModelChoiceField(
        label="Onderdeel", queryset=Heading.objects.none(), required=False, empty_label="geen"
    )
    explanation = forms.CharField(label="Toelichting", required=False, widget=LimitedArea(3))
    execution = forms.BooleanField(
        label="Dit is een uitvoeringsbudget",
        required=False,
        help_text="Geld voor wat in de uitvoering nodig blijkt, niet voor één opdracht.",
    )

    def __init__(
        self, *args: Any, version: BudgetVersion, start: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.years = sorted(set(version.fund.years) | {int(n) for n in start if n.isdecimal()})
        self.fund = version.fund
        super().__init__(*args, start=self.flat(start), **kwargs)
        heading: Any = self.fields["heading"]
        heading.queryset = version.headings.all()
        for year in self.years:
            for part in PARTS:
                kind = EuroFormField if part in ("amount", "rate", "price") else NumberFormField
                label = f"Bedrag in {year}" if part == "amount" else LABELS[part]
                self.fields[f"{year}-{part}"] = kind(label=label, required=False)
        self.based = ("name", "heading", "explanation", "execution", *self._year_fields())
        self.unguarded = frozenset(self._year_fields())

    def _year_fields(self) -> list[str]:
        return [f"{year}-{part}" for year in self.years for part in PARTS]

    @staticmethod
    def flat(values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of a line with the parts of a year apart."""
        found: dict[str, Any] = {}
        for name, value in values.items():
            if isinstance(value, YearAmount):
                found |= {f"{name}-{part}": getattr(value, part) for part in PARTS}
            elif isinstance(value, Heading):
                found[name] = value.pk
            else:
                found[name] = value
        return found

    def _whole(self, flat: Mapping[str, Any]) -> dict[str, Any]:
        """The other way round: the parts of a year together."""
        found = {name: value for name, value in flat.items() if "-" not in name}
        for year in self.years:
            parts = {part: flat.get(f"{year}-{part}") for part in PARTS}
            wrong = {part: None for part, value in parts.items() if isinstance(value, str)}
            found[str(year)] = YearAmount(**(parts | wrong))
        return found

    def values(self) -> dict[str, Any]:
        return self._whole(super().values())

    def base(self) -> dict[str, Any]:
        return self._whole(super().base())

    @contextmanager
    def year_by_part(self, newest: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
        """A refusal about a year, at its amount; a clash about a year, at the parts that differ."""
        try:
            yield
        except Refused as refused:
            raise Refused(*(self._at_amount(each) for each in refused.refusals)) from None
        except Conflict as conflict:
            now = newest()
            clashes = [part for clash in conflict.clashes for part in self._parts(clash, now)]
            raise Conflict(clashes, conflict.revision) from None

    @staticmethod
    def _at_amount(refusal: Refusal) -> Refusal:
        at_year = bool(refusal.field and refusal.field.isdecimal())
        return Refusal(refusal.reason, f"{refusal.field}-amount") if at_year else refusal

    def _parts(self, clash: Clash, now: Mapping[str, Any]) -> list[Clash]:
        if not clash.field.isdecimal():
            return [clash]
        names = [f"{clash.field}-{part}" for part in PARTS]
        return [
            Clash(name, clash.mine, clash.theirs)
            for name in names
            if self.as_text(name, now.get(name)) != str(self.data.get(name, ""))
        ]

    def about(self) -> list[forms.BoundField]:
        """The fields that are of no year."""
        apart = {self.confirm_field, *self._year_fields()}
        return [self[name] for name in self.fields if name not in apart]

    def groups(self) -> list[dict[str, Any]]:
        """Per year its fields, and what its basis makes as it was saved last."""
        return [
            {
                "year": year,
                "amount": self[f"{year}-amount"],
                "hours": [self[f"{year}-{part}"] for part in BASIS[:3]],
                "number": [self[f"{year}-{part}"] for part in BASIS[3:]],
                "open": any(self[f"{year}-{part}"].value() for part in BASIS),
                **_made(self.start, year),
            }
            for year in self.years
        ]


def _made(start: Mapping[str, Any], year: int) -> dict[str, Any]:
    hours, weeks, rate, number, price = (start.get(f"{year}-{part}") for part in BASIS)
    made: Decimal | None = None
    if None not in (hours, weeks, rate):
        made = Decimal(hours * weeks * rate)
    elif None not in (number, price):
        made = Decimal(number * price)
    stands = start.get(f"{year}-amount")
    return {"made": made, "differs": made is not None and stands is not None and made != stands}


class NewLineForm(LineForm):
    """A new line: of a heading, or the one for the unforeseen; or one of an earlier version."""

    earlier = forms.ModelChoiceField(
        label="Gaat dit verder met een post van eerder?",
        queryset=FundLine.objects.none(),
        required=False,
        empty_label="nee, dit is een nieuwe post",
        help_text="Dan blijft wat al is vastgelegd bij deze post.",
    )
    spare = forms.BooleanField(
        label="Dit is de post onvoorzien",
        required=False,
        help_text="Geld voor onvoorzien wordt eerst verschoven, en daarna pas uitgegeven.",
    )

    def __init__(self, *args: Any, version: BudgetVersion, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        there = version.lines.values("line")
        earlier: Any = self.fields["earlier"]
        earlier.queryset = version.fund.lines.exclude(pk__in=there)
        if not earlier.queryset.exists():
            del self.fields["earlier"]
        if version.fund.lines.filter(kind="contingency").exists():
            del self.fields["spare"]


class AdoptForm(DomainForm):
    """By a decision in the portal, or by one from elsewhere."""

    decision = forms.ModelChoiceField(
        label="Besluit in dit portaal",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="geen; het besluit is ergens anders genomen",
    )
    ground = forms.CharField(
        label="Wie stelde de begroting vast?",
        max_length=200,
        required=False,
        help_text="Alleen als u hierboven geen besluit kiest. Bijvoorbeeld: bestuur van 9 maart.",
    )
    on = DutchDateField(
        label="Op welke dag?",
        required=False,
        help_text="Leeg is de dag van het besluit, of vandaag.",
    )

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.queryset = (
            Decision.objects.filter(
                region=fund.region_id, state__in=SETTLED, proposal__state__in=AGREED
            )
            .select_related("body", "version")
            .order_by("-decided_on")
        )


class JudgeForm(DomainForm):
    text = forms.CharField(
        label="Wat vindt u van dit verschil?",
        max_length=500,
        widget=LimitedArea(3),
        help_text="Bijvoorbeeld: het bedrag in het blad blijft staan, want …",
    )
