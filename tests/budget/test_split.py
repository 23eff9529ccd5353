"""One paper invoice on two commitments, or on another one."""

import pytest

from budget.domain import commitments, invoices, payments, suppliers
from budget.models import Invoice
from core.refusal import Refused
from tests import fund as funds
from tests.fund import eur


@pytest.fixture
def pair(house):
    return funds.signed(house, 500), funds.signed(house, 300, line=house.crisis)


def test_a_part_goes_to_another_commitment_with_what_was_checked(house, pair):
    first, second = pair
    invoice = funds.checked(house, first, 700, number="12", kind="final")
    part = invoices.split_invoice(invoice, amount=eur(200), commitment=second, by=house.manager)
    with pytest.raises(Refused, match="Iemand wijzigde dit terwijl u keek"):
        payments.make_payable(invoice, seen=1, by=house.manager)
    invoice.refresh_from_db()
    assert (invoice.amount, part.amount) == (eur(500), eur(200))
    assert (part.number, part.part, part.kind, part.state) == ("12", 2, "partial", "checked")
    assert part.performance == invoice.performance
    for each in (invoice, part):
        payments.make_payable(each, by=house.manager)
    third = invoices.split_invoice(
        funds.received(house, first, 50, number="13"),
        amount=eur(1),
        commitment=second,
        by=house.manager,
    )
    assert third.part == 2
    with pytest.raises(Refused, match="Factuur 12 van Bureau Brug staat er al"):
        funds.received(house, first, 1, number="12")


def test_a_whole_invoice_moves_and_what_it_held_up_is_settled(house, pair):
    first, second = pair
    invoice = funds.checked(house, first, 100)
    funds.paid(house, first, 50, kind="final")
    moved = invoices.move_invoice(invoice, commitment=second, by=house.manager)
    assert moved.commitment == second
    first.refresh_from_db()
    assert first.state == "closed"
    payments.make_payable(moved, by=house.manager)


def test_where_it_cannot_go(house, cast, pair):
    first, second = pair
    invoice = funds.received(house, first, 100)
    other = suppliers.add_supplier(cast.region, name="Ander", by=cast.author)
    foreign = funds.signed(house, 100, supplier=other)
    elsewhere = commitments.Commitment(fund_id=house.fund.pk + 1)
    split = lambda amount, to: invoices.split_invoice(  # noqa: E731
        invoice, amount=eur(amount), commitment=to, by=house.manager
    )
    for act, sentence in (
        (lambda: split(10, foreign), "Kies een verplichting aan Bureau Brug"),
        (lambda: split(10, first), "staat al op deze verplichting"),
        (lambda: split(10, elsewhere), "hoort bij een ander fonds"),
        (lambda: split(100, second), r"Kies een bedrag onder €.100 om af te splitsen"),
        (lambda: split(0, second), "meer dan nul"),
    ):
        with pytest.raises(Refused, match=sentence):
            act()
    credit = funds.received(house, first, 10, kind="credit")
    with pytest.raises(Refused, match="om af te splitsen"):
        invoices.split_invoice(credit, amount=eur(1), commitment=second, by=house.manager)
    payable = funds.payable(house, first, 10)
    with pytest.raises(Refused, match="tot een factuur betaalbaar is"):
        invoices.move_invoice(payable, commitment=second, by=house.manager)
    assert Invoice.objects.filter(part=2).count() == 0
