"""Sheets as people keep them, one habit at a time."""

import pytest

from budget.importing import read_budget
from tests.budget.sheets import piped


def _read(text, **options):
    return read_budget(piped(text), "begroting.csv", **options)


def _names(report):
    return {each.name: [line.name for line in each.lines] for each in report.headings}


def test_headings_on_a_row_of_their_own():
    report = _read("""
Begroting 2020-2021
|2020|2021
1. Organisatie
Kwartiermaker|€ 100|€ 50
Communicatie|€ 10|
Subtotaal organisatie|€ 110|€ 50
2. Inkoop*
Onderzoek||€ 40
Totaal Inkoop||€ 40
Subtotaal|€ 110|€ 90
Onvoorzien (10%)|€ 11|€ 9
Totaal|€ 121|€ 99
* vanaf 2021
""")
    assert _names(report) == {
        "Organisatie": ["Kwartiermaker", "Communicatie"],
        "Inkoop": ["Onderzoek"],
    }
    assert (report.headings[1].code, report.headings[1].explanation) == ("2", "vanaf 2021")
    assert (report.contingency.rate, report.contingency.approximate) == (10, False)
    assert report.totals.stated == {2020: 121, 2021: 99}
    assert (report.differences, report.unread, report.warnings) == ([], [], [])


def test_a_name_above_dashed_lines_goes_before_them():
    report = _read("""
post|2020
Onderwijs
Projectleiding|10
RKJ
- Onderzoek|20
- Inzet|30
Tafels|40
Subtotaal onderwijs|100
""")
    assert _names(report) == {
        "Onderwijs": ["Projectleiding", "RKJ - Onderzoek", "RKJ - Inzet", "Tafels"]
    }


def test_a_line_without_any_amount_is_kept_and_said():
    report = _read("""
post|2020
Onderwijs
Projectleiding|10
Nog te bepalen|
Tafels|40
Subtotaal onderwijs|50
Totaal|50
""")
    assert _names(report)["Onderwijs"] == ["Projectleiding", "Nog te bepalen", "Tafels"]
    assert report.warnings == [
        "A4 (‘Nog te bepalen’): hierbij staat in geen enkel jaar een bedrag."
    ]


def test_every_heading_closed_by_the_word_alone():
    report = _read("""
omschrijving|2020
Werk
a|1
b|2
Totaal|3
Zorg
c|4
Totaal|4
Totaal|7
""")
    assert [each.figures.stated for each in report.headings] == [{2020: 3}, {2020: 4}]
    assert report.totals.stated == {2020: 7}


def test_headings_with_their_total_above_the_lines():
    by_number = """
post|2020
1. Werk|3
1.1 Hulp|1
1.2 Raad|2
2. Zorg|4
2.1 Thuis|4
Totaal|7
"""
    by_column = """
thema|post|2020
Werk||3
|Hulp|1
|Raad|2
Zorg||4
|Thuis|4
|Totaal|7
"""
    for report in (_read(by_number), _read(by_column)):
        assert _names(report) == {"Werk": ["Hulp", "Raad"], "Zorg": ["Thuis"]}
        assert [each.figures.stated for each in report.headings] == [{2020: 3}, {2020: 4}]
        assert report.differences == []


def test_a_heading_within_a_heading_counts_in_its_subtotal():
    report = _read("""
post|2020
Onderwijs
Projectleiding|10
RKJ
Onderzoek|20
Subtotaal RKJ|20
Subtotaal Onderwijs|30
Zorg
Thuis|5
Subtotaal Zorg|5
Totaal|35
""")
    assert [(each.name, each.under) for each in report.headings] == [
        ("Onderwijs", ""),
        ("RKJ", "Onderwijs"),
        ("Zorg", ""),
    ]
    assert report.differences == []


def test_years_below_each_other():
    report = _read("""
thema|Werk|Werk|Werk|Zorg|
|Hulp|Raad|Subtotaal Werk|Thuis|Totaal
2020|1|2|3|4|7
2021|5|6|11|7|18
""")
    assert _names(report) == {"Werk": ["Hulp", "Raad"], "Zorg": ["Thuis"]}
    assert report.headings[0].lines[1].amounts == {2020: 2, 2021: 6}
    assert report.headings[0].lines[1].cells == {2020: "C3", 2021: "C4"}
    assert report.differences == []


@pytest.mark.parametrize(
    "rows",
    [
        "Hulp|2020|1\nHulp|2021|5\nRaad|2020|2\nRaad|2021|6\nTotaal|2020|3\nTotaal|2021|11",
        "Hulp|2020|1\nRaad|2020|2\nTotaal|2020|3\nHulp|2021|5\nRaad|2021|6\nTotaal|2021|11",
    ],
)
def test_a_row_for_each_line_and_year(rows):
    report = _read("post|jaar|bedrag\n" + rows)
    (heading,) = report.headings
    assert [line.amounts for line in heading.lines] == [{2020: 1, 2021: 5}, {2020: 2, 2021: 6}]
    assert report.totals.stated == {2020: 3, 2021: 11}
    assert (report.differences, report.unread) == ([], [])


def test_a_subtotal_without_tax_is_not_the_total():
    report = _read("""
post|2020
Projectleider|100
Totaal exclusief btw|100
BTW 21%|21
Totaal inclusief btw|121
""")
    assert (report.subtotal.stated, report.totals.stated) == ({2020: 100}, {2020: 121})
    assert (report.differences, report.warnings) == ([], [])


def test_names_with_an_explanation_beside_them_are_no_headings():
    report = _read("""
||2020
Hulp|24 uur per week|10
Raad||20
Totaal||30
""")
    assert [(x.name, x.explanation) for x in report.headings[0].lines] == [
        ("Hulp", "24 uur per week"),
        ("Raad", ""),
    ]


def test_the_contingency_of_one_heading_is_a_line():
    report = _read("""
post|2020
Werk
Hulp|10
Onvoorzien|2
Subtotaal Werk|12
Onvoorzien 10%|1,20
Totaal|13,20
""")
    assert _names(report) == {"Werk": ["Hulp", "Onvoorzien"]}
    assert (report.contingency.name, report.differences) == ("Onvoorzien 10%", [])


def test_a_second_subtotal_is_unread_and_said():
    report = _read("""
post|2020
Werk
Hulp|10
Subtotaal Werk|10
Subtotaal Werk|11
Totaal|10
""")
    assert report.headings[0].figures.stated == {2020: 10}
    assert [(each.cell, each.figure) for each in report.unread] == [("B5", True), ("A5", False)]
    assert report.warnings == [
        "A5 (‘Subtotaal Werk’): ‘Werk’ heeft al een subtotaal in B4. Dit tweede is niet gelezen."
    ]


def test_amounts_without_a_name_are_said():
    report = _read("post|2020|2021\na|1|2\n|3|4\n")
    assert [(each.cell, each.figure) for each in report.unread] == [("B3", True), ("C3", True)]
    assert report.warnings[0].startswith("B3 (‘3’) en C3 (‘4’): hierbij staat geen naam.")
    assert report.headings[0].figures.computed == {2020: 1, 2021: 2}
