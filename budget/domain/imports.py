"""From a sheet that was read to a budget in concept, with the sheet beside it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from budget.domain.funds import holdings
from budget.domain.import_plan import Plan, PlannedHeading, PlannedLine, plan_of, shortened
from budget.domain.rows import fit, hold
from budget.domain.versions import begin, concept_answer, in_force
from budget.enums import MOST, LineKind
from budget.figures import ZERO
from budget.importing import BudgetReport, read_budget
from budget.importing.cells import listed
from budget.importing.result import Figures
from budget.models import (
    BudgetLine,
    BudgetVersion,
    Fund,
    FundLine,
    Heading,
    LineYear,
    SheetUpload,
    StatedTotal,
)
from core import clock, guard
from core.formats import euro
from core.models import StatusChange, StoredFile
from core.refusal import Answer, Refusal, require
from governance.rules import demand

SHEET_KINDS = frozenset({StoredFile.Kind.XLSX, StoredFile.Kind.CSV})
KEEP_UPLOADS = timedelta(days=30)  # who comes back within that time finds the sheet
MOST_CELLS = 20  # that one sentence names


def read_for(
    fund: Fund,
    content: bytes,
    name: str,
    *,
    rate: Decimal | None = None,
    opening: Decimal | None = None,
    sheet: str = "",
) -> BudgetReport:
    """Read a sheet as a budget of this fund: its rate, what it holds, and its years, unless given.

    Raises Refused as `read_budget` does; also for a year outside the fund.
    """
    years = fund.years
    return read_budget(
        content,
        name,
        rate=fund.contingency_rate if rate is None else rate,
        opening=holdings(fund) if opening is None else opening,
        period=(years[0], years[-1]) if years else None,
        sheet=sheet,
    )


@transaction.atomic
def import_version(
    fund: Fund,
    report: BudgetReport,
    *,
    title: str = "",
    file: StoredFile | None = None,
    by: User | None,
) -> BudgetVersion:
    """A concept of what was read, with what the sheet stated beside it, and its `file`.

    Lines and headings that the version in force has by the same name go on; the others are new.
    Refuses a report with a cell that could not be read, an amount that a budget cannot hold, a year
    outside the fund, a second concept, and a sheet that was read in before (`import_answers`).
    """
    current = hold(fund.pk)
    demand(by, "budget.lead", current)
    require(*import_answers(current, report, file))
    before = in_force(current)
    plan = plan_of(report, current, before)
    version = begin(
        current,
        before,
        title=title,
        source=shortened(report.name, 255),
        file=file,
        sheet=shortened(report.sheet, 120),
        remarks="\n".join(plan.remarks),
    )
    _write(version, plan)
    StatusChange.log(version, act="budget_imported", by=by, after=version.state)
    return version


# What stands in the way ---------------------------------------------------------------------------


def import_answers(fund: Fund, report: BudgetReport, file: StoredFile | None) -> list[Answer]:
    """Every reason why this report cannot become a version of this fund, with its cells."""
    return [
        concept_answer(fund),
        _once_answer(fund, report, file),
        *_unread_answers(report),
        *_year_answers(fund, report),
        _amounts_answer(report),
        _personal_data_answer(report),
    ]


def _once_answer(fund: Fund, report: BudgetReport, file: StoredFile | None) -> Answer:
    """The same bytes and the same sheet make the same version: that is read in by mistake."""
    if file is None:
        return True
    same = fund.versions.filter(
        file__sha256=file.sha256, sheet=shortened(report.sheet, 120)
    ).first()
    if same is None:
        return True
    return Refusal(f"Dit rekenblad is al ingelezen: het is {same}. Open die versie.")


def _unread_answers(report: BudgetReport) -> Iterator[Answer]:
    cells: dict[str, list[str]] = {}
    for each in report.unread:
        if each.figure:
            cells.setdefault(each.reason, []).append(f"{each.cell} (‘{shortened(each.text, 40)}’)")
    for reason, found in cells.items():
        yield Refusal(f"{listed(found, most=MOST_CELLS)}: {reason}")


def _year_answers(fund: Fund, report: BudgetReport) -> Iterator[Answer]:
    """The page reads with the years of the fund; a report can come from elsewhere."""
    allowed = fund.years
    span = f" Het loopt over {allowed[0]} tot en met {allowed[-1]}." if allowed else ""
    for year in report.years:
        if year not in allowed:
            cells = [cell for each in _figures(report) for y, cell in each[1].items() if y == year]
            yield Refusal(
                f"Het jaar {year} ({listed(cells) or report.years[year]}) valt buiten dit fonds."
                f"{span} Verbeter het jaar, of haal de bedragen van dat jaar weg."
            )


def _figures(report: BudgetReport) -> Iterator[tuple[dict[int, Decimal], dict[int, str]]]:
    """The amounts of every row, and in which cells they stand."""
    for heading in report.headings:
        for line in heading.lines:
            yield line.amounts, line.cells
    of_rows: list[Figures] = [heading.figures for heading in report.headings]
    of_rows += [report.contingency.figures] if report.contingency else []
    for figures in [*of_rows, report.subtotal, report.totals]:
        yield figures.stated, figures.cells


def _amounts_answer(report: BudgetReport) -> Answer:
    wrong = [
        f"{cells.get(year, year)} ({euro(amount)})"
        for amounts, cells in _figures(report)
        for year, amount in amounts.items()
        if not 0 <= amount <= MOST
    ]
    if not wrong:
        return True
    return Refusal(
        f"{listed(wrong, most=MOST_CELLS)}: een bedrag in de begroting is nul of meer, en "
        f"hoogstens {euro(MOST)}. Verbeter het bedrag; zet opbrengsten bij wat is toegekend."
    )


def _personal_data_answer(report: BudgetReport) -> Answer:
    """What may never be stored, such as a BSN, with its cell."""
    for cell, text in _texts(report):
        for finding in guard.findings(text):
            if finding.blocks:
                return Refusal(f"{cell}: {finding.message}")
    return True


def _texts(report: BudgetReport) -> Iterator[tuple[str, str]]:
    for heading in report.headings:
        yield heading.cell, f"{heading.name}\n{heading.explanation}"
        for line in heading.lines:
            yield line.cell, f"{line.name}\n{line.explanation}\n{line.code}"
    if report.contingency is not None:
        yield report.contingency.figures.cell, report.contingency.explanation
    for note in report.notes:
        yield note.cell, note.text
    for each in report.unread:
        yield each.cell, each.text


# Writing ------------------------------------------------------------------------------------------


def _write(version: BudgetVersion, plan: Plan) -> None:
    headings = [
        _heading(version, number, each) for number, each in enumerate(plan.headings, start=1)
    ]
    for heading, planned in zip(headings, plan.headings, strict=True):
        for number, line in enumerate(planned.lines, start=1):
            _line(version, heading, number, line)
    if plan.spare is not None:
        _line(version, None, 1, plan.spare)
    for (scope, place, year), amount in plan.stated.items():
        of = headings[place] if place is not None else None
        StatedTotal.objects.create(
            version=version, scope=scope, heading=of, year=year, amount=amount
        )


def _heading(version: BudgetVersion, number: int, planned: PlannedHeading) -> Heading:
    row = Heading(version=version, order=number, name=planned.name, block=planned.block)
    if planned.identity is not None:
        row.identity = planned.identity
    return fit(row)


def _line(
    version: BudgetVersion, heading: Heading | None, number: int, planned: PlannedLine
) -> None:
    kind = LineKind.CONTINGENCY if heading is None else LineKind.ORDINARY
    line = planned.goes_on or FundLine.objects.create(
        fund=version.fund, kind=kind, name=planned.name
    )
    row = BudgetLine.objects.create(
        version=version,
        heading=heading,
        line=line,
        order=number,
        name=planned.name,
        explanation=planned.explanation,
        execution=planned.execution,
    )
    for year, given in sorted(planned.years.items()):
        LineYear.objects.create(
            line=row,
            year=year,
            amount=ZERO if given.amount is None else given.amount,
            hours=given.hours,
            weeks=given.weeks,
            rate=given.rate,
            number=given.number,
            price=given.price,
        )


# What was chosen and not saved --------------------------------------------------------------------


@transaction.atomic
def keep_upload(fund: Fund, file: StoredFile, *, by: User | None) -> SheetUpload:
    """Lay a sheet ready for who is reading it in."""
    demand(by, "budget.lead", fund)
    return SheetUpload.objects.create(fund=fund, file=file)


def drop_upload(upload: SheetUpload) -> bool:
    """Take a sheet away that became no version; False where one has it."""
    content, file = upload.file.content, upload.file
    try:
        with transaction.atomic():
            upload.delete()
            file.delete()
    except ProtectedError:
        return False
    content.delete(save=False)
    return True


def sweep_uploads() -> int:
    """Take away sheets that became no version in 30 days; returns how many."""
    old = SheetUpload.objects.filter(file__uploaded_at__lt=clock.now() - KEEP_UPLOADS)
    return sum(drop_upload(each) for each in old.select_related("file"))
