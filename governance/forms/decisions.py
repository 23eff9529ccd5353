"""Forms of decisions: recording point by point, finding, and replacing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.forms.boundfield import BoundField

from core.formats import long_date, sort_key
from core.forms import DutchDateField
from governance.domain.decisions import PointOutcome, Validity
from governance.domain.round_count import count_round
from governance.domain.voting import standing_round
from governance.enums import DecisionState, Method, Outcome
from governance.forms.base import DomainForm
from governance.models import Body, Decision, DecisionPoint, PointDecision, RouteStep, VoteRound
from governance.vote_page import result_sentence

TYPED = [(way.value, way.label) for way in (Method.CONSENSUS, Method.COUNT)]
OUTCOMES = [choice for choice in Outcome.choices if choice[0] != Outcome.NOTED]


def fitting_choices(point: DecisionPoint, vote_round: VoteRound) -> list[tuple[str, str]]:
    """The outcomes that a vote leaves open; adopted with another text is amended."""
    fitting = count_round(vote_round).outcomes_of(vote_round.result)
    fitting.discard(Outcome.ADOPTED if vote_round.text != point.text else Outcome.AMENDED)
    return [choice for choice in OUTCOMES if choice[0] in fitting]


@dataclass(frozen=True)
class PointFields:
    """What the page shows of one decision point: its text and its fields.

    After a vote only what can follow from it is asked.
    """

    point: DecisionPoint
    outcome: BoundField
    amended: BoundField | None
    method: BoundField | None
    votes: list[BoundField]
    note: BoundField
    round: VoteRound | None = None
    result: str = ""


class RecordForm(DomainForm):
    """What the meeting decided on every point, and from when it holds.

    The outcome of a point is called 'point-<pk>': there the domain puts what it refuses.
    """

    valid_from = DutchDateField(label="Geldt vanaf")
    valid_until = DutchDateField(
        label="Geldt tot en met", help_text="Laat leeg als er geen einddatum is.", required=False
    )
    extendable_until = DutchDateField(
        label="Kan worden verlengd tot en met",
        help_text="Alleen als het besluit een einddatum heeft.",
        required=False,
    )
    note = forms.CharField(
        label="Toelichting bij het besluit",
        help_text="Komt in het besluitmemo.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, step: RouteStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(step.version.points.all()) if step.version else []
        self.votes = step.body.rules.may_vote
        self.rounds = {point.pk: standing_round(step, point) for point in self.asked}
        for n, point in enumerate(self.asked, start=1):
            self._add(n, point)

    def _add(self, n: int, point: DecisionPoint) -> None:
        pk, vote_round = point.pk, self.rounds[point.pk]
        choices = fitting_choices(point, vote_round) if vote_round else OUTCOMES
        self.fields[f"point-{pk}"] = forms.ChoiceField(
            label=f"Beslispunt {n}: wat is er besloten?",
            choices=choices,
            initial=choices[0][0] if len(choices) == 1 else None,
            widget=forms.RadioSelect,
            error_messages={"required": f"Kies wat er over beslispunt {n} is besloten."},
        )
        if vote_round is None:
            self._add_free(n, pk)
        self.fields[f"note-{pk}"] = forms.CharField(
            label=f"Beslispunt {n}: toelichting",
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
        )

    def _add_free(self, n: int, pk: int) -> None:
        """What is asked where no vote says it: a new text, and hands that were counted."""
        self.fields[f"amended-{pk}"] = forms.CharField(
            label=f"Beslispunt {n}: nieuwe tekst",
            help_text="De hele tekst zoals die nu luidt.",
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        )
        if self.votes:
            self.fields[f"method-{pk}"] = forms.ChoiceField(
                label=f"Beslispunt {n}: is er gestemd?",
                choices=TYPED,
                initial=Method.CONSENSUS,
                widget=forms.RadioSelect,
            )
            for name, label in (("for", "voor"), ("against", "tegen")):
                self.fields[f"{name}-{pk}"] = forms.IntegerField(
                    label=f"Beslispunt {n}: stemmen {label}",
                    min_value=0,
                    max_value=9999,
                    required=False,
                )

    @staticmethod
    def all_adopted(step: RouteStep) -> dict[str, str]:
        """Every point adopted, to start from; on a point that was voted on, the vote stands."""
        points = step.version.points.all() if step.version else []
        free = [point.pk for point in points if standing_round(step, point) is None]
        return {f"point-{pk}": str(Outcome.ADOPTED) for pk in free}

    def points(self) -> Iterator[PointFields]:
        for point in self.asked:
            pk, vote_round = point.pk, self.rounds[point.pk]
            hands = self.votes and vote_round is None
            yield PointFields(
                point=point,
                outcome=self[f"point-{pk}"],
                amended=None if vote_round else self[f"amended-{pk}"],
                method=self[f"method-{pk}"] if hands else None,
                votes=[self[f"for-{pk}"], self[f"against-{pk}"]] if hands else [],
                note=self[f"note-{pk}"],
                round=vote_round,
                result=result_sentence(vote_round) if vote_round else "",
            )

    def outcomes(self) -> list[PointOutcome]:
        data = self.cleaned_data
        return [
            PointOutcome(
                point,
                data[f"point-{point.pk}"],
                method=data.get(f"method-{point.pk}", Method.CONSENSUS),
                amended_text=data.get(f"amended-{point.pk}", ""),
                votes_for=data.get(f"for-{point.pk}"),
                votes_against=data.get(f"against-{point.pk}"),
                note=data[f"note-{point.pk}"],
            )
            for point in self.asked
        ]

    def validity(self) -> Validity:
        data = self.cleaned_data
        return Validity(data["valid_from"], data["valid_until"], data["extendable_until"])


class DecisionFilterForm(forms.Form):
    """Narrow the list. Years and bodies are those of decisions that this person may read."""

    q = forms.CharField(label="Woorden in onderwerp of besluit", required=False)
    year = forms.TypedChoiceField(label="Jaar", coerce=int, required=False)
    body = forms.ModelChoiceField(
        label="Overleg", queryset=None, required=False, empty_label="alle", to_field_name="slug"
    )

    def __init__(self, *args: Any, years: set[int], bodies: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        newest = sorted(years, reverse=True)
        fields["year"].choices = [("", "alle"), *((year, str(year)) for year in newest)]
        fields["body"].queryset = Body.objects.filter(pk__in=bodies).order_by("order", "name")

    def narrow(self, found: list[tuple[int, int, int]]) -> list[int]:
        """The keys of what remains of rows (key, year, body), in the same order."""
        if not self.is_valid():
            return [pk for pk, _, _ in found]
        year, body = self.cleaned_data["year"], self.cleaned_data["body"]
        kept = [
            pk
            for pk, of_year, of_body in found
            if (not year or of_year == year) and (body is None or of_body == body.pk)
        ]
        if words := sort_key(self.cleaned_data["q"]).split():
            # Compared in Python: SQLite folds only ASCII. A region has hundreds of decisions.
            points = Prefetch("points", PointDecision.objects.select_related("point"))
            rows = Decision.objects.select_related("version").prefetch_related(points)
            texts = {row.pk: _words_of(row) for row in rows.filter(pk__in=kept)}
            kept = [pk for pk in kept if all(word in texts[pk] for word in words)]
        return kept


def _words_of(decision: Decision) -> str:
    texts = [decision.number, decision.version.subject, decision.version.summary, decision.note]
    for point in decision.points.all():
        texts += [point.point.text, point.amended_text]
    return sort_key(" ".join(texts))


class DecisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}, {long_date(obj.decided_on)}: {obj.version.subject}"


class ReplaceForm(DomainForm):
    """Which later decision took the place of this one."""

    replaced_by = DecisionChoice(
        label="Vervangen door",
        help_text="Alleen besluiten die definitief zijn en niet ouder dan dit besluit.",
        queryset=None,
        empty_label="kies een besluit",
    )

    def __init__(self, *args: Any, old: Decision, rows: QuerySet[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earliest: date = old.decided_on
        self.fields["replaced_by"].queryset = (  # type: ignore[attr-defined]
            rows.filter(region=old.region_id, decided_on__gte=earliest)
            .filter(state__in=[DecisionState.FINAL, DecisionState.PUBLISHED])
            .exclude(pk=old.pk)
            .select_related("version")
            .order_by("-decided_on", "-sequence")
        )
