"""Nobody handles what is of her own firm, or about her own hours."""

from datetime import date

import pytest

from budget.domain import (
    commitment_amounts,
    commitments,
    corrections,
    invoices,
    payments,
    suppliers,
)
from budget.domain.suppliers import OWN_INTEREST
from budget.models import Supplier
from core import clock
from core.models import StatusChange
from core.refusal import Refused
from core.versioning import Conflict
from tests import fund as funds
from tests.fund import eur


def test_every_act_on_her_own_supplier_is_refused(house, cast):
    commitment, other = funds.signed(house, 300), funds.signed(house, 300)
    waiting = funds.proposed(house, 100)
    got, checked, payable = (
        path(house, commitment, 10) for path in (funds.received, funds.checked, funds.payable)
    )
    paid = funds.paid(house, commitment, 10)
    disputed = invoices.dispute_invoice(
        funds.received(house, commitment, 10), why="x", by=house.manager
    )
    for person in (house.holder, house.manager, house.finance):
        suppliers.declare_interest(house.supplier, person, by=cast.author)
    holder, manager, finance = house.holder, house.manager, house.finance
    entry = commitment.entries.filter(kind="payment").get()
    acts = [
        lambda: funds.proposed(house, 10),
        lambda: commitments.edit_commitment(
            waiting, {"what": "x"}, base={}, base_revision=1, by=manager
        ),
        lambda: commitments.sign_commitment(waiting, by=holder),
        lambda: commitment_amounts.raise_commitment(
            commitment, amount=eur(400), why="x", by=holder
        ),
        lambda: commitment_amounts.lower_commitment(
            commitment, amount=eur(200), why="x", by=holder
        ),
        lambda: commitments.cancel_commitment(other, why="x", by=holder),
        lambda: commitments.close_commitment(other, why="x", by=manager),
        lambda: commitments.meet_condition(other, on=clock.today(), by=manager),
        lambda: funds.received(house, commitment, 10),
        lambda: invoices.edit_invoice(got, {}, base={}, base_revision=1, by=manager),
        lambda: invoices.check_invoice(got, performance="x", by=manager),
        lambda: invoices.dispute_invoice(got, why="x", by=manager),
        lambda: invoices.resume_invoice(disputed, why="x", by=manager),
        lambda: invoices.cancel_invoice(got, why="x", by=manager),
        lambda: invoices.split_invoice(got, amount=eur(1), commitment=other, by=manager),
        lambda: invoices.move_invoice(got, commitment=other, by=manager),
        lambda: payments.make_payable(checked, by=manager),
        lambda: payments.hold_back(payable, why="x", by=manager),
        lambda: payments.register_payment(payable, on=clock.today(), by=finance),
        lambda: payments.bounce_payment(paid, why="x", by=finance),
        lambda: corrections.correct_entry(
            entry, why="x", effective_on=date(2021, 2, 1), by=finance
        ),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert OWN_INTEREST in refused.value.refusals


def test_somebody_else_takes_it_away_with_a_reason(house, cast):
    interest = suppliers.declare_interest(house.supplier, house.manager, by=house.manager)
    with pytest.raises(Refused, match="Dit belang staat er al"):
        suppliers.declare_interest(house.supplier, house.manager, by=cast.author)
    with pytest.raises(Refused, match="laat u door iemand anders weghalen"):
        suppliers.withdraw_interest(interest, why="Niet meer.", by=house.manager)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        suppliers.withdraw_interest(interest, why=" ", by=cast.author)
    suppliers.withdraw_interest(interest, why="Bedrijf verkocht.", by=cast.author)
    assert funds.proposed(house, 10).proposed_by == house.manager
    assert StatusChange.of(house.supplier).first().why == "kwartiermaker: Bedrijf verkocht."


def test_a_supplier_is_there_once(house, cast):
    add = lambda **fields: suppliers.add_supplier(cast.region, by=cast.author, **fields)  # noqa: E731
    add(name="Zorg & Zo", kvk="12345678")
    for fields, sentence in (
        ({"name": " bureau  BRÚG"}, "Deze leverancier staat er al."),
        ({"name": "Anders", "kvk": "12345678"}, "Dit KVK-nummer is al van een andere leverancier."),
        ({"name": "Anders", "kvk": "1234567"}, "Een KVK-nummer heeft acht cijfers."),
        ({"name": " "}, "Dit veld kan niet leeg zijn"),
    ):
        with pytest.raises(Refused, match=sentence):
            add(**fields)
    assert add(name="Met spaties", kvk="8765 4321").kvk == "87654321"
    assert Supplier.objects.count() == 3


def test_two_correct_a_supplier(house, cast):
    edit = lambda **values: suppliers.edit_supplier(  # noqa: E731
        house.supplier,
        values,
        base={"name": "Bureau Brug", "kvk": ""},
        base_revision=1,
        by=cast.author,
    )
    assert (edit(name="Bureau Burg"), edit(kvk="12345678")) == (["name"], ["kvk"])
    with pytest.raises(Conflict):
        edit(name="Iets anders")
    assert Supplier.objects.get().sort_name == "bureau burg"
