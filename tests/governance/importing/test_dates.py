from datetime import date

import pytest

from governance.importing.dates import (
    Anchor,
    mentions,
    read_cell,
    resolve,
    split_tail,
    year_of_texts,
)

JUNE = Anchor(2021, date(2021, 6, 14))


@pytest.mark.parametrize(
    ("text", "day", "inferred"),
    [
        ("14 juni", date(2021, 6, 14), True),
        ("14 juni 2021", date(2021, 6, 14), False),
        ("2 juli", date(2021, 7, 2), True),
        ("23-6-2021", date(2021, 6, 23), False),
        ("23-06-21", date(2021, 6, 23), False),
        ("23/6/2021", date(2021, 6, 23), False),
        ("23.06.2021", date(2021, 6, 23), False),
        ("2021-06-23", date(2021, 6, 23), False),
        ("woensdag 23 juni 2021", date(2021, 6, 23), False),
        ("d.d. 23 juni", date(2021, 6, 23), True),
        ("1 mrt. 2022", date(2022, 3, 1), False),
        ("21 april jl.", date(2021, 4, 21), True),
        ("14 december jl.", date(2020, 12, 14), True),
        ("4 januari a.s.", date(2022, 1, 4), True),
        ("juni", None, False),
        ("juni 2021", None, False),
        ("31 juni 2021", None, False),
        ("n.n.b.", None, False),
        ("", None, False),
    ],
)
def test_a_cell(text, day, inferred):
    cell = read_cell(text, JUNE)
    assert (cell.day, cell.inferred) == (day, inferred)


def test_a_year_turns_with_the_document():
    december = Anchor(2021, date(2021, 12, 10))
    (mention,) = mentions("14 januari")
    assert resolve(mention, december) == date(2022, 1, 14)


def test_the_number_of_a_section_is_no_date():
    assert mentions("zie 4.2.10 en 1.2.2 en 7,5%") == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AOW, 24 juni", ("AOW", "24 juni")),
        ("AOW (2 juli)", ("AOW", "2 juli")),
        ("AOW op 2 juli", ("AOW", "2 juli")),
        ("AOW: maandag 2-7-2021", ("AOW", "maandag 2-7-2021")),
        ("AOW juni", ("AOW", "juni")),
        ("AOW (juni)", ("AOW", "juni")),
        ("AOW", ("AOW", "")),
        ("2 juli", ("", "2 juli")),
    ],
)
def test_the_date_at_the_end_of_a_stop(text, parts):
    assert split_tail(text) == parts


def test_the_year_of_a_text_is_the_middle_one():
    assert year_of_texts(["sinds maart 1995, in Q3 2021 en december 2021, tot mei 2022"]) == 2021
    assert year_of_texts(["tot en met 2025"]) == 2025
    assert year_of_texts(["geen jaar"]) is None
