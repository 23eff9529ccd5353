"""The full matrix of states: every act from every state, allowed or not, written out."""

import pytest

from budget.domain import commitments, invoices, versions
from budget.enums import CommitmentState, InvoiceState, VersionState
from budget.models import BudgetVersion, Commitment, Invoice
from core.refusal import Refusal

COMMITMENT = {
    "proposed": {"signed", "cancelled"},
    "signed": {"closed", "cancelled"},
    "closed": set(),
    "cancelled": set(),
}
INVOICE = {
    "received": {"checked", "disputed", "cancelled"},
    "checked": {"payable", "disputed", "cancelled"},
    "payable": {"checked", "paid", "cancelled"},
    "paid": {"payable"},
    "disputed": {"received", "cancelled"},
    "cancelled": set(),
}
VERSION = {"concept": {"adopted"}, "adopted": {"replaced"}, "replaced": set()}
ROOMS = [
    (Commitment, CommitmentState, commitments.STATES, COMMITMENT),
    (Invoice, InvoiceState, invoices.STATES, INVOICE),
    (BudgetVersion, VersionState, versions.STATES, VERSION),
]
PAIRS = [
    (model, table, str(before), str(after), after in allowed[before])
    for model, states, table, allowed in ROOMS
    for before in states.values
    for after in states.values
]


@pytest.mark.parametrize(
    ("model", "table", "before", "after", "allowed"),
    PAIRS,
    ids=[f"{model.__name__} {before} to {after}" for model, _, before, after, _ in PAIRS],
)
def test_from_to(model, table, before, after, allowed):
    arrows = [t for t in table.by_name.values() if before in t.sources and t.target == after]
    assert len(arrows) == (1 if allowed else 0)
    for arrow in table.by_name.values():
        if before not in arrow.sources:
            answer = table.answer(model(state=before), arrow.name)
            label = dict(model._meta.get_field("state").choices)[before].lower()
            assert answer == Refusal(f"{arrow.label} kan niet: de stand is '{label}'.")


@pytest.mark.parametrize(("model", "states", "table", "allowed"), ROOMS)
def test_the_matrix_names_every_state(model, states, table, allowed):
    assert set(allowed) == set(states.values)
