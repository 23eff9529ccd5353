"""Writing a line: amounts as people write them, a basis, drafts, and two people in one line."""

import pytest

from budget.domain import lines
from budget.models import BudgetLine
from core.drafts import draft_of
from tests import fund as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept(cast):
    return walk.drafted(cast, walk.opened(cast))


@pytest.fixture
def row(concept):
    return walk.budget_line(concept, "Projectleiding")


def sent(response):
    """What the form on a page would send again, untouched."""
    form = response.context["form"]
    data = dict(form.hidden())
    for name in form.based:
        value = form[name].value()
        field = form.fields[name]
        shown = field.prepare_value(value)
        if shown not in (None, False):
            data[name] = "on" if shown is True else str(shown)
    return data


def amounts(row):
    found = BudgetLine.objects.get(pk=row.pk)
    return {each.year: str(each.amount) for each in found.years.all()}


def test_saving_untouched_changes_nothing(concept, cast, row, page):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data)
    row.refresh_from_db()
    assert (row.revision, amounts(row)) == (1, {2021: "1000.00", 2022: "500.00"})


def test_amounts_are_read_as_people_write_them(concept, cast, row, page):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    data |= {"2021-amount": "€ 1.234,56", "2022-amount": ""}
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data)
    assert amounts(row) == {2021: "1234.56"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"2021-amount": "12,345"}, "Vul een bedrag in euro's in"),
        ({"2021-amount": "USD 5"}, "Vul een bedrag in euro's in"),
        ({"2021-amount": "9.999.999.999"}, "hoogstens € 999.999.999,99"),
        ({"2021-amount": "-5"}, "nul of meer"),
        ({"2021-hours": "veel"}, "Vul een getal in, bijvoorbeeld 24 of 2,5."),
        ({"2021-hours": "24"}, "Vul uren, weken en tarief alle drie in"),
        ({"2021-number": "2"}, "Vul aantal en prijs allebei in"),
        ({"name": ""}, "Dit veld is verplicht."),
        ({"heading": ""}, "Kies het onderdeel waar deze post onder valt."),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(
    concept, cast, row, page, text, changes, sentence
):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk)) | changes
    response = page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data)
    assert sentence in text(response)
    for value in changes.values():
        assert value in response.content.decode()
    assert amounts(row) == {2021: "1000.00", 2022: "500.00"}


def test_a_basis_makes_the_amount_and_a_difference_is_said(concept, cast, row, page, text):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    basis = {"2021-hours": "24", "2021-weeks": "46", "2021-rate": "1,5", "2021-amount": ""}
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data | basis)
    assert amounts(row)[2021] == "1656.00"
    response = page(cast.author, "line-edit", concept.fund, 1, row.pk)
    assert "De berekening maakt € 1.656 ." in text(response).replace("1.656.", "1.656 .")
    page(
        cast.author,
        "line-edit",
        concept.fund,
        1,
        row.pk,
        data=sent(response) | {"2021-amount": "1.600"},
    )
    shown = text(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    assert "iets anders dan het bedrag hierboven" in shown
    assert "Projectleiding 2021 € 1.600 € 1.656" in text(
        page(cast.author, "version", concept.fund, 1)
    )


def test_two_people_in_other_years_lose_nothing(concept, cast, row, page):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    _meanwhile(row, cast, "2022", 700)
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data | {"2021-amount": "900"})
    assert amounts(row) == {2021: "900.00", 2022: "700.00"}


def test_two_people_in_one_year_see_both_and_choose(concept, cast, row, page, text):
    data = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    _meanwhile(row, cast, "2021", 700)
    data |= {"2021-amount": "900"}
    response = page(cast.author, "line-edit", concept.fund, 1, row.pk, data=data)
    shown = text(response)
    assert "Iemand anders schreef hier ook." in shown
    assert "Welke tekst blijft bij ‘Bedrag in 2021’?" in shown
    assert "‘Tarief per uur’" not in shown
    assert amounts(row)[2021] == "700.00"
    chosen = sent(response) | {"2021-amount": "900", "keep-2021-amount": "mine"}
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=chosen)
    assert amounts(row)[2021] == "900.00"


def _meanwhile(row, cast, year, amount):
    start = lines.values_of(row)
    lines.edit_line(
        row,
        {year: walk.year(amount)},
        base=start,
        base_revision=row.revision,
        by=cast.author,
    )


def test_a_new_line_lands_under_its_heading(concept, cast, page, text):
    care = concept.headings.get(name="Ambulantisering")
    data = {"name": "Pleegzorg", "heading": str(care.pk), "2022-amount": "300"}
    page(cast.author, "line-new", concept.fund, 1, data=data)
    made = concept.lines.get(name="Pleegzorg")
    assert (made.heading, amounts(made)) == (care, {2022: "300.00"})


def test_what_is_typed_is_kept_and_can_be_thrown_away(concept, cast, row, page, text):
    key = f"post:{concept.pk}-{row.pk}"
    clash = sent(page(cast.author, "line-edit", concept.fund, 1, row.pk))
    _meanwhile(row, cast, "2021", 700)
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data=clash | {"2021-amount": "900"})
    assert draft_of(cast.author, key).data["2021-amount"] == "900"
    assert "U gaat verder met wat u typte" in text(
        page(cast.author, "line-edit", concept.fund, 1, row.pk)
    )
    page(cast.author, "line-edit", concept.fund, 1, row.pk, data={"forget": "1"})
    assert draft_of(cast.author, key) is None


def test_headings_and_lines_change_places_and_go(concept, cast, page):
    care, team = (concept.headings.get(name=n) for n in ("Ambulantisering", "Organisatie"))
    page(cast.author, "version-order", concept.fund, 1, data={"move": f"onderdeel-{care.pk}:up"})
    assert [each.pk for each in concept.headings.all()] == [care.pk, team.pk]
    page(cast.author, "heading-edit", concept.fund, 1, care.pk, data={"name": "Zorg"})
    page(cast.author, "heading-remove", concept.fund, 1, care.pk, data={})
    assert concept.headings.filter(name="Zorg").exists()
    row = walk.budget_line(concept, "Spoed en crisis")
    page(cast.author, "line-remove", concept.fund, 1, row.pk, data={})
    page(cast.author, "heading-remove", concept.fund, 1, care.pk, data={})
    assert [each.name for each in concept.headings.all()] == ["Organisatie"]
    page(cast.author, "version-order", concept.fund, 1, data={"move": "post-abc:weg"})
