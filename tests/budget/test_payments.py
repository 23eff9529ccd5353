"""Payments: what the bank did, also when it is not what the invoice says."""

from datetime import date

import pytest

from budget.domain import commitment_amounts, invoices, payments
from budget.domain.ledger import left
from budget.models import Invoice
from budget.queries import figures_of
from core.refusal import Refused
from tests import fund as funds
from tests.fund import eur

pytestmark = pytest.mark.embedded  # amounts are whole cents on SQLite too


TODAY = date(2021, 3, 1)


def pay(house, invoice, on=TODAY, amount=None, why=""):
    return payments.register_payment(
        invoice, on=on, amount=amount and eur(amount), why=why, by=house.finance
    )


def test_the_day_of_the_bank_counts(house):
    commitment = funds.signed(house, 600)
    invoice = pay(house, funds.payable(house, commitment, 100), on=date(2021, 2, 26))
    entry = commitment.entries.get(kind="payment")
    assert (invoice.paid_on, entry.effective_on) == (date(2021, 2, 26), date(2021, 2, 26))
    with pytest.raises(Refused, match="2 maart 2021 moet nog komen"):
        pay(house, funds.payable(house, commitment, 10), on=date(2021, 3, 2))
    with pytest.raises(Refused, match="Betaling registreren kan niet: de stand is 'betaald'"):
        pay(house, invoice)


def test_another_amount_needs_a_reason_and_beyond_the_commitment_takes_what_is_left(house):
    commitment = funds.signed(house, 600)
    invoice = funds.payable(house, commitment, 600)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        pay(house, invoice, amount=700)
    with pytest.raises(Refused) as refused:
        pay(house, invoice, amount="1000.01", why="Met btw betaald.")
    assert str(refused.value) == (
        "Op Projectleiding is in 2021 nog €\u00a0400 over, en dit vraagt €\u00a0400,01. Verhoog "
        "eerst de verplichting, of schuif geld naar deze post."
    )
    pay(house, invoice, amount=700, why="Met btw betaald.")
    stand = figures_of(house.fund).headings[0].lines[0].of(2021)
    assert (stand.committed, stand.beyond, stand.paid, stand.left) == (
        *(eur(600), eur(100), eur(700), eur(300)),
    )
    commitment_amounts.raise_commitment(commitment, amount=eur(650), why="Alsnog.", by=house.holder)
    assert left(house.leading, 2021) == eur(300), "half of it was taken before"


def test_what_is_left_of_one_commitment_does_not_pay_another(house):
    first, second = funds.signed(house, 300), funds.signed(house, 300)
    pay(house, funds.payable(house, first, 300), amount=350, why="Te veel.")
    funds.paid(house, second, 10)
    assert left(house.leading, 2021) == eur(350)


def test_a_payment_that_came_back_is_payable_again(house):
    commitment = funds.signed(house, 600)
    invoice = pay(house, funds.payable(house, commitment, 600), amount=650, why="Te veel.")
    back = payments.bounce_payment(invoice, why="Verkeerde rekening.", by=house.finance)
    assert (back.state, left(house.leading, 2021)) == ("payable", eur(400))
    pay(house, back)
    paid = [row.amount for row in commitment.entries.filter(kind="payment")]
    assert paid == [eur(650), eur(-650), eur(600)]
    with pytest.raises(Refused, match="Vraag de leverancier een creditnota"):
        invoices.cancel_invoice(back, why="x", by=house.manager)


def test_a_credit_note_is_paid_back(house):
    commitment = funds.signed(house, 600)
    funds.paid(house, commitment, 600)
    credit = funds.payable(house, commitment, 100, kind="credit")
    assert pay(house, credit).state == "paid"
    stand = figures_of(house.fund).of(2021)
    assert (stand.invoiced, stand.paid) == (eur(500), eur(500))
    funds.payable(house, commitment, 100)
    pay(house, Invoice.objects.get(state="payable"))
    with pytest.raises(Refused, match=r"nog €.400 over"):
        commitment_amounts.raise_commitment(commitment, amount=eur(1001), why="x", by=house.holder)
    payments.bounce_payment(credit, why="Kwam niet aan.", by=house.finance)
    assert left(house.leading, 2021) == eur(300), "paid 700 on a commitment of 600"
