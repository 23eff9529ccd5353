"""Suppliers of a region, and whose own firm or hours they are."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from budget.domain.rows import fit, one_line, reason, save_changes
from budget.models import Interest, Supplier
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused
from core.transitions import locked
from governance.domain.texts import refuse_personal_data
from governance.models import Region
from governance.rules import demand

OWN_INTEREST = Refusal(
    "Dit gaat over uw eigen uren of uw eigen bedrijf. Laat iemand anders dit doen."
)
FIELDS = ("name", "kvk")


@transaction.atomic
def add_supplier(region: Region, *, name: str, kvk: str = "", by: User | None) -> Supplier:
    """A new supplier. Refuses a name (case and accents aside) or KVK number that is there."""
    demand(by, "budget.handle", region)
    refuse_personal_data({"name": name})
    supplier = Supplier(region=region, name=one_line(name), kvk=kvk.replace(" ", ""))
    supplier.set_sort_name()
    fit(supplier)
    StatusChange.log(supplier, act="supplier_added", by=by)
    return supplier


@transaction.atomic
def edit_supplier(
    supplier: Supplier,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Correct name or KVK number; returns the fields that changed."""
    current = locked(Supplier.objects.select_related("region"), supplier.pk)
    demand(by, "budget.handle", current.region)
    wanted = {name: one_line(str(value)) for name, value in values.items()}
    changed = save_changes(current, wanted, base=base, base_revision=base_revision, allowed=FIELDS)
    if changed:
        StatusChange.log(current, act="supplier_edited", by=by)
    return changed


@transaction.atomic
def declare_interest(supplier: Supplier, person: User, *, by: User | None) -> Interest:
    """Record that a supplier is somebody's own firm, or bills her own hours."""
    current = locked(Supplier.objects.select_related("region"), supplier.pk)
    demand(by, "budget.handle", current.region)
    interest = fit(Interest(supplier=current, user=person))
    StatusChange.log(current, act="interest_declared", by=by, why=str(person))
    return interest


@transaction.atomic
def withdraw_interest(interest: Interest, *, why: str, by: User | None) -> None:
    """Take an interest away that is none any more. Refuses the person herself."""
    current = locked(Supplier.objects.select_related("region"), interest.supplier_id)
    demand(by, "budget.handle", current.region)
    if by is not None and by.pk == interest.user_id:
        raise Refused(Refusal("Uw eigen belang laat u door iemand anders weghalen."))
    text = reason(why)
    StatusChange.log(current, act="interest_withdrawn", by=by, why=f"{interest.user}: {text}")
    interest.delete()


def interest_answer(supplier: Supplier, by: User | None) -> Answer:
    """Nobody handles what is of her own firm or about her own hours."""
    if by is not None and supplier.interests.filter(user=by).exists():
        return OWN_INTEREST
    return True
