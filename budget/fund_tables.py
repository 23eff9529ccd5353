"""The figures of a fund as its page, its report and its public page show them: plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from budget import charts
from budget.addresses import url_of
from budget.figures import (
    NOTHING,
    ZERO,
    Amounts,
    BalanceOn,
    FundFigures,
    HeadingFigures,
    LineFigures,
    added,
    drawdown,
)
from budget.models import Fund
from budget.queries import Change, Cut, before, ends_of
from core import clock
from core.components import Fact
from core.formats import euro, percentage


def key_figures(fund: Fund, whole: Decimal, figures: FundFigures) -> list[Fact]:
    """What was granted, what the budget began with, what is promised, and what is left."""
    total, opening = figures.total, whole - fund.realised_before
    parts = fund.instalments.count()
    free = opening - total.promised
    spare = figures.contingency.total.left if figures.contingency else None
    begun = f"na {euro(fund.realised_before)} tot en met {fund.realised_year}"
    facts = [Fact("Toegekend", euro(whole), note=_instalments(parts))]
    if fund.realised_before:
        facts.append(Fact("Over bij het begin", euro(opening), note=begun))
    facts += [
        Fact("Begroot", euro(total.budget), note=_unbudgeted(opening - total.budget)),
        Fact("Vastgelegd", euro(total.promised), note=f"{euro(total.paid)} betaald"),
        Fact(
            "Nog vrij",
            euro(free),
            note=f"waarvan {euro(spare)} onvoorzien" if spare else "niet aan iemand toegezegd",
        ),
    ]
    return facts


def _instalments(number: int) -> str:
    return (
        "nog geen termijn" if not number else "1 termijn" if number == 1 else f"{number} termijnen"
    )


def _unbudgeted(amount: Decimal) -> str:
    if amount == ZERO:
        return "alles wat er is"
    return f"{euro(amount)} niet begroot" if amount > 0 else f"{euro(-amount)} te veel"


@dataclass(frozen=True)
class BalanceRow:
    """A day in the table behind the drawdown."""

    on: date
    kind: str
    planned: Decimal | None
    committed: Decimal | None = None
    invoiced: Decimal | None = None
    paid: Decimal | None = None


def balance_rows(fund: Fund, whole: Decimal, balances: Sequence[BalanceOn]) -> list[BalanceRow]:
    """From what was granted to the last day; what is yet to come has a plan only."""
    opening = whole - fund.realised_before
    rows = [BalanceRow(fund.starts_on, "toegekend", whole, whole, whole, whole)]
    if fund.realised_year:
        day = date(fund.realised_year, 12, 31)
        rows.append(BalanceRow(day, fund.realised_label, opening, opening, opening, opening))
    today = clock.today()
    for each in balances:
        if each.on <= today:
            facts = (each.committed, each.invoiced, each.paid)
            rows.append(BalanceRow(each.on, "", each.planned, *facts))
        else:
            rows.append(BalanceRow(each.on, "", each.planned))
    return rows


def balances_of(fund: Fund, whole: Decimal, figures: FundFigures) -> list[BalanceOn]:
    """Out of figures that were read already: no query."""
    facts = {year: figures.of(year) for year in figures.years}
    plan = {year: each.budget for year, each in facts.items()}
    return drawdown(whole - fund.realised_before, ends_of(fund), plan, facts)


def drawdown_chart(fund: Fund, rows: Iterable[BalanceRow]) -> charts.Drawdown | None:
    return charts.drawdown_chart(
        fund.name, [charts.Balance(row.on, row.planned, row.paid) for row in rows]
    )


def year_labels(fund: Fund) -> list[str]:
    """The last year, when it is not whole, says until when."""
    ends = ends_of(fund)
    return [
        str(year) if (day.month, day.day) == (12, 31) else f"{year}, tot {day.day}-{day.month}"
        for year, day in sorted(ends.items())
    ]


def stacked_chart(fund: Fund, figures: FundFigures) -> charts.Stack | None:
    """Budget per heading and year."""

    def of(part: HeadingFigures | LineFigures) -> charts.Layer:
        return part.name, [part.of(year).budget for year in figures.years]

    return charts.stacked_chart(
        f"Begroot per onderdeel en jaar: {fund.name}",
        year_labels(fund),
        [of(each) for each in figures.headings],
        of(figures.contingency) if figures.contingency else None,
    )


@dataclass(frozen=True)
class TableRow:
    """A row of the table behind the bars."""

    name: str
    years: tuple[Decimal, ...]
    total: Decimal
    kind: str = ""


def budget_table(figures: FundFigures) -> list[TableRow]:
    """Budget per heading and year, with its total."""
    found = [
        TableRow(
            part.name, tuple(part.of(year).budget for year in figures.years), part.total.budget
        )
        for part in (*figures.headings, *((figures.contingency,) if figures.contingency else ()))
    ]
    years = tuple(figures.of(year).budget for year in figures.years)
    return [*found, TableRow("Totaal", years, figures.total.budget, "rv-total")]


# Per heading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineRow:
    """A line in the chosen year, or over all of them."""

    name: str
    url: str
    amounts: Amounts
    execution: bool = False


@dataclass(frozen=True)
class Part:
    """A heading with its lines; the unforeseen and what is gone are parts too."""

    key: str
    name: str
    amounts: Amounts
    lines: tuple[LineRow, ...]
    note: str = ""


def parts_of(fund: Fund, figures: FundFigures, year: int | None) -> list[Part]:
    """Every heading with its lines, then the unforeseen, then lines that no longer stand in it."""

    def at(line: LineFigures) -> Amounts:
        return line.total if year is None else line.of(year)

    def row(line: LineFigures) -> LineRow:
        return LineRow(line.name, url_of("line", fund, line.pk), at(line), line.execution)

    def part(key: str, name: str, lines: Sequence[LineFigures], note: str = "") -> Part:
        rows = tuple(row(line) for line in lines)
        return Part(key, name, added(each.amounts for each in rows), rows, note)

    found = [part(f"o{each.pk}", each.name, each.lines) for each in figures.headings]
    if figures.contingency:
        rate = figures.contingency_rate(year) if year else None
        note = f"{percentage(rate)} van de andere posten" if rate is not None else ""
        found.append(part("onvoorzien", figures.contingency.name, [figures.contingency], note))
    if gone := gone_of(figures):
        note = "Staat niet meer in de begroting; er is wel geld op geboekt."
        found.append(part("weg", "Vervallen posten", gone, note))
    return found


def gone_of(figures: FundFigures) -> list[LineFigures]:
    """Lines that no longer stand in the budget and still have money: what went to nil is gone."""
    return [line for line in figures.gone if any(each != NOTHING for each in line.by_year.values())]


# What changed -------------------------------------------------------------------------------------


def changed_since(fund: Fund, figures: FundFigures, day: date) -> list[Change]:
    """Lines of which something was recorded after this day; one query beside the figures."""
    moment = Cut.of_day(day).recorded_until
    assert moment is not None
    return changed_after(fund, figures, moment)


def changed_after(fund: Fund, figures: FundFigures, moment: datetime) -> list[Change]:
    """The same after a moment, such as that of the last report."""
    known = before(fund, moment)
    changes = []
    for line in figures.lines:
        for year, amounts in sorted(line.by_year.items()):
            now = replace(amounts, requested=ZERO)
            then = known.get((line.pk, year), now)
            if now != then:
                changes.append(Change(line.name, year, then, now))
    return changes
