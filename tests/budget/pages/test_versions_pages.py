"""The budget in versions on the screen: beginning one, adopting, comparing, judging."""

from datetime import date

import pytest

from budget.domain import lines, reallocations, versions
from budget.enums import Scope, VersionState
from budget.models import BudgetVersion
from tests import fund as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept(cast):
    return walk.drafted(cast, walk.opened(cast))


def test_the_concept_shows_lines_totals_and_what_is_left_to_budget(concept, cast, page, text):
    shown = text(page(cast.author, "version", concept.fund, 1))
    assert "In deze begroting € 4.000" in shown
    assert "Nog te begroten € 1.000" in shown
    assert "Spoed en crisis € 2.000 – € 2.000" in shown
    assert "Totaal € 3.500 € 500 € 4.000" in shown


def test_adopting_on_a_ground_from_elsewhere(concept, cast, page):
    page(
        cast.author,
        "version-adopt",
        concept.fund,
        1,
        data={"ground": walk.GROUND, "on": "15-2-2021"},
    )
    concept.refresh_from_db()
    assert (concept.state, concept.adopted_on) == (VersionState.ADOPTED, date(2021, 2, 15))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"ground": " "}, "Kies het besluit, of schrijf op wie de begroting vaststelde."),
        ({"ground": "Bestuur", "on": "1 januari 2999"}, "moet nog komen"),
        ({"ground": "Bestuur", "on": "gisteren"}, "Vul een datum in"),
        ({"ground": "Bestuur", "decision": "9"}, ""),
    ],
)
def test_what_is_missing_is_said_at_its_field(concept, cast, page, text, data, sentence):
    response = page(cast.author, "version-adopt", concept.fund, 1, data=data)
    assert sentence in text(response)
    assert BudgetVersion.objects.get(pk=concept.pk).state == VersionState.CONCEPT


def test_too_much_is_refused_with_amounts_and_ways_out(cast, page, text):
    concept = walk.drafted(cast, walk.opened(cast, granted=3000))
    shown = text(page(cast.author, "version", concept.fund, 1))
    assert "Te veel € 1.000" in shown
    sentence = "Deze begroting is € 4.000, en het fonds heeft € 3.000: € 1.000 te veel."
    assert sentence in shown
    data = {"ground": walk.GROUND}
    assert sentence in text(page(cast.author, "version-adopt", concept.fund, 1, data=data))


def test_what_is_committed_cannot_be_budgeted_away(house, page, text):
    walk.signed(house, 600)
    version = versions.draft_version(house.fund, by=house.cast.author)
    lines.remove_line(walk.budget_line(version, "Projectleiding"), by=house.cast.author)
    shown = text(page(house.cast.author, "version", house.fund, 2))
    assert "Projectleiding 2021: de post is weg uit deze versie, en er is € 600 vastgelegd" in shown


def test_a_sheet_that_contradicts_itself_is_judged_first(concept, cast, page, text):
    heading = concept.headings.get(name="Ambulantisering")
    stated = lines.state_total(
        concept, Scope.HEADING, year=2021, amount=walk.eur(1500), heading=heading, by=cast.author
    )
    shown = text(page(cast.author, "version", concept.fund, 1))
    assert "Ambulantisering 2021 telt niet op In het blad € 1.500 Nageteld € 2.000" in shown
    assert "Beoordeel eerst: Ambulantisering 2021" in shown
    page(
        cast.author,
        "version-judge",
        concept.fund,
        1,
        stated.pk,
        data={"text": "De post telt mee."},
    )
    after = text(page(cast.author, "version", concept.fund, 1))
    assert "Beoordeeld: De post telt mee." in after
    assert "Beoordeel eerst" not in after


def test_a_new_version_begins_with_the_lines_in_force(house, page, text):
    response = page(house.cast.author, "version-new", house.fund, data={"title": ""})
    assert "Begroting, versie 2" in text(response)
    assert "Spoed en crisis" in text(response)
    again = page(house.cast.author, "version-new", house.fund, data={"title": ""})
    assert "Er is al een begroting in concept." in text(again)


def test_two_versions_beside_each_other(house, page, text):
    author = house.cast.author
    version = versions.draft_version(house.fund, by=author)
    care = version.headings.get(name="Ambulantisering")
    lines.put_line(version, heading=care, name="Pleegzorg", years={2022: walk.year(300)}, by=author)
    lines.remove_line(walk.budget_line(version, "Spoed en crisis"), by=author)
    shown = text(page(author, "version-compare", house.fund, 2, 1))
    assert "Pleegzorg Nieuw 2022 – € 300 + € 300" in shown
    assert "Spoed en crisis Weg 2021 € 2.000 – − € 2.000" in shown
    assert "Totaal 2021 € 3.500 € 1.500 − € 2.000" in shown
    assert page(author, "version-compare", house.fund, 2, 2).status_code == 404


def test_what_was_moved_meanwhile_is_taken_in(house, page, text):
    author = house.cast.author
    versions.draft_version(house.fund, by=author)
    reallocations.reallocate(
        house.spare,
        2021,
        house.crisis,
        2021,
        amount=walk.eur(50),
        why="Meer crisis.",
        by=house.holder,
    )
    assert "Spoed en crisis 2021 + € 50" in text(page(author, "version", house.fund, 2))
    after = text(page(author, "version-moves", house.fund, 2, data={}))
    assert "Spoed en crisis € 2.050" in after


def test_throwing_a_concept_away_asks_first(house, page):
    author = house.cast.author
    versions.draft_version(house.fund, by=author)
    page(author, "version-discard", house.fund, 2)
    assert house.fund.versions.count() == 2
    page(author, "version-discard", house.fund, 2, data={})
    assert house.fund.versions.count() == 1


@pytest.mark.parametrize("more", [0, 4])
def test_a_version_costs_the_same_whatever_its_lines(
    concept, cast, client, more, django_assert_num_queries
):
    care = concept.headings.get(name="Ambulantisering")
    for number in range(more):
        name = f"Post {number}"
        lines.put_line(concept, heading=care, name=name, years={2021: walk.year(1)}, by=cast.author)
    client.force_login(cast.author)
    url = f"/waterland/fonds/{concept.fund.slug}/begroting/1/"
    client.get(url)
    with django_assert_num_queries(33):
        client.get(url)
