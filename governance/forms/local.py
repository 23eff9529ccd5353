"""Forms of questions to municipalities, their outcomes, and the answers of the region."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst

from core import clock
from core.formats import long_date
from core.forms import DutchDateField
from governance.domain.local_reports import FIELDS, OUTCOMES, PAPER_KINDS
from governance.domain.local_terms import Term, legal_term
from governance.enums import Addressee, AnswerKind, LocalKind, TermSource, TermUnit
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.local_queries import BY_NAME, BY_NUMBER
from governance.models import LocalRound, LocalStep
from governance.models.local import WITH_TEXT


class AskForm(DomainForm):
    """Who is asked, what, and how long they have. A decision always has an own term."""

    addressee = forms.ChoiceField(
        label="Aan wie?",
        choices=[(to.value, capfirst(to.label)) for to in Addressee],
        widget=forms.RadioSelect,
    )
    question = forms.CharField(
        label="Wat vraagt u?",
        help_text="Elke gemeente krijgt dezelfde vraag, met de tekst van het stuk erbij.",
        widget=LimitedArea(4),
    )
    term_source = forms.ChoiceField(label="Welke termijn geldt?", widget=forms.RadioSelect)
    term_length = forms.IntegerField(
        label="Lengte van de eigen termijn",
        required=False,
        help_text="Alleen bij een eigen termijn. Bijvoorbeeld 6.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    term_unit = forms.ChoiceField(
        label="Dagen of weken", choices=TermUnit.choices, initial=TermUnit.WEEKS
    )
    term_note = forms.CharField(
        label="Waar komt de eigen termijn vandaan?",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: afspraak in het portefeuillehoudersoverleg.",
    )

    def __init__(self, *args: Any, kind: str, asked: LocalRound | None = None, **kwargs: Any):
        if asked is not None:
            kwargs["initial"] = {name: getattr(asked, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        sources = [TermSource.OWN] if kind == LocalKind.DECISION else list(TermSource)
        fields["term_source"].choices = [(source, self._label(source)) for source in sources]
        if len(sources) == 1:
            fields["term_source"].initial = TermSource.OWN

    @staticmethod
    def _label(source: TermSource, papers: date | None = None) -> str:
        if source == TermSource.OWN:
            return str(source.label).capitalize()
        term = legal_term(source, clock.today())
        label = f"{term.length} weken: {source.label}"
        if papers is None:
            return label
        day = term.send_by(papers)
        late = ", die dag is voorbij" if day < clock.today() else ""
        return f"{label}. Uiterlijk versturen op {long_date(day)}{late}"

    def show_days(self, when: str, papers: date | None) -> None:
        """Say before which meeting this is, and for each term by which day it has to be sent."""
        fields: Any = self.fields
        fields["term_source"].help_text = when
        sources = [TermSource(value) for value, _ in fields["term_source"].choices]
        fields["term_source"].choices = [(each, self._label(each, papers)) for each in sources]

    def term(self) -> Term:
        values = self.cleaned_data
        return Term(
            values["term_source"],
            values["term_length"] or 0,
            values["term_unit"],
            values["term_note"],
        )


class ExtendForm(DomainForm):
    """Until when, and why."""

    until = DutchDateField(label="Reageren kan tot en met")
    why = forms.CharField(
        label="Reden", help_text="De gemeenten lezen deze reden.", widget=LimitedArea(3)
    )


class ReportForm(BasedForm):
    """What a municipality decided; keeps what the writer started from, for two at once."""

    outcome = forms.ChoiceField(label="Wat is de uitkomst?", widget=forms.RadioSelect)
    decided_on = DutchDateField(
        label="Datum van de uitkomst",
        help_text="De dag waarop het college of de raad dit besloot. Bijvoorbeeld 3-12-2026.",
    )
    text = forms.CharField(label="Toelichting", required=False, widget=LimitedArea(6))
    source = forms.CharField(
        label="Waaruit neemt u dit over?",
        max_length=200,
        help_text="Bijvoorbeeld: brief van de griffier van 3 maart 2026.",
    )
    file = forms.FileField(
        label="Stuk van de gemeente",
        required=False,
        help_text="Bijvoorbeeld het raadsbesluit: "
        + ", ".join(str(kind.label) for kind in PAPER_KINDS)
        + ".",
    )
    why = forms.CharField(
        label="Waarom verbetert u dit?",
        help_text="Deze reden staat in het verloop.",
        widget=LimitedArea(2),
    )
    based = FIELDS

    def __init__(self, *args: Any, step: LocalStep, on_behalf: bool, **kwargs: Any) -> None:
        start = {name: getattr(step, name) or "" for name in FIELDS}
        super().__init__(*args, start=start, revision=step.revision, **kwargs)
        fields: Any = self.fields
        outcomes = OUTCOMES[step.round.kind]
        fields["outcome"].choices = [(o.value, str(o.label).capitalize()) for o in outcomes]
        needed = " of ".join(f"‘{o.label}’" for o in outcomes if o in WITH_TEXT)
        fields["text"].help_text = f"Vat samen wat de gemeente vindt. Nodig bij {needed}."
        if not on_behalf:
            fields["source"].required = False
            fields["source"].widget = forms.HiddenInput()
        if not step.outcome:
            del fields["why"]
        elif step.paper:
            fields["file"].help_text = f"Nu: {step.paper.name}. Een nieuw stuk vervangt dit."


class ReplyForm(DomainForm):
    """What the region does with what a municipality said."""

    answer = forms.ChoiceField(
        label="Wat doet de regio ermee?",
        choices=[(kind.value, capfirst(kind.label)) for kind in AnswerKind],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Antwoord aan de gemeente",
        help_text="Zeg wat er verandert, of waarom niet. De gemeente leest dit.",
        widget=LimitedArea(5),
    )


class TableForm(forms.Form):
    """Which rounds the table shows and in which order; what cannot be read does not narrow."""

    vraag = forms.ChoiceField(label="Vraag", required=False)
    op = forms.ChoiceField(
        label="Volgorde",
        required=False,
        choices=[(BY_NAME, "naam"), (BY_NUMBER, "nummer")],
    )

    def __init__(self, *args: Any, rounds: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "alle"), *((str(pk), label) for pk, label in rounds)]
        self.fields["vraag"].choices = choices  # type: ignore[attr-defined]
        if len(rounds) < 2:
            self.fields["vraag"].widget = forms.HiddenInput()

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name, ""))
