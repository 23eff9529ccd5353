"""The form field for formatted text: an editor, and without JavaScript a plain text area."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import linebreaks
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import Media, Script

# What a text of a proposal may hold. No images, no colours, no HTML view.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "History": True,
}
TAG = re.compile(r"</?[a-zA-Z]")


class RichTextWidget(ProseEditorWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    @property
    def media(self) -> Media:
        # Ours first: it gives the editor its Dutch words before the editor starts.
        ours = Media(js=[Script("js/editor.js", type="module")], css={"all": ["css/editor.css"]})
        return ours + super().media


class RichTextField(forms.CharField):
    """Gives cleaned HTML. What was typed without an editor becomes paragraphs."""

    widget = RichTextWidget

    def clean(self, value: Any) -> str:
        # Imported late, so that a form can be drawn without the cleaner.
        from core.richtext import clean, to_plain_text

        text = super().clean(value)
        if text and not TAG.search(text):
            text = linebreaks(text, autoescape=True)
        cleaned = clean(text)
        if self.required and not to_plain_text(cleaned).strip():
            raise ValidationError(self.error_messages["required"], code="required")
        return cleaned
