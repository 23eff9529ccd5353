"""All proposals under way against the calendar, as one drawing: rows are proposals, columns weeks.

Everything is computed here, in pixels; the template only draws (see technology: charts are SVG made
on the server, with the table behind them).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from core import clock
from core.calendar import Period, recesses_between
from core.formats import MONTHS, near_date, short_date
from governance.enums import ProposalState, StepState
from governance.marks import Mark
from governance.models import Proposal, RouteStep
from governance.planning import risks_of
from governance.queries import day_of

BACK, AHEAD, MOST = timedelta(days=28), timedelta(days=91), timedelta(days=400)
MARGIN = timedelta(days=14)
NARROWEST, WIDTH = 6, 940  # pixels a day at least, and pixels to fill
HEAD, ROW = 64, 64
EVERY, BAND = 10, 40  # months and weeks stand again above every tenth line, this high
APART, LABEL_APART = 22, 44  # pixels between stops, and between codes on one side of the line
LINE_AT = 34  # of a row, where its line runs


@dataclass(frozen=True)
class Span:
    """A stretch on the axis of time: a month, a recess or the line of a proposal."""

    x: int
    width: int
    label: str = ""

    @property
    def end(self) -> int:
        return self.x + self.width

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Dot:
    """A stop on the line. `kind` is done, now or coming; `risk` says what is wrong with it."""

    x: int
    code: str
    title: str
    kind: str
    end: bool
    above: bool
    risk: str = ""


@dataclass(frozen=True)
class Line:
    """A proposal: its line, its stops, and the same in words for the table. `below_band` says that
    months and weeks stand again above it."""

    title: str
    url: str
    note: str
    y: int
    way: Span
    done: Span
    dots: list[Dot]
    undated: str
    now: str
    progress: str
    stops: list[str]
    ends: str
    below_band: bool = False
    risks: list[str] = field(default_factory=list)

    @property
    def top(self) -> int:
        return self.y - LINE_AT


@dataclass(frozen=True)
class Picture:
    """The drawing, in pixels."""

    width: int
    height: int
    today: int
    months: list[Span]
    weeks: list[Span]
    recesses: list[Span]
    lines: list[Line]
    words: str

    @property
    def bands(self) -> list[int]:
        """Where months and weeks stand again, from above: nobody scrolls back to read a date."""
        return [line.top - BAND for line in self.lines if line.below_band]

    @property
    def rem_width(self) -> str:
        """Grows with the letters of the reader, so that rows stay beside their titles."""
        return f"{self.width / 16}rem"

    @property
    def rem_height(self) -> str:
        return f"{self.height / 16}rem"


@dataclass(frozen=True)
class Axis:
    """Days as pixels."""

    first: date
    last: date

    @property
    def scale(self) -> float:
        return max(NARROWEST, WIDTH / ((self.last - self.first).days + 1))

    @property
    def width(self) -> int:
        return self.x(self.last + timedelta(days=1))

    def x(self, day: date) -> int:
        held = min(max(day, self.first), self.last + timedelta(days=1))
        return round((held - self.first).days * self.scale)

    def span(self, first: date, last: date, label: str = "") -> Span:
        begin = self.x(first)
        return Span(begin, self.x(last + timedelta(days=1)) - begin, label)


def picture_of(
    proposals: Sequence[Proposal],
    marks: dict[int, Mark],
    periods: list[Period],
    school_region: str,
) -> Picture:
    """The drawing of these proposals, with steps, bodies and meetings at hand."""
    today = clock.today()
    days = [day for p in proposals for step in p.steps.all() if (day := day_of(step))]
    axis = _axis(today, max([*days, today]))
    lines = [_line(proposal, axis, n, marks) for n, proposal in enumerate(proposals)]
    recesses = recesses_between(axis.first, axis.last, periods, school_region)
    return Picture(
        width=axis.width,
        height=lines[-1].top + ROW if lines else HEAD,
        today=axis.x(today),
        months=_months(axis),
        weeks=_weeks(axis),
        recesses=[axis.span(p.first, p.last, p.name) for p in recesses],
        lines=lines,
        words=_words(axis, recesses, len(lines)),
    )


def _axis(today: date, last: date) -> Axis:
    """Whole weeks: from four weeks back to two weeks after the last stop, at most a year on."""
    first = today - BACK
    end = min(max(last + MARGIN, today + AHEAD), today + MOST)
    return Axis(
        first - timedelta(days=first.weekday()),
        end + timedelta(days=6 - end.weekday()),
    )


def _months(axis: Axis) -> list[Span]:
    found, day = [], axis.first
    while day <= axis.last:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), axis.last)
        name = MONTHS[day.month - 1]
        label = f"{name} {day.year}" if day.month == 1 or day == axis.first else name
        found.append(axis.span(day, last, label if (last - day).days > 8 else ""))
        day = following
    return found


def _weeks(axis: Axis) -> list[Span]:
    count = ((axis.last - axis.first).days + 1) // 7
    mondays = [axis.first + timedelta(days=7 * n) for n in range(count)]
    return [axis.span(day, day + timedelta(days=6), str(day.isocalendar().week)) for day in mondays]


def _words(axis: Axis, recesses: list[Period], count: int) -> str:
    many = "1 voorstel" if count == 1 else f"{count} voorstellen"
    text = f"{many} onderweg, van {near_date(axis.first)} tot en met {near_date(axis.last)}."
    names = [f"{p.name} ({short_date(p.first)} tot en met {short_date(p.last)})" for p in recesses]
    return f"{text} Reces en vakantie: {'; '.join(names)}." if names else text


# One proposal ------------------------------------------------------------------------------------


def _line(proposal: Proposal, axis: Axis, place: int, marks: dict[int, Mark]) -> Line:
    steps = [step for step in proposal.steps.all() if step.state != StepState.SKIPPED]
    wrong = risks_of(proposal, steps)
    about = {risk.leg.key: risk.sentence for risk in wrong}
    dots = _dots(steps, axis, marks, about, moving=proposal.state == ProposalState.IN_ROUTE)
    begins_before = any(day < axis.first for step in steps if (day := day_of(step)))
    start = 0 if begins_before or not dots else dots[0].x
    done = max([dot.x for dot in dots if dot.kind == "done"], default=start)
    undated = [step for step in steps if step.meeting is None]
    end = day_of(steps[-1]) if steps else None
    handled = sum(step.state == StepState.HANDLED for step in steps)
    current = _current(steps)
    return Line(
        title=str(proposal),
        url=reverse("governance:proposal-detail", args=[proposal.region.slug, proposal.number]),
        note=f"{proposal.number} · {proposal.get_kind_display()}, {proposal.get_state_display()}",
        y=HEAD + ROW * place + BAND * (place // EVERY) + LINE_AT,
        way=Span(start, (dots[-1].x if dots else start) - start),
        done=Span(start, done - start),
        dots=dots,
        undated=_undated(undated),
        now=_stop_words(current) if current else "alles behandeld",
        progress=f"{handled} van {len(steps)} behandeld",
        stops=[_stop_words(step) for step in steps],
        ends=f"{near_date(end)}" if end else "nog geen datum",
        below_band=place > 0 and place % EVERY == 0,
        risks=[risk.sentence for risk in wrong],
    )


def _current(steps: list[RouteStep]) -> RouteStep | None:
    """Where the paper lies now: the first stop that was not treated yet."""
    return next((step for step in steps if step.state != StepState.HANDLED), None)


def _undated(steps: list[RouteStep]) -> str:
    if not steps:
        return ""
    return "1 halte zonder datum" if len(steps) == 1 else f"{len(steps)} haltes zonder datum"


def _stop_words(step: RouteStep) -> str:
    done = ", behandeld" if step.state == StepState.HANDLED else ""
    return f"{step.body.name}: {near_date(day_of(step)) or 'nog geen datum'}{done}"


def _dots(
    steps: list[RouteStep],
    axis: Axis,
    marks: dict[int, Mark],
    about: dict[int, str],
    *,
    moving: bool,
) -> list[Dot]:
    """Stops close together stand side by side, with their codes above and below the line."""
    current = _current(steps)
    dots: list[Dot] = []
    for step in steps:
        day = day_of(step)
        if day is None or not axis.first <= day <= axis.last:
            continue
        x = axis.x(day) + round(axis.scale / 2)
        before = dots[-1] if dots else None
        if before:
            x = max(x, before.x + APART)
        kind = "done" if step.state == StepState.HANDLED else "coming"
        dots.append(
            Dot(
                x=x,
                code=marks[step.body_id].code,
                title=f"{step.body.name}, {step.get_purpose_display()}, {near_date(day)}",
                kind="now" if moving and step is current else kind,
                end=step is steps[-1],
                above=before is not None and x - before.x < LABEL_APART and not before.above,
                risk=about.get(step.pk, ""),
            )
        )
    return dots
