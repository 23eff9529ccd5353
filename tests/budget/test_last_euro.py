"""On real connections: many at once on the last euro, and one gets it."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from budget.domain import adoption, commitments, lines, payments, reallocations, versions
from budget.domain.ledger import left
from budget.models import Commitment, Invoice
from core import clock
from core.refusal import Refused
from tests import fund as funds
from tests.cast import make_cast
from tests.fund import budget_line, eur

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time here"),
]


@pytest.fixture
def house():
    return funds.house(make_cast())


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; their results or errors, in order."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            # A new thread has no set clock.
            with clock.at(funds.START):
                results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def kinds(results):
    return sorted(type(each).__name__ for each in results)


def test_twenty_sign_for_the_last_euro_and_one_does(house):
    asked = [funds.proposed(house, 1000) for _ in range(20)]
    results = together(
        *[lambda c=c: commitments.sign_commitment(c, by=house.holder) for c in asked]
    )
    assert kinds(results) == ["Commitment"] + ["Refused"] * 19
    sentences = {str(each) for each in results if isinstance(each, Refused)}
    assert sentences == {
        "Op Projectleiding is in 2021 nog €\u00a00 over, en dit vraagt €\u00a01.000. Verlaag het "
        "bedrag, of schuif eerst geld naar deze post."
    }
    assert Commitment.objects.filter(state="signed").count() == 1
    assert left(house.leading, 2021) == eur(0)


def test_twenty_take_a_hundred_and_ten_fit(house):
    asked = [funds.proposed(house, 100) for _ in range(20)]
    results = together(
        *[lambda c=c: commitments.sign_commitment(c, by=house.holder) for c in asked]
    )
    assert kinds(results) == ["Commitment"] * 10 + ["Refused"] * 10
    assert left(house.leading, 2021) == eur(0)


def test_the_same_one_signed_twice_at_once_counts_once(house):
    commitment = funds.proposed(house, 300)
    results = together(*[lambda: commitments.sign_commitment(commitment, by=house.holder)] * 4)
    assert kinds(results) == ["Commitment"] + ["Refused"] * 3
    assert left(house.leading, 2021) == eur(700)


def test_proposals_made_at_once_get_their_own_numbers(house):
    made = together(*[lambda: funds.proposed(house, 10)] * 6)
    assert sorted(each.sequence for each in made) == [1, 2, 3, 4, 5, 6]


def test_invoices_above_a_commitment_made_payable_at_once(house):
    commitment = funds.signed(house, 500)
    waiting = [funds.checked(house, commitment, 100) for _ in range(8)]
    results = together(*[lambda i=i: payments.make_payable(i, by=house.manager) for i in waiting])
    assert kinds(results) == ["Invoice"] * 5 + ["Refused"] * 3
    assert Invoice.objects.filter(state="payable").count() == 5


def test_one_number_received_twice_at_once_is_there_once(house):
    commitment = funds.signed(house, 500)
    results = together(*[lambda: funds.received(house, commitment, 50, number="F1")] * 4)
    assert kinds(results) == ["Invoice"] + ["Refused"] * 3


def test_signing_against_moving_the_money_away(house):
    commitment = funds.proposed(house, 600)
    results = together(
        lambda: commitments.sign_commitment(commitment, by=house.holder),
        lambda: reallocations.reallocate(
            house.leading, 2021, house.crisis, 2021, amount=eur(600), why="x", by=house.holder
        ),
    )
    assert "Refused" in kinds(results)
    assert left(house.leading, 2021) == eur(400)


def test_writing_a_concept_while_it_is_adopted_waits_without_a_deadlock(house):
    author = house.cast.author
    for turn in range(3):
        version = versions.draft_version(house.fund, by=author)
        heading = version.headings.first()
        line = budget_line(version, "Projectleiding")
        results = together(
            lambda v=version: adoption.adopt_version(
                v, ground="Bestuur", on=date(2021, 3, 1), by=author
            ),
            lambda v=version, h=heading, t=turn: lines.put_line(
                v, heading=h, name=f"Nieuw {t}", by=author
            ),
            lambda row=line: lines.edit_line(
                row, {"2022": funds.year(400)}, base={}, base_revision=1, by=author
            ),
        )
        assert type(results[0]).__name__ == "BudgetVersion"
        assert {type(each).__name__ for each in results[1:]} <= {"BudgetLine", "list", "Refused"}
