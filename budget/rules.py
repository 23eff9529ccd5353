"""Who may what with a fund (design.md, 'Who may what').

Figures are for members of internal bodies, advisers of the wethouder, the programme team, and who
works with the money. Suppliers, commitments and invoices are for the last two alone. The programme
team writes the budget; every step with money asks a mandate in force. Registered at start-up.
"""

from typing import Any

from django.db.models import Q, QuerySet
from rules.predicates import Predicate, predicate

from budget.enums import MandateAct, VersionState
from budget.models import (
    BudgetVersion,
    Commitment,
    Fund,
    FundLine,
    Instalment,
    Invoice,
    LedgerEntry,
    Mandate,
    Reallocation,
    Supplier,
)
from budget.standing import purse_of
from core.rights import register as register_right
from governance.enums import Circle
from governance.models import Body, Region, RegionMunicipality
from governance.rules import reads, writes_in_region
from governance.standing import Person, standing_of
from governance.visible import let_read

# Lists ------------------------------------------------------------------------------------------


def visible_funds(user: Person) -> QuerySet[Fund]:
    """Funds whose figures may be read. A member of an external body alone reads none."""
    standing = standing_of(user)
    internal = Body.objects.filter(pk__in=standing.bodies, circle=Circle.INTERNAL)
    advised = RegionMunicipality.objects.current().filter(municipality__in=standing.adviser_of)
    return Fund.objects.filter(
        Q(pk__in=handled_funds(user).values("pk"))
        | Q(region__in=internal.values("region"))
        | Q(region__in=advised.values("region"))
        | Q(region__in=purse_of(user).finance_regions)
    )


def handled_funds(user: Person) -> QuerySet[Fund]:
    """Funds that somebody works with: as programme team, with a mandate, or as finance."""
    purse = purse_of(user)
    return Fund.objects.filter(
        Q(region__in=standing_of(user).author_regions)
        | Q(pk__in=purse.funds)
        | Q(region__in=purse.finance_regions, finance_pays=True)
    )


def visible_versions(user: Person) -> QuerySet[BudgetVersion]:
    """What was adopted, for who reads figures; a concept for who works with the fund."""
    return BudgetVersion.objects.filter(
        Q(fund__in=handled_funds(user))
        | (~Q(state=VersionState.CONCEPT) & Q(fund__in=visible_funds(user)))
    )


def visible_reallocations(user: Person) -> QuerySet[Reallocation]:
    return Reallocation.objects.filter(fund__in=visible_funds(user))


def visible_instalments(user: Person) -> QuerySet[Instalment]:
    return Instalment.objects.filter(fund__in=visible_funds(user))


def visible_commitments(user: Person) -> QuerySet[Commitment]:
    """With the name of a supplier, who may be one person: only for who works with the fund."""
    return Commitment.objects.filter(fund__in=handled_funds(user))


def visible_invoices(user: Person) -> QuerySet[Invoice]:
    return Invoice.objects.filter(commitment__fund__in=handled_funds(user))


def visible_suppliers(user: Person) -> QuerySet[Supplier]:
    return Supplier.objects.filter(region__in=handled_funds(user).values("region"))


def visible_entries(user: Person) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(fund__in=handled_funds(user))


def visible_mandates(user: Person) -> QuerySet[Mandate]:
    """For who works with the fund, and for the region's admin, who gives them."""
    return Mandate.objects.filter(
        Q(fund__in=handled_funds(user)) | Q(fund__region__in=standing_of(user).admin_regions)
    )


# Acts -------------------------------------------------------------------------------------------


def fund_of(obj: Any) -> Fund | None:
    """The fund that a row belongs to."""
    match obj:
        case Fund():
            return obj
        case Invoice():
            return obj.commitment.fund
        case (
            FundLine()
            | BudgetVersion()
            | Commitment()
            | Instalment()
            | Mandate()
            | Reallocation()
            | LedgerEntry()
        ):
            return obj.fund
    return None


def line_of(obj: Any) -> FundLine | None:
    """The line that a row is about, where it is about one."""
    match obj:
        case FundLine():
            return obj
        case Commitment() | LedgerEntry():
            return obj.line
        case Invoice():
            return obj.commitment.line
        case Reallocation():
            return obj.from_line
    return None


@predicate
def leads(user: Person, obj: Any) -> bool:
    """Sits in the programme team of the region of the fund: writes its budget."""
    fund = fund_of(obj)
    return fund is not None and fund.region_id in standing_of(user).author_regions


@predicate
def organises(user: Person, obj: Any) -> bool:
    """Administers the region: gives mandates, and says who may do which step."""
    fund = fund_of(obj)
    return fund is not None and fund.region_id in standing_of(user).admin_regions


@predicate
def handles(user: Person, obj: Any) -> bool:
    """Works with the fund, or with a fund of the region."""
    if isinstance(obj, Region):
        return writes_in_region(user, obj) or handled_funds(user).filter(region=obj).exists()
    fund = fund_of(obj)
    return fund is not None and _handles_fund(user, fund)


def _handles_fund(user: Person, fund: Fund) -> bool:
    """As `handled_funds`, from what is known of the person: without a query, on every page."""
    purse = purse_of(user)
    return (
        fund.region_id in standing_of(user).author_regions
        or fund.pk in purse.funds
        or (fund.finance_pays and fund.region_id in purse.finance_regions)
    )


def with_mandate(act: MandateAct) -> Predicate:
    """Has a mandate in force for this step, on this line where the row is about one.

    How much it covers is for the act itself, which says the amount (`domain.mandates`).
    """

    def holds(user: Person, obj: Any) -> bool:
        fund = fund_of(obj)
        if fund is None:
            return False
        purse = purse_of(user)
        return bool(purse.covering(act, fund, line_of(obj))) or purse.pays_as_finance(act, fund)

    return Predicate(holds, f"mandate to {act}")


TEAM = "Dit kan alleen iemand van het programmateam van deze regio."
WORKS = "Dit kan alleen wie met dit fonds werkt: het programmateam, of wie een mandaat heeft."


def register() -> None:
    """Called once at start-up."""
    let_read(Fund, visible_funds)
    let_read(BudgetVersion, visible_versions)
    let_read(Reallocation, visible_reallocations)
    let_read(Instalment, visible_instalments)
    let_read(Commitment, visible_commitments)
    let_read(Invoice, visible_invoices)
    let_read(Supplier, visible_suppliers)
    let_read(LedgerEntry, visible_entries)
    let_read(Mandate, visible_mandates)
    register_right("budget.read", reads, "U heeft geen toegang tot dit fonds.")
    register_right("budget.details", reads, WORKS)
    register_right("budget.prepare", writes_in_region, TEAM)
    register_right("budget.lead", leads, TEAM)
    register_right("budget.organise", organises, "Dit kan alleen de beheerder van deze regio.")
    register_right("budget.handle", handles, WORKS)
    for act in MandateAct:
        register_right(
            f"budget.{act.value}",
            with_mandate(act),
            f"U heeft bij dit fonds of deze post geen mandaat voor {act.label}.",
        )


def can_write(user: Person) -> bool:
    """Who can move money needs a second factor (BIO2); the programme team has it already."""
    purse = purse_of(user)
    return bool(purse.mandates or purse.finance_regions)
