"""The money of a fund in the world: a row in every stage, and what their addresses are about."""

from dataclasses import dataclass
from typing import Any

from budget.domain import reallocations, suppliers
from budget.models import Commitment, Interest, Invoice, LedgerEntry
from tests import factories as make
from tests import fund as funds
from tests.cast import Cast


@dataclass
class Money:
    """A fund with its people, and one row of each kind; `other` is a second fund of the region."""

    house: funds.House
    other: str
    proposed: Commitment
    signed: Commitment
    invoice: Invoice
    checked: Invoice
    payable: Invoice
    paid: Invoice
    interest: Interest
    entry: LedgerEntry


def make_money(cast: Cast) -> Money:
    house = funds.house(cast, slug="geld", name="Geld in beweging")
    other = funds.opened(cast, slug="ander", name="Ander fonds")
    signed = funds.signed(house, 600, condition="instemming van de stuurgroep")
    ready = funds.signed(house, 300)
    paid = funds.paid(house, ready, 10)
    reallocations.reallocate(
        house.spare, 2021, house.crisis, 2021, amount=funds.eur(1), why="x", by=house.holder
    )
    supplier = suppliers.add_supplier(cast.region, name="Van iemand", by=cast.author)
    return Money(
        house=house,
        other=other.slug,
        proposed=funds.proposed(house, 50),
        signed=signed,
        invoice=funds.received(house, ready, 20),
        checked=funds.checked(house, ready, 20),
        payable=funds.payable(house, ready, 20),
        paid=paid,
        interest=suppliers.declare_interest(supplier, make.user("van iemand"), by=cast.author),
        entry=LedgerEntry.objects.get(kind="payment", invoice=paid),
    )


def arguments(money: Money, on: str) -> dict[str, Any]:
    """The fund, perhaps a row in it, perhaps its act: 'money', 'money.signed.verhogen'."""
    _, what, act = (*on.split("."), "", "")[:3]
    found: dict[str, Any] = {"slug": money.house.fund.slug}
    if what in ("proposed", "signed"):
        found["number"] = getattr(money, what).number
    elif what == "supplier":
        found["pk"] = money.interest.supplier_id
    elif what == "interest":
        found |= {"pk": money.interest.supplier_id, "interest": money.interest.pk}
    elif what == "mandate":
        found["pk"] = money.house.fund.mandates.first().pk  # type: ignore[union-attr]
    elif what:
        found["pk"] = getattr(money, what).pk
    return found | ({"act": act} if act else {})
