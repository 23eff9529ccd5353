"""The report as a document: who may read it, what its template gets, and asking for one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.text import slugify

from accounts.models import User
from budget import charts
from budget.models import Fund
from budget.reports.content import basis_of, build_report, money
from core.documents import DocumentKind, document_of, get_kind, register_kind, request_document
from core.models import Document
from core.refusal import Refusal, require
from governance.rules import demand, may

FUND = "budget_fund"
# So many years fit on a sheet beside a name.
COLUMNS = 5


@dataclass(frozen=True)
class Report:
    """What a page shows of the report: the newest one, and whether something changed since."""

    kind: DocumentKind
    document: Document | None
    outdated: bool

    @property
    def made_at(self) -> datetime | None:
        return made_at(self.document)


def made_at(document: Document | None) -> datetime | None:
    """The moment that a report tells of."""
    return parse_datetime(document.frozen["created"]) if document else None


def report_of(fund: Fund) -> Report:
    """The newest report of a fund; who reads the fund reads its report."""
    document = document_of(FUND, fund)
    return Report(
        get_kind(FUND),
        document,
        document is not None
        and (
            document.frozen["basis"] != basis_of(fund) or document.status == Document.Status.FAILED
        ),
    )


def request_report(fund: Fund, *, by: User | None) -> Document:
    """The report as the fund stands; the newest one when nothing changed since. For who reads its
    figures. Refuses a fund without any money."""
    demand(by, "budget.read", fund)
    require(fund.instalments.exists() or Refusal("Er is nog niets toegekend om over te vertellen."))
    found = document_of(FUND, fund)
    if found is not None and found.frozen["basis"] == basis_of(fund):
        return request_document(FUND, fund, found.frozen, by=by)
    return request_document(FUND, fund, build_report(fund, made_at(found)), by=by)


def context_of(frozen: dict[str, Any]) -> dict[str, Any]:
    """From frozen content alone: the drawings are made of the numbers that stand in it."""
    balances = [{**money(row), "on": date.fromisoformat(row["on"])} for row in frozen["balances"]]
    budget = [
        {**money(row), "years": [Decimal(each) for each in row["years"]]}
        for row in frozen["budget"]
    ]
    layers = [(row["name"], row["years"]) for row in budget]
    spare = layers.pop() if frozen["spare"] and layers else None
    totals = [sum(column, Decimal(0)) for column in zip(*(r["years"] for r in budget), strict=True)]
    return {
        "report": frozen,
        "stamp": "Voorbeeld" if frozen["example"] else "",
        "balances": balances,
        "drawdown": charts.drawdown_chart(
            frozen["title"],
            [charts.Balance(row["on"], row["planned"], row["paid"]) for row in balances],
        ),
        "stack": charts.stacked_chart(
            f"Begroot per onderdeel en jaar: {frozen['title']}", frozen["years"], layers, spare
        ),
        "tables": _tables(frozen["years"], budget, totals),
        "parts": [
            {
                **part,
                "lines": [money(line) for line in part["lines"]],
                "total": money(part["total"]),
            }
            for part in frozen["parts"]
        ],
        "total": money(frozen["total"]),
        "changes": [money(row) for row in frozen["changes"]],
        "remarks": [money(row) for row in frozen["remarks"]],
    }


def _tables(
    years: list[str], budget: list[dict[str, Any]], totals: list[Decimal]
) -> list[dict[str, Any]]:
    """The budget per year in tables that fit on a sheet; the last one has the sums."""
    found = []
    for start in range(0, len(years), COLUMNS):
        part = slice(start, start + COLUMNS)
        found.append(
            {
                "years": years[part],
                "rows": [{**row, "years": row["years"][part]} for row in budget],
                "totals": totals[part],
                "whole": sum(totals, Decimal(0)) if start + COLUMNS >= len(years) else None,
            }
        )
    return found


def _fund(pk: int) -> Fund | None:
    return Fund.objects.select_related("region").filter(pk=pk).first()


def _may_read(user: Any, document: Document) -> Any:
    fund = _fund(document.source_id)
    return fund is not None and may(user, "budget.read", fund)


def _filename(document: Document) -> str:
    made = made_at(document)
    day = f"-{made:%Y-%m-%d}" if made else ""
    return f"fondsrapport-{slugify(document.frozen['title'])}{day}.pdf"


def register() -> None:
    """Make the kind known; called once at start-up."""
    register_kind(
        FUND,
        label="Fondsrapport",
        template="budget/documents/fund.html",
        stylesheet="css/fund-report.css",
        build_context=context_of,
        filename=_filename,
        may_read=_may_read,
        loader=_fund,
    )
