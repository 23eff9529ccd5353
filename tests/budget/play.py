"""Acts on a fund, and beside it a model in memory that says what each of them should come to.

Each act is tried at the fund, and has to be refused exactly when the model says so.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from budget.domain import (
    adoption,
    commitment_amounts,
    commitments,
    corrections,
    invoices,
    lines,
    payments,
    reallocations,
    versions,
)
from budget.figures import Amounts
from budget.models import Commitment, FundLine, Invoice, LedgerEntry
from budget.queries import amounts_of
from core import clock
from core.refusal import Refused
from tests import fund as funds
from tests.budget.model import ZERO, Bill, Key, Model, Promise
from tests.fund import House, budget_line, eur

HELD = eur(5000)


class Play(Model):
    """A fund with a clock that moves, and the model of it."""

    def __init__(self, house: House) -> None:
        super().__init__(
            {
                (house.leading.pk, 2021): eur(1000),
                (house.leading.pk, 2022): eur(500),
                (house.crisis.pk, 2021): eur(2000),
                (house.crisis.pk, 2022): ZERO,
                (house.spare.pk, 2021): eur(500),
            }
        )
        self.house = house
        self.now = clock.now()
        self.log: list[tuple[datetime, dict[Key, Amounts]]] = [(self.now, self.stand())]
        self.did: Counter[str] = Counter()

    # Trying an act ---------------------------------------------------------------------------

    def attempt(self, fits: bool, act: Callable[[], object]) -> object | None:
        """The act at the fund, refused exactly when the model says that it does not fit."""
        result, sentence = None, ""
        try:
            with clock.at(self.now):
                result = act()
        except Refused as refused:
            sentence = str(refused)
        assert bool(sentence) != fits, sentence or "should have been refused"
        self.did[self.doing] += fits
        return result

    def check(self) -> None:
        """Model and ledger are equal to the cent, nothing is below zero."""
        found = {k: v for k, v in amounts_of(self.house.fund).items() if v != Amounts()}
        assert found == self.stand()
        assert all(each.left >= 0 for each in found.values())
        self.log.append((self.now, self.stand()))

    def step(self, act: str, a: int, b: int, cents: int) -> None:
        """One act out of three numbers, after a moment."""
        self.now += timedelta(minutes=7)
        self.doing = act
        getattr(self, act)(a, b, Decimal(cents) / 100)
        self.check()

    def pick(self, a: int, *states: str) -> Promise | None:
        """A commitment in one of these states; any when there is none."""
        rows = [each for each in self.promises if each.state in states] or self.promises
        return rows[a % len(rows)] if rows else None

    def pick_bill(self, a: int, *states: str) -> tuple[Promise, Bill] | tuple[None, None]:
        """A bill in one of these states; any bill when there is none."""
        rows = [(promise, bill) for promise in self.promises for bill in promise.bills]
        rows = [row for row in rows if row[1].state in states] or rows
        return rows[a % len(rows)] if rows else (None, None)

    def part(self, whole: Decimal, b: int) -> Decimal:
        """A part of it in cents, so that what happens often fits."""
        return (whole * (b % 9 + 1) / 20).quantize(ZERO)

    def row(self, promise: Promise) -> Commitment:
        return Commitment.objects.get(pk=promise.pk)

    def paper(self, bill: Bill) -> Invoice:
        return Invoice.objects.get(pk=bill.pk)

    # The acts --------------------------------------------------------------------------------

    def time(self, a: int, b: int, amount: Decimal) -> None:
        self.now += timedelta(days=a)

    def propose(self, a: int, b: int, amount: Decimal) -> None:
        line, year = (self.house.leading, self.house.crisis)[a % 2], (2021, 2022)[b % 2]
        if b % 3:
            amount = self.part(self.of((line.pk, year)).left, a)
        fits = ZERO < amount <= self.of((line.pk, year)).left
        made = self.attempt(fits, lambda: funds.proposed(self.house, amount, line, year=year))
        if isinstance(made, Commitment):
            self.promises.append(Promise(made.pk, (line.pk, year), amount))

    def sign(self, a: int, b: int, amount: Decimal) -> None:
        if promise := self.pick(a, "proposed"):
            fits = promise.state == "proposed" and self.costs(promise, committing=promise.amount)
            row = self.row(promise)
            if self.attempt(fits, lambda: commitments.sign_commitment(row, by=self.house.holder)):
                promise.state, promise.takes = "signed", promise.amount

    def change(self, a: int, b: int, amount: Decimal) -> None:
        """Raise or lower to a new whole."""
        if not (promise := self.pick(a, "signed")):
            return
        up = b % 2 == 0
        act = commitment_amounts.raise_commitment if up else commitment_amounts.lower_commitment
        more = amount - promise.amount
        fits = promise.state == "signed" and amount > 0
        if up:
            fits = fits and more > 0 and self.costs(promise, committing=more)
        else:
            fits = fits and more < 0 and amount >= promise.billed
        row = self.row(promise)
        if self.attempt(fits, lambda: act(row, amount=amount, why="x", by=self.house.holder)):
            promise.amount = promise.takes = amount

    def cancel(self, a: int, b: int, amount: Decimal) -> None:
        if not (promise := self.pick(a, *(("proposed", "signed") if b % 3 else ()))):
            return
        billed = any(bill.state != "cancelled" for bill in promise.bills)
        fits = promise.state in ("proposed", "signed") and not billed
        by = self.house.manager if promise.state == "proposed" else self.house.holder
        row = self.row(promise)
        if self.attempt(fits, lambda: commitments.cancel_commitment(row, why="x", by=by)):
            promise.state, promise.takes = "cancelled", ZERO

    def close(self, a: int, b: int, amount: Decimal) -> None:
        if promise := self.pick(a, "signed"):
            fits = promise.state == "signed" and not promise.waits
            row, by = self.row(promise), self.house.manager
            if self.attempt(fits, lambda: commitments.close_commitment(row, why="x", by=by)):
                promise.state, promise.takes = "closed", promise.billed

    def receive(self, a: int, b: int, amount: Decimal) -> None:
        if promise := self.pick(a, *(("signed",) if b % 5 else ())):
            kind = ("partial", "partial", "partial", "credit", "final")[b // 5 % 5]
            if b % 4:
                amount = self.part(promise.amount, b)
            row = self.row(promise)
            made = self.attempt(
                amount > 0, lambda: funds.received(self.house, row, amount, kind=kind)
            )
            if isinstance(made, Invoice):
                promise.bills.append(Bill(made.pk, made.amount, kind))

    def check_bill(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "received")
        if promise and bill:
            paper, by = self.paper(bill), self.house.manager
            if self.attempt(
                bill.state == "received",
                lambda: invoices.check_invoice(paper, performance="x", by=by),
            ):
                bill.state = "checked"

    def dispute(self, a: int, b: int, amount: Decimal) -> None:
        """Dispute what is in hand, or take up what was disputed."""
        states = ("disputed",) if b % 2 else ("received", "checked")
        promise, bill = self.pick_bill(a, *states)
        if promise and bill:
            act = invoices.resume_invoice if b % 2 else invoices.dispute_invoice
            paper, by = self.paper(bill), self.house.manager
            if self.attempt(bill.state in states, lambda: act(paper, why="x", by=by)):
                bill.state = "received" if b % 2 else "disputed"

    def payable(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "checked")
        if promise and bill:
            after = promise.billed + bill.amount
            fits = bill.state == "checked" and promise.state in ("signed", "closed")
            fits = fits and (after >= 0 if bill.amount < 0 else after <= promise.takes)
            paper, by = self.paper(bill), self.house.manager
            if self.attempt(fits, lambda: payments.make_payable(paper, by=by)):
                bill.state = "payable"
                promise.settle()

    def hold_back(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "payable")
        if promise and bill:
            fits = bill.state == "payable" and self.still_carried(promise, bill)
            paper, by = self.paper(bill), self.house.manager
            if self.attempt(fits, lambda: payments.hold_back(paper, why="x", by=by)):
                bill.state = "checked"

    def still_carried(self, promise: Promise, bill: Bill) -> bool:
        return bill.amount > 0 or promise.billed - bill.amount <= promise.takes

    def cancel_bill(self, a: int, b: int, amount: Decimal) -> None:
        states = ("received", "checked", "payable", "disputed")
        promise, bill = self.pick_bill(a, *states)
        if promise and bill:
            fits = bill.state in states
            fits = fits and (bill.state != "payable" or self.still_carried(promise, bill))
            paper, by = self.paper(bill), self.house.manager
            if self.attempt(fits, lambda: invoices.cancel_invoice(paper, why="x", by=by)):
                bill.state = "cancelled"
                promise.settle()

    def pay(self, a: int, b: int, amount: Decimal) -> None:
        """As billed, or now and then something else."""
        promise, bill = self.pick_bill(a, "payable")
        if not promise or not bill:
            return
        worth = abs(bill.amount) + (amount / 10).quantize(ZERO) * (b % 4 == 0)
        signed = -worth if bill.kind == "credit" else worth
        fits = bill.state == "payable" and worth > 0 and self.costs(promise, paying=signed)
        paper, by, on = self.paper(bill), self.house.finance, self.now.date()
        if self.attempt(
            fits,
            lambda: payments.register_payment(paper, on=on, amount=worth, why="x", by=by),
        ):
            bill.state, bill.paid = "paid", signed
            promise.settle()

    def bounce(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "paid")
        if promise and bill:
            fits = bill.state == "paid" and self.costs(promise, paying=-bill.paid)
            paper, by = self.paper(bill), self.house.finance
            if self.attempt(fits, lambda: payments.bounce_payment(paper, why="x", by=by)):
                bill.state, bill.paid = "payable", ZERO

    def correct(self, a: int, b: int, amount: Decimal) -> None:
        """A payment was of another amount, and on an earlier day."""
        promise, bill = self.pick_bill(a, "paid")
        if not promise or not bill or bill.state != "paid":
            return
        if b % 4:
            amount = self.part(abs(bill.amount) * 2, b)
        signed = -amount if bill.paid < 0 else amount
        entry = LedgerEntry.objects.get(
            invoice=bill.pk, kind="payment", counter_of__isnull=True, countered_by__isnull=True
        )
        day = min(date(2021, 1, 1) + timedelta(days=b % 60), entry.effective_on)
        fits = amount > 0 and self.costs(promise, paying=signed - bill.paid)
        fits = fits and (signed, day) != (bill.paid, entry.effective_on)
        if self.attempt(
            fits,
            lambda: corrections.correct_entry(
                entry, amount=amount, effective_on=day, why="x", by=self.house.finance
            ),
        ):
            bill.paid = signed

    def split(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "received", "checked")
        other = self.pick(b)
        if not promise or not bill or not other:
            return
        fits = bill.state in ("received", "checked") and other is not promise
        fits = fits and bill.kind != "credit" and ZERO < amount < bill.amount
        paper, row = self.paper(bill), self.row(other)
        made = self.attempt(
            fits,
            lambda: invoices.split_invoice(
                paper, amount=amount, commitment=row, by=self.house.manager
            ),
        )
        if isinstance(made, Invoice):
            bill.amount -= amount
            other.bills.append(Bill(made.pk, amount, "partial", bill.state))

    def move_bill(self, a: int, b: int, amount: Decimal) -> None:
        promise, bill = self.pick_bill(a, "received", "checked")
        other = self.pick(b)
        if not promise or not bill or not other:
            return
        fits = bill.state in ("received", "checked") and other is not promise
        paper, row = self.paper(bill), self.row(other)
        if self.attempt(
            fits, lambda: invoices.move_invoice(paper, commitment=row, by=self.house.manager)
        ):
            promise.bills.remove(bill)
            other.bills.append(bill)
            promise.settle()

    def reallocate(self, a: int, b: int, amount: Decimal) -> None:
        keys = list(self.budget)
        start, end = keys[a % len(keys)], keys[b % len(keys)]
        if a % 4:
            amount = self.part(self.of(start).left, b)
        fits = start != end and ZERO < amount <= self.of(start).left
        named = FundLine.objects.in_bulk([start[0], end[0]])
        if self.attempt(
            fits,
            lambda: reallocations.reallocate(
                named[start[0]],
                start[1],
                named[end[0]],
                end[1],
                amount=amount,
                why="x",
                by=self.house.holder,
            ),
        ):
            self.budget[start] -= amount
            self.budget[end] += amount

    def carry_over(self, a: int, b: int, amount: Decimal) -> None:
        line = (self.house.leading, self.house.crisis)[a % 2]
        rest = self.of((line.pk, 2021)).left
        fits = self.now.year > 2021 and rest > 0
        if self.attempt(
            fits, lambda: reallocations.carry_over(line, 2021, why="x", by=self.house.holder)
        ):
            self.budget[line.pk, 2021] -= rest
            self.budget[line.pk, 2022] += rest

    def adopt(self, a: int, b: int, amount: Decimal) -> None:
        """A next version that gives one line another amount."""
        author = self.house.cast.author
        key = list(self.budget)[a % len(self.budget)]
        if b % 4:
            amount = max(amount, self.of(key).promised)
        with clock.at(self.now):
            version = versions.draft_version(self.house.fund, by=author)
            name = FundLine.objects.get(pk=key[0]).name
            line = budget_line(version, name)
            given = {str(key[1]): lines.YearAmount(amount)}
            lines.edit_line(line, given, base={}, base_revision=line.revision, by=author)
        total = sum(self.budget.values(), ZERO) - self.budget[key] + amount
        fits = total <= HELD and amount >= self.of(key).promised
        if self.attempt(fits, lambda: adoption.adopt_version(version, ground="Bestuur", by=author)):
            self.budget[key] = amount
        else:
            with clock.at(self.now):
                versions.discard_version(version, by=author)


# Acts that bring money further come up more often, so that a play gets somewhere.
ACTS = [
    *("propose", "propose", "sign", "sign", "sign", "change", "cancel", "close"),
    *("receive", "receive", "receive", "check_bill", "check_bill", "check_bill"),
    *("payable", "payable", "payable", "pay", "pay", "pay", "bounce", "correct"),
    *("hold_back", "cancel_bill", "dispute", "split", "move_bill"),
    *("reallocate", "carry_over", "adopt", "time", "time"),
]
