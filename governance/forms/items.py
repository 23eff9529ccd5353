"""Forms of an agenda item: a position, an annotation, a question with its answer, a note."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from core.forms import DutchDateField, DutchTimeField
from core.models import Draft
from governance.domain import annotations, positions
from governance.enums import PositionChoice
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.models import Annotation, Question

CHOOSE = "Kies akkoord, akkoord mits, bespreken of bezwaar."
NO_PEOPLE = "Noem geen kinderen of gezinnen."


class PositionForm(DomainForm):
    """One tap, with a text where the choice asks for it."""

    choice = forms.ChoiceField(
        choices=PositionChoice.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = forms.CharField(max_length=positions.LONGEST, required=False)
    revision = forms.IntegerField(min_value=0, max_value=10**9, required=False)

    def reasons(self) -> str:
        """Everything that is wrong, as one text: the buttons have no place of their own for it."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def typed(self) -> dict[str, str]:
        """What was typed and refused, for the box in which it stands (preparing.Box)."""
        asked = self.data.get("choice", "")
        return {
            "text": self.data.get("text", ""),
            "asked": asked if asked in positions.NEEDS_TEXT else "",
            "error": self.reasons(),
            "confirm": "" if self.fields[self.confirm_field].widget.is_hidden else "1",
        }


class AnnotationForm(BasedForm):
    """One line for who has ten minutes, and a text for who has more."""

    line = forms.CharField(
        label="Advies in één regel",
        max_length=annotations.LONGEST_LINE,
        help_text="Staat op de pagina van de vergadering, bij het punt.",
        widget=LimitedArea(2),
    )
    text = forms.CharField(
        label="Toelichting",
        required=False,
        help_text=NO_PEOPLE,
        widget=LimitedArea(8),
    )

    based = annotations.FIELDS

    def __init__(self, *args: Any, annotation: Annotation, **kwargs: Any) -> None:
        start = {name: getattr(annotation, name) for name in self.based}
        super().__init__(*args, start=start, revision=annotation.revision, **kwargs)
        self.fields["line"].widget.attrs["data-max-length"] = annotations.LONGEST_LINE


class QuestionForm(DomainForm):
    prefix = "vraag"

    text = forms.CharField(
        label="Uw vraag",
        help_text=f"Wie dit punt leest, ziet vraag en antwoord. {NO_PEOPLE}",
        widget=LimitedArea(3),
        error_messages={"required": "Schrijf uw vraag op."},
    )


class AnswerForm(DomainForm):
    """The answer, with the revision its writer saw."""

    answer = forms.CharField(
        label="Antwoord",
        help_text=f"Wie dit punt leest, ziet dit antwoord. {NO_PEOPLE}",
        widget=LimitedArea(6),
        error_messages={"required": "Schrijf het antwoord op."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(
        self, *args: Any, question: Question, draft: Draft | None = None, **kwargs: Any
    ) -> None:
        initial = {"answer": question.answer, "revision": question.revision}
        if draft and draft.base_revision == question.revision:
            initial["answer"] = draft.data.get("answer", "")
        super().__init__(*args, initial=initial, **kwargs)


class NoteForm(DomainForm):
    prefix = "notitie"

    text = forms.CharField(
        label="Eigen notitie",
        required=False,
        strip=False,
        help_text="Alleen u ziet dit in het portaal; technisch beheer van de database kan erbij. "
        "De notitie verdwijnt als u geen lid meer bent.",
        widget=LimitedArea(3),
    )


class DeadlineForm(DomainForm):
    """Until when members let know their position."""

    day = DutchDateField(label="Datum")
    time = DutchTimeField(label="Tijd", help_text="Bijvoorbeeld 12.00 uur.")

    def moment(self) -> datetime:
        data = self.cleaned_data
        return timezone.make_aware(datetime.combine(data["day"], data["time"]))
