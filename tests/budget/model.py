"""A fund in memory: what the words of the design say, known without our code."""

from dataclasses import dataclass, field
from decimal import Decimal

from budget.figures import Amounts

ZERO = Decimal("0.00")
Key = tuple[int, int]


@dataclass
class Bill:
    """An invoice: its amount (a credit note below zero) and what was paid on it."""

    pk: int
    amount: Decimal
    kind: str
    state: str = "received"
    paid: Decimal = ZERO


@dataclass
class Promise:
    """A commitment: what it takes, and its bills."""

    pk: int
    key: Key
    amount: Decimal
    state: str = "proposed"
    takes: Decimal = ZERO
    bills: list[Bill] = field(default_factory=list)

    @property
    def billed(self) -> Decimal:
        return sum((b.amount for b in self.bills if b.state in ("payable", "paid")), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((b.paid for b in self.bills), ZERO)

    @property
    def beyond(self) -> Decimal:
        return max(self.paid - self.takes, ZERO)

    @property
    def waits(self) -> bool:
        return any(b.state in ("received", "checked", "disputed") for b in self.bills)

    def settle(self) -> None:
        if self.waits:
            return
        ended = any(b.kind == "final" and b.state == "paid" for b in self.bills)
        if self.state == "signed" and ended:
            self.state = "closed"
        if self.state == "closed":
            self.takes = self.billed


class Model:
    """Budget per line (its key) and year, and the commitments on it."""

    def __init__(self, budget: dict[Key, Decimal]) -> None:
        self.budget = budget
        self.promises: list[Promise] = []

    def of(self, key: Key) -> Amounts:
        rows = [each for each in self.promises if each.key == key]
        return Amounts(
            self.budget[key],
            sum((each.takes for each in rows), ZERO),
            sum((each.beyond for each in rows), ZERO),
            sum((each.billed for each in rows), ZERO),
            sum((each.paid for each in rows), ZERO),
        )

    def stand(self) -> dict[Key, Amounts]:
        found = {key: self.of(key) for key in self.budget}
        return {key: amounts for key, amounts in found.items() if amounts != Amounts()}

    def costs(self, promise: Promise, committing: Decimal = ZERO, paying: Decimal = ZERO) -> bool:
        """Whether what is left carries such a change of a commitment."""
        after = max(promise.paid + paying - promise.takes - committing, ZERO)
        cost = committing + after - promise.beyond
        return cost <= max(self.of(promise.key).left, ZERO)
