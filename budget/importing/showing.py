"""What was read, as plain Dutch text for the shell."""

from collections.abc import Iterable
from decimal import Decimal

from budget.importing.explaining import percent
from budget.importing.result import BudgetReport, Figures, SheetLine
from core.formats import euro

NAME_WIDTH, AMOUNT_WIDTH = 44, 16


def as_text(report: BudgetReport) -> str:
    """First what is wrong and what it would cost, then the budget with its totals."""
    lines = _listed("LET OP", report.warnings)
    lines += [
        "VERSCHILLEN",
        *(f"- {each.explanation}" for each in report.differences),
        *(f"- {each.explanation}" for each in report.basis_differences),
    ]
    if not report.differences and not report.basis_differences:
        lines.append("Geen: elk genoemd bedrag klopt met wat eronder staat.")
    if report.consequences:
        lines += ["", "GEVOLGEN VAN VERBETEREN"]
        for cost in report.consequences:
            year = f" {cost.year}" if cost.year else ""
            lines.append(f"- {cost.name}{year}: {cost.explanation}")
    lines += ["", *_budget(report)]
    if report.fund and report.fund.opening is not None:
        lines += ["", f"{'Saldo bij het begin':<{NAME_WIDTH}}{_amount(report.fund.opening)}"]
        lines += [
            f"{f'Over na {year}':<{NAME_WIDTH}}{_amount(left)}"
            for year, left in report.fund.balances.items()
        ]
    lines += ["", *_listed("TEKST BIJ DE BEGROTING", (f"{n.cell}: {n.text}" for n in report.notes))]
    lines += _listed("NIET GELEZEN", (f"{u.cell}: {u.text} ({u.reason})" for u in report.unread))
    return "\n".join(lines).rstrip()


def _listed(title: str, texts: Iterable[str]) -> list[str]:
    rows = [f"- {text}" for text in texts]
    return [title, *rows, ""] if rows else []


def _budget(report: BudgetReport) -> list[str]:
    years = list(report.years)
    rows = [_row("BEGROTING", [f"{year:>{AMOUNT_WIDTH}}" for year in years])]
    for heading in report.headings:
        rows += ["", heading.name or "(zonder kop)"]
        rows += [_row(f"  {line.name}", _of_line(line, years)) for line in heading.lines]
        rows += _stated("  subtotaal", heading.figures, years)
    rows += ["", *_stated("Subtotaal", report.subtotal, years)]
    if found := report.contingency:
        rate = f" ({percent(found.rate)})" if found.rate is not None else ""
        rows += _stated(f"Onvoorzien{rate}", found.figures, years)
    return [*rows, *_stated("Totaal", report.totals, years)]


def _stated(name: str, figures: Figures, years: list[int]) -> list[str]:
    """As the sheet states it; where it says something else than its parts, those below it."""
    if not figures.present:
        return []
    amounts = [_amount(figures.stated.get(year)) for year in years]
    rows = [_row(name, amounts)]
    other = {y for y in years if figures.computed.get(y, 0) != figures.stated.get(y, 0)}
    if other & set(figures.computed):
        again = [_amount(figures.computed.get(y) if y in other else None) for y in years]
        rows.append(_row("  nagerekend", again))
    return rows


def _of_line(line: SheetLine, years: list[int]) -> list[str]:
    return [
        f"{'?':>{AMOUNT_WIDTH}}" if year in line.unreadable else _amount(line.amounts.get(year))
        for year in years
    ]


def _amount(amount: Decimal | None) -> str:
    return f"{euro(amount):>{AMOUNT_WIDTH}}"


def _row(name: str, cells: list[str]) -> str:
    short = name if len(name) < NAME_WIDTH else name[: NAME_WIDTH - 2] + "…"
    return f"{short:<{NAME_WIDTH}}{''.join(cells)}".rstrip()
