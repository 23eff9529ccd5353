"""Whatever the cells are: each is found again in the report, unless the file is refused.

Every cell carries a number of its own. Looked for in the JSON, apart from the code under test.
"""

import json
import re
from decimal import Decimal

from hypothesis import event, given, settings
from hypothesis import strategies as st

from budget.importing import read_budget
from core.refusal import Refused
from tests.budget.sheets import separated, workbook

# What a cell may hold; {} becomes its number. Words without one are structure.
NAMES = [
    *(
        "Post {}",
        "Post {}",
        "Post {}",
        "- streep {}",
        "{}. Kop",
        "* noot {}",
        "Subtotaal",
        "Totaal",
    ),
    *("SUBTOTAAL Post {}", "Totaal Post {}", "Onvoorzien {}", "Onvoorzien ({},5%)", "31-12-{}"),
    *("Uitvoeringsbudget {}*", "Subsidie {}", "Realisatie {}", "Een zin die {} heet.", ""),
]
FIGURES = [
    *(
        "{}",
        "{}",
        "{}",
        "€ {}",
        "({})",
        "{},50",
        "{}.555",
        "$ {}",
        "#REF!",
        "{} uur",
        "x",
        "pm",
        "-",
    ),
    *("veel {}", "{} %", "", "", ""),
]
LEFT = ["thema", "post", "Kolom {}", "", "nr"]
YEARS = ["2020", "2021", "begroting 2022", "2023*"]
RIGHT = [
    *("uren per week", "weken", "tarief", "aantal", "prijs", "toelichting", "totaal"),
    *("weken 2021", "Kolom {}", "", "realisatie 2020"),
]


@st.composite
def grids(draw):
    """A title, a row of heads and rows that mostly hold what belongs under those heads."""
    left = draw(st.lists(st.sampled_from(LEFT), min_size=1, max_size=2, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=3, unique=True))
    right = draw(st.lists(st.sampled_from(RIGHT), max_size=3, unique=True))
    heads = left + years + right
    pools = [NAMES] * len(left) + [FIGURES] * (len(years) + len(right))
    line = st.tuples(*(st.sampled_from(pool) for pool in pools)).map(list)
    mixed = st.tuples(*(st.sampled_from(NAMES + FIGURES) for _ in pools)).map(list)
    short = st.sampled_from(NAMES).map(lambda name: [name])
    rows = draw(st.lists(st.one_of(line, line, short, mixed), min_size=1, max_size=14))
    titles = draw(st.lists(st.sampled_from(["Titel {}", "Begroting {}", ""]), max_size=2))
    return [[title] for title in titles], [heads], rows


NUMBER = re.compile(r"\d{5}")


def _numbered(grid):
    """Each cell with its number; returns the rows and the numbers that must come back."""
    number, rows, expected = 10_000, [], set()
    for line in [line for part in grid for line in part]:
        cells = []
        for text in line:
            number += 1
            cells.append(text.format(number))
            if "{}" in text:
                expected.add(str(number))
        rows.append(cells)
    return rows, expected


def _found(report):
    return set(NUMBER.findall(json.dumps(report.to_json(), ensure_ascii=False)))


@settings(max_examples=120, deadline=None)
@given(grids(), st.booleans(), st.booleans())
def test_every_cell_is_in_a_key_or_unread(grid, turned, as_workbook):
    rows, expected = _numbered(grid)
    if turned:
        width = max(map(len, rows))
        rows = [list(c) for c in zip(*([*r, *[""] * (width - len(r))] for r in rows), strict=True)]
    content = workbook(rows) if as_workbook else separated(rows, ";")
    try:
        report = read_budget(content, "x", rate=Decimal("7.5"))
    except Refused as refused:
        event("refused: " + str(refused)[:40])
        return
    event("read")
    assert expected - _found(report) == set()
