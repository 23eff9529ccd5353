"""Payable and paid: never above the commitment, always two pairs of eyes."""

from datetime import date

import pytest

from budget.domain import commitment_amounts, commitments, invoices, mandates, payments
from budget.domain.funds import set_rules
from budget.domain.ledger import committed, left, used
from budget.enums import MandateAct
from budget.models import Commitment
from core import clock
from core.refusal import Refused
from tests import fund as funds
from tests.fund import eur


@pytest.fixture
def commitment(house):
    return funds.signed(house, 600)


def fresh(commitment):
    return Commitment.objects.get(pk=commitment.pk)


def test_above_the_commitment_it_stops_with_the_ways_out(house, commitment):
    funds.payable(house, commitment, 500)
    invoice = funds.checked(house, commitment, "100.01")
    with pytest.raises(Refused) as refused:
        payments.make_payable(invoice, by=house.manager)
    assert str(refused.value) == (
        "Op verplichting 2021-001 is nog €\u00a0100 over, en deze factuur is €\u00a0100,01. Laat "
        "de verplichting verhogen, splits de factuur over een andere verplichting, of vraag een "
        "creditnota."
    )
    commitment_amounts.raise_commitment(
        commitment, amount=eur("600.01"), why="Meerwerk.", by=house.holder
    )
    assert payments.make_payable(invoice, by=house.manager).state == "payable"


def test_a_credit_note_makes_room(house, commitment):
    funds.payable(house, commitment, 600)
    invoice = funds.checked(house, commitment, 100)
    credit = funds.checked(house, commitment, 601, kind="credit")
    with pytest.raises(Refused, match=r"is €.600 betaalbaar gesteld; een creditnota van €.601"):
        payments.make_payable(credit, by=house.manager)
    funds.payable(house, commitment, 100, kind="credit")
    assert payments.make_payable(invoice, by=house.manager).state == "payable"
    assert used(commitment) == eur(600)


def test_not_before_it_is_signed_nor_while_its_condition_waits(house):
    proposed = funds.proposed(house, 100, condition="het besluit van het bestuur")
    invoice = funds.checked(house, proposed, 50)
    pay = lambda: payments.make_payable(invoice, by=house.manager)  # noqa: E731
    with pytest.raises(Refused, match="Verplichting 2021-001 is voorgesteld"):
        pay()
    commitments.sign_commitment(proposed, by=house.holder)
    with pytest.raises(Refused, match="onder voorbehoud van: het besluit van het bestuur"):
        pay()
    met = commitments.meet_condition(proposed, on=date(2021, 2, 26), by=house.manager)
    assert met.condition_met_on == date(2021, 2, 26)
    assert pay().state == "payable"
    with pytest.raises(Refused, match="wacht niet op een voorbehoud"):
        commitments.meet_condition(proposed, on=date(2021, 2, 26), by=house.manager)


def test_a_final_invoice_closes_and_frees_the_rest_once_it_is_paid(house, commitment):
    funds.paid(house, commitment, 200)
    waiting = funds.received(house, commitment, 50)
    funds.paid(house, commitment, 100, kind="final")
    assert fresh(commitment).state == "signed"
    invoices.cancel_invoice(waiting, why="Hoort er niet bij.", by=house.manager)
    assert fresh(commitment).state == "closed"
    assert (committed(commitment), left(house.leading, 2021)) == (eur(300), eur(700))


def test_what_is_billed_after_closing_waits_and_a_credit_note_frees_money(house, commitment):
    funds.paid(house, commitment, 100, kind="final")
    late = funds.checked(house, commitment, 1)
    with pytest.raises(Refused, match=r"nog €.0 over.*Zij is afgesloten\. Splits"):
        payments.make_payable(late, by=house.manager)
    credit = funds.payable(house, commitment, 40, kind="credit")
    assert committed(commitment) == eur(100), "the late one may still want it"
    invoices.cancel_invoice(late, why="Vervalt.", by=house.manager)
    assert (committed(commitment), left(house.leading, 2021)) == (eur(60), eur(900))
    payments.register_payment(credit, on=clock.today(), by=house.finance)
    assert left(house.leading, 2021) == eur(940), "only now the money is back"


def test_signer_checker_and_payer(house, cast, commitment):
    for person, act in (
        (house.holder, MandateAct.MAKE_PAYABLE),
        (house.holder, MandateAct.REGISTER_PAYMENT),
        (house.manager, MandateAct.REGISTER_PAYMENT),
    ):
        mandates.grant_mandate(house.fund, person, act, by=cast.admin)
    invoice = funds.checked(house, commitment, 100)
    with pytest.raises(Refused, match="U tekende deze verplichting"):
        payments.make_payable(invoice, by=house.holder)
    set_rules(house.fund, checker_makes_payable=False, finance_pays=True, by=cast.admin)
    with pytest.raises(Refused, match="U controleerde deze factuur"):
        payments.make_payable(invoice, by=house.manager)
    set_rules(house.fund, checker_makes_payable=True, finance_pays=True, by=cast.admin)
    payments.make_payable(invoice, by=house.manager)
    for person, sentence in (
        (house.holder, "U tekende deze verplichting"),
        (house.manager, "U stelde deze factuur betaalbaar"),
    ):
        with pytest.raises(Refused, match=sentence):
            payments.register_payment(invoice, on=clock.today(), by=person)
    payments.register_payment(invoice, on=clock.today(), by=house.finance)


def test_taking_payable_back_is_a_counter_entry(house, commitment):
    invoice = funds.payable(house, commitment, 100)
    held = payments.hold_back(invoice, why="Toch niet.", by=house.manager)
    assert (held.state, used(commitment)) == ("checked", eur(0))
    amounts = list(commitment.entries.filter(kind="invoice").values_list("amount", flat=True))
    assert amounts == [eur(100), eur(-100)]
    again = payments.make_payable(held, by=house.manager)
    invoices.cancel_invoice(again, why="Dubbel.", by=house.manager)
    assert (used(commitment), commitment.entries.filter(kind="invoice").count()) == (eur(0), 4)


def test_a_credit_note_whose_room_was_billed_again_cannot_go_back(house, commitment):
    funds.payable(house, commitment, 600)
    credit = funds.payable(house, commitment, 100, kind="credit")
    funds.payable(house, commitment, 60)
    sentence = r"Wat deze creditnota vrijmaakte, is weer gebruikt: €.60 te weinig"
    for act in (payments.hold_back, invoices.cancel_invoice):
        with pytest.raises(Refused, match=sentence):
            act(credit, why="x", by=house.manager)
