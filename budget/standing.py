"""What a person may do with money today: her mandates, and where she has the role financiën.

Beside `governance.standing`, and kept the same way: on the user object, dropped as soon as a
mandate, fund or role changes in this process.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.signals import post_delete, post_save

from accounts.models import User
from budget.enums import MandateAct
from budget.models import Fund, FundLine, Mandate
from core import clock
from governance.enums import RegionRoleKind
from governance.models import RegionRole
from governance.standing import Person, forget, let_enter

_generation = 0


@dataclass(frozen=True)
class Purse:
    """The mandates in force, and the regions in which a person has the role financiën."""

    mandates: tuple[Mandate, ...] = ()
    finance_regions: frozenset[int] = frozenset()

    @property
    def funds(self) -> frozenset[int]:
        return frozenset(mandate.fund_id for mandate in self.mandates)

    def covering(self, act: str, fund: Fund, line: FundLine | None = None) -> list[Mandate]:
        """Mandates for this step in the fund; with a line, those that hold for it."""
        return [
            mandate
            for mandate in self.mandates
            if mandate.fund_id == fund.pk
            and mandate.act == act
            and (line is None or mandate.line_id in (None, line.pk))
        ]

    def pays_as_finance(self, act: str, fund: Fund) -> bool:
        """Registers payments by her role in the region, where the fund says so."""
        return (
            act == MandateAct.REGISTER_PAYMENT
            and fund.finance_pays
            and fund.region_id in self.finance_regions
        )


def purse_of(user: Person | None) -> Purse:
    """Nothing for nobody, and for who is not active."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Purse()
    key = (_generation, clock.today())
    cached: tuple[tuple[int, date], Purse] | None = getattr(user, "_purse", None)
    if cached is None or cached[0] != key:
        cached = (key, _read(user))
        user._purse = cached  # type: ignore[attr-defined]
    return cached[1]


def _read(user: User) -> Purse:
    roles = RegionRole.objects.current().filter(user=user, role=RegionRoleKind.FINANCE)
    return Purse(
        tuple(Mandate.objects.current().filter(user=user).select_related("fund")),
        frozenset(roles.values_list("region_id", flat=True)),
    )


def regions_of(user: User) -> set[int]:
    """The regions of the funds in which a person has a mandate: that lets her in."""
    return {mandate.fund.region_id for mandate in purse_of(user).mandates}


def _forget(**_: Any) -> None:
    global _generation
    _generation += 1


def watch() -> None:
    """Drop what was read when it changes, and let in who has a mandate (called at start-up)."""
    let_enter(regions_of)
    post_save.connect(forget, sender=Mandate, dispatch_uid="standing of who has a mandate")
    post_delete.connect(forget, sender=Mandate, dispatch_uid="standing of who has a mandate")
    for model in (Mandate, Fund, RegionRole):
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model, dispatch_uid=f"purse {model.__name__}")
