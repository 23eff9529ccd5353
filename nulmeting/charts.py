"""Drawings of scores as plain values: the same SVG on the page and in the PDF.

Every coordinate is text, because a template would write 12.5 with a comma. Colours and typeface are
attributes of the drawing itself: a PDF does not read the style sheet of the page there, and a page
may still overrule them with classes. Each drawing says in `title` (and `words`) what it shows, and
the numbers stand in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nulmeting.figures import Spread, shown

LOWEST, HIGHEST = 1, 5


@lru_cache(maxsize=2048)
def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def middle_half(spread: Spread) -> str:
    """'2,5 tot 3,2', or '–' when nobody has a score."""
    if spread.lower is None:
        return "–"
    return f"{shown(spread.lower)} tot {shown(spread.upper)}"


def outer(spread: Spread) -> str:
    """'1,0 tot 4,5': the lowest and the highest; '–' when nobody has a score."""
    if spread.least is None:
        return "–"
    return f"{shown(spread.least)} tot {shown(spread.most)}"


# Spread: a small box plot ------------------------------------------------------------------------


@dataclass(frozen=True)
class SpreadBox:
    """A thin line from lowest to highest, a box over the middle half, a dash at the median."""

    title: str
    least: str
    most: str
    lower: str
    width: str
    median: str


def spread_box(spread: Spread, name: str) -> SpreadBox | None:
    """On a field of 80 by 24; None without a score."""
    if spread.median is None or spread.least is None or spread.most is None:
        return None
    lower, upper = spread.lower or spread.median, spread.upper or spread.median

    def x(score: float) -> float:
        return 4 + (score - LOWEST) * 72 / (HIGHEST - LOWEST)

    title = (
        f"{name}: laagste {shown(spread.least)}, middelste helft {middle_half(spread)}, "
        f"mediaan {shown(spread.median)}, hoogste {shown(spread.most)}"
    )
    return SpreadBox(
        title,
        _at(x(spread.least)),
        _at(x(spread.most)),
        _at(x(lower)),
        _at(max(x(upper) - x(lower), 1)),
        _at(x(spread.median)),
    )


# Stand: one score on the scale, with ambition and region -----------------------------------------


@dataclass(frozen=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True)
class Stand:
    """A line from 1 to 5: a dot for now, a ring for the ambition, a dash for the median of the
    region with a band over its middle half. What is not known is not drawn."""

    title: str
    ticks: tuple[Tick, ...]
    now: str = ""
    aim: str = ""
    median: str = ""
    band: str = ""
    band_width: str = ""


def stand(
    name: str, now: float | None, aim: float | None, region: Spread | None = None
) -> Stand | None:
    """On a field of 240 by 44; None without a score, an ambition and a region."""
    known = region is not None and region.median is not None
    if now is None and aim is None and not known:
        return None
    said = [f"{name}: {shown(now)}"] if now is not None else [f"{name}: geen score"]
    if aim is not None:
        said.append(f"ambitie {_short(aim)}")
    drawn = {"now": _stand_x(now), "aim": _stand_x(aim)}
    if region is not None and region.median is not None:
        said.append(f"mediaan van de regio {shown(region.median)}")
        said.append(f"middelste helft {middle_half(region)}")
        lower, upper = region.lower or region.median, region.upper or region.median
        drawn["median"], drawn["band"] = _stand_x(region.median), _stand_x(lower)
        drawn["band_width"] = _at(max((upper - lower) * 54, 1))
    ticks = tuple(Tick(_stand_x(score), str(score)) for score in range(LOWEST, HIGHEST + 1))
    return Stand(", ".join(said), ticks, **drawn)


def middle(name: str, spread: Spread) -> Stand | None:
    """The median and the middle half alone, on the same field; None without them."""
    drawn = stand(name, None, None, spread)
    if drawn is None:
        return None
    said = f"{name}: mediaan {shown(spread.median)}, middelste helft {middle_half(spread)}"
    return replace(drawn, title=said)


def _stand_x(score: float | None) -> str:
    return "" if score is None else _at(12 + (score - LOWEST) * 54)


def _short(score: float) -> str:
    return shown(score).removesuffix(",0")


# Years: the median as a line, the middle half as a band ------------------------------------------


@dataclass(frozen=True)
class Dot:
    """A year on the line: `year` as '’21', empty where two years stand too close to write both."""

    x: str
    y: str
    year: str


@dataclass(frozen=True)
class YearLines:
    """The median per year, in pieces: where a year has no figures the line stops. `label` is the
    newest median, written at the end of the line."""

    title: str
    words: str
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    label: str
    label_y: str


Point = tuple[int, Spread]
# Where a year stands on the field: across, and the heights of median, upper and lower quartile.
Place = tuple[str, str, str, str]


def year_lines(name: str, points: Sequence[Point]) -> YearLines | None:
    """On a field of 290 by 132, years in proportion to the time between them; None when fewer than
    two years have a figure: a single dot is no line."""
    known = [point for point in points if point[1].median is not None]
    if len(known) < 2:
        return None
    written = _written([year for year, _ in points])
    places = [_place(spread, x) for (_, spread), (x, _) in zip(points, written, strict=True)]
    runs = [run for run in _runs(places) if len(run) > 1]
    newest = known[-1][1].median
    return YearLines(
        title=f"{name}: mediaan per jaar",
        words="; ".join(f"{year}: {shown(spread.median)}" for year, spread in points),
        dots=tuple(
            Dot(place[0], place[1], year)
            for place, (_, year) in zip(places, written, strict=True)
            if place
        ),
        lines=tuple(" ".join(f"{x},{median}" for x, median, _, _ in run) for run in runs),
        bands=tuple(_band(run) for run in runs),
        label=shown(newest),
        label_y=_year_y(newest or LOWEST, lower=5),
    )


def _written(years: Sequence[int]) -> list[tuple[str, str]]:
    """Where each year stands, and how it is written: nothing where two stand too close."""
    first, last = years[0], years[-1]
    found, before = [], -100.0
    for year in years:
        x = 30 + (year - first) * 210 / (last - first)
        room = year == last or (x - before >= 26 and 240 - x >= 26)
        before = x if room else before
        found.append((_at(x), f"’{year % 100:02d}" if room else ""))
    return found


def _place(spread: Spread, x: str) -> Place | None:
    if spread.median is None or spread.upper is None or spread.lower is None:
        return None
    return x, _year_y(spread.median), _year_y(spread.upper), _year_y(spread.lower)


def _year_y(score: float, lower: int = 0) -> str:
    return _at(100 - (score - LOWEST) * 88 / (HIGHEST - LOWEST) + lower)


def _runs(places: Sequence[Place | None]) -> list[list[Place]]:
    """The places in stretches without a gap."""
    runs: list[list[Place]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return runs


def _band(run: Sequence[Place]) -> str:
    above = [f"{x},{upper}" for x, _, upper, _ in run]
    below = [f"{x},{lower}" for x, _, _, lower in reversed(run)]
    return " ".join([*above, *below])
