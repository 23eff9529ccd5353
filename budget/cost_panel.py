"""The costs panel of a proposal: which lines of a fund it touches, and what is left of them.

Who reads the fund sees what is left. Who does not, sees what is asked when the totals of the fund
are public, and else nothing. A memo freezes what is asked, never what is left.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from budget.models import Fund, ProposalLine
from budget.queries import ByLineYear, amounts_of
from core.components import Link
from core.formats import euro
from core.panels import Panel, register
from governance.domain.texts import WRITABLE
from governance.models import Decision, Proposal
from governance.rules import may, visible_to

TITLE = "Kosten en dekking"


@dataclass(frozen=True)
class CostLine:
    """What is asked of a line in a year; `left` is None for who does not read the fund."""

    name: str
    fund: str
    url: str
    year: int
    amount: Decimal
    note: str
    left: Decimal | None = None

    @property
    def short(self) -> Decimal | None:
        """How much too little is left; None when there is enough, or nobody may know."""
        if self.left is None or self.left >= self.amount:
            return None
        return self.amount - self.left


@dataclass(frozen=True)
class CostPanel(Panel):
    lines: tuple[CostLine, ...] = ()
    edit: Link | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def shows_left(self) -> bool:
        return any(line.left is not None for line in self.lines)


def of_proposal(proposal: Proposal, reader: Any) -> CostPanel | None:
    """What this reader may see of it; its writers get the way to change it."""
    rows = list(
        ProposalLine.objects.filter(proposal=proposal)
        .select_related("line__fund__region")
        .order_by("line__fund", "line", "year")
    )
    edit = _edit(proposal, reader)
    if not rows:
        return CostPanel(TITLE, (), edit) if edit else None
    readable = _readable(rows, reader)
    amounts: ByLineYear = {}
    for fund in {row.line.fund for row in rows if row.line.fund_id in readable}:
        amounts |= amounts_of(fund)
    lines = [
        _line(row, amounts, reads=row.line.fund_id in readable)
        for row in rows
        if row.line.fund_id in readable or row.line.fund.totals_published_at is not None
    ]
    # Some of it would be a total that is none.
    return CostPanel(TITLE, tuple(lines), edit) if len(lines) == len(rows) else None


def of_decision(decision: Decision, reader: Any) -> CostPanel | None:
    """What the decided proposal asks."""
    panel = of_proposal(decision.proposal, reader)
    return panel if panel and panel.lines else None


def _readable(rows: list[ProposalLine], reader: Any) -> set[int]:
    funds = {row.line.fund_id for row in rows}
    return set(visible_to(reader, Fund).filter(pk__in=funds).values_list("pk", flat=True))


def _line(row: ProposalLine, amounts: ByLineYear, *, reads: bool) -> CostLine:
    fund = row.line.fund
    left = None
    url = ""
    if reads:
        standing = amounts.get((row.line_id, row.year))
        left = standing.left if standing else Decimal(0)
        url = reverse("budget:line", args=[fund.region.slug, fund.slug, row.line_id])
    return CostLine(row.line.name, fund.name, url, row.year, row.amount, row.note, left)


def _edit(proposal: Proposal, reader: Any) -> Link | None:
    writes = proposal.state in WRITABLE and may(reader, "proposal.write", proposal)
    if not writes or not visible_to(reader, Fund).filter(region=proposal.region_id).exists():
        return None
    url = reverse("budget:proposal-costs", args=[proposal.region.slug, proposal.number])
    return Link("Zeg welke posten dit raakt", url)


def frozen(panel: Any) -> dict[str, Any]:
    """For a memo: what is asked, in words. What is left changes, and is not for every reader."""
    rows = [
        [f"{line.name} ({line.fund})", str(line.year), euro(line.amount), line.note or "–"]
        for line in panel.lines
    ]
    rows.append(["Samen", "", euro(panel.total), ""])
    return {
        "title": panel.title,
        "caption": "Wat dit voorstel vraagt van welke post",
        "head": ["Post", "Jaar", "Gevraagd", "Toelichting"],
        "rows": rows,
    }


def register_panels() -> None:
    """Called once at start-up."""
    template = "budget/_cost_panel.html"
    register("proposal", "costs", of_proposal, template, frozen)
    register("decision_memo", "costs", of_decision, template, frozen)
