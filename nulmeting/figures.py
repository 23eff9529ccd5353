"""The figures of a round: score per municipality and block, median, quartiles and spread.

A score of a block is the mean of its scored items; 'weet niet' and 'niet van toepassing' do not
count. Quartiles interpolate linearly between ranks (the default of numpy and of spreadsheets).
There is no rank and no total: municipalities are compared with the region, not with one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from statistics import fmean, median

# Under five the median and the quartiles can give away the score of each municipality: of two and
# three by solving them, of four when they are equal. From five on it never follows from them that
# all score the same, so no score can be put beside a name.
LEAST_IN_PUBLIC = 5


@dataclass(frozen=True)
class Spread:
    """The distribution of scores over `number` municipalities; empty (None) when there are none,
    and `hidden` when there are too few to show them to everybody."""

    number: int
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def width(self) -> float | None:
        """The interquartile range: the middle half of the municipalities lies within it."""
        if self.lower is None or self.upper is None:
            return None
        return self.upper - self.lower

    @property
    def hidden(self) -> bool:
        return self.number > 0 and self.median is None


def spread_of(scores: Iterable[float | None]) -> Spread:
    """Median, quartiles and extremes of what is there; None counts for nothing."""
    found = sorted(score for score in scores if score is not None)
    if not found:
        return Spread(0)
    lower, middle, upper = (_quartile(found, part) for part in (1, 2, 3))
    return Spread(len(found), middle, lower, upper, found[0], found[-1])


def _quartile(ordered: Sequence[float], part: int) -> float:
    """At rank part/4 x (n - 1), between its neighbours in proportion. `statistics.quantiles` gives
    the same in three times the time, and ten years of nine blocks ask for it 270 times."""
    under, beyond = divmod(part * (len(ordered) - 1), 4)
    if not beyond:
        return ordered[under]
    return (ordered[under] * (4 - beyond) + ordered[under + 1] * beyond) / 4


def in_public(spread: Spread) -> Spread:
    """What everybody may see of it: never an extreme, which is the score of one municipality, and
    nothing but the number below `LEAST_IN_PUBLIC`."""
    if spread.number < LEAST_IN_PUBLIC:
        return Spread(spread.number)
    return replace(spread, least=None, most=None)


def mean_of(scores: Sequence[int]) -> float | None:
    """The score of a block: the mean of its scored items, None without any."""
    return fmean(scores) if scores else None


def middle_of(scores: Sequence[float]) -> float | None:
    """The median, None without any."""
    return median(scores) if scores else None


# A page asks for the same few hundred scores again and again.
_remembered = lru_cache(maxsize=2048)


@_remembered
def level_of(score: float | None) -> int | None:
    """The level in which a score is shown: 2,5 is shown as 3. None without a score."""
    if score is None:
        return None
    return int(Decimal(str(score)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@_remembered
def shown(score: float | None) -> str:
    """A score for people: '2,5', always with one decimal, '–' without one."""
    if score is None:
        return "–"
    rounded = Decimal(str(score)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return str(rounded).replace(".", ",")
