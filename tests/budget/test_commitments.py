"""Promising money: what is left goes down when it is signed, and never below zero."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import commitments, invoices
from budget.domain.ledger import left
from budget.enums import MandateAct
from budget.models import Commitment, Supplier
from core.refusal import Refused
from core.versioning import Conflict
from tests import factories as make
from tests import fund as funds
from tests.fund import eur

JUST_OVER = (
    "Op Projectleiding is in 2021 nog €\u00a01.000 over, en dit vraagt €\u00a01.000,01. "
    "Verlaag het bedrag, of schuif eerst geld naar deze post."
)
ABSURD = "Dit bedrag kan niet kloppen: hoogstens € 999.999.999,99."


def test_signing_takes_it_and_proposing_does_not(house):
    commitment = funds.proposed(house, 600)
    assert left(house.leading, 2021) == eur(1000)
    commitments.sign_commitment(commitment, by=house.holder)
    assert (left(house.leading, 2021), left(house.leading, 2022)) == (eur(400), eur(500))


def test_the_last_cent_fits_and_one_more_does_not(house):
    with pytest.raises(Refused) as refused:
        funds.proposed(house, "1000.01")
    assert [(r.reason, r.field) for r in refused.value.refusals] == [(JUST_OVER, "amount")]
    funds.signed(house, 1000)
    assert left(house.leading, 2021) == eur(0)


def test_of_two_proposals_for_the_same_money_the_second_is_not_signed(house):
    first, second = funds.proposed(house, 700), funds.proposed(house, 400)
    commitments.sign_commitment(first, by=house.holder)
    with pytest.raises(Refused, match=r"nog €.300 over, en dit vraagt €.400\. "):
        commitments.sign_commitment(second, by=house.holder)
    assert Commitment.objects.get(pk=second.pk).state == "proposed"


def test_numbers_count_per_fund_and_year(house):
    numbers = [funds.proposed(house, 100, year=of).number for of in (2021, 2022, 2021)]
    assert numbers == ["2021-001", "2022-001", "2021-002"]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        (
            {"ends_on": date(2022, 2, 1)},
            "ends_on",
            "Een verplichting geldt voor één jaar, en deze loopt van 2021 tot in 2022. Maak er één "
            "per jaar.",
        ),
        ({"ends_on": date(2020, 2, 1)}, "ends_on", "De laatste dag ligt voor de eerste dag."),
        (
            {"year": 2023},
            "starts_on",
            "2023 valt buiten dit fonds. De begroting loopt over 2021 tot en met 2022.",
        ),
        (
            {"amount": Decimal("0.001")},
            "amount",
            "Een bedrag heeft hoogstens twee cijfers achter de komma.",
        ),
        ({"amount": 0}, "amount", "Vul een bedrag van meer dan nul in."),
        ({"amount": -5}, "amount", "Vul een bedrag van meer dan nul in."),
        ({"amount": Decimal("1e12")}, "amount", ABSURD),
        (
            {"amount": Decimal("NaN")},
            "amount",
            "Dit bedrag kan niet kloppen: hoogstens € 999.999.999,99.",
        ),
        ({"what": "  "}, "what", "Dit veld kan niet leeg zijn"),
    ],
)
def test_what_cannot_be_gets_its_sentence(house, fields, field, sentence):
    with pytest.raises(Refused) as refused:
        funds.proposed(house, **fields)
    assert (refused.value.refusals[0].field, refused.value.refusals[0].reason) == (field, sentence)


def test_nothing_is_promised_on_the_unforeseen(house):
    with pytest.raises(Refused, match="Op onvoorzien leggen wij niets vast"):
        funds.proposed(house, 100, line=house.spare)


def test_a_supplier_of_another_region_is_refused(house, cast):
    elsewhere = Supplier.objects.create(region=make.region(), name="Elders")
    with pytest.raises(Refused, match="hoort bij een andere regio"):
        funds.proposed(house, 100, supplier=elsewhere)


def test_what_is_proposed_can_still_change_and_two_writers_lose_nothing(house):
    commitment = funds.proposed(house, 100)
    base = {"amount": eur(100), "what": "Projectleiding"}
    edit = lambda **values: commitments.edit_commitment(  # noqa: E731
        commitment, values, base=base, base_revision=1, by=house.manager
    )
    assert edit(amount=eur(200)) == ["amount"]
    assert edit(what="Leiding") == ["what"]
    with pytest.raises(Conflict) as conflict:
        edit(amount=eur(300))
    assert [(c.field, c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("amount", "300.00", "200.00")
    ]
    row = Commitment.objects.get(pk=commitment.pk)
    assert (row.amount, row.what) == (eur(200), "Leiding")
    with pytest.raises(Refused, match=r"nog €.1\.000 over"):
        commitments.edit_commitment(
            commitment, {"amount": eur(1001)}, base=base, base_revision=3, by=house.manager
        )
    with pytest.raises(Refused, match="Deze verplichting is voor 2021"):
        commitments.edit_commitment(
            commitment,
            {"starts_on": date(2022, 1, 1), "ends_on": date(2022, 2, 1)},
            base={},
            base_revision=3,
            by=house.manager,
        )
    funds.received(house, commitment, 1)
    other = Supplier.objects.create(region=house.cast.region, name="Ander")
    with pytest.raises(Refused, match="Er zijn al facturen van deze leverancier"):
        edit(supplier=other)
    commitments.sign_commitment(commitment, by=house.holder)
    with pytest.raises(Refused, match="verandert niet meer"):
        edit(what="x")


def test_cancelling_and_closing_release_what_was_not_used(house):
    first, second = funds.signed(house, 300), funds.signed(house, 400)
    commitments.cancel_commitment(first, why="Gaat niet door.", by=house.holder)
    assert left(house.leading, 2021) == eur(600)
    funds.payable(house, second, 150)
    with pytest.raises(Refused, match="Een reden telt hoogstens 300 tekens"):
        commitments.cancel_commitment(second, why="x" * 301, by=house.holder)
    with pytest.raises(Refused, match="Op deze verplichting zijn facturen"):
        commitments.cancel_commitment(second, why="Toch niet.", by=house.holder)
    waiting = funds.received(house, second, 10, number="A 7")
    with pytest.raises(Refused, match="Handel eerst de facturen af die nog open staan: A 7"):
        commitments.close_commitment(second, why="Klaar.", by=house.manager)
    invoices.cancel_invoice(waiting, why="Dubbel.", by=house.manager)
    commitments.close_commitment(second, why="Klaar.", by=house.manager)
    assert left(house.leading, 2021) == eur(850)


def test_a_signature_counts_from_its_day_and_not_from_a_day_to_come(house):
    commitment = funds.proposed(house)
    for day, sentence in (
        (date(2021, 3, 2), "2 maart 2021 moet nog komen. Kies vandaag of eerder."),
        (date(2020, 12, 31), "Het fonds begint op 1 januari 2021. Kies die dag of later."),
    ):
        with pytest.raises(Refused) as refused:
            commitments.sign_commitment(commitment, on=day, by=house.holder)
        assert refused.value.as_errors() == {"on": [sentence]}
    commitments.sign_commitment(commitment, on=date(2021, 2, 1), by=house.holder)
    entry = commitment.entries.get()
    assert (entry.effective_on, str(entry.recorded_at.date())) == (date(2021, 2, 1), "2021-03-01")


def test_what_changed_while_she_looked_is_not_signed_unseen(house):
    commitment = funds.proposed(house, 100)
    commitments.edit_commitment(
        commitment, {"amount": eur(900)}, base={}, base_revision=1, by=house.manager
    )
    with pytest.raises(Refused, match="Iemand wijzigde dit terwijl u keek"):
        commitments.sign_commitment(commitment, seen=1, by=house.holder)
    assert commitments.sign_commitment(commitment, seen=2, by=house.holder).amount == eur(900)


def test_who_has_no_mandate_is_told_so(house, cast):
    commitment = funds.proposed(house)
    assert MandateAct.SIGN.label == "tekenen"
    for person in (house.manager, cast.author, cast.secretary, cast.stranger, cast.admin):
        with pytest.raises(PermissionDenied, match="geen mandaat voor tekenen"):
            commitments.sign_commitment(commitment, by=person)
