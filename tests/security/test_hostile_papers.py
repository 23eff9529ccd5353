"""What people type stays text in what is made of it: documents, mails and spreadsheets."""

from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from openpyxl import load_workbook

from core.documents import freeze, get_kind
from core.models import OutboxMail
from governance import news, news_local
from governance.book import build_book
from governance.documents import MEMO, build_memo
from governance.documents_book import BOOK
from governance.domain import agenda_versions
from governance.list_document import LIST, build_list
from governance.models import AgendaVersion, ItemRecord, PointDecision
from tests import factories as make
from tests.security.test_headers import Live
from tests.security.test_hostile_text import HOSTILE, fill, hostile  # noqa: F401

pytestmark = pytest.mark.django_db


def printed(name, content):
    """The page that goes through the door to the PDF."""
    kind = get_kind(name)
    return render_to_string(kind.template, kind.build_context(content))


def documents(world):
    """Each paper made anew from rows in which every word is hostile."""
    listed = world.listed
    make.action(listed.meeting.body, world.cast.secretary, item=listed.meeting.items.first())
    item = listed.meeting.items.first()
    ItemRecord.objects.get_or_create(item=item)
    for row in (*ItemRecord.objects.all(), *PointDecision.objects.all(), *item.actions.all()):
        fill(row)
    item.refresh_from_db()
    version = agenda_versions.publish_change(world.item.meeting, by=world.cast.secretary)
    assert isinstance(version, AgendaVersion)
    stands = {"state": "Concept", "stands": "Concept."}
    yield LIST, freeze(build_list(listed)) | stands
    yield BOOK, freeze(build_book(version))
    yield MEMO, freeze(build_memo(world.published))


def test_no_document_carries_anything_that_acts_or_fetches(hostile):  # noqa: F811
    made = {name: printed(name, content) for name, content in documents(hostile)}
    assert set(made) == {LIST, BOOK, MEMO}
    for name, html in made.items():
        assert Live(html).found == [], name
        assert "<script>alert" not in html, name
        assert "&lt;script&gt;alert(1)" in html, name
        assert "{{7*7}}" in html, name


def test_a_mail_is_plain_text_and_keeps_one_line_of_subject(hostile):  # noqa: F811
    asked = hostile.asked
    asked.refresh_from_db()
    news.agenda_published(hostile.item.meeting, 9)
    news.meeting_cancelled(hostile.item.meeting, HOSTILE)
    news_local.round_asked(asked)
    news_local.round_withdrawn(asked, HOSTILE)
    mails = list(OutboxMail.objects.all())
    told = [mail for mail in mails if "{{7*7}}" in mail.text]
    assert len({mail.subject[:12] for mail in told}) >= 3
    for mail in mails:
        assert "\n" not in mail.subject
        assert "&lt;" not in mail.text  # nobody reads escapes in a text


@pytest.mark.parametrize("name", ["local-table-download", "local-round-download"])
def test_no_cell_of_a_spreadsheet_is_a_formula(hostile, name):  # noqa: F811
    asked, home = hostile.asked, hostile.cast.municipality
    step = asked.steps.get(municipality=home)
    step.text = step.source = '=HYPERLINK("http://kwaad.example","x")'
    step.save()
    home.name = "=1+1"
    home.save()
    args = [hostile.cast.region.slug, *([asked.pk] if "round" in name else [])]
    answer = hostile.client("author").get(reverse(f"governance:{name}", args=args))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows())
    cells = [cell for row in rows for cell in row if str(cell.value).startswith("=")]
    assert len(cells) == (1 if "table" in name else 3)
    assert {cell.data_type for cell in cells} == {"s"}
