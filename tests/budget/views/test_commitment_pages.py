"""Commitments on screen: proposing, what is refused and the ways out, signing by another."""

import pytest

from budget.domain import commitments, suppliers
from budget.models import Commitment
from tests import fund as funds
from tests.fund import eur

FIELDS = {
    "what": "Projectleiding",
    "starts_on": "1 januari 2021",
    "ends_on": "31-12-2021",
    "amount": "600,00",
    "reference": "",
    "condition": "",
}


@pytest.fixture
def typed(house):
    return FIELDS | {"line": house.leading.pk, "supplier": house.supplier.pk}


def errors(page):
    return {name: list(found) for name, found in page.context["form"].errors.items()}


def test_proposed_by_one_and_signed_by_another(enter, house, url, typed):
    page = enter(house.manager).post(url("commitment-new"), typed, follow=True)
    assert "Verplichting 2021-001 is voorgesteld. Tekenen kan: regiomanager." in page.text
    assert page.context["now"].what == "Tekenen kan: regiomanager"
    row = Commitment.objects.get()
    assert (row.amount, row.line, row.what) == (eur(600), house.leading, "Projectleiding")
    there = url("commitment-detail", row.number)
    page = enter(house.holder).get(there)
    assert page.context["now"].primary.label == "Tekenen"
    sign = url("commitment-act", row.number, "tekenen")
    assert "nog €\u00a01.000 over; daarna €\u00a0400" in enter(house.holder).get(sign).text
    page = enter(house.holder).post(sign, {"on": "1 maart 2021"}, follow=True)
    assert "Verplichting 2021-001 is getekend." in page.text
    assert [row.cells[2] for row in page.context["entries"]] == ["€\u00a0600"]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"amount": "1.000,01"}, "amount", "nog €\u00a01.000 over, en dit vraagt €\u00a01.000,01"),
        ({"amount": "12,345"}, "amount", "Vul een bedrag in euro's in"),
        ({"amount": "$ 12"}, "amount", "Vul een bedrag in euro's in"),
        ({"amount": "9999999999999"}, "amount", "hoogstens € 999.999.999,99"),
        ({"ends_on": "1 februari 2022"}, "ends_on", "Maak er één per jaar"),
        ({"starts_on": "1-1-2023", "ends_on": "2-1-2023"}, "starts_on", "valt buiten dit fonds"),
        ({"ends_on": "31 februari 2021"}, "ends_on", "bestaat niet"),
        ({"what": ""}, "what", "verplicht"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    enter, house, url, typed, fields, field, sentence
):
    page = enter(house.manager).post(url("commitment-new"), typed | fields)
    assert list(errors(page)) == [field]
    assert sentence in errors(page)[field][0]
    assert page.context["form"]["reference"].value() == ""
    assert page.context["form"]["ends_on"].value() == (typed | fields)["ends_on"]
    assert "Geld naar deze post schuiven" in page.text
    assert not Commitment.objects.exists()


def test_own_firm_is_refused_in_words(enter, house, url, typed):
    suppliers.declare_interest(house.supplier, house.manager, by=house.cast.author)
    page = enter(house.manager).post(url("commitment-new"), typed)
    assert "uw eigen uren of uw eigen bedrijf" in errors(page)["__all__"][0]


def test_who_proposed_sees_why_she_does_not_sign(enter, house, url):
    row = funds.proposed(house, by=house.holder)
    page = enter(house.holder).get(url("commitment-detail", row.number))
    (not_yet,) = page.context["now"].not_yet
    assert (not_yet.label, not_yet.reason) == ("Tekenen", commitments.SAME_PERSON.reason)
    sign = url("commitment-act", row.number, "tekenen")
    assert commitments.SAME_PERSON.reason in enter(house.holder).get(sign, follow=True).text


