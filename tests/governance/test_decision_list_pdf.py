"""The decision list on paper passes veraPDF, and hostile text in it stays text."""

import logging
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from core.documents import freeze, get_kind, render_frozen
from governance.list_document import LIST, ListAction, ListContent, ListItem, ListPoint
from tests.core.test_pdf import web_server
from tests.memos import LOREM, hostile
from tests.verapdf import assert_valid


def content(text: str = LOREM, items: int = 3) -> ListContent:
    item = ListItem(
        title=text[:120],
        outcome="Besluit 2021-003",
        decision="2021-003",
        points=[ListPoint(text, "Aangenomen met 12 stemmen voor en 2 tegen.")],
        advice=[text],
        conclusion=text,
        actions=[ListAction(text, "griffier van Aardam", "2 juli 2021")],
    )
    return ListContent(
        created=datetime(2021, 7, 2, 12, tzinfo=UTC),
        title=f"Besluitenlijst {text[:60]}",
        region="Waterland",
        legal_name="Regio Waterland",
        address=["Postbus 1", "1000 AA Aardam"],
        body="Bestuur",
        date="vrijdag 2 juli 2021",
        time="9.30 uur",
        place=text[:80],
        present=["Aardam, wethouder Aardam", "lid"],
        absent=["Cotten, wethouder Cotten"],
        items=[item] * items,
        example=True,
        state="Vastgesteld",
        stands="Vastgesteld op 1 oktober 2021.",
        corrections=text,
    )


@pytest.mark.parametrize("items", [0, 3, 25])
def test_the_list_passes_verapdf(items, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = render_frozen(get_kind(LIST), freeze(content(items=items)))
    assert caplog.messages == []
    assert_valid(pdf.content)


def test_hostile_text_stays_text_and_opens_nothing():
    with web_server() as (port, seen):
        text = hostile(port).replace("\0", "")
        pdf = render_frozen(get_kind(LIST), freeze(content(text)))
    assert seen == []
    assert_valid(pdf.content)
    assert b"root:" not in pdf.content
    with pikepdf.open(BytesIO(pdf.content)) as file:
        assert str(file.docinfo["/Title"]).startswith("Besluitenlijst <script>alert(1)</script>")
        assert not file.attachments
