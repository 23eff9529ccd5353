"""Money: stored as integer cents behind one field type that gives Decimal.

SQLite sums decimals as floats (0.10 + 0.20 <= 0.3 is false there); whole cents never drift.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

CENT = Decimal("0.01")
AMOUNT_WRONG = "Vul een bedrag in euro's in, bijvoorbeeld 1.234,56."


def parse_euro(text: str) -> Decimal:
    """Read an amount as people write it ('€ 1.234,56', '33.000', '1234.5'). Raises ValueError.

    A dot with exactly three digits behind it groups thousands, as is usual in Dutch.
    """
    plain = text.replace("€", "").replace("\u00a0", "").replace(" ", "").removesuffix(",-")
    if "," in plain:
        whole, _, cents = plain.rpartition(",")
        groups = whole.lstrip("-").split(".")
        if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
            raise ValueError(AMOUNT_WRONG)
        plain = whole.replace(".", "") + "." + cents
    else:
        groups = plain.lstrip("-").split(".")
        if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
            plain = plain.replace(".", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise ValueError(AMOUNT_WRONG) from None
    # More digits than a Decimal holds make quantize fail, and no budget has them.
    if not amount.is_finite() or amount.adjusted() > 15 or amount != amount.quantize(CENT):
        raise ValueError(AMOUNT_WRONG)
    return amount.quantize(CENT)


def cents(amount: Decimal | int) -> int:
    """The amount in whole cents, rounded half up."""
    return int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class EuroFormField(forms.CharField):
    """A text field, because number inputs reject '1.234,56' before we can explain it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_euro(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            from core.formats import amount

            return amount(value)
        return value


class EuroField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount in euro: Decimal in Python, whole cents in the database."""

    description = "Bedrag in euro"

    # What the type checker reads: an amount goes in and comes out as Decimal.
    _pyi_private_set_type: "Decimal | int | Combinable"  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else (Decimal(value) / 100).quantize(CENT)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return parse_euro(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def get_prep_value(self, value: Any) -> int | None:
        if value is None:
            return None
        return cents(Decimal(value))

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": EuroFormField, **kwargs})

    @property
    def validators(self) -> list[Any]:
        return []
