"""Funds in bulk: a budget of lines and years, promises on each, and invoices that came of them.

As everywhere in this folder rows go in past the domain functions; their sums are right all the
same. What waits and what was booked of late is alike in every fund, however many invoices it has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from budget.enums import CommitmentState, EntryKind, InvoiceKind, InvoiceState, LineKind, Scope
from budget.models import (
    BudgetLine,
    BudgetVersion,
    Commitment,
    Fund,
    FundLine,
    Heading,
    Instalment,
    Invoice,
    LedgerEntry,
    LineYear,
    StatedTotal,
    Supplier,
)
from core import clock
from regiovisie.bench_data.organisation import build_region, save_all
from regiovisie.bench_data.sheaf import at

LINES, YEARS, HEADINGS, SUPPLIERS = 60, 10, 8, 20
BUDGET, PROMISED = Decimal(100_000), Decimal(80_000)  # of every line in every year
WAITING, LATELY = 20, 10  # invoices that wait, and that were booked this week
SLUG = "transformatiefonds"


@dataclass(frozen=True)
class Frame:
    """A fund with its lines and years, before any money moved."""

    fund: Fund
    version: BudgetVersion
    lines: Sequence[FundLine]
    years: Sequence[int]
    by: User


def build_funds(
    invoices: Sequence[int], *, lines: int = LINES, years: int = YEARS, newest: int | None = None
) -> list[Fund]:
    """A region with a fund for each number of invoices, in an empty database."""
    last = newest or clock.today().year
    with transaction.atomic():
        funds = [
            _fund(number, lines, range(last - years + 1, last + 1), count)
            for number, count in enumerate(invoices, start=1)
        ]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return funds


def _fund(number: int, lines: int, years: Sequence[int], invoices: int) -> Fund:
    cast = build_region(number)
    fund = Fund(
        region=cast.region,
        slug=SLUG,
        name="Transformatiefonds",
        grantor="het ministerie van VWS",
        starts_on=date(years[0], 1, 1),
        ends_on=date(years[-1], 12, 31),
    )
    save_all([fund])
    granted = BUDGET * lines
    save_all([Instalment(fund=fund, year=y, amount=granted, label="termijn") for y in years])
    frame = _budget(fund, cast.team, lines, years)
    _bill(frame, _promises(frame), invoices)
    return fund


def _budget(fund: Fund, by: User, lines: int, years: Sequence[int]) -> Frame:
    """A version in force, read from a sheet whose totals are right."""
    day = fund.starts_on
    version = BudgetVersion(
        fund=fund,
        number=1,
        state="adopted",
        ground="Bestuur",
        adopted_on=day,
        adopted_by=by,
        created_at=at(day, 9),
    )
    save_all([version])
    headings = save_all(
        [Heading(version=version, order=n, name=f"Onderdeel {n}") for n in range(1, HEADINGS + 1)]
    )
    names = [*(f"Post {n}" for n in range(1, lines)), "Onvoorzien"]
    fund_lines = save_all([FundLine(fund=fund, name=name) for name in names[:-1]])
    spare = FundLine(fund=fund, name=names[-1], kind=LineKind.CONTINGENCY)
    fund_lines += save_all([spare])
    rows = save_all(
        [
            BudgetLine(
                version=version,
                line=line,
                heading=None if line is spare else headings[n % HEADINGS],
                order=n,
                name=line.name,
            )
            for n, line in enumerate(fund_lines)
        ]
    )
    save_all([LineYear(line=row, year=year, amount=BUDGET) for row in rows for year in years])
    under = [sum(row.heading is heading for row in rows) for heading in headings]
    save_all(
        [
            StatedTotal(
                version=version, scope=Scope.HEADING, heading=of, year=year, amount=BUDGET * count
            )
            for of, count in zip(headings, under, strict=True)
            for year in years
        ]
    )
    save_all(
        [
            LedgerEntry(
                fund=fund,
                line=line,
                year=year,
                kind=EntryKind.BUDGET,
                amount=BUDGET,
                effective_on=day,
                recorded_at=at(day, 9),
                version=version,
                by=by,
            )
            for line in fund_lines
            for year in years
        ]
    )
    return Frame(fund, version, fund_lines, years, by)


def _promises(frame: Frame) -> list[Commitment]:
    """One for every line in every year; nothing on the unforeseen."""
    firms = save_all(
        [
            Supplier(region=frame.fund.region, name=f"Aanbieder {n}", sort_name=f"aanbieder {n}")
            for n in range(1, SUPPLIERS + 1)
        ]
    )
    rows = []
    for year in frame.years:
        begins = date(year, 1, 1)
        for n, line in enumerate(frame.lines[:-1], start=1):
            rows.append(
                Commitment(
                    fund=frame.fund,
                    line=line,
                    year=year,
                    sequence=n,
                    supplier=firms[n % SUPPLIERS],
                    amount=PROMISED,
                    what=f"Inzet voor {line.name.lower()}",
                    starts_on=begins,
                    ends_on=date(year, 12, 31),
                    state=CommitmentState.SIGNED,
                    proposed_by=frame.by,
                    proposed_at=at(begins, 9),
                    signed_by=frame.by,
                    signed_on=begins,
                )
            )
    save_all(rows)
    booked = [
        _entry(row, EntryKind.COMMIT, row.amount, at(row.starts_on, 10), frame.by) for row in rows
    ]
    save_all(booked)
    return rows


def _bill(frame: Frame, promises: Sequence[Commitment], invoices: int) -> None:
    """As many on every promise, paid within their year; the last ones still wait."""
    recent = promises[-(len(frame.lines) - 1) :]
    waiting = [_invoice(recent[n % len(recent)], n, Decimal(1), paid=None) for n in range(WAITING)]
    save_all(waiting)
    amount = (PROMISED * len(promises) / max(invoices, 1) / 2).quantize(Decimal("0.01"))
    paid = []
    for n in range(invoices - WAITING):
        lately = n < LATELY
        of = recent[n % len(recent)] if lately else promises[n % len(promises)]
        paid.append(_invoice(of, n + WAITING, amount, paid=_moment(of, n, lately)))
    save_all(paid)
    save_all(list(_booked(paid, frame.by)))


def _moment(of: Commitment, n: int, lately: bool) -> datetime:
    """A day in its own year, but this week for a few and never of late for the others."""
    if lately:
        return clock.now() - timedelta(days=3)
    whole = min(date(of.year, 12, 1), clock.today() - timedelta(days=60)) - of.starts_on
    return at(of.starts_on + timedelta(days=n * 7 % max(whole.days, 1)), 11)


def _invoice(of: Commitment, n: int, amount: Decimal, paid: datetime | None) -> Invoice:
    moment = paid or clock.now() - timedelta(days=2)
    row = Invoice(
        commitment=of,
        supplier_id=of.supplier_id,
        number=f"F-{n:06d}",
        kind=InvoiceKind.PARTIAL,
        amount=amount,
        dated=moment.date(),
        received_on=moment.date(),
    )
    if paid is not None:
        row.state, row.performance = InvoiceState.PAID, "Geleverd zoals afgesproken."
        row.checked_at = row.payable_at = paid
        row.paid_on = paid.date()
    row.set_number_key()
    return row


def _booked(paid: Sequence[Invoice], by: User) -> Iterator[LedgerEntry]:
    for row in paid:
        assert row.payable_at is not None
        for kind in (EntryKind.INVOICE, EntryKind.PAYMENT):
            yield _entry(row.commitment, kind, row.amount, row.payable_at, by, invoice=row)


def _entry(
    of: Commitment, kind: EntryKind, amount: Decimal, moment: datetime, by: User, **more: Any
) -> LedgerEntry:
    return LedgerEntry(
        fund_id=of.fund_id,
        line_id=of.line_id,
        year=of.year,
        commitment=of,
        kind=kind,
        amount=amount,
        effective_on=moment.date(),
        recorded_at=moment,
        by=by,
        **more,
    )
