"""Median and quartiles by hand, against numpy, and as they are written against exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nulmeting.figures import level_of, mean_of, shown, spread_of

scores = st.lists(st.integers(4, 20).map(lambda quarters: quarters / 4), min_size=1, max_size=60)
blocks = st.lists(
    st.lists(st.integers(1, 5), min_size=1, max_size=4), min_size=1, max_size=60
)  # the answers of each municipality to the questions of one block


@pytest.mark.parametrize(
    ("found", "lower", "middle", "upper"),
    [
        ([2.0], 2, 2, 2),
        ([1, 2], 1.25, 1.5, 1.75),
        ([1, 2, 3], 1.5, 2, 2.5),
        ([1, 2, 3, 4], 1.75, 2.5, 3.25),
        ([5, 1, 4, 2, 3], 2, 3, 4),
        ([1, 1, 1, 5], 1, 1, 2),
    ],
)
def test_by_hand(found, lower, middle, upper):
    spread = spread_of(found)
    assert (spread.lower, spread.median, spread.upper) == (lower, middle, upper)
    assert (spread.least, spread.most, spread.number) == (min(found), max(found), len(found))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=400))
def test_answers_give_what_numpy_gives_to_the_last_bit(found):
    """Whole scores lie quarters apart at most, which a float holds exactly."""
    spread = spread_of(found)
    assert [spread.lower, spread.median, spread.upper] == list(np.percentile(found, [25, 50, 75]))
    assert (spread.least, spread.most) == (np.min(found), np.max(found))


@given(blocks)
def test_scores_of_blocks_give_what_numpy_gives(found):
    """A mean of three questions is a third that no float holds: here the last bit may differ."""
    means = [mean_of(answers) for answers in found]
    assert means == pytest.approx([np.mean(answers) for answers in found], rel=1e-15)
    spread = spread_of(means)
    wanted = np.percentile(means, [25, 50, 75], method="linear")
    assert [spread.lower, spread.median, spread.upper] == pytest.approx(list(wanted), rel=1e-14)


@given(blocks)
def test_what_is_written_is_that_of_the_exact_fractions(found):
    """The last bit of a float never changes what people read: 2,25 is 2,3 however it came about."""
    exact = sorted(Fraction(sum(answers), len(answers)) for answers in found)
    spread = spread_of([mean_of(answers) for answers in found])
    for figure, part in ((spread.lower, 1), (spread.median, 2), (spread.upper, 3)):
        place = Fraction(part, 4) * (len(exact) - 1)
        under = int(place)
        above = min(under + 1, len(exact) - 1)
        value = exact[under] + (exact[above] - exact[under]) * (place - under)
        tenths = int(value * 10 + Fraction(1, 2))
        assert shown(figure) == f"{tenths // 10},{tenths % 10}"


@given(scores)
def test_in_order_whatever_the_order_of_the_scores(found):
    spread = spread_of(found)
    assert spread == spread_of(reversed(found))
    assert spread.least <= spread.lower <= spread.median <= spread.upper <= spread.most


def test_what_is_not_there_does_not_count():
    assert spread_of([None, 2, None, 4]) == spread_of([2, 4])
    assert spread_of([]).number == spread_of([None]).number == 0
    assert spread_of([]).width is None
    assert mean_of([]) is None


def test_halves_go_up_and_are_written_in_dutch():
    assert [level_of(score) for score in (1, 1.49, 2.5, 3.5, 4.5, 5, None)] == [
        1,
        1,
        3,
        4,
        5,
        5,
        None,
    ]
    assert [shown(score) for score in (2.25, 2.35, 4, None)] == ["2,3", "2,4", "4,0", "–"]
