"""Invoices on screen: two pairs of eyes, and what stops with its ways out."""

from datetime import date

import pytest

from budget.domain import funds as fund_acts
from budget.domain import mandates, suppliers
from budget.enums import MandateAct
from budget.models import Invoice
from tests import fund as funds
from tests.fund import eur


def received(client, url, commitment, **fields):
    sent = {
        "commitment": commitment.pk,
        "kind": "partial",
        "number": "F 2021/1",
        "amount": "100",
        "dated": "20 februari 2021",
        "received_on": "1 maart 2021",
    } | fields
    return client.post(url("invoice-new"), sent, follow=True)


def act(client, url, row, name, **sent):
    return client.post(url("invoice-act", row.pk, name), sent, follow=True)


def people(page):
    """Who did each step so far."""
    return [(stop.state, stop.purpose) for stop in page.context["stops"]]


def test_from_received_to_paid_each_step_by_who_may(enter, house, url):
    commitment = funds.signed(house)
    page = received(enter(house.manager), url, commitment)
    assert "Factuur F 2021/1 is ontvangen. Controleren kan: kwartiermaker." in page.text
    row = Invoice.objects.get()
    assert page.context["now"].primary.label == "Controleren"
    page = act(enter(house.manager), url, row, "controleren", performance="Tien dagdelen.")
    assert "Tien dagdelen." in page.text
    page = act(enter(house.manager), url, row, "betaalbaar")
    assert page.context["now"].what == "Betaling registreren kan: financiën"
    assert people(page) == [
        ("done", "regiomanager"),
        ("done", "kwartiermaker"),
        ("done", "kwartiermaker"),
        ("done", "kwartiermaker"),
        ("now", ""),
    ]
    page = act(enter(house.finance), url, row, "betaald", on="1 maart 2021", amount="100,00")
    assert "Factuur F 2021/1 is betaald." in page.text
    assert [row.cells[1] for row in page.context["entries"]] == ["gefactureerd", "betaald"]


def test_a_number_used_twice_says_where_it_stands(enter, house, url):
    commitment = funds.signed(house)
    funds.received(house, commitment, number="F2021/1")
    page = received(enter(house.manager), url, commitment)
    assert page.context["form"].errors["number"] == [
        "Factuur F2021/1 van Bureau Brug staat er al: €\u00a0100, ontvangen op 1 maart 2021."
    ]
    assert page.context["form"]["amount"].value() == "100"


def test_before_the_signature_it_comes_in_and_stops_before_payable(enter, house, url):
    commitment = funds.proposed(house)
    row = funds.checked(house, commitment)
    page = enter(house.manager).get(url("invoice-detail", row.pk))
    (not_yet,) = page.context["now"].not_yet
    assert not_yet.reason.startswith("Verplichting 2021-001 is voorgesteld. Laat haar eerst tek")


def test_above_the_commitment_stops_before_payable_with_the_ways_out(enter, house, url):
    row = funds.checked(house, funds.signed(house, 600), 700)
    page = enter(house.manager).get(url("invoice-detail", row.pk))
    assert "Deze factuur gaat boven de verplichting." in page.text
    assert "€\u00a0100 te veel" in page.text
    assert [link.label for link in page.context["ways"]] == [
        "De verplichting verhogen",
        "Splitsen over een andere verplichting",
        "Creditnota van de leverancier ontvangen",
        "Nieuwe verplichting voorstellen",
    ]
    page = act(enter(house.manager), url, row, "betaalbaar")
    assert "nog €\u00a0600 over, en deze factuur is €\u00a0700" in page.text
    other = funds.signed(house, 200)
    act(enter(house.manager), url, row, "splitsen", commitment=other.pk, amount="100")
    assert sorted(Invoice.objects.values_list("part", "amount")) == [(1, eur(600)), (2, eur(100))]
    page = act(enter(house.manager), url, row, "betaalbaar")
    assert "is betaalbaar." in page.text


def test_the_signer_is_told_why_she_does_not_pay(enter, house, url):
    mandates.grant_mandate(house.fund, house.holder, MandateAct.MAKE_PAYABLE, by=house.cast.admin)
    row = funds.checked(house, funds.signed(house))
    page = enter(house.holder).get(url("invoice-detail", row.pk))
    reasons = [each.reason for each in page.context["now"].not_yet]
    assert reasons == ["U tekende deze verplichting. Wie tekent, betaalt niet."]
    assert page.context["now"].what == "Betaalbaar stellen kan: kwartiermaker"


