"""Making and changing a fund and the parts of its grant."""

import pytest
from django.urls import reverse

from budget.models import Fund
from tests import fund as walk
from tests.budget.pages.test_line_forms import sent

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Transformatiefonds",
    "slug": "transformatiefonds",
    "grantor": "het ministerie",
    "starts_on": "1-1-2021",
    "ends_on": "31 december 2022",
    "includes_vat": "on",
}


@pytest.fixture
def new(cast, client):
    client.force_login(cast.author)
    url = reverse("budget:fund-new", args=["waterland"])
    return lambda **changes: client.post(url, NEW | changes, follow=True)


def test_a_new_fund_asks_for_its_grant_next(new, text):
    shown = text(new(contingency_rate="7,5"))
    assert "Er is nog niets toegekend." in shown
    fund = Fund.objects.get()
    assert (fund.contingency_rate, fund.includes_vat) == (walk.Decimal("7.50"), True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Dit veld is verplicht."),
        ({"slug": "met spatie"}, "Gebruik alleen letters, cijfers en streepjes."),
        ({"ends_on": "1-1-2020"}, "De laatste dag ligt voor de eerste dag."),
        ({"contingency_rate": "120"}, "percentage van 0 tot en met 100"),
        ({"contingency_rate": "veel"}, "Vul een getal in"),
        ({"realised_before": "100"}, "Zeg tot en met welk jaar"),
        ({"realised_before": "-5"}, "nul of meer"),
        ({"starts_on": "32-1-2021"}, "bestaat niet"),
    ],
)
def test_bad_input_is_said(new, text, changes, sentence):
    assert sentence in text(new(**changes))
    assert not Fund.objects.exists()


def test_a_short_address_is_used_once(new, text):
    new()
    assert "Dit korte adres is in de regio al in gebruik." in text(new())


def test_changing_keeps_what_a_colleague_changed(house, page):
    author = house.cast.author
    data = sent(page(author, "fund-edit", house.fund))
    walk.funds.edit_fund(
        house.fund,
        {"grantor": "de provincie"},
        base={"grantor": house.fund.grantor},
        base_revision=house.fund.revision,
        by=author,
    )
    page(author, "fund-edit", house.fund, data=data | {"name": "Ander fonds"})
    house.fund.refresh_from_db()
    assert (house.fund.name, house.fund.grantor) == ("Ander fonds", "de provincie")


def test_a_period_that_a_year_falls_out_of_is_refused(house, page, text):
    data = sent(page(house.cast.author, "fund-edit", house.fund)) | {"ends_on": "31-12-2021"}
    response = page(house.cast.author, "fund-edit", house.fund, data=data)
    assert "In 2022 is al begroot." in text(response)


def test_instalments_come_change_and_go(house, page, text):
    author = house.cast.author
    added = page(author, "instalment-new", house.fund, data={"year": "2022", "amount": "1.000"})
    assert "Samen € 6.000" in text(added)
    row = house.fund.instalments.get(year=2022)
    page(
        author,
        "instalment-edit",
        house.fund,
        row.pk,
        data={"amount": "500,50", "received_on": "1-2-2021"},
    )
    row.refresh_from_db()
    assert (str(row.amount), row.received_on) == ("500.50", walk.date(2021, 2, 1))
    page(author, "instalment-remove", house.fund, row.pk, data={})
    assert house.fund.instalments.count() == 1


def test_what_is_budgeted_stays_granted(house, page, text):
    row = house.fund.instalments.get()
    response = page(
        house.cast.author, "instalment-edit", house.fund, row.pk, data={"amount": "100"}
    )
    assert "Verlaag eerst de begroting." in text(response)
    gone = page(house.cast.author, "instalment-remove", house.fund, row.pk, data={})
    assert "Verlaag eerst de begroting." in text(gone)
    late = {"amount": "5000", "received_on": "1-1-2999"}
    later = page(house.cast.author, "instalment-edit", house.fund, row.pk, data=late)
    assert "moet nog komen" in text(later)
