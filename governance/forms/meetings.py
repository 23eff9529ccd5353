"""Forms of meetings: planning, moving, letting lapse, and who was there."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from core.forms import DutchDateField, DutchTimeField, parse_date
from governance.agenda import member_label
from governance.domain.attendance import count_quorum, deputies, sitting_members
from governance.domain.meetings import day_warnings
from governance.forms.base import DomainForm
from governance.models import Body, Meeting, Membership, Region


class BodyFilterForm(forms.Form):
    """Narrow the list to one body. What cannot be read as a filter simply does not narrow."""

    body = forms.ModelChoiceField(
        label="Overleg", queryset=None, required=False, empty_label="alle", to_field_name="slug"
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Body | None:
        return self.cleaned_data.get("body") if self.is_valid() else None


class MomentForm(DomainForm):
    """When and where. An odd day is asked about once; it may be chosen all the same."""

    starts_at = DutchDateField(label="Datum", help_text="Bijvoorbeeld 2 juli 2027.")
    starts_time = DutchTimeField(label="Begintijd", help_text="Bijvoorbeeld 9.30.")
    place = forms.CharField(label="Plaats", max_length=120, required=False)

    def __init__(self, *args: Any, region: Region, reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reason:
            self.fields["why"] = forms.CharField(label="Reden", widget=forms.Textarea({"rows": 3}))
        self.warnings: list[str] = []
        self.anyway = ""
        if self.is_bound:
            self._ask_about(region)

    def _ask_about(self, region: Region) -> None:
        """The tick bears the day in its name, so that another odd day is asked about again."""
        typed = self.data.get(self.add_prefix("starts_at"), "")
        try:
            day = parse_date(typed)
        except ValueError:
            return
        if not self.fields["starts_at"].has_changed(self.initial.get("starts_at"), typed):
            return
        self.warnings = day_warnings(region, day)
        if self.warnings:
            self.anyway = f"anyway-{day.isoformat()}"
            self.fields[self.anyway] = forms.BooleanField(
                label="Toch op deze dag vergaderen", required=False
            )
            after = list(self.fields)
            after.insert(after.index("starts_at") + 1, self.anyway)
            self.order_fields(after)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.warnings and not cleaned.get(self.anyway):
            ask = "Kies een andere dag, of vink aan dat u toch op deze dag vergadert."
            self.add_error("starts_at", " ".join([*self.warnings, ask]))
        return cleaned

    def moment(self) -> datetime:
        day, time = self.cleaned_data["starts_at"], self.cleaned_data["starts_time"]
        return timezone.make_aware(datetime.combine(day, time))


class MeetingForm(MomentForm):
    """A new meeting of one of the bodies that one may plan for."""

    body = forms.ModelChoiceField(label="Overleg", queryset=None)
    field_order = ["body", "starts_at", "starts_time", "place"]

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class MembersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return member_label(obj)


class AttendanceForm(DomainForm):
    """A tick for every sitting member who was there, and for who replaced one."""

    present = MembersField(
        label="Wie waren er?",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        there = meeting.attendances.filter(present=True).values_list("membership", flat=True)
        super().__init__(*args, initial={"present": list(there)}, **kwargs)
        members = [
            *sitting_members(meeting.body, meeting),
            *deputies(meeting.body, meeting),
        ]
        quorum = count_quorum(meeting)
        # static/js/quorum.js counts the ticks while they are set.
        self.fields["present"].widget.attrs |= {
            "data-quorum": str(quorum.needed),
            "data-quorum-total": str(quorum.total),
        }
        self.fields["present"].queryset = (  # type: ignore[attr-defined]
            Membership.objects.filter(pk__in=[member.pk for member in members])
            .select_related("user", "seat__municipality", "deputy_of__user")
            .order_by("seat__municipality__sort_name", "pk")
        )
