"""Reading a budget as people keep it. Pure: it knows no request and no database."""

from budget.importing.choosing import filled_sheets
from budget.importing.reading import read_budget
from budget.importing.result import BudgetReport

__all__ = ["BudgetReport", "filled_sheets", "read_budget"]
