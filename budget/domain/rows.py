"""What every act of this room needs: a row that fits, an amount that can be, the fund held."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

from budget.enums import MOST
from budget.models import Fund
from core import clock
from core.formats import long_date
from core.money import CENT
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import locked
from core.versioning import Revisioned, changed_fields
from governance.domain.organisation import as_refusals
from governance.domain.texts import refuse_personal_data

R = TypeVar("R", bound=models.Model)
V = TypeVar("V", bound=Revisioned)

GONE = Refusal("Dit is intussen weggehaald. Ververs de pagina.")
LONGEST_REASON = 300


def hold(fund_id: int) -> Fund:
    """Lock the fund: every act that moves money waits here, so two never spend the same euro."""
    return locked(Fund.objects.select_related("region"), fund_id)


def still(rows: models.QuerySet[R], pk: Any) -> R:
    """Read a row again under a lock. Refuses one that somebody took away meanwhile."""
    try:
        return locked(rows, pk)
    except ObjectDoesNotExist:
        raise Refused(GONE) from None


def fit(row: R) -> R:
    """Save a row that fits its fields and constraints; refuses with the sentence of each."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(*as_refusals(error)) from None
    row.save()
    return row


def one_line(text: str) -> str:
    """A name is one line, whatever came along with a paste."""
    return " ".join(text.split())


def amount_answer(
    amount: Decimal | None, field: str = "amount", *, zero: bool = False, empty: bool = False
) -> Answer:
    """Whether this can be an amount: whole cents, above zero, and no absurd sum.

    `zero` allows nil, `empty` no amount at all.
    """
    if amount is None:
        return True if empty else Refusal("Vul een bedrag in.", field)
    if not amount.is_finite() or abs(amount) > MOST:
        return Refusal("Dit bedrag kan niet kloppen: hoogstens € 999.999.999,99.", field)
    if amount != amount.quantize(CENT):
        return Refusal("Een bedrag heeft hoogstens twee cijfers achter de komma.", field)
    if amount < 0 or (amount == 0 and not zero):
        least = "nul of meer" if zero else "meer dan nul"
        return Refusal(f"Vul een bedrag van {least} in.", field)
    return True


def day_answer(day: date, fund: Fund, field: str = "effective_on") -> Answer:
    """Whether a booking can count from this day: not in the future, not before the fund began."""
    if day > clock.today():
        return Refusal(f"{long_date(day)} moet nog komen. Kies vandaag of eerder.", field)
    if day < fund.starts_on:
        return Refusal(
            f"Het fonds begint op {long_date(fund.starts_on)}. Kies die dag of later.", field
        )
    return True


def year_answer(year: int, fund: Fund, field: str = "year") -> Answer:
    """Whether the budget of the fund has this year."""
    years = fund.years
    if year in years:
        return True
    if not years:
        return Refusal("Dit fonds heeft geen enkel begrotingsjaar.", field)
    span = f"{years[0]} tot en met {years[-1]}" if len(years) > 1 else str(years[0])
    return Refusal(f"{year} valt buiten dit fonds. De begroting loopt over {span}.", field)


def reason(why: str, field: str = "why") -> str:
    """A reason on one line. Refuses an empty or endless one, and what may never be stored."""
    text = one_line(why)
    require(True if text else Refusal("Schrijf op waarom.", field))
    if len(text) > LONGEST_REASON:
        raise Refused(Refusal(f"Een reden telt hoogstens {LONGEST_REASON} tekens.", field))
    refuse_personal_data({field: text})
    return text


def seen_answer(row: Revisioned, seen: int | None) -> Answer:
    """Whether this is still what somebody looked at when she said yes; None is not asked."""
    if seen is None or seen == row.revision:
        return True
    return Refusal("Iemand wijzigde dit terwijl u keek. Kijk opnieuw, en beslis dan.")


def save_changes(
    row: V,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    allowed: tuple[str, ...],
) -> list[str]:
    """Set what the writer changed on a locked row that two people can change; merges per field.

    Raises Conflict with both values where somebody else changed the same field, and ValueError for
    a field that is not to be changed this way.
    """
    unknown = set(values) - set(allowed)
    if unknown:
        raise ValueError(f"not a field to change here: {sorted(unknown)}")
    refuse_personal_data(values)
    now = {name: getattr(row, name) for name in values}
    changed = changed_fields(
        now, values, base=base, base_revision=base_revision, revision=row.revision
    )
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.revision += 1
        fit(row)
    return changed