def test_where_the_fund_says_so_another_makes_it_payable(enter, house, url):
    fund_acts.set_rules(
        house.fund, checker_makes_payable=False, finance_pays=True, by=house.cast.admin
    )
    row = funds.checked(house, funds.signed(house))
    page = enter(house.manager).get(url("invoice-detail", row.pk))
    assert "Bij dit fonds stelt een ander haar betaalbaar." in page.text
    assert "niemand: vraag de beheerder" in page.context["now"].what


def test_own_hours_are_checked_by_nobody_of_them(enter, house, url):
    row = funds.received(house, funds.signed(house))
    suppliers.declare_interest(house.supplier, house.manager, by=house.cast.author)
    page = enter(house.manager).get(url("invoice-detail", row.pk))
    assert page.context["now"].others == []
    assert {each.reason[:40] for each in page.context["now"].not_yet} == {
        "Dit gaat over uw eigen uren of uw eigen "
    }


@pytest.mark.parametrize(
    ("walk", "name", "sent", "who", "state"),
    [
        (funds.received, "betwisten", {"why": "Te veel uren."}, "manager", "disputed"),
        (funds.received, "vervallen", {"why": "Dubbel."}, "manager", "cancelled"),
        (funds.payable, "terughalen", {"why": "Toch niet."}, "manager", "checked"),
        (funds.payable, "vervallen", {"why": "Dubbel."}, "manager", "cancelled"),
        (funds.paid, "terugdraaien", {"why": "Kwam terug."}, "finance", "payable"),
    ],
)
def test_acts_that_ask_why(enter, house, url, walk, name, sent, who, state):
    row = walk(house, funds.signed(house))
    client = enter(getattr(house, who))
    assert "Schrijf op waarom." in act(client, url, row, name, why=" ").text
    act(client, url, row, name, **sent)
    row.refresh_from_db()
    assert row.state == state


def test_disputed_and_taken_up_again_and_moved(enter, house, url):
    first, other = funds.signed(house, 300), funds.signed(house, 200)
    row = funds.received(house, first)
    client = enter(house.manager)
    assert "Te veel." in act(client, url, row, "betwisten", why="Te veel.").text
    act(client, url, row, "hervatten", why="Uitgelegd.")
    act(client, url, row, "verplaatsen", commitment=other.pk)
    row.refresh_from_db()
    assert (row.state, row.commitment) == ("received", other)


def test_a_credit_note_is_typed_above_zero(enter, house, url):
    commitment = funds.signed(house)
    page = received(enter(house.manager), url, commitment, kind="credit")
    row = Invoice.objects.get()
    assert (row.amount, "Creditnota F 2021/1" in page.text) == (eur(-100), True)
    form = enter(house.manager).get(url("invoice-edit", row.pk)).context["form"]
    sent = {name: form.as_text(name, form[name].value()) for name in form.based}
    enter(house.manager).post(
        url("invoice-edit", row.pk), sent | dict(form.hidden()) | {"amount": "90"}
    )
    row.refresh_from_db()
    assert row.amount == eur(-90)


def test_another_amount_of_the_bank_asks_why(enter, house, url):
    row = funds.payable(house, funds.signed(house), 100)
    client = enter(house.finance)
    sent = {"on": "1 maart 2021", "amount": "90"}
    assert "Schrijf op waarom." in act(client, url, row, "betaald", **sent).text
    act(client, url, row, "betaald", **sent, why="Korting.")
    row.refresh_from_db()
    assert (row.state, row.paid_on) == ("paid", date(2021, 3, 1))


@pytest.mark.parametrize("invoices", [1, 3])
def test_the_pages_ask_the_same_however_many_invoices(
    enter, house, url, invoices, django_assert_num_queries
):
    commitment = funds.signed(house)
    for _ in range(invoices):
        row = funds.paid(house, commitment, 10)
    client = enter(house.manager)
    client.get(url("invoice-detail", row.pk))
    with django_assert_num_queries(23):
        client.get(url("commitment-detail", commitment.number))
    with django_assert_num_queries(16):
        client.get(url("invoice-detail", row.pk))
