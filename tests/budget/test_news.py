"""The next pair of eyes gets a mail: a number, the fund and a link, and never twice."""

import pytest

from budget.domain import commitments, invoices, payments
from budget.eyes import may_go_on, may_sign
from core.models import OutboxMail
from core.outbox import mail_paused
from tests import fund as funds

pytestmark = pytest.mark.django_db


def mails():
    """To whom and about what, since the last look."""
    found = [(mail.to, mail.subject) for mail in OutboxMail.objects.order_by("pk")]
    OutboxMail.objects.all().delete()
    return found


def test_each_step_tells_the_next(house):
    commitment = funds.proposed(house)
    assert mails() == [(house.holder.email, "Verplichting 2021-001 wacht op u")]
    commitments.sign_commitment(commitment, by=house.holder)
    invoice = funds.received(house, commitment, number="A1", by=house.cast.author)
    assert mails() == [(house.manager.email, "Factuur A1 wacht op u")]
    invoices.check_invoice(invoice, performance="x", by=house.manager)
    assert mails() == []  # who checks makes it payable too, and knows
    payments.make_payable(invoice, by=house.manager)
    assert mails() == [(house.finance.email, "Factuur A1 wacht op u")]
    payments.register_payment(invoice, on=funds.START.date(), by=house.finance)
    assert mails() == []


def test_a_mail_holds_the_number_the_fund_and_a_link(house):
    commitment = funds.proposed(house, 987, what="Iets dat niemand hoeft te weten")
    text = OutboxMail.objects.get().text
    assert "Verplichting 2021-001 van het fonds Transformatiefonds wacht op u." in text
    assert f"/waterland/fonds/fonds/verplichtingen/{commitment.number}/" in text
    for secret in ("987", "Bureau Brug", "Iets dat", "Projectleiding"):
        assert secret not in text


def test_taken_up_again_it_is_told_again_and_once(house):
    invoice = funds.received(house, funds.signed(house), by=house.cast.author)
    invoices.dispute_invoice(invoice, why="x", by=house.cast.author)
    mails()
    invoices.resume_invoice(invoice, why="x", by=house.cast.author)
    assert [to for to, _ in mails()] == [house.manager.email]


def test_nothing_goes_out_while_mail_is_paused(house):
    with mail_paused():
        funds.payable(house, funds.signed(house))
    assert mails() == []


def test_who_is_next_agrees_with_what_the_act_answers(house):
    """Whoever is named can do it, and whoever is not is refused."""
    everybody = [house.holder, house.manager, house.finance, house.cast.author]
    commitment = funds.proposed(house)
    can = [p for p in everybody if _can("budget.sign", commitment, p, commitments.sign_answers)]
    assert may_sign(commitment) == can == [house.holder]
    signed = funds.signed(house, 300)
    for walk, right, answers in (
        (funds.received, "budget.check", invoices.check_answers),
        (funds.checked, "budget.make_payable", payments.payable_answers),
        (funds.payable, "budget.register_payment", payments.payment_answers),
    ):
        row = walk(house, signed, 10)
        can = [person for person in everybody if _can(right, row, person, answers)]
        assert may_go_on(row) == can, right


def _can(right, row, person, answers):
    from governance.rules import may

    return bool(may(person, right, row)) and all(answers(row, person))
