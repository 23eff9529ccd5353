"""Handing in, approving, giving back, on paper, and by link: as pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.formats import long_date
from nulmeting.domain import invites, submissions
from nulmeting.models import Approval, Evidence
from tests import baseline
from tests.core import files_of_every_kind as files
from tests.nulmeting.views.test_block import url
from tests.sent import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(submission, editor):
    return baseline.submitted(submission, editor, score=3)


def test_the_check_names_what_is_missing_and_hands_in_what_is_whole(client, submission, editor):
    client.force_login(editor)
    page = client.get(url(submission, "check")).content.decode()
    assert "4 vragen zijn nog niet beantwoord" in page
    assert "Dien in voor Aardam" not in page
    baseline.fill(submission, editor, score=3)
    page = client.get(url(submission, "check")).content.decode()
    assert "Bij 4 vragen gaf u een 3 of hoger zonder bewijs" in page
    client.post(url(submission, "check"))
    submission.refresh_from_db()
    assert (submission.state, submission.submitted_by) == ("submitted", editor)


def test_the_approver_stands_for_what_stands_there(client, handed_in, approver):
    client.force_login(approver)
    page = client.get(url(handed_in, "approve"))
    seen = page.context["seen"]
    done = client.post(url(handed_in, "approve"), {"gezien": seen}, follow=True).content.decode()
    assert "De nulmeting van Aardam is vastgesteld." in done
    assert Approval.objects.get().content_sha256 == seen


def test_who_saw_other_answers_reads_again(client, handed_in, approver):
    client.force_login(approver)
    page = client.post(url(handed_in, "approve"), {"gezien": "0" * 64}, follow=True)
    assert "veranderd sinds u ze las" in page.content.decode()
    assert not Approval.objects.exists()


def test_giving_back_asks_for_words_and_the_editor_reads_them(client, handed_in, approver, editor):
    client.force_login(approver)
    assert (
        "Dit veld is verplicht"
        in client.post(url(handed_in, "give-back"), {"remarks": ""}).content.decode()
    )
    client.post(url(handed_in, "give-back"), {"remarks": "Bouwsteen 2 is te hoog."})
    client.force_login(editor)
    assert "Bouwsteen 2 is te hoog." in client.get(url(handed_in, "submission")).content.decode()


def test_on_paper_until_the_team_confirms(cast, client, handed_in, editor, media):
    client.force_login(editor)
    paper = SimpleUploadedFile("collegebesluit.pdf", files.pdf())
    sent = {"paper_date": long_date(clock.today()), "file": paper}
    client.post(url(handed_in, "on-paper"), sent)
    approval = Approval.objects.get()
    assert (approval.way, approval.confirmed_at) == ("paper", None)
    assert client.post(url(handed_in, "paper-confirm")).status_code == 403
    client.force_login(cast.author)
    page = client.get(url(handed_in, "submission")).content.decode()
    assert "Bekijk het stuk en bevestig de vaststelling." in page
    body = b"".join(client.get(url(handed_in, "paper-download")).streaming_content)
    assert body.startswith(b"%PDF-")
    client.post(url(handed_in, "paper-confirm"))
    approval.refresh_from_db()
    assert approval.confirmed_by == cast.author


def test_evidence_with_a_file_for_two_questions(client, submission, editor, media):
    client.force_login(editor)
    items = list(submission.round.instrument.items.all())
    sent = {
        "title": "Preventieplan",
        "dated_on": long_date(clock.today()),
        "url": "https://aardam.example/plan",
        "items": [items[0].pk, items[2].pk],
        "file": SimpleUploadedFile("plan.pdf", files.pdf()),
    }
    client.post(url(submission, "evidence-add"), sent)
    piece = Evidence.objects.get()
    assert [item.pk for item in piece.items.order_by("pk")] == [items[0].pk, items[2].pk]
    page = client.get(url(submission, "block", items[0].block_id)).content.decode()
    assert "Preventieplan" in page
    body = b"".join(client.get(url(submission, "evidence-download", piece.pk)).streaming_content)
    assert body.startswith(b"%PDF-")
    again = opened(client.get(url(submission, "evidence-change", piece.pk)))
    changed = {**again, "items": sent["items"], "title": "Plan 2", "file": ""}
    client.post(url(submission, "evidence-change", piece.pk), changed)
    piece.refresh_from_db()
    assert (piece.title, piece.file.name) == ("Plan 2", "plan.pdf")
    client.post(url(submission, "evidence-remove", piece.pk))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Dit veld is verplicht"),
        ("dated_on", "1 januari 2099", "Deze datum ligt in de toekomst."),
        ("url", "javascript:alert(1)", "Dit is geen webadres."),
        ("items", [], "Kies bij welke vraag dit hoort."),
    ],
)
def test_wrong_evidence_is_refused_at_its_field(client, submission, editor, field, value, sentence):
    client.force_login(editor)
    items = submission.round.instrument.items.all()
    sent = {"title": "Plan", "dated_on": long_date(clock.today()), "items": [items[0].pk]}
    page = client.post(url(submission, "evidence-add"), sent | {field: value}).content.decode()
    assert sentence in page
    assert not Evidence.objects.exists()


def test_a_link_asks_its_code_shows_the_answers_and_works_once(client, handed_in, editor):
    _, token, code = invites.send_invite(
        handed_in, email="w@aardam.example", office="wethouder jeugd", by=editor
    )
    link = reverse("nulmeting:by-link", args=["waterland", token])
    page = client.get(link)
    assert "Vraag 1?" not in page.content.decode()
    assert "Deze code klopt niet." in client.post(link, {"code": "geen"}).content.decode()
    page = client.post(link, {"code": code}, follow=True)
    assert "Vraag 1?" in page.content.decode()
    done = client.post(link, {"gezien": page.context["seen"]}).content.decode()
    assert "De nulmeting van Aardam is klaar." in done
    assert Approval.objects.get().office == "wethouder jeugd"
    assert "al vastgesteld of teruggegeven" in client.get(link).content.decode()


def test_a_link_that_never_was_or_of_another_region_is_not_there(client, handed_in, editor):
    _, token, _ = invites.send_invite(handed_in, email="w@a.example", office="wethouder", by=editor)
    assert client.get(f"/waterland/nulmeting/vaststellen/{token}x/").status_code == 404
    assert client.get(f"/bergland/nulmeting/vaststellen/{token}/").status_code == 404


def test_the_code_is_shown_once_to_who_sends(client, handed_in, editor):
    client.force_login(editor)
    sent = {"email": "w@aardam.example", "office": "wethouder jeugd"}
    page = client.post(url(handed_in, "invite"), sent)
    assert page.context["code"] in page.content.decode()
    again = client.get(url(handed_in, "invite")).content.decode()
    assert "Er is al een link verstuurd naar w@aardam.example" in again
    assert page.context["code"] not in again


@pytest.mark.parametrize("name", ["invite", "on-paper"])
def test_before_and_after_there_is_nothing_to_ask_and_the_page_says_why(
    client, submission, editor, approver, name
):
    client.force_login(editor)
    assert "Dien de nulmeting eerst in" in client.get(url(submission, name)).content.decode()
    baseline.submitted(submission, editor)
    assert "eerst in" not in client.get(url(submission, name)).content.decode()
    baseline.approved(submissions.take_back(submission, by=editor), editor, approver)
    page = client.get(url(submission, name)).content.decode()
    assert "De antwoorden zijn al vastgesteld." in page
