"""Numbers as people write them: 24, 2,5 or 1.234."""

from typing import Any

from django.core.exceptions import ValidationError

from core.formats import amount
from core.money import EuroFormField

WRONG = "Vul een getal in, bijvoorbeeld 24 of 2,5."


class NumberFormField(EuroFormField):
    """At most two decimals, as an amount, but not in euro."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(WRONG, code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        text = super().prepare_value(value)
        return text.removesuffix(",00") if value is not None and text == _plain(value) else text


def _plain(value: Any) -> str:
    try:
        return amount(value)
    except (ArithmeticError, TypeError, ValueError):
        return ""
