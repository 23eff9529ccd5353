"""Forms of the questions: title, a question, the levels of a scale, a file."""

from typing import Any

from django import forms

from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from nulmeting.enums import Score

MAX_TEXT, MAX_NAME = 300, 40


class HeadForm(BasedForm):
    """What stands above the questions."""

    based = ("title", "guidance")

    title = forms.CharField(label="Titel", max_length=120)
    guidance = forms.CharField(
        label="Uitleg vooraf",
        required=False,
        widget=LimitedArea(5),
        help_text="Dit leest iedereen die gaat invullen.",
    )


class BeginForm(BasedForm):
    based = ("title",)

    title = forms.CharField(
        label="Titel", max_length=120, help_text="Bijvoorbeeld: Nulmeting lokale bouwstenen."
    )


def _question() -> forms.CharField:
    area = LimitedArea(3)
    area.attrs["data-max-length"] = MAX_TEXT
    return forms.CharField(label="Vraag", max_length=MAX_TEXT, widget=area)


class ItemForm(BasedForm):
    """A question; a new one starts empty."""

    based: tuple[str, ...] = ("text",)

    text = _question()


class ChangeItemForm(ItemForm):
    """A question that stood in the version before: is it still that question?"""

    based = ("text", "asks")

    asks = forms.ChoiceField(
        label="Kunnen antwoorden van eerdere jaren ernaast staan?",
        choices=[
            ("same", "Ja, de vraag is hetzelfde, alleen anders verwoord"),
            ("other", "Nee, het is een andere vraag"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of het dezelfde vraag is."},
    )


class LevelsForm(BasedForm):
    """The five levels of a block, or (`named`) of the scale: 'name-SCORE' and 'text-SCORE'."""

    nlds_hide_optional = True  # it may be saved half done, but fixing the version asks for all

    def __init__(self, data: Any = None, *, named: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        confirmed = fields.pop("personal_data_confirmed", None)
        for score in Score.values:
            if named:
                fields[f"name-{score}"] = forms.CharField(
                    label=f"Naam van niveau {score}", max_length=MAX_NAME, required=False
                )
            area = LimitedArea(2)
            area.attrs["data-max-length"] = MAX_TEXT
            fields[f"text-{score}"] = forms.CharField(
                label=f"Wat betekent niveau {score}?" if named else f"Niveau {score}",
                max_length=MAX_TEXT,
                required=False,
                widget=area,
            )
        self.based = tuple(name for name in fields if name.startswith(("name-", "text-")))
        if confirmed is not None:
            fields["personal_data_confirmed"] = confirmed


class FileForm(DomainForm):
    """A file with the questions."""

    title = forms.CharField(label="Titel", max_length=120)
    file = forms.FileField(
        label="Bestand",
        help_text="Een YAML-bestand, zoals u het hier ook kunt downloaden.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
        },
    )
