"""A fund of the cast's region with its people, reached through the domain. The year is 2021."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from budget.domain import (
    adoption,
    commitments,
    funds,
    invoices,
    lines,
    mandates,
    payments,
    suppliers,
    versions,
)
from budget.domain.lines import YearAmount
from budget.enums import InvoiceKind, LineKind, MandateAct
from budget.models import (
    BudgetLine,
    BudgetVersion,
    Commitment,
    Fund,
    FundLine,
    Invoice,
    Supplier,
)
from core import clock
from governance.enums import RegionRoleKind
from tests import factories as make
from tests.cast import Cast

YEAR = 2021
START = datetime(2021, 3, 1, 9, 0)
GROUND = "Bestuur van 15 februari 2021"


def eur(amount: int | str | Decimal) -> Decimal:
    """In cents; a Decimal stays as it is, to try what cannot be."""
    return amount if isinstance(amount, Decimal) else Decimal(amount).quantize(Decimal("0.01"))


def year(amount: int | str) -> YearAmount:
    return YearAmount(eur(amount))


@dataclass
class House:
    """A fund of € 5.000, of which € 4.000 is budgeted, and who does which step with it."""

    cast: Cast
    fund: Fund
    version: BudgetVersion
    leading: FundLine  # 2021: 1.000, 2022: 500
    crisis: FundLine  # 2021: 2.000
    spare: FundLine  # 2021: 500, contingency
    supplier: Supplier
    holder: User
    manager: User
    finance: User


def opened(cast: Cast, granted: int = 5000, **fields: Any) -> Fund:
    fields = {
        "slug": "fonds",
        "name": "Transformatiefonds",
        "grantor": "ministerie van VWS",
        "starts_on": date(2021, 1, 1),
        "ends_on": date(2022, 7, 1),
    } | fields
    fund = funds.open_fund(cast.region, by=cast.author, **fields)
    if granted:
        funds.add_instalment(fund, year=YEAR, amount=eur(granted), by=cast.author)
    return fund


def drafted(cast: Cast, fund: Fund) -> BudgetVersion:
    """Two headings with a line each, and money for the unforeseen."""
    version = versions.draft_version(fund, title="Begroting", by=cast.author)
    team = lines.put_heading(version, name="Organisatie", by=cast.author)
    care = lines.put_heading(version, name="Ambulantisering", by=cast.author)
    rows: list[tuple[Any, str, dict[int, YearAmount], LineKind]] = [
        (team, "Projectleiding", {2021: year(1000), 2022: year(500)}, LineKind.ORDINARY),
        (care, "Spoed en crisis", {2021: year(2000)}, LineKind.ORDINARY),
        (None, "Onvoorzien", {2021: year(500)}, LineKind.CONTINGENCY),
    ]
    for heading, name, amounts, kind in rows:
        lines.put_line(
            version, heading=heading, name=name, years=amounts, kind=kind, by=cast.author
        )
    return version


def house(cast: Cast, **fields: Any) -> House:
    fund = opened(cast, **fields)
    version = adoption.adopt_version(drafted(cast, fund), ground=GROUND, by=cast.author)
    holder, manager = make.user("regiomanager"), make.user("kwartiermaker")
    finance = make.user("financiën")
    make.region_role(cast.region, finance, RegionRoleKind.FINANCE)
    for person, act in (
        (holder, MandateAct.SIGN),
        (holder, MandateAct.REALLOCATE),
        (manager, MandateAct.CHECK),
        (manager, MandateAct.MAKE_PAYABLE),
    ):
        mandates.grant_mandate(fund, person, act, by=cast.admin)
    fund = funds.set_rules(fund, checker_makes_payable=True, finance_pays=True, by=cast.admin)
    leading, crisis, spare = fund.lines.order_by("pk")
    return House(
        cast=cast,
        fund=fund,
        version=version,
        leading=leading,
        crisis=crisis,
        spare=spare,
        supplier=suppliers.add_supplier(cast.region, name="Bureau Brug", by=cast.author),
        holder=holder,
        manager=manager,
        finance=finance,
    )


def proposed(
    house: House, amount: int | str | Decimal = 600, line: FundLine | None = None, **fields: Any
) -> Commitment:
    of = fields.pop("year", YEAR)
    fields = {
        "supplier": house.supplier,
        "what": "Projectleiding",
        "starts_on": date(of, 1, 1),
        "ends_on": date(of, 12, 31),
        "by": house.manager,
    } | fields
    return commitments.propose_commitment(line or house.leading, amount=eur(amount), **fields)


def signed(house: House, amount: int | str | Decimal = 600, **fields: Any) -> Commitment:
    return commitments.sign_commitment(proposed(house, amount, **fields), by=house.holder)


_numbers = iter(range(1, 10**9))


def received(
    house: House, commitment: Commitment, amount: int | str | Decimal = 100, **fields: Any
) -> Invoice:
    fields = {
        "number": f"F{next(_numbers)}",
        "kind": InvoiceKind.PARTIAL,
        "dated": clock.today(),
        "by": house.manager,
    } | fields
    return invoices.receive_invoice(commitment, amount=eur(amount), **fields)


def checked(
    house: House, commitment: Commitment, amount: int | str | Decimal = 100, **fields: Any
) -> Invoice:
    invoice = received(house, commitment, amount, **fields)
    return invoices.check_invoice(invoice, performance="Tien dagdelen.", by=house.manager)


def payable(
    house: House, commitment: Commitment, amount: int | str | Decimal = 100, **fields: Any
) -> Invoice:
    invoice = checked(house, commitment, amount, **fields)
    return payments.make_payable(invoice, by=house.manager)


def paid(
    house: House, commitment: Commitment, amount: int | str | Decimal = 100, **fields: Any
) -> Invoice:
    invoice = payable(house, commitment, amount, **fields)
    return payments.register_payment(invoice, on=clock.today(), by=house.finance)


def budget_line(version: BudgetVersion, name: str) -> BudgetLine:
    return version.lines.select_related("version", "line", "heading").get(name=name)
