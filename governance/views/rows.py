"""What the pages of a region's organisation know of a kind of row, and how they show such rows.

The kinds themselves stand in organisation_kinds.py, and in the views of upper rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from core import clock
from core.components import Cell, Column, Row
from core.formats import long_date
from governance.forms.rows import RowForm
from governance.models import Region
from governance.models.dated import Dated

CellOf = Callable[[Any], Cell | str]


@dataclass(frozen=True)
class Kind:
    """One kind of row. `rows` are those of a region; `parent` names the field that leads to the row
    it belongs to, of the kind `holder`, which has a page of its own (`page`) that lists them."""

    slug: str
    model: type[Model]
    form: type[RowForm]
    plural: str
    one: str
    lead: str
    columns: tuple[tuple[str, CellOf], ...]
    rows: Callable[[Region], QuerySet[Any]]
    parent: str = ""
    holder: "Kind | None" = None
    page: str = ""
    app: str = "governance"
    prefix: str = "row"  # of the names of its addresses; an upper room may have several kinds
    drafts: str = ""  # with a prefix (core.drafts) what is typed in its form is kept

    @property
    def dated(self) -> bool:
        return issubclass(self.model, Dated)

    def url(self, page: str, region: Region, *keys: Any) -> str:
        """The address of one of its pages: list, add, add-to, change, end, remove."""
        own = [self.slug] if self.app == "governance" else []
        return reverse(f"{self.app}:{self.prefix}-{page}", args=[region.slug, *own, *keys])

    def draft_key(self, region: Region, row: Any) -> str:
        """Under which what somebody types of this row is kept; empty when it is not."""
        if not self.drafts:
            return ""
        return f"{self.drafts}:{row.pk}" if row.pk else f"{self.drafts}:new-{region.pk}"

    def row_url(self, region: Region, row: Any) -> str:
        """Where a row is looked at: its own page, or the form in which it is changed."""
        if self.page:
            return reverse(self.page, args=[region.slug, row.pk])
        return self.url("change", region, row.pk)

    def home(self, region: Region, row: Any) -> str:
        """Where one goes after a change of this row."""
        if self.holder:
            return self.holder.row_url(region, getattr(row, self.parent))
        return self.row_url(region, row) if self.page and row.pk else self.url("list", region)


def period(row: Any) -> str:
    """'vanaf 1 januari 2023', '1 januari 2021 tot en met 31 december 2022', or 'doorlopend'."""
    begin, last = long_date(row.valid_from), long_date(row.valid_until)
    if begin and last:
        return f"{begin} tot en met {last}"
    if begin:
        return f"vanaf {begin}"
    return f"tot en met {last}" if last else "doorlopend"


def holds_today(row: Any) -> Cell | str:
    """Whether a dated row holds today."""
    if row.is_current():
        return "geldt nu"
    coming = row.valid_from and row.valid_from > clock.today()
    return Cell("nog niet" if coming else "voorbij", tone="inactive")


def table(kind: Kind, region: Region, rows: Any) -> dict[str, Any]:
    """Columns and rows for the component `data_table`; `past` is what no longer holds.

    Only when something does not hold yet there is a column that says so.
    """
    now, past = [], []
    for row in rows:
        over = kind.dated and row.valid_until and row.valid_until < clock.today()
        (past if over else now).append(row)
    columns = kind.columns + ((("Geldig", period),) if kind.dated else ())
    if kind.dated and not all(row.is_current() for row in now):
        columns += (("Stand", holds_today),)
    (_, first), *others = columns

    def shown(row: Any) -> Row:
        link = _linked(first(row), kind.row_url(region, row))
        return Row([link, *(cell(row) for _, cell in others)])

    return {
        "columns": [Column(label) for label, _ in columns],
        "rows": [shown(row) for row in now],
        "past": [shown(row) for row in past],
    }


def _linked(value: Cell | str, url: str) -> Cell:
    return Cell(value.value if isinstance(value, Cell) else value, url=url)
