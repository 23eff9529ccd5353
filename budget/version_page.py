"""The pages of a version of the budget: its lines, its sheet, and comparing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from budget.addresses import url_of
from budget.compare import Comparison, LineChange, compare_versions
from budget.differences import Difference, consequence, found_in, of_basis
from budget.domain.adoption import adoption_answers
from budget.domain.funds import holdings
from budget.domain.versions import moves_since
from budget.enums import Scope, VersionState
from budget.figures import ZERO
from budget.fund_page import crumbs as fund_crumbs
from budget.models import BudgetLine, BudgetVersion, Heading, StatedTotal
from core.components import Crumb
from core.formats import euro, long_date, percentage
from core.refusal import Refusal

TONES = {
    VersionState.CONCEPT: "warning",
    VersionState.ADOPTED: "success",
    VersionState.REPLACED: "inactive",
}


def address(name: str, version: BudgetVersion, *args: object) -> str:
    return url_of(name, version.fund, version.number, *args)


def crumbs(version: BudgetVersion, *more: Crumb) -> list[Crumb]:
    here = address("version", version) if more else ""
    versions = Crumb("Begroting", url_of("version-list", version.fund))
    return fund_crumbs(version.fund, versions, Crumb(f"Versie {version.number}", here), *more)


def status_of(version: BudgetVersion) -> str:
    if version.state == VersionState.CONCEPT:
        return "Alleen wie aan dit fonds werkt, ziet dit concept."
    by = version.ground or str(version.decision)
    return f"Vastgesteld op {long_date(version.adopted_on)}: {by}."


# The table ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineRow:
    """A line with its amount in each year; None where it has none."""

    row: BudgetLine
    years: tuple[Decimal | None, ...]
    bases: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum((each or ZERO for each in self.years), ZERO)


@dataclass(frozen=True)
class HeadingRows:
    """A heading, or (`heading` None) what stands outside one; computed beside what was stated."""

    heading: Heading | None
    lines: tuple[LineRow, ...]
    years: tuple[Decimal, ...]
    stated: tuple[Decimal | None, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum(self.years, ZERO)

    @property
    def differs(self) -> bool:
        pairs = zip(self.stated, self.years, strict=True) if self.stated else ()
        return any(said is not None and said != made for said, made in pairs)


@dataclass(frozen=True)
class Sheet:
    """A whole version: headings with lines, and the totals per year."""

    years: tuple[int, ...]
    parts: tuple[HeadingRows, ...]
    totals: tuple[Decimal, ...]
    stated: tuple[Decimal | None, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.totals, ZERO)

    @property
    def differs(self) -> bool:
        pairs = zip(self.stated, self.totals, strict=True)
        return any(said is not None and said != made for said, made in pairs)


def sheet_of(version: BudgetVersion) -> Sheet:
    """Four queries, whatever the number of lines."""
    lines = BudgetLine.objects.select_related("line").prefetch_related("years")
    lines = lines.order_by("order", "pk")
    headings = list(version.headings.prefetch_related(Prefetch("lines", lines)))
    loose = list(lines.filter(version=version, heading__isnull=True))
    found = [*loose, *(line for heading in headings for line in heading.lines.all())]
    seen = {each.year for line in found for each in line.years.all()}
    years = tuple(sorted(set(version.fund.years) | seen))
    stated = {(row.scope, row.heading_id, row.year): row.amount for row in version.stated.all()}
    parts = [_part(each, list(each.lines.all()), years, stated) for each in headings]
    if loose:
        parts.append(_part(None, loose, years, {}))
    totals = tuple(sum((part.years[n] for part in parts), ZERO) for n, _ in enumerate(years))
    said = tuple(stated.get((Scope.TOTAL, None, year)) for year in years)
    return Sheet(years, tuple(parts), totals, said)


def _part(
    heading: Heading | None,
    lines: Sequence[BudgetLine],
    years: tuple[int, ...],
    stated: dict[Any, Decimal],
) -> HeadingRows:
    rows = []
    for line in lines:
        amounts = {each.year: each.amount for each in line.years.all()}
        rows.append(LineRow(line, tuple(amounts.get(year) for year in years)))
    sums = tuple(sum((row.years[n] or ZERO for row in rows), ZERO) for n, _ in enumerate(years))
    said = tuple(
        stated.get((Scope.HEADING, heading.pk, year)) if heading else None for year in years
    )
    return HeadingRows(heading, tuple(rows), sums, said)


# Where the sheet contradicts itself ---------------------------------------------------------------


@dataclass(frozen=True)
class DifferenceCard:
    """One difference as the page shows it, with what may explain it, and its judgement."""

    title: str
    stated: Decimal
    computed: Decimal
    difference: Decimal
    computed_label: str
    explanation: str
    url: str
    judgement: str


def difference_cards(version: BudgetVersion) -> list[DifferenceCard]:
    """Every difference with the sheet, judged or not."""
    found = found_in(version)
    if not found:
        return []
    judged = {row.pk: row for row in version.stated.all()}
    lines = list(
        BudgetLine.objects.filter(version=version).values_list(
            "heading", "name", "years__year", "years__amount"
        )
    )
    return [_card(version, each, judged, lines) for each in found]


def _card(
    version: BudgetVersion,
    found: Difference,
    judged: dict[int, StatedTotal],
    lines: Sequence[tuple[int | None, str, int, Decimal]],
) -> DifferenceCard:
    rate = version.fund.contingency_rate
    row = judged[found.stated_pk] if found.stated_pk else None
    label = "Nageteld"
    if found.scope == Scope.CONTINGENCY and rate is not None:
        label = f"{percentage(rate)} van de andere posten"
    return DifferenceCard(
        title=f"{found.name} {found.year} telt niet op"
        if found.scope != Scope.CONTINGENCY
        else f"Onvoorzien {found.year} is geen {percentage(rate or 0)}",
        stated=found.stated,
        computed=found.computed,
        difference=abs(found.amount),
        computed_label=label,
        explanation=_explained(found, lines, rate),
        url=address("version-judge", version, found.stated_pk),
        judgement=row.judgement if row and found.judged else "",
    )


def _explained(
    found: Difference,
    lines: Sequence[tuple[int | None, str, int, Decimal]],
    rate: Decimal | None,
) -> str:
    if found.scope != Scope.HEADING:
        return ""
    same = [
        name
        for heading, name, year, amount in lines
        if heading == found.heading and year == found.year and amount == found.amount
    ]
    parts = []
    if same:
        parts.append(f"Dit is precies de post {same[0]}. Die lijkt niet meegeteld.")
    alone, with_spare = consequence(found, rate)
    if found.amount > 0:
        more = f", of {euro(with_spare)} met onvoorzien" if with_spare != alone else ""
        parts.append(f"Telt u hem mee, dan wordt het totaal {euro(alone)} hoger{more}.")
    return " ".join(parts)


def context_of(version: BudgetVersion, *, writes: bool, handles: bool) -> dict[str, Any]:
    """What `version_detail.html` draws."""
    sheet = sheet_of(version)
    there = holdings(version.fund)
    concept = version.state == VersionState.CONCEPT
    moves = moves_since(version) if concept and writes else {}
    return {
        "version": version,
        "sheet": sheet,
        "there": there,
        "room": there - sheet.total,
        "short": sheet.total - there,
        "differences": difference_cards(version),
        "bases": of_basis(version),
        "moves": [(name, year, amount) for (_, year), (name, amount) in moves.items()],
        "missing": [each.reason for each in adoption_answers(version) if isinstance(each, Refusal)]
        if concept and writes
        else [],
        "concept": concept,
        "writing": concept and writes,
        "remarks": version.remarks.splitlines() if handles else [],
        "handles": handles,
        "tone": TONES[VersionState(version.state)],
        "status": status_of(version),
        "crumbs": crumbs(version),
    }


# Comparing ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ComparedLine:
    """A line that differs: what happened to it in words, and each year that differs."""

    name: str
    what: tuple[str, ...]
    years: tuple[tuple[int, Decimal | None, Decimal | None, Decimal], ...]


def compared(before: BudgetVersion, after: BudgetVersion) -> tuple[list[ComparedLine], Comparison]:
    """Every line that differs, in words, with the totals that do."""
    comparison = compare_versions(before, after)
    return [_compared(each) for each in comparison.lines], comparison


def _compared(change: LineChange) -> ComparedLine:
    row = change.after or change.before
    what = []
    if change.is_new:
        what.append("Nieuw")
    if change.is_gone:
        what.append("Weg")
    if change.renamed and change.before is not None:
        what.append(f"Heette {change.before.name}")
    if change.moved and change.before is not None and change.before.heading is not None:
        what.append(f"Stond onder {change.before.heading.name}")
    if change.reworded:
        what.append("Andere toelichting of ander soort budget")
    years = tuple((each.year, each.before, each.after, each.difference) for each in change.years)
    return ComparedLine(row.name if row else "", tuple(what), years)
