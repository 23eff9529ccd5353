"""What of a sheet becomes what of a version; nothing is written here.

What a version cannot hold is told in its remarks: no word of the sheet goes in silence. A stated
figure is kept when a version of these lines shows the same difference for it as the sheet does, or
none where the sheet has none; so a version never blames a sheet that was right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from budget.differences import Sheet, checks
from budget.domain.lines import MOST_OF_IT, YearAmount
from budget.enums import MOST, LineKind, Scope
from budget.figures import ZERO
from budget.importing import BudgetReport
from budget.importing.explaining import decimal
from budget.importing.result import Basis, Figures, SheetHeading, SheetLine
from budget.importing.result import Scope as SheetScope
from budget.models import BudgetLine, BudgetVersion, Fund, FundLine, Heading
from core.formats import euro, sort_key
from core.money import CENT
from regioagenda.models import BuildingBlock

UNNAMED = "Overige posten"
SPARE = "Onvoorzien"
LITTLE_WORDS = {"de", "het", "een", "en", "of", "van", "voor", "in", "op"}
Key = tuple[Scope, int | None, int]  # of what, the place of its heading, the year


@dataclass
class PlannedLine:
    """A line as it will stand. `goes_on` is the line of the version in force that it continues."""

    name: str
    years: dict[int, YearAmount]
    explanation: str = ""
    execution: bool = False
    goes_on: FundLine | None = None


@dataclass
class PlannedHeading:
    """A heading as it will stand; `identity` is that of the heading it continues."""

    name: str
    lines: list[PlannedLine]
    block: BuildingBlock | None = None
    identity: UUID | None = None


@dataclass
class Plan:
    """A whole version. `stated` is kept as what the sheet stated; `gone` no longer stands in it."""

    headings: list[PlannedHeading] = field(default_factory=list)
    spare: PlannedLine | None = None
    stated: dict[Key, Decimal] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[PlannedLine]:
        found = [line for heading in self.headings for line in heading.lines]
        return found + ([self.spare] if self.spare else [])


def plan_of(report: BudgetReport, fund: Fund, before: BudgetVersion | None) -> Plan:
    """What this report makes of this fund; `before` is the version that now holds."""
    spare = fund.lines.filter(kind=LineKind.CONTINGENCY).first()
    blocks = list(BuildingBlock.objects.filter(region=fund.region_id))
    return laid_out(report, fund.contingency_rate, earlier_of(before, spare), blocks)


def laid_out(
    report: BudgetReport,
    rate: Decimal | None,
    earlier: "Earlier",
    blocks: Sequence[BuildingBlock],
) -> Plan:
    """The plan, from values alone."""
    plan = Plan()
    places: dict[int, int] = {}  # where a heading of the report stands in the plan
    parents = {each.under for each in report.headings if each.under}
    for heading in report.headings:
        if heading.name in parents and not heading.lines:
            plan.remarks += _stated_in_words(heading.name, heading.figures)
        else:
            places[id(heading)] = len(plan.headings)
            plan.headings.append(_heading(heading, plan, blocks, earlier))
        if heading.explanation:
            plan.remarks.append(f"{heading.name or UNNAMED}: {heading.explanation}")
    if (found := report.contingency) is not None:
        years = {year: YearAmount(amount) for year, amount in found.figures.stated.items()}
        plan.spare = PlannedLine(SPARE, years, found.explanation, goes_on=earlier.spare)
    plan.gone = [row.name for row in earlier.rows]
    expected = _expected(report, places)
    stated = _stated(report, places, parents)
    for key, (said, _) in expected.items():
        stated.setdefault(key, said)  # left empty, where it should not be: that counts as nil
    _settle(plan, stated, expected, report, rate)
    _say_the_rest(plan, report)
    return plan


# Names --------------------------------------------------------------------------------------------


@dataclass
class Earlier:
    """The headings and lines of the version in force, each to be gone on with once."""

    headings: dict[str, Heading] = field(default_factory=dict)
    rows: list[BudgetLine] = field(default_factory=list)
    spare: FundLine | None = None

    def heading(self, name: str) -> Heading | None:
        return self.headings.pop(sort_key(name), None)

    def line(self, name: str, heading: str) -> FundLine | None:
        """Of that name under a heading of that name, else the only one of that name."""
        same = [row for row in self.rows if sort_key(row.name) == sort_key(name)]
        here = [row for row in same if row.heading and _same(row.heading.name, heading)]
        row = here[0] if here else same[0] if len(same) == 1 else None
        if row is None:
            return None
        self.rows.remove(row)
        return row.line


def earlier_of(version: BudgetVersion | None, spare: FundLine | None) -> Earlier:
    if version is None:
        return Earlier(spare=spare)
    headings = {sort_key(each.name): each for each in version.headings.select_related("block")}
    rows = version.lines.filter(line__kind=LineKind.ORDINARY).select_related("line", "heading")
    return Earlier(headings, list(rows), spare)


def _same(one: str, other: str) -> bool:
    return sort_key(one) == sort_key(other)


def block_for(name: str, blocks: Iterable[BuildingBlock]) -> BuildingBlock | None:
    """The building block or theme that this name says: its title, or two words or more of it."""
    mine = _words(name)
    same = [each for each in blocks if sort_key(name) in (sort_key(each.title), _short(each))]
    part = [each for each in blocks if len(mine) > 1 and mine <= _words(each.title)]
    found = same or part
    return found[0] if len(found) == 1 else None


def _short(block: BuildingBlock) -> str:
    return sort_key(block.short) or "-"


def _words(text: str) -> set[str]:
    plain = "".join(char if char.isalnum() else " " for char in sort_key(text))
    return set(plain.split()) - LITTLE_WORDS


def _heading(
    read: SheetHeading, plan: Plan, blocks: Sequence[BuildingBlock], earlier: Earlier
) -> PlannedHeading:
    name = " ".join(read.name.split()) or UNNAMED
    before = earlier.heading(name)
    block = block_for(name, blocks) or (before.block if before else None)
    taken = {sort_key(each.name) for each in plan.headings}
    shown = shortened(name, 120)
    if sort_key(shown) in taken and read.under:
        shown = shortened(f"{read.under}: {name}", 120)
    number = 2
    while sort_key(shown) in taken:
        shown, number = f"{shortened(name, 112)} ({number})", number + 1
    if len(name) > 120:
        plan.remarks.append(f"{shown} heet in het blad: {name}")
    lines = [_line(line, shown, earlier) for line in read.lines]
    return PlannedHeading(shown, lines, block, before.identity if before else None)


def _line(read: SheetLine, heading: str, earlier: Earlier) -> PlannedLine:
    name = " ".join(read.name.split())
    fits = {year: _fits(basis) and year in read.amounts for year, basis in read.basis.items()}
    years = {
        year: _year(amount, read.basis[year] if fits.get(year) else None)
        for year, amount in read.amounts.items()
    }
    loose = {year: basis for year, basis in read.basis.items() if not fits[year]}
    parts = [name if len(name) > 200 else "", read.explanation, _in_words(loose)]
    if read.code:
        parts.append(f"Nummer in het blad: {read.code}")
    shown = shortened(name, 200)
    explanation = sentences(parts)
    return PlannedLine(
        shown, years, explanation, read.execution_budget, earlier.line(shown, heading)
    )


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning up to a word with '…'."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def sentences(parts: Iterable[str]) -> str:
    """The parts that say something, one after the other."""
    said = [part.strip() for part in parts if part.strip()]
    ended = [part if part.endswith((".", "!", "?")) else f"{part}." for part in said[:-1]]
    return " ".join(ended + said[-1:])


# Amounts ------------------------------------------------------------------------------------------


def _year(amount: Decimal, basis: Basis | None) -> YearAmount:
    if basis is None:
        return YearAmount(amount)
    if basis.weeks is not None:
        return YearAmount(amount, hours=basis.hours, weeks=basis.weeks, rate=basis.rate)
    return YearAmount(amount, number=basis.number, price=basis.price)


def _fits(basis: Basis) -> bool:
    """Whether a version can hold it: whole, in two decimals, and no absurd number."""
    if basis.amount is None:
        return False
    if basis.weeks is not None:
        counts, sums = [basis.hours, basis.weeks], [basis.rate]
    else:
        counts, sums = [basis.number], [basis.price]
    factors = [each for each in (*counts, *sums) if each is not None]
    return (
        all(each == each.quantize(CENT) for each in factors)
        and all(each is not None and each < MOST_OF_IT for each in counts)
        and (basis.weeks is None or basis.weeks < 1000)
        and all(each is not None and each <= MOST for each in sums)
    )


def _in_words(bases: Mapping[int, Basis]) -> str:
    """What of a basis has no field of its own: 'In het blad: 2,5 uur per week'."""
    told = [(year, text) for year, basis in bases.items() if (text := _factors(basis))]
    if len({text for _, text in told}) == 1:
        return f"In het blad: {told[0][1]}"
    return f"In het blad: {', '.join(f'{year}: {text}' for year, text in told)}" if told else ""


def _factors(basis: Basis) -> str:
    hours = " uur per week" if basis.weeks is not None or basis.number is None else " uur"
    named = [
        (basis.hours, "", hours),
        (basis.weeks, "", " weken"),
        (basis.rate, "€ ", " per uur"),
        (basis.number, "", ""),
        (basis.price, "€ ", " per stuk"),
    ]
    return " × ".join(
        f"{before}{decimal(factor)}{after}" for factor, before, after in named if factor is not None
    )


# What the sheet stated ----------------------------------------------------------------------------


def _stated(
    report: BudgetReport, places: Mapping[int, int], parents: set[str]
) -> dict[Key, Decimal]:
    """Every stated figure that a version has a place for."""
    found: dict[Key, Decimal] = {}
    for heading in report.headings:
        place = places.get(id(heading))
        if place is not None and heading.name not in parents:
            found |= {(Scope.HEADING, place, y): v for y, v in heading.figures.stated.items()}
    named = [(Scope.SUBTOTAL, report.subtotal), (Scope.TOTAL, report.totals)]
    if report.contingency is not None:
        named.insert(1, (Scope.CONTINGENCY, report.contingency.figures))
    for scope, figures in named:
        found |= {(scope, None, year): amount for year, amount in figures.stated.items()}
    return found


def _expected(
    report: BudgetReport, places: Mapping[int, int]
) -> dict[Key, tuple[Decimal, Decimal]]:
    """The differences of the report that a version can show."""
    by_name = {each.name: places[id(each)] for each in report.headings if id(each) in places}
    found: dict[Key, tuple[Decimal, Decimal]] = {}
    for each in report.differences:
        if each.year is None or each.scope.value not in Scope.values:
            continue
        place = by_name.get(each.name) if each.scope is SheetScope.HEADING else None
        if each.scope is not SheetScope.HEADING or place is not None:
            found[Scope(each.scope.value), place, each.year] = (each.stated, each.computed)
    return found


def _settle(
    plan: Plan,
    stated: dict[Key, Decimal],
    expected: Mapping[Key, tuple[Decimal, Decimal]],
    report: BudgetReport,
    rate: Decimal | None,
) -> None:
    """Keep the stated figures that a version of these lines judges as the report did."""
    years = sorted({year for _, _, year in stated})
    shown: set[Key] = set()
    for year in years:
        while True:
            found = {
                (Scope(scope), place, year): (said, made)
                for scope, place, said, made in checks(sheet_of(plan, stated, year), rate)
            }
            strange = [key for key, both in found.items() if expected.get(key) != both]
            if not strange:
                shown |= set(found)
                break
            plan.remarks.append(_dropped(plan, strange[0], stated.pop(strange[0])))
    plan.stated = stated
    told = {(key[0].value, key[2], expected[key]) for key in shown}
    plan.remarks[:0] = [
        each.explanation
        for each in report.differences
        if (each.scope.value, each.year, (each.stated, each.computed)) not in told
    ]


def sheet_of(plan: Plan, stated: Mapping[Key, Decimal], year: int) -> Sheet:
    """The plan as a version of it will be weighed, with these stated figures."""

    def amount(line: PlannedLine) -> Decimal:
        return (line.years.get(year) or YearAmount()).amount or ZERO

    return Sheet(
        lines={
            place: sum(map(amount, heading.lines), ZERO)
            for place, heading in enumerate(plan.headings)
        },
        contingency=amount(plan.spare) if plan.spare else ZERO,
        headings={
            place: value
            for (scope, place, of), value in stated.items()
            if scope == Scope.HEADING and place is not None and of == year
        },
        subtotal=stated.get((Scope.SUBTOTAL, None, year)),
        stated_contingency=stated.get((Scope.CONTINGENCY, None, year)),
        total=stated.get((Scope.TOTAL, None, year)),
    )


def _dropped(plan: Plan, key: Key, amount: Decimal) -> str:
    scope, place, year = key
    what = plan.headings[place].name if place is not None else scope.label.capitalize()
    return f"{what} {year} in het blad: {euro(amount)}. Hier is dat niet na te rekenen."


def _stated_in_words(name: str, figures: Figures) -> list[str]:
    told = ", ".join(f"{year} {euro(amount)}" for year, amount in figures.stated.items())
    return [f"{name} is in het blad de som van andere onderdelen: {told}."] if told else []


def _say_the_rest(plan: Plan, report: BudgetReport) -> None:
    """What the sheet says beside its figures, and what did not fit."""
    kept = {
        (line.name, year)
        for line in plan.lines
        for year, given in line.years.items()
        if given.hours is not None or given.number is not None
    }
    plan.remarks += [
        each.explanation
        for each in report.basis_differences
        if (shortened(" ".join(each.line.split()), 200), each.year) not in kept
    ]
    plan.remarks += report.warnings
    plan.remarks += [f"{each.cell}: {each.text}" for each in report.notes]
    plan.remarks += [f"{each.cell}: {each.text} ({each.reason})" for each in report.unread]
    tidy = (" ".join(each.split()) for each in plan.remarks)
    plan.remarks = [each for each, _ in groupby(filter(None, tidy))]
