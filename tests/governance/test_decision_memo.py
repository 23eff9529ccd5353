import logging
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from core.documents import freeze, get_kind, render_frozen, request_document
from core.models import StoredFile
from core.pdf import Pdf
from core.printed import printed_html
from core.tasks import render_document
from governance.documents import MEMO, build_memo
from governance.models import Attachment, Decision, ProposalVersion, Secrecy
from tests.core.test_pdf import web_server
from tests.memos import example_memo, hostile, long_memo, make_decision
from tests.verapdf import assert_valid
from tests.worker import use_broker


def render(memo) -> Pdf:
    return render_frozen(get_kind(MEMO), freeze(memo))


def page_of(pdf: Pdf, heading: str) -> int:
    """The page on which a heading stands, by the bookmarks."""
    with pikepdf.open(BytesIO(pdf.content)) as file, file.open_outline() as outline:
        pages = [page.objgen for page in file.pages]
        rows = [row for top in outline.root for row in top.children]
        found = next(row for row in rows if row.title == heading)
        return pages.index(found.destination[0].objgen) + 1


@pytest.mark.parametrize("memo", [example_memo(), long_memo()], ids=["short", "long"])
def test_the_memo_passes_verapdf_with_the_decision_on_page_one(memo, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = render(memo)
    assert caplog.messages == []
    assert_valid(pdf.content)
    assert page_of(pdf, "Besluit") == 1


@pytest.mark.django_db
def test_hostile_text_in_every_field_stays_text_and_opens_nothing(caplog):
    with web_server() as (port, seen):
        decision = make_decision(hostile(port).replace("\0", ""))
        pdf = render(build_memo(decision))
    assert seen == []
    assert_valid(pdf.content)
    assert page_of(pdf, "Besluit") == 1
    assert b"root:" not in pdf.content
    with pikepdf.open(BytesIO(pdf.content)) as file:
        assert str(file.docinfo["/Title"]).startswith(
            "Besluitmemo 2021-003: Nulmeting <script>alert(1)</script>{{7*7}}{% now"
        )
        assert not file.attachments
        links = [a for page in file.pages for a in page.get("/Annots", []) if "/A" in a]
        assert [a for a in links if "/URI" in a.A] == []


@pytest.mark.django_db
def test_the_memo_tells_what_was_decided(settings):
    memo = build_memo(make_decision(valid_until=date(2022, 12, 31)))
    assert [(point.text, point.sentence, point.asked) for point in memo.points] == [
        ("punt", "Aangenomen zonder stemming.", ""),
        ("nieuw", "Gewijzigd aangenomen met 12 stemmen voor en 2 tegen.", "punt"),
    ]
    assert memo.valid == "Het besluit geldt vanaf 2 juli 2021 tot en met 31 december 2022."
    assert memo.replaced == "Het vervangt geen eerder besluit."
    assert memo.cost == "Gevraagd bedrag: €\u00a033.000."
    assert memo.quorum == (
        "Van de 15 zittende leden waren er 14 aanwezig."
        " Nodig is meer dan de helft: het quorum is gehaald."
    )
    assert [(vote.point, vote.votes_for, vote.result) for vote in memo.votes] == [
        (2, 12, "Gewijzigd aangenomen")
    ]
    assert memo.sections[0].level == 1
    assert memo.advice[0].version == "Verwerkt in versie 3."
    assert (memo.example, memo.secrecy) == (False, "")
    assert memo == build_memo(Decision.objects.get())


@pytest.mark.django_db
def test_secrecy_stamps_the_memo_and_hides_the_name_of_a_secret_attachment():
    decision = make_decision()
    for order, title in enumerate(["Raming", "Schema"]):
        stored = StoredFile.objects.create(name="r.pdf", kind="pdf", size=1, sha256=f"{order}" * 64)
        Attachment.objects.create(
            version=decision.version, order=order, title=title, file=stored, confidential=True
        )
    # Imposed on the file as it was in an earlier version.
    file = decision.version.attachments.get(title="Raming").file
    earlier = ProposalVersion.objects.create(proposal=decision.proposal, number=9)
    secret = Attachment.objects.create(version=earlier, order=0, title="Raming", file=file)
    common = {"region": decision.region, "imposed_by": decision.body, "ground": "inkoop"}
    day = date(2021, 7, 2)
    Secrecy.objects.create(attachment=secret, imposed_on=day, **common)
    mine = Secrecy.objects.create(proposal=decision.proposal, imposed_on=day, **common)
    memo = build_memo(decision)
    assert [(a.title, a.mark) for a in memo.attachments] == [
        ("Bijlage onder geheimhouding", "geheim"),
        ("Schema", "vertrouwelijk"),
    ]
    assert memo.secrecy == "Geheim. Opgelegd door AB  op 2 juli 2021. Grond: inkoop"
    mine.lifted_on, mine.lifted_by = day, decision.body
    mine.save()
    assert build_memo(decision).secrecy == ""


def test_printed_html_keeps_plain_elements_and_gives_tables_their_heads():
    assert printed_html("<h2>Kop</h2><p onclick=x>a <a href='http://x/'>b</a></p><img src=x>") == (
        "<p>Kop</p><p>a b</p>"
    )
    assert printed_html("<p> </p><script>x</script>") == ""
    rows = "<tr><td>Post</td></tr><tr><th>Huur</th><td>1</td></tr>"
    assert printed_html(f"<table>{rows}</table>") == (
        '<table><thead><tr><th scope="col">Post</th></tr></thead>'
        '<tbody><tr><th scope="row">Huur</th><td>1</td></tr></tbody></table>'
    )


@pytest.mark.django_db
def test_the_command_writes_the_same_bytes_as_the_worker(tmp_path, media):
    decision, out = make_decision(), tmp_path / "memo.pdf"
    call_command("render_memo", "2021-003", "--region", "rijnmond", "--out", str(out))
    before = out.read_bytes()
    with use_broker("redis://127.0.0.1:1/0"):
        document = request_document(MEMO, decision, build_memo(decision), by=None)
    render_document(document.pk)
    document.refresh_from_db()
    with document.file.open("rb") as file:
        assert file.read() == before
    decision.note = "later gewijzigd"
    decision.save()
    call_command("render_memo", "2021-003", "--region", "rijnmond", "--out", str(out))
    assert out.read_bytes() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "region", "out", "says"),
    [
        ("drie", "rijnmond", "m.pdf", "'drie' is geen besluitnummer. Schrijf het als 2021-003."),
        ("2021-004", "rijnmond", "m.pdf", "Besluit 2021-004 bestaat niet in Rijnmond"),
        ("2021-003", "elders", "m.pdf", "De regio 'elders' bestaat niet. Bekende regio's: rijnm"),
        ("2021-003", "rijnmond", "weg/m.pdf", "niet schrijven: No such file or directory"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, number, region, out, says):
    make_decision(recorded_at=datetime(2021, 7, 2, tzinfo=UTC))
    with pytest.raises(CommandError) as error:
        call_command("render_memo", number, "--region", region, "--out", str(tmp_path / out))
    assert says in str(error.value)
