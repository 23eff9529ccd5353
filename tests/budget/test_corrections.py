"""A correction is a counter-entry and a new row, both recorded now."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import corrections, mandates, payments, reallocations
from budget.domain.ledger import left
from budget.enums import MandateAct
from budget.models import Invoice, LedgerEntry
from budget.queries import Cut, amounts_of
from core import clock
from core.refusal import Refused
from tests import fund as funds
from tests.fund import eur

EARLIER = date(2021, 2, 1)


@pytest.fixture
def commitment(house):
    return funds.signed(house, 600)


def correct(entry, by, **fields):
    return corrections.correct_entry(entry, why="Verkeerd overgenomen.", by=by, **fields)


def of_kind(commitment, kind):
    return commitment.entries.filter(kind=kind).order_by("pk").last()


def test_a_payment_gets_another_amount_and_day(house, commitment):
    invoice = funds.paid(house, commitment, 100)
    entry = of_kind(commitment, "payment")
    with clock.at(datetime(2021, 4, 1, 9)):
        row = correct(entry, house.finance, amount=eur(110), effective_on=EARLIER)
    rows = list(commitment.entries.filter(kind="payment").order_by("pk"))
    assert [(e.amount, e.effective_on, e.counter_of_id) for e in rows] == [
        (eur(100), date(2021, 3, 1), None),
        (eur(-100), date(2021, 3, 1), entry.pk),
        (eur(110), EARLIER, None),
    ]
    assert {str(e.recorded_at.date()) for e in rows[1:]} == {"2021-04-01"}
    assert (row, Invoice.objects.get(pk=invoice.pk).paid_on) == (rows[-1], EARLIER)
    for corrected in rows[:2]:
        with pytest.raises(Refused, match="Deze boeking is al verbeterd"):
            correct(corrected, house.finance, amount=eur(5))


def test_it_never_takes_more_than_is_left(house, commitment):
    funds.paid(house, commitment, 600)
    entry = of_kind(commitment, "payment")
    with pytest.raises(Refused, match=r"nog €.400 over, en dit vraagt €.400,01"):
        correct(entry, house.finance, amount=eur("1000.01"))
    correct(entry, house.finance, amount=eur(700))
    assert left(house.leading, 2021) == eur(300)


def test_the_day_of_a_signature_can_be_put_right_and_its_amount_not(house, commitment):
    entry = of_kind(commitment, "commit")
    with pytest.raises(Refused) as refused:
        correct(entry, house.holder, amount=eur(500))
    assert str(refused.value) == (
        "Het bedrag verandert hier niet. Verhoog of verlaag daarvoor de verplichting."
    )
    with pytest.raises(Refused, match="Er verandert niets"):
        correct(entry, house.holder)
    correct(entry, house.holder, effective_on=EARLIER)
    by_then = amounts_of(house.fund, Cut(effective_until=EARLIER))
    assert by_then[house.leading.pk, 2021].committed == eur(600)
    with pytest.raises(Refused, match="2 maart 2021 moet nog komen"):
        correct(of_kind(commitment, "commit"), house.holder, effective_on=date(2021, 3, 2))


def test_both_sides_of_a_move_get_the_same_day(house):
    row = reallocations.reallocate(
        house.spare, 2021, house.leading, 2021, amount=eur(50), why="x", by=house.holder
    )
    entry = row.entries.first()
    correct(entry, house.holder, effective_on=EARLIER)
    standing = row.entries.filter(counter_of__isnull=True, countered_by__isnull=True)
    assert {(e.amount, e.effective_on) for e in standing} == {
        (eur(-50), EARLIER),
        (eur(50), EARLIER),
    }
    assert sum(e.amount for e in row.entries.all()) == 0


def test_the_budget_changes_by_a_version(house, cast):
    entry = LedgerEntry.objects.filter(kind="budget").first()
    with pytest.raises(Refused, match="verandert door een nieuwe versie"):
        correct(entry, cast.author, effective_on=EARLIER)


def test_the_same_eyes_as_for_the_act(house, cast, commitment):
    funds.paid(house, commitment, 100)
    signed, billed, paid = (of_kind(commitment, k) for k in ("commit", "invoice", "payment"))
    with pytest.raises(PermissionDenied, match="geen mandaat voor betalingen registreren"):
        correct(paid, house.manager, amount=eur(90))
    with pytest.raises(PermissionDenied, match="geen mandaat voor tekenen"):
        correct(signed, house.finance, effective_on=EARLIER)
    for person, act in (
        (house.manager, MandateAct.REGISTER_PAYMENT),
        (house.manager, MandateAct.SIGN),
        (house.holder, MandateAct.MAKE_PAYABLE),
        (house.holder, MandateAct.REGISTER_PAYMENT),
    ):
        mandates.grant_mandate(house.fund, person, act, by=cast.admin)
    for entry, person, sentence in (
        (paid, house.manager, "U stelde deze factuur betaalbaar"),
        (paid, house.holder, "U tekende deze verplichting"),
        (billed, house.holder, "U tekende deze verplichting"),
        (signed, house.manager, "Wie betaalt, tekent niet"),
    ):
        with pytest.raises(Refused, match=sentence):
            correct(entry, person, effective_on=EARLIER)


def test_a_corrected_payment_that_bounces_is_wholly_taken_back(house, commitment):
    invoice = funds.paid(house, commitment, 100)
    correct(of_kind(commitment, "payment"), house.finance, amount=eur(90))
    payments.bounce_payment(invoice, why="Terug.", by=house.finance)
    assert amounts_of(house.fund)[house.leading.pk, 2021].paid == eur(0)
    payments.register_payment(invoice, on=clock.today(), by=house.finance)
    assert amounts_of(house.fund)[house.leading.pk, 2021].paid == eur(100)
