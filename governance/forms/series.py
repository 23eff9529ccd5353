"""Forms of a series of meetings: its rhythm first, then every day of it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from core import clock
from core.calendar import school_holidays_note
from core.formats import WEEKDAYS, long_date
from core.forms import DutchDateField, DutchTimeField, add_refused
from core.refusal import Refusal, Refused
from governance.domain.series import ORDINALS, Candidate, Rule, rule_answers
from governance.enums import Rhythm
from governance.forms.base import DomainForm
from governance.models import Body

SKIP = ""


class SeriesForm(DomainForm):
    """How often a body meets, and from when until when."""

    body = forms.ModelChoiceField(
        label="Overleg", queryset=None, empty_label="kies een overleg", to_field_name="slug"
    )
    rhythm = forms.ChoiceField(label="Hoe vaak", choices=Rhythm.choices)
    which = forms.TypedChoiceField(
        label="De hoeveelste van de maand",
        choices=list(ORDINALS.items()),
        coerce=int,
        initial=1,
        help_text="Telt alleen mee bij een ritme van maanden.",
    )
    weekday = forms.TypedChoiceField(
        label="Dag", choices=list(enumerate(WEEKDAYS[:5])), coerce=int, initial=3
    )
    first = DutchDateField(label="Vanaf", help_text="Bijvoorbeeld 1 januari 2027.")
    until = DutchDateField(label="Tot en met", help_text="Bijvoorbeeld 31 december 2027.")
    starts_time = DutchTimeField(label="Begintijd", help_text="Bijvoorbeeld 9.30.")
    place = forms.CharField(label="Plaats", max_length=120, required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            answers = rule_answers(self.rule, clock.today())
            refusals = [answer for answer in answers if isinstance(answer, Refusal)]
            if refusals:
                add_refused(self, Refused(*refusals))
        return cleaned

    @property
    def rule(self) -> Rule:
        given = self.cleaned_data
        return Rule(
            given["rhythm"], given["weekday"], given["first"], given["until"], given["which"]
        )


class DaysForm(DomainForm):
    """What to do with every day of the series: the person decides before anything is planned."""

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.odd = sum(1 for candidate in candidates if candidate.obstacle)
        self.unknown = school_holidays_note(max(candidate.day for candidate in candidates))
        self.names = []
        for candidate in candidates:
            name = f"dag-{candidate.day.isoformat()}"
            self.names.append(name)
            self.fields[name] = _day_field(candidate)

    def days(self) -> list[date]:
        """The days that were chosen."""
        chosen = (self.cleaned_data.get(name, SKIP) for name in self.names)
        return [date.fromisoformat(day) for day in chosen if day]

    def moments(self, at: time) -> list[datetime]:
        return [timezone.make_aware(datetime.combine(day, at)) for day in self.days()]

    @property
    def counted(self) -> str:
        """'12 dagen. Op 2 dagen staat iets in de weg: kijk daarnaar.'"""
        days = f"{len(self.names)} dag{'' if len(self.names) == 1 else 'en'}."
        if not self.odd:
            return f"{days} Er staat niets in de weg."
        odd = "1 dag" if self.odd == 1 else f"{self.odd} dagen"
        return f"{days} Op {odd} staat iets in de weg: kijk daarnaar."

    def rows(self) -> list[Any]:
        return [self[name] for name in self.names]


def _day_field(candidate: Candidate) -> forms.ChoiceField:
    """Plan or pass by; with an obstacle first what is proposed, and the day itself if it may."""
    day, obstacle = candidate.day, candidate.obstacle
    skip = (SKIP, "overslaan")
    if obstacle is None:
        choices = [(day.isoformat(), "plannen"), skip]
        note = ""
    else:
        note = obstacle.reason
        choices = [skip]
        if candidate.instead:
            moved = long_date(candidate.instead, weekday=True)
            choices.insert(0, (candidate.instead.isoformat(), f"verplaatsen naar {moved}"))
        if not obstacle.firm:
            choices.append((day.isoformat(), "toch op deze dag"))
    label = long_date(day, weekday=True)
    return forms.ChoiceField(
        label=label[0].upper() + label[1:],
        choices=choices,
        initial=choices[0][0],
        required=False,
        help_text=note,
    )
