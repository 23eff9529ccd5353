"""What the templates of the pack need to know about a field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString

register = template.Library()

PART_NAMES = ("datum", "tijd")
DEFAULT_BUTTON_CLASSES = {"btn", "btn-primary", "btn-inverse", "btn-secondary"}


@dataclass(frozen=True)
class SummaryLine:
    """One error above the form; `target` is the id of the field, or empty for the whole form."""

    message: str
    label: str = ""
    target: str = ""

    @property
    def head(self) -> str:
        """The label, with a colon unless it asks something."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


@register.filter
def nlds_kind(field: BoundField) -> str:
    """Which shape a field takes: radios, checkboxes, checkbox, file, parts or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "parts"
    return "plain"


@register.filter
def nlds_optional(field: BoundField) -> bool:
    """Whether to say that this field may stay empty. An unticked checkbox is an answer too."""
    return not (
        field.field.required
        or field.field.disabled
        or getattr(field.form, "nlds_hide_optional", False)
        or getattr(field.field, "nlds_hide_optional", False)
        or isinstance(field.field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
    )


@register.filter
def nlds_described_by(field: BoundField) -> str:
    """The ids of the help and error text of a field, in that order."""
    ids = []
    if field.auto_id and field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.auto_id and field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


def _classes(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "utrecht-checkbox utrecht-checkbox--html-input"
    if isinstance(widget, forms.Select):
        return "utrecht-select utrecht-select--html-select"
    if isinstance(widget, forms.Textarea):
        return "utrecht-textarea utrecht-textarea--html-textarea"
    if isinstance(widget, forms.FileInput):
        return ""
    return "utrecht-textbox utrecht-textbox--html-input"


def _as_text(widget: forms.NumberInput, field: forms.Field) -> forms.TextInput:
    """A number as text: the server explains what is wrong with 'abc', the browser would not."""
    whole = isinstance(field, forms.IntegerField) and not isinstance(
        field, forms.DecimalField | forms.FloatField
    )
    attrs = {k: v for k, v in widget.attrs.items() if k not in ("min", "max", "step")}
    return forms.TextInput({"inputmode": "numeric" if whole else "decimal", **attrs})


@register.simple_tag
def nlds_widget(field: BoundField) -> SafeString:
    """The bare control with the classes of its kind and its ties to help and error text."""
    widget = field.field.widget
    if type(widget) is forms.NumberInput:
        widget = _as_text(widget, field.field)
        widget.is_localized = field.field.localize
    if type(widget) is forms.ClearableFileInput:
        # Taking a file away is an act of its own, not a tick beside the upload.
        widget = forms.FileInput(widget.attrs)
    attrs: dict[str, Any] = {}
    classes = f"{_classes(widget)} {widget.attrs.get('class', '')}".strip()
    if classes:
        attrs["class"] = classes
    if described_by := nlds_described_by(field):
        own = widget.attrs.get("aria-describedby", "")
        attrs["aria-describedby"] = f"{own} {described_by}".strip()
    if isinstance(widget, forms.DateInput | forms.NumberInput | forms.TimeInput):
        attrs["data-width"] = "short"
    if isinstance(widget, forms.Textarea):
        if limit := widget.attrs.get("maxlength"):
            # False leaves the attribute out: a pasted text is counted, never cut off in silence.
            attrs |= {"maxlength": False, "data-max-length": limit}
        if widget.attrs.get("rows") == "10":
            attrs["rows"] = "5"
    return field.as_widget(widget, attrs)


@register.filter
def nlds_parts(field: BoundField) -> SafeString:
    """A field of several parts, such as a date with a time; each part has a name of its own."""
    widget = field.field.widget
    parts = getattr(widget, "widgets", [])
    names = PART_NAMES if isinstance(widget, forms.SplitDateTimeWidget) else range(1, 99)
    for part, name in zip(parts, names, strict=False):
        part.attrs |= {"class": _classes(part), "aria-label": f"{field.label}: {name}"}
    attrs: dict[str, Any] = {"aria-invalid": "true"} if field.errors else {}
    if isinstance(widget, forms.SelectDateWidget):
        attrs |= {"class": "utrecht-select utrecht-select--html-select", "aria-label": field.label}
    return field.as_widget(attrs=attrs)


@register.filter
def nlds_button_class(button: Any) -> str:
    """Submit is the primary action, unless css_class says 'secondary', 'subtle' or 'danger'."""
    given = [c for c in button.field_classes.split() if c not in DEFAULT_BUTTON_CLASSES]
    looks = {"secondary": "secondary-action", "subtle": "subtle", "danger": "danger"}
    chosen = [looks[c] for c in given if c in looks]
    if not chosen or chosen == ["danger"]:
        chosen.insert(0, "primary-action" if button.input_type == "submit" else "secondary-action")
    names = [f"utrecht-button--{look}" for look in chosen]
    return " ".join(["utrecht-button", *names, *(c for c in given if c not in looks)])


def _lines(form: Any, place: str = "") -> Iterator[SummaryLine]:
    for message in form.non_field_errors():
        yield SummaryLine(str(message), place)
    for field in form:
        target = field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")
        label = f"{field.label}, {place}" if place else str(field.label)
        for message in field.errors:
            yield SummaryLine(str(message), label, "" if field.is_hidden else target)


@register.simple_tag
def nlds_summary(subject: Any) -> list[SummaryLine]:
    """Every error of a form or formset, in the order of the page."""
    if not subject.is_bound:
        return []
    if not isinstance(subject, BaseFormSet):
        return list(_lines(subject))
    lines = [SummaryLine(str(message)) for message in subject.non_form_errors()]
    for number, form in enumerate(subject, start=1):
        lines += _lines(form, f"regel {number}")
    return lines
