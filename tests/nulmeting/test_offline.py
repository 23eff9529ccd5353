"""The spreadsheet out and back in: the same answers, and no cell that is wrong goes unnamed."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.refusal import Refused
from nulmeting import offline
from nulmeting.domain import filling
from nulmeting.models import BlockAnswer
from tests import baseline
from tests.nulmeting.views.test_block import url

pytestmark = pytest.mark.django_db


def edited(data, **cells):
    book = load_workbook(BytesIO(data))
    for place, value in cells.items():
        book[offline.PAGE][place] = value
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def values(submission):
    blocks = {item.block for item in submission.round.instrument.items.select_related("block")}
    return {block.number: filling.values_of(submission, block)[0] for block in blocks}


def test_out_and_back_in_changes_nothing(submission, editor):
    baseline.fill(submission, editor, score=4, explanation="=1+1", may_share=True, shared="Samen.")
    before = values(submission)
    sheet = offline.read(BytesIO(offline.write(submission)), submission)
    assert offline.bring_in(submission, sheet, by=editor).fields == 0
    assert values(submission) == before


def test_what_was_filled_in_comes_in(submission, editor):
    data = edited(
        offline.write(submission),
        D2=3,
        D3="Weet niet",
        D4=4,
        D5=2028,
        D6="Een plan.",
        D9="ja",
        D8="Zo.",
    )
    brought = offline.bring_in(submission, offline.read(data, submission), by=editor)
    assert brought.fields == 7
    found = values(submission)[1]
    items = [name for name in found if name.startswith("item-")]
    assert [found[name] for name in items] == ["3", "unknown"]
    assert (found["ambition"], found["ambition_year"]) == (4, 2028)
    assert (found["explanation"], found["may_share"], found["shared"]) == ("Een plan.", True, "Zo.")


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("D2", "6", "Cel D2: ‘6’ is geen antwoord."),
        ("D2", "3,5", "Cel D2: ‘3,5’ is geen antwoord."),
        ("D2", "=1+2", "Cel D2: hier staat een formule."),
        ("D4", "veel", "Cel D4: vul een getal van 1 tot en met 5 in."),
        ("D5", "1999", "Cel D5: vul een getal van 2000 tot en met 2100 in."),
        ("D6", "x" * 1001, "Cel D6: deze tekst telt 1001 tekens; hoogstens 1.000 kan."),
        ("D9", "misschien", "Cel D9: vul ja of nee in."),
        ("B3", "Een andere vraag?", "Rij 3 hoort"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_saved(submission, editor, cell, value, sentence):
    data = edited(offline.write(submission), **{cell: value})
    with pytest.raises(Refused, match=sentence):
        offline.read(data, submission)
    assert not BlockAnswer.objects.exists()


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("D9", "ja", "1. Bouwsteen 1: Schrijf op wat u wilt delen"),
        ("D10", "geldt nog", "2. Bouwsteen 2: Er is geen antwoord van de vorige keer"),
    ],
)
def test_what_a_block_refuses_is_named_with_its_block(submission, editor, cell, value, sentence):
    sheet = offline.read(edited(offline.write(submission), **{cell: value}), submission)
    with pytest.raises(Refused, match=sentence):
        offline.bring_in(submission, sheet, by=editor)
    assert not BlockAnswer.objects.exists()


def test_every_wrong_cell_at_once(submission):
    data = edited(offline.write(submission), D2="zes", D5="ooit")
    with pytest.raises(Refused) as refused:
        offline.read(data, submission)
    assert len(refused.value.refusals) == 2


def test_what_a_colleague_changed_meanwhile_stays_and_is_told(submission, editor):
    data = edited(offline.write(submission), D2=5, D6="Van mij.")
    part = submission.round.instrument.items.first().block
    baseline.fill(submission, editor, blocks=[part], explanation="Van een collega.")
    brought = offline.bring_in(submission, offline.read(data, submission), by=editor)
    assert brought.fields == 0
    told = [(label, mine, theirs) for _, label, mine, theirs in brought.clashes]
    assert ("Toelichting (hoogstens 1.000 tekens)", "Van mij.", "Van een collega.") in told
    assert values(submission)[1]["explanation"] == "Van een collega."


def with_broken_xml() -> bytes:
    made, name = BytesIO(), "[Content_Types].xml"
    with ZipFile(made, "w") as packed:
        packed.writestr(name, "<Types><nooit gesloten")
    return made.getvalue()


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x03\x04stuk", with_broken_xml()])
def test_what_is_no_spreadsheet_is_said(submission, content):
    with pytest.raises(Refused, match="geen rekenblad"):
        offline.read(BytesIO(content), submission)


def test_a_sheet_of_another_municipality_is_refused(submission):
    other = baseline.of(submission.round, "Beekzicht")
    with pytest.raises(Refused, match="andere gemeente"):
        offline.read(BytesIO(offline.write(other)), submission)


def test_the_page_gives_and_takes_it(client, submission, editor):
    client.force_login(editor)
    sent = client.get(url(submission, "offline-download"))
    assert sent["Content-Disposition"].endswith('-aardam.xlsx"')
    file = SimpleUploadedFile("blad.xlsx", edited(sent.content, D2=4).read())
    page = client.post(url(submission, "offline"), {"file": file}, follow=True).content.decode()
    assert "1 veld opgeslagen" in page
    file = SimpleUploadedFile("blad.xlsx", edited(sent.content, D2="x").read())
    assert "Cel D2:" in client.post(url(submission, "offline"), {"file": file}).content.decode()
