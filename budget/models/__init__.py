"""The rows of a fund: its budget in versions, who may do what, money in motion, and the ledger."""

from budget.models.commitment import Commitment, Invoice
from budget.models.fund import Fund, FundLine, Instalment
from budget.models.ledger import LedgerEntry, Reallocation
from budget.models.mandate import Interest, Mandate, Supplier
from budget.models.proposal_line import ProposalLine
from budget.models.version import (
    BudgetLine,
    BudgetVersion,
    Heading,
    LineYear,
    SheetUpload,
    StatedTotal,
)

__all__ = [
    "BudgetLine",
    "BudgetVersion",
    "Commitment",
    "Fund",
    "FundLine",
    "Heading",
    "Instalment",
    "Interest",
    "Invoice",
    "LedgerEntry",
    "LineYear",
    "Mandate",
    "ProposalLine",
    "Reallocation",
    "SheetUpload",
    "StatedTotal",
    "Supplier",
]
