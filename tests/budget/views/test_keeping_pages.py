"""Suppliers, mandates, moves and the ledger on screen."""

from datetime import date, datetime

import pytest

from budget.domain import corrections, reallocations
from budget.domain.ledger import left
from budget.models import Interest, LedgerEntry, Mandate, Reallocation, Supplier
from core import clock
from tests import fund as funds
from tests.fund import eur


def rows(page, name="rows"):
    return [[getattr(cell, "value", cell) for cell in row.cells] for row in page.context[name]]


# Suppliers ----------------------------------------------------------------------------------------


def test_a_supplier_is_added_mended_and_somebodys_own(enter, house, url):
    client = enter(house.manager)
    page = client.post(url("supplier-new"), {"name": "bureau brug", "kvk": ""})
    assert page.context["form"].errors["__all__"] or page.context["form"].errors["name"]
    page = client.post(url("supplier-new"), {"name": "Zorgkracht", "kvk": "1234"})
    assert page.context["form"].errors["kvk"] == ["Een KVK-nummer heeft acht cijfers."]
    client.post(url("supplier-new"), {"name": "Zorgkracht", "kvk": "12 34 56 78"})
    row = Supplier.objects.get(name="Zorgkracht")
    assert row.kvk == "12345678"
    form = client.get(url("supplier-edit", row.pk)).context["form"]
    client.post(url("supplier-edit", row.pk), dict(form.hidden()) | {"name": "Zorgkracht Oost"})
    client.post(url("interest-new", row.pk), {"person": house.holder.pk})
    page = client.get(url("supplier-list"))
    assert ["Zorgkracht Oost", "", "0", "regiomanager"] in rows(page)
    interest = Interest.objects.get()
    client.post(url("interest-remove", row.pk, interest.pk), {"why": "Werkt daar niet meer."})
    assert not Interest.objects.exists()


def test_nobody_takes_her_own_interest_away(enter, house, url):
    client = enter(house.manager)
    client.post(url("interest-new", house.supplier.pk), {"person": house.manager.pk})
    interest = Interest.objects.get()
    page = client.post(url("interest-remove", house.supplier.pk, interest.pk), {"why": "x"})
    assert "laat u door iemand anders weghalen" in page.text


# Mandates -----------------------------------------------------------------------------------------


def test_the_admin_gives_and_ends_without_reading_the_fund(enter, house, url):
    client = enter(house.cast.admin)
    assert client.get(url("commitment-list")).status_code == 404
    page = client.get(url("mandate-list"))
    assert rows(page)[3][:4] == ["regiomanager", "tekenen", "geen grens", "alle posten"]
    sent = {"user": house.cast.secretary.pk, "act": "sign", "amount": "5.000", "line": ""}
    page = client.post(url("mandate-new"), sent, follow=True)
    assert "tekenen tot en met €\u00a05.000" in page.text
    mandate = Mandate.objects.get(user=house.cast.secretary)
    client.post(url("mandate-end", mandate.pk), {"valid_until": "28 februari 2021"})
    page = client.get(url("mandate-list"))
    assert house.cast.secretary.office not in [row[0] for row in rows(page)]
    sent = {"user": house.cast.admin.pk, "act": "sign"}
    page = client.post(url("mandate-new"), sent)
    assert "Niemand geeft zichzelf een mandaat" in page.context["form"].errors["user"][0]


def test_rules_are_the_admins_and_who_works_with_it_reads(enter, house, url):
    page = enter(house.manager).get(url("mandate-list"))
    assert "Mandaat geven" not in page.text
    for name in ("mandate-new", "mandate-rules"):
        assert enter(house.manager).get(url(name)).status_code == 403
    assert enter(house.cast.alderman).get(url("mandate-list")).status_code == 403
    enter(house.cast.admin).post(url("mandate-rules"), {"finance_pays": "on"})
    house.fund.refresh_from_db()
    assert (house.fund.checker_makes_payable, house.fund.finance_pays) == (False, True)


def test_the_organisation_leads_to_the_mandates(enter, house, url):
    page = enter(house.cast.admin).get(f"/{house.cast.region.slug}/organisatie/")
    assert url("mandate-list") in page.text


# Moves --------------------------------------------------------------------------------------------


