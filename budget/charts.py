"""Drawings of money as plain values: the same SVG on the page and in the PDF.

Every coordinate is text, because a template would write 12.5 with a comma. Colours and typeface are
attributes of the drawing itself: a PDF does not read the style sheet of the page there. Each
drawing says in `title` and `words` what it shows, and a table with the same figures stands by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.figures import ZERO
from core.formats import euro

# The field both are drawn on.
WIDTH, TOP, FOOT = 500, 44, 262
LEFT, RIGHT = 48, 476
MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)
# Dark to light, two hues; what fits on which is in `INK`.
COLOURS = ("#0a2c33", "#1f6b70", "#7db3b0", "#d9b27c", "#a3570c", "#4a6f8a", "#b9c98f")
REST, SPARE = "#8a9a9c", "#dbe3e3"
WHITE, DARK = "#ffffff", "#13252a"
INK = {
    "#0a2c33": WHITE,
    "#1f6b70": WHITE,
    "#7db3b0": DARK,
    "#d9b27c": DARK,
    "#a3570c": WHITE,
    "#4a6f8a": WHITE,
    "#b9c98f": DARK,
    REST: DARK,
    SPARE: DARK,
}
LEAST_GAP = 58  # two labels closer than this would touch
LEAST_HEIGHT, LEAST_WIDTH = 17, 40  # a part smaller than this has no number in it


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Scale:
    """From nothing to the highest amount: ticks, and the unit they are in."""

    top: Decimal
    ticks: tuple[Decimal, ...]
    unit: Decimal

    @property
    def label(self) -> str:
        return {MILLION: "× € mln", THOUSAND: "× € 1.000"}.get(self.unit, "€")

    def y(self, amount: Decimal) -> float:
        return FOOT - float(max(amount, ZERO) / self.top) * (FOOT - TOP)

    def shown(self, amount: Decimal) -> str:
        text = f"{(amount / self.unit).normalize():f}"
        return text.replace(".", ",")


def scale_for(highest: Decimal) -> Scale:
    """One to four round ticks; the field goes on to the highest amount."""
    most = max(highest, Decimal(1))
    step = Decimal(1).scaleb(most.adjusted())
    for part in (Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2)):
        if most / (step * part) <= 4:
            step *= part
            break
    count = int(most // step)
    unit = MILLION if most >= MILLION else THOUSAND if most >= 10 * THOUSAND else Decimal(1)
    return Scale(most, tuple(step * n for n in range(1, count + 1)), unit)


@dataclass(frozen=True)
class Mark:
    """A line across the field or a word under it."""

    at: str
    label: str


# Drawdown -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Balance:
    """What is left on a day: by plan, and in fact; None where it is not known."""

    on: date
    planned: Decimal | None = None
    fact: Decimal | None = None


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    planned: bool = False


@dataclass(frozen=True)
class Written:
    """An amount beside its dot."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Drawdown:
    """The balance over time: in fact as a line, by plan as a broken one."""

    title: str
    words: str
    unit: str
    ticks: tuple[Mark, ...]
    days: tuple[Mark, ...]
    fact: str
    plan: str
    dots: tuple[Dot, ...]
    labels: tuple[Written, ...]


def drawdown_chart(name: str, balances: Sequence[Balance]) -> Drawdown | None:
    """None with fewer than two days: a single dot is no line. Days in proportion to the time
    between them; below zero is drawn at zero, and said in the words."""
    if len(balances) < 2:
        return None
    first, last = balances[0].on, balances[-1].on
    scale = scale_for(max((each.planned or each.fact or ZERO) for each in balances))

    def x(day: date) -> float:
        span = max((last - first).days, 1)
        # The last amount stands to the right of its dot.
        return LEFT + 10 + (day - first).days * (RIGHT - LEFT - 92) / span

    facts = [each for each in balances if each.fact is not None]
    plans = [each for each in balances if each.planned is not None]
    dots = [Dot(_at(x(e.on)), _at(scale.y(e.planned or ZERO)), planned=True) for e in plans]
    dots += [Dot(_at(x(each.on)), _at(scale.y(each.fact or ZERO))) for each in facts]
    return Drawdown(
        title=f"Wat er overblijft van {name}",
        words="; ".join(_said(each) for each in balances),
        unit=scale.label,
        ticks=tuple(Mark(_at(scale.y(tick)), scale.shown(tick)) for tick in scale.ticks),
        days=_days([(x(each.on), each.on) for each in balances]),
        fact=_points([(x(each.on), scale.y(each.fact or ZERO)) for each in facts]),
        plan=_points([(x(each.on), scale.y(each.planned or ZERO)) for each in plans]),
        dots=tuple(dots),
        labels=tuple(_labels(balances, x, scale)),
    )


def _said(balance: Balance) -> str:
    parts = []
    if balance.fact is not None:
        parts.append(f"werkelijk {euro(balance.fact)}")
    if balance.planned is not None:
        parts.append(f"begroot {euro(balance.planned)}")
    return f"{_short(balance.on)}: {', '.join(parts)}"


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_at(x)},{_at(y)}" for x, y in points)


