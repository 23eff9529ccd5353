"""Adopting: by what, and what is refused; afterwards version and ledger are equal to the cent."""

from datetime import date

import pytest

from budget.domain import adoption, commitments, lines, reallocations, versions
from budget.domain.lines import YearAmount
from budget.domain.versions import amounts_of, budgeted
from budget.models import BudgetVersion
from core import clock
from core.refusal import Refused
from governance.domain import decisions
from tests import factories as make
from tests import fund as funds
from tests.fund import budget_line, eur


@pytest.fixture
def concept(house, cast):
    return versions.draft_version(house.fund, by=cast.author)


def adopt(version, cast, **fields):
    return adoption.adopt_version(version, by=cast.author, **({"ground": "Bestuur"} | fields))


def put(version, cast, name, year, amount):
    line = budget_line(version, name)
    given = {str(year): YearAmount(eur(amount)) if amount is not None else YearAmount()}
    lines.edit_line(line, given, base={}, base_revision=line.revision, by=cast.author)


def reasons(refused):
    return [each.reason for each in refused.value.refusals]


def test_the_ledger_follows_the_version(house, cast, concept):
    put(concept, cast, "Projectleiding", 2021, "900.10")
    put(concept, cast, "Projectleiding", 2022, None)
    line = budget_line(concept, "Spoed en crisis")
    lines.edit_line(line, {"name": "Crisis"}, base={}, base_revision=1, by=cast.author)
    version = adopt(concept, cast)
    posted = {(e.line.name, e.year, e.amount) for e in version.entries.select_related("line")}
    assert posted == {
        ("Projectleiding", 2021, eur("-99.90")),
        ("Projectleiding", 2022, eur(-500)),
    }
    held = {key: amount for key, amount in budgeted(house.fund).items() if amount}
    assert held == amounts_of(version)
    assert BudgetVersion.objects.get(pk=house.version.pk).state == "replaced"
    house.crisis.refresh_from_db()
    assert house.crisis.name == "Crisis"


def test_a_decision_carries_it_once_it_is_settled(house, cast, concept, decision):
    with pytest.raises(Refused, match="nog niet definitief"):
        adopt(concept, cast, decision=decision)
    with clock.at(make.moment(2)):
        final = decisions.finalise_decision(decision, by=cast.secretary)
        version = adopt(concept, cast, decision=final, ground="")
    assert (version.decision, version.adopted_on) == (final, final.decided_on)


def test_a_decision_of_another_region_or_a_no_carries_nothing(house, cast, concept, decision):
    with clock.at(make.moment(2)):
        final = decisions.finalise_decision(decision, by=cast.secretary)
    final.proposal.state = "rejected"
    assert adoption.decision_answer(final, house.fund).field == "decision"
    final.proposal.state = "adopted"
    assert adoption.decision_answer(final, house.fund)
    house.fund.region_id = 0
    assert "andere regio" in adoption.decision_answer(final, house.fund).reason


def test_it_needs_a_ground_and_a_day_that_was(house, cast, concept):
    with pytest.raises(Refused) as refused:
        adopt(concept, cast, ground=" ", on=date(2021, 3, 2))
    assert refused.value.as_errors() == {
        "decision": ["Kies het besluit, of schrijf op wie de begroting vaststelde."],
        "on": ["2 maart 2021 moet nog komen. Kies vandaag of eerder."],
    }


def test_a_line_with_money_promised_does_not_vanish_or_sink_below_it(house, cast, concept):
    first = funds.signed(house, 600)
    funds.signed(house, 1500, line=house.crisis)
    lines.remove_line(budget_line(concept, "Projectleiding"), by=cast.author)
    put(concept, cast, "Spoed en crisis", 2021, "1499.99")
    with pytest.raises(Refused) as refused:
        adopt(concept, cast)
    ways = "neer, of verlaag, sluit of trek eerst verplichtingen in."
    assert reasons(refused) == [
        "Projectleiding 2021: de post is weg uit deze versie, en er is €\u00a0600 vastgelegd. Zet "
        f"er minstens €\u00a0600 {ways}",
        "Spoed en crisis 2021: in deze versie staat €\u00a01.499,99, en er is €\u00a01.500 "
        f"vastgelegd. Zet er minstens €\u00a01.500 {ways}",
    ]
    assert BudgetVersion.objects.get(pk=concept.pk).state == "concept"
    commitments.cancel_commitment(first, why="Stopt.", by=house.holder)
    put(concept, cast, "Spoed en crisis", 2021, 1500)
    adopt(concept, cast)
    assert budgeted(house.fund)[house.leading.pk, 2021] == eur(0)


def test_never_more_than_the_fund_holds(house, cast, concept):
    put(concept, cast, "Onvoorzien", 2021, "1500.01")
    with pytest.raises(Refused, match=r"begroting is €.5\.000,01, en het fonds heeft €.5\.000: "):
        adopt(concept, cast)
    put(concept, cast, "Onvoorzien", 2021, 1500)
    adopt(concept, cast)


def test_an_empty_concept_is_not_adopted(cast):
    version = versions.draft_version(funds.opened(cast), by=cast.author)
    with pytest.raises(Refused, match="nog geen enkel bedrag"):
        adopt(version, cast)


def test_what_was_moved_meanwhile_is_taken_in_first(house, cast, concept):
    move = {"amount": eur(200), "why": "Nodig.", "by": house.holder}
    reallocations.reallocate(house.spare, 2021, house.leading, 2022, **move)
    with pytest.raises(Refused) as refused:
        adopt(concept, cast)
    assert reasons(refused) == [
        "Na het maken van dit concept is er geschoven: Onvoorzien 2021, Projectleiding 2022. Neem "
        "dat over in het concept, of schuif het terug."
    ]
    versions.take_in_moves(concept, by=cast.author)
    assert amounts_of(concept)[house.leading.pk, 2022] == eur(700)
    put(concept, cast, "Onvoorzien", 2021, 100)
    reallocations.reallocate(house.spare, 2021, house.leading, 2022, **move)
    with pytest.raises(Refused, match=r"Van Onvoorzien 2021 is €.200 weggeschoven"):
        versions.take_in_moves(concept, by=cast.author)
    reallocations.reallocate(house.leading, 2022, house.spare, 2021, **move)
    adopt(concept, cast)
    assert budgeted(house.fund)[house.spare.pk, 2021] == eur(100)