def test_a_move_shows_both_sides_before_it_is_done(enter, house, url):
    client = enter(house.holder)
    sent = {
        "from_place": f"{house.spare.pk}-2021",
        "to_place": f"{house.leading.pk}-2021",
        "amount": "200",
        "why": "Meer uren.",
    }
    page = client.post(url("reallocation-new"), sent)
    shown = page.context["shown"]
    assert [[getattr(c, "value", c) for c in row.cells] for row in shown["rows"]] == [
        ["Onvoorzien 2021", "€\u00a0500", "€\u00a0300"],
        ["Projectleiding 2021", "€\u00a01.000", "€\u00a01.200"],
    ]
    assert not Reallocation.objects.exists()
    page = client.post(url("reallocation-new"), sent | {"seen": shown["seen"], "amount": "300"})
    assert not Reallocation.objects.exists()
    client.post(url("reallocation-new"), sent | {"seen": shown["seen"]})
    assert (left(house.spare, 2021), left(house.leading, 2021)) == (eur(300), eur(1200))


def test_more_than_is_left_and_the_same_place_are_refused_at_their_field(enter, house, url):
    client = enter(house.holder)
    place = f"{house.spare.pk}-2021"
    sent = {"from_place": place, "to_place": place, "amount": "501", "why": "x"}
    page = client.post(url("reallocation-new"), sent)
    assert "nog €\u00a0500 over" in page.context["form"].errors["amount"][0]
    page = client.post(url("reallocation-new"), sent | {"amount": "1"})
    seen = page.context["shown"]["seen"]
    page = client.post(url("reallocation-new"), sent | {"amount": "1", "seen": seen})
    assert "Kies een andere post" in page.context["form"].errors["to_place"][0]


def test_without_a_mandate_the_team_needs_a_decision_and_a_reader_reads(enter, house, url):
    page = enter(house.cast.author).get(url("reallocation-new"))
    assert page.context["form"].fields["decision"].required
    assert enter(house.manager).get(url("reallocation-new")).status_code == 403
    assert enter(house.cast.alderman).get(url("reallocation-list")).status_code == 200


def test_what_a_year_has_left_goes_to_the_next_on_purpose(enter, house, url):
    client = enter(house.holder)
    page = client.get(url("carry-over"), follow=True)
    assert "Er is niets om door te schuiven" in page.text
    with clock.at(datetime(2022, 1, 10, 9)):
        sent = {"from_place": f"{house.leading.pk}-2021", "why": "Loopt door."}
        page = client.post(url("carry-over"), sent)
        client.post(url("carry-over"), sent | {"seen": page.context["shown"]["seen"]})
    assert (left(house.leading, 2021), left(house.leading, 2022)) == (eur(0), eur(1500))


# The ledger ---------------------------------------------------------------------------------------


@pytest.fixture
def payment(house):
    funds.paid(house, funds.signed(house), 100)
    return LedgerEntry.objects.get(kind="payment")


def test_the_ledger_narrows_and_tells_what_was_known_on_a_day(enter, house, url, payment):
    with clock.at(datetime(2021, 4, 1, 9)):
        corrections.correct_entry(
            payment, why="Dag.", effective_on=date(2021, 2, 1), by=house.finance
        )
        client = enter(house.manager)
        assert len(client.get(url("ledger"), {"kind": "payment"}).context["rows"]) == 3
        then = client.get(url("ledger"), {"kind": "payment", "day": "31 maart 2021"})
        assert [row[6] for row in rows(then)] == ["1\u00a0maart"]
        assert "Zoals bekend op 31 maart 2021." in then.text
        assert rows(then, "totals") == [["Betaald", "€\u00a0100"]]
        wrong = client.get(url("ledger"), {"day": "31 februari"})
        assert "U ziet de boekingen van nu." in wrong.text
        assert client.get(url("ledger"), {"day": "31-12-9999"}).status_code == 200


def test_a_booking_is_put_right_by_a_counter_entry(enter, house, url, payment):
    correct = url("entry-correct", payment.pk)
    assert enter(house.manager).get(correct).status_code == 403
    client = enter(house.finance)
    page = client.post(correct, {"effective_on": "2 maart 2021", "amount": "100", "why": "Dag."})
    assert "moet nog komen" in page.context["form"].errors["effective_on"][0]
    client.post(correct, {"effective_on": "1 februari 2021", "amount": "90", "why": "Bank."})
    found = LedgerEntry.objects.filter(kind="payment").order_by("pk")
    assert [entry.amount for entry in found] == [eur(100), eur(-100), eur(90)]
    assert "al verbeterd" in client.get(correct, follow=True).text


def test_a_move_is_read_by_who_reads_figures_and_bookings_are_not(enter, house, url):
    reallocations.reallocate(
        house.spare, 2021, house.crisis, 2021, amount=eur(1), why="x", by=house.holder
    )
    page = enter(house.cast.alderman).get(url("reallocation-list"))
    assert rows(page)[0][1:5] == ["Onvoorzien 2021", "Spoed en crisis 2021", "€\u00a01", "mandaat"]
    assert enter(house.cast.alderman).get(url("ledger")).status_code == 403
