"""Invoices as they come in: always receivable, once per number, checked against what was done."""

from datetime import date

import pytest

from budget.domain import commitments, invoices, suppliers
from budget.models import Invoice
from core.refusal import Refused
from core.versioning import Conflict
from tests import fund as funds
from tests.fund import eur


@pytest.fixture
def commitment(house):
    return funds.signed(house, 600)


def test_anything_can_be_received_above_it_and_before_it_is_signed(house, commitment):
    assert funds.received(house, commitment, 900).state == "received"
    assert funds.checked(house, funds.proposed(house, 10), 50).state == "checked"
    commitments.close_commitment(funds.signed(house, 100), why="Klaar.", by=house.manager)
    assert funds.received(house, commitment, 5).amount == eur(5)


def test_a_credit_note_is_typed_above_zero_and_kept_below_it(house, commitment):
    assert funds.received(house, commitment, 30, kind="credit").amount == eur(-30)
    with pytest.raises(Refused, match="Vul een bedrag van meer dan nul in"):
        funds.received(house, commitment, -30, kind="credit")


@pytest.mark.parametrize("number", ["F 2021/03", "f2021/03", " F\u00a02021/03 "])
def test_a_number_of_a_supplier_is_one_invoice(house, commitment, number):
    funds.received(house, commitment, 100, number="F 2021/03")
    with pytest.raises(Refused) as refused:
        funds.received(house, funds.signed(house, 100), 50, number=number)
    assert refused.value.as_errors() == {
        "number": [
            "Factuur F 2021/03 van Bureau Brug staat er al: €\u00a0100, ontvangen op 1 maart 2021."
        ]
    }


def test_another_supplier_or_a_cancelled_one_leaves_the_number_free(house, commitment, cast):
    first = funds.received(house, commitment, 100, number="7")
    other = suppliers.add_supplier(cast.region, name="Ander", by=cast.author)
    funds.received(house, funds.signed(house, 100, supplier=other), 50, number="7")
    invoices.cancel_invoice(first, why="Verkeerd ingevoerd.", by=house.manager)
    funds.received(house, commitment, 110, number="7")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"number": "  "}, "number", "Dit veld kan niet leeg zijn"),
        ({"amount": 0}, "amount", "Vul een bedrag van meer dan nul in."),
        ({"received_on": date(2021, 3, 2)}, "received_on", "2 maart 2021 moet nog komen."),
        ({"kind": "other"}, "kind", "Waarde 'other' is geen geldige keuze."),
    ],
)
def test_what_cannot_be_gets_its_sentence(house, commitment, fields, field, sentence):
    with pytest.raises(Refused) as refused:
        funds.received(house, commitment, **fields)
    assert (field, [sentence]) in refused.value.as_errors().items()


def test_what_changed_while_she_looked_is_not_checked_unseen(house, commitment):
    invoice = funds.received(house, commitment, 100)
    change = {"base": {}, "base_revision": 1, "by": house.manager}
    invoices.edit_invoice(invoice, {"amount": eur(200)}, **change)
    check = lambda seen: invoices.check_invoice(  # noqa: E731
        invoice, performance="x", seen=seen, by=house.manager
    )
    with pytest.raises(Refused, match="Iemand wijzigde dit terwijl u keek"):
        check(1)
    assert check(2).amount == eur(200)


def test_a_check_says_what_was_delivered(house, commitment):
    invoice = funds.received(house, commitment, 100)
    with pytest.raises(Refused, match="Schrijf op wat er is geleverd"):
        invoices.check_invoice(invoice, performance=" ", by=house.manager)
    checked = invoices.check_invoice(invoice, performance="Vier dagen.", by=house.manager)
    assert (checked.performance, checked.checked_by) == ("Vier dagen.", house.manager)
    assert checked.checked_at is not None


def test_a_dispute_waits_and_is_checked_anew(house, commitment):
    invoice = funds.checked(house, commitment, 100)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        invoices.dispute_invoice(invoice, why="", by=house.manager)
    disputed = invoices.dispute_invoice(invoice, why="Uren niet gemaakt.", by=house.manager)
    assert (disputed.state, disputed.dispute) == ("disputed", "Uren niet gemaakt.")
    again = invoices.resume_invoice(disputed, why="Toegelicht.", by=house.manager)
    assert again.state == "received"


def test_what_was_typed_over_can_be_corrected_until_it_is_checked(house, commitment):
    invoice = funds.received(house, commitment, 100, number="A1", kind="credit")
    base = {"amount": eur(100), "number": "A1"}
    edit = lambda **values: invoices.edit_invoice(  # noqa: E731
        invoice, values, base=base, base_revision=1, by=house.manager
    )
    assert edit(amount=eur(120)) == ["amount"]
    assert edit(number="A2") == ["number"]
    with pytest.raises(Conflict):
        edit(amount=eur(130))
    row = Invoice.objects.get(pk=invoice.pk)
    assert (row.amount, row.number, row.number_key) == (eur(-120), "A2", "a2")
    funds.received(house, commitment, 1, number="A3")
    with pytest.raises(Refused, match="Factuur A3 van Bureau Brug staat er al"):
        invoices.edit_invoice(
            invoice, {"number": "a3"}, base={"number": "A2"}, base_revision=3, by=house.manager
        )
    invoices.check_invoice(invoice, performance="x", by=house.manager)
    with pytest.raises(Refused, match="al gecontroleerd"):
        edit(amount=eur(1))