def _days(places: Sequence[tuple[float, date]]) -> tuple[Mark, ...]:
    """The first and the last day are always written; others where there is room."""
    marks: list[Mark] = []
    before = -1000.0
    final = places[-1][0]
    for place, (x, day) in enumerate(places):
        ends = place == len(places) - 1
        if ends or (x - before >= LEAST_GAP and (place == 0 or final - x >= LEAST_GAP)):
            marks.append(Mark(_at(x), _short(day)))
            before = x
    return tuple(marks)


def _labels(balances: Sequence[Balance], x: object, scale: Scale) -> list[Written]:
    """What is known beside its dot, and the plan where nothing is known yet."""
    written: list[Written] = []
    before = -1000.0
    final = len(balances) - 1
    for place, each in enumerate(balances):
        amount = each.fact if each.fact is not None else each.planned
        at = x(each.on)  # type: ignore[operator]
        if amount is None or (place != final and at - before < LEAST_GAP):
            continue
        before = at
        ends = place == final
        y = scale.y(max(each.fact or ZERO, each.planned or ZERO))
        written.append(
            Written(
                _at(at + (12 if ends else 10)),
                _at(y + 5 if ends else y - 7),
                euro(amount.quantize(Decimal(1))),
            )
        )
    return written


# Per heading and year -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One block of a bar; `label` is empty when it is too small for a number."""

    x: str
    y: str
    width: str
    height: str
    colour: str
    ink: str
    label: str
    label_x: str
    label_y: str


@dataclass(frozen=True)
class Bar:
    x: str
    year: str
    total: str
    total_y: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Key:
    """What a colour stands for; `number` names its class on paper: 'k1', 'k-rest', 'k-spare'."""

    colour: str
    label: str

    @property
    def number(self) -> str:
        apart = {REST: "-rest", SPARE: "-spare"}
        return apart.get(self.colour) or str(COLOURS.index(self.colour) + 1)


@dataclass(frozen=True)
class Stack:
    """A bar per year, with a block per heading."""

    title: str
    words: str
    bars: tuple[Bar, ...]
    keys: tuple[Key, ...]


Layer = tuple[str, Sequence[Decimal]]


def stacked_chart(
    title: str,
    years: Sequence[str],
    layers: Sequence[Layer],
    spare: Layer | None = None,
) -> Stack | None:
    """A bar per year; more headings than there are colours go together. None without money."""
    drawn = [(name, amounts, COLOURS[n]) for n, (name, amounts) in enumerate(_gathered(layers))]
    drawn = [(name, amounts, REST if name == OTHERS else colour) for name, amounts, colour in drawn]
    if spare is not None:
        drawn.append((spare[0], spare[1], SPARE))
    totals = [sum((amounts[n] for _, amounts, _ in drawn), ZERO) for n, _ in enumerate(years)]
    if not any(totals):
        return None
    scale = scale_for(max(totals))
    room = (RIGHT - LEFT) / len(years)
    bars = []
    for n, year in enumerate(years):
        middle = LEFT + room * (n + 0.5)
        width = min(room * 0.72, 110)
        stack = [(amounts[n], colour) for _, amounts, colour in drawn if amounts[n] > 0]
        bars.append(_bar(year, middle, width, stack, totals[n], scale))
    return Stack(
        title=title,
        words="; ".join(
            f"{year}: {euro(total)}" for year, total in zip(years, totals, strict=True)
        ),
        bars=tuple(bars),
        keys=tuple(Key(colour, name) for name, _, colour in drawn),
    )


OTHERS = "Andere onderdelen"


def _gathered(layers: Sequence[Layer]) -> list[Layer]:
    most = len(COLOURS)
    if len(layers) <= most:
        return list(layers)
    kept, rest = list(layers[: most - 1]), layers[most - 1 :]
    return [*kept, (OTHERS, [sum(each, ZERO) for each in zip(*(a for _, a in rest), strict=True)])]


def _bar(
    year: str,
    middle: float,
    width: float,
    stack: Sequence[tuple[Decimal, str]],
    total: Decimal,
    scale: Scale,
) -> Bar:
    parts = []
    foot = float(FOOT)
    for amount, colour in stack:
        height = FOOT - scale.y(amount)
        top = foot - height
        fits = height >= LEAST_HEIGHT and width >= LEAST_WIDTH
        parts.append(
            Part(
                _at(middle - width / 2),
                _at(top),
                _at(width),
                # A hair of white between two blocks.
                _at(max(height - 1.5, 0.5)),
                colour,
                INK[colour],
                _thousands(amount) if fits else "",
                _at(middle),
                _at(top + height / 2 + 4.5),
            )
        )
        foot = top
    shown = euro(total.quantize(Decimal(1))) if width >= 70 else _thousands(total)
    return Bar(_at(middle), year, shown, _at(foot - 8), tuple(parts))


def _thousands(amount: Decimal) -> str:
    return f"{amount / THOUSAND:,.0f}".replace(",", ".")
