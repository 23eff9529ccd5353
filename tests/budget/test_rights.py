"""Who reads what of a fund, and who does what: the table of design.md by hand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.second_factor import can_write
from budget.domain import mandates, reallocations, versions
from budget.models import (
    BudgetVersion,
    Commitment,
    Fund,
    Instalment,
    Invoice,
    LedgerEntry,
    Mandate,
    Reallocation,
    Supplier,
)
from core import clock
from governance.enums import MunicipalRoleKind
from governance.rules import may, visible_to
from tests import factories as make
from tests import fund as funds
from tests.fund import eur

# Who works with the money, and who reads figures beside them. A provider in a kerngroep, an
# official who fills in the nulmeting and the region's admin read none.
WORKS = {"team", "holder", "manager", "finance"}
READS = WORKS | {"board", "secretary", "official", "adviser"}


@pytest.fixture
def people(house, cast):
    editor = make.user("invuller Aardam")
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.EDITOR)
    return {
        "team": cast.author,
        "holder": house.holder,
        "manager": house.manager,
        "finance": house.finance,
        "board": cast.alderman,
        "secretary": cast.secretary,
        "official": cast.official,
        "adviser": cast.adviser,
        "editor": editor,
        "provider": cast.provider,
        "admin": cast.admin,
        "coauthor": cast.coauthor,
        "stranger": cast.stranger,
        "nobody": AnonymousUser(),
    }


@pytest.fixture
def world(house, cast):
    commitment = funds.signed(house, 100)
    invoice = funds.paid(house, commitment, 10)
    move = reallocations.reallocate(
        house.spare, 2021, house.leading, 2021, amount=eur(1), why="x", by=house.holder
    )
    concept = versions.draft_version(house.fund, by=cast.author)
    return {
        "fund": (house.fund, READS),
        "adopted": (house.version, READS),
        "concept": (concept, WORKS),
        "move": (move, READS),
        "instalment": (Instalment.objects.get(), READS),
        "commitment": (commitment, WORKS),
        "invoice": (invoice, WORKS),
        "supplier": (house.supplier, WORKS),
        "entry": (commitment.entries.first(), WORKS),
        "mandate": (Mandate.objects.first(), WORKS | {"admin"}),
    }


def test_who_sees_what(people, world):
    seen = {
        name: {who for who, one in people.items() if row in visible_to(one, type(row))}
        for name, (row, _) in world.items()
    }
    assert seen == {name: readers for name, (_, readers) in world.items()}


@pytest.mark.parametrize(
    "model",
    [
        *(Fund, BudgetVersion, Reallocation, Instalment, Commitment),
        *(Invoice, Supplier, LedgerEntry, Mandate),
    ],
)
def test_lists_and_single_rights_agree(people, world, model):
    for one in people.values():
        for act in ("budget.read", "budget.details"):
            allowed = {row.pk for row in model.objects.all() if may(one, act, row)}
            rows = list(visible_to(one, model).values_list("pk", flat=True))
            assert (allowed, len(rows)) == (set(rows), len(set(rows)))


def test_who_may_do_what(people, world):
    invoice = world["invoice"][0]
    acts = {
        "budget.lead": {"team"},
        "budget.handle": WORKS,
        "budget.organise": {"admin"},
        "budget.sign": {"holder"},
        "budget.reallocate": {"holder"},
        "budget.check": {"manager"},
        "budget.make_payable": {"manager"},
        "budget.register_payment": {"finance"},
    }
    for act, wanted in acts.items():
        about = invoice.commitment.line if act == "budget.reallocate" else invoice
        about = invoice.commitment.fund if act in ("budget.lead", "budget.organise") else about
        assert (act, {who for who, one in people.items() if may(one, act, about)}) == (act, wanted)
    region = invoice.commitment.fund.region
    assert {who for who, one in people.items() if may(one, "budget.prepare", region)} == {"team"}
    assert {who for who, one in people.items() if may(one, "budget.handle", region)} == WORKS


def test_a_line_or_nothing_is_no_object_for_it(house, cast):
    assert not may(cast.author, "budget.lead", None)
    assert not may(house.holder, "budget.sign", cast.region)
    assert not may(cast.author, "budget.handle", cast.board)


def test_what_ended_gives_nothing_any_more(house, cast):
    for mandate in Mandate.objects.filter(user=house.holder):
        mandates.end_mandate(mandate, on=clock.today(), by=cast.admin)
    assert may(house.holder, "budget.sign", house.leading)
    with clock.at(funds.START.replace(day=2)):
        assert not may(house.holder, "budget.sign", house.leading)
        assert not visible_to(house.holder, Fund).exists()


def test_who_moves_money_needs_a_second_factor(house, cast):
    assert can_write(house.holder)
    assert can_write(house.finance)
    assert not can_write(cast.reader)
    house.holder.is_active = False
    assert not visible_to(house.holder, Fund).exists()


def test_another_fund_of_the_region_is_not_hers(house, cast):
    other = funds.opened(cast, slug="ander")
    line = funds.drafted(cast, other).lines.first().line
    assert not may(house.holder, "budget.sign", line)
    assert set(visible_to(house.holder, Fund)) == {house.fund}
    assert set(visible_to(house.finance, Fund)) == {house.fund, other}
