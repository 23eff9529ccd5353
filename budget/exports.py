"""The fund as tables: a workbook that reckons its own totals, and the plain rows.

Every total is a formula over the cells it is made of, so whoever changes an amount sees what
follows; recomputed as it is, it gives the totals of the portal to the cent.
"""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter

from budget.figures import FundFigures, HeadingFigures, LineFigures
from budget.fund_tables import gone_of
from budget.models import Fund
from budget.queries import ends_of
from core.formats import long_date
from core.sheets import Formula, Table, Value

BUDGET, STANDING, BALANCE = "Begroting", "Stand per post en jaar", "Saldo"
FIRST = 2  # the first row under the head
HEAD = (
    *("Onderdeel", "Post", "Jaar", "Begroot", "Vastgelegd", "Gefactureerd", "Betaald"),
    *("Voorgesteld", "Over", "Verwacht"),
)
MACHINE = (
    *("heading", "line", "year", "budget", "committed", "invoiced", "paid"),
    *("requested", "left", "forecast"),
)


def book_of(fund: Fund, figures: FundFigures, opening: Decimal) -> list[Table]:
    """Three sheets: the budget per year, every figure per line and year, and the balance."""
    budget, total_row = _budget(figures)
    return [budget, _standing(figures), _balance(fund, figures, opening, total_row)]


def _sum(column: int, rows: Sequence[int]) -> Formula:
    """Of cells that may not lie together; of none, nothing."""
    letter = get_column_letter(column)
    return Formula("+".join(f"{letter}{row}" for row in rows) or "0")


def _over(column: int, first: int, last: int) -> Formula:
    letter = get_column_letter(column)
    return Formula(f"SUM({letter}{first}:{letter}{last})" if last >= first else "0")


def _across(row: int, years: int) -> Formula:
    return Formula(f"SUM(C{row}:{get_column_letter(2 + years)}{row})")


def _budget(figures: FundFigures) -> tuple[Table, int]:
    """Lines under their heading with its subtotal; the unforeseen and what is gone; the total."""
    years = len(figures.years)
    rows: list[list[Value]] = []
    bold: set[int] = set()
    summed: list[int] = []

    def here() -> int:
        return FIRST + len(rows)

    def add_line(heading: str, line: LineFigures) -> None:
        amounts = [line.of(year).budget for year in figures.years]
        rows.append([heading, line.name, *amounts, _across(here(), years)])

    def add_total(label: str, columns: Sequence[Formula]) -> None:
        bold.add(len(rows))
        rows.append([label, "", *columns, _across(here(), years)])

    for heading in figures.headings:
        start = here()
        for line in heading.lines:
            add_line(heading.name, line)
        summed.append(here())
        last = here() - 1
        add_total(f"Subtotaal {heading.name}", [_over(3 + n, start, last) for n in range(years)])
    for line in _loose(figures):
        summed.append(here())
        add_line("", line)
    total = here()
    add_total("Totaal", [_sum(3 + n, summed) for n in range(years)])
    head = ["Onderdeel", "Post", *(str(year) for year in figures.years), "Samen"]
    return Table(BUDGET, head, rows, money=True, bold=frozenset(bold)), total


def _loose(figures: FundFigures) -> list[LineFigures]:
    spare = [figures.contingency] if figures.contingency else []
    return [*spare, *gone_of(figures)]


def _each(figures: FundFigures) -> list[tuple[str, LineFigures]]:
    """Every line with the name of its heading."""
    under: list[tuple[HeadingFigures, LineFigures]] = [
        (heading, line) for heading in figures.headings for line in heading.lines
    ]
    return [
        *((heading.name, line) for heading, line in under),
        *(("", line) for line in _loose(figures)),
    ]


def _standing(figures: FundFigures) -> Table:
    rows: list[list[Value]] = []
    for heading, line in _each(figures):
        for year in sorted({*figures.years, *line.by_year}):
            of, at = line.of(year), FIRST + len(rows)
            rows.append(
                [
                    *(heading, line.name, year),
                    *(of.budget, of.promised, of.invoiced, of.paid, of.requested),
                    *(Formula(f"D{at}-E{at}"), Formula(f"E{at}+H{at}")),
                ]
            )
    last = FIRST + len(rows) - 1
    total: list[Value] = ["Totaal", "", None, *(_over(n, FIRST, last) for n in range(4, 11))]
    bold = frozenset({len(rows)})
    return Table(STANDING, HEAD, [*rows, total], money=True, bold=bold)


def _balance(fund: Fund, figures: FundFigures, opening: Decimal, total_row: int) -> Table:
    """What is left at each year-end by plan, reckoned from the totals of the first sheet."""
    rows: list[list[Value]] = [["Bij het begin", None, opening]]
    for n, (_, day) in enumerate(sorted(ends_of(fund).items())):
        column = get_column_letter(3 + n)
        row = FIRST + len(rows)
        spent = Formula(f"'{BUDGET}'!{column}{total_row}")
        rows.append([f"Op {long_date(day)}", spent, Formula(f"C{row - 1}-B{row}")])
    head = ["Moment", "Begroot in dat jaar", "Saldo na begroting"]
    return Table(BALANCE, head, rows, money=True)


def rows_of(figures: FundFigures, *, machine: bool) -> Table:
    """Every line and year as plain values, without totals: for a csv file."""
    rows: list[list[Value]] = []
    for heading, line in _each(figures):
        for year in sorted({*figures.years, *line.by_year}):
            of = line.of(year)
            rows.append(
                [
                    *(heading, line.name, year),
                    *(of.budget, of.promised, of.invoiced, of.paid, of.requested),
                    *(of.left, of.forecast),
                ]
            )
    return Table("lines" if machine else STANDING, MACHINE if machine else HEAD, rows)
