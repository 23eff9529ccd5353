"""Promising more or less than was signed for."""

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import commitment_amounts, commitments, mandates, payments
from budget.domain.ledger import left, total
from budget.enums import EntryKind, MandateAct
from core.models import StatusChange
from core.refusal import Refused
from tests import factories as make
from tests import fund as funds
from tests.fund import eur


def raised(house, commitment, amount, by=None):
    return commitment_amounts.raise_commitment(
        commitment, amount=eur(amount), why="Meerwerk.", by=by or house.holder
    )


def lowered(house, commitment, amount):
    return commitment_amounts.lower_commitment(
        commitment, amount=eur(amount), why="Minder uren.", by=house.holder
    )


def test_raising_takes_the_difference_and_says_why(house):
    commitment = raised(house, funds.signed(house, 600), 800)
    assert (commitment.amount, left(house.leading, 2021)) == (eur(800), eur(200))
    assert total(EntryKind.COMMIT, commitment=commitment) == eur(800)
    last = StatusChange.of(commitment).first()
    assert (last.act, last.why) == (
        "commitment_raised",
        "€\u00a0600 wordt €\u00a0800: Meerwerk.",
    )


def test_raising_stops_at_what_is_left(house):
    commitment = funds.signed(house, 600)
    with pytest.raises(Refused, match=r"nog €.400 over, en dit vraagt €.401\."):
        raised(house, commitment, 1001)
    with pytest.raises(Refused, match=r"Dit is nu al €.600\."):
        raised(house, commitment, 600)
    raised(house, commitment, 1000)
    assert left(house.leading, 2021) == eur(0)


def test_a_raise_needs_a_mandate_for_the_new_whole(house, cast):
    commitment = funds.signed(house, 600)
    junior = make.user("teamleider")
    mandates.grant_mandate(house.fund, junior, MandateAct.SIGN, amount=eur(700), by=cast.admin)
    sentence = (
        "Uw mandaat voor tekenen gaat tot en met €\u00a0700; dit is €\u00a0701. Vraag iemand met "
        "een hoger mandaat."
    )
    with pytest.raises(Refused) as refused:
        raised(house, commitment, 701, by=junior)
    assert refused.value.as_errors() == {"amount": [sentence]}
    assert raised(house, commitment, 700, by=junior).amount == eur(700)
    with pytest.raises(PermissionDenied):
        raised(house, commitment, 750, by=house.manager)


def test_who_pays_does_not_raise_and_who_asked_does_not_either(house, cast):
    commitment = funds.signed(house, 600)
    funds.payable(house, commitment, 100)
    mandates.grant_mandate(house.fund, house.manager, MandateAct.SIGN, by=cast.admin)
    with pytest.raises(Refused) as refused:
        raised(house, commitment, 700, by=house.manager)
    assert [r.reason for r in refused.value.refusals] == [
        commitments.SAME_PERSON.reason,
        commitment_amounts.PAYS_ALREADY.reason,
    ]


def test_who_raised_is_a_signer_from_then_on(house, cast):
    commitment = funds.signed(house, 600)
    other = make.user("plaatsvervanger")
    for act in (MandateAct.SIGN, MandateAct.MAKE_PAYABLE):
        mandates.grant_mandate(house.fund, other, act, by=cast.admin)
    raised(house, commitment, 700, by=other)
    invoice = funds.checked(house, commitment, 100)
    with pytest.raises(Refused, match="U tekende deze verplichting"):
        payments.make_payable(invoice, by=other)


def test_lowering_stops_at_what_was_made_payable(house):
    commitment = funds.signed(house, 600)
    funds.payable(house, commitment, "250.50")
    with pytest.raises(Refused, match=r"Er is al €.250,50 betaalbaar gesteld; lager kan niet"):
        lowered(house, commitment, 250)
    with pytest.raises(Refused, match="Kies een lager bedrag"):
        lowered(house, commitment, 600)
    lowered(house, commitment, "250.50")
    assert left(house.leading, 2021) == eur("749.50")


def test_only_what_is_signed_changes_its_amount(house):
    commitment = funds.proposed(house, 600)
    with pytest.raises(Refused, match="alleen bij een getekende verplichting; deze is voorgesteld"):
        raised(house, commitment, 700)
    commitments.cancel_commitment(commitment, why="Nee.", by=house.manager)
    with pytest.raises(Refused, match="deze is vervallen"):
        lowered(house, commitment, 100)
