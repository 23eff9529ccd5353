"""A sheet against itself: each slip once, whatever follows from it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.differences import Sheet, checks, found_in, percentage_of
from budget.domain import lines
from budget.enums import Scope
from core.refusal import Refused
from tests import fund as funds
from tests.fund import budget_line, eur

RATE = Decimal("7.5")
GOOD = {
    "lines": {1: eur(600), 2: eur(400)},
    "headings": {1: eur(600), 2: eur(400)},
    "subtotal": eur(1000),
    "contingency": eur(75),
    "stated_contingency": eur(75),
    "total": eur(1075),
}


def found(rate=RATE, **other):
    return [
        (scope, heading, computed - stated)
        for scope, heading, stated, computed in checks(Sheet(**(GOOD | other)), rate)
    ]


def test_a_sheet_that_adds_up_has_none():
    assert found() == []


@pytest.mark.parametrize(
    ("other", "only"),
    [
        ({"headings": {1: eur(500), 2: eur(400)}, "subtotal": eur(900)}, ("heading", 1, eur(100))),
        ({"subtotal": eur(999)}, ("subtotal", None, eur(1))),
        ({"contingency": eur(80), "stated_contingency": eur(80)}, ("contingency", None, eur(-5))),
        ({"total": eur(1074)}, ("total", None, eur(1))),
    ],
)
def test_one_slip_is_found_once_and_its_consequences_apart(other, only):
    consequences = {
        "headings": {
            "contingency": eur("67.50"),
            "stated_contingency": eur("67.50"),
            "total": eur("967.50"),
        },
        "subtotal": {
            "contingency": eur("74.93"),
            "stated_contingency": eur("74.93"),
            "total": eur("1073.93"),
        },
        "contingency": {"total": eur(1080)},
    }
    follows = next((consequences[name] for name in consequences if name in other), {})
    assert found(**(other | follows)) == [only]


def test_an_unforeseen_in_whole_euros_may_be_rounded():
    spare = lambda amount: {  # noqa: E731
        "subtotal": eur("413.50"),
        "headings": {1: eur("413.50")},
        "lines": {1: eur("413.50")},
        "contingency": amount,
        "stated_contingency": amount,
        "total": eur("413.50") + amount,
    }
    assert percentage_of(RATE, eur("413.50")) == eur("31.01")
    assert found(**spare(eur(31))) == found(**spare(eur("31.01"))) == []
    assert found(**spare(eur("31.02"))) == [("contingency", None, eur("-0.01"))]
    assert found(rate=None, **spare(eur(99))) == []


def test_a_slip_that_was_not_carried_upward_is_one_difference_too():
    """The subtotal of a heading is off, and the figures above it count what its lines make."""
    assert found(headings={1: eur(500), 2: eur(400)}) == [("heading", 1, eur(100))]
    assert found(subtotal=eur(900)) == [("subtotal", None, eur(100))]


CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(CENTS, min_size=1, max_size=6), st.integers(1, 10**6))
def test_a_total_that_is_a_cent_off_is_always_found(amounts, off):
    parts = dict(enumerate(amounts))
    total = sum(amounts, Decimal(0))
    good = Sheet(lines=parts, headings=parts, subtotal=total, total=total)
    assert checks(good, None) == []
    wrong = Sheet(lines=parts, headings=parts, subtotal=total, total=total + Decimal(off) / 100)
    assert [row[0] for row in checks(wrong, None)] == ["total"]


def test_a_judgement_holds_for_the_difference_it_was_about(cast):
    concept = funds.drafted(cast, funds.opened(cast))
    heading = concept.headings.first()
    stated = lines.state_total(
        concept, Scope.HEADING, year=2021, amount=eur(990), heading=heading, by=cast.author
    )
    assert [(each.amount, each.judged) for each in found_in(concept)] == [(eur(10), False)]
    lines.judge_difference(stated, text="Afgerond in het blad.", by=cast.author)
    assert [each.judged for each in found_in(concept)] == [True]
    line = budget_line(concept, "Projectleiding")
    change = lambda amount, revision: lines.edit_line(  # noqa: E731
        line, {"2021": funds.year(amount)}, base={}, base_revision=revision, by=cast.author
    )
    change(1005, 1)
    assert [(each.amount, each.judged) for each in found_in(concept)] == [(eur(15), False)]
    change(990, 2)
    assert found_in(concept) == []
    with pytest.raises(Refused, match="Hier is geen verschil meer"):
        lines.judge_difference(stated, text="x", by=cast.author)
    change(1000, 3)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        lines.judge_difference(stated, text=" ", by=cast.author)