def test_the_second_on_the_last_euro_gets_the_sentence_and_the_way_out(enter, house, url):
    first, second = funds.proposed(house, 700), funds.proposed(house, 400)
    commitments.sign_commitment(first, by=house.holder)
    sign = url("commitment-act", second.number, "tekenen")
    page = enter(house.holder).post(sign, {"on": "1 maart 2021"})
    assert "nog €\u00a0300 over, en dit vraagt €\u00a0400" in page.text
    assert "Geld naar deze post schuiven" in page.text
    page = enter(house.holder).get(url("commitment-detail", second.number))
    assert next(link.label for link in page.context["ways"]) == "Geld naar deze post schuiven"


def test_two_writers_lose_nothing(enter, house, url):
    row = funds.proposed(house, 100)
    edit = url("commitment-edit", row.number)
    form = enter(house.manager).get(edit).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | dict(form.hidden())
    sent = {name: form.as_text(name, value) if name in form.fields else value
            for name, value in sent.items()}  # fmt: skip
    commitments.edit_commitment(
        row, {"amount": eur(200)}, base={"amount": eur(100)}, base_revision=1, by=house.manager
    )
    page = enter(house.manager).post(edit, sent | {"what": "Leiding"}, follow=True)
    assert "Verplichting 2021-001 is gewijzigd." in page.text
    page = enter(house.manager).post(edit, sent | {"amount": "300"})
    assert [(both.mine, both.theirs) for both in page.context["form"].clashes()] == [
        ("300", "200,00")
    ]
    fresh = Commitment.objects.get()
    assert (fresh.amount, fresh.what) == (eur(200), "Leiding")


@pytest.mark.parametrize(
    ("act", "sent", "state", "amount"),
    [
        ("verhogen", {"amount": "700", "why": "Meer uren."}, "signed", 700),
        ("verlagen", {"amount": "500", "why": "Minder uren."}, "signed", 500),
        ("intrekken", {"why": "Gaat niet door."}, "cancelled", 600),
    ],
)
def test_acts_of_the_signer(enter, house, url, act, sent, state, amount):
    row = funds.signed(house)
    enter(house.holder).post(url("commitment-act", row.number, act), sent)
    row.refresh_from_db()
    assert (row.state, row.amount) == (state, eur(amount))


def test_the_manager_closes_and_meets_a_condition(enter, house, url):
    row = funds.signed(house, condition="instemming van het PHO")
    act = lambda name, sent: enter(house.manager).post(  # noqa: E731
        url("commitment-act", row.number, name), sent
    )
    act("voorbehoud", {"on": "1 maart 2021"})
    act("afsluiten", {"why": "Klaar."})
    row.refresh_from_db()
    assert (row.state, str(row.condition_met_on)) == ("closed", "2021-03-01")


def test_who_only_reads_figures_opens_none_of_it(enter, house, url):
    row = funds.signed(house)
    for page in (url("commitment-list"), url("commitment-detail", row.number)):
        assert enter(house.cast.alderman).get(page).status_code == 403
        assert enter(house.cast.stranger).get(page).status_code == 404
        assert enter(house.cast.provider).get(page).status_code == 404
    assert enter(house.manager).get(url("commitment-detail", "2021-999")).status_code == 404
    assert enter(house.manager).get(url("commitment-detail", "onzin")).status_code == 404
    assert enter(house.manager).get(url("commitment-act", row.number, "weg")).status_code == 404
    sign = url("commitment-act", row.number, "verhogen")
    assert enter(house.manager).get(sign).status_code == 403


def test_what_was_changed_meanwhile_is_not_signed_unseen(enter, house, url):
    row = funds.proposed(house, 100)
    sign = url("commitment-act", row.number, "tekenen")
    seen = enter(house.holder).get(sign).context["form"]["seen"].value()
    commitments.edit_commitment(
        row, {"amount": eur(900)}, base={"amount": eur(100)}, base_revision=1, by=house.manager
    )
    page = enter(house.holder).post(sign, {"on": "1 maart 2021", "seen": seen})
    assert "Iemand wijzigde dit terwijl u keek." in page.text
    assert "U legt €\u00a0900 vast" in page.text
    again = {"on": "1 maart 2021", "seen": page.context["form"]["seen"].value()}
    assert "is getekend." in enter(house.holder).post(sign, again, follow=True).text
