"""The budget in versions: written as a concept, adopted, and from then on in the ledger.

Adopting posts the difference between this version and what the ledger holds, so that afterwards the
two are equal to the cent. What was moved between lines while the concept lay there is not undone in
silence: the concept takes it in first (`take_in_moves`).
"""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum

from accounts.models import User
from budget.domain.rows import fit, hold, one_line, still
from budget.enums import BUDGETED, MOVED, VersionState
from budget.figures import ZERO
from budget.models import (
    BudgetLine,
    BudgetVersion,
    Fund,
    FundLine,
    Heading,
    LedgerEntry,
    LineYear,
)
from core.formats import euro
from core.models import StatusChange
from core.refusal import Answer, Refusal, Refused, require
from core.transitions import Transition, TransitionTable
from governance.domain.texts import refuse_personal_data
from governance.rules import demand

FROZEN = Refusal(
    "Deze begroting is vastgesteld en verandert niet meer. Maak een nieuwe versie, of verschuif "
    "een bedrag."
)
STATES: TransitionTable[BudgetVersion] = TransitionTable(
    [
        Transition("adopt", ("concept",), "adopted", "Begroting vaststellen"),
        Transition("replace", ("adopted",), "replaced", "Begroting vervangen"),
    ]
)


def writable(version: BudgetVersion, by: User | None) -> BudgetVersion:
    """The version under a lock, for who may write it. Refuses one that was adopted.

    The fund first, as in every act here: a new line refers to it, and two locks taken in another
    order would wait for each other.
    """
    hold(version.fund_id)
    current = still(BudgetVersion.objects.select_related("fund__region"), version.pk)
    demand(by, "budget.lead", current)
    require(True if current.state == VersionState.CONCEPT else FROZEN)
    return current


def in_force(fund: Fund) -> BudgetVersion | None:
    """The adopted version that holds now."""
    return fund.versions.filter(state=VersionState.ADOPTED).first()


@transaction.atomic
def draft_version(
    fund: Fund, *, title: str = "", source: str = "", by: User | None
) -> BudgetVersion:
    """A concept: empty for the first, else with the lines of the version in force.

    Its amounts are those of the ledger now, moves between lines taken in. Refuses a second concept.
    """
    current = hold(fund.pk)
    demand(by, "budget.lead", current)
    require(concept_answer(current))
    before = in_force(current)
    version = begin(current, before, title=title, source=source)
    if before is not None:
        _copy(before, version)
    StatusChange.log(version, act="budget_drafted", by=by, after=version.state)
    return version


def concept_answer(fund: Fund) -> Answer:
    """Whether a concept can be begun: there is one at a time."""
    if not fund.versions.filter(state=VersionState.CONCEPT).exists():
        return True
    return Refusal("Er is al een begroting in concept. Stel die vast of gooi haar weg.")


def begin(
    fund: Fund, before: BudgetVersion | None, *, title: str, source: str, **more: Any
) -> BudgetVersion:
    """An empty concept under the next number, of a fund that is held."""
    refuse_personal_data({"title": title, "source": source})
    last = fund.versions.aggregate(last=Max("number"))["last"] or 0
    version = BudgetVersion(
        fund=fund,
        number=last + 1,
        title=one_line(title) or (before.title if before else ""),
        source=one_line(source),
        drawn_from=before,
        seen_entry=_last_entry(fund),
        **more,
    )
    return fit(version)


def _last_entry(fund: Fund) -> int:
    return LedgerEntry.objects.filter(fund=fund).aggregate(last=Max("pk"))["last"] or 0


def _copy(before: BudgetVersion, version: BudgetVersion) -> None:
    headings: dict[int | None, Heading | None] = {None: None}
    for old in before.headings.all():
        headings[old.pk] = Heading.objects.create(
            version=version,
            order=old.order,
            name=old.name,
            block_id=old.block_id,
            identity=old.identity,
        )
    now = budgeted(version.fund)
    for line in before.lines.select_related("line").prefetch_related("years"):
        copied = BudgetLine.objects.create(
            version=version,
            heading=headings[line.heading_id],
            line=line.line,
            order=line.order,
            name=line.name,
            explanation=line.explanation,
            execution=line.execution,
        )
        stood = {each.year: each for each in line.years.all()}
        moved = {year for (pk, year) in now if pk == line.line_id}
        for year in sorted(set(stood) | moved):
            _copy_year(copied, year, now.get((line.line_id, year), ZERO), stood.get(year))


