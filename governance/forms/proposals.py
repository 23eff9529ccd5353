"""Forms of the pages of proposals."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from core.formats import sort_key
from governance.enums import ProposalKind, ProposalState
from governance.forms.base import DomainForm
from governance.models import Proposal

ANY = [("", "alle")]


class FilterForm(forms.Form):
    """Narrow the list. What cannot be read as a filter simply does not narrow."""

    q = forms.CharField(label="Woorden in onderwerp of samenvatting", required=False)
    state = forms.ChoiceField(label="Stand", choices=[*ANY, *ProposalState.choices], required=False)
    kind = forms.ChoiceField(label="Soort", choices=[*ANY, *ProposalKind.choices], required=False)

    def narrow(self, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
        if not self.is_valid():
            return rows
        if self.cleaned_data["state"]:
            rows = rows.filter(shown_state=self.cleaned_data["state"])
        if self.cleaned_data["kind"]:
            rows = rows.filter(kind=self.cleaned_data["kind"])
        if words := sort_key(self.cleaned_data["q"]).split():
            # Compared in Python: SQLite folds only ASCII. A region has hundreds of proposals.
            found = [
                pk
                for pk, subject, summary in rows.values_list(
                    "pk", "working__subject", "working__summary"
                )
                if all(word in sort_key(f"{subject} {summary}") for word in words)
            ]
            rows = rows.filter(pk__in=found)
        return rows


class ReasonForm(DomainForm):
    """The reason of an act, as it will stand in the trail."""

    why = forms.CharField(
        label="Reden",
        help_text="Deze reden staat in het verloop van het voorstel.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, required: bool = True, label: str = "Reden", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["why"].required = required
        self.fields["why"].label = label
