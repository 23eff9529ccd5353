"""From a file to a `BudgetReport`: the one entrance of the reader."""

from decimal import Decimal

from budget.importing.across import across_differences
from budget.importing.amounts import read_rates
from budget.importing.cells import listed
from budget.importing.checking import check
from budget.importing.choosing import choose
from budget.importing.context import Period, Reading, check_unit
from budget.importing.explaining import basis_differences, difference_of, percent
from budget.importing.footnotes import explain
from budget.importing.fund import balance_differences, consequences, fund_figures, read_drawdown
from budget.importing.opening import about_name, read_sheets
from budget.importing.remarks import say_what_hides, say_what_was_not_checked
from budget.importing.result import BudgetReport, Remark, Scope
from budget.importing.structure import Outline


def read_budget(
    content: bytes,
    name: str,
    *,
    rate: Decimal | None = None,
    opening: Decimal | None = None,
    period: Period | None = None,
    sheet: str = "",
) -> BudgetReport:
    """Read a budget from an xlsx or csv file and recompute every stated figure.

    `rate` is the contingency in percent (7.5 is 7,5%), else it is read from the sheet; `opening` is
    what the fund holds before the first year; `period` its first and last year; `sheet` the name
    of the sheet to read, else the one that reads as a budget. Raises Refused, in Dutch, for a
    file that cannot be read as a budget; what is wrong with a single cell is in `warnings`, with
    the cell in `unread`.
    """
    sheets = read_sheets(content)
    best, others = choose(sheets, period, sheet)
    reading, outline = best.reading, best.outline
    years = list(best.table.years)
    drawdown = read_drawdown(outline.after, reading)
    check_unit(*reading.notes)
    explain(outline.starred, reading.notes)
    _settle_rate(outline, rate, reading)
    nodes = check(outline, years)
    totals = [node for node in nodes if node.scope is Scope.TOTAL]
    fund = fund_figures(drawdown, totals, opening, reading)
    wrong = [node for node in nodes if node.wrong]
    differences = [difference_of(node, outline.contingency) for node in wrong]
    differences += across_differences(outline, nodes)
    if fund:
        differences += balance_differences(fund, totals)
    say_what_hides(reading)
    say_what_was_not_checked(nodes, outline, reading)
    reading.notes += [Remark(place, text) for place, text in reading.sheet.comments]
    reading.finish()
    return BudgetReport(
        name=name,
        sheet=reading.sheet.name,
        years=best.table.years,
        columns=reading.heads,
        headings=outline.headings,
        subtotal=outline.subtotal,
        contingency=outline.contingency,
        totals=outline.totals,
        differences=differences,
        basis_differences=basis_differences(outline.headings),
        fund=fund,
        consequences=consequences(wrong, outline.contingency, fund),
        notes=reading.notes,
        warnings=[
            *about_name(content, name),
            *others,
            *reading.sheet.warnings,
            *reading.warnings,
        ],
        unread=reading.unread,
    )


def _settle_rate(outline: Outline, given: Decimal | None, reading: Reading) -> None:
    """The rate that was given, or the one that the sheet names beside the contingency."""
    found = outline.contingency
    if found is None:
        return
    written = list(dict.fromkeys(each for text in outline.rated for each in read_rates(text)))
    rates = list(dict.fromkeys(each for each, _ in written))
    if given is not None:
        # As the sheet writes it, for 'ca 7,5%' tells by its decimals how near it is.
        found.rate = next((each for each in rates if each == given), given)
        if rates and given not in rates:
            reading.warnings.append(
                f"Het blad noemt voor onvoorzien {listed(percent(each) for each in rates)}. "
                f"Gerekend is met {percent(given)}."
            )
    elif len(rates) == 1:
        found.rate = rates[0]
    else:
        what = "meer dan één percentage" if rates else "geen percentage"
        reading.warnings.append(f"Bij ‘{found.name}’ staat {what}; die post is niet nagerekend.")
    found.approximate = any(about and each == found.rate for each, about in written)
