"""Forms of a meeting and what it leaves: record, action points, decision list, written round."""

from typing import Any

from django import forms

from core.forms import DutchDateField
from governance.domain.minutes import FIELDS
from governance.enums import ItemResult, RoundAnswerKind
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm
from governance.models import ActionPoint, Body, DecisionList, ItemRecord, Membership, Region
from governance.models.dated import valid_on


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RecordForm(BasedForm):
    """What was said on an item and what was concluded. After a clash both texts can stay."""

    based = FIELDS
    joins = True
    discussed = forms.CharField(
        label="Besproken",
        required=False,
        widget=area(9),
        help_text="Voor uzelf en de voorzitter. Dit komt niet op de besluitenlijst.",
    )
    conclusion = forms.CharField(
        label="Conclusie",
        required=False,
        widget=area(3),
        help_text="Dit komt op de besluitenlijst.",
    )

    def __init__(self, data: Any = None, *, record: ItemRecord | None = None, **kwargs: Any):
        start = {name: getattr(record, name, "") for name in FIELDS}
        revision = record.revision if record else 0
        super().__init__(data, start=start, revision=revision, **kwargs)

    def sent(self) -> dict[str, list[str]]:
        """What the page sent before and heard nothing of (record.js)."""
        texts = {name: self.data.getlist(f"sent-{name}") for name in FIELDS}
        return {
            name: [self._read(name, text) for text in sent] for name, sent in texts.items() if sent
        }

    def start_from(self, texts: dict[str, str]) -> None:
        """Take these as what the writer started from."""
        data: Any = self.data
        for name, text in texts.items():
            data[f"base-{name}"] = text

    def settle(self, name: str, text: str) -> None:
        """A field was saved by itself: from here on it starts from its new text."""
        data: Any = self.data
        data[name] = data[f"base-{name}"] = text
        data.pop(f"theirs-{name}", None)
        data.pop(f"keep-{name}", None)


class PointForm(DomainForm):
    """One point of advice, as it falls."""

    text = forms.CharField(label="Adviespunt", widget=area(2))


class ResultForm(DomainForm):
    result = forms.ChoiceField(label="Uitkomst", choices=ItemResult.choices)


class OwnerChoice(forms.ModelChoiceField):
    """A member as she may be named, with her body when it is another one."""

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def label_from_instance(self, obj: Any) -> str:
        if self.body is not None and obj.body_id == self.body.pk:
            return str(obj.shown_as)
        return f"{obj.shown_as} ({obj.body.short_name})"


class ActionForm(BasedForm):
    """What, who and before when. Who is not a member is named by office."""

    based = ("text", "owner", "office", "due")
    text = forms.CharField(label="Wat gaat er gebeuren?", widget=area(2))
    owner = OwnerChoice(
        label="Wie doet het?", queryset=None, required=False, empty_label="iemand anders"
    )
    office = forms.CharField(
        label="Functie",
        max_length=120,
        required=False,
        help_text="Alleen als u bij de vorige vraag ‘iemand anders’ kiest.",
    )
    due = DutchDateField(label="Uiterlijk", help_text="Bijvoorbeeld 2 juli 2027.")

    def __init__(
        self, data: Any = None, *, body: Body, action: ActionPoint | None = None, **kwargs: Any
    ) -> None:
        start = {name: getattr(action, name, None) for name in self.based}
        revision = action.revision if action else 0
        super().__init__(data, start=start, revision=revision, **kwargs)
        sitting = Membership.objects.filter(valid_on(), body__region=body.region_id)
        here = sitting.filter(body=body) | sitting.filter(body__writes_proposals=True)
        if action is not None and action.owner_id:
            here = here | Membership.objects.filter(pk=action.owner_id)
        field: Any = self.fields["owner"]
        field.body = body
        field.queryset = here.select_related("user", "body").order_by("body__order", "pk")


class ActionFilterForm(forms.Form):
    """Narrow the list. What cannot be read as a filter simply does not narrow."""

    SHOWN = [("", "open"), ("late", "te laat"), ("closed", "afgerond en vervallen")]
    who = forms.ChoiceField(
        label="Van wie", choices=[("", "iedereen"), ("mine", "mij")], required=False
    )
    body = forms.ModelChoiceField(
        label="Overleg", queryset=None, required=False, empty_label="alle", to_field_name="slug"
    )
    shown = forms.ChoiceField(label="Stand", choices=SHOWN, required=False)

    def __init__(self, *args: Any, region: Region, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """What was chosen; nothing when the list was opened without a filter."""
        self.full_clean()
        return getattr(self, "cleaned_data", {}).get(name)


class AdoptForm(DomainForm):
    """In which meeting the list was adopted, and what it corrected."""

    meeting = forms.ModelChoiceField(label="Vastgesteld in", queryset=None, empty_label=None)
    corrections = forms.CharField(
        label="Verbeteringen",
        required=False,
        widget=area(4),
        help_text="De lijst zelf verandert niet; de verbeteringen staan erbij.",
    )

    def __init__(self, *args: Any, row: DecisionList, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class RoundForm(DomainForm):
    """Why this cannot wait, and until when members answer."""

    reason = forms.CharField(label="Waarom kan dit niet wachten?", widget=area(3))
    closes_on = DutchDateField(label="Antwoorden tot en met", help_text="Bijvoorbeeld 2 juli 2027.")


class RoundAnswerForm(DomainForm):
    answer = forms.ChoiceField(
        label="Uw antwoord", choices=RoundAnswerKind.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Toelichting",
        required=False,
        widget=area(3),
        help_text="Nodig als u niet akkoord bent of het wilt bespreken.",
    )
