"""Writing a concept: lines and years, by two at once; a next version begins with what holds now."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.domain import lines, reallocations, versions
from budget.domain.lines import YearAmount, values_of
from budget.enums import LineKind
from budget.models import BudgetVersion, FundLine, Heading
from core.refusal import Refused
from core.versioning import Conflict
from tests import fund as funds
from tests.fund import budget_line, eur


@pytest.fixture
def concept(cast):
    return funds.drafted(cast, funds.opened(cast))


@pytest.fixture
def leading(concept):
    return budget_line(concept, "Projectleiding")


def edit(line, by, base_revision=1, base=None, **values):
    base = values_of(line) if base is None else base
    return lines.edit_line(line, values, base=base, base_revision=base_revision, by=by)


def amounts(line):
    return {row.year: row.amount for row in line.years.all()}


def test_a_basis_makes_the_amount_where_none_is_given(cast, leading):
    hours = YearAmount(hours=eur("2.5"), weeks=eur(46), rate=eur("95.33"))
    pieces = YearAmount(eur(7999), number=eur(2), price=eur(4000))
    assert edit(leading, cast.author, **{"2021": hours, "2022": pieces}) == ["2021", "2022"]
    assert amounts(leading) == {2021: eur("10962.95"), 2022: eur(7999)}
    assert [row.from_basis for row in leading.years.all()] == [eur("10962.95"), eur(8000)]


def test_half_a_cent_is_rounded_up(cast, leading):
    edit(leading, cast.author, **{"2021": YearAmount(number=eur("0.5"), price=eur("0.03"))})
    assert amounts(leading)[2021] == eur("0.02")


@pytest.mark.parametrize(
    ("year", "given", "sentence"),
    [
        ("2021", YearAmount(eur(1), hours=eur(1)), "Vul uren, weken en tarief alle drie in"),
        ("2021", YearAmount(eur(1), price=eur(1)), "Vul aantal en prijs allebei in"),
        ("2021", YearAmount(eur(-1)), "Vul een bedrag van nul of meer in."),
        ("2021", YearAmount(Decimal("0.005")), "Een bedrag heeft hoogstens twee cijfers"),
        ("2021", YearAmount(Decimal(10**10)), "Dit bedrag kan niet kloppen"),
        (
            "2021",
            YearAmount(hours=eur(99999), weeks=eur(100), rate=eur(999)),
            "Dit bedrag kan niet kloppen",
        ),
        ("2021", YearAmount(number=Decimal("Infinity"), price=eur(1)), "minder dan 100.000"),
        ("2021", YearAmount(hours=eur(-1), weeks=eur(1), rate=eur(1)), "zijn nul of meer"),
        ("2020", YearAmount(eur(1)), "2020 valt buiten dit fonds"),
    ],
)
def test_a_year_that_cannot_be_says_so_at_that_year(cast, leading, year, given, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        edit(leading, cast.author, **{year: given})
    assert [each.field for each in refused.value.refusals] == [year]
    assert amounts(leading) == {2021: eur(1000), 2022: eur(500)}


def test_two_in_one_line_lose_nothing(cast, leading):
    base = values_of(leading)
    assert edit(leading, cast.author, name="Leiding", **{"2021": funds.year(1100)}) == [
        "name",
        "2021",
    ]
    assert edit(leading, cast.author, base=base, **{"2022": YearAmount()}) == ["2022"]
    with pytest.raises(Conflict) as conflict:
        edit(leading, cast.author, base=base, explanation="x", **{"2021": funds.year(1200)})
    assert [(c.field, c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("2021", "€\u00a01.200", "€\u00a01.100")
    ]
    row = budget_line(leading.version, "Leiding")
    assert (amounts(row), row.explanation, row.revision) == ({2021: eur(1100)}, "", 3)
    with pytest.raises(ValueError, match="line_id"):
        edit(leading, cast.author, line_id=1)


def test_a_line_stands_under_a_heading_of_its_own_version(cast, concept, leading):
    with pytest.raises(Refused, match="Kies het onderdeel waar deze post onder valt"):
        lines.put_line(concept, heading=None, name="Los", by=cast.author)
    other = Heading(version=BudgetVersion(pk=0), pk=10**6)
    with pytest.raises(Refused, match="staat in een andere versie"):
        lines.put_line(concept, heading=other, name="x", by=cast.author)
    with pytest.raises(Refused, match="al een post onvoorzien"):
        lines.put_line(
            concept, heading=None, name="Nog een", kind=LineKind.CONTINGENCY, by=cast.author
        )
    elsewhere = FundLine.objects.create(
        fund=funds.opened(cast, slug="ander"), name="van een ander fonds"
    )
    with pytest.raises(Refused, match="hoort bij een ander fonds"):
        lines.put_line(concept, heading=leading.heading, name="x", line=elsewhere, by=cast.author)


def test_headings_and_lines_change_places_and_empty_ones_go(cast, concept, leading):
    team, care = concept.headings.all()
    lines.move_heading(care, up=True, by=cast.author)
    lines.move_heading(care, up=True, by=cast.author)
    assert [each.name for each in concept.headings.all()] == ["Ambulantisering", "Organisatie"]
    second = lines.put_line(concept, heading=team, name="Communicatie", by=cast.author)
    lines.move_line(second, up=True, by=cast.author)
    assert [each.name for each in team.lines.all()] == ["Communicatie", "Projectleiding"]
    with pytest.raises(Refused, match="Onder dit onderdeel staan posten"):
        lines.remove_heading(team, by=cast.author)
    for line in team.lines.all():
        lines.remove_line(line, by=cast.author)
    lines.remove_heading(team, by=cast.author)
    with pytest.raises(Refused, match="Dit onderdeel staat er al"):
        lines.put_heading(concept, name=" Ambulantisering", by=cast.author)
    assert lines.put_heading(concept, name="Zorg", heading=care, by=cast.author).pk == care.pk
    assert not FundLine.objects.filter(name__in=["Projectleiding", "Communicatie"]).exists()


def test_a_next_version_begins_with_what_the_ledger_has(house, cast):
    move = {"amount": eur(100), "why": "Meer nodig."}
    reallocations.reallocate(house.spare, 2021, house.leading, 2022, by=house.holder, **move)
    version = versions.draft_version(house.fund, by=cast.author)
    assert amounts(budget_line(version, "Projectleiding")) == {2021: eur(1000), 2022: eur(600)}
    assert amounts(budget_line(version, "Onvoorzien")) == {2021: eur(400)}
    assert (version.number, version.drawn_from, version.title) == (2, house.version, "Begroting")
    with pytest.raises(Refused, match="Er is al een begroting in concept"):
        versions.draft_version(house.fund, by=cast.author)
    new = lines.put_line(version, heading=version.headings.first(), name="Nieuw", by=cast.author)
    versions.discard_version(version, by=cast.author)
    assert not FundLine.objects.filter(pk=new.line_id).exists()
    assert house.fund.lines.count() == 3


def test_what_was_adopted_never_changes(house, cast):
    line = budget_line(house.version, "Projectleiding")
    for act in (
        lambda: edit(line, cast.author, name="x"),
        lambda: lines.remove_line(line, by=cast.author),
        lambda: lines.put_heading(house.version, name="x", by=cast.author),
        lambda: lines.move_line(line, up=True, by=cast.author),
        lambda: versions.discard_version(house.version, by=cast.author),
    ):
        with pytest.raises(Refused, match="vastgesteld en verandert niet meer"):
            act()


def test_what_a_colleague_took_away_meanwhile_is_told(cast, concept, leading):
    heading = leading.heading
    lines.remove_line(leading, by=cast.author)
    lines.remove_heading(heading, by=cast.author)
    leading.pk, heading.pk = 10**9, 10**9
    for act in (
        lambda: edit(leading, cast.author, name="x", base={}),
        lambda: lines.remove_line(leading, by=cast.author),
        lambda: lines.move_line(leading, up=True, by=cast.author),
        lambda: lines.move_heading(heading, up=True, by=cast.author),
        lambda: lines.put_heading(concept, name="x", heading=heading, by=cast.author),
    ):
        with pytest.raises(Refused, match="Dit is intussen weggehaald"):
            act()


def test_only_the_team_writes(house, cast):
    version = versions.draft_version(house.fund, by=cast.author)
    line = budget_line(version, "Projectleiding")
    for person in (house.holder, house.manager, house.finance, cast.admin, cast.stranger):
        for act in (
            lambda by: edit(line, by, name="x"),
            lambda by: lines.put_heading(version, name="x", by=by),
            lambda by: versions.discard_version(version, by=by),
        ):
            with pytest.raises(PermissionDenied, match="programmateam"):
                act(person)
