"""What waits about the money of a fund, on the home page and in a reminder."""

from datetime import date, datetime

import pytest

from budget.domain import commitments, mandates, suppliers
from budget.enums import MandateAct
from core import clock
from governance.waiting import jobs_for
from tests import fund as funds
from tests.fund import eur

pytestmark = pytest.mark.django_db


def waits(house, person):
    """Title and day of what waits for somebody about money."""
    found = jobs_for(person, [house.cast.region])
    return [(job.title, job.due) for job in found if "/fonds/" in job.url]


def test_each_step_waits_for_who_may_do_it(house):
    today = clock.today()
    commitment = funds.proposed(house)
    assert waits(house, house.holder) == [("Teken verplichting 2021-001", today)]
    assert waits(house, house.manager) == waits(house, house.finance) == []
    commitments.sign_commitment(commitment, by=house.holder)
    until = date(2021, 3, 31)
    funds.received(house, commitment, number="A1")
    funds.checked(house, commitment, number="B2")
    funds.payable(house, commitment, number="C3")
    assert waits(house, house.manager) == [
        ("Controleer factuur A1", until),
        ("Stel factuur B2 betaalbaar", until),
    ]
    assert waits(house, house.finance) == [("Registreer de betaling van factuur C3", until)]
    assert waits(house, house.holder) == waits(house, house.cast.alderman) == []


def test_above_the_mandate_the_own_proposal_and_the_own_firm_do_not_wait(house):
    small = house.cast.reader
    mandates.grant_mandate(house.fund, small, MandateAct.SIGN, amount=eur(100), by=house.cast.admin)
    funds.proposed(house, 101)
    funds.proposed(house, 100, by=small)
    fits = funds.proposed(house, 100)
    assert [title for title, _ in waits(house, small)] == ["Teken verplichting 2021-003"]
    suppliers.declare_interest(house.supplier, small, by=house.cast.author)
    assert waits(house, small) == []
    assert fits.number == "2021-003"


def test_what_waits_for_another_is_not_there(house):
    """An invoice without a signed commitment, and one under a condition, wait for somebody else."""
    funds.checked(house, funds.proposed(house, 100))
    funds.checked(house, funds.signed(house, 100, condition="instemming"))
    assert waits(house, house.manager) == []


def test_many_are_counted_in_one_line(house):
    for _ in range(4):
        funds.proposed(house, 10)
    assert [title for title, _ in waits(house, house.holder)] == ["Teken 4 verplichtingen"]


def test_the_team_hears_of_invoices_older_than_thirty_days(house):
    row = funds.received(house, funds.signed(house), number="A1")
    with clock.at(datetime(2021, 3, 31, 9)):
        assert waits(house, house.cast.author) == []
    with clock.at(datetime(2021, 4, 1, 9)):
        found = waits(house, house.cast.author)
        assert found == [("1 factuur wacht langer dan 30 dagen", date(2021, 3, 31))]
    assert row.state == "received"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_same_however_much_waits(house, rows, django_assert_num_queries):
    for _ in range(rows):
        commitment = funds.signed(house, 10)
        funds.received(house, commitment)
        funds.checked(house, commitment)
        funds.proposed(house, 10)
    jobs_for(house.manager, [house.cast.region])
    with django_assert_num_queries(2):
        assert len(waits(house, house.manager)) == (2 if rows == 1 else 6)
