"""Parts that forms share: dates and times as people write them, the guard, and refusals."""

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.formats import MONTHS, WEEKDAYS, long_date
from core.guard import open_findings
from core.refusal import Refused

if TYPE_CHECKING:
    FormBase = forms.BaseForm
else:
    FormBase = object

DATE_WRONG = "Vul een datum in, bijvoorbeeld 22-11-2026 of 22 november 2026."
DATE_ABSENT = "{} bestaat niet. Controleer dag en maand."
YEAR_SHORT = "Schrijf het jaar met vier cijfers, bijvoorbeeld 22-11-2026."
TIME_WRONG = "Vul een tijd in, bijvoorbeeld 9.30 of 14.00 uur."
GUARD_LABEL = "Deze persoonsgegevens mogen hier staan"

_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4}|\d{2})")
_WEEKDAY = re.compile(rf"^(?:{'|'.join(WEEKDAYS)}),?\s+")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(?::00)?(\s*(?:uur|u))?")


def parse_date(text: str) -> date:
    """Read '22-11-2026', '22 november 2026', '2026-11-22'. Raises ValueError with a sentence."""
    plain = _WEEKDAY.sub("", " ".join(text.lower().split()))
    if match := _ISO.fullmatch(plain):
        year, month, day = match.groups()
    elif match := _NUMBERS.fullmatch(plain):
        day, month, year = match.groups()
    elif (match := _WORDS.fullmatch(plain)) and (number := _month(match[2])):
        day, month, year = match[1], str(number), match[3]
    else:
        raise ValueError(DATE_WRONG)
    if len(year) == 2:
        raise ValueError(YEAR_SHORT)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(DATE_ABSENT.format(text.strip())) from None


def parse_time(text: str) -> time:
    """Read '9.30', '9:30', '9.30 uur', '14 uur'. Raises ValueError with a sentence."""
    match = _TIME.fullmatch(text.strip().lower())
    if match is None or not (match[2] or match[3]):
        raise ValueError(TIME_WRONG)
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        raise ValueError(TIME_WRONG) from None


def _month(word: str) -> int | None:
    if word == "mrt":
        return 3
    if len(word) < 3:
        return None
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(word)), None)


class DutchDateField(forms.Field):
    """A text field, as NL Design System advises for a date that somebody knows by heart."""

    default_error_messages = {"required": DATE_WRONG}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return timezone.localdate(value) if timezone.is_aware(value) else value.date()
        if isinstance(value, date):
            return value
        if not value or not str(value).strip():
            return None
        try:
            return parse_date(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return long_date(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DutchTimeField(forms.Field):
    """A time as text: '9.30', '9:30' or '9.30 uur'."""

    default_error_messages = {"required": TIME_WRONG}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time):
            return value
        if not value or not str(value).strip():
            return None
        try:
            return parse_time(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02d}" if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class GuardedFormMixin(FormBase):
    """Runs the personal-data guard over the text fields of a form.

    A hit becomes an error on its field. When all that stops the form may be confirmed, a checkbox
    appears with which the writer does so; a BSN can never be confirmed.
    """

    confirm_field = "personal_data_confirmed"
    unguarded: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.confirm_field] = forms.BooleanField(
            label=GUARD_LABEL, required=False, widget=forms.HiddenInput
        )
        if self.is_bound and self._confirmed():
            self._show_confirmation()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        values = self.cleaned_data if cleaned is None else cleaned
        confirmed = bool(values.pop(self.confirm_field, False))
        for name in self.guarded_fields():
            hits = open_findings(str(values.get(name) or ""))
            hits = [hit for hit in hits if hit.blocks or not confirmed]
            if any(not hit.blocks for hit in hits):
                self._show_confirmation()
            for hit in hits:
                self.add_error(name, ValidationError(hit.message, code=hit.kind))
        return values

    def guarded_fields(self) -> list[str]:
        """Fields in which people write freely; an e-mail field is no place to ask about e-mail."""
        plain = (forms.EmailField, forms.URLField, forms.SlugField)
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField)
            and not isinstance(field, plain)
            and name not in self.unguarded
        ]

    def _confirmed(self) -> bool:
        field = self.fields[self.confirm_field]
        value = field.widget.value_from_datadict(
            self.data, self.files, self.add_prefix(self.confirm_field)
        )
        return bool(field.to_python(value))

    def _show_confirmation(self) -> None:
        self.fields[self.confirm_field].widget = forms.CheckboxInput()


def add_refused(form: forms.BaseForm, refused: Refused) -> None:
    """Show every reason of a refusal at its field, or above the form when it has no such field."""
    for field, reasons in refused.as_errors().items():
        for reason in reasons:
            form.add_error(field if field in form.fields else None, reason)
