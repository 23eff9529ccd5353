"""The fund itself: opened, changed, its grant in instalments, its rules, its totals in public."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import funds
from budget.domain.funds import granted, holdings
from budget.models import Fund, Instalment
from budget.queries import public_totals
from core.refusal import Refused
from core.versioning import Conflict
from tests import fund as made
from tests.fund import eur


def edit(fund, by, base_revision=1, base=None, **values):
    base = base or {name: getattr(fund, name) for name in values}
    return funds.edit_fund(fund, values, base=base, base_revision=base_revision, by=by)


def test_what_it_holds_is_what_was_granted_less_what_was_realised_before(cast):
    fund = made.opened(
        cast,
        starts_on=date(2019, 7, 1),
        realised_before=eur("458.52"),
        realised_year=2019,
        realised_label="jaarrekening 2019",
    )
    funds.add_instalment(
        fund,
        year=2021,
        label="tweede",
        amount=eur(100),
        received_on=date(2021, 2, 1),
        by=cast.author,
    )
    assert (granted(fund), holdings(fund)) == (eur(5100), eur("4641.48"))
    assert fund.years == [2020, 2021, 2022]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "fonds"}, "Dit korte adres is in de regio al in gebruik."),
        ({"name": " "}, "Dit veld kan niet leeg zijn"),
        ({"ends_on": date(2020, 1, 1)}, "De laatste dag ligt voor de eerste dag."),
        ({"realised_before": Decimal("0.001")}, "hoogstens twee cijfers achter de komma"),
        ({"realised_before": eur(1)}, "Zeg tot en met welk jaar dit is besteed"),
        (
            {"realised_before": eur(1), "realised_year": 2022, "realised_label": "x"},
            "Er blijft geen jaar over om te begroten",
        ),
        ({"contingency_rate": eur(101)}, "Onvoorzien is een percentage van 0 tot en met 100."),
    ],
)
def test_what_cannot_be_is_refused(cast, fields, sentence):
    made.opened(cast)
    with pytest.raises(Refused, match=sentence):
        made.opened(cast, **({"slug": "tweede"} | fields))
    assert Fund.objects.count() == 1


def test_a_second_fund_lives_by_data_alone(cast):
    fund = made.opened(cast, granted=33_000, slug="clienten", ends_on=date(2021, 12, 31))
    assert (holdings(fund), fund.years, fund.contingency_rate) == (eur(33_000), [2021], None)


def test_two_change_it_at_once(house, cast):
    assert edit(house.fund, cast.author, 2, name="Fonds") == ["name"]
    assert edit(house.fund, cast.author, 2, grantor="VWS") == ["grantor"]
    with pytest.raises(Conflict):
        edit(house.fund, cast.author, 2, name="Anders")
    with pytest.raises(ValueError, match="finance_pays"):
        edit(house.fund, cast.author, 4, finance_pays=False)


def test_the_period_keeps_every_year_that_has_money(house, cast):
    with pytest.raises(Refused) as refused:
        edit(house.fund, cast.author, 2, ends_on=date(2021, 12, 31))
    sentence = "In 2022 is al begroot. Houd dat jaar binnen het fonds."
    assert refused.value.as_errors() == {"ends_on": [sentence]}
    assert Fund.objects.get().ends_on == date(2022, 7, 1)


def test_the_grant_never_gets_below_the_budget(house, cast):
    row = Instalment.objects.get()
    sentence = (
        "In het fonds is dan €\u00a03.999,99, en begroot is €\u00a04.000: €\u00a00,01 te veel. "
        "Verlaag eerst de begroting."
    )
    with pytest.raises(Refused) as refused:
        funds.change_instalment(row, amount=eur("3999.99"), received_on=None, by=cast.author)
    assert str(refused.value) == sentence
    with pytest.raises(Refused, match="te veel"):
        funds.remove_instalment(row, by=cast.author)
    with pytest.raises(Refused, match="te veel"):
        edit(
            house.fund,
            cast.author,
            2,
            realised_before=eur("1000.01"),
            realised_year=2020,
            realised_label="x",
        )
    came = funds.change_instalment(
        row, amount=eur(4000), received_on=date(2021, 3, 1), by=cast.author
    )
    assert (came.amount, holdings(house.fund)) == (eur(4000), eur(4000))


def test_an_instalment_is_not_received_tomorrow(cast):
    fund = made.opened(cast, granted=0)
    with pytest.raises(Refused, match="2 maart 2021 moet nog komen"):
        funds.add_instalment(
            fund, year=2021, amount=eur(1), received_on=date(2021, 3, 2), by=cast.author
        )


def test_totals_are_public_by_an_act_of_its_own(house, cast):
    assert public_totals(house.fund) is None
    fund = funds.publish_totals(house.fund, by=cast.author)
    with pytest.raises(Refused, match="zijn al openbaar"):
        funds.publish_totals(fund, by=cast.author)
    made.signed(house, 600)
    totals = public_totals(fund)
    assert {year: (each.budget, each.committed) for year, each in totals.items()} == {
        2021: (eur(3500), eur(600)),
        2022: (eur(500), eur(0)),
    }
    assert public_totals(funds.withdraw_totals(fund, by=cast.author)) is None


def test_each_act_is_for_whom_it_is_for(house, cast):
    row = Instalment.objects.get()
    for person in (cast.admin, cast.secretary, cast.stranger, house.holder, house.finance):
        for act in (
            lambda by: made.opened(cast=type("C", (), {"region": cast.region, "author": by})()),
            lambda by: edit(house.fund, by, 2, name="x"),
            lambda by: funds.publish_totals(house.fund, by=by),
            lambda by: funds.change_instalment(row, amount=eur(1), received_on=None, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    for person in (cast.author, house.holder, house.manager):
        with pytest.raises(PermissionDenied, match="beheerder van deze regio"):
            funds.set_rules(house.fund, checker_makes_payable=True, finance_pays=True, by=person)
