"""Who gets which page of a fund: the table of design.md, 'Who may what', by hand."""

import pytest

from budget.domain import funds, versions
from tests import factories as make
from tests import fund as walk

pytestmark = pytest.mark.django_db

# Answers per address: team, member inside, adviser, finance, member outside, other region, nobody.
TABLE = """
    fund                200  200  200  200  404  404  302
    line                200  200  200  200  404  404  302
    version-list        200  200  200  200  404  404  302
    version             200  200  200  200  404  404  302
    concept             200  404  404  200  404  404  302
    version-compare     200  404  404  200  404  404  302
    download            200  200  200  200  404  404  302
    fund-public         200  200  200  200  200  200  200
    fund-edit           200  403  403  403  404  404  302
    instalment-new      200  403  403  403  404  404  302
    instalment-edit     200  403  403  403  404  404  302
    version-new         200  403  403  403  404  404  302
    version-adopt       200  404  404  403  404  404  302
    version-discard     200  404  404  403  404  404  302
    heading-new         200  404  404  403  404  404  302
    line-new            200  404  404  403  404  404  302
    line-edit           200  404  404  403  404  404  302
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def people(house):
    cast = house.cast
    make.member(cast.steering, house.finance)
    return [
        *(cast.author, cast.reader, cast.adviser, house.finance, cast.provider, cast.stranger),
        None,
    ]


@pytest.fixture
def arguments(house):
    funds.publish_totals(house.fund, by=house.cast.author)
    concept = versions.draft_version(house.fund, by=house.cast.author)
    line = walk.budget_line(concept, "Projectleiding")
    number, fund = concept.number, house.fund
    return {
        "line": (house.leading.pk,),
        "version": (1,),
        "concept": (number,),
        "version-compare": (number, 1),
        "download": ("fonds.csv",),
        "instalment-edit": (fund.instalments.get().pk,),
        "version-adopt": (number,),
        "version-discard": (number,),
        "heading-new": (number,),
        "line-new": (number,),
        "line-edit": (number, line.pk),
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_who_gets_which_page(house, page, people, arguments, row):
    name, *codes = row
    args = arguments.get(name, ())
    view = "version" if name == "concept" else name
    found = [str(page(person, view, house.fund, *args).status_code) for person in people]
    assert found == codes


def test_what_was_adopted_has_no_page_to_change_it_on(house, page):
    line = walk.budget_line(house.version, "Projectleiding")
    for name, args in (
        ("line-edit", (1, line.pk)),
        ("line-new", (1,)),
        ("version-adopt", (1,)),
        ("version-discard", (1,)),
    ):
        assert page(house.cast.author, name, house.fund, *args).status_code == 404