def _copy_year(line: BudgetLine, year: int, amount: Decimal, old: LineYear | None) -> None:
    """The amount as the ledger has it. Its basis goes along as long as the amount did not move."""
    row = LineYear(line=line, year=year, amount=amount)
    if old is not None and old.amount == amount:
        for name in ("hours", "weeks", "rate", "number", "price"):
            setattr(row, name, getattr(old, name))
    row.save()


def budgeted(fund: Fund) -> dict[tuple[int, int], Decimal]:
    """What the ledger has as budget, per line and year; one query."""
    rows = (
        LedgerEntry.objects.filter(fund=fund, kind__in=BUDGETED)
        .order_by()
        .values_list("line", "year")
        .annotate(Sum("amount"))
    )
    return {(line, year): amount for line, year, amount in rows}


@transaction.atomic
def discard_version(version: BudgetVersion, *, by: User | None) -> None:
    """Throw a concept away, with the lines that only it had."""
    current = writable(version, by)
    lines = list(FundLine.objects.filter(in_versions__version=current))
    StatusChange.log(current.fund, act="budget_discarded", by=by, why=str(current))
    current.lines.all().delete()
    current.delete()
    for line in lines:
        forget_line(line)


def forget_line(line: FundLine) -> None:
    """Take away a line that no version has and no money was ever booked or asked on."""
    used = (
        line.in_versions.exists()
        or line.entries.exists()
        or line.commitments.exists()
        or line.mandates.exists()
    )
    if not used:
        line.delete()


@transaction.atomic
def take_in_moves(version: BudgetVersion, *, by: User | None) -> BudgetVersion:
    """Bring what was moved between lines since the concept was drawn into its amounts.

    Refuses when a line that lost money has less than that in the concept, or is not in it.
    """
    fund = hold(version.fund_id)
    current = writable(version, by)
    for (line, year), (name, amount) in moves_since(current).items():
        row = current.lines.filter(line=line).first()
        if row is None:
            raise Refused(
                Refusal(f"Naar of van {name} is geschoven, en die post staat niet in dit concept.")
            )
        stands = row.years.filter(year=year).first() or LineYear(line=row, year=year, amount=ZERO)
        if stands.amount + amount < 0:
            raise Refused(
                Refusal(
                    f"Van {name} {year} is {euro(-amount)} weggeschoven, en in dit concept staat "
                    f"{euro(stands.amount)}. Verhoog die post eerst."
                )
            )
        stands.amount += amount
        # What was reckoned no longer makes this amount.
        stands.hours = stands.weeks = stands.rate = stands.number = stands.price = None
        fit(stands)
        row.revision += 1
        row.save()
    current.seen_entry = _last_entry(fund)
    current.save()
    StatusChange.log(current, act="moves_taken_in", by=by)
    return current


def moves_since(version: BudgetVersion) -> dict[tuple[int, int], tuple[str, Decimal]]:
    """Per line and year the name and what was moved since this concept was drawn; no nils."""
    rows = (
        LedgerEntry.objects.filter(fund=version.fund_id, kind__in=MOVED, pk__gt=version.seen_entry)
        .order_by()
        .values_list("line", "year", "line__name")
        .annotate(Sum("amount"))
    )
    return {(line, year): (name, amount) for line, year, name, amount in rows if amount}


def amounts_of(version: BudgetVersion) -> dict[tuple[int, int], Decimal]:
    """Per line of the fund and year what a version gives it."""
    rows = LineYear.objects.filter(line__version=version)
    return {
        (line, year): amount
        for line, year, amount in rows.values_list("line__line", "year", "amount")
    }
