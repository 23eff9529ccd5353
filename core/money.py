"""Money: stored as integer cents behind one field type that gives Decimal.

SQLite sums decimals as floats (0.10 + 0.20 <= 0.3 is false there); whole cents never drift.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

CENT = Decimal("0.01")
AMOUNT_WRONG = "Vul een bedrag in euro's in, bijvoorbeeld 1.234,56."
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]{0,2})?")
_PLAIN = re.compile(r"-?(?=[.,]?[0-9])[0-9]*([.,][0-9]{0,2})?")


def parse_euro(text: str) -> Decimal:
    """Read an amount as people write it ('€ 1.234,56', '33.000', '1234.5'). Raises ValueError.

    A dot with exactly three digits behind it groups thousands, as is usual in Dutch; then every
    group is complete, so '1234.567' is refused: it could be a million or a slip with decimals.
    """
    plain = text.replace("€", "").replace("\u00a0", "").replace(" ", "").removesuffix(",-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not _PLAIN.fullmatch(plain):
        raise ValueError(AMOUNT_WRONG)
    amount = Decimal(plain.replace(",", "."))
    # More digits than a Decimal holds make quantize fail, and no budget has them.
    if amount.adjusted() > 15:
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
