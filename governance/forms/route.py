"""Forms of the route, of advice and of secrecy."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core import clock
from core.formats import clock_time, long_date
from core.forms import DutchDateField
from governance.domain.meetings import delivery_note
from governance.enums import AnswerKind, MeetingState, Purpose, StepState
from governance.forms.base import DomainForm
from governance.models import Body, Meeting, Membership, Proposal, Region, RouteStep, RouteTemplate
from governance.models.dated import valid_on


def long_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TemplateForm(DomainForm):
    """Choose a usual route of the region; those for this kind come first."""

    template = forms.ModelChoiceField(label="Gebruikelijke route", queryset=None, empty_label=None)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RouteTemplate.objects.filter(
            region=proposal.region, kind__in=["", proposal.kind]
        ).order_by("-kind", "name")
        self.fields["template"].queryset = rows  # type: ignore[attr-defined]


class StepForm(DomainForm):
    """Add one stop: which body, what for, and before which stop."""

    body = forms.ModelChoiceField(label="Gremium", queryset=None, empty_label="kies een gremium")
    purpose = forms.ChoiceField(label="Doel", choices=Purpose.choices)
    before = forms.ModelChoiceField(
        label="Komt voor", queryset=None, required=False, empty_label="aan het eind"
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.current().filter(region=proposal.region).order_by("order")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["before"].queryset = proposal.steps.filter(  # type: ignore[attr-defined]
            state__in=[StepState.PLANNED, StepState.ON_AGENDA]
        ).select_related("body")


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        text = f"{long_date(obj.starts_at, weekday=True)}, {clock_time(obj.starts_at)}"
        return ", ".join(part for part in (text, delivery_note(obj)) if part)


class PlanForm(DomainForm):
    """In which meeting of its body a stop sits."""

    meeting = MeetingChoice(
        label="Vergadering", queryset=None, required=False, empty_label="nog niet gekozen"
    )

    def __init__(self, *args: Any, step: RouteStep, **kwargs: Any) -> None:
        super().__init__(*args, initial={"meeting": step.meeting_id}, **kwargs)
        rows = Meeting.objects.filter(body=step.body).exclude(state=MeetingState.CANCELLED)
        coming = rows.filter(starts_at__gte=clock.now()) | rows.filter(pk=step.meeting_id)
        self.fields["meeting"].queryset = coming.select_related("body").order_by("starts_at")  # type: ignore[attr-defined]


class AdviceForm(DomainForm):
    """Advice, one point per field; empty fields are left out."""

    body = forms.ModelChoiceField(label="Gremium", queryset=None)
    given_on = DutchDateField(label="Datum van het advies")

    MORE = 3

    def __init__(
        self, *args: Any, bodies: Any, step: RouteStep | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        if step is not None:
            del self.fields["body"]
        filled = [name for name in self.data if name.startswith("point-")]
        for number in range(1, max(self.MORE, len(filled)) + 1):
            self.fields[f"point-{number}"] = forms.CharField(
                label=f"Adviespunt {number}", widget=long_area(3), required=False
            )
        self.fields["points"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def points(self) -> list[str]:
        """The points in order, with the empty ones: their place names the field of a refusal."""
        return [self.cleaned_data[name] for name in self.fields if name.startswith("point-")]


class AnswerForm(DomainForm):
    """What was done with a point of advice."""

    answer = forms.ChoiceField(
        label="Wat is ermee gedaan?", choices=AnswerKind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Toelichting",
        help_text="Zeg wat er is veranderd, of waarom niet. Dit staat in het besluitmemo.",
        widget=long_area(),
    )
    answered_in = forms.ModelChoiceField(
        label="Verwerkt in versie",
        queryset=None,
        required=False,
        empty_label="de versie in bewerking",
        help_text="Alleen bij overgenomen of deels overgenomen.",
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["answered_in"]
        field.queryset = proposal.versions.order_by("-number")
        field.label_from_instance = lambda version: f"versie {version.number}"


class NoteForm(DomainForm):
    """What came of a stop that does not conclude."""

    note = forms.CharField(label="Uitkomst", required=False, widget=long_area(3))


class VersionNoteForm(DomainForm):
    """What changed since the version before; readers see it in the list of versions."""

    change_note = forms.CharField(
        label="Wat is er veranderd sinds de vorige versie?", max_length=200, required=False
    )


class SecrecyForm(DomainForm):
    """Secrecy is a decision: which body, when, on what ground, and who may read."""

    target = forms.ChoiceField(label="Geheim wordt", choices=())
    body = forms.ModelChoiceField(label="Opgelegd door", queryset=None, empty_label=None)
    imposed_on = DutchDateField(label="Opgelegd op")
    ground = forms.CharField(
        label="Grond",
        help_text="Bijvoorbeeld: Gemeentewet, artikel 87, in verband met lopende onderhandeling.",
        widget=long_area(3),
    )
    circle_bodies = forms.ModelMultipleChoiceField(
        label="Gremia die het mogen lezen",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    circle_people = forms.ModelMultipleChoiceField(
        label="Mensen die het mogen lezen",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        region: Region,
        bodies: Any,
        targets: dict[str, tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        fields: Any = self.fields
        fields["target"].choices = [(key, label) for key, (label, _) in targets.items()]
        if len(targets) == 1:
            del fields["target"]
        fields["body"].queryset = bodies
        fields["circle_bodies"].queryset = Body.objects.current().filter(region=region)
        sitting = Membership.objects.filter(valid_on(), body__region=region, shielded=False).values(
            "user"
        )
        fields["circle_people"].queryset = (
            get_user_model().objects.filter(pk__in=sitting, is_active=True).order_by("office")
        )

    def chosen(self) -> tuple[Any, dict[str, Any]]:
        """What becomes secret, and the rest of the decision to impose it."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "target"}
        key = self.cleaned_data.get("target") or next(iter(self.targets))
        return self.targets[key][1], values


class LiftForm(DomainForm):
    """Lifting secrecy: when and why."""

    lifted_on = DutchDateField(label="Opgeheven op")
    reason = forms.CharField(label="Reden", widget=long_area(3))
