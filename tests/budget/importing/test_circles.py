"""Formulas that need their own outcome."""

import pytest

from budget.importing.circles import circular


def _written(formulas):
    return {place: (text, place) for place, text in formulas.items()}


@pytest.mark.parametrize(
    ("formulas", "circle"),
    [
        ({(1, 1): "B1+1", (1, 2): "2"}, set()),
        ({(1, 1): "A1+1"}, {(1, 1)}),
        ({(3, 2): "SUM(B1:B3)"}, {(3, 2)}),
        ({(3, 2): "SUM(B1:B2)"}, set()),
        ({(1, 1): "B1", (1, 2): "C1", (1, 3): "$A$1", (2, 1): "A1"}, {(1, 1), (1, 2), (1, 3)}),
        ({(1, 1): "Blad2!A1"}, set()),
        ({(1, 1): "'Een blad'!A1:A3"}, set()),
        ({(1, 1): 'IF(B1="A1",1,2)'}, set()),
        ({(1, 1): "LOG10(B1)", (10, 1): "BA1"}, set()),
    ],
)
def test_circles(formulas, circle):
    assert circular(_written(formulas)) == circle


def test_a_shared_formula_moves_along_with_its_cells():
    """B2 holds A1+1 for B2 to B4: each looks one up and one to the left."""
    shared = {(row, 2): ("A1+1", (2, 2)) for row in (2, 3, 4)}
    assert circular(shared) == set()
    assert circular({(row, 1): ("A$3+1", (2, 1)) for row in (2, 3, 4)}) == {(3, 1)}


def test_more_references_than_can_be_followed():
    column = {(row, 1): "SUM(A1:A2000)" for row in range(1, 2001)}
    assert circular(_written(column)) is None
