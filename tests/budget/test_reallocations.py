"""Budget that moves between lines and years, and is carried over when a year is done."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import lines, mandates, reallocations, versions
from budget.domain.ledger import left
from budget.enums import MandateAct
from core import clock
from core.refusal import Refused
from governance.domain import decisions
from tests import factories as make
from tests import fund as funds
from tests.fund import eur


def move(house, amount, to=None, by=None, **fields):
    to_line, to_year = to or (house.leading, 2021)
    return reallocations.reallocate(
        house.spare,
        2021,
        to_line,
        to_year,
        amount=eur(amount),
        why="Tegenvaller.",
        by=by or house.holder,
        **fields,
    )


def test_the_unforeseen_helps_a_line(house):
    row = move(house, 200, on=date(2021, 2, 1))
    assert (left(house.spare, 2021), left(house.leading, 2021)) == (eur(300), eur(1200))
    assert (row.mandate.act, row.decision) == ("reallocate", None)
    assert [(e.amount, e.effective_on) for e in row.entries.all()] == [
        (eur(-200), date(2021, 2, 1)),
        (eur(200), date(2021, 2, 1)),
    ]


def test_never_more_than_is_left_where_it_comes_from(house):
    with pytest.raises(Refused, match=r"nog €.500 over, en dit vraagt €.500,01"):
        move(house, "500.01")
    funds.signed(house, 900)
    with pytest.raises(Refused, match=r"Op Projectleiding is in 2021 nog €.100 over"):
        reallocations.reallocate(
            house.leading, 2021, house.crisis, 2021, amount=eur(101), why="x", by=house.holder
        )


def test_where_it_cannot_go(house, cast):
    version = versions.draft_version(house.fund, by=cast.author)
    new = lines.put_line(
        version, heading=version.headings.first(), name="Nog niet", by=cast.author
    ).line
    foreign = funds.drafted(cast, funds.opened(cast, slug="ander")).lines.first().line
    for to, sentence in (
        ((house.spare, 2021), "Kies een andere post of een ander jaar"),
        ((house.leading, 2023), "2023 valt buiten dit fonds"),
        ((new, 2021), "een post die in de geldende begroting staat"),
        ((foreign, 2021), "hoort bij een ander fonds"),
    ):
        with pytest.raises(Refused, match=sentence):
            move(house, 10, to=to)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        reallocations.reallocate(
            house.spare, 2021, house.leading, 2021, amount=eur(1), why="", by=house.holder
        )


def test_within_a_mandate_for_the_line_it_comes_from(house, cast):
    junior = make.user("teamleider")
    grant = {"line": house.crisis, "amount": eur(100), "by": cast.admin}
    mandates.grant_mandate(house.fund, junior, MandateAct.REALLOCATE, **grant)
    with pytest.raises(PermissionDenied, match="geen mandaat voor verschuiven"):
        move(house, 10, by=junior)
    give = lambda amount: reallocations.reallocate(  # noqa: E731
        house.crisis, 2021, house.leading, 2022, amount=eur(amount), why="x", by=junior
    )
    with pytest.raises(Refused, match=r"tot en met €.100; dit is €.101"):
        give(101)
    assert give(100).mandate.line == house.crisis


def test_or_by_a_decision_that_holds(house, cast, decision):
    with pytest.raises(Refused, match="nog niet definitief"):
        move(house, 10, by=cast.author, decision=decision)
    with clock.at(make.moment(2)):
        final = decisions.finalise_decision(decision, by=cast.secretary)
        row = move(house, 10, by=cast.author, decision=final)
        with pytest.raises(PermissionDenied, match="programmateam"):
            move(house, 10, by=house.manager, decision=final)
    assert (row.decision, row.mandate) == (final, None)


def test_a_year_is_carried_over_on_purpose_when_it_is_done(house):
    funds.signed(house, 700)
    carry = lambda line, year: reallocations.carry_over(  # noqa: E731
        line, year, why="Loopt door.", by=house.holder
    )
    with pytest.raises(Refused, match=r"2021 loopt nog. Doorschuiven kan vanaf 1 januari 2022\."):
        carry(house.leading, 2021)
    with clock.at(datetime(2022, 1, 1, 9)):
        row = carry(house.leading, 2021)
        assert (row.kind, row.amount) == ("carry_over", eur(300))
        assert (left(house.leading, 2021), left(house.leading, 2022)) == (eur(0), eur(800))
        with pytest.raises(Refused, match="in 2021 niets over om door te schuiven"):
            carry(house.leading, 2021)
    with clock.at(datetime(2023, 1, 1, 9)), pytest.raises(Refused, match="2023 valt buiten"):
        carry(house.leading, 2022)
